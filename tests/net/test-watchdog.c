/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* That a test which does not end says so. */
#include "net-fixture.h"
#include "net-watchdog.h"

static gpointer
wait_for_ever (gpointer data)
{
  g_mutex_lock (data);

  return NULL;
}

static void
test_stuck (void)
{
  GMutex mutex;

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDOUT);
      g_test_trap_assert_failed ();
      g_test_trap_assert_stderr ("*does not end: /net/watchdog/stuck*");
      /* This one, and the one that it waits for. */
      g_test_trap_assert_stderr ("*A thread:*A thread:*");
      return;
    }

  g_mutex_init (&mutex);
  g_mutex_lock (&mutex);
  net_watchdog_start (1);
  g_thread_join (g_thread_new ("stuck", wait_for_ever, &mutex));
}

static gboolean
on_idle (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

static void
test_busy (void)
{
  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_INHERIT_STDOUT);
      g_test_trap_assert_failed ();
      g_test_trap_assert_stderr ("*never comes to rest*");
      return;
    }

  g_idle_add (on_idle, NULL);
  net_fixture_free (net_fixture_new ());
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/net/watchdog/stuck", test_stuck);
  g_test_add_func ("/net/watchdog/busy", test_busy);

  return g_test_run ();
}
