/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Name, address, password and one question. The line below the entries says what the address tells,
 * while it is being typed; that it is not an address is said only when its entry is left. */
#include "opt-account-page.h"

#include "opt-accessible.h"
#include "opt-account-hint.h"
#include "opt-advice.h"
#include "opt-caps-hint.h"
#include "opt-entry.h"
#include "opt-wrap.h"

#include <glib/gi18n.h>
#include <string.h>

struct _OptAccountPage
{
  OptPage parent_instance;

  AdwEntryRow *name_row;
  AdwEntryRow *address_row;
  AdwPasswordEntryRow *password_row;
  GtkWidget *hint_box;
  GtkImage *hint_icon;
  GtkLabel *hint_label;
  GtkBox *hint_buttons;
  GtkCheckButton *imap_button;
  GtkCheckButton *pop3_button;

  gboolean address_left;  /* the entry was left with what is in it now */
  gboolean password_left; /* likewise */
  guint taking_apart;
  gboolean name_has_both; /* it is the name that came with an address */
  GError *password_error;
  OptDetection *shown_suggestions;
  gboolean shown_servers;
};

G_DEFINE_FINAL_TYPE (OptAccountPage, opt_account_page, OPT_TYPE_PAGE)

static OptSession *
get_session (OptAccountPage *self)
{
  return opt_page_get_session (OPT_PAGE (self));
}

static void
clear_buttons (OptAccountPage *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->hint_buttons))) != NULL)
    gtk_box_remove (self->hint_buttons, child);
}

static void
on_suggestion_clicked (GtkButton *button, OptAccountPage *self)
{
  /* The button goes away with the text that it changes. */
  g_autofree char *address = g_strdup (gtk_button_get_label (button));

  gtk_editable_set_text (GTK_EDITABLE (self->address_row), address);
  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
add_suggestions (OptAccountPage *self, OptDetection *detection)
{
  GPtrArray *suggestions = opt_detection_get_suggestions (detection);

  for (guint i = 0; i < suggestions->len; i++)
    {
      GtkWidget *button =
        gtk_button_new_with_label (opt_address_get_text (g_ptr_array_index (suggestions, i)));

      /* Alone it would be an address without the question. */
      gtk_accessible_update_relation (GTK_ACCESSIBLE (button),
                                      GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                      self->hint_label,
                                      NULL,
                                      -1);
      opt_wrap_button (button);
      g_signal_connect (button, "clicked", G_CALLBACK (on_suggestion_clicked), self);
      gtk_box_append (self->hint_buttons, button);
    }
}

static void
add_servers_button (OptAccountPage *self)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (_ ("Enter _servers myself"));

  opt_wrap_button (button);
  opt_accessible_name_button (button);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.servers");
  gtk_box_append (self->hint_buttons, button);
}

/* Buttons stay as they are while what they offer does: a click on one takes the focus from the
 * entry first, and must not find it gone. */
static void
show_buttons (OptAccountPage *self, const OptAccountHint *hint)
{
  if (hint->suggestions == self->shown_suggestions && hint->offers_servers == self->shown_servers)
    return;

  clear_buttons (self);
  g_clear_pointer (&self->shown_suggestions, opt_detection_unref);
  if (hint->suggestions != NULL)
    {
      self->shown_suggestions = opt_detection_ref (hint->suggestions);
      add_suggestions (self, hint->suggestions);
    }
  self->shown_servers = hint->offers_servers;
  if (hint->offers_servers)
    add_servers_button (self);
}

/* Both, if both are wrong: each row is described by what is said here. */
static char *
join_errors (const GError *address_error, const GError *password_error)
{
  const char *address = address_error != NULL ? opt_advice_get_error_text (address_error) : NULL;
  const char *password = password_error != NULL ? opt_advice_get_error_text (password_error) : NULL;

  if (address != NULL && password != NULL)
    return g_strdup_printf ("%s\n%s", address, password);

  return g_strdup (address != NULL ? address : password);
}

static OptAccountHint
describe (OptAccountPage *self)
{
  const GError *address_error =
    self->address_left ? opt_session_get_address_error (get_session (self)) : NULL;
  const GError *password_error = self->password_left ? self->password_error : NULL;

  opt_entry_mark (self->address_row, address_error != NULL, GTK_WIDGET (self->hint_label));
  opt_entry_mark (ADW_ENTRY_ROW (self->password_row),
                  password_error != NULL,
                  GTK_WIDGET (self->hint_label));
  if (address_error != NULL || password_error != NULL)
    return (OptAccountHint){ "dialog-error-symbolic",
                             "error",
                             join_errors (address_error, password_error) };

  return opt_account_hint_create (get_session (self));
}

