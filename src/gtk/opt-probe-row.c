/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-probe-row.h"

#include "opt-advice-row.h"
#include "opt-advice.h"
#include "opt-certificate-row.h"

#include <glib/gi18n.h>

struct _OptProbeRow
{
  AdwExpanderRow parent_instance;

  GtkStack *state_stack;
  GtkSpinner *spinner;
  GtkImage *state_icon;
  GtkLabel *time_label;
  AdwActionRow *words_row;
  AdwActionRow *details_row;
  GtkWidget *copy_button;
  GtkWidget *servers_row;
  AdwActionRow *step_rows[OPT_N_STEPS];
  OptAdviceRow *advice_row;
  OptCertificateRow *certificate_row;

  OptProbe *probe;
  gboolean name_refused; /* and not the password */
};

G_DEFINE_FINAL_TYPE (OptProbeRow, opt_probe_row, ADW_TYPE_EXPANDER_ROW)

static const char *const service_titles[OPT_N_SERVICES] = {
  [OPT_SERVICE_IMAP] = N_ ("Receiving mail (IMAP)"),
  [OPT_SERVICE_POP3] = N_ ("Receiving mail (POP3)"),
  [OPT_SERVICE_SMTP] = N_ ("Sending mail (SMTP)"),
};

/* What a step is called while it runs, when it went well, and when it did not. */
static const struct
{
  const char *running, *done, *failed;
} step_titles[OPT_N_STEPS] = {
  [OPT_STEP_RESOLVE] = { N_ ("Finding the server"), N_ ("Found the server"), N_ ("Not found") },
  [OPT_STEP_CONNECT] = { N_ ("Connecting"), N_ ("Connected"), N_ ("No connection") },
  [OPT_STEP_SECURE] = { N_ ("Securing the connection"), N_ ("Secure"), N_ ("Not secure") },
  [OPT_STEP_GREET] = { N_ ("Saying hello"), N_ ("Said hello"), N_ ("No welcome") },
  [OPT_STEP_SIGN_IN] = { N_ ("Signing in"), N_ ("Signed in"), N_ ("Sign-in refused") },
  [OPT_STEP_VERIFY] = { N_ ("Trying it out"), N_ ("Tried it out"), N_ ("Did not work out") },
};

static void
set_icon (GtkImage *image, const char *icon_name, const char *style)
{
  static const char *const styles[] = { "success", "warning", "error", "dim-label" };

  gtk_image_set_from_icon_name (image, icon_name);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (image), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (image), style);
}

/* Subtitles parse markup, and what goes in here may be a server's words. */
static void
set_subtitle (AdwActionRow *row, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  adw_action_row_set_subtitle (row, escaped);
}

static char *
describe_mailbox (const OptEvidence *evidence)
{
  g_autofree char *messages = NULL;
  g_autofree char *size = NULL;

  if (evidence->max_message_bytes > 0)
    {
      size = g_format_size ((guint64) evidence->max_message_bytes);
      /* Translators: %s is a size such as 100 MB */
      return g_strdup_printf (_ ("Works · up to %s a message"), size);
    }
  if (evidence->n_messages < 0)
    return g_strdup (_ ("Works"));

  messages = g_strdup_printf (ngettext ("%'d message", "%'d messages", evidence->n_messages),
                              (int) evidence->n_messages);
  if (evidence->n_bytes < 0)
    /* Translators: %s is a number of messages, such as “5 messages” */
    return g_strdup_printf (_ ("Works · %s"), messages);

  size = g_format_size ((guint64) evidence->n_bytes);
  /* Translators: a number of messages, such as “5 messages”, and their size, such as “2 MB” */
  return g_strdup_printf (_ ("Works · %s, %s"), messages, size);
}

static const char *
get_failure_title (OptProbeRow *self)
{
  OptDiagnosis diagnosis = opt_probe_get_diagnosis (self->probe);

  if (self->name_refused && diagnosis == OPT_DIAGNOSIS_PASSWORD_REFUSED)
    return _ ("The user name was not accepted");

  return opt_advice_get_title (diagnosis);
}

static const char *
get_skipped_text (OptProbeRow *self)
{
  return self->name_refused ? _ ("Not tried, as the user name is not right")
                            : opt_advice_get_skipped_text ();
}

static char *
describe_state (OptProbeRow *self)
{
  const OptEvidence *evidence = opt_probe_get_evidence (self->probe);

  switch (opt_probe_get_state (self->probe))
    {
    case OPT_PROBE_RUNNING:
      return g_strdup (_ (step_titles[evidence->step].running));
    case OPT_PROBE_READY:
      return g_strdup (_ ("Waiting for the other server’s answer"));
    case OPT_PROBE_WORKS:
      return describe_mailbox (evidence);
    case OPT_PROBE_SKIPPED:
      return g_strdup (get_skipped_text (self));
    case OPT_PROBE_SEEN:
      return g_strdup (opt_advice_get_seen_text ());
    case OPT_PROBE_FAILS:
      /* Translators: what is wrong, then the name of a server */
      return g_strdup_printf (_ ("%s · %s"),
                              get_failure_title (self),
                              opt_server_get_host (evidence->server));
    }

  g_assert_not_reached ();
}

