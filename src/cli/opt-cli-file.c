/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Files that a person asked for by name. */
#include "opt-cli-file.h"

#include "opt-error.h"
#include "opt-file.h"
#include "opt-live-file.h"

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

static gboolean
check_live (const char *path, GError **error)
{
  g_autoptr (OptMachine) machine = opt_machine_new ();

  return opt_live_file_check (machine, path, error);
}

OptCliStatus
opt_cli_check_file (const char *path, gboolean force)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (path != NULL, OPT_CLI_FAILED);

  if (opt_cli_is_stdout (path) ||
      (check_live (path, &error) && opt_file_check (path, flags_of (force), &error)))
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

  if (check_live (path, &error) && opt_file_write (path, bytes, flags_of (force), &error))
    return OPT_CLI_DONE;

  return complain (path, force, error);
}

static OptCliStatus
complain_of_folder (const char *path, gboolean force, const GError *error)
{
  g_autofree char *shown = g_filename_display_name (path);

  if (force || !g_error_matches (error, OPT_ERROR, OPT_ERROR_FILE_EXISTS))
    return opt_cli_complain_about (error);

  /* Translators: %s is the name of a folder */
  opt_cli_complain (_ ("the folder “%s” is not empty; --force replaces what is in the way there"),
                    shown);

  return OPT_CLI_FAILED;
}

static OptCliStatus
write_folder (const char *path, GPtrArray *files, gboolean force)
{
  g_autofree OptFile *written = g_new0 (OptFile, files->len);
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < files->len; i++)
    {
      const OptClientFile *file = files->pdata[i];
      g_autofree char *inside = g_build_filename (path, file->name, NULL);

      if (!check_live (inside, &error))
        return opt_cli_complain_about (error);
      written[i].name = file->name;
      written[i].bytes = file->bytes;
    }

  return opt_file_write_folder (path, written, files->len, flags_of (force), &error)
           ? OPT_CLI_DONE
           : complain_of_folder (path, force, error);
}

OptCliStatus
opt_cli_write_client (const OptClient *client, const char *path, GPtrArray *files, gboolean force)
{
  const OptClientFile *first;

  g_return_val_if_fail (client != NULL && path != NULL && files->len > 0, OPT_CLI_FAILED);

  if (opt_client_has_folder (client))
    return write_folder (path, files, force);

  first = files->pdata[0];

  return opt_cli_write_file (path, first->bytes, force);
}

OptCliStatus
opt_cli_make_folder (const char *path, gboolean force)
{
  g_autoptr (GError) error = NULL;

  g_return_val_if_fail (path != NULL, OPT_CLI_FAILED);

  return opt_file_write_folder (path, NULL, 0, flags_of (force), &error)
           ? OPT_CLI_DONE
           : complain_of_folder (path, force, error);
}
