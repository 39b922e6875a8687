/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* optsetup-cli export --all: one file or folder for each mail program that takes one. */
#include "opt-cli-export.h"
#include "opt-cli-file.h"
#include "opt-cli-guide.h"

#include "opt-advice.h"
#include "opt-error.h"

#include <glib/gi18n.h>

static void
say_left_out (const OptClient *client, const char *reason)
{
  opt_cli_print (stdout, "%-*s  ", opt_cli_measure_client_ids (), client->id);
  /* Translators: %s is the reason why there is no file for a mail program */
  opt_cli_say (_ ("left out: %s"), reason);
}

/* What a format cannot hold is no failure: there is just no file of it. */
static gboolean
is_limit (const GError *error)
{
  return g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_NAME) ||
         g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE);
}

static OptCliStatus
complain_of (const OptClient *client, const GError *error)
{
  opt_cli_complain ("%s: %s", client->id, opt_advice_get_error_text (error));

  return OPT_CLI_FAILED;
}

/* Returns %OPT_CLI_DONE also when there is nothing to write, and that was said. */
static OptCliStatus
write_for (const OptCliExport *self,
           const OptClient *client,
           const OptSettings *settings,
           guint *n_written)
{
  g_autofree char *path = g_build_filename (self->output, client->file_name, NULL);
  g_autofree char *shown = g_filename_display_name (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = opt_client_render_files (client, settings, &error);

  if (is_limit (error))
    {
      say_left_out (client, opt_advice_get_error_text (error));
      return OPT_CLI_DONE;
    }
  if (files == NULL)
    return complain_of (client, error);

  if (opt_cli_write_client (client, path, files, self->force) != OPT_CLI_DONE)
    return OPT_CLI_FAILED;

  opt_cli_print (stdout, "%-*s  %s\n", opt_cli_measure_client_ids (), client->id, shown);
  (*n_written)++;

  return OPT_CLI_DONE;
}

/* Returns %OPT_CLI_DONE also when there is nothing to write, and that was said. */
static OptCliStatus
export_to (const OptCliExport *self, const OptClient *client, guint *n_written)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (OptSettings) settings = NULL;

  if (!opt_client_has_file (client))
    {
      say_left_out (client, _ ("it takes no file; without --all you get the steps"));
      return OPT_CLI_DONE;
    }

  settings = opt_cli_export_create_settings (self, client, &error);
  if (g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_PROTOCOL))
    {
      g_autofree char *reason = opt_cli_export_create_reason (self, client);

      say_left_out (client, reason);
      return OPT_CLI_DONE;
    }
  if (settings == NULL)
    return complain_of (client, error);

  return write_for (self, client, settings, n_written);
}

OptCliStatus
opt_cli_export_to_all (const OptCliExport *self)
{
  guint n, n_written = 0;
  const OptClient *const *clients = opt_clients_get (&n);
  OptCliStatus status;

  g_return_val_if_fail (self != NULL && self->output != NULL, OPT_CLI_FAILED);

  status = opt_cli_make_folder (self->output, self->force);
  if (status != OPT_CLI_DONE)
    return status;

  for (guint i = 0; i < n; i++)
    if (export_to (self, clients[i], &n_written) != OPT_CLI_DONE)
      status = OPT_CLI_FAILED;

  return n_written > 0 ? status : OPT_CLI_FAILED;
}
