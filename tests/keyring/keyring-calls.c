/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "keyring-calls.h"

#include "opt-error.h"

#include <string.h>

/* Generous: an unloaded machine needs milliseconds. */
#define DEADLINE_S 60

OptAccount *
account_new (const char *text, const char *imap, const char *pop3, const char *smtp)
{
  const char *servers[OPT_N_SERVICES] = {
    [OPT_SERVICE_IMAP] = imap,
    [OPT_SERVICE_POP3] = pop3,
    [OPT_SERVICE_SMTP] = smtp,
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (OptAddress) address = opt_address_parse (text, &error);
  OptAccount *account;

  g_assert_no_error (error);
  account = opt_account_new (NULL, address, NULL);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (servers[i] != NULL)
      {
        g_autoptr (OptServer) server = opt_server_parse (i, servers[i], text, &error);
        OptAccount *next;

        g_assert_no_error (error);
        next = opt_account_with_server (account, server);
        opt_account_unref (account);
        account = next;
      }

  return account;
}

OptSecret *
secret_new (const char *password)
{
  g_autoptr (GError) error = NULL;
  OptSecret *secret = opt_secret_new (password, strlen (password), &error);

  g_assert_no_error (error);

  return secret;
}

void
keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  g_assert_null (*kept);
  *kept = g_object_ref (result);
}

static gboolean
on_deadline (gpointer user_data)
{
  g_error ("nothing came back within %d s", DEADLINE_S);

  return G_SOURCE_REMOVE;
}

GAsyncResult *
wait_for_result (GAsyncResult **result)
{
  guint deadline_id = g_timeout_add_seconds (DEADLINE_S, on_deadline, NULL);

  g_assert_null (*result); /* never before _async has returned */
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline_id);

  return *result;
}

gboolean
call_save (OptAccount *account, const char *password, GCancellable *cancellable, GError **error)
{
  g_autoptr (OptKeyring) keyring = opt_keyring_libsecret_new ();
  g_autoptr (OptSecret) secret = secret_new (password);
  g_autoptr (GAsyncResult) result = NULL;

  opt_keyring_save_async (keyring, account, secret, cancellable, keep_result, &result);

  return opt_keyring_save_finish (keyring, wait_for_result (&result), error);
}

OptSecret *
call_find (OptAccount *account, GCancellable *cancellable, GError **error)
{
  g_autoptr (OptKeyring) keyring = opt_keyring_libsecret_new ();
  g_autoptr (GAsyncResult) result = NULL;

  opt_keyring_find_async (keyring, account, cancellable, keep_result, &result);

  return opt_keyring_find_finish (keyring, wait_for_result (&result), error);
}

GPtrArray *
call_list (GCancellable *cancellable, GError **error)
{
  g_autoptr (OptKeyring) keyring = opt_keyring_libsecret_new ();
  g_autoptr (GAsyncResult) result = NULL;

  opt_keyring_list_async (keyring, cancellable, keep_result, &result);

  return opt_keyring_list_finish (keyring, wait_for_result (&result), error);
}

int
call_forget (const char *address, GCancellable *cancellable, GError **error)
{
  g_autoptr (OptKeyring) keyring = opt_keyring_libsecret_new ();
  g_autoptr (GAsyncResult) result = NULL;

  opt_keyring_forget_async (keyring, address, cancellable, keep_result, &result);

  return opt_keyring_forget_finish (keyring, wait_for_result (&result), error);
}

char *
call_describe (GCancellable *cancellable, GError **error)
{
  g_autoptr (OptKeyring) keyring = opt_keyring_libsecret_new ();
  g_autoptr (GAsyncResult) result = NULL;

  opt_keyring_describe_async (keyring, cancellable, keep_result, &result);

  return opt_keyring_describe_finish (keyring, wait_for_result (&result), error);
}

void
assert_saved (OptAccount *account, const char *password)
{
  g_autoptr (GError) error = NULL;
  gboolean saved = call_save (account, password, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (saved);
}

void
assert_found (OptAccount *account, const char *password)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptSecret) secret = call_find (account, NULL, &error);

  g_assert_no_error (error);
  g_assert_nonnull (secret);
  g_assert_cmpmem (opt_secret_peek (secret),
                   opt_secret_get_size (secret) + 1,
                   password,
                   strlen (password) + 1);
}

void
assert_not_found (OptAccount *account)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptSecret) secret = call_find (account, NULL, &error);

  g_assert_error (error, OPT_ERROR, OPT_ERROR_KEYRING_NOT_FOUND);
  g_assert_null (secret);
}

void
assert_listed (const char *want)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) items = call_list (NULL, &error);
  g_autoptr (GString) got = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < items->len; i++)
    {
      OptKeyringItem *item = g_ptr_array_index (items, i);

      g_string_append_printf (got,
                              "%s %s %s %s\n",
                              item->address,
                              opt_service_to_string (item->service),
                              item->host,
                              item->user);
    }

  g_assert_cmpstr (got->str, ==, want);
}
