/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "session-fixture.h"

#include "opt-account-store.h"
#include "opt-error.h"

#include <glib/gstdio.h>
#include <string.h>

#define WORKS "works@optonline.net"
#define REFUSED "wrong-password@optonline.net"

static OptFoundList *
get_list (SessionFixture *fixture)
{
  return opt_session_get_founds (fixture->session);
}

static guint
count (SessionFixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_list (fixture)));
}

/* Settings of some program, as they should be or with a host that was switched off. */
static OptFoundItem *
add (SessionFixture *fixture, const char *client_id, const char *address, const char *imap_host)
{
  g_autoptr (OptFound) found = opt_found_new ();

  found->client = opt_client_find (client_id);
  found->name = g_strdup ("Jane Doe");
  found->address = g_strdup (address);
  opt_found_add_server (found, OPT_SERVICE_IMAP, imap_host)->user = g_strdup (address);
  opt_found_add_server (found, OPT_SERVICE_SMTP, "mail.optonline.net")->user = g_strdup (address);

  return opt_found_list_add (get_list (fixture), found, NULL);
}

static void
set_password (SessionFixture *fixture, OptFoundItem *item, const char *password)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (
    opt_found_list_set_password (get_list (fixture), item, password, strlen (password), &error));
  g_assert_no_error (error);
}

static gboolean
nothing_is_busy (OptSession *session)
{
  GListModel *list = G_LIST_MODEL (opt_session_get_founds (session));

  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    {
      g_autoptr (OptFoundItem) item = g_list_model_get_item (list, i);

      if (opt_found_item_is_busy (item))
        return FALSE;
    }

  return TRUE;
}

static gboolean
scan_is_over (OptSession *session)
{
  return !opt_found_list_is_scanning (opt_session_get_founds (session));
}

static gboolean
first_password_is_kept (OptSession *session)
{
  g_autoptr (OptFoundItem) item =
    g_list_model_get_item (G_LIST_MODEL (opt_session_get_founds (session)), 0);

  return opt_found_item_get_password (item) == OPT_FOUND_PASSWORD_KEPT;
}

static OptReviewVerdict
get_verdict (OptFoundItem *item)
{
  return opt_review_get_verdict (opt_found_item_get_review (item));
}

static void
test_untested (SessionFixture *fixture, gconstpointer data)
{
  OptFoundItem *good = add (fixture, "thunderbird", WORKS, "mail.optonline.net");
  OptFoundItem *bad = add (fixture, "claws", WORKS, "imap.optonline.net");
  OptFoundItem *strange = add (fixture, "claws", "jane@example.net", "mail.example.net");

  g_assert_cmpint (opt_found_item_get_standing (good), ==, OPT_STANDING_GOOD);
  g_assert_cmpint (opt_found_item_get_standing (bad), !=, OPT_STANDING_GOOD);
  g_assert_cmpint (opt_found_item_get_standing (strange), ==, OPT_STANDING_UNKNOWN);
  g_assert_true (opt_found_list_find (get_list (fixture), opt_found_item_get_id (bad)) == bad);
  g_assert_null (opt_found_list_find (get_list (fixture), 1000));
  g_assert_false (opt_found_list_can_test_all (get_list (fixture)));
}

/* One address has one password, in whatever program, found before or after. */
static void
test_password_of_address (SessionFixture *fixture, gconstpointer data)
{
  OptFoundItem *first = add (fixture, "thunderbird", WORKS, "mail.optonline.net");
  OptFoundItem *other = add (fixture, "claws", REFUSED, "mail.optonline.net");
  OptFoundItem *second = add (fixture, "claws", WORKS, "mail.optonline.net");
  g_autoptr (GError) error = NULL;

  set_password (fixture, first, SESSION_PASSWORD);
  g_assert_cmpint (opt_found_item_get_password (second), ==, OPT_FOUND_PASSWORD_HELD);
  g_assert_cmpint (opt_found_item_get_password (other), ==, OPT_FOUND_PASSWORD_UNKNOWN);
  g_assert_cmpint (opt_found_item_get_password (add (fixture, "mutt", WORKS, "mail.optonline.net")),
                   ==,
                   OPT_FOUND_PASSWORD_HELD);
  g_assert_true (opt_found_list_can_test_all (get_list (fixture)));

  g_assert_true (opt_found_list_set_password (get_list (fixture), second, "", 0, &error));
  g_assert_cmpint (opt_found_item_get_password (first), ==, OPT_FOUND_PASSWORD_UNKNOWN);
  g_assert_false (opt_found_list_set_password (get_list (fixture), first, "a\nb", 3, &error));
  g_assert_cmpint (error->domain, ==, OPT_ERROR);
  g_assert_false (opt_found_list_can_test_all (get_list (fixture)));
}

