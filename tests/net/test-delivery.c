/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A message there and back, and everything that can go wrong on its way, against practice servers
 * that share a mailbox. */
#include "net-fixture.h"

#include "opt-delivery-text.h"
#include "opt-delivery.h"
#include "opt-transcript.h"

#include <string.h>

#define IMAP (1u << OPT_SERVICE_IMAP)
#define POP3 (1u << OPT_SERVICE_POP3)
#define BOTH (IMAP | POP3)

#define CLOSE OPT_PRACTICE_THEN_CLOSE

#define N_RULES 3
#define PATIENCE_MS 20000
#define SHORT_PATIENCE_MS 150
#define FIRST_PAUSE_MS 10
#define LATE_MS 200
#define NEVER_MS 600000

/* What happens to the message, and what shall be known of it. */
typedef struct
{
  const char *name;
  guint via;
  guint delay_ms;
  const char *header; /* that servers put above it */
  gboolean to_junk;
  guint n_others; /* how many messages there are besides */
  OptPracticeRule rules[OPT_N_SERVICES][N_RULES];

  OptDeliveryResult result;
  gboolean left;
  const char *problem;  /* id of the diagnosis, or NULL */
  const char *sentence; /* a part of what is said */
  const char *never;    /* a command that the watched server must never get */
} Row;

#define IMAP_RULES .rules[OPT_SERVICE_IMAP]
#define POP3_RULES .rules[OPT_SERVICE_POP3]
#define SMTP_RULES .rules[OPT_SERVICE_SMTP]
#define OLD_IMAP                                                                                   \
  {                                                                                                \
    "CAPABILITY", OPT_PRACTICE_TLS_AFTER, .reply = "* CAPABILITY IMAP4rev1\r\n%t OK Done\r\n"      \
  }

