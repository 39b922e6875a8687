/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What Evolution is given: the account as three sources, and the password of each server in the
 * keyring, under the source that has the server. */
#include "opt-setup-private.h"

#include "opt-setup-sources.h"

#include <string.h>

#define SCHEMA "org.gnome.Evolution.Data.Source"
#define TRANSPORT_SUFFIX "-transport"

static char **
dup_words (const char *uid, const char *label)
{
  const char *words[] = { SCHEMA, label, "e-source-uid", uid, "eds-origin", "evolution-data-server",
                          NULL };

  return g_strdupv ((char **) words);
}

static char **
dup_item (const OptFoundServer *server, OptService service)
{
  return server->key != NULL ? dup_words (server->key, server->key) : NULL;
}

static void
add_item (GPtrArray *changes, const OptSettings *settings, const char *uid)
{
  gboolean sends = g_str_has_suffix (uid, TRANSPORT_SUFFIX);
  OptService service = sends ? OPT_SERVICE_SMTP : opt_settings_get_incoming_service (settings);
  g_autofree char *shown = g_ascii_strup (opt_service_to_string (service), -1);
  g_autofree char *label =
    g_strdup_printf ("Evolution Data Source “%s” (%s)", opt_settings_get_address (settings), shown);

  opt_setup_changes_add (changes, &opt_setup_kind_item, dup_words (uid, label), NULL);
}

/* The files' names are the UIDs. */
static char **
list_words (GPtrArray *files, const char *address)
{
  g_autoptr (GStrvBuilder) words = g_strv_builder_new ();

  g_strv_builder_add (words, address);
  for (guint i = 0; i < files->len; i++)
    {
      const OptClientFile *file = g_ptr_array_index (files, i);
      g_autofree char *uid =
        g_strndup (file->name, strlen (file->name) - strlen (OPT_SETUP_SOURCES_SUFFIX));

      g_strv_builder_add (words, uid);
    }

  return g_strv_builder_end (words);
}

static GVariant *
create_content (GPtrArray *files, char **uids)
{
  GVariantBuilder builder = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  for (guint i = 0; i < files->len; i++)
    {
      const OptClientFile *file = g_ptr_array_index (files, i);
      gsize size_bytes;
      const char *bytes = g_bytes_get_data (file->bytes, &size_bytes);
      g_autofree char *data = g_strndup (bytes, size_bytes);

      g_variant_builder_add (&builder, "{ss}", uids[i], data);
    }

  return g_variant_builder_end (&builder);
}

/* The passwords first: a running Evolution looks for them as soon as it sees the account. */
static GPtrArray *
create_changes (const OptSettings *settings, GPtrArray *files, char **words)
{
  GPtrArray *changes = opt_setup_changes_new ();
  g_autofree char *folder = opt_setup_sources_dup_folder ();

  for (guint i = 1; words[i] != NULL; i++)
    if (g_str_has_suffix (words[i], "-account") || g_str_has_suffix (words[i], TRANSPORT_SUFFIX))
      add_item (changes, settings, words[i]);

  opt_setup_changes_add_folders (changes, folder);
  opt_setup_changes_add (changes,
                         &opt_setup_kind_sources,
                         g_strdupv (words),
                         create_content (files, words + 1));

  return changes;
}

static GPtrArray *
plan (OptSettings *settings, GCancellable *cancellable, GError **error)
{
  const char *address = opt_settings_get_address (settings);
  g_autoptr (GPtrArray) files =
    opt_client_render_files (opt_setup_evolution.client, settings, error);
  g_auto (GStrv) words = files != NULL ? list_words (files, address) : NULL;

  return words != NULL ? create_changes (settings, files, words) : NULL;
}

static const char *const item_attributes[] = { "e-source-uid", "eds-origin", NULL };

extern const OptClient opt_client_evolution;

const OptSetup opt_setup_evolution = {
  .client = &opt_client_evolution,
  .check = opt_setup_sources_check,
  .own = { .folder = "evolution/sources", .schema = SCHEMA, .attributes = item_attributes },
  .plan = plan,
  .packing = &opt_setup_packing_plain,
  .dup_item = dup_item,
};
