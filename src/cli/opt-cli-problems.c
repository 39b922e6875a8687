/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a check found wrong, for people: the reason, the server's words, its certificate where that
 * is the matter, and what to do, as something to type where there is such a thing. */
#include "opt-cli-problems.h"

#include "opt-cli-layout.h"
#include "opt-join.h"
#include "opt-remedy.h"

#include <glib/gi18n.h>
#include <string.h>

#define INDENT 2

/* One problem of one service. */
typedef struct
{
  OptRemedy *remedy;
  char *text;
} Problem;

static void
clear_problem (Problem *self)
{
  g_clear_pointer (&self->remedy, opt_remedy_free);
  g_clear_pointer (&self->text, g_free);
}

static void
add_link (GString *text, OptProvider *provider, OptLink link, const char *label)
{
  const char *url = provider != NULL ? opt_provider_get_link (provider, link) : NULL;

  if (url != NULL)
    g_string_append_printf (text, "  %s %s\n", label, url);
}

static void
add_wait (GString *text, guint wait_s)
{
  guint minutes = wait_s / 60;

  g_string_append (text, "  ");
  if (wait_s % 60 == 0)
    g_string_append_printf (text,
                            /* Translators: %u is a number of minutes */
                            ngettext ("Try again in %u minute.",
                                      "Try again in %u minutes.",
                                      minutes),
                            minutes);
  else
    g_string_append_printf (text,
                            /* Translators: %u is a number of seconds */
                            ngettext ("Try again in %u second.",
                                      "Try again in %u seconds.",
                                      wait_s),
                            wait_s);
  g_string_append_c (text, '\n');
}

/* Only what we keep ourselves can be changed by ourselves. */
static void
add_new_password (GString *text, OptAccount *account, const OptEvidence *evidence)
{
  g_autofree char *command =
    g_strdup_printf ("%s passwd %s",
                     OPT_CLI_PROGRAM,
                     opt_address_get_text (opt_account_get_address (account)));

  if (evidence->password_origin != OPT_SECRET_KEPT)
    return;

  g_string_append (text, "  ");
  /* Translators: %s is a command to type */
  g_string_append_printf (text, _ ("Put the new one in its place with: %s"), command);
  g_string_append_c (text, '\n');
}

/* Not USE_SERVER: that is one command for all services, at the end. */
static void
add_remedy (GString *text,
            const OptRemedy *remedy,
            OptAccount *account,
            const OptEvidence *evidence)
{
  OptProvider *provider = opt_account_get_provider (account);

  switch (remedy->action)
    {
    case OPT_ACTION_ENTER_PASSWORD:
      add_new_password (text, account, evidence);
      add_link (text, provider, OPT_LINK_WEB_MAIL, _ ("Web mail:"));
      add_link (text, provider, OPT_LINK_RESET_PASSWORD, _ ("Reset the password:"));
      break;
    case OPT_ACTION_OPEN_WEB_MAIL:
      add_link (text, provider, OPT_LINK_WEB_MAIL, _ ("Web mail:"));
      break;
    case OPT_ACTION_OPEN_CONTACT:
      add_link (text, provider, OPT_LINK_CONTACT, _ ("Contact:"));
      break;
    case OPT_ACTION_TRY_LATER:
      add_wait (text, remedy->wait_s);
      break;
    case OPT_ACTION_CHANGE_SERVERS:
      g_string_append_printf (text,
                              "  %s\n",
                              _ ("Give another server with --server SERVICE=tls://HOST:PORT."));
      break;
    case OPT_ACTION_COPY_REPORT:
      g_string_append_printf (text, "  %s\n", _ ("Write a report with --report FILE."));
      break;
    case OPT_ACTION_NONE:
    case OPT_ACTION_OPEN_BROWSER:
    case OPT_ACTION_OPEN_NETWORK:
    case OPT_ACTION_OPEN_CLOCK:
    case OPT_ACTION_TRY_AGAIN:
    case OPT_ACTION_USE_SERVER:
    case OPT_ACTION_GO_ON:
      break;
    }
}

static void
add_row (GString *text, const OptComparison *row, const guint widths[2])
{
  g_autofree char *label = opt_cli_pad (row->label, widths[0]);
  g_autofree char *expected = opt_cli_pad (row->expected, widths[1]);

  g_string_append (text, row->fits ? "  " : "! ");
  g_string_append_printf (text, "%s  %s  %s\n", label, expected, row->shown);
}

/* Two columns of values, with a mark before what does not fit. */
static void
add_certificate (GString *text, const OptEvidence *evidence)
{
  g_autofree char *expected = g_strdup (C_ ("certificate", "Expected"));
  g_autofree char *shown = g_strdup (C_ ("certificate", "Shown"));
  const OptComparison head = { .label = "", .expected = expected, .shown = shown, .fits = TRUE };
  g_autoptr (GPtrArray) rows = opt_advice_compare_certificate (evidence);
  guint widths[2] = { 0, opt_cli_measure (expected) };

  if (rows == NULL || evidence->tls.problems == 0)
    return;

  for (guint i = 0; i < rows->len; i++)
    {
      const OptComparison *row = g_ptr_array_index (rows, i);

      widths[0] = MAX (widths[0], opt_cli_measure (row->label));
      widths[1] = MAX (widths[1], opt_cli_measure (row->expected));
    }

  add_row (text, &head, widths);
  for (guint i = 0; i < rows->len; i++)
    add_row (text, g_ptr_array_index (rows, i), widths);
}

