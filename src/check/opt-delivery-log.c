/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which test messages were sent, a group of a key file each. It is what limits them, and what a
 * later look needs. */
#include "opt-delivery-log.h"

#include "opt-delivery-text.h"
#include "opt-error.h"
#include "opt-file-lock.h"
#include "opt-file.h"

#include <errno.h>
#include <string.h>

#define FOLDER_MODE 0700
#define DAY_S (24 * 60 * 60)
#define KEPT_S (30 * DAY_S)

#define KEY_ADDRESS "address"
#define KEY_SUBJECT "subject"
#define KEY_SENT "sent"
#define KEY_OPEN "open"

/* For how long servers try to pass a message on, at most (RFC 5321 §4.5.4.1). */
#define UNDER_WAY_S (5 * DAY_S)

char *
opt_delivery_log_dup_default_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "optsetup", "deliveries.ini", NULL);
}

/* What is damaged is worth no error: at worst a few messages more may be sent. */
static GKeyFile *
read_log (const char *path)
{
  GKeyFile *log = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  if (!g_key_file_load_from_file (log, path, G_KEY_FILE_NONE, &error) &&
      !g_error_matches (error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_message ("The log of test messages is begun anew: %s", error->message);

  return log;
}

static gboolean
write_log (const char *path, GKeyFile *log, GError **error)
{
  gsize size;
  char *text = g_key_file_to_data (log, &size, NULL);
  g_autoptr (GBytes) bytes = g_bytes_new_take (text, size);

  return opt_file_write (path, bytes, OPT_FILE_REPLACE | OPT_FILE_SWEEP, error);
}

static gboolean
make_folder (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, FOLDER_MODE) == 0)
    return TRUE;

  g_set_error (error, OPT_ERROR, OPT_ERROR_FILE_NOT_WRITTEN, "%s: %s", folder, g_strerror (errno));

  return FALSE;
}

/* Below zero where the clock was set back since. */
static gint64
get_age_s (GKeyFile *log, const char *id, gint64 now_s)
{
  return now_s - MAX (g_key_file_get_int64 (log, id, KEY_SENT, NULL), 0);
}

static gboolean
is_from (GKeyFile *log, const char *id, OptAddress *address)
{
  g_autofree char *from = g_key_file_get_string (log, id, KEY_ADDRESS, NULL);

  return g_strcmp0 (from, opt_address_get_text (address)) == 0;
}

static gboolean
forget_old (GKeyFile *log, gint64 now_s)
{
  g_auto (GStrv) ids = g_key_file_get_groups (log, NULL);
  gboolean forgot = FALSE;

  for (guint i = 0; ids[i] != NULL; i++)
    if (ABS (get_age_s (log, ids[i], now_s)) > KEPT_S)
      forgot |= g_key_file_remove_group (log, ids[i], NULL);

  return forgot;
}

/* Whoever looks into it tidies up: nobody may ever send another one. */
static GKeyFile *
read_tidily (const char *path, gint64 now_s)
{
  g_auto (OptFileLock) lock = opt_file_lock (path);
  g_autoptr (GKeyFile) log = read_log (path);
  g_autoptr (GError) error = NULL;

  if (forget_old (log, now_s) && !write_log (path, log, &error))
    g_message ("The log of test messages keeps what is old: %s", error->message);

  return g_steal_pointer (&log);
}

static gboolean
check_limits (GKeyFile *log, OptAddress *address, gint64 now_s, GError **error)
{
  g_auto (GStrv) ids = g_key_file_get_groups (log, NULL);
  gint64 youngest_s = G_MAXINT64;
  guint n_today = 0;

  for (guint i = 0; ids[i] != NULL; i++)
    if (is_from (log, ids[i], address))
      {
        gint64 age_s = get_age_s (log, ids[i], now_s);

        /* What lies ahead must not be waited for. */
        if (age_s >= 0)
          youngest_s = MIN (youngest_s, age_s);
        n_today += ABS (age_s) < DAY_S;
      }

  if (n_today >= OPT_DELIVERY_LOG_MAX_A_DAY)
    g_set_error (error,
                 OPT_ERROR,
                 OPT_ERROR_DELIVERY_TOO_MANY,
                 "%u test messages in 24 hours",
                 n_today);
  else if (youngest_s < OPT_DELIVERY_LOG_PAUSE_S)
    g_set_error (error,
                 OPT_ERROR,
                 OPT_ERROR_DELIVERY_TOO_SOON,
                 "the last test message is %" G_GINT64_FORMAT " s old",
                 youngest_s);
  else
    return TRUE;

  return FALSE;
}

