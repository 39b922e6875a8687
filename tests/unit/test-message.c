/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The test message, going and coming, and the log of those that were sent. */
#include "opt-delivery-log.h"
#include "opt-error.h"
#include "opt-message.h"

#include <glib/gstdio.h>
#include <string.h>

#define ADDRESS "jane@optonline.net"
#define NOW_S G_GINT64_CONSTANT (1700000000)

static OptAddress *
create_address (const char *text)
{
  OptAddress *address = opt_address_parse (text, NULL);

  g_assert_nonnull (address);

  return address;
}

static OptAccount *
create_account (const char *name)
{
  g_autoptr (OptAddress) address = create_address (ADDRESS);

  return opt_account_new (name, address, NULL);
}

/* The message as lines. */
static char **
split (const OptMessage *message)
{
  gsize size;
  const char *bytes = g_bytes_get_data (message->bytes, &size);
  g_autofree char *text = g_strndup (bytes, size);

  return g_strsplit (text, "\r\n", -1);
}

static const char *
find (char **lines, const char *prefix)
{
  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    if (g_str_has_prefix (lines[i], prefix))
      return lines[i] + strlen (prefix);

  return NULL;
}

static const struct
{
  const char *name, *subject, *text;
  const char *from, *shown_subject; /* as they must stand in the header */
} messages[] = {
  { NULL, "Test", "One.", ADDRESS, "Test" },
  { "Jane Doe", "Test", "One.\nTwo.", "Jane Doe <" ADDRESS ">", "Test" },
  { "Doe, Jane \"J\"", "Test", ".", "\"Doe, Jane \\\"J\\\"\" <" ADDRESS ">", "Test" },
  { "Jäne", "Prüfung", "Umläute: äöü €", NULL, NULL },
  { "ياسمين", "رسالة", "جملة.", NULL, NULL },
};

static void
test_message (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (NOW_S);

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (OptAccount) account = create_account (messages[i].name);
      g_autoptr (OptMessage) message =
        opt_message_new (account, messages[i].subject, messages[i].text, now);
      g_auto (GStrv) lines = split (message);
      g_autofree char *id = g_strdup_printf ("<%s>", message->id);

      /* RFC 5322 §2.1.1, RFC 5321 §4.5.3.1.6: short lines of ASCII. */
      for (guint j = 0; lines[j] != NULL; j++)
        {
          g_assert_true (g_str_is_ascii (lines[j]));
          g_assert_null (strpbrk (lines[j], "\r\n"));
          g_assert_cmpuint (strlen (lines[j]), <=, 78);
        }
      g_assert_cmpstr (find (lines, "Message-Id: "), ==, id);
      g_assert_cmpstr (find (lines, "Auto-Submitted: "), ==, "auto-generated");
      g_assert_cmpstr (find (lines, "MIME-Version: "), ==, "1.0");
      g_assert_cmpstr (find (lines, "Date: "), ==, "Tue, 14 Nov 2023 22:13:20 +0000");
      g_assert_cmpstr (find (lines, "To: "), ==, find (lines, "From: "));
      if (messages[i].from != NULL)
        g_assert_cmpstr (find (lines, "From: "), ==, messages[i].from);
      if (messages[i].shown_subject != NULL)
        g_assert_cmpstr (find (lines, "Subject: "), ==, messages[i].shown_subject);
      g_assert_true (opt_message_is_id (message->id));
    }
}

/* What a server hands back says the same as what was sent. */
static void
test_round_trip (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (NOW_S);

  for (guint i = 0; i < G_N_ELEMENTS (messages); i++)
    {
      g_autoptr (OptAccount) account = create_account (messages[i].name);
      g_autoptr (OptMessage) message =
        opt_message_new (account, messages[i].subject, messages[i].text, now);
      gsize size;
      const char *bytes = g_bytes_get_data (message->bytes, &size);
      g_autofree char *header = g_strndup (bytes, strstr (bytes, "\r\n\r\n") + 4 - bytes);
      g_autofree char *id = opt_message_dup_id (header);
      g_autoptr (OptArrival) arrival = opt_arrival_new (header, message->subject);

      g_assert_cmpstr (id, ==, message->id);
      g_assert_null (arrival->subject);
      g_assert_false (arrival->marked_junk);
      g_assert_cmpuint (g_strv_length (arrival->servers), ==, 0);
    }
}

