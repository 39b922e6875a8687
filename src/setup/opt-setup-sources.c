/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Evolution keeps accounts as key files, called sources, which a registry of its data server reads
 * and writes (evolution-data-server 3.46). While the registry can be reached it makes and removes
 * them itself, and Evolution sees it at once; else the files are put where it will read them. */
#include "opt-setup-sources.h"

#include "opt-error.h"
#include "opt-file.h"
#include "opt-setup-bus.h"
#include "opt-setup-private.h"

#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <errno.h>
#include <string.h>

/* A number follows, which changes with the interface. */
#define NAME_PREFIX "org.gnome.evolution.dataserver.Sources"
#define MANAGER_PATH "/org/gnome/evolution/dataserver/SourceManager"
#define MANAGER_INTERFACE "org.gnome.evolution.dataserver.SourceManager"
#define SOURCE_INTERFACE "org.gnome.evolution.dataserver.Source"
#define REMOVABLE_INTERFACE "org.gnome.evolution.dataserver.Source.Removable"

/* How the UIDs of ours begin. */
#define OUR_PREFIX "optsetup-"

/* The registry; without a name when it cannot be reached. */
typedef struct
{
  GDBusConnection *bus;
  char *name;
} Registry;

static void
clear_registry (Registry *self)
{
  g_clear_object (&self->bus);
  g_clear_pointer (&self->name, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Registry, clear_registry)

static gboolean
find_registry (Registry *self, GCancellable *cancellable, GError **error)
{
  self->bus = opt_setup_bus_get (cancellable, error);
  self->name =
    self->bus != NULL ? opt_setup_bus_find_name (self->bus, NAME_PREFIX, cancellable, error) : NULL;

  return self->name != NULL;
}

/* As find_registry(), where there need not be one. */
static gboolean
look_for_registry (Registry *self, GCancellable *cancellable, GError **error)
{
  GError *cause = NULL;

  if (find_registry (self, cancellable, &cause))
    return TRUE;

  if (!g_error_matches (cause, OPT_ERROR, OPT_ERROR_SETUP_MISSING))
    {
      g_propagate_error (error, cause);
      return FALSE;
    }
  g_debug ("no registry: %s", cause->message);
  g_error_free (cause);

  return TRUE;
}

static GVariant *
call_manager (const Registry *registry,
              const char *interface,
              const char *method,
              GVariant *arguments,
              const char *reply,
              GCancellable *cancellable,
              GError **error)
{
  const OptSetupBusTarget target = { registry->bus, registry->name, MANAGER_PATH, interface };

  return opt_setup_bus_call (&target, method, arguments, reply, cancellable, error);
}

/* The sources by their objects' paths: a{oa{sa{sv}}}. */
static GVariant *
list_sources (const Registry *registry, GCancellable *cancellable, GError **error)
{
  g_autoptr (GVariant) reply = call_manager (registry,
                                             "org.freedesktop.DBus.ObjectManager",
                                             "GetManagedObjects",
                                             NULL,
                                             "(a{oa{sa{sv}}})",
                                             cancellable,
                                             error);

  return reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
}

static gboolean
lookup_source (GVariant *interfaces, const char **uid, const char **data)
{
  g_autoptr (GVariant) source =
    g_variant_lookup_value (interfaces, SOURCE_INTERFACE, G_VARIANT_TYPE_VARDICT);

  return source != NULL && g_variant_lookup (source, "UID", "&s", uid) &&
         g_variant_lookup (source, "Data", "&s", data);
}

static gboolean
is_for_address (const char *data, const char *address)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *found = NULL;

  if (!g_key_file_load_from_data (file, data, -1, G_KEY_FILE_NONE, NULL))
    return FALSE;

  found = g_key_file_get_string (file, "Mail Identity", "Address", NULL);

  return found != NULL && g_ascii_strcasecmp (found, address) == 0;
}

char *
opt_setup_sources_dup_folder (void)
{
  return g_build_filename (g_get_user_config_dir (), "evolution", "sources", NULL);
}

static char *
dup_path (const char *uid)
{
  g_autofree char *folder = opt_setup_sources_dup_folder ();
  g_autofree char *name = g_strconcat (uid, OPT_SETUP_SOURCES_SUFFIX, NULL);

  return g_build_filename (folder, name, NULL);
}

static gboolean
fail_exists (const char *address, GError **error)
{
  g_set_error (error, OPT_ERROR, OPT_ERROR_SETUP_EXISTS, "Evolution has %s already", address);

  return FALSE;
}

