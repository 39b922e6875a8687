/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The words for every error that a person can cause or meet outside of a check. */
#include "opt-advice.h"

#include "opt-error.h"

#include <glib/gi18n-lib.h>

static const struct
{
  OptError code;
  const char *text;
} error_texts[] = {
  { OPT_ERROR_ADDRESS_EMPTY, N_ ("Enter your email address.") },
  { OPT_ERROR_ADDRESS_NOT_TEXT,
    N_ ("The address holds an invisible character. Type it instead of pasting it.") },
  { OPT_ERROR_ADDRESS_NO_AT, N_ ("An address has one @, as in jane@optonline.net.") },
  { OPT_ERROR_ADDRESS_LOCAL_PART_EMPTY, N_ ("Something is missing before the @.") },
  { OPT_ERROR_ADDRESS_LOCAL_PART_LONG, N_ ("The part before the @ is too long.") },
  { OPT_ERROR_ADDRESS_LOCAL_PART,
    N_ ("The part before the @ has a character or a dot that cannot be there.") },
  { OPT_ERROR_ADDRESS_DOMAIN_EMPTY, N_ ("Something is missing after the @.") },
  { OPT_ERROR_ADDRESS_DOMAIN, N_ ("The part after the @ is not spelled like optonline.net.") },
  { OPT_ERROR_ADDRESS_LONG, N_ ("The address is too long.") },
  { OPT_ERROR_SERVER_SYNTAX, N_ ("Write a server as tls://mail.example.net:993.") },
  { OPT_ERROR_SERVER_SECURITY, N_ ("A server is reached by tls or starttls, nothing else.") },
  { OPT_ERROR_SERVER_HOST, N_ ("The server’s name is not spelled like mail.example.net.") },
  { OPT_ERROR_SERVER_PORT, N_ ("A port is a number from 1 to 65535.") },
  { OPT_ERROR_SERVER_USER, N_ ("The sign-in name holds an invisible character.") },
  { OPT_ERROR_SERVICE_UNKNOWN, N_ ("The services are pop3, imap and smtp.") },
  { OPT_ERROR_PASSWORD_EMPTY, N_ ("Enter your password.") },
  { OPT_ERROR_PASSWORD_NOT_TEXT, N_ ("The password holds a character that cannot be sent.") },
  { OPT_ERROR_PASSWORD_LONG, N_ ("The password is too long.") },
  { OPT_ERROR_KEYRING_MISSING,
    N_ ("This desktop has no keyring. Install GNOME Keyring or KWallet to keep passwords.") },
  { OPT_ERROR_KEYRING_LOCKED, N_ ("The keyring is locked. Unlock it, then try again.") },
  { OPT_ERROR_KEYRING_DISMISSED, N_ ("The keyring stays locked, because you did not unlock it.") },
  { OPT_ERROR_KEYRING_FAILED, N_ ("The keyring could not do it.") },
  { OPT_ERROR_KEYRING_NOT_FOUND, N_ ("The keyring holds no password for this address.") },
  { OPT_ERROR_PASSWORD_MIXED,
    N_ ("The new password could not be put everywhere, and the old one not be put back everywhere: "
        "some places have the one, some the other. Try again.") },
  { OPT_ERROR_CLIENT_UNKNOWN, N_ ("There is no mail program with this id.") },
  { OPT_ERROR_CLIENT_PROTOCOL, N_ ("This mail program cannot use this way of receiving mail.") },
  { OPT_ERROR_CLIENT_PASSWORD, N_ ("A file for this mail program cannot hold the password.") },
  { OPT_ERROR_FILE_EXISTS, N_ ("There is a file of this name already.") },
  { OPT_ERROR_FILE_LINK, N_ ("This name is a link to another file. Choose another name.") },
  { OPT_ERROR_FILE_LIVE,
    N_ ("A mail program works with this file, so it stays as it is. Choose another name; the steps "
        "tell how to bring the new file in.") },
  { OPT_ERROR_FILE_NO_SPACE, N_ ("There is no space left there. Choose another folder.") },
  { OPT_ERROR_FILE_NOT_ALLOWED, N_ ("You are not allowed to write there. Choose another folder.") },
  { OPT_ERROR_FILE_NOT_WRITTEN, N_ ("The file could not be written.") },
  { OPT_ERROR_READ_NOT_FILE, N_ ("This is not a file. Choose the settings file itself.") },
  { OPT_ERROR_READ_LARGE, N_ ("This file is too large to be a mail program’s settings.") },
  { OPT_ERROR_READ_FAILED, N_ ("The file cannot be read. Look whether it is there and yours.") },
  { OPT_ERROR_READ_UNKNOWN,
    N_ ("This is not a settings file that OptSetup knows. It knows those of Thunderbird, Outlook, "
        "Apple Mail and most other mail programs.") },
  { OPT_ERROR_READ_BROKEN, N_ ("This settings file is damaged, or was not written in full.") },
  { OPT_ERROR_READ_SIGNED,
    N_ ("This profile is signed, and OptSetup cannot look into signed ones. Ask whoever made it "
        "for one that is not.") },
  { OPT_ERROR_READ_EMPTY, N_ ("There is no mail account in this file.") },
  { OPT_ERROR_READ_PARTIAL,
    N_ ("There is no mail account in this file. It names other files, which were not read.") },
  { OPT_ERROR_DELIVERY_TOO_SOON,
    N_ ("A test message was sent less than a minute ago. Wait a minute, then try again.") },
  { OPT_ERROR_DELIVERY_TOO_MANY,
    N_ ("Five test messages were sent in the last 24 hours. That is the most for one address.") },
  { OPT_ERROR_DELIVERY_UNKNOWN,
    N_ ("No test message with this ID was sent for this address from this computer.") },
  { OPT_ERROR_SETUP_MISSING,
    N_ ("This mail program is not on this computer, or its service cannot be reached.") },
  { OPT_ERROR_SETUP_RUNNING, N_ ("This mail program is running. Close it, then try again.") },
  { OPT_ERROR_SETUP_EXISTS,
    N_ ("This mail program has an account for this address already, or the keyring has its "
        "password. It was left as it is.") },
  { OPT_ERROR_SETUP_KNOWN,
    N_ ("This mail program was set up for this address from here before. Undo that first.") },
  { OPT_ERROR_SETUP_FOLDER,
    N_ ("The name of a folder on the way to this mail program’s settings is not valid text, so "
        "what is set up there could not be undone. Nothing was changed.") },
  { OPT_ERROR_SETUP_FAILED, N_ ("The mail program did not take the account.") },
  { OPT_ERROR_SETUP_UNKNOWN,
    N_ ("Nothing was set up in this mail program for this address, so there is nothing to undo.") },
  { OPT_ERROR_SETUPS_INVALID,
    N_ ("The list of what was set up cannot be read; it was left as it is.") },
  { OPT_ERROR_ACCOUNT_UNKNOWN,
    N_ ("This is not an Optonline or Optimum address. Give its servers by hand.") },
  { OPT_ERROR_ACCOUNTS_INVALID,
    N_ ("The list of saved accounts cannot be read; it was left as it is.") },
};

const char *
opt_advice_get_error_text (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (error_texts); i++)
    if (g_error_matches (error, OPT_ERROR, error_texts[i].code))
      return _ (error_texts[i].text);

  return error->message;
}