static void
test_unique (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_from_unix_utc (NOW_S);
  g_autoptr (OptAccount) account = create_account (NULL);
  g_autoptr (OptMessage) one = opt_message_new (account, "Test", "One.", now);
  g_autoptr (OptMessage) other = opt_message_new (account, "Test", "One.", now);

  g_assert_cmpstr (one->id, !=, other->id);
}

static void
test_ids (void)
{
  static const char *const wrong[] = {
    "",
    "optsetup-",
    "optsetup-@optonline.net",
    "optsetup-1@optonline.net",
    "optsetup-01234567-89ab-4def-8123-456789abcdef",
    "optsetup-01234567-89ab-4def-8123-456789abcdef@",
    "01234567-89ab-4def-8123-456789abcdef@optonline.net",
    "optsetup-01234567-89ab-4def-8123-456789abcdef@a b",
    "optsetup-01234567-89ab-4def-8123-456789abcdef@a\r\nA1 EXPUNGE",
    "optsetup-01234567-89ab-4def-8123-456789abcdef@a\" OR ALL",
  };

  g_assert_true (opt_message_is_id ("optsetup-01234567-89ab-4def-8123-456789abcdef@optonline.net"));
  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    g_assert_false (opt_message_is_id (wrong[i]));
}

static const struct
{
  const char *header;
  const char *servers; /* joined by commas */
  const char *subject; /* NULL when it is as it was: Test */
  gboolean marked_junk;
} arrivals[] = {
  { "Subject: Test\r\n\r\n", "" },
  { "Subject: [SPAM] Test\r\n\r\n", "", "[SPAM] Test" },
  { "Subject: =?utf-8?q?Test?=\r\n\r\n", "" },
  { "Subject: Test\r\nX-Spam-Flag: YES\r\n\r\n", "", .marked_junk = TRUE },
  { "Subject: Test\r\nX-Spam-Status: Yes, score=9\r\n\r\n", "", .marked_junk = TRUE },
  { "Subject: Test\r\nX-Spam-Status: No, score=0\r\nX-Spam-Flag: NO\r\n\r\n", "" },
  { "Received: from b (c by d) by two (P (q) by r) with X; now\r\n"
    "Received: from a\r\n\tby one; now\r\nSubject: Test\r\n\r\n",
    "one,two" },
  { "Received: by\r\nReceived: (by x)\r\nSubject: Test\r\n\r\n", "" },
  { "Received: by one\nSubject: Test\n\n", "one" },
  { "", "", NULL },
  { "\r\n", "", NULL },
  { "no header at all", "", NULL },
  { "Subject: \xff\xfe\r\nReceived: by \xff; x\r\n\r\n", NULL },
};

static void
test_arrivals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (arrivals); i++)
    {
      g_autoptr (OptArrival) arrival = opt_arrival_new (arrivals[i].header, "Test");
      g_autofree char *servers = g_strjoinv (",", arrival->servers);

      g_test_message ("row %u", i);
      if (arrivals[i].servers == NULL)
        continue;
      g_assert_cmpstr (servers, ==, arrivals[i].servers);
      g_assert_cmpstr (arrival->subject, ==, arrivals[i].subject);
      g_assert_cmpint (arrival->marked_junk, ==, arrivals[i].marked_junk);
    }
}

typedef struct
{
  char *folder;
  char *path;
  OptAddress *address;
} Log;

static void
set_up (Log *self, gconstpointer data)
{
  self->folder = g_dir_make_tmp ("optsetup-XXXXXX", NULL);
  self->path = g_build_filename (self->folder, "state", "deliveries.ini", NULL);
  self->address = create_address (ADDRESS);
}

static void
tear_down (Log *self, gconstpointer data)
{
  g_autofree char *state = g_path_get_dirname (self->path);

  g_unlink (self->path);
  g_rmdir (state);
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  opt_address_unref (self->address);
}

/* How often the file has @text. */
static guint
count (Log *self, const char *text)
{
  g_autofree char *contents = NULL;
  guint n = 0;

  g_assert_true (g_file_get_contents (self->path, &contents, NULL, NULL));
  for (const char *at = contents; (at = strstr (at, text)) != NULL; at += strlen (text))
    n++;

  return n;
}