static void
test_test (SessionFixture *fixture, gconstpointer data)
{
  OptFoundItem *item = add (fixture, "thunderbird", WORKS, "imap.optonline.net");
  g_autofree char *report = NULL;

  set_password (fixture, item, SESSION_PASSWORD);
  opt_found_list_start_test (get_list (fixture), item);
  g_assert_cmpint (opt_found_item_get_standing (item), ==, OPT_STANDING_BUSY);
  g_assert_false (opt_found_list_can_test (get_list (fixture), item));
  session_wait_for (fixture->session, nothing_is_busy);
  g_assert_cmpint (get_verdict (item), ==, OPT_REVIEW_WANTED_WORKS);
  g_assert_cmpint (opt_found_item_get_standing (item), ==, OPT_STANDING_BAD);
  g_assert_false (opt_found_item_was_refused (item));

  /* As it is, and as it should be. */
  opt_session_set_found (fixture->session, item);
  report = opt_session_create_found_report (fixture->session);
  g_assert_nonnull (strstr (report, "imap.optonline.net"));
  g_assert_nonnull (strstr (report, "mail.optonline.net"));
}

static void
test_cancel (SessionFixture *fixture, gconstpointer data)
{
  OptFoundItem *item = add (fixture, "thunderbird", WORKS, "mail.optonline.net");

  set_password (fixture, item, SESSION_PASSWORD);
  opt_found_list_start_test (get_list (fixture), item);
  opt_found_list_cancel_test (get_list (fixture), item);
  session_wait_for (fixture->session, nothing_is_busy);
  g_assert_cmpint (get_verdict (item), ==, OPT_REVIEW_CANCELLED);
  g_assert_cmpint (opt_found_item_get_standing (item), ==, OPT_STANDING_GOOD);
}

static void
count_ends (OptFoundList *list, GParamSpec *pspec, guint *n_ends)
{
  if (!opt_found_list_is_testing (list))
    (*n_ends)++;
}

/* One wrong password is one failed sign-in, in however many programs it is. */
static void
test_all (SessionFixture *fixture, gconstpointer data)
{
  guint n_ends = 0;
  OptFoundItem *works = add (fixture, "thunderbird", WORKS, "mail.optonline.net");
  OptFoundItem *works_too = add (fixture, "claws", WORKS, "mail.optonline.net");
  OptFoundItem *refused = add (fixture, "thunderbird", REFUSED, "mail.optonline.net");
  OptFoundItem *waiting = add (fixture, "claws", REFUSED, "mail.optonline.net");
  OptFoundItem *without = add (fixture, "claws", "jane@optonline.net", "mail.optonline.net");

  set_password (fixture, works, SESSION_PASSWORD);
  set_password (fixture, refused, "wrong password");
  g_signal_connect (get_list (fixture), "notify::testing", G_CALLBACK (count_ends), &n_ends);
  opt_found_list_start_test_all (get_list (fixture));
  g_assert_true (opt_found_list_is_testing (get_list (fixture)));
  g_assert_true (opt_found_item_is_busy (waiting));
  g_assert_false (opt_found_item_is_busy (without));
  session_wait_for (fixture->session, nothing_is_busy);
  g_assert_cmpuint (n_ends, ==, 1);

  g_assert_cmpint (get_verdict (works), ==, OPT_REVIEW_WORKS);
  g_assert_cmpint (get_verdict (works_too), ==, OPT_REVIEW_WORKS);
  g_assert_true (opt_found_item_was_refused (refused));
  g_assert_cmpint (get_verdict (waiting), ==, OPT_REVIEW_NONE);
  g_assert_cmpint (get_verdict (without), ==, OPT_REVIEW_NONE);
}