static void
add_paragraph (GString *text, const char *paragraph)
{
  g_autofree char *wrapped = opt_cli_wrap (paragraph, opt_cli_get_measure () - INDENT);
  g_auto (GStrv) lines = g_strsplit (wrapped, "\n", -1);

  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (text, "%*s%s\n", INDENT, "", lines[i]);
}

static char *
describe_problem (OptProbe *probe, const OptRemedy *remedy, OptAccount *account)
{
  OptProvider *provider = opt_account_get_provider (account);
  const OptEvidence *evidence = opt_probe_get_evidence (probe);
  OptDiagnosis diagnosis = opt_probe_get_diagnosis (probe);
  g_autofree char *advice = opt_advice_create_text (diagnosis, evidence, provider);
  g_autofree char *words = opt_advice_create_server_words (evidence);
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "%s\n", opt_advice_get_title (diagnosis));
  add_paragraph (text, advice);
  if (words != NULL)
    {
      /* Translators: %s is what a mail server said */
      g_autofree char *said = g_strdup_printf (_ ("The server said: “%s”"), words);

      add_paragraph (text, said);
    }
  add_certificate (text, evidence);
  add_remedy (text, remedy, account, evidence);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Leaves @problem empty when nothing is wrong, or nothing that the person does not know. */
static void
find_problem (OptCheck *check, OptService service, Problem *problem)
{
  OptAccount *account = opt_check_get_account (check);
  OptProbe *probe = opt_check_get_probe (check, service);

  if (probe == NULL || opt_probe_get_state (probe) != OPT_PROBE_FAILS ||
      opt_probe_get_diagnosis (probe) == OPT_DIAGNOSIS_CANCELLED)
    return;

  problem->remedy = opt_remedy_new (check, service);
  problem->text = describe_problem (probe, problem->remedy, account);
}

/* Removes what the services after @first have in common with it; returns whose problem it is. */
static char *
take_services (Problem problems[OPT_N_SERVICES], guint first)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) services = NULL;
  g_autofree char *list = NULL;

  g_strv_builder_add (names, opt_service_to_string (first));
  for (guint i = first + 1; i < OPT_N_SERVICES; i++)
    if (g_strcmp0 (problems[i].text, problems[first].text) == 0)
      {
        g_strv_builder_add (names, opt_service_to_string (i));
        g_clear_pointer (&problems[i].text, g_free);
      }
  services = g_strv_builder_end (names);
  list = opt_join_list ((const char *const *) services);

  return g_ascii_strup (list, -1);
}

/* What was typed by hand and stays as it is has to be typed again. */
static gboolean
is_by_hand (OptCheck *check, OptService service, const OptServer *server)
{
  OptProvider *provider = opt_account_get_provider (opt_check_get_account (check));
  g_autoptr (GPtrArray) usual = NULL;

  if (provider == NULL)
    return TRUE;

  usual = opt_provider_create_servers (provider, service, opt_server_get_user (server));
  for (guint i = 0; i < usual->len; i++)
    if (opt_server_equal (usual->pdata[i], server))
      return FALSE;

  return TRUE;
}

static void
print_command (const OptCli *cli, OptCheck *check, const Problem problems[OPT_N_SERVICES])
{
  OptAddress *whose = opt_account_get_address (opt_check_get_account (check));
  g_autofree char *address = opt_cli_dup_quoted (opt_address_get_text (whose));
  g_autoptr (GString) command = g_string_new (OPT_CLI_PROGRAM);
  gboolean useful = FALSE;

  g_string_append_printf (command, "%s check %s", cli->practice ? " --practice" : "", address);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (check, i);
      const OptRemedy *remedy = problems[i].remedy;
      const OptServer *better = remedy != NULL ? remedy->server : NULL;
      const OptServer *server;
      g_autofree char *url = NULL;

      if (probe == NULL)
        continue;

      server = better != NULL ? better : opt_probe_get_evidence (probe)->server;
      url = opt_server_to_string (server);
      if (better != NULL || is_by_hand (check, i, server))
        g_string_append_printf (command, " --server %s=%s", opt_service_to_string (i), url);
      useful |= better != NULL;
    }

  if (!useful)
    return;

  fputc ('\n', stdout);
  /* Translators: %s is something to type in a terminal */
  opt_cli_say (_ ("Try: %s"), command->str);
}

/* A person whose browser goes through a proxy may take it that everything does. */
static void
print_proxy (OptCheck *check)
{
  gboolean unreached = FALSE;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (check, i);

      if (probe != NULL && opt_probe_get_state (probe) == OPT_PROBE_FAILS &&
          opt_probe_get_evidence (probe)->address_used == NULL)
        unreached = TRUE;
    }

  if (unreached && opt_check_get_unused_proxy (check) != NULL)
    {
      fputc ('\n', stdout);
      opt_cli_print_wrapped (opt_advice_get_proxy_text ());
    }
}

void
opt_cli_print_problems (const OptCli *cli, OptCheck *check, gboolean advise)
{
  Problem problems[OPT_N_SERVICES] = { { NULL } };

  g_return_if_fail (cli != NULL && OPT_IS_CHECK (check));

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    find_problem (check, i, &problems[i]);

  /* What several servers share is told once. */
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (problems[i].text != NULL)
      {
        g_autofree char *services = take_services (problems, i);

        opt_cli_print (stdout, "\n%s: %s", services, problems[i].text);
      }

  print_proxy (check);
  if (advise)
    print_command (cli, check, problems);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    clear_problem (&problems[i]);
}
