/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a password might come to light after a check: in what is logged, in what was said to the
 * server and by it, in the reports, in the files for other mail programs. A server may even say it
 * back, as it came or in a disguise. */
#include "net-attack.h"

#include "opt-advice.h"
#include "opt-client.h"
#include "opt-error.h"
#include "opt-file.h"
#include "opt-report.h"

#include <archive.h>
#include <archive_entry.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* In what disguise the server says it back. */
typedef enum
{
  ECHO_NOT,
  ECHO_RAW,
  ECHO_BASE64,
  ECHO_PLAIN, /* the whole of SASL's PLAIN, in base64 */
  ECHO_HEX,
  ECHO_PERCENT,
  ECHO_REVERSED,
} Echo;

static const char *const echo_names[] = {
  [ECHO_NOT] = "silent",        [ECHO_RAW] = "raw", [ECHO_BASE64] = "base64",
  [ECHO_PLAIN] = "plain",       [ECHO_HEX] = "hex", [ECHO_PERCENT] = "percent",
  [ECHO_REVERSED] = "reversed",
};

/* When it does. */
typedef struct
{
  const char *name;
  guint services;
  const char *when, *before, *after;
  OptPracticeThen then;
} Moment;

#define CLOSE OPT_PRACTICE_THEN_CLOSE

/* clang-format off */
static const Moment moments[] = {
  { "refused", NET_SMTP, "SIGN-IN", "535 5.7.8 \"", "\" is wrong\r\n" },
  { "refused", NET_POP3, "SIGN-IN", "-ERR [AUTH] \"", "\" is wrong\r\n" },
  { "refused", NET_IMAP, "SIGN-IN", "%t NO [AUTHENTICATIONFAILED] \"", "\" is wrong\r\n" },
  { "accepted", NET_SMTP, "SIGN-IN", "235 2.7.0 welcome ", "\r\n" },
  { "accepted", NET_POP3, "SIGN-IN", "+OK welcome ", "\r\n" },
  { "accepted", NET_IMAP, "SIGN-IN", "* OK welcome ", "\r\n%t OK [CAPABILITY IMAP4rev1] in\r\n" },
  { "first-line", NET_SMTP, "SIGN-IN", "535-5.7.8 ", "\r\n535 5.7.8 no\r\n" },
  { "mailbox", NET_SMTP, "MAIL", "550 5.7.1 AUTH PLAIN ", "\r\n" },
  { "mailbox", NET_POP3, "STAT", "-ERR [SYS/TEMP] ", " again later\r\n" },
  { "mailbox", NET_IMAP, "STATUS", "%t NO [UNAVAILABLE] ", " again later\r\n" },
  { "nonsense", NET_ALL, "SIGN-IN", "", "\r\n" },
  { "last-words", NET_SMTP, "SIGN-IN", "421 4.3.2 ", "\r\n", CLOSE },
  { "last-words", NET_IMAP, "SIGN-IN", "* BYE ", "\r\n", CLOSE },
};
/* clang-format on */

static char *
create_hex (void)
{
  GString *hex = g_string_new (NULL);

  for (const char *p = NET_PASSWORD; *p != '\0'; p++)
    g_string_append_printf (hex, "%02x", (guint8) *p);

  return g_string_free (hex, FALSE);
}

/* Byte by byte, so not UTF-8. */
static char *
create_reversed (void)
{
  gsize n_bytes = strlen (NET_PASSWORD);
  char *reversed = g_malloc0 (n_bytes + 1);

  for (gsize i = 0; i < n_bytes; i++)
    reversed[i] = NET_PASSWORD[n_bytes - 1 - i];

  return reversed;
}

static char *
create_echo (Echo echo)
{
  static const char plain[] = "\0" NET_ADDRESS "\0" NET_PASSWORD;

  switch (echo)
    {
    case ECHO_NOT:
      return g_strdup ("x");
    case ECHO_RAW:
      return g_strdup (NET_PASSWORD);
    case ECHO_BASE64:
      return g_base64_encode ((const guchar *) NET_PASSWORD, strlen (NET_PASSWORD));
    case ECHO_PLAIN:
      return g_base64_encode ((const guchar *) plain, sizeof plain - 1);
    case ECHO_HEX:
      return create_hex ();
    case ECHO_PERCENT:
      return g_uri_escape_string (NET_PASSWORD, NULL, FALSE);
    case ECHO_REVERSED:
      return create_reversed ();
    }

  g_assert_not_reached ();
}

/* Everything that is printed while it is open, whoever prints it. */
typedef struct
{
  int file, saved[2];
} Capture;

static void
begin_capture (Capture *self)
{
  fflush (NULL);
  self->file = memfd_create ("printed", MFD_CLOEXEC);
  for (int i = 0; i < 2; i++)
    {
      self->saved[i] = dup (i + 1);
      g_assert_cmpint (dup2 (self->file, i + 1), ==, i + 1);
    }
}

