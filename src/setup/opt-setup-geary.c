/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Geary keeps each account in a numbered folder and reads them when it starts, so it has to be
 * closed meanwhile (Geary 43). The file is the one that it could be given by hand. */
#include "opt-setup-private.h"

#include "opt-error.h"
#include "opt-setup-bus.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME "org.gnome.Geary"
#define SCHEMA "org.gnome.Geary"
#define FILE_NAME "geary.ini"
#define MAX_NUMBER 9999

static gboolean
check (GCancellable *cancellable, GError **error)
{
  static const OptTrace program = { OPT_TRACE_PROGRAM, "geary" };
  g_autoptr (OptMachine) machine = opt_machine_new ();

  if (opt_machine_has_trace (machine, &program))
    return TRUE;

  g_set_error (error, OPT_ERROR, OPT_ERROR_SETUP_MISSING, "there is no geary");

  return FALSE;
}

static gboolean
check_idle (GCancellable *cancellable, GError **error)
{
  g_autoptr (GDBusConnection) bus = opt_setup_bus_get (cancellable, error);
  gboolean running;

  if (bus == NULL || !opt_setup_bus_has_owner (bus, NAME, &running, cancellable, error))
    return FALSE;
  if (!running)
    return TRUE;

  g_set_error (error, OPT_ERROR, OPT_ERROR_SETUP_RUNNING, "Geary is running");

  return FALSE;
}

static char *
dup_config_folder (void)
{
  return g_build_filename (g_get_user_config_dir (), "geary", NULL);
}

/* The sender's mailbox is `Jane Doe <jane@example.net>`, or the address alone. */
static gboolean
is_mailbox_of (const char *mailbox, const char *address)
{
  g_autofree char *in_brackets = g_strdup_printf ("<%s>", address);
  gsize size = strlen (mailbox), n = strlen (in_brackets);

  return g_ascii_strcasecmp (mailbox, address) == 0 ||
         (size >= n && g_ascii_strcasecmp (mailbox + size - n, in_brackets) == 0);
}

static gboolean
is_for_address (const char *path, const char *address)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_auto (GStrv) mailboxes = NULL;

  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return FALSE;

  mailboxes = g_key_file_get_string_list (file, "Account", "sender_mailboxes", NULL, NULL);
  for (guint i = 0; mailboxes != NULL && mailboxes[i] != NULL; i++)
    if (is_mailbox_of (mailboxes[i], address))
      return TRUE;

  return FALSE;
}

