/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* GNOME Online Accounts takes the account and the password by D-Bus, keeps both itself, and hands
 * them to the programs of the desktop (goa-daemon 3.46). A server whose certificate is bad stays
 * refused. */
#include "opt-setup-private.h"

#include "opt-error.h"
#include "opt-goa-password.h"
#include "opt-setup-bus.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define NAME "org.gnome.OnlineAccounts"
#define ROOT_PATH "/org/gnome/OnlineAccounts"
#define MANAGER_PATH ROOT_PATH "/Manager"
#define ACCOUNTS_PATH ROOT_PATH "/Accounts/"
#define MANAGER_INTERFACE NAME ".Manager"
#define ACCOUNT_INTERFACE NAME ".Account"
#define MAIL_INTERFACE NAME ".Mail"
#define PROVIDER "imap_smtp"

static GVariant *
call (const char *path,
      const char *interface,
      const char *method,
      GVariant *arguments,
      const char *reply,
      GCancellable *cancellable,
      GError **error)
{
  g_autoptr (GDBusConnection) bus = opt_setup_bus_get (cancellable, error);
  const OptSetupBusTarget target = { bus, NAME, path, interface };

  if (bus != NULL)
    return opt_setup_bus_call (&target, method, arguments, reply, cancellable, error);

  if (arguments != NULL)
    g_variant_unref (g_variant_ref_sink (arguments));

  return NULL;
}

/* Accounts by their objects' paths: a{oa{sa{sv}}}. */
static GVariant *
list_accounts (GCancellable *cancellable, GError **error)
{
  g_autoptr (GVariant) reply = call (ROOT_PATH,
                                     "org.freedesktop.DBus.ObjectManager",
                                     "GetManagedObjects",
                                     NULL,
                                     "(a{oa{sa{sv}}})",
                                     cancellable,
                                     error);

  return reply != NULL ? g_variant_get_child_value (reply, 0) : NULL;
}

static gboolean
has_text (GVariant *interfaces, const char *interface, const char *property, const char *text)
{
  g_autoptr (GVariant) properties =
    g_variant_lookup_value (interfaces, interface, G_VARIANT_TYPE_VARDICT);
  const char *found;

  return properties != NULL && g_variant_lookup (properties, property, "&s", &found) &&
         g_ascii_strcasecmp (found, text) == 0;
}

/* Of whatever provider. */
static gboolean
is_for_address (GVariant *interfaces, const char *address)
{
  return has_text (interfaces, MAIL_INTERFACE, "EmailAddress", address) ||
         (has_text (interfaces, ACCOUNT_INTERFACE, "ProviderType", PROVIDER) &&
          has_text (interfaces, ACCOUNT_INTERFACE, "Identity", address));
}

/* The ids of the accounts for the address. */
static GPtrArray *
list_ids (const char *address, GCancellable *cancellable, GError **error)
{
  g_autoptr (GVariant) accounts = list_accounts (cancellable, error);
  g_autoptr (GVariant) interfaces = NULL;
  GPtrArray *ids;
  GVariantIter iter;
  const char *path;

  if (accounts == NULL)
    return NULL;

  ids = g_ptr_array_new_with_free_func (g_free);
  g_variant_iter_init (&iter, accounts);
  while (g_variant_iter_loop (&iter, "{&o@a{sa{sv}}}", &path, &interfaces))
    if (is_for_address (interfaces, address))
      g_ptr_array_add (ids, g_strdup (strrchr (path, '/') + 1));

  return ids;
}

static gboolean
check_free (const OptSetupChange *change, GCancellable *cancellable, GError **error)
{
  const char *address = change->words[0];
  g_autoptr (GPtrArray) ids = list_ids (address, cancellable, error);

  if (ids == NULL || ids->len == 0)
    return ids != NULL;

  g_set_error (error,
               OPT_ERROR,
               OPT_ERROR_SETUP_EXISTS,
               "GNOME Online Accounts has %s already",
               address);

  return FALSE;
}

static gboolean
is_valid (char **words, const OptSetupOwn *own)
{
  return words[0][0] != '\0' && (words[1] == NULL || opt_setup_is_id (words[1]));
}

/* This program ended, or the service did, before it was known which account became ours. */
static gboolean
take_back_nameless (guint n_accounts, GError **error)
{
  if (n_accounts == 0)
    return TRUE;

  g_set_error_literal (error,
                       G_IO_ERROR,
                       G_IO_ERROR_FAILED,
                       _ ("Setting it up was interrupted, and it cannot be told whether this "
                          "account comes from there. Remove it in the desktop’s settings."));

  return FALSE;
}

