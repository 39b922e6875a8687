/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-done-page.h"

#include "opt-accessible.h"
#include "opt-program.h"

#include <glib/gi18n.h>

struct _OptDonePage
{
  OptPage parent_instance;

  AdwActionRow *account_row;
  AdwActionRow *keyring_row;
  AdwActionRow *files_row;
  AdwPreferencesGroup *setups_group;
  GtkWidget *again_group;
  GPtrArray *setup_rows; /* borrowed from their group */
  GString *files;        /* markup, a line each */
};

G_DEFINE_FINAL_TYPE (OptDonePage, opt_done_page, OPT_TYPE_PAGE)

void
opt_done_page_add_file (OptDonePage *self, const char *path)
{
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *escaped = g_markup_escape_text (name, -1);

  g_return_if_fail (OPT_IS_DONE_PAGE (self) && path != NULL);

  g_string_append_printf (self->files, "%s%s", self->files->len > 0 ? "\n" : "", escaped);
}

gboolean
opt_done_page_has_files (OptDonePage *self)
{
  g_return_val_if_fail (OPT_IS_DONE_PAGE (self), FALSE);

  return self->files->len > 0;
}

static const char *
describe_verdict (OptSession *session)
{
  OptCheck *check = opt_session_get_check (session);

  if (check != NULL && opt_check_get_verdict (check) == OPT_VERDICT_WORKS)
    return _ ("Receiving and sending were tested and work");

  return _ ("It works in part; check again any time");
}

static void
add_open_button (GtkWidget *row, const OptClient *client)
{
  /* Translators: %s is a mail program */
  g_autofree char *label = g_strdup_printf (_ ("_Open %s"), opt_client_get_name (client));
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  opt_accessible_name_button (button);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", client->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.open-program");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

static void
add_setup (OptDonePage *self, const OptClient *client)
{
  GtkWidget *row = adw_action_row_new ();
  g_autoptr (GAppInfo) program = opt_program_find (client);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), opt_client_get_name (client));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _ ("Set up with your account"));
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), "object-select-symbolic");
  if (program != NULL)
    add_open_button (row, client);
  adw_preferences_group_add (self->setups_group, row);
  g_ptr_array_add (self->setup_rows, row);
}

/* What was undone since is not there any more. */
static void
show_setups (OptDonePage *self)
{
  OptSession *session = opt_page_get_session (OPT_PAGE (self));
  guint n;
  const OptClient *const *clients = opt_clients_get (&n);

  for (guint i = 0; i < self->setup_rows->len; i++)
    adw_preferences_group_remove (self->setups_group, g_ptr_array_index (self->setup_rows, i));
  g_ptr_array_set_size (self->setup_rows, 0);
  /* Shown before there is anything in it: GTK 4.8 does not tell the parent of children that come to
   * a hidden widget. */
  gtk_widget_set_visible (GTK_WIDGET (self->setups_group), TRUE);
  for (guint i = 0; i < n; i++)
    {
      OptSetupJob *job = opt_session_get_setup (session, clients[i]);

      if (job != NULL && opt_setup_job_get_state (job) == OPT_SETUP_DONE)
        add_setup (self, clients[i]);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->setups_group), self->setup_rows->len > 0);
}

static void
opt_done_page_shown (OptPage *page)
{
  OptDonePage *self = OPT_DONE_PAGE (page);
  OptSession *session = opt_page_get_session (page);
  g_autoptr (OptAccount) account = opt_session_dup_account (session);
  g_autofree char *address = NULL;

  if (account == NULL)
    return;

  address = g_markup_escape_text (opt_address_get_text (opt_account_get_address (account)), -1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->account_row), address);
  adw_action_row_set_subtitle (self->account_row, describe_verdict (session));
  adw_action_row_set_subtitle (self->keyring_row,
                               opt_session_get_save_state (session) == OPT_SAVE_DONE
                                 ? _ ("Kept in the keyring of this computer")
                                 : _ ("Not kept; programs will ask you for it"));
  show_setups (self);
  /* What is kept is on the first page from now on, and can be checked there. */
  gtk_widget_set_visible (self->again_group, opt_session_get_save_state (session) == OPT_SAVE_DONE);
  gtk_widget_set_visible (GTK_WIDGET (self->files_row), opt_done_page_has_files (self));
  adw_action_row_set_subtitle (self->files_row, self->files->str);
}

static void
opt_done_page_constructed (GObject *object)
{
  G_OBJECT_CLASS (opt_done_page_parent_class)->constructed (object);

  opt_page_set_next (OPT_PAGE (object), _ ("_Close"), TRUE);
}

static void
opt_done_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_DONE_PAGE);

  G_OBJECT_CLASS (opt_done_page_parent_class)->dispose (object);
}

static void
opt_done_page_finalize (GObject *object)
{
  OptDonePage *self = OPT_DONE_PAGE (object);

  g_string_free (self->files, TRUE);
  g_ptr_array_unref (self->setup_rows);

  G_OBJECT_CLASS (opt_done_page_parent_class)->finalize (object);
}

static void
opt_done_page_class_init (OptDonePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = opt_done_page_constructed;
  object_class->dispose = opt_done_page_dispose;
  object_class->finalize = opt_done_page_finalize;
  OPT_PAGE_CLASS (klass)->shown = opt_done_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/pages/opt-done-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OptDonePage, account_row);
  gtk_widget_class_bind_template_child (widget_class, OptDonePage, keyring_row);
  gtk_widget_class_bind_template_child (widget_class, OptDonePage, files_row);
  gtk_widget_class_bind_template_child (widget_class, OptDonePage, setups_group);
  gtk_widget_class_bind_template_child (widget_class, OptDonePage, again_group);
}

static void
opt_done_page_init (OptDonePage *self)
{
  self->files = g_string_new (NULL);
  self->setup_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