static GBytes *
end_capture (Capture *self)
{
  g_autofree char *path = g_strdup_printf ("/proc/self/fd/%d", self->file);
  char *data;
  gsize size_bytes;

  fflush (NULL);
  for (int i = 0; i < 2; i++)
    {
      dup2 (self->saved[i], i + 1);
      close (self->saved[i]);
    }
  g_assert_true (g_file_get_contents (path, &data, &size_bytes, NULL));
  close (self->file);

  return g_bytes_new_take (data, size_bytes);
}

static OptCheck *
run_logged (const NetAttack *attack, const OptPracticeRule *rule, GBytes **printed)
{
  NetRun run = { .services = 1u << attack->service, .security = attack->security };
  g_autoptr (NetFixture) fixture = net_fixture_new ();
  OptPracticeServer *server = net_fixture_add_server (fixture,
                                                      NET_HOST,
                                                      attack->service,
                                                      attack->security,
                                                      NET_IDENTITY_GOOD);
  g_autoptr (GBytes) received = NULL;
  Capture capture;
  OptCheck *check;

  if (rule != NULL)
    opt_practice_server_add_rule (server, rule);
  begin_capture (&capture);
  g_debug ("the log is heard");
  check = net_fixture_run (fixture, &run);
  *printed = end_capture (&capture);

  /* Or there would be nothing to find. */
  received = opt_practice_server_dup_received_secure (server);
  g_assert_true (net_contains_password (received));

  return check;
}

static void assert_not_in_json (JsonNode *node);

static void
assert_not_in_member (JsonObject *object, const char *name, JsonNode *node, gpointer user_data)
{
  g_assert_false (net_attack_has_password (name));
  assert_not_in_json (node);
}

static void
assert_not_in_element (JsonArray *array, guint index, JsonNode *node, gpointer user_data)
{
  assert_not_in_json (node);
}

static void
assert_not_in_json (JsonNode *node)
{
  if (JSON_NODE_HOLDS_OBJECT (node))
    json_object_foreach_member (json_node_get_object (node), assert_not_in_member, NULL);
  else if (JSON_NODE_HOLDS_ARRAY (node))
    json_array_foreach_element (json_node_get_array (node), assert_not_in_element, NULL);
  else if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    g_assert_false (net_attack_has_password (json_node_get_string (node)));
}

static void
assert_not_in_reports (OptCheck *check)
{
  g_autoptr (JsonNode) json = opt_report_create_json (check);
  g_autofree char *written = json_to_string (json, TRUE);
  g_autofree char *text = opt_report_create_text (check);

  assert_not_in_json (json);
  g_assert_false (net_attack_has_password (written));
  g_assert_false (net_attack_has_password (text));
}

static void
assert_not_in_probe (OptProbe *probe)
{
  const OptEvidence *evidence = opt_probe_get_evidence (probe);
  GPtrArray *transcripts = opt_probe_get_transcripts (probe);
  g_autofree char *shown = opt_advice_create_server_words (evidence);
  g_autofree char *advice =
    opt_advice_create_text (opt_probe_get_diagnosis (probe), evidence, NULL);

  g_assert_false (net_attack_has_password (shown));
  g_assert_false (net_attack_has_password (advice));
  for (guint i = 0; i < transcripts->len; i++)
    {
      GPtrArray *lines = opt_transcript_get_lines (g_ptr_array_index (transcripts, i));

      for (guint j = 0; j < lines->len; j++)
        g_assert_false (net_attack_has_password (g_ptr_array_index (lines, j)));
    }

  if (evidence->reply == NULL)
    return;

  g_assert_false (net_attack_has_password (evidence->reply->text));
  for (guint i = 0; evidence->reply->lines[i] != NULL; i++)
    g_assert_false (net_attack_has_password (evidence->reply->lines[i]));
}

/* One moment, one disguise. */
typedef struct
{
  const Moment *moment;
  Echo echo;
} Leak;

static void
test_leak (gconstpointer data)
{
  const NetAttack *attack = data;
  const Leak *leak = attack->row;
  const Moment *moment = leak->moment;
  g_autofree char *echo = create_echo (leak->echo);
  g_autofree char *reply = g_strconcat (moment->before, echo, moment->after, NULL);
  const OptPracticeRule rule = { moment->when, .reply = reply, .then = moment->then };
  g_autoptr (GBytes) printed = NULL;
  g_autoptr (OptCheck) check = run_logged (attack, &rule, &printed);
  gsize size_bytes;
  const char *text = g_bytes_get_data (printed, &size_bytes);

  g_assert_nonnull (g_strstr_len (text, size_bytes, "the log is heard"));
  g_assert_false (net_contains_password (printed));
  assert_not_in_probe (opt_check_get_probe (check, attack->service));
  assert_not_in_reports (check);
}

