/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is known of mail providers, read from providers.ini. No host, port or page address stands in
 * C: adding a provider is adding a section. A section with something wrong in it is refused whole,
 * because half a provider would send a password somewhere unexpected. */
#include "opt-provider.h"

#include "opt-account-resources.h"
#include "opt-error.h"

#include <string.h>

#define RESOURCE_PATH "/com/example/OptSetup/account/providers.ini"
#define ADMINISTRATOR_FOLDER "optsetup", "providers.d"
/* The section that is about domains of nobody here. */
#define GENERAL_GROUP "*"

struct _OptProvider
{
  char *id;
  char *name;
  char **domains;
  char **typos;
  GPtrArray *mail_exchangers; /* of GPatternSpec */
  char **servers[OPT_N_SERVICES];
  char **retired_hosts;
  char *links[OPT_N_LINKS];
  gboolean lowers_local_part;
};

struct _OptProviders
{
  GPtrArray *providers;
  char **other_domains;
  char **company_domains;
};

G_DEFINE_BOXED_TYPE (OptProvider, opt_provider, opt_provider_ref, opt_provider_unref)

static const char *const link_keys[OPT_N_LINKS] = {
  [OPT_LINK_WEB_MAIL] = "link-web-mail",     [OPT_LINK_RESET_PASSWORD] = "link-reset-password",
  [OPT_LINK_RECOVER_ID] = "link-recover-id", [OPT_LINK_SETTINGS_HELP] = "link-settings-help",
  [OPT_LINK_CONTACT] = "link-contact",
};

static void
clear_provider (gpointer data)
{
  OptProvider *self = data;

  g_free (self->id);
  g_free (self->name);
  g_strfreev (self->domains);
  g_strfreev (self->typos);
  g_clear_pointer (&self->mail_exchangers, g_ptr_array_unref);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    g_strfreev (self->servers[i]);
  g_strfreev (self->retired_hosts);
  for (guint i = 0; i < OPT_N_LINKS; i++)
    g_free (self->links[i]);
}

OptProvider *
opt_provider_ref (OptProvider *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
opt_provider_unref (OptProvider *self)
{
  g_atomic_rc_box_release_full (self, clear_provider);
}

static gboolean
invalid (GError **error, const char *group, const char *key, const char *reason)
{
  g_set_error (error, OPT_ERROR, OPT_ERROR_PROVIDERS_INVALID, "[%s] %s: %s", group, key, reason);
  return FALSE;
}

static char **
read_list (GKeyFile *file, const char *group, const char *key)
{
  char **list = g_key_file_get_string_list (file, group, key, NULL, NULL);

  return list != NULL ? list : g_new0 (char *, 1);
}

static gboolean
read_names (OptProvider *self, GKeyFile *file, const char *group, GError **error)
{
  self->name = g_key_file_get_string (file, group, "name", NULL);
  if (self->name == NULL || self->name[0] == '\0')
    return invalid (error, group, "name", "missing");

  self->domains = read_list (file, group, "domains");
  if (self->domains[0] == NULL)
    return invalid (error, group, "domains", "missing");

  self->typos = read_list (file, group, "typos");
  self->lowers_local_part = g_key_file_get_boolean (file, group, "lower-case", NULL);

  return TRUE;
}

static gboolean
read_mail_exchangers (OptProvider *self, GKeyFile *file, const char *group, GError **error)
{
  g_auto (GStrv) patterns = read_list (file, group, "mx");

  self->mail_exchangers = g_ptr_array_new_with_free_func ((GDestroyNotify) g_pattern_spec_free);
  for (guint i = 0; patterns[i] != NULL; i++)
    {
      /* `*` alone would claim the whole world's mail. */
      if (strchr (patterns[i], '.') == NULL)
        return invalid (error, group, "mx", "a pattern needs a dot");
      g_ptr_array_add (self->mail_exchangers, g_pattern_spec_new (patterns[i]));
    }

  return TRUE;
}

static gboolean
read_servers (OptProvider *self, GKeyFile *file, const char *group, GError **error)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      const char *key = opt_service_to_string (i);

      self->servers[i] = read_list (file, group, key);
      if (self->servers[i][0] == NULL)
        return invalid (error, group, key, "missing");

      for (guint j = 0; self->servers[i][j] != NULL; j++)
        {
          g_autoptr (GError) reason = NULL;
          g_autoptr (OptServer) server = opt_server_parse (i, self->servers[i][j], "", &reason);

          if (server == NULL)
            return invalid (error, group, key, reason->message);
        }
    }

  return TRUE;
}