/* clang-format off */
static const Row rows[] = {
  { "healthy", BOTH, .result = OPT_DELIVERY_ARRIVED, .sentence = "deleted again", .never = "RETR" },
  { "late", BOTH, LATE_MS, .result = OPT_DELIVERY_ARRIVED, .sentence = "deleted again" },
  { "way", BOTH, .header = "Received: from a (by x) by mx2.example.net (P) with ESMTP; Mon, 1 Jan 2024\r\n"
                           "Received: from b\r\n by mx1.example.net id 1; Mon, 1 Jan 2024\r\n",
    .result = OPT_DELIVERY_ARRIVED, .sentence = "through mx1.example.net, then mx2.example.net." },
  { "hostile-way", BOTH, .header = "Received: by \xe2\x80\xaemx\x1b[1m.example.net; now\r\n",
    .result = OPT_DELIVERY_ARRIVED, .sentence = "It went through mx" },
  { "marked", BOTH, .header = "X-Spam-Flag: YES\r\n", .result = OPT_DELIVERY_ARRIVED,
    .sentence = "marked it as spam" },
  { "junk", IMAP, .to_junk = TRUE, .result = OPT_DELIVERY_ARRIVED, .sentence = "folder for spam" },
  { "never", BOTH, NEVER_MS, .result = OPT_DELIVERY_NOT_YET, .left = TRUE,
    .sentence = "Nothing is wrong", .never = "QUIT" },
  { "never-touches", POP3, NEVER_MS, .n_others = 20, .result = OPT_DELIVERY_NOT_YET, .left = TRUE,
    .never = "TOP" },
  { "many-others", BOTH, .n_others = 5000, .result = OPT_DELIVERY_ARRIVED, .never = "RETR" },
  { "no-uidl", POP3, .n_others = 7, POP3_RULES = { { "UIDL", .reply = "-ERR what?\r\n" } },
    .result = OPT_DELIVERY_ARRIVED, .sentence = "deleted again" },
  { "no-top", POP3, POP3_RULES = { { "TOP", .reply = "-ERR Unknown command\r\n" } },
    .result = OPT_DELIVERY_NOT_YET, .left = TRUE, .problem = "server-fault" },
  { "no-uidplus", IMAP, IMAP_RULES = { OLD_IMAP }, .result = OPT_DELIVERY_ARRIVED,
    .sentence = "deleted again" },
  { "no-list", IMAP, IMAP_RULES = { { "LIST", .reply = "%t NO\r\n" } },
    .result = OPT_DELIVERY_ARRIVED },
  { "no-examine", IMAP, IMAP_RULES = { { "EXAMINE", .reply = "%t NO [INUSE] locked\r\n" } },
    .result = OPT_DELIVERY_NOT_SENT, .problem = "mailbox-in-use", .sentence = "No message is left" },

  { "lost-while-waiting", IMAP, LATE_MS, IMAP_RULES = { { "UID", .times = 1, .then = CLOSE } },
    .result = OPT_DELIVERY_ARRIVED, .sentence = "deleted again" },
  { "lost-while-waiting", POP3, LATE_MS, POP3_RULES = { { "TOP", .times = 1, .then = CLOSE } },
    .result = OPT_DELIVERY_ARRIVED, .sentence = "deleted again" },
  { "busy-while-waiting", POP3, LATE_MS, POP3_RULES = {
      { "TOP", .times = 1, .reply = "-ERR [SYS/TEMP] later\r\n" } },
    .result = OPT_DELIVERY_ARRIVED, .sentence = "deleted again" },

  { "lost-before-data", BOTH, SMTP_RULES = { { "DATA", .then = CLOSE } },
    .result = OPT_DELIVERY_NOT_SENT, .problem = "server-fault", .sentence = "No message is left" },
  { "lost-in-message", BOTH, SMTP_RULES = { { "MESSAGE", .then = CLOSE } },
    .result = OPT_DELIVERY_NOT_YET, .left = TRUE, .problem = "server-fault",
    .sentence = "may still arrive" },
  /* It has the message, and says half a word. */
  { "lost-after-message", BOTH, SMTP_RULES = { { "MESSAGE", .reply = "25", .then = CLOSE } },
    .result = OPT_DELIVERY_ARRIVED, .sentence = "but the message came" },

  { "cannot-mark", IMAP, IMAP_RULES = { { "SELECT", .reply = "%t NO [CANNOT] read-only\r\n" } },
    .result = OPT_DELIVERY_ARRIVED, .left = TRUE, .problem = "server-fault",
    .sentence = "could not be deleted" },
  { "cannot-expunge", IMAP, IMAP_RULES = { OLD_IMAP, { "EXPUNGE", .reply = "%t NO\r\n" } },
    .result = OPT_DELIVERY_ARRIVED, .left = TRUE, .problem = "server-fault",
    .sentence = "could not be deleted" },
  { "cannot-delete", POP3, POP3_RULES = { { "DELE", .reply = "-ERR no\r\n" } },
    .result = OPT_DELIVERY_ARRIVED, .left = TRUE, .problem = "server-fault",
    .sentence = "could not be deleted", .never = "QUIT" },
  { "lost-before-deletion", IMAP, IMAP_RULES = { { "SELECT", .then = CLOSE } },
    .result = OPT_DELIVERY_ARRIVED, .left = TRUE, .problem = "server-fault",
    .sentence = "could not be deleted" },
  { "lost-before-deletion", POP3, POP3_RULES = { { "QUIT", .then = CLOSE } },
    .result = OPT_DELIVERY_ARRIVED, .left = TRUE, .problem = "server-fault",
    .sentence = "could not be deleted" },
};