static gboolean
check_registry_free (const Registry *registry,
                     const char *address,
                     char **uids,
                     GCancellable *cancellable,
                     GError **error)
{
  g_autoptr (GVariant) sources = list_sources (registry, cancellable, error);
  g_autoptr (GVariant) interfaces = NULL;
  GVariantIter iter;
  const char *path, *uid, *data;

  if (sources == NULL)
    return FALSE;

  g_variant_iter_init (&iter, sources);
  while (g_variant_iter_loop (&iter, "{&o@a{sa{sv}}}", &path, &interfaces))
    if (lookup_source (interfaces, &uid, &data) &&
        (g_strv_contains ((const char *const *) uids, uid) || is_for_address (data, address)))
      return fail_exists (address, error);

  return TRUE;
}

static gboolean
check_files_free (const char *address, char **uids, GError **error)
{
  g_autofree char *folder_path = opt_setup_sources_dup_folder ();
  g_autoptr (GDir) folder = g_dir_open (folder_path, 0, NULL);

  for (const char *name; folder != NULL && (name = g_dir_read_name (folder)) != NULL;)
    {
      g_autofree char *path = g_build_filename (folder_path, name, NULL);
      g_autofree char *data = NULL;

      if (g_file_get_contents (path, &data, NULL, NULL) && is_for_address (data, address))
        return fail_exists (address, error);
    }

  for (guint i = 0; uids[i] != NULL; i++)
    {
      g_autofree char *path = dup_path (uids[i]);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return fail_exists (address, error);
    }

  return TRUE;
}

static gboolean
create_sources (const Registry *registry, GVariant *sources, GError **error)
{
  /* It takes no time, and what was stopped half way would have to be guessed. */
  g_autoptr (GVariant) reply = call_manager (registry,
                                             MANAGER_INTERFACE,
                                             "CreateSources",
                                             g_variant_new ("(@a{ss})", sources),
                                             "()",
                                             NULL,
                                             error);

  return reply != NULL;
}

/* Of several files, those that we have written are taken away again, and no other. */
static gboolean
write_sources (GVariant *sources, gboolean *is_left, GError **error)
{
  g_autoptr (GPtrArray) written = g_ptr_array_new_with_free_func (g_free);
  GVariantIter iter;
  const char *uid, *data;

  g_variant_iter_init (&iter, sources);
  while (g_variant_iter_next (&iter, "{&s&s}", &uid, &data))
    {
      g_autofree char *path = dup_path (uid);
      g_autoptr (GBytes) bytes = g_bytes_new (data, strlen (data));

      if (opt_file_write (path, bytes, OPT_FILE_NEW, error))
        {
          g_ptr_array_add (written, g_steal_pointer (&path));
          continue;
        }

      for (guint i = 0; i < written->len; i++)
        if (g_unlink (written->pdata[i]) != 0)
          *is_left = TRUE;
      return FALSE;
    }
  *is_left = TRUE;

  return TRUE;
}

static char *
find_path (GVariant *sources, const char *wanted)
{
  g_autoptr (GVariant) interfaces = NULL;
  GVariantIter iter;
  const char *path, *uid, *data;

  g_variant_iter_init (&iter, sources);
  while (g_variant_iter_loop (&iter, "{&o@a{sa{sv}}}", &path, &interfaces))
    if (lookup_source (interfaces, &uid, &data) && g_str_equal (uid, wanted))
      return g_strdup (path);

  return NULL;
}

/* The account, on which the others hang, goes last: with it gone before them the registry was seen
 * to keep their UIDs for itself. */
