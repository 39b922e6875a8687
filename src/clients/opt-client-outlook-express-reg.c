/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The account of Outlook Express 6, as a registry file. The program is from before Unicode and
 * from before STARTTLS on other ports than 25, so both are refused. */
#include "opt-client.h"
#include "opt-internet-account.h"
#include "opt-limit.h"
#include "opt-reg.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Far above the numbers that the program gives its own accounts, so that none is in the way. */
#define REGISTRY_KEY                                                                               \
  "HKEY_CURRENT_USER\\Software\\Microsoft\\Internet Account Manager\\Accounts\\00000901"

/* Where it and its own accounts are, with or without an identity before it. */
#define ACCOUNTS_KEY "\\internet account manager\\accounts\\"

/* The one port on which sending begins without encryption. */
static const guint starttls_ports[] = { 25, 0 };

#define CONNECTION_AS_THE_SYSTEM_HAS_IT 3

/* "SMTP Use Sicily" */
#define AUTH_AS_INCOMING 2
#define AUTH_OF_ITS_OWN 3

#define LAST_OF_LATIN_1 0xff

static gboolean
is_latin (gunichar c)
{
  return c <= LAST_OF_LATIN_1;
}

static gboolean
add_string (GString *reg, const char *prefix, const char *name, const char *value, GError **error)
{
  g_autofree char *whole = g_strconcat (prefix, name, NULL);
  g_autofree char *beyond = opt_limit_find_characters (value, is_latin);

  if (beyond != NULL)
    return opt_limit_refuse_text (value, error);

  opt_reg_add_string (reg, whole, value);

  return TRUE;
}

static gboolean
add_name (GString *reg, const char *name, GError **error)
{
  g_autofree char *beyond = opt_limit_find_characters (name, is_latin);

  return beyond == NULL ? add_string (reg, "SMTP ", "Display Name", name, error)
                        : opt_limit_refuse_name (name, beyond, error);
}

static void
add_number (GString *reg, const char *prefix, const char *name, guint value)
{
  g_autofree char *whole = g_strconcat (prefix, name, NULL);

  opt_reg_add_number (reg, whole, value);
}

static gboolean
add_server (GString *reg, const char *prefix, const OptServer *server, GError **error)
{
  if (opt_server_get_security (server) != OPT_SECURITY_TLS)
    return opt_limit_refuse_security (server, error);

  if (!add_string (reg, prefix, "Server", opt_server_get_host (server), error))
    return FALSE;

  add_number (reg, prefix, "Port", opt_server_get_port (server));
  add_number (reg, prefix, "Secure Connection", 1);

  return TRUE;
}

static void
add_leave_on_server (GString *reg, guint days)
{
  opt_reg_add_number (reg, "Leave Mail On Server", days != OPT_LEAVE_ON_SERVER_NEVER);
  if (days == OPT_LEAVE_ON_SERVER_NEVER || days == OPT_LEAVE_ON_SERVER_ALWAYS)
    return;

  opt_reg_add_number (reg, "Remove When Expired", 1);
  opt_reg_add_number (reg, "Expire Days", days);
}

static gboolean
add_incoming (GString *reg, const OptSettings *settings, GError **error)
{
  OptServer *server = opt_settings_get_incoming (settings);
  gboolean pop3 = opt_server_get_service (server) == OPT_SERVICE_POP3;
  const char *prefix = pop3 ? "POP3 " : "IMAP ";

  if (!add_server (reg, prefix, server, error) ||
      !add_string (reg, prefix, "User Name", opt_server_get_user (server), error))
    return FALSE;

  add_number (reg, prefix, "Prompt for Password", 1);
  if (pop3)
    add_leave_on_server (reg, opt_settings_get_leave_on_server (settings));

  return TRUE;
}

static gboolean
add_outgoing (GString *reg, const OptSettings *settings, GError **error)
{
  OptServer *server = opt_settings_get_outgoing (settings);
  const char *user = opt_server_get_user (server);
  gboolean same = g_str_equal (user, opt_server_get_user (opt_settings_get_incoming (settings)));

  if (!add_server (reg, "SMTP ", server, error) ||
      !add_name (reg, opt_settings_get_name (settings), error) ||
      !add_string (reg, "SMTP ", "Email Address", opt_settings_get_address (settings), error))
    return FALSE;

  opt_reg_add_number (reg, "SMTP Use Sicily", same ? AUTH_AS_INCOMING : AUTH_OF_ITS_OWN);
  if (same)
    return TRUE;

  opt_reg_add_number (reg, "SMTP Prompt for Password", 1);

  return add_string (reg, "SMTP ", "User Name", user, error);
}

static GBytes *
render (const OptSettings *settings, GError **error)
{
  g_autoptr (GString) reg = opt_reg_new (REGISTRY_KEY);

  opt_reg_add_string (reg, "Account Name", opt_settings_get_address (settings));
  opt_reg_add_number (reg, "Connection Type", CONNECTION_AS_THE_SYSTEM_HAS_IT);
  if (!add_incoming (reg, settings, error) || !add_outgoing (reg, settings, error))
    return NULL;

  return opt_reg_free_to_bytes (g_steal_pointer (&reg));
}

static gboolean
recognises (const OptClientFile *file)
{
  return opt_reg_looks_like (file->bytes, ACCOUNTS_KEY);
}

static gboolean
read_file (GBytes *bytes, GPtrArray *founds, GError **error)
{
  g_autoptr (GPtrArray) keys = opt_reg_parse (bytes, error);

  if (keys == NULL)
    return FALSE;

  for (guint i = 0; i < keys->len; i++)
    {
      const OptRegKey *key = g_ptr_array_index (keys, i);

      if (strstr (key->path, ACCOUNTS_KEY) != NULL)
        opt_internet_account_read (key->values, starttls_ports, founds);
    }

  return TRUE;
}

static gboolean
read_files (GPtrArray *files, GPtrArray *founds, GError **error)
{
  return opt_client_read_each (files, founds, read_file, error);
}

static char **
create_steps (const OptSettings *settings)
{
  const char *close = _ ("Close Outlook Express, and copy the file to that computer.");
  const char *merge = _ ("Double-click the file there, and agree to add it to the registry.");
  /* Translators: %s is an email address. */
  g_autofree char *password = g_strdup_printf (_ ("Open Outlook Express and enter the password of "
                                                  "%s when asked."),
                                               opt_settings_get_address (settings));
  const char *old =
    _ ("Outlook Express knows only old encryption. If it cannot connect, the server "
       "no longer accepts that, and another mail program is needed.");
  const char *steps[] = { close, merge, password, old, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_outlook_express_reg = {
  .id = "outlook-express-reg",
  .name = N_ ("Outlook Express (registry file)"),
  .icon_name = "computer-symbolic",
  .group = OPT_CLIENT_ANYTHING_ELSE,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "outlook-express.reg",
  .media_type = "application/octet-stream",
  .render = render,
  .create_steps = create_steps,
  .recognises = recognises,
  .read = read_files,
  .password_path = N_ ("Outlook Express asks for it once, and keeps it itself."),
  .tried = N_ ("Written from documentation; not tried on Windows."),
};
