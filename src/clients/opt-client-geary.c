/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Geary keeps each account in a folder with one key file (Geary 43). It takes IMAP only. */
#include "opt-client.h"
#include "opt-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define PREFETCH_DAYS 14

/* An encoded word has 75 characters at most (RFC 2047 §2): this many bytes become 60 in Base64. */
#define WORD_BYTES 45

static const OptTrace traces[] = {
  { OPT_TRACE_PROGRAM, "geary" },
  { OPT_TRACE_FLATPAK, "org.gnome.Geary" },
  { OPT_TRACE_NONE },
};

/* Geary decodes a name that was decoded before, and so drops these (MailboxAddress.decode_name). */
static gboolean
check_name (const char *name, GError **error)
{
  if (strpbrk (name, "\"\\") == NULL && strstr (name, "=?") == NULL)
    return TRUE;

  g_set_error (error, OPT_ERROR, OPT_ERROR_CLIENT_VALUE, "Geary would not keep the name");

  return FALSE;
}

/* Words of atoms (RFC 5322 §3.2.3), one space between them. */
static gboolean
is_plain_phrase (const char *name)
{
  if (strstr (name, "  ") != NULL || name[0] == ' ' || g_str_has_suffix (name, " "))
    return FALSE;

  for (const char *p = name; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && strchr (" !#$%&'*+-/=?^_`{|}~", *p) == NULL)
      return FALSE;

  return TRUE;
}

/* RFC 2047 §2 and §5: no word ends within a character; the space between two words is not a part
 * of the text. */
static void
append_encoded (GString *text, const char *name)
{
  for (const char *start = name; *start != '\0';)
    {
      const char *end = start;
      g_autofree char *encoded = NULL;

      while (*end != '\0' && g_utf8_next_char (end) - start <= WORD_BYTES)
        end = g_utf8_next_char (end);

      encoded = g_base64_encode ((const guchar *) start, end - start);
      g_string_append_printf (text, "%s=?utf-8?b?%s?=", start > name ? " " : "", encoded);
      start = end;
    }
}

/* As in a From line. */
static char *
create_mailbox (const OptSettings *settings)
{
  const char *name = opt_settings_get_name (settings);
  g_autoptr (GString) text = g_string_new (NULL);

  if (name[0] == '\0')
    return g_strdup (opt_settings_get_address (settings));

  if (is_plain_phrase (name))
    g_string_append (text, name);
  else
    append_encoded (text, name);
  g_string_append_printf (text, " <%s>", opt_settings_get_address (settings));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_account (GKeyFile *file, const OptSettings *settings)
{
  g_autofree char *mailbox = create_mailbox (settings);
  const char *const mailboxes[] = { mailbox };

  g_key_file_set_integer (file, "Metadata", "version", 1);
  g_key_file_set_string (file, "Metadata", "status", "enabled");
  g_key_file_set_integer (file, "Account", "ordinal", 1);
  g_key_file_set_string (file, "Account", "label", opt_settings_get_address (settings));
  g_key_file_set_integer (file, "Account", "prefetch_days", PREFETCH_DAYS);
  g_key_file_set_boolean (file, "Account", "save_drafts", TRUE);
  g_key_file_set_boolean (file, "Account", "save_sent", TRUE);
  g_key_file_set_boolean (file, "Account", "use_signature", FALSE);
  g_key_file_set_string (file, "Account", "signature", "");
  g_key_file_set_string_list (file, "Account", "sender_mailboxes", mailboxes, 1);
  g_key_file_set_string (file, "Account", "service_provider", "other");
}

/* Left to Geary to find. */
static void
add_folders (GKeyFile *file)
{
  static const char *const folders[] = {
    "archive_folder", "drafts_folder", "junk_folder", "sent_folder", "trash_folder",
  };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    g_key_file_set_string (file, "Folders", folders[i], "");
}

static void
add_server (GKeyFile *file, const char *group, const OptServer *server, const char *credentials)
{
  gboolean tls = opt_server_get_security (server) == OPT_SECURITY_TLS;

  if (g_str_equal (credentials, "custom"))
    g_key_file_set_string (file, group, "login", opt_server_get_user (server));
  g_key_file_set_boolean (file, group, "remember_password", TRUE);
  g_key_file_set_string (file, group, "host", opt_server_get_host (server));
  g_key_file_set_integer (file, group, "port", opt_server_get_port (server));
  g_key_file_set_string (file, group, "transport_security", tls ? "transport" : "start-tls");
  g_key_file_set_string (file, group, "credentials", credentials);
}

static GPtrArray *
render_files (const OptSettings *settings, GError **error)
{
  OptServer *incoming = opt_settings_get_incoming (settings);
  OptServer *outgoing = opt_settings_get_outgoing (settings);
  gboolean same = g_str_equal (opt_server_get_user (incoming), opt_server_get_user (outgoing));
  g_autoptr (GKeyFile) file = NULL;
  GPtrArray *files;
  gsize size_bytes;
  char *text;

  if (!check_name (opt_settings_get_name (settings), error))
    return NULL;

  file = g_key_file_new ();
  add_account (file, settings);
  add_folders (file);
  add_server (file, "Incoming", incoming, "custom");
  add_server (file, "Outgoing", outgoing, same ? "use-incoming" : "custom");

  text = g_key_file_to_data (file, &size_bytes, NULL);
  files = opt_client_files_new ();
  g_ptr_array_add (files, opt_client_file_new ("geary.ini", g_bytes_new_take (text, size_bytes)));

  return files;
}

static char **
create_steps (const OptSettings *settings)
{
  const char *close = _ ("Close Geary.");
  /* Translators: ~/.config/geary and account_01 stay as they are. */
  const char *copy = _ ("Put the folder into “~/.config/geary”, and name it “account_01”. If there "
                        "is one of that name, take the next number.");
  /* Translators: %s is an email address. */
  g_autofree char *password = g_strdup_printf (_ ("Open Geary. When it asks, enter the password of "
                                                  "%s, and let it be remembered."),
                                               opt_settings_get_address (settings));
  const char *steps[] = { close, copy, password, NULL };

  return g_strdupv ((char **) steps);
}

const OptClient opt_client_geary = {
  .id = "geary",
  .name = N_ ("Geary"),
  .icon_name = "org.gnome.Geary",
  .group = OPT_CLIENT_ON_COMPUTER,
  .protocols = OPT_CLIENT_TAKES_IMAP,
  .file_name = "geary-account",
  .traces = traces,
  .render_files = render_files,
  .create_steps = create_steps,
  .password_path = N_ ("When it is set up from here, it finds the password in the keyring, under a "
                       "name of its own; with the folder it asks for it once."),
  .proof = "geary.test_signs_in",
  .tried = N_ ("Geary 43 on Debian signed in with it by IMAP; not tried with the Flatpak."),
};
