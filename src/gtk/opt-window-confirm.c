/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A host typed by hand is named once more before the password goes there. Which hosts, the session
 * knows; here they are only asked about. */
#include "opt-window-private.h"

#include "opt-accessible.h"

#include <glib/gi18n.h>

static void
question_free (gpointer data, GClosure *closure)
{
  OptHostQuestion *self = data;

  g_strfreev (self->hosts);
  g_free (self);
}

static void
on_response (AdwMessageDialog *dialog, const char *response, gpointer user_data)
{
  const OptHostQuestion *question = user_data;
  OptWindow *self = OPT_WINDOW (gtk_window_get_transient_for (GTK_WINDOW (dialog)));

  /* It goes with its window, and that is a no as well. */
  if (self == NULL || !g_str_equal (response, "send"))
    return;

  for (guint i = 0; question->hosts[i] != NULL; i++)
    question->confirm (self, question->hosts[i]);
  question->go_on (self);
}

static char *
create_heading (char **hosts)
{
  guint n_hosts = g_strv_length (hosts);

  if (n_hosts == 1)
    /* Translators: %s is the name of a server */
    return g_strdup_printf (_ ("Send your password to %s?"), hosts[0]);

  /* Translators: %u is a number of servers, never 1; their names follow below */
  return g_strdup_printf (ngettext ("Send your password to %u server?",
                                    "Send your password to these %u servers?",
                                    n_hosts),
                          n_hosts);
}

static char *
create_body (OptProvider *provider, char **hosts)
{
  guint n_hosts = g_strv_length (hosts);
  g_autofree char *names = n_hosts > 1 ? g_strjoinv ("\n", hosts) : NULL;
  g_autofree char *whose =
    provider != NULL
      /* Translators: %s is a provider, for example Optonline. The heading above has asked whether
       * the password is to go to this server, or to these servers */
      ? g_strdup_printf (ngettext ("It is not a server of %s. Only do this if you trust it.",
                                   "They are not servers of %s. Only do this if you trust them.",
                                   n_hosts),
                         opt_provider_get_name (provider))
      /* Translators: the heading above has asked whether the password is to go to this server, or
       * to these servers */
      : g_strdup (ngettext ("This program does not know whose server it is. Only do this if you "
                            "trust it.",
                            "This program does not know whose servers they are. Only do this if "
                            "you trust them.",
                            n_hosts));

  return names != NULL ? g_strdup_printf ("%s\n\n%s", names, whose) : g_steal_pointer (&whose);
}

void
opt_window_ask_about_hosts (OptWindow *self, const OptHostQuestion *question)
{
  g_autofree char *heading = create_heading (question->hosts);
  g_autofree char *body = create_body (question->provider, question->hosts);
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), heading, body);
  OptHostQuestion *copy = g_memdup2 (question, sizeof *question);

  copy->hosts = g_strdupv (question->hosts);

  /* Who presses Enter or Escape without reading has sent nothing. */
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel",
                                    _ ("_Cancel"),
                                    "send",
                                    _ ("_Send"),
                                    NULL);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), copy, question_free, 0);
  opt_accessible_name_buttons (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}