gboolean
opt_delivery_log_admit (
  const char *path, OptAddress *address, const OptMessage *message, gint64 now_s, GError **error)
{
  g_autoptr (GKeyFile) log = NULL;
  g_auto (OptFileLock) lock = -1;

  g_return_val_if_fail (path != NULL && address != NULL && message != NULL, FALSE);

  if (!make_folder (path, error))
    return FALSE;

  lock = opt_file_lock (path);
  log = read_log (path);
  forget_old (log, now_s);
  if (!check_limits (log, address, now_s, error))
    return FALSE;

  g_key_file_set_string (log, message->id, KEY_ADDRESS, opt_address_get_text (address));
  g_key_file_set_string (log, message->id, KEY_SUBJECT, message->subject);
  g_key_file_set_int64 (log, message->id, KEY_SENT, now_s);
  g_key_file_set_boolean (log, message->id, KEY_OPEN, TRUE);

  return write_log (path, log, error);
}

OptMessage *
opt_delivery_log_create_message (const char *path, OptAccount *account, GError **error)
{
  g_autoptr (OptMessage) message = NULL;

  g_return_val_if_fail (account != NULL, NULL);

  message = opt_delivery_text_create_message (account);
  if (path != NULL && !opt_delivery_log_admit (path,
                                               opt_account_get_address (account),
                                               message,
                                               g_get_real_time () / G_USEC_PER_SEC,
                                               error))
    return NULL;

  return g_steal_pointer (&message);
}

static OptMessage *
create_known (GKeyFile *log, const char *id)
{
  g_autofree char *subject = g_key_file_get_string (log, id, KEY_SUBJECT, NULL);

  return subject != NULL
           ? opt_message_new_sent (id, subject, g_key_file_get_int64 (log, id, KEY_SENT, NULL))
           : NULL;
}

OptMessage *
opt_delivery_log_find (
  const char *path, OptAddress *address, const char *id, gint64 now_s, GError **error)
{
  g_autoptr (GKeyFile) log = NULL;
  OptMessage *message = NULL;

  g_return_val_if_fail (path != NULL && address != NULL && id != NULL, NULL);

  log = read_tidily (path, now_s);
  if (opt_message_is_id (id) && is_from (log, id, address))
    message = create_known (log, id);
  if (message == NULL)
    g_set_error (error, OPT_ERROR, OPT_ERROR_DELIVERY_UNKNOWN, "no test message “%s”", id);

  return message;
}

static gboolean
is_open (GKeyFile *log, const char *id, OptAddress *address, gint64 now_s)
{
  return opt_message_is_id (id) && is_from (log, id, address) &&
         g_key_file_get_boolean (log, id, KEY_OPEN, NULL) &&
         get_age_s (log, id, now_s) < UNDER_WAY_S;
}

OptMessage *
opt_delivery_log_find_open (const char *path, OptAddress *address, gint64 now_s)
{
  g_autoptr (GKeyFile) log = NULL;
  g_auto (GStrv) ids = NULL;
  const char *youngest = NULL;

  g_return_val_if_fail (path != NULL && address != NULL, NULL);

  log = read_tidily (path, now_s);
  ids = g_key_file_get_groups (log, NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    if (is_open (log, ids[i], address, now_s) &&
        (youngest == NULL || get_age_s (log, ids[i], now_s) <= get_age_s (log, youngest, now_s)))
      youngest = ids[i];

  return youngest != NULL ? create_known (log, youngest) : NULL;
}

guint
opt_delivery_log_forget (const char *path, OptAddress *address, GError **error)
{
  g_autoptr (GKeyFile) log = NULL;
  g_auto (GStrv) ids = NULL;
  g_auto (OptFileLock) lock = -1;
  guint n = 0;

  g_return_val_if_fail (path != NULL && address != NULL, 0);

  lock = opt_file_lock (path);
  log = read_log (path);
  ids = g_key_file_get_groups (log, NULL);
  for (guint i = 0; ids[i] != NULL; i++)
    if (is_from (log, ids[i], address))
      n += g_key_file_remove_group (log, ids[i], NULL);

  return n > 0 && write_log (path, log, error) ? n : 0;
}

void
opt_delivery_log_close (const char *path, const char *id)
{
  g_autoptr (GKeyFile) log = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (OptFileLock) lock = -1;

  g_return_if_fail (path != NULL && id != NULL);

  lock = opt_file_lock (path);
  log = read_log (path);
  if (g_key_file_remove_key (log, id, KEY_OPEN, NULL) && !write_log (path, log, &error))
    g_message ("A test message stays open in the log: %s", error->message);
}