static void
test_hosts (SessionFixture *fixture, gconstpointer data)
{
  OptFoundItem *item = add (fixture, "thunderbird", WORKS, "mail.example.net");
  OptFoundItem *other = add (fixture, "claws", WORKS, "mail.example.net");
  g_auto (GStrv) hosts = opt_found_list_dup_unconfirmed_hosts (get_list (fixture), item);
  g_auto (GStrv) none = NULL;
  g_auto (GStrv) all = NULL;

  g_assert_true (
    g_strv_equal ((const char *const *) hosts, (const char *[]){ "mail.example.net", NULL }));
  opt_found_list_confirm_host (get_list (fixture), item, "mail.example.net");
  none = opt_found_list_dup_unconfirmed_hosts (get_list (fixture), item);
  g_assert_null (none[0]);

  /* That was said of one account, and not of another. */
  set_password (fixture, other, SESSION_PASSWORD);
  all = opt_found_list_dup_unconfirmed_hosts (get_list (fixture), NULL);
  g_assert_true (
    g_strv_equal ((const char *const *) all, (const char *[]){ "mail.example.net", NULL }));
}

static void
save_account (SessionFixture *fixture, const char *address)
{
  session_type_in (fixture->session, address, SESSION_PASSWORD);
  opt_session_start_saving (fixture->session);
  while (opt_session_get_save_state (fixture->session) == OPT_SAVE_BUSY)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (opt_session_get_save_state (fixture->session), ==, OPT_SAVE_DONE);
}

/* What was set up with us comes first, and a test is noted with its date. */
static void
test_saved (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (OptFoundItem) item = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  add (fixture, "thunderbird", WORKS, "mail.optonline.net");
  fixture->keyring->kept_address = WORKS;
  save_account (fixture, WORKS);
  g_assert_cmpuint (count (fixture), ==, 2);
  item = g_list_model_get_item (G_LIST_MODEL (get_list (fixture)), 0);
  g_assert_true (opt_found_item_is_saved (item));
  g_assert_cmpstr (opt_found_item_get_address (item), ==, WORKS);
  g_assert_null (opt_found_item_get_checked (item));

  session_wait_for (fixture->session, first_password_is_kept);
  g_assert_cmpuint (fixture->keyring->n_found, ==, 0);
  opt_found_list_start_test (get_list (fixture), item);
  session_wait_for (fixture->session, nothing_is_busy);
  g_assert_cmpint (get_verdict (item), ==, OPT_REVIEW_WORKS);
  g_assert_cmpuint (fixture->keyring->n_found, ==, 1);
  g_assert_cmpstr (opt_found_item_get_last_verdict (item), ==, "works");
  g_assert_cmpint (g_date_time_difference (opt_found_item_get_checked (item), now),
                   >=,
                   -G_TIME_SPAN_SECOND);
  g_assert_cmpuint (count (fixture), ==, 2);
}

static void
on_failed (OptFoundList *list, const GError *error, gpointer user_data)
{
  GError **seen = user_data;

  g_clear_error (seen);
  *seen = g_error_copy (error);
}

/* It was there when the list was made, and is gone when it is needed. */
static void
test_password_is_gone (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (OptFoundItem) item = NULL;
  g_autoptr (GError) error = NULL;

  fixture->keyring->kept_address = WORKS;
  save_account (fixture, WORKS);
  session_wait_for (fixture->session, first_password_is_kept);
  item = g_list_model_get_item (G_LIST_MODEL (get_list (fixture)), 0);
  fixture->keyring->kept_address = NULL;
  g_signal_connect (get_list (fixture), "failed", G_CALLBACK (on_failed), &error);
  opt_found_list_start_test (get_list (fixture), item);
  session_wait_for (fixture->session, nothing_is_busy);
  g_assert_error (error, OPT_ERROR, OPT_ERROR_KEYRING_NOT_FOUND);
  g_assert_cmpint (get_verdict (item), ==, OPT_REVIEW_NONE);
}

