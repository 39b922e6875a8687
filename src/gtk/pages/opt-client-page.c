/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One mail program: what it gets, how to bring it in, and what was proven. */
#include "opt-client-page.h"

#include "opt-accessible.h"
#include "opt-advice-row.h"
#include "opt-advice.h"
#include "opt-code-box.h"
#include "opt-error.h"
#include "opt-file-group.h"
#include "opt-paper-view.h"
#include "opt-preview-row.h"
#include "opt-print.h"
#include "opt-setup-group.h"
#include "opt-values-box.h"

#include <glib/gi18n.h>

struct _OptClientPage
{
  OptPage parent_instance;

  GtkScrolledWindow *scrolled_window;
  GtkLabel *heading;
  GtkWidget *notice_group;
  AdwActionRow *running_row;
  OptAdviceRow *misfit_row;
  AdwActionRow *error_row;
  OptSetupGroup *setup_group;
  OptCodeBox *code_box;
  OptFileGroup *file_group;
  AdwPreferencesGroup *steps_group;
  OptValuesBox *values_box;
  OptPaperView *paper_view;
  AdwPreferencesGroup *preview_group;
  AdwActionRow *password_row;
  AdwActionRow *tried_row;

  const OptClient *client;
  GPtrArray *step_rows;    /* borrowed from their group */
  GPtrArray *preview_rows; /* borrowed from their group */
};

G_DEFINE_FINAL_TYPE (OptClientPage, opt_client_page, OPT_TYPE_PAGE)

static void
clear_rows (AdwPreferencesGroup *group, GPtrArray *rows)
{
  for (guint i = 0; i < rows->len; i++)
    adw_preferences_group_remove (group, g_ptr_array_index (rows, i));
  g_ptr_array_set_size (rows, 0);
  gtk_widget_set_visible (GTK_WIDGET (group), FALSE);
}

static void
add_row (AdwPreferencesGroup *group, GPtrArray *rows, GtkWidget *row)
{
  adw_preferences_group_add (group, row);
  g_ptr_array_add (rows, row);
  gtk_widget_set_visible (GTK_WIDGET (group), TRUE);
}

static const char *
get_steps_title (OptClientPage *self)
{
  if (gtk_widget_get_visible (GTK_WIDGET (self->setup_group)))
    return _ ("Or do it yourself");

  return opt_client_has_file (self->client) ? _ ("Then") : _ ("What to do");
}

static void
show_steps (OptClientPage *self, const OptSettings *settings)
{
  g_auto (GStrv) steps = opt_client_create_steps (self->client, settings);

  adw_preferences_group_set_title (self->steps_group, get_steps_title (self));
  for (guint i = 0; steps[i] != NULL; i++)
    {
      GtkWidget *row = adw_action_row_new ();
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      GtkWidget *label = gtk_label_new (number);

      gtk_widget_add_css_class (label, "dim-label");
      gtk_widget_add_css_class (label, "numeric");
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), label);
      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), steps[i]);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      add_row (self->steps_group, self->step_rows, row);
    }
}

static void
show_paper (OptClientPage *self, const OptSettings *settings)
{
  g_autoptr (OptSheet) sheet = opt_sheet_new (settings);
  g_autoptr (GtkPageSetup) setup = opt_print_create_page_setup ();

  opt_paper_view_show (self->paper_view, sheet, setup);
  gtk_widget_set_visible (GTK_WIDGET (self->paper_view), TRUE);
}

static void
show_previews (OptClientPage *self, GPtrArray *files)
{
  for (guint i = 0; i < files->len; i++)
    {
      GtkWidget *row = opt_preview_row_new (g_ptr_array_index (files, i));

      if (row != NULL)
        add_row (self->preview_group, self->preview_rows, row);
    }
}

static void
on_switch_clicked (OptClientPage *self)
{
  OptSession *session = opt_page_get_session (OPT_PAGE (self));

  opt_session_set_incoming (session,
                            opt_session_get_incoming (session) == OPT_SERVICE_IMAP
                              ? OPT_SERVICE_POP3
                              : OPT_SERVICE_IMAP);
  gtk_widget_grab_focus (GTK_WIDGET (self->heading));
}

/* The way that was not chosen, if it can be. */
static GtkWidget *
create_switch_button (OptClientPage *self, OptService other)
{
  GtkWidget *button;

  if (!opt_session_can_receive_by (opt_page_get_session (OPT_PAGE (self)), other))
    return NULL;

  button =
    gtk_button_new_with_mnemonic (other == OPT_SERVICE_IMAP ? _ ("Use _IMAP") : _ ("Use _POP3"));
  opt_accessible_name_button (button);
  g_signal_connect_object (button,
                           "clicked",
                           G_CALLBACK (on_switch_clicked),
                           self,
                           G_CONNECT_SWAPPED);

  return button;
}

