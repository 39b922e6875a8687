/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that a person asked for by name. */
#include "opt-cli-file.h"

#include "opt-error.h"
#include "opt-file.h"

#include <glib/gi18n.h>

static OptFileFlags
flags_of (gboolean force)
{
  return force ? OPT_FILE_REPLACE : OPT_FILE_NEW;
}

static OptCliStatus
complain (const char *path, gboolean force, const GError *error)
{
  g_autofree char *shown = g_filename_display_name (path);

  if (force || !g_error_matches (error, OPT_ERROR, OPT_ERROR_FILE_EXISTS))
    return opt_cli_complain_about (error);

  /* Translators: %s is the name of a file */
  opt_cli_complain (_ ("“%s” is already there; --force replaces it"), shown);

  return OPT_CLI_FAILED;
}

gboolean
opt_cli_is_stdout (const char *path)
{
  return g_strcmp0 (path, "-") == 0;
}

OptCliStatus
opt_cli_check_file (const char *path, gboolean force)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (path != NULL, OPT_CLI_FAILED);

  if (opt_cli_is_stdout (path) || opt_file_check (path, flags_of (force), &error))
    return OPT_CLI_DONE;

  return complain (path, force, error);
}

OptCliStatus
opt_cli_write_file (const char *path, GBytes *bytes, gboolean force)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (path != NULL && bytes != NULL, OPT_CLI_FAILED);

  if (opt_cli_is_stdout (path))
    {
      gsize size_bytes;
      const void *data = g_bytes_get_data (bytes, &size_bytes);

      /* main() sees whether it arrives. */
      fwrite (data, 1, size_bytes, stdout);
      return OPT_CLI_DONE;
    }

  return opt_file_write (path, bytes, flags_of (force), &error) ? OPT_CLI_DONE
                                                                : complain (path, force, error);
}