/* A machine with nothing on it but what we have saved. */
static void
test_scan (SessionFixture *fixture, gconstpointer data)
{
  OptMachine *machine = opt_machine_new ();

  g_free (machine->home_folder);
  machine->home_folder = g_strdup (fixture->folder);
  g_free (machine->config_folder);
  machine->config_folder = g_strdup (fixture->folder);
  save_account (fixture, WORKS);
  opt_found_list_set_machine (get_list (fixture), machine);
  opt_found_list_start_scan (get_list (fixture));
  g_assert_true (opt_found_list_is_scanning (get_list (fixture)));
  session_wait_for (fixture->session, scan_is_over);
  g_assert_cmpuint (count (fixture), ==, 1);
  g_assert_cmpuint (opt_found_list_get_troubles (get_list (fixture))->len, ==, 0);

  opt_found_list_start_scan (get_list (fixture));
  g_assert_false (opt_found_list_is_scanning (get_list (fixture)));
}

typedef struct
{
  gboolean called;
  GPtrArray *items;
  GError *error;
} Opened;

static void
open_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Opened *opened = user_data;

  opened->called = TRUE;
  opened->items = opt_found_list_open_finish (OPT_FOUND_LIST (source), result, &opened->error);
}

static void
open_file (SessionFixture *fixture, const char *path, Opened *opened)
{
  *opened = (Opened){ FALSE, NULL, NULL };
  opt_found_list_open_async (get_list (fixture), path, NULL, open_done, opened);
  while (!opened->called)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_open_file (SessionFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "settings", NULL);
  g_autoptr (GPtrArray) files = NULL;
  g_autoptr (GError) error = NULL;
  const OptClientFile *file;
  Opened opened;

  open_file (fixture, path, &opened);
  g_assert_error (opened.error, OPT_ERROR, OPT_ERROR_READ_FAILED);
  g_assert_null (opened.items);
  g_clear_error (&opened.error);

  session_type_in (fixture->session, WORKS, SESSION_PASSWORD);
  files =
    opt_session_create_files (fixture->session, opt_client_find ("autoconfig"), FALSE, &error);
  g_assert_no_error (error);
  file = g_ptr_array_index (files, 0);
  g_file_set_contents (path,
                       g_bytes_get_data (file->bytes, NULL),
                       (gssize) g_bytes_get_size (file->bytes),
                       &error);
  g_assert_no_error (error);

  /* Opened once more, it has its accounts once. */
  for (guint i = 0; i < 2; i++)
    {
      open_file (fixture, path, &opened);
      g_assert_no_error (opened.error);
      g_assert_cmpuint (opened.items->len, ==, 1);
      g_assert_cmpstr (opt_found_item_get_file (g_ptr_array_index (opened.items, 0)), ==, path);
      g_assert_cmpuint (count (fixture), ==, 1);
      g_ptr_array_unref (opened.items);
    }
  g_remove (path);
}