static void
show_state (OptProbeRow *self)
{
  g_autofree char *text = describe_state (self);
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  gboolean ended = opt_probe_has_ended (self->probe);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), escaped);
  gtk_stack_set_visible_child_name (self->state_stack, ended ? "ended" : "running");
  gtk_spinner_set_spinning (self->spinner, !ended);

  switch (opt_probe_get_state (self->probe))
    {
    case OPT_PROBE_WORKS:
      set_icon (self->state_icon, "object-select-symbolic", "success");
      break;
    case OPT_PROBE_FAILS:
      set_icon (self->state_icon, "dialog-error-symbolic", "error");
      break;
    case OPT_PROBE_SEEN:
      set_icon (self->state_icon, "dialog-warning-symbolic", "warning");
      break;
    case OPT_PROBE_SKIPPED:
      set_icon (self->state_icon, "action-unavailable-symbolic", "dim-label");
      break;
    case OPT_PROBE_RUNNING:
    case OPT_PROBE_READY:
      break;
    }
}

/* What the certificate proved, or else what it is for. */
static const char *
find_certificate_name (const OptEvidence *evidence)
{
  const OptCertificate *certificate = evidence->tls.certificate;

  if (evidence->tls.problems == 0)
    return opt_server_get_host (evidence->server);

  return certificate->names[0] != NULL ? certificate->names[0] : certificate->subject;
}

static char *
describe_certificate (const OptEvidence *evidence)
{
  const OptTls *tls = &evidence->tls;
  g_autofree char *date = NULL;

  if (tls->certificate == NULL)
    return g_strdup (tls->version != NULL ? tls->version : "");

  date = opt_advice_format_date (tls->certificate->not_after);
  if (tls->version == NULL)
    /* Translators: the name of a server, then a date */
    return g_strdup_printf (_ ("Certificate for %s until %s"),
                            find_certificate_name (evidence),
                            date);

  /* Translators: a version of TLS, the name of a server, then a date */
  return g_strdup_printf (_ ("%s, certificate for %s until %s"),
                          tls->version,
                          find_certificate_name (evidence),
                          date);
}

static char *
describe_step (const OptEvidence *evidence, OptStep step)
{
  g_autofree char *finding = NULL;
  g_autofree char *duration =
    /* Translators: milliseconds */
    g_strdup_printf (_ ("%d ms"), (int) (evidence->step_us[step] / 1000));

  if (step == OPT_STEP_RESOLVE)
    finding = g_strdup (opt_server_get_host (evidence->server));
  else if (step == OPT_STEP_CONNECT && evidence->address_used != NULL)
    /* Translators: the address of a server in numbers, such as 192.0.2.10 */
    finding = g_strdup_printf (_ ("%s, port %u"),
                               evidence->address_used,
                               (guint) opt_server_get_port (evidence->server));
  else if (step == OPT_STEP_SECURE)
    finding = describe_certificate (evidence);

  if (finding == NULL || finding[0] == '\0')
    return g_steal_pointer (&duration);

  /* Translators: what a step found, then how long it took */
  return g_strdup_printf (_ ("%s · %s"), finding, duration);
}

static void
show_step (OptProbeRow *self, OptStep step)
{
  const OptEvidence *evidence = opt_probe_get_evidence (self->probe);
  AdwActionRow *row = self->step_rows[step];
  gboolean reached = evidence->step_us[step] >= 0;
  gboolean failed = opt_probe_get_state (self->probe) == OPT_PROBE_FAILS && step == evidence->step;
  g_autofree char *subtitle = NULL;

  gtk_widget_set_visible (GTK_WIDGET (row), reached);
  if (!reached)
    return;

  subtitle = describe_step (evidence, step);
  set_subtitle (row, subtitle);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row),
                                 failed ? _ (step_titles[step].failed)
                                        : _ (step_titles[step].done));
  adw_action_row_set_icon_name (row, failed ? "dialog-error-symbolic" : "object-select-symbolic");
  gtk_widget_remove_css_class (GTK_WIDGET (row), failed ? "done" : "failed");
  gtk_widget_add_css_class (GTK_WIDGET (row), failed ? "failed" : "done");
}

static char *
join_transcripts (OptProbeRow *self)
{
  GPtrArray *transcripts = opt_probe_get_transcripts (self->probe);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < transcripts->len; i++)
    {
      GPtrArray *lines = opt_transcript_get_lines (g_ptr_array_index (transcripts, i));

      for (guint j = 0; j < lines->len; j++)
        g_string_append_printf (text,
                                "%s%s",
                                text->len > 0 ? "\n" : "",
                                (const char *) g_ptr_array_index (lines, j));
    }

  return g_string_free (text, FALSE);
}

