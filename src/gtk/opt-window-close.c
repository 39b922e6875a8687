/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Closing. A check that runs just ends. What is half done is ended first, and what would have to be
 * done again is asked about: once, so that nobody is held back. */
#include "opt-window-private.h"

#include "opt-accessible.h"
#include "opt-done-page.h"

#include <glib/gi18n.h>

/* Why the window cannot close this very moment. It takes a moment only, and can be cancelled.
 *
 * Returns: (nullable): in the person's language */
static const char *
find_obstacle (OptWindow *self)
{
  OptPasswordJob *job = opt_session_get_password_job (self->session);

  if (opt_session_is_setting_up (self->session))
    return _ ("A mail program is just being set up");
  if (job != NULL && opt_password_job_get_state (job) == OPT_PASSWORD_STORING)
    return _ ("Your new password is just being kept");

  return NULL;
}

/* Whoever has left the steps, or has come to their end, has made up their mind. */
static gboolean
has_unsaved_result (OptWindow *self)
{
  return !self->asked_to_close && opt_window_get_step (self) > 0 &&
         opt_session_has_unsaved_result (self->session) &&
         !opt_done_page_has_files (OPT_DONE_PAGE (self->pages[PAGE_DONE]));
}

/* Nobody would be left to delete the test message when it arrives. */
static gboolean
has_message_on_its_way (OptWindow *self)
{
  OptDeliveryJob *job = opt_session_get_delivery_job (self->session);

  return !self->leaves_message && job != NULL && opt_delivery_job_is_under_way (job);
}

static gboolean
close_now (gpointer user_data)
{
  gtk_window_close (user_data);

  return G_SOURCE_REMOVE;
}

/* The question would go with the window while it still tells us of the answer. */
static void
on_response (AdwMessageDialog *dialog, const char *response)
{
  GtkWindow *window = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  if (window == NULL || !g_str_equal (response, "close"))
    return;

  OPT_WINDOW (window)->leaves_message = TRUE;
  g_idle_add_full (G_PRIORITY_DEFAULT, close_now, g_object_ref (window), g_object_unref);
}

static GtkWidget *
create_question (OptWindow *self, gboolean unsaved, gboolean on_its_way)
{
  const char *left = _ ("A test message is on its way. It will stay in your mailbox, where you can "
                        "delete it.");
  const char *lost =
    _ ("It was checked, but nothing was kept, and no program has it yet. You would "
       "have to enter your password again.");
  g_autofree char *both = g_strjoin ("\n\n", lost, left, NULL);

  return adw_message_dialog_new (GTK_WINDOW (self),
                                 unsaved ? _ ("Close before your mail is set up?")
                                         : _ ("Close before the test message arrives?"),
                                 !unsaved     ? left
                                 : on_its_way ? both
                                              : lost);
}

static void
ask (OptWindow *self, gboolean unsaved, gboolean on_its_way)
{
  GtkWidget *dialog = create_question (self, unsaved, on_its_way);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "stay",
                                    _ ("_Go on"),
                                    "close",
                                    _ ("_Close"),
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog),
                                              "close",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "stay");
  g_signal_connect (dialog, "response", G_CALLBACK (on_response), NULL);
  self->asked_to_close = TRUE;
  opt_accessible_name_buttons (dialog);
  gtk_window_present (GTK_WINDOW (dialog));
}

gboolean
opt_window_may_close (OptWindow *self)
{
  const char *obstacle = find_obstacle (self);
  gboolean unsaved = has_unsaved_result (self);
  gboolean on_its_way = has_message_on_its_way (self);

  if (obstacle != NULL)
    {
      opt_window_show_toast (self, obstacle);
      return FALSE;
    }
  if (unsaved || on_its_way)
    {
      ask (self, unsaved, on_its_way);
      return FALSE;
    }

  return TRUE;
}
