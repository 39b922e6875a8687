/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "net-fixture.h"
#include "net-watchdog.h"
#include "opt-connect.h"

#include <string.h>

/* An address that this computer has and where nobody listens; no route leads to the last one. */
#define REFUSING "127.0.0.3"
#define UNROUTABLE "240.0.0.1"

/* Longer than any race here takes; some are to run out of time. */
#define CONNECT_MS 20000
#define SHORT_MS 400

/* What a slow machine may add. */
#define SLACK_MS 150

typedef struct
{
  GMainLoop *loop;
  GSocket *socket;
  GError *error;
  gint64 took_ms;
} Race;

static void
connect_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Race *race = user_data;

  race->socket = opt_connect_finish (result, &race->error);
  g_main_loop_quit (race->loop);
}

static void
run_race_for (
  Race *race, const char *const *texts, guint16 port, guint timeout_ms, GCancellable *cancellable)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  GList *addresses = NULL;
  gint64 begin_us = g_get_monotonic_time ();

  for (; *texts != NULL; texts++)
    addresses = g_list_append (addresses, g_inet_address_new_from_string (*texts));

  net_watchdog_start (NET_WATCHDOG_S);
  *race = (Race){ .loop = loop };
  opt_connect_async (addresses, port, timeout_ms, cancellable, connect_done, race);
  g_resolver_free_addresses (addresses);
  g_main_loop_run (loop);
  race->took_ms = (g_get_monotonic_time () - begin_us) / 1000;
}

static void
run_race (Race *race, const char *const *texts, guint16 port, GCancellable *cancellable)
{
  run_race_for (race, texts, port, CONNECT_MS, cancellable);
}

static GSocket *
listen_on (const char *address, guint16 port)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string (address, port);
  g_autoptr (GError) error = NULL;
  GSocket *socket =
    g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, &error);

  g_assert_no_error (error);
  g_socket_bind (socket, wanted, FALSE, &error);
  g_assert_no_error (error);
  g_socket_listen (socket, &error);
  g_assert_no_error (error);

  return socket;
}

/* Which of the addresses, in their order, must win, and when. */
static const struct
{
  const char *name;
  const char *black_holes[4];
  const char *listening;
  const char *addresses[6];
  gint64 from_ms, to_ms;
  int want; /* a GIOErrorEnum, or -1 when @listening wins */
} races[] = {
  { "alone", { NULL }, "127.0.0.1", { "127.0.0.1" }, 0, 0, -1 },
  { "first", { "127.0.0.2" }, "127.0.0.1", { "127.0.0.1", "127.0.0.2" }, 0, 0, -1 },
  { "after-black-hole",
    { "127.0.0.2" },
    "127.0.0.1",
    { "127.0.0.2", "127.0.0.1" },
    OPT_CONNECT_STAGGER_MS,
    OPT_CONNECT_STAGGER_MS,
    -1 },
  { "after-two-black-holes",
    { "127.0.0.2", "127.0.0.4" },
    "127.0.0.1",
    { "127.0.0.2", "127.0.0.4", "127.0.0.1" },
    2 * OPT_CONNECT_STAGGER_MS,
    2 * OPT_CONNECT_STAGGER_MS,
    -1 },
  { "after-refusal", { NULL }, "127.0.0.1", { REFUSING, "127.0.0.1" }, 0, 0, -1 },
  { "refused", { NULL }, NULL, { REFUSING }, 0, 0, G_IO_ERROR_CONNECTION_REFUSED },
  { "all-refused",
    { NULL },
    NULL,
    { REFUSING, "127.0.0.5", "127.0.0.6" },
    0,
    0,
    G_IO_ERROR_CONNECTION_REFUSED },
  /* A refusal brings the next turn on, and the black hole's own turn goes on. */
  { "refusal-between",
    { "127.0.0.2" },
    "127.0.0.1",
    { "127.0.0.2", REFUSING, "127.0.0.1" },
    OPT_CONNECT_STAGGER_MS,
    OPT_CONNECT_STAGGER_MS,
    -1 },
};

