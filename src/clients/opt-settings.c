/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The value that every renderer gets. Nothing can be rendered that did not pass here, so this is
 * where a line break in a name ends: one was seen to set `from` in a muttrc. */
#include "opt-settings.h"

#include "opt-error.h"

#include <glib/gi18n-lib.h>

struct _OptSettings
{
  OptAccount *account;
  OptService incoming;
  guint leave_on_server_days;
};

G_DEFINE_BOXED_TYPE (OptSettings, opt_settings, opt_settings_ref, opt_settings_unref)

static void
clear_settings (gpointer data)
{
  OptSettings *self = data;

  opt_account_unref (self->account);
}

/* Control characters, Unicode's own line ends, and what XML 1.0 §2.2 has no way to write. */
static gboolean
is_unsafe (gunichar c)
{
  return g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 || (c >= 0xfdd0 && c <= 0xfdef) ||
         (c & 0xfffe) == 0xfffe;
}

/* @words are for people, untranslated. */
static gboolean
check_value (const char *words, const char *value, GError **error)
{
  gboolean safe = g_utf8_validate (value, -1, NULL);

  for (const char *p = value; safe && *p != '\0'; p = g_utf8_next_char (p))
    safe = !is_unsafe (g_utf8_get_char (p));

  if (!safe)
    g_set_error_literal (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE, _ (words));

  return safe;
}

/* Formats take an empty user name for none at all, or for something else. */
static gboolean
check_user (const char *user, GError **error)
{
  if (user[0] != '\0')
    return check_value (N_ ("The sign-in name holds an invisible character."), user, error);

  g_set_error_literal (error,
                       OPT_ERROR,
                       OPT_ERROR_CLIENT_VALUE,
                       _ ("The user name is missing, so the program cannot sign in."));

  return FALSE;
}

static gboolean
check_servers (OptAccount *account, OptService service, GError **error)
{
  static const char *const bad_host =
    N_ ("The server’s name is not spelled like mail.example.net.");
  GPtrArray *servers = opt_account_get_servers (account, service);

  for (guint i = 0; i < servers->len; i++)
    if (!check_value (bad_host, opt_server_get_host (servers->pdata[i]), error) ||
        !check_user (opt_server_get_user (servers->pdata[i]), error))
      return FALSE;

  return TRUE;
}

static gboolean
check_account (OptAccount *account, GError **error)
{
  static const char *const bad_name =
    N_ ("The name holds an invisible character. Type it instead of pasting it.");
  static const char *const bad_address =
    N_ ("The address holds an invisible character. Type it instead of pasting it.");
  static const char *const bad_value =
    N_ ("The format cannot hold one of the settings: a character, a length or a kind of "
        "encryption.");
  OptAddress *address = opt_account_get_address (account);
  OptProvider *provider = opt_account_get_provider (account);

  if (!check_value (bad_name, opt_account_get_name (account), error) ||
      !check_value (bad_address, opt_address_get_text (address), error))
    return FALSE;

  if (provider != NULL && (!check_value (bad_value, opt_provider_get_name (provider), error) ||
                           !check_value (bad_value, opt_provider_get_id (provider), error)))
    return FALSE;

  for (guint service = 0; service < OPT_N_SERVICES; service++)
    if (!check_servers (account, service, error))
      return FALSE;

  return TRUE;
}

static gboolean
check_service (OptAccount *account, OptService service, GError **error)
{
  if (opt_account_get_server (account, service) != NULL)
    return TRUE;

  g_set_error (error,
               OPT_ERROR,
               OPT_ERROR_CLIENT_PROTOCOL,
               "the account has no %s server",
               opt_service_to_string (service));

  return FALSE;
}

OptSettings *
opt_settings_new (OptAccount *account, OptService incoming, GError **error)
{
  OptSettings *self;

  g_return_val_if_fail (account != NULL, NULL);
  g_return_val_if_fail (incoming == OPT_SERVICE_IMAP || incoming == OPT_SERVICE_POP3, NULL);

  if (!check_account (account, error) || !check_service (account, incoming, error) ||
      !check_service (account, OPT_SERVICE_SMTP, error))
    return NULL;

  self = g_atomic_rc_box_new0 (OptSettings);
  self->account = opt_account_ref (account);
  self->incoming = incoming;
  self->leave_on_server_days = OPT_LEAVE_ON_SERVER_DEFAULT;

  return self;
}

OptSettings *
opt_settings_with_leave_on_server (const OptSettings *self, guint days)
{
  OptSettings *copy;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (days <= OPT_LEAVE_ON_SERVER_MAX_DAYS || days == OPT_LEAVE_ON_SERVER_ALWAYS,
                        NULL);

  copy = g_atomic_rc_box_new0 (OptSettings);
  copy->account = opt_account_ref (self->account);
  copy->incoming = self->incoming;
  copy->leave_on_server_days = days;

  return copy;
}

OptSettings *
opt_settings_ref (OptSettings *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
opt_settings_unref (OptSettings *self)
{
  g_atomic_rc_box_release_full (self, clear_settings);
}

OptAccount *
opt_settings_get_account (const OptSettings *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->account;
}

const char *
opt_settings_get_name (const OptSettings *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return opt_account_get_name (self->account);
}

const char *
opt_settings_get_address (const OptSettings *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return opt_address_get_text (opt_account_get_address (self->account));
}

const char *
opt_settings_get_provider_name (const OptSettings *self)
{
  OptProvider *provider;

  g_return_val_if_fail (self != NULL, NULL);

  provider = opt_account_get_provider (self->account);

  return provider != NULL ? opt_provider_get_name (provider)
                          : opt_address_get_domain (opt_account_get_address (self->account));
}

OptService
opt_settings_get_incoming_service (const OptSettings *self)
{
  g_return_val_if_fail (self != NULL, OPT_SERVICE_IMAP);

  return self->incoming;
}

OptServer *
opt_settings_get_incoming (const OptSettings *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return opt_account_get_server (self->account, self->incoming);
}

OptServer *
opt_settings_get_other_incoming (const OptSettings *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return opt_account_get_server (self->account,
                                 self->incoming == OPT_SERVICE_IMAP ? OPT_SERVICE_POP3
                                                                    : OPT_SERVICE_IMAP);
}

OptServer *
opt_settings_get_outgoing (const OptSettings *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return opt_account_get_server (self->account, OPT_SERVICE_SMTP);
}

guint
opt_settings_get_leave_on_server (const OptSettings *self)
{
  g_return_val_if_fail (self != NULL, OPT_LEAVE_ON_SERVER_DEFAULT);

  return self->leave_on_server_days;
}
