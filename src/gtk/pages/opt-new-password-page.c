/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The one way for a changed password. Nothing is changed until it was checked, and the page says so
 * in every state. */
#include "opt-new-password-page.h"

#include "opt-advice.h"
#include "opt-caps-hint.h"
#include "opt-entry.h"
#include "opt-heading.h"
#include "opt-new-password.h"
#include "opt-probe-group.h"
#include "opt-probe-row.h"
#include "opt-refused.h"

#include <glib/gi18n.h>
#include <string.h>

struct _OptNewPasswordPage
{
  OptPage parent_instance;

  OptHeading *heading;
  GtkLabel *reason;
  GtkWidget *password_box;
  AdwPasswordEntryRow *password_row;
  GtkLabel *password_label;
  OptProbeGroup *check_group;
  AdwPreferencesGroup *places_group;

  OptPasswordJob *job;
  GSignalGroup *job_signals;
  GPtrArray *place_rows; /* borrowed from their group */
  GError *password_error;
};

G_DEFINE_FINAL_TYPE (OptNewPasswordPage, opt_new_password_page, OPT_TYPE_PAGE)

/* What the page says in each state. */
static const struct
{
  const char *heading, *reason;
} texts[] = {
  [OPT_PASSWORD_TYPING] = { N_ ("Type the new password"),
                            N_ ("It is checked first. Until it works, the old one stays "
                                "everywhere.") },
  [OPT_PASSWORD_CHECKING] = { N_ ("Checking the new password…"),
                              N_ ("The old one is still everywhere.") },
  [OPT_PASSWORD_NOT_PROVEN] = { N_ ("The new password was not proven"), NULL },
  [OPT_PASSWORD_STORING] = { N_ ("Putting it everywhere…"),
                             N_ ("Your keyring may have to be unlocked.") },
  [OPT_PASSWORD_STORED] = { N_ ("Your new password works"), NULL },
  [OPT_PASSWORD_FAILED] = { N_ ("The new password was not put everywhere"), NULL },
};

static const char *
describe_check (OptCheck *check)
{
  if (opt_check_was_refused (check))
    return _ ("The server did not accept it. Nothing was changed: the old one is still "
              "everywhere.");

  return _ ("No server could say whether it is right. Nothing was changed: the old one is still "
            "everywhere.");
}

static const char *
get_reason (OptNewPasswordPage *self, OptPasswordState state)
{
  if (state == OPT_PASSWORD_NOT_PROVEN)
    return describe_check (opt_password_job_get_check (self->job));
  if (state == OPT_PASSWORD_FAILED)
    return opt_advice_get_error_text (opt_password_job_get_error (self->job));
  if (state == OPT_PASSWORD_STORED)
    return opt_new_password_get_reminder ();

  return _ (texts[state].reason);
}

static void
show_places (OptNewPasswordPage *self, gboolean stored)
{
  const char *const *places = opt_password_job_get_places (self->job);

  for (guint i = 0; i < self->place_rows->len; i++)
    adw_preferences_group_remove (self->places_group, g_ptr_array_index (self->place_rows, i));
  g_ptr_array_set_size (self->place_rows, 0);
  for (guint i = 0; places != NULL && places[i] != NULL; i++)
    {
      GtkWidget *row = adw_action_row_new ();

      adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), places[i]);
      adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 0);
      adw_action_row_set_icon_name (ADW_ACTION_ROW (row),
                                    stored ? "object-select-symbolic" : "dialog-password-symbolic");
      adw_preferences_group_add (self->places_group, row);
      g_ptr_array_add (self->place_rows, row);
    }
  adw_preferences_group_set_title (self->places_group,
                                   stored ? _ ("Changed in") : _ ("Will be changed in"));
  gtk_widget_set_visible (GTK_WIDGET (self->places_group), self->place_rows->len > 0);
}

static void
show_password (OptNewPasswordPage *self, OptPasswordState state)
{
  OptAccount *account = opt_password_job_get_account (self->job);
  /* Translators: %s is an email address */
  g_autofree char *whose =
    g_strdup_printf (_ ("The password that you have set for %s."),
                     opt_address_get_text (opt_account_get_address (account)));

  gtk_label_set_text (self->password_label,
                      self->password_error != NULL
                        ? opt_advice_get_error_text (self->password_error)
                        : whose);
  gtk_widget_set_visible (self->password_box, state != OPT_PASSWORD_STORED);
  gtk_widget_set_sensitive (GTK_WIDGET (self->password_row), !opt_password_job_is_busy (self->job));
  opt_entry_mark (ADW_ENTRY_ROW (self->password_row), self->password_error != NULL, NULL);
}

static void
show_check (OptNewPasswordPage *self)
{
  opt_probe_group_set_check (self->check_group, opt_password_job_get_check (self->job));
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      GtkWidget *row = opt_probe_group_get_row (self->check_group, i);

      if (row != NULL)
        opt_probe_row_hide_servers (OPT_PROBE_ROW (row));
    }
}

