/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a test of settings ends when somebody does not wait for it, and begins again. */
#include "net-review.h"
#include "net-world.h"

/* One that was stopped, or that failed, can be had again. */
static void
test_again (void)
{
  const OptFoundServer now[OPT_N_SERVICES] = {
    [OPT_SERVICE_IMAP] = { NET_HOST, 993, OPT_FOUND_SECURITY_TLS, OPT_FOUND_AUTH_ANY, NET_ADDRESS }
  };
  g_autoptr (NetFixture) net = net_fixture_new ();
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptFound) found = net_create_found (now, NULL, "isync");
  g_autoptr (OptReview) review = opt_review_new (found, providers);

  net_fixture_add_server (net, NET_HOST, OPT_SERVICE_IMAP, OPT_SECURITY_TLS, NET_IDENTITY_GOOD);
  net_run_review (review, net, "wrong", NULL);
  g_assert_cmpint (opt_review_get_verdict (review), ==, OPT_REVIEW_FAILS);
  net_run_review (review, net, NET_PASSWORD, NULL);
  g_assert_cmpint (opt_review_get_verdict (review), ==, OPT_REVIEW_WORKS);
}

/* When somebody stops a test. */
typedef enum
{
  STOP_BEFORE,
  STOP_NOW,
  STOP_BETWEEN,
  STOP_WANTED,
} Stop;

static const char *const stop_names[] = { "before", "now", "between", "wanted" };

typedef struct
{
  GCancellable *cancellable;
  Stop stop;
} Stopping;

static gboolean
is_time (OptReview *review, Stop stop)
{
  OptCheck *now = opt_review_get_check_now (review);
  OptCheck *wanted = opt_review_get_check_wanted (review);

  switch (stop)
    {
    case STOP_BEFORE:
      return FALSE;
    case STOP_NOW:
      return now != NULL;
    case STOP_BETWEEN:
      return now != NULL && opt_check_get_verdict (now) != OPT_VERDICT_NONE;
    case STOP_WANTED:
      return wanted != NULL;
    }

  g_assert_not_reached ();
}

static void
on_changed (OptReview *review, Stopping *stopping)
{
  if (is_time (review, stopping->stop))
    g_cancellable_cancel (stopping->cancellable);
}

static void
test_stop (gconstpointer data)
{
  const OptFoundServer now[OPT_N_SERVICES] = { [OPT_SERVICE_IMAP] = { NET_SIBLING,
                                                                      993,
                                                                      OPT_FOUND_SECURITY_TLS,
                                                                      OPT_FOUND_AUTH_ANY,
                                                                      NET_ADDRESS } };
  const OptPracticeRule silent = { "SIGN-IN", .then = OPT_PRACTICE_THEN_SILENCE };
  const OptPracticeRule busy = { "SIGN-IN", .reply = "%t NO [UNAVAILABLE] later\r\n" };
  Stop stop = GPOINTER_TO_UINT (data);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Stopping stopping = { cancellable, stop };
  g_autoptr (NetFixture) net = net_fixture_new ();
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptFound) found = net_create_found (now, NULL, "isync");
  g_autoptr (OptReview) review = opt_review_new (found, providers);
  OptPracticeServer *sibling = net_fixture_add_server (net,
                                                       NET_SIBLING,
                                                       OPT_SERVICE_IMAP,
                                                       OPT_SECURITY_TLS,
                                                       NET_IDENTITY_GOOD);
  OptPracticeServer *host =
    net_fixture_add_server (net, NET_HOST, OPT_SERVICE_IMAP, OPT_SECURITY_TLS, NET_IDENTITY_GOOD);

  opt_practice_server_add_rule (sibling, stop == STOP_NOW ? &silent : &busy);
  opt_practice_server_add_rule (host, &silent);
  g_signal_connect (review, "changed", G_CALLBACK (on_changed), &stopping);
  if (stop == STOP_BEFORE)
    g_cancellable_cancel (cancellable);
  net_run_review (review, net, NET_PASSWORD, cancellable);

  g_assert_cmpint (opt_review_get_verdict (review), ==, OPT_REVIEW_CANCELLED);
  g_assert_cmpint (opt_review_get_check_wanted (review) != NULL, ==, stop == STOP_WANTED);
  g_assert_cmpuint (opt_practice_server_get_n_sign_ins (host, TRUE), ==, 0);
}

static void
let_go (OptReview *review, OptReview **owned)
{
  g_clear_object (owned);
}

/* Whoever lets go of a review that runs gets its end, and nothing stays behind. */
static void
test_let_go (void)
{
  const OptFoundServer now[OPT_N_SERVICES] = {
    [OPT_SERVICE_IMAP] = { NET_HOST, 993, OPT_FOUND_SECURITY_TLS, OPT_FOUND_AUTH_ANY, NET_ADDRESS },
  };
  g_autoptr (NetFixture) net = net_fixture_new ();
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptFound) found = net_create_found (now, NULL, "isync");
  OptReview *owned = opt_review_new (found, providers);
  OptReview *alive = owned;

  net_fixture_add_server (net, NET_HOST, OPT_SERVICE_IMAP, OPT_SECURITY_TLS, NET_IDENTITY_GOOD);
  g_object_add_weak_pointer (G_OBJECT (alive), (gpointer *) &alive);
  g_signal_connect (owned, "changed", G_CALLBACK (let_go), &owned);
  net_run_review (owned, net, NET_PASSWORD, NULL);
  g_assert_null (owned);
  while (alive != NULL)
    g_main_context_iteration (NULL, TRUE);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (stop_names); i++)
    {
      g_autofree char *path = g_strconcat ("/net/review-stop/", stop_names[i], NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_stop);
    }
  g_test_add_func ("/net/review-stop/again", test_again);
  g_test_add_func ("/net/review-stop/let-go", test_let_go);

  return g_test_run ();
}