static gboolean
check_free (const char *address, GError **error)
{
  g_autofree char *config = dup_config_folder ();
  g_autoptr (GDir) folder = g_dir_open (config, 0, NULL);

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;)
    {
      g_autofree char *path = g_build_filename (config, name, FILE_NAME, NULL);

      if (is_for_address (path, address))
        {
          g_set_error (error, OPT_ERROR, OPT_ERROR_SETUP_EXISTS, "Geary has %s already", address);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
is_free (const char *base, const char *name)
{
  g_autofree char *path = g_build_filename (base, "geary", name, NULL);

  return !g_file_test (path, G_FILE_TEST_EXISTS | G_FILE_TEST_IS_SYMLINK);
}

/* Under the same name Geary keeps the mail: that of an account that is gone may still be there. */
static char *
dup_free_folder (GError **error)
{
  for (guint i = 1; i <= MAX_NUMBER; i++)
    {
      g_autofree char *name = g_strdup_printf ("account_%02u", i);

      if (is_free (g_get_user_config_dir (), name) && is_free (g_get_user_data_dir (), name))
        return g_build_filename (g_get_user_config_dir (), "geary", name, NULL);
    }

  g_set_error (error, OPT_ERROR, OPT_ERROR_SETUP_FAILED, "Geary has too many accounts");

  return NULL;
}

static char **
dup_words (OptService service, const char *host, const char *user)
{
  g_autofree char *shown = g_ascii_strup (opt_service_to_string (service), -1);
  g_autofree char *label = g_strdup_printf ("Geary %s password", shown);
  const char *words[] = { SCHEMA, label, "proto", shown, "host", host, "login", user, NULL };

  return g_strdupv ((char **) words);
}

static char **
dup_item (const OptFoundServer *server, OptService service)
{
  return server->user != NULL ? dup_words (service, server->host, server->user) : NULL;
}

static void
add_item (GPtrArray *changes, const OptServer *server)
{
  opt_setup_changes_add (changes,
                         &opt_setup_kind_item,
                         dup_words (opt_server_get_service (server),
                                    opt_server_get_host (server),
                                    opt_server_get_user (server)),
                         NULL);
}

static void
add_file (GPtrArray *changes, const char *folder, const char *address, GBytes *bytes)
{
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  const char *words[] = { path, address, NULL };

  opt_setup_changes_add (changes,
                         &opt_setup_kind_file,
                         g_strdupv ((char **) words),
                         g_variant_new_from_bytes (G_VARIANT_TYPE_BYTESTRING, bytes, TRUE));
}

extern const OptClient opt_client_geary;

static GPtrArray *
plan (OptSettings *settings, GCancellable *cancellable, GError **error)
{
  const char *address = opt_settings_get_address (settings);
  OptServer *incoming = opt_settings_get_incoming (settings);
  OptServer *outgoing = opt_settings_get_outgoing (settings);
  g_autoptr (GPtrArray) files = opt_client_render_files (&opt_client_geary, settings, error);
  g_autofree char *folder = NULL;
  GPtrArray *changes;

  if (files == NULL)
    return NULL;

  folder = dup_free_folder (error);
  if (folder == NULL)
    return NULL;

  changes = opt_setup_changes_new ();
  add_item (changes, incoming);
  /* Else it signs in to send as it does to receive. */
  if (!g_str_equal (opt_server_get_user (outgoing), opt_server_get_user (incoming)))
    add_item (changes, outgoing);
  opt_setup_changes_add_folders (changes, folder);
  add_file (changes, folder, address, ((OptClientFile *) files->pdata[0])->bytes);

  return changes;
}

static const char *
find_file (const OptSetupRecord *record)
{
  GPtrArray *changes = opt_setup_record_get_changes (record);

  for (guint i = 0; i < changes->len; i++)
    {
      const OptSetupChange *change = g_ptr_array_index (changes, i);

      if (change->kind == &opt_setup_kind_file)
        return change->words[0];
    }

  return NULL;
}

/* Once Geary has run, it has the mail. */
static void
add_rest (const OptSetupRecord *record, GPtrArray *leftovers)
{
  const char *file = find_file (record);
  g_autofree char *folder = file != NULL ? g_path_get_dirname (file) : NULL;
  g_autofree char *name = folder != NULL ? g_path_get_basename (folder) : NULL;
  g_autofree char *mail =
    name != NULL ? g_build_filename (g_get_user_data_dir (), "geary", name, NULL) : NULL;
  g_autofree char *shown = NULL;
  const char *what[2] = { NULL };

  if (mail == NULL || !g_file_test (mail, G_FILE_TEST_IS_DIR))
    return;

  shown = g_filename_display_name (mail);
  what[0] = shown;
  opt_setup_leftovers_add (leftovers,
                           g_strdupv ((char **) what),
                           g_error_new_literal (G_IO_ERROR,
                                                G_IO_ERROR_NOT_EMPTY,
                                                _ ("Geary has made it, for its copy of the "
                                                   "mail.")));
}

static const char *const item_attributes[] = { "proto", "host", "login", NULL };

const OptSetup opt_setup_geary = {
  .client = &opt_client_geary,
  .check = check,
  .check_idle = check_idle,
  .own = { .folder = "geary",
           .file_pattern = "\\Aaccount_[0-9]+/geary\\.ini\\z",
           .schema = SCHEMA,
           .attributes = item_attributes },
  .check_free = check_free,
  .plan = plan,
  .packing = &opt_setup_packing_plain,
  .dup_item = dup_item,
  .add_rest = add_rest,
};
