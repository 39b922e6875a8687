/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a test message must leave alone, what is done about it later, and what is left when somebody
 * stops it. */
#include "net-delivery.h"

#include "opt-delivery-text.h"

/* EXPUNGE would take every message that is marked: somebody else's mark must not be carried out. */
static void
test_other_mark (void)
{
  const OptPracticeRule old = NET_DELIVERY_OLD_IMAP;
  NetDelivery world;
  g_autoptr (OptDelivery) delivery = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  net_delivery_set_up (&world, OPT_SECURITY_TLS, 0);
  opt_practice_store_add (world.store, "Subject: other\r\n\r\nOther.\r\n");
  opt_practice_store_mark (world.store, 1, TRUE);
  opt_practice_server_add_rule (world.servers[OPT_SERVICE_IMAP], &old);
  delivery = net_delivery_create_delivery (&world, OPT_SERVICE_IMAP, NET_DELIVERY_PATIENCE_MS);
  net_delivery_run (&world, delivery, NULL);

  g_assert_cmpint (opt_delivery_get_result (delivery), ==, OPT_DELIVERY_ARRIVED);
  g_assert_true (opt_delivery_is_left (delivery));
  messages = opt_practice_store_dup_messages (world.store, FALSE);
  g_assert_cmpuint (messages->len, ==, 2);
  g_assert_true (((OptPracticeMessage *) messages->pdata[0])->deleted);
  g_assert_false (((OptPracticeMessage *) messages->pdata[1])->deleted);
  net_delivery_tear_down (&world);
}

/* A message that only looks like ours stays. */
static void
test_same_subject (gconstpointer data)
{
  OptService via = GPOINTER_TO_UINT (data);
  NetDelivery world;
  g_autoptr (OptDelivery) delivery = NULL;
  g_autofree char *other = NULL;

  net_delivery_set_up (&world, OPT_SECURITY_TLS, 0);
  delivery = net_delivery_create_delivery (&world, via, NET_DELIVERY_SHORT_PATIENCE_MS);
  opt_practice_store_set_delivery (world.store, 0, NULL, FALSE);
  other = g_strdup_printf ("Subject: %s\r\nMessage-ID: <x%s>\r\n\r\n",
                           opt_delivery_get_message (delivery)->subject,
                           opt_delivery_get_message (delivery)->id);
  opt_practice_store_add (world.store, other);
  opt_practice_store_set_delivery (world.store, NET_DELIVERY_NEVER_MS, NULL, FALSE);
  net_delivery_run (&world, delivery, NULL);

  g_assert_cmpint (opt_delivery_get_result (delivery), ==, OPT_DELIVERY_NOT_YET);
  g_assert_cmpuint (net_delivery_count_messages (&world), ==, 1);
  net_delivery_tear_down (&world);
}

/* RFC 5321 §4.1.1.10: nobody hangs up without QUIT. It is no part of what is waited for. */
static void
test_farewell (void)
{
  NetDelivery world;
  g_autoptr (OptDelivery) delivery = NULL;
  gboolean heard = FALSE;

  net_delivery_set_up (&world, OPT_SECURITY_TLS, 0);
  delivery = net_delivery_create_delivery (&world, OPT_SERVICE_IMAP, NET_DELIVERY_PATIENCE_MS);
  net_delivery_run (&world, delivery, NULL);
  g_assert_cmpint (opt_delivery_get_accepted_us (delivery), >=, 0);

  while (!heard)
    {
      g_auto (GStrv) commands = opt_practice_server_dup_commands (world.servers[OPT_SERVICE_SMTP]);

      heard = g_str_equal (commands[g_strv_length (commands) - 1], "QUIT");
      g_main_context_iteration (NULL, FALSE);
    }
  net_delivery_tear_down (&world);
}