/* A host cannot be both gone and the one to use. */
static gboolean
is_in_use (const OptProvider *self, const char *host)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    for (guint j = 0; self->servers[i][j] != NULL; j++)
      {
        g_autoptr (OptServer) server = opt_server_parse (i, self->servers[i][j], "", NULL);

        if (g_str_equal (opt_server_get_host (server), host))
          return TRUE;
      }

  return FALSE;
}

static gboolean
read_retired_hosts (OptProvider *self, GKeyFile *file, const char *group, GError **error)
{
  self->retired_hosts = read_list (file, group, "retired-hosts");
  for (guint i = 0; self->retired_hosts[i] != NULL; i++)
    if (is_in_use (self, self->retired_hosts[i]))
      return invalid (error, group, "retired-hosts", "still in use");

  return TRUE;
}

static gboolean
read_links (OptProvider *self, GKeyFile *file, const char *group, GError **error)
{
  for (guint i = 0; i < OPT_N_LINKS; i++)
    {
      self->links[i] = g_key_file_get_string (file, group, link_keys[i], NULL);
      if (self->links[i] != NULL && !g_str_has_prefix (self->links[i], "https://"))
        return invalid (error, group, link_keys[i], "not an https address");
    }

  return TRUE;
}

OptProvider *
opt_provider_new_from_key_file (GKeyFile *file, const char *group, GError **error)
{
  g_autoptr (OptProvider) self = NULL;

  g_return_val_if_fail (file != NULL && group != NULL, NULL);

  self = g_atomic_rc_box_new0 (OptProvider);
  self->id = g_strdup (group);

  if (!read_names (self, file, group, error) || !read_mail_exchangers (self, file, group, error) ||
      !read_servers (self, file, group, error) || !read_retired_hosts (self, file, group, error) ||
      !read_links (self, file, group, error))
    return NULL;

  return g_steal_pointer (&self);
}

const char *
opt_provider_get_id (const OptProvider *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->id;
}

const char *
opt_provider_get_name (const OptProvider *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->name;
}

const char *const *
opt_provider_get_domains (const OptProvider *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->domains;
}

const char *const *
opt_provider_get_typos (const OptProvider *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return (const char *const *) self->typos;
}

gboolean
opt_provider_owns_mail_exchanger (const OptProvider *self, const char *host)
{
  g_autofree char *lower = NULL;

  g_return_val_if_fail (self != NULL && host != NULL, FALSE);

  lower = g_ascii_strdown (host, -1);
  /* DNS answers may end in the root's dot (RFC 1035 §5.1). */
  if (g_str_has_suffix (lower, "."))
    lower[strlen (lower) - 1] = '\0';

  for (guint i = 0; i < self->mail_exchangers->len; i++)
    if (g_pattern_spec_match_string (g_ptr_array_index (self->mail_exchangers, i), lower))
      return TRUE;

  return FALSE;
}

gboolean
opt_provider_lowers_local_part (const OptProvider *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->lowers_local_part;
}

const char *
opt_provider_get_link (const OptProvider *self, OptLink link)
{
  g_return_val_if_fail (self != NULL && link < OPT_N_LINKS, NULL);

  return self->links[link];
}

GPtrArray *
opt_provider_create_servers (const OptProvider *self, OptService service, const char *user)
{
  GPtrArray *servers;

  g_return_val_if_fail (self != NULL && service < OPT_N_SERVICES && user != NULL, NULL);

  servers = g_ptr_array_new_with_free_func ((GDestroyNotify) opt_server_unref);
  for (guint i = 0; self->servers[service][i] != NULL; i++)
    g_ptr_array_add (servers, opt_server_parse (service, self->servers[service][i], user, NULL));

  return servers;
}

gboolean
opt_provider_is_retired_host (const OptProvider *self, const char *host)
{
  g_return_val_if_fail (self != NULL && host != NULL, FALSE);

  for (guint i = 0; self->retired_hosts[i] != NULL; i++)
    if (g_ascii_strcasecmp (self->retired_hosts[i], host) == 0)
      return TRUE;

  return FALSE;
}

static void
add_provider (OptProviders *self, OptProvider *provider)
{
  for (guint i = 0; i < self->providers->len; i++)
    {
      OptProvider *known = g_ptr_array_index (self->providers, i);

      if (g_str_equal (known->id, provider->id))
        {
          opt_provider_unref (known);
          self->providers->pdata[i] = provider;
          return;
        }
    }

  g_ptr_array_add (self->providers, provider);
}