/* What does not work does not move: the servers that do are handed on. */
static void
test_take_over (SessionFixture *fixture, gconstpointer data)
{
  OptFoundItem *item = add (fixture, "thunderbird", WORKS, "imap.optonline.net");
  g_autoptr (OptAccount) untested = NULL;
  g_autoptr (OptAccount) tested = NULL;

  g_assert_true (opt_session_take_over (fixture->session, item));
  untested = opt_session_dup_account (fixture->session);
  g_assert_cmpstr (opt_account_get_name (untested), ==, "Jane Doe");
  g_assert_cmpstr (opt_server_get_host (opt_account_get_server (untested, OPT_SERVICE_IMAP)),
                   ==,
                   "mail.optonline.net");
  g_assert_false (opt_session_has_password (fixture->session));
  g_assert_null (opt_session_get_check (fixture->session));

  set_password (fixture, item, SESSION_PASSWORD);
  opt_found_list_start_test (get_list (fixture), item);
  session_wait_for (fixture->session, nothing_is_busy);
  g_assert_true (opt_session_take_over (fixture->session, item));
  g_assert_true (opt_session_has_password (fixture->session));
  g_assert_nonnull (opt_session_get_check (fixture->session));
  g_assert_true (opt_session_can_receive_by (fixture->session, OPT_SERVICE_IMAP));
  tested = opt_session_dup_account (fixture->session);
  g_assert_cmpstr (opt_server_get_host (opt_account_get_server (tested, OPT_SERVICE_IMAP)),
                   ==,
                   "mail.optonline.net");
}

static void
test_take_over_nonsense (SessionFixture *fixture, gconstpointer data)
{
  OptFoundItem *item = add (fixture, "thunderbird", "no address", "mail.optonline.net");

  g_assert_false (opt_session_take_over (fixture->session, item));
  g_assert_false (opt_session_can_change_password (fixture->session, item));
}

/* Programs that send nothing keep a name to sign in with, and no address. */
static void
test_derived_address (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (OptFound) found = opt_found_new ();
  OptFoundItem *other = add (fixture, "thunderbird", WORKS, "mail.optonline.net");
  OptFoundItem *item;
  g_autofree char *text = NULL;

  found->client = opt_client_find ("fetchmail");
  opt_found_add_server (found, OPT_SERVICE_IMAP, "mail.optonline.net")->user = g_strdup ("works");
  item = opt_found_list_add (get_list (fixture), found, NULL);
  g_assert_cmpstr (opt_found_item_get_address (item), ==, WORKS);

  set_password (fixture, other, SESSION_PASSWORD);
  g_assert_cmpint (opt_found_item_get_password (item), ==, OPT_FOUND_PASSWORD_HELD);
  g_assert_true (opt_session_take_over (fixture->session, item));
  g_object_get (fixture->session, "address", &text, NULL);
  g_assert_cmpstr (text, ==, WORKS);
}

/* Nobody can tell whose it is, and that is no reason to fall over. */
static void
test_no_address (SessionFixture *fixture, gconstpointer data)
{
  g_autoptr (OptFound) found = opt_found_new ();
  OptFoundItem *item;
  g_autofree char *text = NULL;

  found->client = opt_client_find ("fetchmail");
  opt_found_add_server (found, OPT_SERVICE_IMAP, "mail.example.org")->user = g_strdup ("jane");
  item = opt_found_list_add (get_list (fixture), found, NULL);
  g_assert_null (opt_found_item_get_address (item));
  g_assert_false (opt_session_take_over (fixture->session, item));
  g_object_get (fixture->session, "address", &text, NULL);
  g_assert_cmpstr (text, ==, "");
}

int
main (int argc, char *argv[])
{
  static const struct
  {
    const char *path;
    void (*test) (SessionFixture *fixture, gconstpointer data);
  } tests[] = {
    { "/session-found/untested", test_untested },
    { "/session-found/password-of-address", test_password_of_address },
    { "/session-found/test", test_test },
    { "/session-found/cancel", test_cancel },
    { "/session-found/all", test_all },
    { "/session-found/hosts", test_hosts },
    { "/session-found/saved", test_saved },
    { "/session-found/password-is-gone", test_password_is_gone },
    { "/session-found/scan", test_scan },
    { "/session-found/open-file", test_open_file },
    { "/session-found/take-over", test_take_over },
    { "/session-found/take-over-nonsense", test_take_over_nonsense },
    { "/session-found/derived-address", test_derived_address },
    { "/session-found/no-address", test_no_address },
  };

  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path,
                SessionFixture,
                NULL,
                session_fixture_set_up,
                tests[i].test,
                session_fixture_tear_down);

  return g_test_run ();
}