/* Refusals on the way out. The paths are those of test-diagnoses.c, for docs/diagnoses.md. */
static const struct
{
  const char *id, *name;
  OptPracticeRule rule;
} refusals[] = {
  { "message-too-large", "size-at-mail", { "MAIL", .reply = "552 5.3.4 Too large\r\n" } },
  { "message-too-large", "no-enhanced-code", { "MAIL", .reply = "552 Message size exceeds limit\r\n" } },
  { "message-too-large", "after-the-dot", { "MESSAGE", .reply = "552 5.2.3 Too long\r\n" } },
  { "mailbox-full", "after-the-dot", { "MESSAGE", .reply = "552 5.2.2 Over quota\r\n" } },
  { "mailbox-full", "bare-after-the-dot", { "MESSAGE", .reply = "552 no room\r\n" } },
  { "content-refused", "scanner",
    { "MESSAGE", .reply = "550 Spam detected by content scanner. Message rejected\r\n" } },
  { "content-refused", "scanner-552",
    { "MESSAGE", .reply = "552 Spam detected by content scanner. Message rejected\r\n" } },
  { "content-refused", "bare", { "MESSAGE", .reply = "554 5.7.1 no\r\n" } },
  { "content-refused", "at-data", { "DATA", .reply = "554 5.7.1 Data command rejected\r\n" } },
  { "sender-refused", "at-mail", { "MAIL", .reply = "553 5.7.1 Sender refused\r\n" } },
  { "relay-denied", "at-rcpt", { "RCPT", .reply = "554 5.7.1 Relay access denied\r\n" } },
  { "greylisted", "at-rcpt", { "RCPT", .reply = "450 4.2.0 Greylisted\r\n" } },
  { "greylisted", "after-the-dot", { "MESSAGE", .reply = "451 Greylisting in action\r\n" } },
  { "temporary-failure", "after-the-dot", { "MESSAGE", .reply = "451 4.3.0 Queue full\r\n" } },
  { "blocklisted", "after-the-dot", { "MESSAGE", .reply = "554 5.7.1 listed by Spamhaus\r\n" } },
  { "server-fault", "answer-to-data", { "DATA", .reply = "250 what?\r\n" } },
  { "server-too-slow", "after-the-dot", { "MESSAGE", .then = OPT_PRACTICE_THEN_SILENCE } },
};
/* clang-format on */

/* The three servers of one mailbox, and the way to it. */
typedef struct
{
  NetFixture *fixture;
  OptPracticeStore *store;
  OptPracticeServer *servers[OPT_N_SERVICES];
  OptAccount *account;
  OptSecret *secret;
} World;

static void
set_up (World *self, OptSecurity security, guint n_others)
{
  g_autoptr (OptAddress) address = opt_address_parse (NET_ADDRESS, NULL);

  self->fixture = net_fixture_new ();
  self->store = opt_practice_store_new ();
  self->secret = opt_secret_new (NET_PASSWORD, strlen (NET_PASSWORD), NULL);
  self->account = opt_account_new ("Jane Döe, \"J\"", address, NULL);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_autoptr (OptServer) server = opt_server_new (i,
                                                     NET_HOST,
                                                     opt_server_get_usual_port (i, security),
                                                     security,
                                                     NET_ADDRESS,
                                                     NULL);
      OptAccount *account = opt_account_with_server (self->account, server);

      opt_account_unref (self->account);
      self->account = account;
      self->servers[i] =
        net_fixture_add_server (self->fixture, NET_HOST, i, security, NET_IDENTITY_GOOD);
      opt_practice_server_set_account (self->servers[i], NET_ADDRESS, NET_PASSWORD, n_others, 9);
      opt_practice_server_set_store (self->servers[i], self->store);
    }
}