/* Asks for one more at a time; the code of the refusal, or 0. */
static int
admit (Log *self, OptAddress *address, gint64 now_s)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *id = g_strdup_printf ("optsetup-%s@optonline.net", uuid);
  g_autoptr (OptMessage) message = opt_message_new_sent (id, "Prüfung; [1]", NOW_S);
  g_autoptr (GError) error = NULL;

  if (opt_delivery_log_admit (self->path, address, message, now_s, &error))
    return 0;

  g_assert_cmpstr (g_quark_to_string (error->domain), ==, g_quark_to_string (OPT_ERROR));

  return error->code;
}

static void
test_one_a_minute (Log *self, gconstpointer data)
{
  g_autoptr (OptAddress) other = create_address ("other@optonline.net");

  g_assert_cmpint (admit (self, self->address, NOW_S), ==, 0);
  g_assert_cmpint (admit (self, self->address, NOW_S + 59), ==, OPT_ERROR_DELIVERY_TOO_SOON);
  g_assert_cmpint (admit (self, other, NOW_S + 59), ==, 0);
  g_assert_cmpint (admit (self, self->address, NOW_S + 60), ==, 0);
}

static void
test_five_a_day (Log *self, gconstpointer data)
{
  for (guint i = 0; i < 5; i++)
    g_assert_cmpint (admit (self, self->address, NOW_S + i * 60), ==, 0);
  g_assert_cmpint (admit (self, self->address, NOW_S + 3600), ==, OPT_ERROR_DELIVERY_TOO_MANY);
  g_assert_cmpint (admit (self, self->address, NOW_S + 86399), ==, OPT_ERROR_DELIVERY_TOO_MANY);
  /* The first of them is a day old then. */
  g_assert_cmpint (admit (self, self->address, NOW_S + 86400), ==, 0);
}

/* A clock that was set back lets nobody wait for the time that was, and no more through. */
static void
test_clock_set_back (Log *self, gconstpointer data)
{
  g_assert_cmpint (admit (self, self->address, NOW_S), ==, 0);
  g_assert_cmpint (admit (self, self->address, NOW_S - 3600), ==, 0);
  g_assert_cmpint (admit (self, self->address, NOW_S - 3590), ==, OPT_ERROR_DELIVERY_TOO_SOON);
  for (guint i = 1; i < 4; i++)
    g_assert_cmpint (admit (self, self->address, NOW_S - 3600 + i * 60), ==, 0);
  g_assert_cmpint (admit (self, self->address, NOW_S - 7200), ==, OPT_ERROR_DELIVERY_TOO_MANY);
  g_assert_cmpint (admit (self, self->address, NOW_S - 86400 * 365), ==, 0);
}

/* What nobody can have written is of no use to anybody. */
static void
test_absurd_time (Log *self, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (self->path,
                                      "[a]\naddress=" ADDRESS "\nsent=-9223372036854775808\n"
                                      "[b]\naddress=" ADDRESS "\nsent=9223372036854775807\n",
                                      -1,
                                      NULL));
  g_assert_cmpint (admit (self, self->address, NOW_S), ==, 0);
  g_assert_cmpuint (count (self, ADDRESS), ==, 1);
}

static void
test_damaged (Log *self, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (self->path, "not a key file\n", -1, NULL));
  g_test_expect_message ("optsetup-check", G_LOG_LEVEL_MESSAGE, "*begun anew*");
  g_assert_cmpint (admit (self, self->address, NOW_S), ==, 0);
  g_test_assert_expected_messages ();
  g_assert_cmpint (admit (self, self->address, NOW_S), ==, OPT_ERROR_DELIVERY_TOO_SOON);
}

static void
test_not_writable (Log *self, gconstpointer data)
{
  g_autofree char *folder = g_path_get_dirname (self->path);

  /* A file where the folder should be. */
  g_assert_true (g_file_set_contents (folder, "", -1, NULL));
  g_assert_cmpint (admit (self, self->address, NOW_S), ==, OPT_ERROR_FILE_NOT_WRITTEN);
  g_unlink (folder);
}