/* What was sent before is found later, among what came since. */
static void
test_resume (gconstpointer data)
{
  OptDeliveryOptions options = OPT_DELIVERY_OPTIONS_DEFAULT;
  NetDelivery world;
  g_autoptr (OptDelivery) first = NULL;
  g_autoptr (OptDelivery) second = NULL;

  net_delivery_set_up (&world, OPT_SECURITY_TLS, 300);
  opt_practice_store_set_delivery (world.store, NET_DELIVERY_LATE_MS, NULL, FALSE);
  options.via = GPOINTER_TO_UINT (data);
  options.first_pause_ms = 10; /* a healthy server has it at once */
  options.network = net_fixture_get_network (world.fixture);
  first = net_delivery_create_delivery (&world, options.via, 1);
  net_delivery_run (&world, first, NULL);
  g_assert_cmpint (opt_delivery_get_result (first), ==, OPT_DELIVERY_NOT_YET);

  second = opt_delivery_new (world.account,
                             opt_message_new_sent (opt_delivery_get_message (first)->id,
                                                   opt_delivery_get_message (first)->subject,
                                                   opt_delivery_get_message (first)->sent_s - 1200),
                             &options);
  g_assert_true (opt_delivery_is_left (second));
  net_delivery_run (&world, second, NULL);
  g_assert_cmpint (opt_delivery_get_result (second), ==, OPT_DELIVERY_ARRIVED);
  g_assert_false (opt_delivery_is_left (second));
  net_delivery_assert_sentences (second, "It was found 20 min after it was sent.");
  g_assert_cmpuint (opt_practice_server_get_n_messages (world.servers[OPT_SERVICE_SMTP]), ==, 1);
  g_assert_cmpuint (net_delivery_count_messages (&world), ==, 0);
  net_delivery_tear_down (&world);
}

/* What a server does that reads a message before it answers for it (RFC 5321 §4.5.3.2.6). */
static const struct
{
  const char *name;
  OptPracticeRule rule;
  guint patience_ms;
  OptDeliveryResult result;
  gboolean accepted;
  const char *problem; /* id of the diagnosis, or NULL */
  const char *sentence;
} scans[] = {
  { "refused",
    { "MESSAGE", .delay_ms = 1500, .reply = "550 5.7.1 Spam detected\r\n" },
    NET_DELIVERY_PATIENCE_MS,
    OPT_DELIVERY_NOT_SENT,
    FALSE,
    "content-refused",
    "No message is left behind." },
  { "accepted",
    { "MESSAGE", .delay_ms = 1500 },
    NET_DELIVERY_PATIENCE_MS,
    OPT_DELIVERY_ARRIVED,
    TRUE,
    NULL,
    "The server took it after" },
  /* It has the message, and never gets to the end of the answer. */
  { "no-answer",
    { "MESSAGE", .reply = "25", .then = OPT_PRACTICE_THEN_SILENCE },
    NET_DELIVERY_SHORT_PATIENCE_MS,
    OPT_DELIVERY_ARRIVED,
    FALSE,
    NULL,
    "The server did not confirm it, but the message came." },
};

typedef struct
{
  OptDelivery *delivery;
  gboolean told;
} Scan;

static gboolean
on_moment (gpointer user_data)
{
  Scan *scan = user_data;
  g_autofree char *stage = opt_delivery_text_create_stage (scan->delivery);

  scan->told |= g_str_equal (stage, "Waiting for the server to take it …");

  return G_SOURCE_CONTINUE;
}