static void
update_hint (OptAccountPage *self)
{
  static const char *const styles[] = { "success", "warning", "error", "dim-label" };
  g_autofree char *text = NULL;
  OptAccountHint hint = describe (self);

  text = hint.text;
  show_buttons (self, &hint);

  gtk_widget_set_visible (self->hint_box, text != NULL);
  if (text == NULL)
    return;

  gtk_image_set_from_icon_name (self->hint_icon, hint.icon_name);
  for (guint i = 0; i < G_N_ELEMENTS (styles); i++)
    gtk_widget_remove_css_class (GTK_WIDGET (self->hint_icon), styles[i]);
  gtk_widget_add_css_class (GTK_WIDGET (self->hint_icon), hint.style);
  gtk_label_set_text (self->hint_label, text);
}

static void
update (OptAccountPage *self)
{
  update_hint (self);
  opt_page_set_next (OPT_PAGE (self), _ ("_Check"), opt_session_can_check (get_session (self)));
}

static void
on_address_changed (OptAccountPage *self)
{
  self->address_left = FALSE;
  update_hint (self);
}

/* “Jane Doe <jane@optonline.net>”, as it is copied from a mail program, is for both entries,
 * whichever it came into. What is there already stays. */
static gboolean
take_apart (gpointer user_data)
{
  OptAccountPage *self = user_data;
  GtkEditable *name = GTK_EDITABLE (self->name_row);
  GtkEditable *address = GTK_EDITABLE (self->address_row);
  gboolean in_name = self->name_has_both;
  g_autoptr (OptAddress) mailbox =
    opt_address_parse (gtk_editable_get_text (in_name ? name : address), NULL);

  self->taking_apart = 0;
  if (mailbox == NULL)
    return G_SOURCE_REMOVE;

  if (opt_address_get_display_name (mailbox) != NULL &&
      (in_name || gtk_editable_get_text (name)[0] == '\0'))
    gtk_editable_set_text (name, opt_address_get_display_name (mailbox));
  if (!in_name || gtk_editable_get_text (address)[0] == '\0')
    gtk_editable_set_text (address, opt_address_get_text (mailbox));

  return G_SOURCE_REMOVE;
}

/* The entry is still busy with what comes into it. */
static void
on_typed (OptAccountPage *self, GtkEditable *row)
{
  const char *text = gtk_editable_get_text (row);

  if (self->taking_apart != 0 || strchr (text, '<') == NULL || strchr (text, '>') == NULL)
    return;

  self->name_has_both = row == GTK_EDITABLE (self->name_row);
  self->taking_apart = g_idle_add (take_apart, self);
}

static void
on_address_left (OptAccountPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->address_row));

  self->address_left = text[0] != '\0';
  update_hint (self);
}

static void
on_password_changed (OptAccountPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->password_row));

  self->password_left = FALSE;
  g_clear_error (&self->password_error);
  opt_session_set_password (get_session (self), text, strlen (text), &self->password_error);
  update_hint (self);
}

static void
on_password_left (OptAccountPage *self)
{
  self->password_left = TRUE;
  update_hint (self);
}

/* Enter means Next. */
static void
on_entry_activated (OptAccountPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.next", NULL);
}

static void
on_pop3_toggled (OptAccountPage *self)
{
  opt_session_set_incoming (get_session (self),
                            gtk_check_button_get_active (self->pop3_button) ? OPT_SERVICE_POP3
                                                                            : OPT_SERVICE_IMAP);
}

/* It can be chosen on another page, too. */
static void
on_incoming_changed (OptAccountPage *self)
{
  gboolean pop3 = opt_session_get_incoming (get_session (self)) == OPT_SERVICE_POP3;

  gtk_check_button_set_active (pop3 ? self->pop3_button : self->imap_button, TRUE);
}

void
opt_account_page_fill_in (OptAccountPage *self,
                          const char *name,
                          const char *address,
                          const char *password)
{
  g_return_if_fail (OPT_IS_ACCOUNT_PAGE (self));

  gtk_editable_set_text (GTK_EDITABLE (self->name_row), name);
  gtk_editable_set_text (GTK_EDITABLE (self->address_row), address);
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), password);
}