static void
show_misfit (OptClientPage *self, OptService chosen)
{
  const char *name = opt_client_get_name (self->client);
  OptService other = chosen == OPT_SERVICE_IMAP ? OPT_SERVICE_POP3 : OPT_SERVICE_IMAP;
  g_autofree char *text =
    other == OPT_SERVICE_IMAP
      /* Translators: %s is a mail program */
      ? g_strdup_printf (_ ("%s takes IMAP only, and you have chosen POP3. With IMAP, mail stays "
                            "on the server for all your devices."),
                         name)
      /* Translators: %s is a mail program */
      : g_strdup_printf (_ ("%s takes POP3 only, and you have chosen IMAP. With POP3, mail is "
                            "fetched to this computer."),
                         name);

  opt_advice_row_show (self->misfit_row, text, create_switch_button (self, other));
}

/* Another name will do. */
static void
show_name_misfit (OptClientPage *self, const GError *error)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Change the _name"));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.enter-name");
  opt_accessible_name_button (button);
  opt_advice_row_show (self->misfit_row, opt_advice_get_error_text (error), button);
}

static void
show_running (OptClientPage *self)
{
  g_autoptr (OptMachine) machine = opt_machine_new ();
  gboolean running = opt_client_is_running (self->client, machine);
  g_autofree char *text = running ? opt_client_create_restart_text (self->client) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->running_row), running);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->running_row), running ? text : "");
}

static void
show_error (OptClientPage *self, const GError *error)
{
  gtk_widget_set_visible (GTK_WIDGET (self->error_row), error != NULL);
  if (error != NULL)
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->error_row),
                                   opt_advice_get_error_text (error));
}

/* What was there for the settings as they were. */
static void
clear (OptClientPage *self)
{
  clear_rows (self->steps_group, self->step_rows);
  clear_rows (self->preview_group, self->preview_rows);
  opt_values_box_clear (self->values_box);
  opt_code_box_clear (self->code_box);
  gtk_widget_set_visible (GTK_WIDGET (self->code_box), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->file_group), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->paper_view), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->misfit_row), FALSE);
  show_error (self, NULL);
}

/* The code and the file, and what to do with them. */
static gboolean
show_files (OptClientPage *self, GError **error)
{
  OptSession *session = opt_page_get_session (OPT_PAGE (self));
  gboolean has_code = opt_client_has_code (self->client);
  g_autoptr (GPtrArray) files = NULL;

  if (!opt_client_has_file (self->client))
    return TRUE;

  files = opt_session_create_files (session, self->client, FALSE, error);
  if (files == NULL || (has_code && !opt_code_box_show (self->code_box, session, error)))
    return FALSE;

  gtk_widget_set_visible (GTK_WIDGET (self->code_box), has_code);
  /* A picture of the password would stay on the disk. */
  opt_file_group_show (self->file_group,
                       self->client,
                       files,
                       opt_client_can_hold_password (self->client) && !has_code &&
                         opt_session_has_password (session),
                       !has_code && !gtk_widget_get_visible (GTK_WIDGET (self->setup_group)));
  gtk_widget_set_visible (GTK_WIDGET (self->file_group), TRUE);
  if (!opt_client_is_printable (self->client))
    show_previews (self, files);

  return TRUE;
}

/* A group whose rows are all hidden would still take its space. */
static void
update_notices (OptClientPage *self)
{
  gtk_widget_set_visible (self->notice_group,
                          gtk_widget_get_visible (GTK_WIDGET (self->running_row)) ||
                            gtk_widget_get_visible (GTK_WIDGET (self->misfit_row)) ||
                            gtk_widget_get_visible (GTK_WIDGET (self->error_row)));
}

/* What was set up can be undone, whatever is chosen now. */
static void
show_setup (OptClientPage *self, OptService chosen)
{
  OptSetupJob *job = opt_session_get_setup (opt_page_get_session (OPT_PAGE (self)), self->client);
  gboolean fits = opt_client_takes (self->client, chosen) ||
                  (job != NULL && opt_setup_job_get_state (job) >= OPT_SETUP_DONE);

  opt_setup_group_set_job (self->setup_group, fits ? job : NULL);
}

/* What cannot be written cannot be set up either. */
static void
show_failure (OptClientPage *self, const GError *error)
{
  OptSetupJob *job = opt_client_page_get_setup (self);

  if (job != NULL && opt_setup_job_get_state (job) < OPT_SETUP_DONE)
    opt_setup_group_set_job (self->setup_group, NULL);

  if (g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_NAME))
    show_name_misfit (self, error);
  else
    show_error (self, error);
}

/* What the program can be given with the settings as they are. */
static void
show_settings (OptClientPage *self)
{
  OptSession *session = opt_page_get_session (OPT_PAGE (self));
  g_autoptr (GError) error = NULL;
  g_autoptr (OptSettings) settings = opt_session_dup_settings (session, &error);

  if (settings == NULL || !show_files (self, &error))
    {
      show_failure (self, error);
      return;
    }

  if (opt_client_is_printable (self->client))
    show_paper (self, settings);
  show_steps (self, settings);
  opt_values_box_show (self->values_box, self->client, settings);
}