static void
test_race (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  guint16 port = net_find_closed_port ();
  g_autoptr (GSocket) listener =
    races[i].listening != NULL ? listen_on (races[i].listening, port) : NULL;
  g_autoptr (GPtrArray) black_holes =
    g_ptr_array_new_with_free_func ((GDestroyNotify) net_black_hole_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = NULL;
  Race race;

  for (guint j = 0; races[i].black_holes[j] != NULL; j++)
    g_ptr_array_add (black_holes, net_black_hole_new (races[i].black_holes[j], port));
  run_race (&race, races[i].addresses, port, NULL);
  socket = race.socket;
  error = race.error;

  g_test_message ("%d ms", (int) race.took_ms);
  g_assert_cmpint (race.took_ms, >=, races[i].from_ms);
  g_assert_cmpint (race.took_ms, <, races[i].to_ms + SLACK_MS);
  if (races[i].want == -1)
    {
      g_assert_no_error (error);
      g_assert_true (g_socket_is_connected (socket));
      g_assert_false (g_socket_get_blocking (socket));
    }
  else
    {
      g_assert_null (socket);
      g_assert_error (error, G_IO_ERROR, races[i].want);
    }
}

/* RFC 8305 §4: the families take turns, whatever order DNS gave. */
static void
test_families (void)
{
  guint16 port = net_find_closed_port ();
  g_autoptr (GSocket) listener = listen_on ("127.0.0.1", port);
  g_autoptr (NetBlackHole) black_hole = net_black_hole_new ("::1", port);
  g_autoptr (GSocket) socket = NULL;
  const char *const addresses[] = { "::1", "::1", "::1", "127.0.0.1", NULL };
  Race race;

  if (black_hole == NULL)
    {
      g_test_skip ("no IPv6 on this computer");
      return;
    }

  run_race (&race, addresses, port, NULL);
  socket = race.socket;

  g_test_message ("%d ms", (int) race.took_ms);
  g_assert_no_error (race.error);
  g_assert_cmpint (g_socket_get_family (socket), ==, G_SOCKET_FAMILY_IPV4);
  g_assert_cmpint (race.took_ms, <=, 300);
}

/* "No route" for one family says less than the refusal of the other. */
static void
test_no_route (gconstpointer data)
{
  gboolean first = GPOINTER_TO_INT (data);
  const char *const addresses[] = {
    first ? UNROUTABLE : REFUSING,
    first ? REFUSING : UNROUTABLE,
    NULL,
  };
  g_autoptr (GError) error = NULL;
  Race race;

  run_race (&race, addresses, net_find_closed_port (), NULL);
  error = race.error;

  g_assert_null (race.socket);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

/* Silence says less than a refusal; the reasons of all are told. */
static void
test_timeout (gconstpointer data)
{
  gboolean refused = GPOINTER_TO_INT (data);
  const char *const addresses[] = { "127.0.0.2", refused ? REFUSING : NULL, NULL };
  guint16 port = net_find_closed_port ();
  g_autoptr (NetBlackHole) black_hole = net_black_hole_new ("127.0.0.2", port);
  g_autoptr (GError) error = NULL;
  Race race;

  run_race_for (&race, addresses, port, SHORT_MS, NULL);
  error = race.error;

  g_assert_null (race.socket);
  if (refused)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
  else
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_nonnull (strstr (error->message, "127.0.0.2: no answer"));
  g_assert_cmpint (strstr (error->message, REFUSING ": ") != NULL, ==, refused);
  g_assert_cmpint (race.took_ms, >=, SHORT_MS);
}

static gboolean
on_time_to_cancel (gpointer user_data)
{
  g_cancellable_cancel (user_data);

  return G_SOURCE_REMOVE;
}

static void
test_cancel (gconstpointer data)
{
  gboolean before = GPOINTER_TO_INT (data);
  guint16 port = net_find_closed_port ();
  g_autoptr (NetBlackHole) black_hole = net_black_hole_new ("127.0.0.2", port);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  const char *const addresses[] = { "127.0.0.2", "127.0.0.2", NULL };
  g_autoptr (GError) error = NULL;
  Race race;

  if (before)
    g_cancellable_cancel (cancellable);
  else
    g_timeout_add (20, on_time_to_cancel, cancellable);
  run_race (&race, addresses, port, cancellable);
  error = race.error;

  g_assert_null (race.socket);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (race.took_ms, <, 100);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (races); i++)
    {
      g_autofree char *path = g_strconcat ("/net/connect/", races[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_race);
    }
  g_test_add_func ("/net/connect/families", test_families);
  g_test_add_data_func ("/net/connect/no-route/first", GINT_TO_POINTER (TRUE), test_no_route);
  g_test_add_data_func ("/net/connect/no-route/last", GINT_TO_POINTER (FALSE), test_no_route);
  g_test_add_data_func ("/net/connect/timeout/silent", GINT_TO_POINTER (FALSE), test_timeout);
  g_test_add_data_func ("/net/connect/timeout/refused", GINT_TO_POINTER (TRUE), test_timeout);
  g_test_add_data_func ("/net/connect/cancel/before", GINT_TO_POINTER (TRUE), test_cancel);
  g_test_add_data_func ("/net/connect/cancel/during", GINT_TO_POINTER (FALSE), test_cancel);

  return g_test_run ();
}
