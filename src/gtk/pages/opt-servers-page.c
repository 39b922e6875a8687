/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Servers typed by hand. What is typed is kept here until the person goes on: a half-typed host
 * must never be somewhere that a password could be sent. */
#include "opt-servers-page.h"

#include "opt-advice.h"
#include "opt-server-group.h"

#include <glib/gi18n.h>

struct _OptServersPage
{
  OptPage parent_instance;

  GtkBox *box;
  GtkLabel *error_label;
  OptServerGroup *groups[OPT_N_SERVICES];
};

G_DEFINE_FINAL_TYPE (OptServersPage, opt_servers_page, OPT_TYPE_PAGE)

/* Something to receive with or something to send with, and nothing half-typed. The first error is
 * the one that is told. */
static gboolean
check_servers (OptServersPage *self, GError **error)
{
  guint n_servers = 0;
  gboolean right = TRUE;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_autoptr (OptServer) server = NULL;
      g_autoptr (GError) wrong = NULL;

      if (right && !opt_server_group_is_empty (self->groups[i]))
        server = opt_server_group_create_server (self->groups[i], &wrong);
      opt_server_group_mark (self->groups[i], wrong, GTK_WIDGET (self->error_label));
      if (server != NULL)
        n_servers++;
      if (wrong == NULL)
        continue;

      right = FALSE;
      g_propagate_error (error, g_steal_pointer (&wrong));
    }

  return right && n_servers > 0;
}

static void
update (OptServersPage *self)
{
  g_autoptr (GError) error = NULL;
  gboolean complete = check_servers (self, &error);

  gtk_widget_set_visible (GTK_WIDGET (self->error_label), error != NULL);
  if (error != NULL)
    gtk_label_set_text (self->error_label, opt_advice_get_error_text (error));
  opt_page_set_next (OPT_PAGE (self), _ ("_Use these"), complete);
}

void
opt_servers_page_apply (OptServersPage *self)
{
  OptSession *session;

  g_return_if_fail (OPT_IS_SERVERS_PAGE (self));

  session = opt_page_get_session (OPT_PAGE (self));
  opt_session_clear_servers (session);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_autoptr (OptServer) server = opt_server_group_create_server (self->groups[i], NULL);

      if (server != NULL)
        opt_session_set_server (session, server);
    }
}

static void
opt_servers_page_shown (OptPage *page)
{
  OptServersPage *self = OPT_SERVERS_PAGE (page);
  OptSession *session = opt_page_get_session (page);
  g_autoptr (OptAccount) account = opt_session_dup_account (session);
  OptDetection *detection = opt_session_get_detection (session);
  const char *user =
    detection != NULL ? opt_address_get_text (opt_detection_get_address (detection)) : "";

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    opt_server_group_set_server (self->groups[i],
                                 account != NULL ? opt_account_get_server (account, i) : NULL,
                                 user);
  update (self);
  /* Whoever comes here has a host to type. */
  opt_server_group_focus (self->groups[0]);
}

static void
opt_servers_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_SERVERS_PAGE);

  G_OBJECT_CLASS (opt_servers_page_parent_class)->dispose (object);
}

static void
opt_servers_page_class_init (OptServersPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_servers_page_dispose;
  OPT_PAGE_CLASS (klass)->shown = opt_servers_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/pages/opt-servers-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OptServersPage, box);
  gtk_widget_class_bind_template_child (widget_class, OptServersPage, error_label);
}

static void
opt_servers_page_init (OptServersPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      GtkWidget *group = opt_server_group_new (i);

      self->groups[i] = OPT_SERVER_GROUP (group);
      gtk_box_append (self->box, group);
      g_signal_connect_object (group, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
    }
  update (self);
}
