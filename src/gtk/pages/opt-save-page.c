/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks whether the password may be kept, shows what is kept and where, and how that went. A keyring
 * that says no stops nobody: the rest of the wizard goes on. */
#include "opt-save-page.h"

#include "opt-accessible.h"
#include "opt-advice.h"

#include <glib/gi18n.h>

struct _OptSavePage
{
  OptPage parent_instance;

  GtkLabel *heading;
  AdwActionRow *remember_row;
  GtkSwitch *remember_switch;
  AdwActionRow *state_row;
  GtkWidget *again_button;
  AdwPreferencesGroup *items_group;
  GPtrArray *item_rows;
};

G_DEFINE_FINAL_TYPE (OptSavePage, opt_save_page, OPT_TYPE_PAGE)

static OptSession *
get_session (OptSavePage *self)
{
  return opt_page_get_session (OPT_PAGE (self));
}

gboolean
opt_save_page_wants_saving (OptSavePage *self)
{
  g_return_val_if_fail (OPT_IS_SAVE_PAGE (self), FALSE);

  return gtk_switch_get_active (self->remember_switch) &&
         opt_session_keeps_passwords (get_session (self));
}

static void
show_state (OptSavePage *self,
            const char *icon_name,
            const char *style,
            const char *title,
            const char *subtitle)
{
  g_autofree char *escaped = g_markup_escape_text (subtitle, -1);

  gtk_widget_remove_css_class (GTK_WIDGET (self->state_row), "done");
  gtk_widget_remove_css_class (GTK_WIDGET (self->state_row), "failed");
  if (style != NULL)
    gtk_widget_add_css_class (GTK_WIDGET (self->state_row), style);
  adw_action_row_set_icon_name (self->state_row, icon_name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row), title);
  adw_action_row_set_subtitle (self->state_row, escaped);
  gtk_widget_set_visible (GTK_WIDGET (self->state_row), TRUE);
  gtk_widget_set_visible (self->again_button, g_strcmp0 (style, "failed") == 0);
}

static void
show_saved (OptSavePage *self)
{
  const char *label = opt_session_get_keyring_label (get_session (self));
  g_autofree char *text =
    /* Translators: %s is the name of a keyring, for example Login */
    label != NULL ? g_strdup_printf (_ ("In the keyring “%s”"), label)
                  : g_strdup (_ ("In the keyring of this computer"));

  show_state (self, "object-select-symbolic", "done", _ ("Your password is kept"), text);
}

static void
show_keyring (OptSavePage *self)
{
  OptSession *session = get_session (self);
  const GError *error = opt_session_get_save_error (session);

  if (!opt_session_keeps_passwords (session))
    {
      show_state (self,
                  "dialog-information-symbolic",
                  NULL,
                  _ ("Nothing is kept while you practice"),
                  _ ("Go on to see the rest."));
      return;
    }

  gtk_widget_set_visible (GTK_WIDGET (self->state_row), FALSE);
  switch (opt_session_get_save_state (session))
    {
    case OPT_SAVE_NOT_YET:
      break;
    case OPT_SAVE_BUSY:
      show_state (self,
                  "content-loading-symbolic",
                  NULL,
                  _ ("Keeping your password…"),
                  _ ("The keyring may ask you to unlock it."));
      break;
    case OPT_SAVE_DONE:
      show_saved (self);
      break;
    case OPT_SAVE_FAILED:
      show_state (self,
                  "dialog-error-symbolic",
                  "failed",
                  _ ("Not kept. You can go on; programs will ask you for the password."),
                  opt_advice_get_error_text (error));
      break;
    }
}

static void
clear_items (OptSavePage *self)
{
  for (guint i = 0; i < self->item_rows->len; i++)
    adw_preferences_group_remove (self->items_group, g_ptr_array_index (self->item_rows, i));
  g_ptr_array_set_size (self->item_rows, 0);
}

static void
show_items (OptSavePage *self)
{
  g_autoptr (OptAccount) account = opt_session_dup_account (get_session (self));

  clear_items (self);
  for (guint i = 0; account != NULL && i < OPT_N_SERVICES; i++)
    {
      OptServer *server = opt_account_get_server (account, i);
      GtkWidget *row;

      if (server == NULL)
        continue;

      row = adw_action_row_new ();
      adw_action_row_set_icon_name (ADW_ACTION_ROW (row), "dialog-password-symbolic");
      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), opt_server_get_host (server));
      adw_action_row_set_subtitle (ADW_ACTION_ROW (row), opt_service_to_string (i));
      adw_preferences_group_add (self->items_group, row);
      g_ptr_array_add (self->item_rows, row);
    }
}

static void
update (OptSavePage *self)
{
  OptSession *session = get_session (self);
  OptSaveState state;
  gboolean wanted;

  if (session == NULL)
    return;

  state = opt_session_get_save_state (session);
  wanted = opt_save_page_wants_saving (self);
  gtk_widget_set_sensitive (GTK_WIDGET (self->remember_row),
                            opt_session_keeps_passwords (session) && state != OPT_SAVE_BUSY &&
                              state != OPT_SAVE_DONE);
  gtk_widget_set_visible (GTK_WIDGET (self->items_group), wanted);
  show_keyring (self);
  opt_page_set_next (OPT_PAGE (self),
                     state == OPT_SAVE_FAILED && wanted ? _ ("_Go on") : _ ("_Next"),
                     state != OPT_SAVE_BUSY);
}

static void
opt_save_page_shown (OptPage *page)
{
  OptSavePage *self = OPT_SAVE_PAGE (page);

  show_items (self);
  update (self);
  opt_page_focus_heading (page, self->heading);
}

static void
opt_save_page_constructed (GObject *object)
{
  OptSavePage *self = OPT_SAVE_PAGE (object);

  G_OBJECT_CLASS (opt_save_page_parent_class)->constructed (object);

  g_signal_connect_object (get_session (self),
                           "notify::save-state",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (get_session (self),
                           "notify::keyring-label",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
opt_save_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_SAVE_PAGE);

  G_OBJECT_CLASS (opt_save_page_parent_class)->dispose (object);
}

static void
opt_save_page_finalize (GObject *object)
{
  g_ptr_array_unref (OPT_SAVE_PAGE (object)->item_rows);

  G_OBJECT_CLASS (opt_save_page_parent_class)->finalize (object);
}

static void
opt_save_page_class_init (OptSavePageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = opt_save_page_constructed;
  object_class->dispose = opt_save_page_dispose;
  object_class->finalize = opt_save_page_finalize;
  OPT_PAGE_CLASS (klass)->shown = opt_save_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/pages/opt-save-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OptSavePage, heading);
  gtk_widget_class_bind_template_child (widget_class, OptSavePage, remember_row);
  gtk_widget_class_bind_template_child (widget_class, OptSavePage, remember_switch);
  gtk_widget_class_bind_template_child (widget_class, OptSavePage, state_row);
  gtk_widget_class_bind_template_child (widget_class, OptSavePage, again_button);
  gtk_widget_class_bind_template_child (widget_class, OptSavePage, items_group);
  gtk_widget_class_bind_template_callback (widget_class, update);
}

static void
opt_save_page_init (OptSavePage *self)
{
  self->item_rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  opt_accessible_name_button (self->again_button);
}