static void
show_details (OptProbeRow *self)
{
  g_autofree char *words = opt_advice_create_server_words (opt_probe_get_evidence (self->probe));
  g_autofree char *dialogue = join_transcripts (self);

  gtk_widget_set_visible (GTK_WIDGET (self->words_row), words != NULL);
  if (words != NULL)
    {
      /* Translators: quotes what a server said */
      g_autofree char *quoted = g_strdup_printf (_ ("“%s”"), words);

      set_subtitle (self->words_row, quoted);
    }
  set_subtitle (self->details_row, dialogue);
}

static void
on_probe_changed (OptProbeRow *self)
{
  /* A probe that has not started has nothing to show. */
  if (opt_probe_get_tried (self->probe)->len == 0)
    return;

  show_state (self);
  for (guint i = 0; i < OPT_N_STEPS; i++)
    show_step (self, i);
  opt_certificate_row_compare (self->certificate_row, opt_probe_get_evidence (self->probe));
  show_details (self);
  opt_probe_row_update_time (self);
}

static void
on_copy_clicked (OptProbeRow *self)
{
  g_autofree char *dialogue = join_transcripts (self);

  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), dialogue);
}

static void
add_rows (OptProbeRow *self)
{
  self->advice_row = OPT_ADVICE_ROW (opt_advice_row_new ());
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->advice_row));
  for (guint i = 0; i < OPT_N_STEPS; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
      gtk_widget_set_visible (row, FALSE);
      self->step_rows[i] = ADW_ACTION_ROW (row);
      adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
    }
  self->certificate_row = OPT_CERTIFICATE_ROW (opt_certificate_row_new ());
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), GTK_WIDGET (self->certificate_row));
}

static void
opt_probe_row_dispose (GObject *object)
{
  g_clear_object (&OPT_PROBE_ROW (object)->probe);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_PROBE_ROW);

  G_OBJECT_CLASS (opt_probe_row_parent_class)->dispose (object);
}

static void
opt_probe_row_class_init (OptProbeRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_probe_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-probe-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OptProbeRow, state_stack);
  gtk_widget_class_bind_template_child (widget_class, OptProbeRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, OptProbeRow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, OptProbeRow, time_label);
  gtk_widget_class_bind_template_child (widget_class, OptProbeRow, words_row);
  gtk_widget_class_bind_template_child (widget_class, OptProbeRow, details_row);
  gtk_widget_class_bind_template_child (widget_class, OptProbeRow, copy_button);
  gtk_widget_class_bind_template_child (widget_class, OptProbeRow, servers_row);
  gtk_widget_class_bind_template_callback (widget_class, on_copy_clicked);
}

static void
opt_probe_row_init (OptProbeRow *self)
{
  /* Before the template's rows, which come last. */
  add_rows (self);
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
opt_probe_row_new (OptProbe *probe)
{
  OptProbeRow *self;
  const char *title;

  g_return_val_if_fail (OPT_IS_PROBE (probe), NULL);

  self = g_object_new (OPT_TYPE_PROBE_ROW, NULL);
  self->probe = g_object_ref (probe);
  title = opt_probe_row_get_service_title (opt_probe_get_service (probe));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), title);
  /* Each server has one. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->copy_button),
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  title,
                                  -1);
  g_signal_connect_object (probe,
                           "changed",
                           G_CALLBACK (on_probe_changed),
                           self,
                           G_CONNECT_SWAPPED);
  on_probe_changed (self);

  return GTK_WIDGET (self);
}

void
opt_probe_row_show_advice (OptProbeRow *self, const char *text, GtkWidget *button)
{
  g_return_if_fail (OPT_IS_PROBE_ROW (self));

  opt_advice_row_show (self->advice_row, text, button);
}

void
opt_probe_row_set_name_refused (OptProbeRow *self, gboolean name_refused)
{
  g_return_if_fail (OPT_IS_PROBE_ROW (self));

  self->name_refused = name_refused;
  on_probe_changed (self);
}

void
opt_probe_row_hide_servers (OptProbeRow *self)
{
  g_return_if_fail (OPT_IS_PROBE_ROW (self));

  gtk_widget_set_visible (self->servers_row, FALSE);
}

const char *
opt_probe_row_get_service_title (OptService service)
{
  return _ (service_titles[service]);
}

void
opt_probe_row_update_time (OptProbeRow *self)
{
  g_autofree char *text = NULL;

  g_return_if_fail (OPT_IS_PROBE_ROW (self));

  gtk_widget_set_visible (GTK_WIDGET (self->time_label),
                          opt_probe_get_state (self->probe) != OPT_PROBE_SKIPPED);
  /* Translators: seconds, with one decimal */
  text = g_strdup_printf (_ ("%.1f s"),
                          (double) opt_probe_get_elapsed_us (self->probe) / G_USEC_PER_SEC);
  gtk_label_set_text (self->time_label, text);
}
