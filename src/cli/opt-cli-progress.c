/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person sees of a check while it runs. It only looks on. */
#include "opt-cli-progress.h"

#include "opt-advice.h"
#include "opt-cli-layout.h"
#include "opt-cli.h"

#include <glib/gi18n.h>
#include <unistd.h>

struct _OptCliProgress
{
  OptCheck *check;
  OptCliProgressParts parts;
  gulong handler;
  gboolean in_place;
  guint n_lines;                    /* how many stand above the cursor */
  GArray *n_traced[OPT_N_SERVICES]; /* of guint: lines printed of each dialogue of a service */
};

static const char *
describe_step (OptStep step)
{
  switch (step)
    {
    case OPT_STEP_RESOLVE:
      return _ ("looking for the server …");
    case OPT_STEP_CONNECT:
      return _ ("connecting …");
    case OPT_STEP_SECURE:
      return _ ("making the connection safe …");
    case OPT_STEP_GREET:
      return _ ("greeting …");
    case OPT_STEP_SIGN_IN:
      return _ ("signing in …");
    case OPT_STEP_VERIFY:
      return _ ("trying it out …");
    }

  g_assert_not_reached ();
}

static char *
describe_success (const OptEvidence *evidence)
{
  g_autofree char *size = NULL;
  const char *title = opt_advice_get_title (OPT_DIAGNOSIS_WORKS);
  /* ngettext() wants an unsigned long, which a server's number need not fit. */
  gulong n = (gulong) CLAMP (evidence->n_messages, 0, G_MAXINT32);

  if (evidence->n_messages < 0)
    return g_strdup (title);

  if (evidence->n_bytes < 0)
    /* Translators: %s is “Works”, %lu a number of messages */
    return g_strdup_printf (ngettext ("%s: %lu message", "%s: %lu messages", n), title, n);

  size = g_format_size ((guint64) evidence->n_bytes);

  /* Translators: the first %s is “Works”, %lu a number of messages, the last %s their size */
  return g_strdup_printf (ngettext ("%s: %lu message, %s", "%s: %lu messages, %s", n),
                          title,
                          n,
                          size);
}

static char *
describe_state (OptProbe *probe)
{
  const OptEvidence *evidence = opt_probe_get_evidence (probe);

  switch (opt_probe_get_state (probe))
    {
    case OPT_PROBE_RUNNING:
      return g_strdup (describe_step (evidence->step));
    case OPT_PROBE_READY:
      return g_strdup (_ ("ready to sign in …"));
    case OPT_PROBE_WORKS:
      return describe_success (evidence);
    case OPT_PROBE_FAILS:
      return g_strdup (opt_advice_get_title (opt_probe_get_diagnosis (probe)));
    case OPT_PROBE_SKIPPED:
      return g_strdup (opt_advice_get_skipped_title ());
    case OPT_PROBE_SEEN:
      return g_strdup (opt_advice_get_seen_title ());
    }

  g_assert_not_reached ();
}

static char *
describe_probe (OptProbe *probe)
{
  const OptServer *server = opt_probe_get_evidence (probe)->server;
  g_autofree char *service =
    g_ascii_strup (opt_service_to_string (opt_server_get_service (server)), -1);
  g_autofree char *place =
    g_strdup_printf ("%s:%u", opt_server_get_host (server), (guint) opt_server_get_port (server));
  g_autofree char *state = describe_state (probe);

  return g_strdup_printf ("%s  %-24s  %s", service, place, state);
}

static void
print_lines (OptCliProgress *self, gboolean cut)
{
  /* ECMA-48: CUU goes up, EL erases to the end of the line. */
  if (self->n_lines > 0)
    opt_cli_print (stdout, "\033[%uA", self->n_lines);
  self->n_lines = 0;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (self->check, i);
      g_autofree char *line = NULL;
      g_autofree char *shown = NULL;

      /* Before its turn to start there is nothing to say of a probe. */
      if (probe == NULL || opt_probe_get_tried (probe)->len == 0)
        continue;

      line = describe_probe (probe);
      /* A line that breaks would be two lines to go back over. */
      shown = cut ? opt_cli_cut (line, opt_cli_count_columns () - 1) : g_strdup (line);
      opt_cli_print (stdout, self->in_place ? "\r\033[K%s\n" : "%s\n", shown);
      self->n_lines++;
    }
  fflush (stdout);
}

/* What was said since the last time. */
static void
take_new_words (OptCliProgress *self, OptService service, GString *text)
{
  OptProbe *probe = opt_check_get_probe (self->check, service);
  GPtrArray *transcripts = probe != NULL ? opt_probe_get_transcripts (probe) : NULL;
  GArray *n_traced = self->n_traced[service];

  for (guint i = 0; transcripts != NULL && i < transcripts->len; i++)
    {
      GPtrArray *lines = opt_transcript_get_lines (transcripts->pdata[i]);
      guint *n;

      if (i >= n_traced->len)
        g_array_set_size (n_traced, i + 1);
      n = &g_array_index (n_traced, guint, i);
      for (; *n < lines->len; (*n)++)
        g_string_append_printf (text,
                                "%s %s\n",
                                opt_service_to_string (service),
                                (const char *) lines->pdata[*n]);
    }
}

static void
print_new_words (OptCliProgress *self)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    take_new_words (self, i, text);
  if (text->len == 0)
    return;

  /* Both streams may be the same terminal: the lines make room, and are printed again below.
   * ECMA-48: ED erases to the end of the screen. */
  if (self->n_lines > 0 && self->in_place)
    opt_cli_print (stdout, "\033[%uA\r\033[J", self->n_lines);
  self->n_lines = 0;
  fflush (stdout);
  opt_cli_print (stderr, "%s", text->str);
  fflush (stderr);
}

static void
on_changed (OptCheck *check, gpointer user_data)
{
  OptCliProgress *self = user_data;

  if (self->parts & OPT_CLI_PROGRESS_TRACE)
    print_new_words (self);
  if (self->in_place)
    print_lines (self, TRUE);
}

static gboolean
can_rewrite (void)
{
  const char *terminal = g_getenv ("TERM");

  return isatty (STDOUT_FILENO) && terminal != NULL && g_strcmp0 (terminal, "dumb") != 0;
}

OptCliProgress *
opt_cli_progress_new (OptCheck *check, OptCliProgressParts parts)
{
  OptCliProgress *self;

  g_return_val_if_fail (OPT_IS_CHECK (check), NULL);

  self = g_new0 (OptCliProgress, 1);
  self->check = g_object_ref (check);
  self->parts = parts;
  self->in_place = (parts & OPT_CLI_PROGRESS_LINES) && can_rewrite ();
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    self->n_traced[i] = g_array_new (FALSE, TRUE, sizeof (guint));
  self->handler = g_signal_connect (check, "changed", G_CALLBACK (on_changed), self);

  return self;
}

void
opt_cli_progress_finish (OptCliProgress *self)
{
  g_return_if_fail (self != NULL);

  g_clear_signal_handler (&self->handler, self->check);
  if (self->parts & OPT_CLI_PROGRESS_TRACE)
    print_new_words (self);
  if (self->parts & OPT_CLI_PROGRESS_LINES)
    print_lines (self, FALSE);
}

void
opt_cli_progress_free (OptCliProgress *self)
{
  g_return_if_fail (self != NULL);

  g_clear_signal_handler (&self->handler, self->check);
  g_object_unref (self->check);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    g_array_unref (self->n_traced[i]);
  g_free (self);
}