static gboolean
remove_from_registry (const Registry *registry, char **uids, GError **error)
{
  g_autoptr (GVariant) sources = list_sources (registry, NULL, error);

  if (sources == NULL)
    return FALSE;

  for (guint i = g_strv_length (uids); i > 0; i--)
    {
      g_autofree char *path = find_path (sources, uids[i - 1]);
      const OptSetupBusTarget target = { registry->bus, registry->name, path, REMOVABLE_INTERFACE };
      g_autoptr (GVariant) reply = NULL;

      if (path == NULL)
        continue;

      reply = opt_setup_bus_call (&target, "Remove", NULL, "()", NULL, error);
      if (reply == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
remove_files (char **uids, GError **error)
{
  for (guint i = 0; uids[i] != NULL; i++)
    {
      g_autofree char *path = dup_path (uids[i]);

      if (g_unlink (path) != 0 && errno != ENOENT)
        {
          g_set_error (error,
                       OPT_ERROR,
                       OPT_ERROR_FILE_NOT_WRITTEN,
                       "“%s”: %s",
                       path,
                       g_strerror (errno));
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
take_back (const OptSetupChange *change, GError **error)
{
  char **uids = change->words + 1;
  g_auto (Registry) registry = { NULL };

  return look_for_registry (&registry, NULL, error) &&
         (registry.name == NULL || remove_from_registry (&registry, uids, error)) &&
         remove_files (uids, error);
}

static gboolean
is_native (void)
{
  static const OptTrace program = { OPT_TRACE_PROGRAM, "evolution" };
  g_autoptr (OptMachine) machine = opt_machine_new ();

  return opt_machine_has_trace (machine, &program);
}

/* Without the registry, only what comes from the same packages reads the files: as a Flatpak it has
 * folders of its own. */
static gboolean
find_way_in (Registry *registry, GCancellable *cancellable, GError **error)
{
  if (!look_for_registry (registry, cancellable, error))
    return FALSE;
  if (registry->name != NULL || is_native ())
    return TRUE;

  g_set_error (error, OPT_ERROR, OPT_ERROR_SETUP_MISSING, "no registry, and no evolution");

  return FALSE;
}

static gboolean
is_valid (char **words, const OptSetupOwn *own)
{
  for (guint i = 1; words[i] != NULL; i++)
    if (!opt_setup_is_id (words[i]) || !g_str_has_prefix (words[i], OUR_PREFIX))
      return FALSE;

  return TRUE;
}

static gboolean
check_sources_free (const Registry *registry,
                    const OptSetupChange *change,
                    GCancellable *cancellable,
                    GError **error)
{
  const char *address = change->words[0];
  char **uids = change->words + 1;

  return (registry->name == NULL ||
          check_registry_free (registry, address, uids, cancellable, error)) &&
         check_files_free (address, uids, error);
}

static gboolean
check_free (const OptSetupChange *change, GCancellable *cancellable, GError **error)
{
  g_auto (Registry) registry = { NULL };

  return find_way_in (&registry, cancellable, error) &&
         check_sources_free (&registry, change, cancellable, error);
}

/* Looks once more: a person may have been asked to unlock the keyring. What the registry then says
 * it has already is somebody else's; any other failure of its may have come half way. */
static gboolean
make (OptSetupChange *change, OptSecret *secret, GCancellable *cancellable, GError **error)
{
  g_auto (Registry) registry = { NULL };
  GError *cause = NULL;

  if (!find_way_in (&registry, cancellable, error) ||
      !check_sources_free (&registry, change, cancellable, error))
    return FALSE;
  if (registry.name == NULL)
    return write_sources (change->content, &change->is_ours, error);

  if (create_sources (&registry, change->content, &cause))
    {
      change->is_ours = TRUE;
      return TRUE;
    }
  change->is_ours = !g_error_matches (cause, OPT_ERROR, OPT_ERROR_SETUP_EXISTS);
  g_propagate_error (error, cause);

  return FALSE;
}

static void
describe (const OptSetupChange *change, OptSetupText text, GStrvBuilder *lines)
{
  gboolean is_new = text == OPT_SETUP_TEXT_NEW;
  g_autofree char *account =
    is_new
      /* Translators: %s is an email address */
      ? g_strdup_printf (_ ("New account %s in Evolution"), change->words[0])
      /* Translators: %s is an email address */
      : g_strdup_printf (_ ("The account %s in Evolution"), change->words[0]);

  g_strv_builder_add (lines, account);
  for (guint i = 1; change->words[i] != NULL; i++)
    {
      g_autofree char *path = dup_path (change->words[i]);
      g_autofree char *shown = g_filename_display_name (path);
      g_autofree char *line = is_new
                                /* Translators: %s is the path of a file */
                                ? g_strdup_printf (_ ("New file “%s”"), shown)
                                /* Translators: %s is the path of a file */
                                : g_strdup_printf (_ ("The file “%s”"), shown);

      g_strv_builder_add (lines, line);
    }
}

const OptSetupKind opt_setup_kind_sources = {
  .name = "sources",
  .n_words = 2,
  .is_valid = is_valid,
  .check_free = check_free,
  .make = make,
  .take_back = take_back,
  .describe = describe,
};

/* With the registry it can be done even while Evolution is not found: it may be anywhere. */
gboolean
opt_setup_sources_check (GCancellable *cancellable, GError **error)
{
  g_auto (Registry) registry = { NULL };

  return find_way_in (&registry, cancellable, error);
}
