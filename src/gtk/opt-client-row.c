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
  GtkWidget *button;
  GtkWidget *arrow;

  const OptClient *client;
  gboolean has_room;
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
  gtk_widget_class_bind_template_child (widget_class, OptClientRow, button);
  gtk_widget_class_bind_template_child (widget_class, OptClientRow, arrow);
}

static void
opt_client_row_init (OptClientRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  /* Several are called "Save…". */
  gtk_accessible_update_relation (GTK_ACCESSIBLE (self->button),
                                  GTK_ACCESSIBLE_RELATION_DESCRIBED_BY,
                                  self,
                                  NULL,
                                  -1);
}

/* A program's own icon is called as it is or, where it came as a Flatpak, by its id. */
static char *
find_icon (OptClientRow *self)
{
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gtk_widget_get_display (GTK_WIDGET (self)));
  const char *name = self->client->icon_name;
  g_autofree char *symbolic = g_strconcat (name, "-symbolic", NULL);

  if (!g_str_has_suffix (name, "-symbolic") && gtk_icon_theme_has_icon (theme, name))
    return g_strdup (name);

  for (const OptTrace *trace = self->client->traces; trace != NULL && trace->kind != OPT_TRACE_NONE;
       trace++)
    if ((trace->kind == OPT_TRACE_PROGRAM || trace->kind == OPT_TRACE_FLATPAK) &&
        gtk_icon_theme_has_icon (theme, trace->name))
      return g_strdup (trace->name);

  if (gtk_icon_theme_has_icon (theme, name))
    return g_strdup (name);

  return g_strdup (gtk_icon_theme_has_icon (theme, symbolic) ? symbolic : FALLBACK_ICON);
}

static void
show_icon (OptClientRow *self)
{
  g_autofree char *name = find_icon (self);

  gtk_image_set_from_icon_name (self->icon, name);
  gtk_image_set_pixel_size (self->icon,
                            g_str_has_suffix (name, "-symbolic") ? SYMBOL_SIZE_PX : ICON_SIZE_PX);
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
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->button), "s", client->id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->button), "win.hand-over");
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
  if (opt_client_is_printable (client))
    return _ ("One page, without the password");
  if (opt_client_has_folder (client))
    return _ ("Files to bring in, and how");
  if (client->group == OPT_CLIENT_ANYTHING_ELSE)
    return _ ("A file, without the password");

  return _ ("A file to bring in, and how");
}

static OptSetupState
get_state (OptClientRow *self)
{
  return self->job != NULL ? opt_setup_job_get_state (self->job) : OPT_SETUP_NOT_HERE;
}

static gboolean
fits (OptClientRow *self)
{
  return opt_client_takes (self->client, opt_session_get_incoming (self->session));
}

static const char *
describe (OptClientRow *self)
{
  if (get_state (self) == OPT_SETUP_DONE)
    return _ ("It is set up");
  if (!fits (self))
    return opt_session_get_incoming (self->session) == OPT_SERVICE_POP3
             ? _ ("Takes IMAP only, and you have chosen POP3")
             : _ ("Takes POP3 only, and you have chosen IMAP");
  if (get_state (self) >= OPT_SETUP_READY)
    return _ ("Set it up now, with the password");

  return describe_handover (self->client);
}

/* What the page is for; NULL where that is to be read, or nothing can be done now. */
static const char *
get_button_label (OptClientRow *self)
{
  OptSetupState state = get_state (self);

  if (!fits (self) || state > OPT_SETUP_READY)
    return NULL;
  if (state == OPT_SETUP_READY)
    return _ ("Set up…");
  if (opt_client_has_code (self->client))
    return _ ("Show code");
  if (opt_client_is_printable (self->client))
    return _ ("Print…");

  return opt_client_has_file (self->client) ? _ ("Save…") : NULL;
}

static void
show_button (OptClientRow *self)
{
  const char *label = self->has_room ? get_button_label (self) : NULL;

  gtk_widget_set_visible (self->arrow, label == NULL);
  gtk_widget_set_visible (self->button, label != NULL);
  if (label == NULL)
    return;

  gtk_button_set_label (GTK_BUTTON (self->button), label);
}

static void
show (OptClientRow *self)
{
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), describe (self));
  show_button (self);
}

void
opt_client_row_set_has_room (OptClientRow *self, gboolean has_room)
{
  g_return_if_fail (OPT_IS_CLIENT_ROW (self));

  self->has_room = has_room;
  if (self->session != NULL)
    show_button (self);
}

void
opt_client_row_update (OptClientRow *self, OptSession *session)
{
  OptSetupJob *job;

  g_return_if_fail (OPT_IS_CLIENT_ROW (self) && OPT_IS_SESSION (session));

  g_set_object (&self->session, session);
  job = opt_session_get_setup (session, self->client);
  if (job != self->job && self->job != NULL)
    g_signal_handlers_disconnect_by_func (self->job, show, self);
  if (g_set_object (&self->job, job) && job != NULL)
    g_signal_connect_object (job, "notify::state", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
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