static gboolean
take_back (const OptSetupChange *change, GError **error)
{
  const char *wanted = change->words[1];
  g_autoptr (GPtrArray) ids = list_ids (change->words[0], NULL, error);

  if (ids == NULL)
    return FALSE;
  if (wanted == NULL)
    return take_back_nameless (ids->len, error);

  for (guint i = 0; i < ids->len; i++)
    if (g_str_equal (ids->pdata[i], wanted))
      {
        g_autofree char *path = g_strconcat (ACCOUNTS_PATH, wanted, NULL);
        g_autoptr (GVariant) reply =
          call (path, ACCOUNT_INTERFACE, "Remove", NULL, "()", NULL, error);

        return reply != NULL;
      }

  return TRUE;
}

static void
add_credential (GVariantBuilder *credentials, const char *name, OptSecret *secret)
{
  g_variant_builder_add (credentials,
                         "{sv}",
                         name,
                         g_variant_new_string (opt_secret_peek (secret)));
}

static GVariant *
add_account (const char *address, GVariant *details, OptSecret *secret, GError **error)
{
  GVariantBuilder credentials = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE_VARDICT);

  add_credential (&credentials, "imap-password", secret);
  add_credential (&credentials, "smtp-password", secret);

  /* What was stopped half way would have to be guessed. */
  return call (MANAGER_PATH,
               MANAGER_INTERFACE,
               "AddAccount",
               g_variant_new ("(sssa{sv}@a{ss})",
                              PROVIDER,
                              address,
                              address,
                              &credentials,
                              details),
               "(o)",
               NULL,
               error);
}

static void
set_id (OptSetupChange *change, const char *id)
{
  const char *words[] = { change->words[0], id, NULL };
  char **before = change->words;

  change->words = g_strdupv ((char **) words);
  change->is_ours = TRUE;
  g_strfreev (before);
}

/* It may have added the account and failed after, or its answer was lost. There was none for this
 * address the moment before: a single one now is ours, of several nobody knows. */
static void
find_begun (OptSetupChange *change)
{
  g_autoptr (GError) cause = NULL;
  g_autoptr (GPtrArray) ids = list_ids (change->words[0], NULL, &cause);

  if (ids == NULL)
    g_info ("an account that was begun with may still be there: %s", cause->message);

  if (ids != NULL && ids->len == 1)
    set_id (change, ids->pdata[0]);
  else
    change->is_ours = ids == NULL || ids->len > 0;
}

static gboolean
make (OptSetupChange *change, OptSecret *secret, GCancellable *cancellable, GError **error)
{
  g_autoptr (GVariant) reply = NULL;
  GError *cause = NULL;
  const char *path;

  if (!check_free (change, cancellable, error))
    return FALSE;

  reply = add_account (change->words[0], change->content, secret, &cause);
  if (reply == NULL)
    {
      if (!g_error_matches (cause, OPT_ERROR, OPT_ERROR_SETUP_EXISTS))
        find_begun (change);
      g_propagate_error (error, cause);
      return FALSE;
    }

  g_variant_get (reply, "(&o)", &path);
  set_id (change, strrchr (path, '/') + 1);

  return TRUE;
}

static void
describe (const OptSetupChange *change, OptSetupText text, GStrvBuilder *lines)
{
  g_autofree char *line =
    text == OPT_SETUP_TEXT_NEW
      /* Translators: %s is an email address */
      ? g_strdup_printf (_ ("New account %s in GNOME Online Accounts, with its password"),
                         change->words[0])
      /* Translators: %s is an email address */
      : g_strdup_printf (_ ("The account %s in GNOME Online Accounts, with its password"),
                         change->words[0]);

  g_strv_builder_add (lines, line);
}

/* The number is the generation of what the item holds, which was never raised for mail. */
static char **
dup_words (const char *id)
{
  g_autofree char *label = g_strdup_printf ("GOA %s credentials for identity %s", PROVIDER, id);
  g_autofree char *identity = g_strdup_printf ("%s:gen0:%s", PROVIDER, id);
  const char *words[] = { NAME, label, "goa-identity", identity, NULL };

  return g_strdupv ((char **) words);
}

static char **
dup_item_of_change (const OptSetupChange *change)
{
  return change->words[1] != NULL ? dup_words (change->words[1]) : NULL;
}

/* Whoever asks it for the password is given that of the keyring; but an account that it could not
 * sign in to stays marked until it tries again. One that does not run tries when it starts. */
