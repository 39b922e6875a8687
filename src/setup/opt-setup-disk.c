/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Files and folders of our making. A file is taken back only while it still speaks of the account
 * that it was made for, a folder only when it is empty. */
#include "opt-setup-change.h"

#include "opt-error.h"
#include "opt-file.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <errno.h>
#include <string.h>

#define FOLDER_MODE 0700

static gboolean
fail_with_errno (const char *path, int reason, GError **error)
{
  gboolean refused = reason == EACCES || reason == EPERM || reason == EROFS;

  g_set_error (error,
               OPT_ERROR,
               refused ? OPT_ERROR_FILE_NOT_ALLOWED : OPT_ERROR_FILE_NOT_WRITTEN,
               "“%s”: %s",
               path,
               g_strerror (reason));

  return FALSE;
}

/* The program may have made it since we looked. */
static gboolean
make_folder (OptSetupChange *change, OptSecret *secret, GCancellable *cancellable, GError **error)
{
  const char *path = change->words[0];

  if (g_mkdir (path, FOLDER_MODE) == 0)
    return TRUE;

  return (errno == EEXIST && g_file_test (path, G_FILE_TEST_IS_DIR)) ||
         fail_with_errno (path, errno, error);
}

static gboolean
take_back_folder (const OptSetupChange *change, GError **error)
{
  const char *path = change->words[0];

  if (g_rmdir (path) == 0 || errno == ENOENT)
    return TRUE;
  if (errno != ENOTEMPTY && errno != EEXIST)
    return fail_with_errno (path, errno, error);

  g_set_error_literal (error,
                       G_IO_ERROR,
                       G_IO_ERROR_NOT_EMPTY,
                       _ ("Something else is in it by now."));

  return FALSE;
}

static void
describe_folder (const OptSetupChange *change, GStrvBuilder *lines)
{
  g_autofree char *path = g_filename_display_name (change->words[0]);
  /* Translators: %s is the path of a folder */
  g_autofree char *line = g_strdup_printf (_ ("New folder “%s”"), path);

  g_strv_builder_add (lines, line);
}

static gboolean
make_file (OptSetupChange *change, OptSecret *secret, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (change->content);

  return opt_file_write (change->words[0], bytes, OPT_FILE_NEW, error);
}

static gboolean
take_back_file (const OptSetupChange *change, GError **error)
{
  const char *path = change->words[0];
  g_autofree char *text = NULL;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return TRUE;

  /* A link would be none of ours, wherever it leads. */
  if (g_file_test (path, G_FILE_TEST_IS_SYMLINK) ||
      !g_file_get_contents (path, &text, NULL, NULL) || strstr (text, change->words[1]) == NULL)
    {
      g_set_error_literal (error,
                           G_IO_ERROR,
                           G_IO_ERROR_WRONG_ETAG,
                           _ ("It is about something else by now."));
      return FALSE;
    }

  return g_unlink (path) == 0 || errno == ENOENT || fail_with_errno (path, errno, error);
}

static void
describe_file (const OptSetupChange *change, GStrvBuilder *lines)
{
  g_autofree char *path = g_filename_display_name (change->words[0]);
  /* Translators: %s is the path of a file */
  g_autofree char *line = g_strdup_printf (_ ("New file “%s”"), path);

  g_strv_builder_add (lines, line);
}

const OptSetupKind opt_setup_kind_folder = {
  .name = "folder",
  .n_words = 1,
  .make = make_folder,
  .take_back = take_back_folder,
  .describe = describe_folder,
};

const OptSetupKind opt_setup_kind_file = {
  .name = "file",
  .n_words = 2,
  .make = make_file,
  .take_back = take_back_file,
  .describe = describe_file,
};