static void
test_scan (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  OptDeliveryOptions options = OPT_DELIVERY_OPTIONS_DEFAULT;
  NetDelivery world;
  g_autoptr (OptDelivery) delivery = NULL;
  OptDiagnosis diagnosis;
  Scan scan = { NULL, FALSE };
  guint timer;

  net_delivery_set_up (&world, OPT_SECURITY_TLS, 0);
  opt_practice_server_add_rule (world.servers[OPT_SERVICE_SMTP], &scans[i].rule);
  options.timeouts.reply_ms = 1000;
  options.patience_ms = scans[i].patience_ms;
  options.network = net_fixture_get_network (world.fixture);
  delivery =
    opt_delivery_new (world.account, opt_delivery_text_create_message (world.account), &options);
  scan.delivery = delivery;
  timer = g_timeout_add (20, on_moment, &scan);
  net_delivery_run (&world, delivery, NULL);
  g_source_remove (timer);

  net_delivery_assert_sentences (delivery, scans[i].sentence);
  g_assert_cmpint (opt_delivery_get_result (delivery), ==, scans[i].result);
  g_assert_cmpint (opt_delivery_get_accepted_us (delivery) >= 0, ==, scans[i].accepted);
  g_assert_false (opt_delivery_is_left (delivery));
  g_assert_cmpint (opt_delivery_get_problem (delivery, &diagnosis) != NULL,
                   ==,
                   scans[i].problem != NULL);
  if (scans[i].problem != NULL)
    g_assert_cmpstr (opt_diagnosis_to_string (diagnosis), ==, scans[i].problem);
  g_assert_true (scan.told);
  net_delivery_tear_down (&world);
}

/* After a deletion that nobody confirmed: one look tells. */
static void
test_gone (gconstpointer data)
{
  OptDeliveryOptions options = OPT_DELIVERY_OPTIONS_DEFAULT;
  NetDelivery world;
  g_autoptr (OptDelivery) delivery = NULL;

  net_delivery_set_up (&world, OPT_SECURITY_TLS, 3);
  options.via = GPOINTER_TO_UINT (data);
  options.was_seen = TRUE;
  options.network = net_fixture_get_network (world.fixture);
  delivery =
    opt_delivery_new (world.account,
                      opt_message_new_sent ("optsetup-01234567-89ab-4def-8123-456789abcdef@x",
                                            "Test",
                                            0),
                      &options);
  net_delivery_run (&world, delivery, NULL);

  g_assert_cmpint (opt_delivery_get_result (delivery), ==, OPT_DELIVERY_ARRIVED);
  g_assert_false (opt_delivery_is_left (delivery));
  net_delivery_assert_sentences (delivery, "It is not in your mailbox any more.");
  net_delivery_tear_down (&world);
}

typedef struct
{
  OptDeliveryStage stage;
  GCancellable *cancellable;
} Stop;

static void
on_changed (OptDelivery *delivery, gpointer user_data)
{
  Stop *stop = user_data;

  if (opt_delivery_get_stage (delivery) == stop->stage)
    g_cancellable_cancel (stop->cancellable);
}

static void
test_cancel (gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Stop stop = { GPOINTER_TO_UINT (data), cancellable };
  NetDelivery world;
  g_autoptr (OptDelivery) delivery = NULL;
  gboolean waits = stop.stage == OPT_DELIVERY_WAITS;

  net_delivery_set_up (&world, OPT_SECURITY_TLS, 0);
  opt_practice_store_set_delivery (world.store, NET_DELIVERY_NEVER_MS, NULL, FALSE);
  delivery = net_delivery_create_delivery (&world, OPT_SERVICE_IMAP, NET_DELIVERY_PATIENCE_MS);
  g_signal_connect (delivery, "changed", G_CALLBACK (on_changed), &stop);
  if (stop.stage == OPT_DELIVERY_PREPARES)
    g_cancellable_cancel (cancellable);
  net_delivery_run (&world, delivery, cancellable);

  g_assert_cmpint (opt_delivery_get_result (delivery), ==, OPT_DELIVERY_CANCELLED);
  g_assert_cmpint (opt_delivery_is_left (delivery), ==, waits);
  net_delivery_assert_sentences (delivery, waits ? "may still arrive" : "No message is left");
  g_assert_cmpuint (opt_practice_server_get_n_messages (world.servers[OPT_SERVICE_SMTP]),
                    ==,
                    waits ? 1 : 0);
  net_delivery_tear_down (&world);
}

/* What is said to be left when somebody stops it in the midst of the deletion. */
static const struct
{
  const char *verb;
  const char *sentence;
} deletions[] = {
  { "SELECT", "It was not deleted, so it is still in your mailbox." },
  { "EXPUNGE", "The server did not confirm that it was deleted." },
};