static void
tear_down (World *self)
{
  opt_account_unref (self->account);
  opt_secret_unref (self->secret);
  opt_practice_store_unref (self->store);
  net_fixture_free (self->fixture);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
run (World *self, OptDelivery *delivery, GCancellable *cancellable)
{
  g_autoptr (GAsyncResult) result = NULL;

  opt_delivery_run_async (delivery, self->secret, cancellable, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (opt_delivery_run_finish (delivery, result),
                   ==,
                   opt_delivery_get_result (delivery));
}

static OptDelivery *
create_delivery (World *self, OptService via, guint patience_ms)
{
  OptDeliveryOptions options = OPT_DELIVERY_OPTIONS_DEFAULT;

  options.via = via;
  options.patience_ms = patience_ms;
  options.first_pause_ms = FIRST_PAUSE_MS;
  options.network = net_fixture_get_network (self->fixture);

  return opt_delivery_new (self->account,
                           opt_delivery_text_create_message (self->account),
                           &options);
}

static guint
count_messages (World *self)
{
  g_autoptr (GPtrArray) inbox = opt_practice_store_dup_messages (self->store, FALSE);
  g_autoptr (GPtrArray) junk = opt_practice_store_dup_messages (self->store, TRUE);

  return inbox->len + junk->len;
}

static void
assert_hidden (World *self, OptDelivery *delivery)
{
  g_autoptr (GPtrArray) transcripts = opt_delivery_dup_transcripts (delivery);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_autoptr (GBytes) plain = opt_practice_server_dup_received_plain (self->servers[i]);

      g_assert_false (net_contains_password (plain));
    }

  for (guint i = 0; i < transcripts->len; i++)
    {
      GPtrArray *lines = opt_transcript_get_lines (transcripts->pdata[i]);

      for (guint j = 0; j < lines->len; j++)
        {
          const char *line = lines->pdata[j];
          g_autoptr (GBytes) bytes = g_bytes_new_static (line, strlen (line));

          g_test_message ("%s", line);
          g_assert_false (net_contains_password (bytes));
        }
    }
}

static void
assert_sentences (OptDelivery *delivery, const char *part)
{
  g_auto (GStrv) sentences = opt_delivery_text_create_sentences (delivery);
  g_autofree char *text = g_strjoinv ("\n", sentences);

  g_test_message ("%s\n%s", opt_delivery_text_get_heading (delivery), text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strstr (text, "\xe2\x80\xae"));
  g_assert_null (strchr (text, '\x1b'));
  if (part != NULL)
    g_assert_nonnull (strstr (text, part));
}

static void
assert_problem (OptDelivery *delivery, const char *id)
{
  OptDiagnosis diagnosis;
  const OptEvidence *evidence = opt_delivery_get_problem (delivery, &diagnosis);

  if (id == NULL)
    g_assert_null (evidence);
  else
    g_assert_cmpstr (opt_diagnosis_to_string (diagnosis), ==, id);
}

static void
assert_never (World *self, OptService via, const char *verb)
{
  g_auto (GStrv) commands = opt_practice_server_dup_commands (self->servers[via]);

  if (verb != NULL)
    g_assert_false (g_strv_contains ((const char *const *) commands, verb));
}

typedef struct
{
  const Row *row;
  OptService via;
  OptSecurity security;
} Case;

static void
test_row (gconstpointer data)
{
  const Case *item = data;
  const Row *row = item->row;
  World world;
  g_autoptr (OptDelivery) delivery = NULL;

  set_up (&world, item->security, row->n_others);
  opt_practice_store_set_delivery (world.store, row->delay_ms, row->header, row->to_junk);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    for (guint j = 0; j < N_RULES && row->rules[i][j].when != NULL; j++)
      opt_practice_server_add_rule (world.servers[i], &row->rules[i][j]);

  delivery =
    create_delivery (&world,
                     item->via,
                     row->result == OPT_DELIVERY_NOT_YET ? SHORT_PATIENCE_MS : PATIENCE_MS);
  run (&world, delivery, NULL);

  assert_hidden (&world, delivery);
  assert_sentences (delivery, row->sentence);
  g_assert_cmpint (opt_delivery_get_result (delivery), ==, row->result);
  g_assert_cmpint (opt_delivery_is_left (delivery), ==, row->left);
  assert_problem (delivery, row->problem);
  assert_never (&world, item->via, row->never);
  if (row->result == OPT_DELIVERY_ARRIVED)
    g_assert_cmpuint (count_messages (&world), ==, row->left ? 1 : 0);
  tear_down (&world);
}

typedef struct
{
  guint refusal;
  OptSecurity security;
} RefusalCase;

static void
test_refusal (gconstpointer data)
{
  const RefusalCase *item = data;
  gboolean silent = refusals[item->refusal].rule.then == OPT_PRACTICE_THEN_SILENCE;
  World world;
  g_autoptr (OptDelivery) delivery = NULL;

  set_up (&world, item->security, 0);
  opt_practice_server_add_rule (world.servers[OPT_SERVICE_SMTP], &refusals[item->refusal].rule);
  if (silent)
    {
      OptDeliveryOptions options = OPT_DELIVERY_OPTIONS_DEFAULT;

      options.timeouts.reply_ms = 400;
      options.patience_ms = SHORT_PATIENCE_MS;
      options.network = net_fixture_get_network (world.fixture);
      delivery = opt_delivery_new (world.account,
                                   opt_delivery_text_create_message (world.account),
                                   &options);
    }
  else
    delivery = create_delivery (&world, OPT_SERVICE_IMAP, PATIENCE_MS);
  run (&world, delivery, NULL);

  assert_hidden (&world, delivery);
  assert_problem (delivery, refusals[item->refusal].id);
  g_assert_cmpint (opt_delivery_get_result (delivery),
                   ==,
                   silent ? OPT_DELIVERY_NOT_YET : OPT_DELIVERY_NOT_SENT);
  g_assert_cmpint (opt_delivery_is_left (delivery), ==, silent);
  g_assert_cmpuint (count_messages (&world), ==, 0);
  tear_down (&world);
}

/* EXPUNGE would take every message that is marked: somebody else's mark must not be carried out. */
static void
test_other_mark (void)
{
  const OptPracticeRule old = OLD_IMAP;
  World world;
  g_autoptr (OptDelivery) delivery = NULL;
  g_autoptr (GPtrArray) messages = NULL;

  set_up (&world, OPT_SECURITY_TLS, 0);
  opt_practice_store_add (world.store, "Subject: other\r\n\r\nOther.\r\n");
  opt_practice_store_mark (world.store, 1, TRUE);
  opt_practice_server_add_rule (world.servers[OPT_SERVICE_IMAP], &old);
  delivery = create_delivery (&world, OPT_SERVICE_IMAP, PATIENCE_MS);
  run (&world, delivery, NULL);

  g_assert_cmpint (opt_delivery_get_result (delivery), ==, OPT_DELIVERY_ARRIVED);
  g_assert_true (opt_delivery_is_left (delivery));
  messages = opt_practice_store_dup_messages (world.store, FALSE);
  g_assert_cmpuint (messages->len, ==, 2);
  g_assert_true (((OptPracticeMessage *) messages->pdata[0])->deleted);
  g_assert_false (((OptPracticeMessage *) messages->pdata[1])->deleted);
  tear_down (&world);
}

/* A message that only looks like ours stays. */
static void
test_same_subject (gconstpointer data)
{
  OptService via = GPOINTER_TO_UINT (data);
  World world;
  g_autoptr (OptDelivery) delivery = NULL;
  g_autofree char *other = NULL;

  set_up (&world, OPT_SECURITY_TLS, 0);
  delivery = create_delivery (&world, via, SHORT_PATIENCE_MS);
  opt_practice_store_set_delivery (world.store, 0, NULL, FALSE);
  other = g_strdup_printf ("Subject: %s\r\nMessage-ID: <x%s>\r\n\r\n",
                           opt_delivery_get_message (delivery)->subject,
                           opt_delivery_get_message (delivery)->id);
  opt_practice_store_add (world.store, other);
  opt_practice_store_set_delivery (world.store, NEVER_MS, NULL, FALSE);
  run (&world, delivery, NULL);

  g_assert_cmpint (opt_delivery_get_result (delivery), ==, OPT_DELIVERY_NOT_YET);
  g_assert_cmpuint (count_messages (&world), ==, 1);
  tear_down (&world);
}

/* What was sent before is found later, among what came since. */
static void
test_resume (gconstpointer data)
{
  OptDeliveryOptions options = OPT_DELIVERY_OPTIONS_DEFAULT;
  World world;
  g_autoptr (OptDelivery) first = NULL;
  g_autoptr (OptDelivery) second = NULL;

  set_up (&world, OPT_SECURITY_TLS, 300);
  opt_practice_store_set_delivery (world.store, LATE_MS, NULL, FALSE);
  options.via = GPOINTER_TO_UINT (data);
  options.first_pause_ms = FIRST_PAUSE_MS;
  options.network = net_fixture_get_network (world.fixture);
  first = create_delivery (&world, options.via, 1);
  run (&world, first, NULL);
  g_assert_cmpint (opt_delivery_get_result (first), ==, OPT_DELIVERY_NOT_YET);

  second = opt_delivery_new (world.account,
                             opt_message_new_sent (opt_delivery_get_message (first)->id,
                                                   opt_delivery_get_message (first)->subject),
                             &options);
  g_assert_true (opt_delivery_is_left (second));
  run (&world, second, NULL);
  g_assert_cmpint (opt_delivery_get_result (second), ==, OPT_DELIVERY_ARRIVED);
  g_assert_false (opt_delivery_is_left (second));
  g_assert_cmpuint (opt_practice_server_get_n_messages (world.servers[OPT_SERVICE_SMTP]), ==, 1);
  g_assert_cmpuint (count_messages (&world), ==, 0);
  tear_down (&world);
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
  World world;
  g_autoptr (OptDelivery) delivery = NULL;
  gboolean waits = stop.stage == OPT_DELIVERY_WAITS;

  set_up (&world, OPT_SECURITY_TLS, 0);
  opt_practice_store_set_delivery (world.store, NEVER_MS, NULL, FALSE);
  delivery = create_delivery (&world, OPT_SERVICE_IMAP, PATIENCE_MS);
  g_signal_connect (delivery, "changed", G_CALLBACK (on_changed), &stop);
  if (stop.stage == OPT_DELIVERY_PREPARES)
    g_cancellable_cancel (cancellable);
  run (&world, delivery, cancellable);

  g_assert_cmpint (opt_delivery_get_result (delivery), ==, OPT_DELIVERY_CANCELLED);
  g_assert_cmpint (opt_delivery_is_left (delivery), ==, waits);
  assert_sentences (delivery, waits ? "may still arrive" : "No message is left");
  g_assert_cmpuint (opt_practice_server_get_n_messages (world.servers[OPT_SERVICE_SMTP]),
                    ==,
                    waits ? 1 : 0);
  tear_down (&world);
}

static void
add_rows (OptService via, OptSecurity security)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/net/delivery/%s/%s/%s",
                                               rows[i].name,
                                               opt_service_to_string (via),
                                               opt_security_to_string (security));
      Case *item;

      if (!(rows[i].via & 1u << via))
        continue;

      item = g_new (Case, 1);
      *item = (Case){ &rows[i], via, security };
      g_test_add_data_func_full (path, item, test_row, g_free);
    }
}

