/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-client-row.h"

#include <glib/gi18n.h>

/* Symbols are drawn to be small. */
#define ICON_SIZE_PX 24
#define SYMBOL_SIZE_PX 16

/* For a program that is not installed, and so has no icon here. */
#define FALLBACK_ICON "mail-unread-symbolic"

struct _OptClientRow
{
  AdwActionRow parent_instance;

  GtkImage *icon;

  const OptClient *client;
  OptSession *session;
  OptSetupJob *job;
};

G_DEFINE_FINAL_TYPE (OptClientRow, opt_client_row, ADW_TYPE_ACTION_ROW)

static void
opt_client_row_dispose (GObject *object)
{
  OptClientRow *self = OPT_CLIENT_ROW (object);

  g_clear_object (&self->session);
  g_clear_object (&self->job);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_CLIENT_ROW);

  G_OBJECT_CLASS (opt_client_row_parent_class)->dispose (object);
}

static void
opt_client_row_class_init (OptClientRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_client_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-client-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OptClientRow, icon);
}

static void
opt_client_row_init (OptClientRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
set_icon (OptClientRow *self, const char *icon_name)
{
  gtk_image_set_from_icon_name (self->icon, icon_name);
  gtk_image_set_pixel_size (self->icon,
                            g_str_has_suffix (icon_name, "-symbolic") ? SYMBOL_SIZE_PX
                                                                      : ICON_SIZE_PX);
}

static void
show_icon (OptClientRow *self)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  g_autofree char *symbolic = g_strconcat (self->client->icon_name, "-symbolic", NULL);
  const char *const names[] = { self->client->icon_name, symbolic };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (gtk_icon_theme_has_icon (theme, names[i]))
      {
        set_icon (self, names[i]);
        return;
      }

  set_icon (self, FALLBACK_ICON);
}

GtkWidget *
opt_client_row_new (const OptClient *client)
{
  OptClientRow *self;

  g_return_val_if_fail (client != NULL, NULL);

  self = g_object_new (OPT_TYPE_CLIENT_ROW, NULL);
  self->client = client;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), opt_client_get_name (client));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "s", client->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.client");
  show_icon (self);

  return GTK_WIDGET (self);
}

static const char *
describe_handover (const OptClient *client)
{
  if (opt_client_has_code (client))
    return _ ("A code to scan from this screen");
  if (!opt_client_has_file (client))
    return _ ("What to type in, step by step");
  if (opt_client_has_folder (client))
    return _ ("Files to bring in, and how");
  if (client->group == OPT_CLIENT_ANYTHING_ELSE)
    return _ ("A file, without the password");

  return _ ("A file to bring in, and how");
}

static const char *
describe (OptClientRow *self)
{
  OptSetupState state =
    self->job != NULL ? opt_setup_job_get_state (self->job) : OPT_SETUP_NOT_HERE;
  OptService incoming = opt_session_get_incoming (self->session);

  if (state == OPT_SETUP_DONE)
    return _ ("It is set up");
  if (!opt_client_takes (self->client, incoming))
    return incoming == OPT_SERVICE_POP3 ? _ ("Takes IMAP only, and you have chosen POP3")
                                        : _ ("Takes POP3 only, and you have chosen IMAP");
  if (state >= OPT_SETUP_READY)
    return _ ("Set it up now, with the password");

  return describe_handover (self->client);
}

static void
show_description (OptClientRow *self)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), describe (self));
}

void
opt_client_row_update (OptClientRow *self, OptSession *session)
{
  OptSetupJob *job;

  g_return_if_fail (OPT_IS_CLIENT_ROW (self) && OPT_IS_SESSION (session));

  g_set_object (&self->session, session);
  job = opt_session_get_setup (session, self->client);
  if (job != self->job && self->job != NULL)
    g_signal_handlers_disconnect_by_func (self->job, show_description, self);
  if (g_set_object (&self->job, job) && job != NULL)
    g_signal_connect_object (job,
                             "notify::state",
                             G_CALLBACK (show_description),
                             self,
                             G_CONNECT_SWAPPED);
  show_description (self);
}

static gboolean
begins_any (const char *word, char **tokens)
{
  for (guint i = 0; tokens[i] != NULL; i++)
    if (g_str_has_prefix (tokens[i], word))
      return TRUE;

  return FALSE;
}

gboolean
opt_client_row_matches (OptClientRow *self, char **words)
{
  g_auto (GStrv) tokens = NULL;

  g_return_val_if_fail (OPT_IS_CLIENT_ROW (self) && words != NULL, FALSE);

  tokens = g_str_tokenize_and_fold (opt_client_get_name (self->client), NULL, NULL);
  for (guint i = 0; words[i] != NULL; i++)
    if (!begins_any (words[i], tokens))
      return FALSE;

  return TRUE;
}
