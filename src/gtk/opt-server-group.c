/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-server-group.h"

#include "opt-entry.h"
#include "opt-error.h"

#include <glib/gi18n.h>

struct _OptServerGroup
{
  AdwPreferencesGroup parent_instance;

  AdwEntryRow *host_row;
  AdwComboRow *security_row;
  AdwEntryRow *port_row;
  AdwEntryRow *user_row;

  OptService service;
};

G_DEFINE_FINAL_TYPE (OptServerGroup, opt_server_group, ADW_TYPE_PREFERENCES_GROUP)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *const titles[OPT_N_SERVICES] = {
  [OPT_SERVICE_IMAP] = N_ ("Receiving mail (IMAP)"),
  [OPT_SERVICE_POP3] = N_ ("Receiving mail (POP3)"),
  [OPT_SERVICE_SMTP] = N_ ("Sending mail (SMTP)"),
};

static OptSecurity
get_security (OptServerGroup *self)
{
  return adw_combo_row_get_selected (self->security_row) == 0 ? OPT_SECURITY_TLS
                                                              : OPT_SECURITY_STARTTLS;
}

static void
on_changed (OptServerGroup *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

/* Enter means Next. */
static void
on_entry_activated (OptServerGroup *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.next", NULL);
}

static void
set_port (OptServerGroup *self, guint16 port)
{
  g_autofree char *text = g_strdup_printf ("%u", (guint) port);

  gtk_editable_set_text (GTK_EDITABLE (self->port_row), text);
}

/* The usual port goes with the security, as the registry of opt-server has it. */
static void
on_security_selected (OptServerGroup *self)
{
  set_port (self, opt_server_get_usual_port (self->service, get_security (self)));
}

static void
opt_server_group_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_SERVER_GROUP);

  G_OBJECT_CLASS (opt_server_group_parent_class)->dispose (object);
}

static void
opt_server_group_class_init (OptServerGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_server_group_dispose;

  signals[CHANGED] = g_signal_new ("changed",
                                   OPT_TYPE_SERVER_GROUP,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-server-group.ui");
  gtk_widget_class_bind_template_child (widget_class, OptServerGroup, host_row);
  gtk_widget_class_bind_template_child (widget_class, OptServerGroup, security_row);
  gtk_widget_class_bind_template_child (widget_class, OptServerGroup, port_row);
  gtk_widget_class_bind_template_child (widget_class, OptServerGroup, user_row);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_entry_activated);
  gtk_widget_class_bind_template_callback (widget_class, on_security_selected);
}

static void
opt_server_group_init (OptServerGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  opt_entry_name (self->host_row, NULL);
  opt_entry_name (self->port_row, NULL);
  opt_entry_name (self->user_row, NULL);
}

GtkWidget *
opt_server_group_new (OptService service)
{
  OptServerGroup *self = g_object_new (OPT_TYPE_SERVER_GROUP, NULL);

  self->service = service;
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _ (titles[service]));
  on_security_selected (self);

  return GTK_WIDGET (self);
}

void
opt_server_group_set_server (OptServerGroup *self, OptServer *server, const char *user)
{
  g_return_if_fail (OPT_IS_SERVER_GROUP (self) && user != NULL);

  if (server == NULL)
    {
      gtk_editable_set_text (GTK_EDITABLE (self->user_row), user);
      return;
    }

  gtk_editable_set_text (GTK_EDITABLE (self->host_row), opt_server_get_host (server));
  adw_combo_row_set_selected (self->security_row,
                              opt_server_get_security (server) == OPT_SECURITY_TLS ? 0 : 1);
  set_port (self, opt_server_get_port (server));
  gtk_editable_set_text (GTK_EDITABLE (self->user_row), opt_server_get_user (server));
}

gboolean
opt_server_group_is_empty (OptServerGroup *self)
{
  g_return_val_if_fail (OPT_IS_SERVER_GROUP (self), TRUE);

  return gtk_editable_get_text (GTK_EDITABLE (self->host_row))[0] == '\0';
}

OptServer *
opt_server_group_create_server (OptServerGroup *self, GError **error)
{
  const char *host;
  guint64 port = 0;

  g_return_val_if_fail (OPT_IS_SERVER_GROUP (self), NULL);

  host = gtk_editable_get_text (GTK_EDITABLE (self->host_row));
  /* What is no number stays 0, which is no port. */
  g_ascii_string_to_unsigned (gtk_editable_get_text (GTK_EDITABLE (self->port_row)),
                              10,
                              0,
                              G_MAXUINT,
                              &port,
                              NULL);

  return opt_server_new (self->service,
                         host,
                         (guint) port,
                         get_security (self),
                         gtk_editable_get_text (GTK_EDITABLE (self->user_row)),
                         error);
}

void
opt_server_group_mark (OptServerGroup *self, const GError *error, GtkWidget *message)
{
  g_return_if_fail (OPT_IS_SERVER_GROUP (self) && GTK_IS_WIDGET (message));

  opt_entry_mark (self->host_row,
                  g_error_matches (error, OPT_ERROR, OPT_ERROR_SERVER_HOST),
                  message);
  opt_entry_mark (self->port_row,
                  g_error_matches (error, OPT_ERROR, OPT_ERROR_SERVER_PORT),
                  message);
  opt_entry_mark (self->user_row,
                  g_error_matches (error, OPT_ERROR, OPT_ERROR_SERVER_USER),
                  message);
}

void
opt_server_group_focus (OptServerGroup *self)
{
  g_return_if_fail (OPT_IS_SERVER_GROUP (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->host_row));
}
