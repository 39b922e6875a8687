/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The one error domain of the product. error->message is English, for the log; what people read
 * is made from the code by check/opt-advice. The two codes that say so are the exception: only who
 * finds such a fault knows what to say, and error->message is for people, in their language. */
typedef enum
{
  /* An address that is not one; the code says which part is wrong. */
  OPT_ERROR_ADDRESS_EMPTY = 1,
  OPT_ERROR_ADDRESS_NOT_TEXT,         /* not UTF-8, or a control character */
  OPT_ERROR_ADDRESS_NO_AT,            /* no @, or more than one */
  OPT_ERROR_ADDRESS_LOCAL_PART_EMPTY, /* nothing before the @ */
  OPT_ERROR_ADDRESS_LOCAL_PART_LONG,  /* RFC 5321 §4.5.3.1.1: 64 octets */
  OPT_ERROR_ADDRESS_LOCAL_PART,       /* RFC 5321 §4.1.2: not a dot-string */
  OPT_ERROR_ADDRESS_DOMAIN_EMPTY,     /* nothing after the @ */
  OPT_ERROR_ADDRESS_DOMAIN,           /* RFC 5321 §4.1.2: not a domain */
  OPT_ERROR_ADDRESS_LONG,             /* RFC 5321 §4.5.3.1.3: 254 octets without <> */

  /* A server typed by hand. */
  OPT_ERROR_SERVER_SYNTAX,   /* not SCHEME://HOST:PORT */
  OPT_ERROR_SERVER_SECURITY, /* a scheme other than tls or starttls */
  OPT_ERROR_SERVER_HOST,
  OPT_ERROR_SERVER_PORT,
  OPT_ERROR_SERVER_USER,     /* a control character in the sign-in name */
  OPT_ERROR_SERVICE_UNKNOWN, /* not pop3, imap or smtp */

  OPT_ERROR_PROVIDERS_INVALID, /* a section of a providers file cannot be used */

  /* A password that cannot be sent by any protocol. */
  OPT_ERROR_PASSWORD_EMPTY,
  OPT_ERROR_PASSWORD_NOT_TEXT, /* NUL, CR or LF inside, or not UTF-8 (RFC 4616 §2) */
  OPT_ERROR_PASSWORD_LONG,

  /* The keyring; ids in parentheses are those of the product's interface. */
  OPT_ERROR_KEYRING_MISSING,   /* no Secret Service on the bus (keyring-missing) */
  OPT_ERROR_KEYRING_LOCKED,    /* (keyring-locked) */
  OPT_ERROR_KEYRING_DISMISSED, /* the prompt was cancelled (keyring-dismissed) */
  OPT_ERROR_KEYRING_FAILED,    /* anything else (keyring-failed) */
  OPT_ERROR_KEYRING_NOT_FOUND, /* no such item */
  OPT_ERROR_PASSWORD_MIXED,    /* a change failed half way, and could not be put back in full */

  /* An export. */
  OPT_ERROR_CLIENT_UNKNOWN,   /* no mail program with this id */
  OPT_ERROR_CLIENT_PROTOCOL,  /* the program does not take this protocol */
  OPT_ERROR_CLIENT_PASSWORD,  /* a password was asked for, the format must not hold one */
  OPT_ERROR_CLIENT_NAME,      /* a person's name that the format cannot hold (for people) */
  OPT_ERROR_CLIENT_VALUE,     /* any other value that it cannot hold (for people) */
  OPT_ERROR_FILE_EXISTS,      /* and nobody said to replace it */
  OPT_ERROR_FILE_LINK,        /* the path is a symbolic link */
  OPT_ERROR_FILE_LIVE,        /* a mail program works with this file */
  OPT_ERROR_FILE_NO_SPACE,    /* the disk, or one's share of it, is full */
  OPT_ERROR_FILE_NOT_ALLOWED, /* a folder or disk that one may not write to */
  OPT_ERROR_FILE_NOT_WRITTEN, /* anything else */

  /* Settings that another program has written. */
  OPT_ERROR_READ_NOT_FILE, /* a folder, a device, a pipe */
  OPT_ERROR_READ_LARGE,    /* too large to be settings */
  OPT_ERROR_READ_FAILED,   /* the system does not let us, or it is gone */
  OPT_ERROR_READ_UNKNOWN,  /* no format that we know */
  OPT_ERROR_READ_BROKEN,   /* a format that we know, damaged */
  OPT_ERROR_READ_SIGNED,   /* a format that we know, wrapped in a signature */
  OPT_ERROR_READ_EMPTY,    /* no account in it */
  OPT_ERROR_READ_PARTIAL,  /* no account in it, but names of more files, which were not read */

  /* A set-up in another program. */
  OPT_ERROR_SETUP_MISSING,  /* the program, or its service, is not on this computer */
  OPT_ERROR_SETUP_RUNNING,  /* the program has to be closed first */
  OPT_ERROR_SETUP_EXISTS,   /* the program has an account or a password for this address */
  OPT_ERROR_SETUP_KNOWN,    /* it was set up from here before, and not undone */
  OPT_ERROR_SETUP_FOLDER,   /* a folder whose name the list cannot hold */
  OPT_ERROR_SETUP_FAILED,   /* the program's service refused */
  OPT_ERROR_SETUP_UNKNOWN,  /* nothing was set up, so there is nothing to take back */
  OPT_ERROR_SETUPS_INVALID, /* the list of what was set up cannot be read */

  /* A test message. */
  OPT_ERROR_DELIVERY_TOO_SOON, /* a minute has not passed since the last one */
  OPT_ERROR_DELIVERY_TOO_MANY, /* enough for one day */
  OPT_ERROR_DELIVERY_UNKNOWN,  /* none was sent from here under this id */

  OPT_ERROR_ACCOUNT_UNKNOWN,  /* nothing saved under this address, and no provider known */
  OPT_ERROR_ACCOUNTS_INVALID, /* the file of saved accounts cannot be read */
} OptError;

#define OPT_ERROR (opt_error_quark ())

/**
 * opt_error_quark:
 *
 * Returns: the error domain. Thread-safe.
 */
GQuark opt_error_quark (void);

G_END_DECLS
