/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Asks the keyring for what a program keeps there for one of its servers, and for nothing else.
 * Where a program keeps it, and in which form, is in the program's own file. */
#include "opt-kept-password.h"

#include "opt-error.h"
#include "opt-setup-private.h"

static const OptSetup *
find_setup (const OptFound *found)
{
  return found->client != NULL ? opt_setup_find (found->client->id) : NULL;
}

/* A token that signs in instead of a password is not ours to use. */
static char **
dup_item (const OptFound *found, OptService service)
{
  const OptFoundServer *server = found->servers[service];
  const OptSetup *setup = find_setup (found);

  if (setup == NULL || server == NULL || server->auth == OPT_FOUND_AUTH_OTHER)
    return NULL;

  return setup->dup_item (server, service);
}

gboolean
opt_kept_password_may_be_there (const OptFound *found)
{
  g_return_val_if_fail (found != NULL, FALSE);

  for (guint service = 0; service < OPT_N_SERVICES; service++)
    {
      g_auto (GStrv) words = dup_item (found, service);

      if (words != NULL)
        return TRUE;
    }

  return FALSE;
}

static OptSecret *
read_item (const OptFound *found, OptService service, GCancellable *cancellable, GError **error)
{
  g_auto (GStrv) words = dup_item (found, service);
  g_autoptr (GBytes) content = NULL;
  OptForeignItem item;

  if (words == NULL)
    {
      g_set_error (error,
                   OPT_ERROR,
                   OPT_ERROR_KEYRING_NOT_FOUND,
                   "%s keeps none for %s",
                   opt_found_get_client_name (found),
                   opt_service_to_string (service));
      return NULL;
    }

  item = opt_setup_get_item (words);
  content = opt_foreign_item_read (&item, cancellable, error);

  return content != NULL ? find_setup (found)->packing->unpack (content, service, error) : NULL;
}

/* The keyring's own failures will not go away with the next server. */
static gboolean
may_go_on (const GError *error)
{
  return g_error_matches (error, OPT_ERROR, OPT_ERROR_KEYRING_NOT_FOUND) ||
         g_error_matches (error, OPT_ERROR, OPT_ERROR_PASSWORD_EMPTY) ||
         g_error_matches (error, OPT_ERROR, OPT_ERROR_PASSWORD_NOT_TEXT) ||
         g_error_matches (error, OPT_ERROR, OPT_ERROR_PASSWORD_LONG);
}

/* That of the first server that has one: all of an account's servers take the same. What cannot be
 * a password is worth more to be told than that another server has none. */
static OptSecret *
find (const OptFound *found, GCancellable *cancellable, GError **error)
{
  g_autoptr (GError) worst = NULL;

  for (guint service = 0; service < OPT_N_SERVICES; service++)
    {
      g_autoptr (GError) cause = NULL;
      OptSecret *secret = read_item (found, service, cancellable, &cause);

      if (secret != NULL)
        return secret;
      if (!may_go_on (cause))
        {
          g_propagate_error (error, g_steal_pointer (&cause));
          return NULL;
        }

      if (worst == NULL || g_error_matches (worst, OPT_ERROR, OPT_ERROR_KEYRING_NOT_FOUND))
        {
          g_clear_error (&worst);
          worst = g_steal_pointer (&cause);
        }
    }

  g_propagate_error (error, g_steal_pointer (&worst));

  return NULL;
}

static void
run_find (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  OptSecret *secret = find (data, cancellable, &error);

  if (secret != NULL)
    g_task_return_pointer (task, secret, (GDestroyNotify) opt_secret_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

void
opt_kept_password_find_async (OptFound *found,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (found != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, opt_kept_password_find_async);
  g_task_set_task_data (task, opt_found_ref (found), (GDestroyNotify) opt_found_unref);
  g_task_run_in_thread (task, run_find);
}

OptSecret *
opt_kept_password_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