typedef struct
{
  OptPracticeServer *server;
  const char *verb;
  GCancellable *cancellable;
} Deletion;

static gboolean
on_moment_of_deletion (gpointer user_data)
{
  Deletion *deletion = user_data;
  g_auto (GStrv) commands = opt_practice_server_dup_commands (deletion->server);

  if (g_strv_contains ((const char *const *) commands, deletion->verb))
    g_cancellable_cancel (deletion->cancellable);

  return G_SOURCE_CONTINUE;
}

static void
test_cancel_deletion (gconstpointer data)
{
  const guint i = GPOINTER_TO_UINT (data);
  const OptPracticeRule rules[] = {
    NET_DELIVERY_OLD_IMAP,
    { deletions[i].verb, .then = OPT_PRACTICE_THEN_SILENCE },
  };
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  NetDelivery world;
  g_autoptr (OptDelivery) delivery = NULL;
  Deletion deletion = { NULL, deletions[i].verb, cancellable };
  guint timer;

  net_delivery_set_up (&world, OPT_SECURITY_TLS, 0);
  deletion.server = world.servers[OPT_SERVICE_IMAP];
  for (guint j = 0; j < G_N_ELEMENTS (rules); j++)
    opt_practice_server_add_rule (deletion.server, &rules[j]);
  delivery = net_delivery_create_delivery (&world, OPT_SERVICE_IMAP, NET_DELIVERY_PATIENCE_MS);
  timer = g_timeout_add (20, on_moment_of_deletion, &deletion);
  net_delivery_run (&world, delivery, cancellable);
  g_source_remove (timer);

  g_assert_cmpint (opt_delivery_get_result (delivery), ==, OPT_DELIVERY_CANCELLED);
  g_assert_true (opt_delivery_is_left (delivery));
  net_delivery_assert_sentences (delivery, deletions[i].sentence);
  net_delivery_tear_down (&world);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/net/delivery/other-mark", test_other_mark);
  g_test_add_func ("/net/delivery/farewell", test_farewell);
  g_test_add_data_func ("/net/delivery/same-subject/imap",
                        GUINT_TO_POINTER (OPT_SERVICE_IMAP),
                        test_same_subject);
  g_test_add_data_func ("/net/delivery/same-subject/pop3",
                        GUINT_TO_POINTER (OPT_SERVICE_POP3),
                        test_same_subject);
  g_test_add_data_func ("/net/delivery/resume/imap",
                        GUINT_TO_POINTER (OPT_SERVICE_IMAP),
                        test_resume);
  g_test_add_data_func ("/net/delivery/resume/pop3",
                        GUINT_TO_POINTER (OPT_SERVICE_POP3),
                        test_resume);
  g_test_add_data_func ("/net/delivery/gone/imap", GUINT_TO_POINTER (OPT_SERVICE_IMAP), test_gone);
  g_test_add_data_func ("/net/delivery/gone/pop3", GUINT_TO_POINTER (OPT_SERVICE_POP3), test_gone);
  g_test_add_data_func ("/net/delivery/cancel/before",
                        GUINT_TO_POINTER (OPT_DELIVERY_PREPARES),
                        test_cancel);
  g_test_add_data_func ("/net/delivery/cancel/sending",
                        GUINT_TO_POINTER (OPT_DELIVERY_SENDS),
                        test_cancel);
  g_test_add_data_func ("/net/delivery/cancel/waiting",
                        GUINT_TO_POINTER (OPT_DELIVERY_WAITS),
                        test_cancel);

  for (guint i = 0; i < G_N_ELEMENTS (deletions); i++)
    {
      g_autofree char *path = g_strconcat ("/net/delivery/cancel/", deletions[i].verb, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_cancel_deletion);
    }
  for (guint i = 0; i < G_N_ELEMENTS (scans); i++)
    {
      g_autofree char *path = g_strconcat ("/net/delivery/scan/", scans[i].name, NULL);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_scan);
    }

  return g_test_run ();
}
