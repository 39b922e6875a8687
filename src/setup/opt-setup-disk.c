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

static char *
dup_own_folder (const OptSetupOwn *own)
{
  return own->folder != NULL ? g_build_filename (g_get_user_config_dir (), own->folder, NULL)
                             : NULL;
}

static gboolean
is_below (const char *path, const char *folder)
{
  g_autofree char *start = g_strconcat (folder, G_DIR_SEPARATOR_S, NULL);

  return g_str_has_prefix (path, start);
}

static gboolean
leads_up (const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, G_DIR_SEPARATOR_S, -1);

  return g_strv_contains ((const char *const *) names, "..");
}

/* The program's folder, one above it, or one of its own. */
static gboolean
is_valid_folder (char **words, const OptSetupOwn *own)
{
  g_autofree char *folder = dup_own_folder (own);

  if (folder == NULL)
    return FALSE;
  if (is_below (words[0], folder))
    return !leads_up (words[0] + strlen (folder));

  return g_str_equal (words[0], folder) || is_below (folder, words[0]);
}

/* The program may have made it since we looked: then it is not ours. */
static gboolean
make_folder (OptSetupChange *change, OptSecret *secret, GCancellable *cancellable, GError **error)
{
  const char *path = change->words[0];

  change->is_ours = g_mkdir (path, FOLDER_MODE) == 0;
  if (change->is_ours)
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
describe_folder (const OptSetupChange *change, OptSetupText text, GStrvBuilder *lines)
{
  g_autofree char *path = g_filename_display_name (change->words[0]);
  g_autofree char *line = text == OPT_SETUP_TEXT_NEW
                            /* Translators: %s is the path of a folder */
                            ? g_strdup_printf (_ ("New folder “%s”"), path)
                            /* Translators: %s is the path of a folder */
                            : g_strdup_printf (_ ("The folder “%s”"), path);

  g_strv_builder_add (lines, line);
}

static gboolean
is_valid_file (char **words, const OptSetupOwn *own)
{
  g_autofree char *folder = dup_own_folder (own);

  return own->file_pattern != NULL && is_below (words[0], folder) &&
         g_regex_match_simple (own->file_pattern, words[0] + strlen (folder) + 1, 0, 0) &&
         words[1][0] != '\0';
}

static gboolean
check_file_free (const OptSetupChange *change, GCancellable *cancellable, GError **error)
{
  const char *path = change->words[0];

  if (!g_file_test (path, G_FILE_TEST_EXISTS) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    return TRUE;

  g_set_error (error, OPT_ERROR, OPT_ERROR_SETUP_EXISTS, "“%s” is there already", path);

  return FALSE;
}

/* “jane@example.net” is not in “mary.jane@example.net”. */
static gboolean
has_word (const char *text, const char *word)
{
  g_autofree char *escaped = g_regex_escape_string (word, -1);
  g_autofree char *pattern =
    g_strdup_printf ("(?<![A-Za-z0-9._+-])%s(?![A-Za-z0-9._@+-])", escaped);

  return g_utf8_validate (text, -1, NULL) &&
         g_regex_match_simple (pattern, text, G_REGEX_CASELESS, 0);
}

static gboolean
make_file (OptSetupChange *change, OptSecret *secret, GCancellable *cancellable, GError **error)
{
  g_autoptr (GBytes) bytes = g_variant_get_data_as_bytes (change->content);

  change->is_ours = opt_file_write (change->words[0], bytes, OPT_FILE_NEW, error);

  return change->is_ours;
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
      !g_file_get_contents (path, &text, NULL, NULL) || !has_word (text, change->words[1]))
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
describe_file (const OptSetupChange *change, OptSetupText text, GStrvBuilder *lines)
{
  g_autofree char *path = g_filename_display_name (change->words[0]);
  g_autofree char *line = text == OPT_SETUP_TEXT_NEW
                            /* Translators: %s is the path of a file */
                            ? g_strdup_printf (_ ("New file “%s”"), path)
                            /* Translators: %s is the path of a file */
                            : g_strdup_printf (_ ("The file “%s”"), path);

  g_strv_builder_add (lines, line);
}

const OptSetupKind opt_setup_kind_folder = {
  .name = "folder",
  .n_words = 1,
  .is_valid = is_valid_folder,
  .make = make_folder,
  .take_back = take_back_folder,
  .describe = describe_folder,
};

const OptSetupKind opt_setup_kind_file = {
  .name = "file",
  .n_words = 2,
  .is_valid = is_valid_file,
  .check_free = check_file_free,
  .make = make_file,
  .take_back = take_back_file,
  .describe = describe_file,
};
