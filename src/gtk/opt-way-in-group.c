/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-way-in-group.h"

#include <glib/gi18n.h>

/* The rows of the list in the template. */
enum
{
  LEAVE_NEVER,
  LEAVE_DAYS,
  LEAVE_ALWAYS,
};

struct _OptWayInGroup
{
  AdwPreferencesGroup parent_instance;

  AdwActionRow *imap_row;
  AdwActionRow *pop3_row;
  GtkCheckButton *imap_button;
  GtkCheckButton *pop3_button;
  AdwComboRow *leave_row;
  GtkWidget *days_row;
  GtkSpinButton *days_button;

  OptSession *session;
  gboolean updating; /* what the session says is being shown, nobody has chosen it */
};

G_DEFINE_FINAL_TYPE (OptWayInGroup, opt_way_in_group, ADW_TYPE_PREFERENCES_GROUP)

static guint
get_days (OptWayInGroup *self)
{
  switch (adw_combo_row_get_selected (self->leave_row))
    {
    case LEAVE_NEVER:
      return OPT_LEAVE_ON_SERVER_NEVER;
    case LEAVE_ALWAYS:
      return OPT_LEAVE_ON_SERVER_ALWAYS;
    default:
      return gtk_spin_button_get_value_as_int (self->days_button);
    }
}

static void
on_leave_changed (OptWayInGroup *self)
{
  if (self->session != NULL && !self->updating)
    opt_session_set_leave_on_server (self->session, get_days (self));
}

static void
on_pop3_toggled (OptWayInGroup *self)
{
  gboolean pop3 = gtk_check_button_get_active (self->pop3_button);

  if (self->session != NULL && !self->updating)
    opt_session_set_incoming (self->session, pop3 ? OPT_SERVICE_POP3 : OPT_SERVICE_IMAP);
}

/* A way that does not work can be left, but not chosen. */
static void
show_way (OptWayInGroup *self, OptService service, AdwActionRow *row, const char *words)
{
  gboolean works = opt_session_can_receive_by (self->session, service);

  gtk_widget_set_sensitive (GTK_WIDGET (row),
                            works || opt_session_get_incoming (self->session) == service);
  adw_action_row_set_subtitle (row, works ? words : _ ("This did not work in the check"));
}

static void
show_leave (OptWayInGroup *self)
{
  guint days = opt_session_get_leave_on_server (self->session);
  guint row = LEAVE_DAYS;

  if (days == OPT_LEAVE_ON_SERVER_NEVER)
    row = LEAVE_NEVER;
  else if (days == OPT_LEAVE_ON_SERVER_ALWAYS)
    row = LEAVE_ALWAYS;
  else
    gtk_spin_button_set_value (self->days_button, days);
  adw_combo_row_set_selected (self->leave_row, row);
}

static void
update (OptWayInGroup *self)
{
  gboolean pop3 = opt_session_get_incoming (self->session) == OPT_SERVICE_POP3;

  self->updating = TRUE;
  gtk_check_button_set_active (pop3 ? self->pop3_button : self->imap_button, TRUE);
  show_way (self,
            OPT_SERVICE_IMAP,
            self->imap_row,
            _ ("Mail stays on the server; phone and computer show the same (IMAP)"));
  show_way (self, OPT_SERVICE_POP3, self->pop3_row, _ ("Mail is fetched to one computer (POP3)"));
  show_leave (self);
  gtk_widget_set_visible (GTK_WIDGET (self->leave_row), pop3);
  gtk_widget_set_visible (self->days_row,
                          pop3 && adw_combo_row_get_selected (self->leave_row) == LEAVE_DAYS);
  self->updating = FALSE;
}

static void
opt_way_in_group_dispose (GObject *object)
{
  g_clear_object (&OPT_WAY_IN_GROUP (object)->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_WAY_IN_GROUP);

  G_OBJECT_CLASS (opt_way_in_group_parent_class)->dispose (object);
}

static void
opt_way_in_group_class_init (OptWayInGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_way_in_group_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-way-in-group.ui");
  gtk_widget_class_bind_template_child (widget_class, OptWayInGroup, imap_row);
  gtk_widget_class_bind_template_child (widget_class, OptWayInGroup, pop3_row);
  gtk_widget_class_bind_template_child (widget_class, OptWayInGroup, imap_button);
  gtk_widget_class_bind_template_child (widget_class, OptWayInGroup, pop3_button);
  gtk_widget_class_bind_template_child (widget_class, OptWayInGroup, leave_row);
  gtk_widget_class_bind_template_child (widget_class, OptWayInGroup, days_row);
  gtk_widget_class_bind_template_child (widget_class, OptWayInGroup, days_button);
  gtk_widget_class_bind_template_callback (widget_class, on_leave_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_pop3_toggled);
}

static void
opt_way_in_group_init (OptWayInGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_spin_button_set_range (self->days_button, 1, OPT_LEAVE_ON_SERVER_MAX_DAYS);
  gtk_spin_button_set_increments (self->days_button, 1, 7);
  gtk_spin_button_set_value (self->days_button, OPT_LEAVE_ON_SERVER_DEFAULT);
}

void
opt_way_in_group_set_session (OptWayInGroup *self, OptSession *session)
{
  static const char *const signals[] = { "notify::incoming",
                                         "notify::leave-on-server",
                                         "notify::checking" };

  g_return_if_fail (OPT_IS_WAY_IN_GROUP (self) && OPT_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  for (guint i = 0; i < G_N_ELEMENTS (signals); i++)
    g_signal_connect_object (session, signals[i], G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}