static void
update (OptClientPage *self)
{
  OptService chosen = opt_session_get_incoming (opt_page_get_session (OPT_PAGE (self)));

  if (self->client == NULL)
    return;

  clear (self);
  show_running (self);
  show_setup (self, chosen);
  if (opt_client_takes (self->client, chosen))
    show_settings (self);
  else
    show_misfit (self, chosen);
  update_notices (self);
}

void
opt_client_page_set_client (OptClientPage *self, const OptClient *client)
{
  g_return_if_fail (OPT_IS_CLIENT_PAGE (self) && client != NULL);

  self->client = client;
  opt_page_set_title (OPT_PAGE (self), opt_client_get_name (client));
  gtk_label_set_text (self->heading, opt_client_get_name (client));
  adw_action_row_set_subtitle (self->password_row, opt_client_get_password_path (client));
  adw_action_row_set_subtitle (self->tried_row, opt_client_get_tried (client));
  update (self);
}

const OptClient *
opt_client_page_get_client (OptClientPage *self)
{
  g_return_val_if_fail (OPT_IS_CLIENT_PAGE (self), NULL);

  return self->client;
}

gboolean
opt_client_page_wants_password (OptClientPage *self)
{
  g_return_val_if_fail (OPT_IS_CLIENT_PAGE (self), FALSE);

  return opt_file_group_wants_password (self->file_group);
}

gboolean
opt_client_page_offers_file (OptClientPage *self)
{
  g_return_val_if_fail (OPT_IS_CLIENT_PAGE (self), FALSE);

  return gtk_widget_get_visible (GTK_WIDGET (self->file_group));
}

OptSetupJob *
opt_client_page_get_setup (OptClientPage *self)
{
  g_return_val_if_fail (OPT_IS_CLIENT_PAGE (self), NULL);

  return opt_setup_group_get_job (self->setup_group);
}

static void
opt_client_page_shown (OptPage *page)
{
  OptClientPage *self = OPT_CLIENT_PAGE (page);

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled_window), 0);
  /* The stack has focused it already, and that marks its text. */
  gtk_label_select_region (self->heading, 0, 0);
  if (gtk_widget_get_visible (GTK_WIDGET (self->setup_group)))
    opt_job_group_focus (OPT_JOB_GROUP (self->setup_group));
  else if (gtk_widget_get_visible (GTK_WIDGET (self->file_group)) &&
           !gtk_widget_get_visible (GTK_WIDGET (self->code_box)))
    opt_file_group_focus (self->file_group);
  else
    opt_page_focus_heading (page, self->heading);
}

static void
opt_client_page_constructed (GObject *object)
{
  static const char *const signals[] = { "notify::incoming", "notify::leave-on-server" };
  OptClientPage *self = OPT_CLIENT_PAGE (object);

  G_OBJECT_CLASS (opt_client_page_parent_class)->constructed (object);

  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (opt_page_get_session (OPT_PAGE (self)),
                             signals[i],
                             G_CALLBACK (update),
                             self,
                             G_CONNECT_SWAPPED);
}

static void
opt_client_page_dispose (GObject *object)
{
  /* The bin's child is bound in the template too; GTK 4.8 would take it from the bin unawares. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_CLIENT_PAGE);

  G_OBJECT_CLASS (opt_client_page_parent_class)->dispose (object);
}

static void
opt_client_page_finalize (GObject *object)
{
  OptClientPage *self = OPT_CLIENT_PAGE (object);

  g_ptr_array_unref (self->step_rows);
  g_ptr_array_unref (self->preview_rows);

  G_OBJECT_CLASS (opt_client_page_parent_class)->finalize (object);
}

static void
ensure_types (void)
{
  g_type_ensure (OPT_TYPE_ADVICE_ROW);
  g_type_ensure (OPT_TYPE_CODE_BOX);
  g_type_ensure (OPT_TYPE_FILE_GROUP);
  g_type_ensure (OPT_TYPE_PAPER_VIEW);
  g_type_ensure (OPT_TYPE_SETUP_GROUP);
  g_type_ensure (OPT_TYPE_VALUES_BOX);
}

static void
opt_client_page_class_init (OptClientPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = opt_client_page_constructed;
  object_class->dispose = opt_client_page_dispose;
  object_class->finalize = opt_client_page_finalize;
  OPT_PAGE_CLASS (klass)->shown = opt_client_page_shown;

  ensure_types ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/pages/opt-client-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, heading);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, notice_group);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, running_row);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, misfit_row);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, error_row);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, setup_group);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, code_box);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, file_group);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, steps_group);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, values_box);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, paper_view);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, preview_group);
  gtk_widget_class_bind_template_child (widget_class, OptClientPage, tried_row);
}

static void
opt_client_page_init (OptClientPage *self)
{
  self->step_rows = g_ptr_array_new ();
  self->preview_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
