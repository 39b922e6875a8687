/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A message there and back, and everything that can go wrong on its way, against practice servers
 * that share a mailbox. */
#include "net-delivery.h"

#include "opt-delivery-text.h"

#define IMAP (1u << OPT_SERVICE_IMAP)
#define POP3 (1u << OPT_SERVICE_POP3)
#define BOTH (IMAP | POP3)

#define CLOSE OPT_PRACTICE_THEN_CLOSE

#define N_RULES 3

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
/* clang-format off */
static const Row rows[] = {
  { "healthy", BOTH, .result = OPT_DELIVERY_ARRIVED, .sentence = "deleted again", .never = "RETR" },
  { "late", BOTH, NET_DELIVERY_LATE_MS, .result = OPT_DELIVERY_ARRIVED, .sentence = "deleted again" },
  { "way", BOTH, .header = "Received: from a (by x) by mx2.example.net (P) with ESMTP; Mon, 1 Jan 2024\r\n"
                           "Received: from b\r\n by mx1.example.net id 1; Mon, 1 Jan 2024\r\n",
    .result = OPT_DELIVERY_ARRIVED, .sentence = "through mx1.example.net, then mx2.example.net." },
  { "hostile-way", BOTH, .header = "Received: by \xe2\x80\xaemx\x1b[1m.example.net; now\r\n",
    .result = OPT_DELIVERY_ARRIVED, .sentence = "It went through mx" },
  { "marked", BOTH, .header = "X-Spam-Flag: YES\r\n", .result = OPT_DELIVERY_ARRIVED,
    .sentence = "marked it as spam" },
  { "junk", IMAP, .to_junk = TRUE, .result = OPT_DELIVERY_ARRIVED, .sentence = "folder for spam" },
  { "never", BOTH, NET_DELIVERY_NEVER_MS, .result = OPT_DELIVERY_NOT_YET, .left = TRUE,
    .sentence = "Nothing is wrong", .never = "QUIT" },
  { "never-touches", POP3, NET_DELIVERY_NEVER_MS, .n_others = 20, .result = OPT_DELIVERY_NOT_YET, .left = TRUE,
    .never = "TOP" },
  { "many-others", BOTH, .n_others = 5000, .result = OPT_DELIVERY_ARRIVED, .never = "RETR" },
  { "no-uidl", POP3, .n_others = 7, POP3_RULES = { { "UIDL", .reply = "-ERR what?\r\n" } },
    .result = OPT_DELIVERY_ARRIVED, .sentence = "deleted again" },
  { "no-top", POP3, POP3_RULES = { { "TOP", .reply = "-ERR Unknown command\r\n" } },
    .result = OPT_DELIVERY_NOT_YET, .left = TRUE, .problem = "server-fault" },
  { "no-uidplus", IMAP, IMAP_RULES = { NET_DELIVERY_OLD_IMAP }, .result = OPT_DELIVERY_ARRIVED,
    .sentence = "deleted again" },
  { "no-list", IMAP, IMAP_RULES = { { "LIST", .reply = "%t NO\r\n" } },
    .result = OPT_DELIVERY_ARRIVED },
  { "no-examine", IMAP, IMAP_RULES = { { "EXAMINE", .reply = "%t NO [INUSE] locked\r\n" } },
    .result = OPT_DELIVERY_NOT_SENT, .problem = "mailbox-in-use", .sentence = "No message is left" },

  { "lost-while-waiting", IMAP, NET_DELIVERY_LATE_MS, IMAP_RULES = { { "UID", .times = 1, .then = CLOSE } },
    .result = OPT_DELIVERY_ARRIVED, .sentence = "deleted again" },
  { "lost-while-waiting", POP3, NET_DELIVERY_LATE_MS, POP3_RULES = { { "TOP", .times = 1, .then = CLOSE } },
    .result = OPT_DELIVERY_ARRIVED, .sentence = "deleted again" },
  { "busy-while-waiting", POP3, NET_DELIVERY_LATE_MS, POP3_RULES = {
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
    .sentence = "was not deleted" },
  { "cannot-expunge", IMAP, IMAP_RULES = { NET_DELIVERY_OLD_IMAP, { "EXPUNGE", .reply = "%t NO\r\n" } },
    .result = OPT_DELIVERY_ARRIVED, .left = TRUE, .problem = "server-fault",
    .sentence = "was not deleted" },
  { "cannot-delete", POP3, POP3_RULES = { { "DELE", .reply = "-ERR no\r\n" } },
    .result = OPT_DELIVERY_ARRIVED, .left = TRUE, .problem = "server-fault",
    .sentence = "was not deleted", .never = "QUIT" },
  { "lost-before-deletion", IMAP, IMAP_RULES = { { "SELECT", .then = CLOSE } },
    .result = OPT_DELIVERY_ARRIVED, .left = TRUE, .problem = "server-fault",
    .sentence = "was not deleted" },
  { "lost-in-deletion", IMAP, IMAP_RULES = { NET_DELIVERY_OLD_IMAP, { "EXPUNGE", .then = CLOSE } },
    .result = OPT_DELIVERY_ARRIVED, .left = TRUE, .problem = "server-fault",
    .sentence = "did not confirm that it was deleted" },
  { "lost-in-deletion", POP3, POP3_RULES = { { "QUIT", .then = CLOSE } },
    .result = OPT_DELIVERY_ARRIVED, .left = TRUE, .problem = "server-fault",
    .sentence = "did not confirm that it was deleted" },
  { "refused-deletion", POP3, POP3_RULES = { { "QUIT", .reply = "-ERR some deleted messages not removed\r\n" } },
    .result = OPT_DELIVERY_ARRIVED, .left = TRUE, .problem = "server-fault",
    .sentence = "was not deleted" },
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
assert_never (NetDelivery *self, OptService via, const char *verb)
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
  NetDelivery world;
  g_autoptr (OptDelivery) delivery = NULL;

  net_delivery_set_up (&world, item->security, row->n_others);
  opt_practice_store_set_delivery (world.store, row->delay_ms, row->header, row->to_junk);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    for (guint j = 0; j < N_RULES && row->rules[i][j].when != NULL; j++)
      opt_practice_server_add_rule (world.servers[i], &row->rules[i][j]);

  delivery = net_delivery_create_delivery (&world,
                                           item->via,
                                           row->result == OPT_DELIVERY_NOT_YET
                                             ? NET_DELIVERY_SHORT_PATIENCE_MS
                                             : NET_DELIVERY_PATIENCE_MS);
  net_delivery_run (&world, delivery, NULL);

  net_delivery_assert_hidden (&world, delivery);
  net_delivery_assert_sentences (delivery, row->sentence);
  g_assert_cmpint (opt_delivery_get_result (delivery), ==, row->result);
  g_assert_cmpint (opt_delivery_is_left (delivery), ==, row->left);
  assert_problem (delivery, row->problem);
  assert_never (&world, item->via, row->never);
  if (row->result == OPT_DELIVERY_ARRIVED)
    g_assert_cmpuint (net_delivery_count_messages (&world), ==, row->left ? 1 : 0);
  net_delivery_tear_down (&world);
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
  NetDelivery world;
  g_autoptr (OptDelivery) delivery = NULL;

  net_delivery_set_up (&world, item->security, 0);
  opt_practice_server_add_rule (world.servers[OPT_SERVICE_SMTP], &refusals[item->refusal].rule);
  if (silent)
    {
      OptDeliveryOptions options = OPT_DELIVERY_OPTIONS_DEFAULT;

      options.timeouts.reply_ms = 400;
      options.patience_ms = NET_DELIVERY_SHORT_PATIENCE_MS;
      options.network = net_fixture_get_network (world.fixture);
      delivery = opt_delivery_new (world.account,
                                   opt_delivery_text_create_message (world.account),
                                   &options);
    }
  else
    delivery = net_delivery_create_delivery (&world, OPT_SERVICE_IMAP, NET_DELIVERY_PATIENCE_MS);
  net_delivery_run (&world, delivery, NULL);

  net_delivery_assert_hidden (&world, delivery);
  assert_problem (delivery, refusals[item->refusal].id);
  g_assert_cmpint (opt_delivery_get_result (delivery),
                   ==,
                   silent ? OPT_DELIVERY_NOT_YET : OPT_DELIVERY_NOT_SENT);
  g_assert_cmpint (opt_delivery_is_left (delivery), ==, silent);
  g_assert_cmpuint (net_delivery_count_messages (&world), ==, 0);
  net_delivery_tear_down (&world);
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
  return g_test_run ();
}