static void
update (OptNewPasswordPage *self)
{
  OptPasswordState state = opt_password_job_get_state (self->job);
  gboolean stored = state == OPT_PASSWORD_STORED;

  opt_heading_set_text (self->heading, _ (texts[state].heading));
  gtk_label_set_text (self->reason, get_reason (self, state));
  show_password (self, state);
  show_check (self);
  show_places (self, stored);
  opt_page_set_next (OPT_PAGE (self),
                     stored ? _ ("_Done") : _ ("_Check"),
                     stored || (opt_password_job_has_password (self->job) &&
                                !opt_password_job_is_busy (self->job)));
}

static void
on_state (OptNewPasswordPage *self)
{
  OptPasswordState state = opt_password_job_get_state (self->job);

  /* Before the entry goes that has it; but not from what is being typed. */
  opt_heading_set_text (self->heading, _ (texts[state].heading));
  if (state != OPT_PASSWORD_TYPING)
    opt_page_focus_heading (OPT_PAGE (self), opt_heading_get_label (self->heading));
  update (self);
}

static void
on_password_changed (OptNewPasswordPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->password_row));

  if (self->job == NULL)
    return;

  g_clear_error (&self->password_error);
  opt_password_job_set_password (self->job, text, strlen (text), &self->password_error);
  update (self);
}

static void
on_password_activated (OptNewPasswordPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.next", NULL);
}

static void
on_session_job (OptNewPasswordPage *self)
{
  OptPasswordJob *job = opt_session_get_password_job (opt_page_get_session (OPT_PAGE (self)));

  g_clear_object (&self->job);
  g_signal_group_set_target (self->job_signals, job);
  g_clear_error (&self->password_error);
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
  if (job == NULL)
    return;

  self->job = g_object_ref (job);
  update (self);
}

static void
opt_new_password_page_shown (OptPage *page)
{
  OptNewPasswordPage *self = OPT_NEW_PASSWORD_PAGE (page);

  /* The stack has focused it already, and that marks its text. */
  gtk_label_select_region (opt_heading_get_label (self->heading), 0, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
opt_new_password_page_constructed (GObject *object)
{
  OptNewPasswordPage *self = OPT_NEW_PASSWORD_PAGE (object);

  G_OBJECT_CLASS (opt_new_password_page_parent_class)->constructed (object);

  g_signal_group_connect_swapped (self->job_signals, "notify::state", G_CALLBACK (on_state), self);
  g_signal_group_connect_swapped (self->job_signals, "notify::places", G_CALLBACK (update), self);
  g_signal_connect_object (opt_page_get_session (OPT_PAGE (self)),
                           "notify::password-job",
                           G_CALLBACK (on_session_job),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
opt_new_password_page_dispose (GObject *object)
{
  OptNewPasswordPage *self = OPT_NEW_PASSWORD_PAGE (object);

  g_signal_group_set_target (self->job_signals, NULL);
  g_clear_object (&self->job);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_NEW_PASSWORD_PAGE);

  G_OBJECT_CLASS (opt_new_password_page_parent_class)->dispose (object);
}

static void
opt_new_password_page_finalize (GObject *object)
{
  OptNewPasswordPage *self = OPT_NEW_PASSWORD_PAGE (object);

  g_object_unref (self->job_signals);
  g_ptr_array_unref (self->place_rows);
  g_clear_error (&self->password_error);

  G_OBJECT_CLASS (opt_new_password_page_parent_class)->finalize (object);
}

static void
opt_new_password_page_class_init (OptNewPasswordPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = opt_new_password_page_constructed;
  object_class->dispose = opt_new_password_page_dispose;
  object_class->finalize = opt_new_password_page_finalize;
  OPT_PAGE_CLASS (klass)->shown = opt_new_password_page_shown;

  gtk_widget_class_set_template_from_resource (
    widget_class, "/com/example/OptSetup/pages/opt-new-password-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OptNewPasswordPage, heading);
  gtk_widget_class_bind_template_child (widget_class, OptNewPasswordPage, reason);
  gtk_widget_class_bind_template_child (widget_class, OptNewPasswordPage, password_box);
  gtk_widget_class_bind_template_child (widget_class, OptNewPasswordPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, OptNewPasswordPage, password_label);
  gtk_widget_class_bind_template_child (widget_class, OptNewPasswordPage, check_group);
  gtk_widget_class_bind_template_child (widget_class, OptNewPasswordPage, places_group);
  gtk_widget_class_bind_template_callback (widget_class, on_password_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_password_activated);
}

static void
opt_new_password_page_init (OptNewPasswordPage *self)
{
  self->job_signals = g_signal_group_new (OPT_TYPE_PASSWORD_JOB);
  self->place_rows = g_ptr_array_new ();
  g_type_ensure (OPT_TYPE_CAPS_HINT);
  g_type_ensure (OPT_TYPE_HEADING);
  g_type_ensure (OPT_TYPE_PROBE_GROUP);
  gtk_widget_init_template (GTK_WIDGET (self));
  opt_entry_name (ADW_ENTRY_ROW (self->password_row), GTK_WIDGET (self->password_label));
}
