/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Results that come while somebody looks elsewhere: at another page, and a toast tells; at another
 * window, and the desktop does, if they have waited long enough to have turned away. */
#include "opt-window-private.h"

#include "opt-check-page.h"
#include "opt-delivery-text.h"

#include <glib/gi18n.h>

#define LONG_US (10 * G_USEC_PER_SEC)
#define NOTIFICATION_ID "result"

static void
notify_desktop (OptWindow *self, const char *title, const char *body)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));
  g_autoptr (GNotification) notification = g_notification_new (title);

  if (application == NULL)
    return;

  g_notification_set_body (notification, body);
  g_notification_set_default_action (notification, "app.show");
  g_application_send_notification (application, NOTIFICATION_ID, notification);
  self->notified = TRUE;
}

static void
tell (OptWindow *self, gint64 began_us, gboolean seen, const char *title, const char *body)
{
  if (!seen)
    opt_window_show_toast (self, title);
  if (!gtk_window_is_active (GTK_WINDOW (self)) && g_get_monotonic_time () - began_us >= LONG_US)
    notify_desktop (self, title, body);
}

static const char *
get_address (OptCheck *check)
{
  return opt_address_get_text (opt_account_get_address (opt_check_get_account (check)));
}

static void
on_checking (OptWindow *self)
{
  OptCheck *check = opt_session_get_check (self->session);
  OptVerdict verdict = check != NULL ? opt_check_get_verdict (check) : OPT_VERDICT_NONE;
  OptCheckPage *page = OPT_CHECK_PAGE (self->pages[PAGE_CHECK]);

  if (opt_session_is_checking (self->session))
    {
      self->check_began_us = g_get_monotonic_time ();
      return;
    }
  if (verdict == OPT_VERDICT_NONE || verdict == OPT_VERDICT_CANCELLED)
    return;

  tell (self,
        self->check_began_us,
        self->current == PAGE_CHECK,
        opt_check_page_get_heading (page),
        get_address (check));
}

static gboolean
was_tested (OptFoundItem *item)
{
  OptReviewVerdict verdict = opt_review_get_verdict (opt_found_item_get_review (item));

  return verdict != OPT_REVIEW_NONE && verdict != OPT_REVIEW_CANCELLED;
}

static void
tell_of_one (OptWindow *self, OptFoundItem *item)
{
  const char *address = opt_found_item_get_address (item);

  tell (self,
        self->test_began_us,
        self->current == PAGE_FOUND || self->current == PAGE_REVIEW,
        opt_review_get_title (opt_found_item_get_review (item)),
        address != NULL ? address : _ ("No address"));
}

static void
tell_of_many (OptWindow *self, guint n_bad)
{
  g_autofree char *body =
    n_bad > 0 ? g_strdup_printf (ngettext ("There is something to do about one of them.",
                                           "There is something to do about %u of them.",
                                           n_bad),
                                 n_bad)
              : g_strdup (_ ("All of them work."));

  tell (self,
        self->test_began_us,
        self->current == PAGE_FOUND || self->current == PAGE_REVIEW,
        _ ("Your accounts were checked"),
        body);
}

static void
tell_of_tests (OptWindow *self, GListModel *founds)
{
  g_autoptr (OptFoundItem) last = NULL;
  guint n_tested = 0, n_bad = 0;

  for (guint i = 0; i < g_list_model_get_n_items (founds); i++)
    {
      g_autoptr (OptFoundItem) item = g_list_model_get_item (founds, i);

      if (!was_tested (item))
        continue;

      n_tested++;
      n_bad += opt_found_item_get_standing (item) != OPT_STANDING_GOOD;
      g_set_object (&last, item);
    }

  if (n_tested == 1)
    tell_of_one (self, last);
  else if (n_tested > 1)
    tell_of_many (self, n_bad);
}

static void
on_testing (OptWindow *self)
{
  OptFoundList *founds = opt_session_get_founds (self->session);
  gboolean testing = opt_found_list_is_testing (founds);

  if (testing == self->testing)
    return;

  self->testing = testing;
  if (testing)
    self->test_began_us = g_get_monotonic_time ();
  else
    tell_of_tests (self, G_LIST_MODEL (founds));
}

/* One can go on while a test message is on its way. */
static void
on_delivery (OptWindow *self)
{
  OptDeliveryJob *job = opt_session_get_delivery_job (self->session);
  OptDeliveryState state = job != NULL ? opt_delivery_job_get_state (job) : OPT_DELIVERY_READY;
  gboolean delivering = state == OPT_DELIVERY_BUSY;

  if (delivering == self->delivering)
    return;

  self->delivering = delivering;
  if (delivering)
    self->delivery_began_us = g_get_monotonic_time ();
  else if (state == OPT_DELIVERY_SETTLED)
    tell (self,
          self->delivery_began_us,
          self->current == PAGE_CHECK,
          opt_delivery_text_get_heading (opt_delivery_job_get_delivery (job)),
          get_address (opt_session_get_check (self->session)));
}

/* Whoever goes back and edits ends a test. Its message is left, and there is no page any more that
 * says so. */
static void
on_delivery_job (OptWindow *self)
{
  OptDeliveryJob *job = opt_session_get_delivery_job (self->session);
  g_autoptr (OptDeliveryJob) before = g_signal_group_dup_target (self->delivery_signals);

  if (before != NULL && before != job && opt_delivery_job_is_under_way (before))
    opt_window_show_toast (self, _ ("The test was stopped; its message may still arrive"));

  g_signal_group_set_target (self->delivery_signals, job);
  self->delivering = FALSE;
}

/* Whoever looks at the window knows. */
static void
on_active (OptWindow *self)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));

  if (!self->notified || application == NULL || !gtk_window_is_active (GTK_WINDOW (self)))
    return;

  g_application_withdraw_notification (application, NOTIFICATION_ID);
  self->notified = FALSE;
}

void
opt_window_set_up_telling (OptWindow *self)
{
  g_signal_connect_object (self->session,
                           "notify::checking",
                           G_CALLBACK (on_checking),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (opt_session_get_founds (self->session),
                           "notify::testing",
                           G_CALLBACK (on_testing),
                           self,
                           G_CONNECT_SWAPPED);
  self->delivery_signals = g_signal_group_new (OPT_TYPE_DELIVERY_JOB);
  g_signal_group_connect_swapped (self->delivery_signals,
                                  "changed",
                                  G_CALLBACK (on_delivery),
                                  self);
  g_signal_connect_object (self->session,
                           "notify::delivery-job",
                           G_CALLBACK (on_delivery_job),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (on_active), NULL);
}