void
opt_account_page_enter_password (OptAccountPage *self)
{
  g_return_if_fail (OPT_IS_ACCOUNT_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
  gtk_editable_select_region (GTK_EDITABLE (self->password_row), 0, -1);
}

void
opt_account_page_enter_name (OptAccountPage *self)
{
  g_return_if_fail (OPT_IS_ACCOUNT_PAGE (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->name_row));
  gtk_editable_select_region (GTK_EDITABLE (self->name_row), 0, -1);
}

/* The first field that is still empty; after a refusal the password is what has to change. */
static void
opt_account_page_shown (OptPage *page)
{
  OptAccountPage *self = OPT_ACCOUNT_PAGE (page);
  GtkEditable *rows[] = { GTK_EDITABLE (self->name_row),
                          GTK_EDITABLE (self->address_row),
                          GTK_EDITABLE (self->password_row) };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (gtk_editable_get_text (rows[i])[0] == '\0')
      {
        gtk_widget_grab_focus (GTK_WIDGET (rows[i]));
        return;
      }

  gtk_widget_grab_focus (GTK_WIDGET (self->password_row));
}

static void
opt_account_page_constructed (GObject *object)
{
  OptAccountPage *self = OPT_ACCOUNT_PAGE (object);
  OptSession *session = get_session (self);
  const GBindingFlags both_ways = G_BINDING_BIDIRECTIONAL | G_BINDING_SYNC_CREATE;

  G_OBJECT_CLASS (opt_account_page_parent_class)->constructed (object);

  g_object_bind_property (session, "name", self->name_row, "text", both_ways);
  g_object_bind_property (session, "address", self->address_row, "text", both_ways);
  g_signal_connect_object (session,
                           "notify::address",
                           G_CALLBACK (on_address_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session,
                           "notify::incoming",
                           G_CALLBACK (on_incoming_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session,
                           "notify::detection",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session,
                           "notify::can-check",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
opt_account_page_dispose (GObject *object)
{
  g_clear_handle_id (&OPT_ACCOUNT_PAGE (object)->taking_apart, g_source_remove);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_ACCOUNT_PAGE);

  G_OBJECT_CLASS (opt_account_page_parent_class)->dispose (object);
}

static void
opt_account_page_finalize (GObject *object)
{
  OptAccountPage *self = OPT_ACCOUNT_PAGE (object);

  g_clear_error (&self->password_error);
  g_clear_pointer (&self->shown_suggestions, opt_detection_unref);

  G_OBJECT_CLASS (opt_account_page_parent_class)->finalize (object);
}

static void
opt_account_page_class_init (OptAccountPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = opt_account_page_constructed;
  object_class->dispose = opt_account_page_dispose;
  object_class->finalize = opt_account_page_finalize;
  OPT_PAGE_CLASS (klass)->shown = opt_account_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/pages/opt-account-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OptAccountPage, name_row);
  gtk_widget_class_bind_template_child (widget_class, OptAccountPage, address_row);
  gtk_widget_class_bind_template_child (widget_class, OptAccountPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, OptAccountPage, hint_box);
  gtk_widget_class_bind_template_child (widget_class, OptAccountPage, hint_icon);
  gtk_widget_class_bind_template_child (widget_class, OptAccountPage, hint_label);
  gtk_widget_class_bind_template_child (widget_class, OptAccountPage, hint_buttons);
  gtk_widget_class_bind_template_child (widget_class, OptAccountPage, imap_button);
  gtk_widget_class_bind_template_child (widget_class, OptAccountPage, pop3_button);
  gtk_widget_class_bind_template_callback (widget_class, on_address_left);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_password_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_password_left);
  gtk_widget_class_bind_template_callback (widget_class, on_pop3_toggled);
  gtk_widget_class_bind_template_callback (widget_class, on_typed);
}

static void
opt_account_page_init (OptAccountPage *self)
{
  g_type_ensure (OPT_TYPE_CAPS_HINT);
  gtk_widget_init_template (GTK_WIDGET (self));
  opt_entry_name (self->name_row, NULL);
  opt_entry_name (self->address_row, NULL);
  opt_entry_name (ADW_ENTRY_ROW (self->password_row), NULL);
}