static void
test_find (Log *self, gconstpointer data)
{
  const char *id = "optsetup-01234567-89ab-4def-8123-456789abcdef@optonline.net";
  g_autoptr (OptMessage) sent = opt_message_new_sent (id, "Prüfung; [1]", NOW_S);
  g_autoptr (OptMessage) found = NULL;
  g_autoptr (OptAddress) other = create_address ("other@optonline.net");
  g_autoptr (GError) error = NULL;
  gint64 late_s;

  g_assert_true (opt_delivery_log_admit (self->path, self->address, sent, NOW_S, &error));
  g_assert_no_error (error);
  found = opt_delivery_log_find (self->path, self->address, id, NOW_S, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found->id, ==, id);
  g_assert_cmpstr (found->subject, ==, sent->subject);
  g_assert_cmpint (found->sent_s, ==, NOW_S);
  g_assert_null (found->bytes);

  g_assert_null (opt_delivery_log_find (self->path, other, id, NOW_S, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_DELIVERY_UNKNOWN);
  g_clear_error (&error);

  /* After 30 days nobody remembers, even where no other message is sent. */
  late_s = NOW_S + 30 * 86400 + 1;
  g_assert_null (opt_delivery_log_find (self->path, self->address, id, late_s, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_DELIVERY_UNKNOWN);
  g_assert_cmpuint (count (self, ADDRESS), ==, 0);
}

static char *
find_open (Log *self, gint64 now_s)
{
  g_autoptr (OptMessage) message = opt_delivery_log_find_open (self->path, self->address, now_s);

  return message != NULL ? g_strdup (message->id) : NULL;
}

/* What may still arrive is known until it was seen, or until no server would still try. */
static void
test_open (Log *self, gconstpointer data)
{
  g_autoptr (OptAddress) other = create_address ("other@optonline.net");
  g_autofree char *none = find_open (self, NOW_S);
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *again = NULL;
  g_autofree char *late = NULL;

  g_assert_null (none);
  g_assert_cmpint (admit (self, self->address, NOW_S), ==, 0);
  first = find_open (self, NOW_S + 1);
  g_assert_cmpint (admit (self, other, NOW_S + 30), ==, 0);
  g_assert_cmpint (admit (self, self->address, NOW_S + 60), ==, 0);
  second = find_open (self, NOW_S + 61);
  g_assert_nonnull (first);
  g_assert_cmpstr (first, !=, second);

  opt_delivery_log_close (self->path, second);
  again = find_open (self, NOW_S + 61);
  g_assert_cmpstr (again, ==, first);
  g_assert_cmpint (admit (self, self->address, NOW_S + 100), ==, OPT_ERROR_DELIVERY_TOO_SOON);
  late = find_open (self, NOW_S + 5 * 86400);
  g_assert_null (late);

  g_clear_pointer (&again, g_free);
  opt_delivery_log_close (self->path, first);
  opt_delivery_log_close (self->path, "somebody@example.com");
  again = find_open (self, NOW_S + 61);
  g_assert_null (again);
}

static void
test_forget (Log *self, gconstpointer data)
{
  g_autoptr (OptAddress) other = create_address ("other@optonline.net");
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (opt_delivery_log_forget (self->path, self->address, &error), ==, 0);
  g_assert_no_error (error);
  g_assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
  g_assert_cmpint (admit (self, self->address, NOW_S), ==, 0);
  g_assert_cmpint (admit (self, other, NOW_S), ==, 0);
  g_assert_cmpint (admit (self, self->address, NOW_S + 60), ==, 0);
  g_assert_cmpuint (opt_delivery_log_forget (self->path, self->address, &error), ==, 2);
  g_assert_no_error (error);
  g_assert_cmpuint (count (self, "address=" ADDRESS), ==, 0);
  g_assert_cmpuint (count (self, "address=other@optonline.net"), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/message/write", test_message);
  g_test_add_func ("/message/round-trip", test_round_trip);
  g_test_add_func ("/message/unique", test_unique);
  g_test_add_func ("/message/ids", test_ids);
  g_test_add_func ("/message/arrivals", test_arrivals);
  g_test_add ("/delivery-log/one-a-minute", Log, NULL, set_up, test_one_a_minute, tear_down);
  g_test_add ("/delivery-log/five-a-day", Log, NULL, set_up, test_five_a_day, tear_down);
  g_test_add ("/delivery-log/clock-set-back", Log, NULL, set_up, test_clock_set_back, tear_down);
  g_test_add ("/delivery-log/absurd-time", Log, NULL, set_up, test_absurd_time, tear_down);
  g_test_add ("/delivery-log/damaged", Log, NULL, set_up, test_damaged, tear_down);
  g_test_add ("/delivery-log/not-writable", Log, NULL, set_up, test_not_writable, tear_down);
  g_test_add ("/delivery-log/find", Log, NULL, set_up, test_find, tear_down);
  g_test_add ("/delivery-log/open", Log, NULL, set_up, test_open, tear_down);
  g_test_add ("/delivery-log/forget", Log, NULL, set_up, test_forget, tear_down);

  return g_test_run ();
}