/* What is packed could hide what it holds. */
static void
assert_not_in_archive (GBytes *file)
{
  struct archive *archive = archive_read_new ();
  struct archive_entry *entry;
  gsize size_bytes;
  const void *data = g_bytes_get_data (file, &size_bytes);

  archive_read_support_format_zip (archive);
  if (archive_read_open_memory (archive, data, size_bytes) == ARCHIVE_OK)
    while (archive_read_next_header (archive, &entry) == ARCHIVE_OK)
      {
        gsize entry_bytes = archive_entry_size (entry);
        g_autofree char *content = g_malloc (entry_bytes + 1);
        g_autoptr (GBytes) bytes = NULL;

        g_assert_cmpint (archive_read_data (archive, content, entry_bytes), ==, entry_bytes);
        bytes = g_bytes_new (content, entry_bytes);
        g_assert_cmpuint (entry_bytes, >, 0);
        g_assert_false (net_contains_password (bytes));
      }
  archive_read_free (archive);
}

static void
assert_written_safely (GBytes *file)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("optsetup-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "export", NULL);
  g_autofree char *link = g_build_filename (folder, "link", NULL);
  g_autofree char *target = g_build_filename (folder, "target", NULL);
  GStatBuf found;

  g_assert_true (opt_file_write (path, file, OPT_FILE_NEW, &error));
  g_assert_no_error (error);
  g_assert_cmpint (g_lstat (path, &found), ==, 0);
  g_assert_cmpint (found.st_mode, ==, S_IFREG | 0600);

  g_assert_cmpint (symlink (target, link), ==, 0);
  g_assert_false (opt_file_write (link, file, OPT_FILE_REPLACE, &error));
  g_assert_error (error, OPT_ERROR, OPT_ERROR_FILE_LINK);
  g_assert_false (g_file_test (target, G_FILE_TEST_EXISTS));

  g_assert_cmpint (g_unlink (path) + g_unlink (link) + g_rmdir (folder), ==, 0);
}

static void
test_export (gconstpointer data)
{
  const NetAttack *attack = data;
  const OptClient *client = attack->row;
  NetRun run = { .security = attack->security };
  g_autoptr (NetFixture) fixture = net_fixture_new ();
  g_autoptr (OptCheck) check = NULL;
  g_autoptr (OptAccount) account = NULL;
  g_autoptr (OptSettings) settings = NULL;
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) steps = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    net_fixture_add_server (fixture, NET_HOST, i, attack->security, NET_IDENTITY_GOOD);
  check = net_fixture_run (fixture, &run);
  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_WORKS);
  account = opt_check_dup_account (check);
  settings = opt_settings_new (account, attack->service, NULL);

  steps = opt_client_create_steps (client, settings);
  text = g_strjoinv ("\n", steps);
  g_assert_false (net_attack_has_password (text));
  if (!opt_client_has_file (client))
    return;

  files = opt_client_render_files (client, settings, &error);
  if (files == NULL)
    {
      /* Its format has no STARTTLS, or not on these ports. */
      g_assert_error (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE);
      return;
    }

  for (guint i = 0; i < files->len; i++)
    {
      const OptClientFile *file = g_ptr_array_index (files, i);

      g_assert_false (net_contains_password (file->bytes));
      assert_not_in_archive (file->bytes);
      assert_written_safely (file->bytes);
    }
}

static void
add_leaks (GPtrArray *leaks)
{
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (echo_names); j++)
      {
        g_autofree char *path = g_strdup_printf ("8-logs/%s-%s", moments[i].name, echo_names[j]);
        Leak *leak = g_new (Leak, 1);

        *leak = (Leak){ &moments[i], j };
        g_ptr_array_add (leaks, leak);
        net_attack_add (path, moments[i].services, NET_BOTH, leak, test_leak);
      }
}

static void
add_exports (void)
{
  guint n_clients;
  const OptClient *const *clients = opt_clients_get (&n_clients);

  for (guint i = 0; i < n_clients; i++)
    for (guint service = OPT_SERVICE_IMAP; service <= OPT_SERVICE_POP3; service++)
      {
        g_autofree char *path = g_strconcat ("9-exports/", clients[i]->id, NULL);

        if (opt_client_takes (clients[i], service))
          net_attack_add (path, 1u << service, NET_BOTH, clients[i], test_export);
      }
}

int
main (int argc, char *argv[])
{
  g_autoptr (GPtrArray) leaks = g_ptr_array_new_with_free_func (g_free);

  g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
  /* On standard output is what Meson reads. */
  g_log_writer_default_set_use_stderr (TRUE);
  g_test_init (&argc, &argv, NULL);

  add_leaks (leaks);
  add_exports ();

  return g_test_run ();
}