static void
tell (const OptSetupChange *change)
{
  const char *id = change->words[1];
  g_autofree char *path = g_strconcat (ACCOUNTS_PATH, id, NULL);
  g_autoptr (GDBusConnection) bus = opt_setup_bus_get (NULL, NULL);
  const OptSetupBusTarget target = { bus, NAME, path, ACCOUNT_INTERFACE };

  if (id != NULL && g_variant_is_object_path (path) && bus != NULL)
    opt_setup_bus_send (&target, "EnsureCredentials");
}

const OptSetupKind opt_setup_kind_online_account = {
  .name = "online-account",
  .n_words = 1,
  .is_valid = is_valid,
  .check_free = check_free,
  .make = make,
  .take_back = take_back,
  .describe = describe,
  .dup_item = dup_item_of_change,
  .tell = tell,
};

static gboolean
check (GCancellable *cancellable, GError **error)
{
  g_autoptr (GDBusConnection) bus = opt_setup_bus_get (cancellable, error);
  g_autofree char *name =
    bus != NULL ? opt_setup_bus_find_name (bus, NAME, cancellable, error) : NULL;

  return name != NULL;
}

static void
add_detail (GVariantBuilder *details, const char *prefix, const char *key, const char *value)
{
  g_autofree char *name = g_strconcat (prefix, key, NULL);

  g_variant_builder_add (details, "{ss}", name, value);
}

/* A port is a part of the host, where it is not the usual one. */
static char *
dup_host (const OptServer *server)
{
  OptService service = opt_server_get_service (server);
  OptSecurity security = opt_server_get_security (server);
  const char *host = opt_server_get_host (server);
  guint16 port = opt_server_get_port (server);

  return port == opt_server_get_usual_port (service, security)
           ? g_strdup (host)
           : g_strdup_printf ("%s:%u", host, (guint) port);
}

static void
add_server (GVariantBuilder *details, const char *prefix, const OptServer *server)
{
  gboolean tls = opt_server_get_security (server) == OPT_SECURITY_TLS;
  g_autofree char *host = dup_host (server);

  add_detail (details, prefix, "Host", host);
  add_detail (details, prefix, "UserName", opt_server_get_user (server));
  add_detail (details, prefix, "UseSsl", tls ? "true" : "false");
  add_detail (details, prefix, "UseTls", tls ? "false" : "true");
  add_detail (details, prefix, "AcceptSslErrors", "false");
}

static GVariant *
create_details (const OptSettings *settings)
{
  GVariantBuilder details = G_VARIANT_BUILDER_INIT (G_VARIANT_TYPE ("a{ss}"));

  add_detail (&details, "", "Enabled", "true");
  add_detail (&details, "", "EmailAddress", opt_settings_get_address (settings));
  add_detail (&details, "", "Name", opt_settings_get_name (settings));
  add_server (&details, "Imap", opt_settings_get_incoming (settings));
  add_server (&details, "Smtp", opt_settings_get_outgoing (settings));
  add_detail (&details, "Smtp", "UseAuth", "true");
  add_detail (&details, "Smtp", "AuthLogin", "false");
  add_detail (&details, "Smtp", "AuthPlain", "true");

  return g_variant_builder_end (&details);
}

extern const OptClient opt_client_goa;

static GPtrArray *
plan (OptSettings *settings, GCancellable *cancellable, GError **error)
{
  const char *words[] = { opt_settings_get_address (settings), NULL };
  OptService incoming = opt_settings_get_incoming_service (settings);
  GPtrArray *changes;

  if (!opt_client_takes (&opt_client_goa, incoming))
    {
      g_set_error (error,
                   OPT_ERROR,
                   OPT_ERROR_CLIENT_PROTOCOL,
                   "GNOME Online Accounts takes no %s account",
                   opt_service_to_string (incoming));
      return NULL;
    }

  changes = opt_setup_changes_new ();
  opt_setup_changes_add (changes,
                         &opt_setup_kind_online_account,
                         g_strdupv ((char **) words),
                         create_details (settings));

  return changes;
}

static char **
dup_item (const OptFoundServer *server, OptService service)
{
  return server->key != NULL ? dup_words (server->key) : NULL;
}

static const OptSetupPacking packing = { opt_goa_password_pack, opt_goa_password_unpack };

const OptSetup opt_setup_goa = {
  .client = &opt_client_goa,
  .check = check,
  .plan = plan,
  .packing = &packing,
  .dup_item = dup_item,
};
