/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "net-review.h"

#include "net-watchdog.h"

#include "opt-client.h"

#include <string.h>

OptFound *
net_create_found (const OptFoundServer *servers, const char *address, const char *client)
{
  OptFound *found = opt_found_new ();

  found->address = g_strdup (address != NULL ? address : NET_ADDRESS);
  if (client != NULL)
    found->client = opt_client_find (client);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (servers[i].host != NULL)
      {
        OptFoundServer *server = opt_found_add_server (found, i, NULL);

        *server = servers[i];
        server->host = g_strdup (servers[i].host);
        server->user = g_strdup (servers[i].user);
      }

  return found;
}

static void
test_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OptReviewVerdict verdict = opt_review_test_finish (OPT_REVIEW (source), result);

  g_assert_cmpint (verdict, ==, opt_review_get_verdict (OPT_REVIEW (source)));
  g_assert_false (opt_review_is_running (OPT_REVIEW (source)));
  g_main_loop_quit (user_data);
}

void
net_run_review (OptReview *review, NetFixture *net, const char *password, GCancellable *cancellable)
{
  const OptTimeouts timeouts = { 20000, 20000, 20000, 40000 };
  g_autoptr (OptSecret) secret = opt_secret_new (password, strlen (password), NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  net_watchdog_start (NET_WATCHDOG_S);
  opt_review_test_async (review,
                         secret,
                         &timeouts,
                         net_fixture_get_network (net),
                         cancellable,
                         test_done,
                         loop);
  g_assert_true (opt_review_is_running (review));
  g_main_loop_run (loop);
}