static void
add_key_file (OptProviders *self, GKeyFile *file, const char *origin)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    {
      g_autoptr (GError) error = NULL;
      OptProvider *provider;

      if (g_str_equal (groups[i], GENERAL_GROUP))
        continue;

      provider = opt_provider_new_from_key_file (file, groups[i], &error);
      if (provider != NULL)
        add_provider (self, provider);
      else
        g_message ("%s: left out: %s", origin, error->message);
    }
}

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static void
add_folder (OptProviders *self, const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  if (dir == NULL)
    return;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_suffix (name, ".ini"))
      g_ptr_array_add (names, g_build_filename (folder, name, NULL));
  g_ptr_array_sort (names, compare_paths);

  for (guint i = 0; i < names->len; i++)
    {
      g_autoptr (GKeyFile) file = g_key_file_new ();
      g_autoptr (GError) error = NULL;
      const char *path = g_ptr_array_index (names, i);

      if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, &error))
        add_key_file (self, file, path);
      else
        g_message ("%s: left out: %s", path, error->message);
    }
}

static void
add_compiled_in (OptProviders *self)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;

  /* By name, or the linker would leave the resource out of a static library's users. */
  bytes = g_resource_lookup_data (opt_account_get_resource (),
                                  RESOURCE_PATH,
                                  G_RESOURCE_LOOKUP_FLAGS_NONE,
                                  &error);
  if (bytes == NULL || !g_key_file_load_from_bytes (file, bytes, G_KEY_FILE_NONE, &error))
    g_error ("%s: %s", RESOURCE_PATH, error->message);

  add_key_file (self, file, RESOURCE_PATH);
  self->other_domains = read_list (file, GENERAL_GROUP, "other-domains");
  self->company_domains = read_list (file, GENERAL_GROUP, "company-domains");
}

OptProviders *
opt_providers_load (void)
{
  OptProviders *self = g_atomic_rc_box_new0 (OptProviders);
  const char *const *folders = g_get_system_config_dirs ();
  guint n = g_strv_length ((char **) folders);

  self->providers = g_ptr_array_new_with_free_func ((GDestroyNotify) opt_provider_unref);
  add_compiled_in (self);

  /* The first folder is the most important one (XDG base directories): let it have the last word.
   */
  for (guint i = n; i > 0; i--)
    {
      g_autofree char *folder = g_build_filename (folders[i - 1], ADMINISTRATOR_FOLDER, NULL);

      add_folder (self, folder);
    }

  return self;
}

static void
clear_providers (gpointer data)
{
  OptProviders *self = data;

  g_ptr_array_unref (self->providers);
  g_strfreev (self->other_domains);
  g_strfreev (self->company_domains);
}

OptProviders *
opt_providers_ref (OptProviders *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
opt_providers_unref (OptProviders *self)
{
  g_atomic_rc_box_release_full (self, clear_providers);
}

guint
opt_providers_get_n_providers (const OptProviders *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->providers->len;
}

OptProvider *
opt_providers_get_provider (const OptProviders *self, guint index)
{
  g_return_val_if_fail (self != NULL && index < self->providers->len, NULL);

  return g_ptr_array_index (self->providers, index);
}

OptProvider *
opt_providers_find (const OptProviders *self, const char *id)
{
  g_return_val_if_fail (self != NULL && id != NULL, NULL);

  for (guint i = 0; i < self->providers->len; i++)
    {
      OptProvider *provider = g_ptr_array_index (self->providers, i);

      if (g_str_equal (provider->id, id))
        return provider;
    }

  return NULL;
}

OptProvider *
opt_providers_find_domain (const OptProviders *self, const char *domain)
{
  g_return_val_if_fail (self != NULL && domain != NULL, NULL);

  for (guint i = 0; i < self->providers->len; i++)
    {
      OptProvider *provider = g_ptr_array_index (self->providers, i);

      if (g_strv_contains ((const char *const *) provider->domains, domain))
        return provider;
    }

  return NULL;
}

gboolean
opt_providers_is_other_domain (const OptProviders *self, const char *domain)
{
  g_return_val_if_fail (self != NULL && domain != NULL, FALSE);

  return g_strv_contains ((const char *const *) self->other_domains, domain);
}

gboolean
opt_providers_is_company_domain (const OptProviders *self, const char *domain)
{
  g_return_val_if_fail (self != NULL && domain != NULL, FALSE);

  return g_strv_contains ((const char *const *) self->company_domains, domain);
}