static void
add_refusals (OptSecurity security)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    {
      g_autofree char *path = g_strdup_printf ("/net/diagnoses/%s/delivery-%s/smtp/%s",
                                               refusals[i].id,
                                               refusals[i].name,
                                               opt_security_to_string (security));
      RefusalCase *item = g_new (RefusalCase, 1);

      *item = (RefusalCase){ i, security };
      g_test_add_data_func_full (path, item, test_refusal, g_free);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint security = OPT_SECURITY_TLS; security <= OPT_SECURITY_STARTTLS; security++)
    {
      add_rows (OPT_SERVICE_IMAP, security);
      add_rows (OPT_SERVICE_POP3, security);
      add_refusals (security);
    }
  g_test_add_func ("/net/delivery/other-mark", test_other_mark);
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
  g_test_add_data_func ("/net/delivery/cancel/before",
                        GUINT_TO_POINTER (OPT_DELIVERY_PREPARES),
                        test_cancel);
  g_test_add_data_func ("/net/delivery/cancel/sending",
                        GUINT_TO_POINTER (OPT_DELIVERY_SENDS),
                        test_cancel);
  g_test_add_data_func ("/net/delivery/cancel/waiting",
                        GUINT_TO_POINTER (OPT_DELIVERY_WAITS),
                        test_cancel);

  return g_test_run ();
}
