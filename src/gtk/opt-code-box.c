/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-code-box.h"

#include "opt-accessible.h"
#include "opt-advice.h"
#include "opt-code-window.h"
#include "opt-qr-view.h"

#include <glib/gi18n.h>

struct _OptCodeBox
{
  GtkBox parent_instance;

  OptQrView *view;
  GtkWidget *larger_button;
  GtkWidget *password_group;
  GtkSwitch *password_switch;
  AdwActionRow *state_row;

  OptSession *session;
  GtkWindow *question; /* while it is open */
  GtkWindow *larger;   /* weak */
};

G_DEFINE_FINAL_TYPE (OptCodeBox, opt_code_box, GTK_TYPE_BOX)

static const char *
describe (gboolean with_password)
{
  return with_password ? _ ("Code with your settings and the password")
                       : _ ("Code with your settings");
}

static void
close_larger (OptCodeBox *self)
{
  if (self->larger != NULL)
    gtk_window_destroy (self->larger);
  g_clear_weak_pointer (&self->larger);
}

static gboolean
show_code (OptCodeBox *self, gboolean with_password, GError **error)
{
  OptQr *qr = opt_session_create_code (self->session, with_password, error);

  /* It would show what the page does not any more. */
  close_larger (self);
  opt_qr_view_set_code (self->view, qr);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->view),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  describe (with_password),
                                  -1);
  gtk_widget_set_visible (GTK_WIDGET (self->state_row), with_password);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row),
                                 _ ("Whoever photographs this screen can read your mail. The "
                                    "password goes when you leave this page."));

  return qr != NULL;
}

static void
hide_password (OptCodeBox *self)
{
  g_clear_pointer (&self->question, gtk_window_destroy);
  close_larger (self);
  if (self->session == NULL || !gtk_switch_get_active (self->password_switch))
    return;

  gtk_switch_set_active (self->password_switch, FALSE);
}

static void
show_password (OptCodeBox *self)
{
  g_autoptr (GError) error = NULL;

  if (show_code (self, TRUE, &error))
    {
      gtk_switch_set_state (self->password_switch, TRUE);
      return;
    }

  gtk_switch_set_active (self->password_switch, FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->state_row),
                                 opt_advice_get_error_text (error));
  gtk_widget_set_visible (GTK_WIDGET (self->state_row), TRUE);
}

static void
on_response (OptCodeBox *self, const char *response)
{
  self->question = NULL;
  if (g_str_equal (response, "show"))
    show_password (self);
  else
    gtk_switch_set_active (self->password_switch, FALSE);
}

static void
ask (OptCodeBox *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (root),
                                              _ ("Show your password as a code?"),
                                              _ ("The phone then needs nothing to be typed. "
                                                 "Whoever sees or photographs this screen can read "
                                                 "your mail."));

  self->question = GTK_WINDOW (dialog);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _ ("_Cancel"),
                                    "show",
                                    _ ("_Show"),
                                    NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_response), self, G_CONNECT_SWAPPED);
  opt_accessible_name_buttons (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The switch shows what the person wants; its state follows once they have said yes. */
static gboolean
on_switched (OptCodeBox *self, gboolean wanted)
{
  if (wanted)
    {
      if (self->question == NULL)
        ask (self);
      return TRUE;
    }

  show_code (self, FALSE, NULL);

  return FALSE;
}

static void
on_larger_clicked (OptCodeBox *self)
{
  gboolean with_password = gtk_switch_get_state (self->password_switch);
  OptQr *qr = opt_session_create_code (self->session, with_password, NULL);

  /* The same that the page shows. */
  g_return_if_fail (qr != NULL);

  close_larger (self);
  g_set_weak_pointer (&self->larger,
                      opt_code_window_new (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))),
                                           qr,
                                           describe (with_password)));
  gtk_window_present (self->larger);
}

/* Nobody is to find the password on a page that was left. */
static void
opt_code_box_unmap (GtkWidget *widget)
{
  hide_password (OPT_CODE_BOX (widget));

  GTK_WIDGET_CLASS (opt_code_box_parent_class)->unmap (widget);
}

static void
opt_code_box_dispose (GObject *object)
{
  OptCodeBox *self = OPT_CODE_BOX (object);

  close_larger (self);
  g_clear_object (&self->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_CODE_BOX);

  G_OBJECT_CLASS (opt_code_box_parent_class)->dispose (object);
}

static void
opt_code_box_class_init (OptCodeBoxClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_code_box_dispose;
  widget_class->unmap = opt_code_box_unmap;

  g_type_ensure (OPT_TYPE_QR_VIEW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-code-box.ui");
  gtk_widget_class_bind_template_child (widget_class, OptCodeBox, view);
  gtk_widget_class_bind_template_child (widget_class, OptCodeBox, larger_button);
  gtk_widget_class_bind_template_child (widget_class, OptCodeBox, password_group);
  gtk_widget_class_bind_template_child (widget_class, OptCodeBox, password_switch);
  gtk_widget_class_bind_template_child (widget_class, OptCodeBox, state_row);
  gtk_widget_class_bind_template_callback (widget_class, on_larger_clicked);
  gtk_widget_class_bind_template_callback (widget_class, on_switched);
}

static void
opt_code_box_init (OptCodeBox *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  opt_accessible_name_button (self->larger_button);
}

gboolean
opt_code_box_show (OptCodeBox *self, OptSession *session, GError **error)
{
  g_return_val_if_fail (OPT_IS_CODE_BOX (self) && OPT_IS_SESSION (session), FALSE);

  hide_password (self);
  g_set_object (&self->session, session);
  gtk_widget_set_visible (self->password_group, opt_session_has_password (session));

  return show_code (self, FALSE, error);
}

void
opt_code_box_clear (OptCodeBox *self)
{
  g_return_if_fail (OPT_IS_CODE_BOX (self));

  hide_password (self);
  opt_qr_view_set_code (self->view, NULL);
}
