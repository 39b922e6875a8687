/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The words for every diagnosis and error: what happened, what it means, what to do. Nowhere else
 * are there any. Plain sentences without codes; the server's own words are quoted beside them. */
#include "opt-advice.h"

#include "opt-error.h"
#include "opt-transcript.h"

#include <glib/gi18n-lib.h>

#define SERVER_WORDS_MAX_CHARS 300

/* What an advice's one placeholder stands for. */
typedef enum
{
  NOTHING,
  HOST,
  BRAND,
  ISSUER,
  END_DATE,
  START_DATE,
} Placeholder;

typedef struct
{
  OptDiagnosis diagnosis;
  const char *title;
  const char *text;
  Placeholder placeholder;
  OptAction action;
} Advice;

/* In the order of OptDiagnosis. */
static const Advice advice[OPT_N_DIAGNOSES] = {
  { OPT_DIAGNOSIS_WORKS,
    N_ ("Works"),
    N_ ("Everything was tried and works."),
    NOTHING,
    OPT_ACTION_NONE },
  { OPT_DIAGNOSIS_OFFLINE,
    N_ ("You are not connected"),
    N_ ("This computer has no way to the internet. Connect it, then try again."),
    NOTHING,
    OPT_ACTION_OPEN_NETWORK },
  { OPT_DIAGNOSIS_CAPTIVE_PORTAL,
    N_ ("This network wants you to sign in"),
    N_ ("A page of this network answered in place of the mail server. Open your web browser, "
        "sign in to the network, then try again."),
    NOTHING,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_HOST_UNKNOWN,
    N_ ("There is no such server"),
    /* Translators: %s is the name of a server */
    N_ ("No server has the name %s. Check how it is spelled."),
    HOST,
    OPT_ACTION_CHANGE_SERVERS },
  { OPT_DIAGNOSIS_DNS_FAILURE,
    N_ ("The server’s address was not found"),
    /* Translators: %s is the name of a server */
    N_ ("This network could not say where %s is. Try again in a moment. If you use a VPN, "
        "switch it off."),
    HOST,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_CONNECTION_REFUSED,
    N_ ("The server does not answer here"),
    /* Translators: %s is the name of a server */
    N_ ("%s is there, but this service of it is switched off. Try again later, or check the "
        "server’s settings."),
    HOST,
    OPT_ACTION_CHANGE_SERVERS },
  { OPT_DIAGNOSIS_CONNECTION_FILTERED,
    N_ ("This network blocks mail"),
    /* Translators: %s is the name of a server */
    N_ ("Nothing came back from %s. A firewall, a VPN or this network may be in the way. Try "
        "another network."),
    HOST,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_PORT_25_BLOCKED,
    N_ ("This network blocks port 25"),
    N_ ("Most home networks do. Use port 465 for sending; it is safer too."),
    NOTHING,
    OPT_ACTION_CHANGE_SERVERS },
  { OPT_DIAGNOSIS_CLOSED_BEFORE_GREETING,
    N_ ("The server hung up"),
    /* Translators: %s is the name of a server */
    N_ ("%s took the call and hung up without a word. It may be busy, or not like this network. "
        "Wait a few minutes, then try again."),
    HOST,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_TLS_TO_PLAIN_PORT,
    N_ ("The wrong kind of security"),
    N_ ("This port begins without protection and switches to it later. Choose STARTTLS for it, "
        "or the usual port for TLS."),
    NOTHING,
    OPT_ACTION_CHANGE_SERVERS },
  { OPT_DIAGNOSIS_PLAIN_TO_TLS_PORT,
    N_ ("The wrong kind of security"),
    N_ ("This port wants protection from the start. Choose TLS for it, not STARTTLS."),
    NOTHING,
    OPT_ACTION_CHANGE_SERVERS },
  { OPT_DIAGNOSIS_TLS_TOO_OLD,
    N_ ("The server’s protection is too old"),
    /* Translators: %s is the name of a server */
    N_ ("%s cannot protect the connection in a way that is still safe. Only its owner can "
        "change that. Your password was not sent."),
    HOST,
    OPT_ACTION_CHANGE_SERVERS },
  { OPT_DIAGNOSIS_CERTIFICATE_EXPIRED,
    N_ ("The server’s certificate has run out"),
    /* Translators: %s is a date */
    N_ ("It was good until %s. The server’s owner has to renew it. Your password was not sent."),
    END_DATE,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_CERTIFICATE_NOT_YET_VALID,
    N_ ("The certificate is not valid yet"),
    /* Translators: %s is a date */
    N_ ("It is good from %s on. Check the date of this computer. Your password was not sent."),
    START_DATE,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_CLOCK_WRONG,
    N_ ("The clock of this computer is wrong"),
    N_ ("No server’s certificate fits today’s date. Set the date and time, then try again."),
    NOTHING,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_CERTIFICATE_WRONG_NAME,
    N_ ("The server is not who it should be"),
    /* Translators: %s is the name of a server */
    N_ ("Its certificate is not for %s. Check the server’s name. Your password was not sent."),
    HOST,
    OPT_ACTION_CHANGE_SERVERS },
  { OPT_DIAGNOSIS_CERTIFICATE_UNTRUSTED,
    N_ ("Nobody vouches for this server"),
    N_ ("Its certificate comes from “%s”, which this computer does not trust. A virus scanner, "
        "a company’s network or an attacker may be reading along. Your password was not sent."),
    ISSUER,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_STARTTLS_MISSING,
    N_ ("The server offers no protection"),
    N_ ("It does not offer STARTTLS on this port, or something on the way hides it. Use TLS and "
        "its usual port. Your password was not sent."),
    NOTHING,
    OPT_ACTION_CHANGE_SERVERS },
  { OPT_DIAGNOSIS_STARTTLS_REFUSED,
    N_ ("The server would not protect the line"),
    N_ ("It offers STARTTLS but refused to start it. Try again later. Your password was not "
        "sent."),
    NOTHING,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_STARTTLS_INJECTED,
    N_ ("Somebody meddles with the connection"),
    N_ ("Words were slipped in before the connection was safe. Do not use this network for "
        "mail. Your password was not sent."),
    NOTHING,
    OPT_ACTION_OPEN_NETWORK },
  { OPT_DIAGNOSIS_PREAUTH_BEFORE_TLS,
    N_ ("Somebody meddles with the connection"),
    N_ ("The server claimed that you are signed in before the connection was safe. Do not use "
        "this network for mail. Your password was not sent."),
    NOTHING,
    OPT_ACTION_OPEN_NETWORK },
  { OPT_DIAGNOSIS_WRONG_PROTOCOL,
    N_ ("This is another kind of server"),
    N_ ("A mail server answered, but of another kind. The ports may be swapped."),
    NOTHING,
    OPT_ACTION_CHANGE_SERVERS },
  { OPT_DIAGNOSIS_GREETING_REFUSED,
    N_ ("The server is not taking calls"),
    N_ ("It is busy, or does not serve this network. Try again in a few minutes."),
    NOTHING,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_EHLO_REFUSED,
    N_ ("The server did not like our greeting"),
    N_ ("It refused the way this program introduces itself. That is no fault of yours. Try "
        "again later."),
    NOTHING,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_AUTH_NOT_OFFERED,
    N_ ("There is no way to sign in here"),
    N_ ("The server offers no sign-in with a password. It may be the wrong server or port."),
    NOTHING,
    OPT_ACTION_CHANGE_SERVERS },
  { OPT_DIAGNOSIS_ENCRYPTION_REQUIRED,
    N_ ("The server wants more protection"),
    N_ ("It takes a password only over a protected connection. Use TLS."),
    NOTHING,
    OPT_ACTION_CHANGE_SERVERS },
  { OPT_DIAGNOSIS_PASSWORD_REFUSED,
    N_ ("Your password was not accepted"),
    N_ ("%s’s server answered and the connection is safe, but it refused this password. Try it "
        "on the web mail: if it fails there too, reset it."),
    BRAND,
    OPT_ACTION_ENTER_PASSWORD },
  { OPT_DIAGNOSIS_SERVICE_DISABLED,
    N_ ("This service is switched off for you"),
    N_ ("Your password is right: another server took it. Ask %s to switch on access by mail "
        "programs for your mailbox."),
    BRAND,
    OPT_ACTION_OPEN_CONTACT },
  { OPT_DIAGNOSIS_ACCOUNT_LOCKED,
    N_ ("Your account is locked"),
    N_ ("Do not try again now; that could keep it locked. Ask %s to unlock it."),
    BRAND,
    OPT_ACTION_OPEN_CONTACT },
  { OPT_DIAGNOSIS_PASSWORD_TRANSITION,
    N_ ("Sign in on the web once"),
    N_ ("The server has to learn your password anew. Sign in to the web mail once, then try "
        "again."),
    NOTHING,
    OPT_ACTION_OPEN_WEB_MAIL },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE,
    N_ ("The server has a problem right now"),
    N_ ("It could not answer at this moment. Your password may be fine. Wait a few minutes, "
        "then try again."),
    NOTHING,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_MAILBOX_IN_USE,
    N_ ("Another program has your mailbox open"),
    N_ ("Close the other mail program, or wait until it is done, then try again."),
    NOTHING,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_LOGIN_TOO_OFTEN,
    N_ ("Too many sign-ins"),
    N_ ("The server wants a pause between sign-ins. Wait fifteen minutes, then try again."),
    NOTHING,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_MAILBOX_FULL,
    N_ ("Your mailbox is full"),
    N_ ("Delete some mail on the web mail and empty the trash there, then try again."),
    NOTHING,
    OPT_ACTION_OPEN_WEB_MAIL },
  { OPT_DIAGNOSIS_SENDER_REFUSED,
    N_ ("The server will not send for you"),
    N_ ("Your password is right, but the server does not take mail from this address. Check "
        "that the address is spelled as on the web mail."),
    NOTHING,
    OPT_ACTION_OPEN_WEB_MAIL },
  { OPT_DIAGNOSIS_SENDER_MISMATCH,
    N_ ("The address is not the signed-in one"),
    N_ ("The server sends only for the mailbox that signed in, written in small letters."),
    NOTHING,
    OPT_ACTION_CHANGE_SERVERS },
  { OPT_DIAGNOSIS_RELAY_DENIED,
    N_ ("The server refused to send mail"),
    N_ ("It took your password, then would not pass mail on, not even to yourself. Ask for help "
        "and show them the server’s words."),
    NOTHING,
    OPT_ACTION_OPEN_CONTACT },
  { OPT_DIAGNOSIS_GREYLISTED,
    N_ ("The server wants you to wait"),
    N_ ("It asks strangers to come back later. That is no fault of yours. Try again in a few "
        "minutes."),
    NOTHING,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_BLOCKLISTED,
    N_ ("This network is on a blocklist"),
    N_ ("The server takes no mail from the network you are on. Use another network, for example "
        "your phone’s."),
    NOTHING,
    OPT_ACTION_OPEN_NETWORK },
  { OPT_DIAGNOSIS_SERVER_TOO_SLOW,
    N_ ("The server takes too long"),
    N_ ("%s did not answer in time. It may be busy. Try again later."),
    HOST,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_REPLY_TOO_LONG,
    N_ ("The server would not stop talking"),
    N_ ("%s sent far more than a mail server does. It may not be one."),
    HOST,
    OPT_ACTION_CHANGE_SERVERS },
  { OPT_DIAGNOSIS_SERVER_FAULT,
    N_ ("The server did something odd"),
    N_ ("Its answer made no sense, or it hung up in the middle. Try again later."),
    NOTHING,
    OPT_ACTION_TRY_AGAIN },
  { OPT_DIAGNOSIS_CANCELLED,
    N_ ("Stopped"),
    N_ ("You stopped the check."),
    NOTHING,
    OPT_ACTION_TRY_AGAIN },
};

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
  { OPT_ERROR_KEYRING_LOCKED, N_ ("The keyring is locked.") },
  { OPT_ERROR_KEYRING_DISMISSED, N_ ("The keyring stays locked, because you did not unlock it.") },
  { OPT_ERROR_KEYRING_FAILED, N_ ("The keyring could not do it.") },
  { OPT_ERROR_KEYRING_NOT_FOUND, N_ ("The keyring holds no password for this address.") },
  { OPT_ERROR_CLIENT_UNKNOWN, N_ ("There is no mail program with this id.") },
  { OPT_ERROR_CLIENT_PROTOCOL, N_ ("This mail program cannot use this way of receiving mail.") },
  { OPT_ERROR_CLIENT_PASSWORD, N_ ("A file for this mail program cannot hold the password.") },
  { OPT_ERROR_CLIENT_VALUE, N_ ("A name or address holds a character that a file cannot.") },
  { OPT_ERROR_FILE_EXISTS, N_ ("There is a file of this name already.") },
  { OPT_ERROR_FILE_LINK, N_ ("This name is a link to another file. Choose another name.") },
  { OPT_ERROR_FILE_NO_SPACE, N_ ("There is no space left there. Choose another folder.") },
  { OPT_ERROR_FILE_NOT_ALLOWED, N_ ("You are not allowed to write there. Choose another folder.") },
  { OPT_ERROR_FILE_NOT_WRITTEN, N_ ("The file could not be written.") },
  { OPT_ERROR_ACCOUNT_UNKNOWN,
    N_ ("This is not an Optonline or Optimum address. Give its servers by hand.") },
  { OPT_ERROR_ACCOUNTS_INVALID,
    N_ ("The list of saved accounts cannot be read; it was left as it is.") },
};

static char *
format_date (gint64 unix_time)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (unix_time);

  /* Translators: a date without the time of day, see strftime(3) */
  return when != NULL ? g_date_time_format (when, _ ("%-e %B %Y")) : g_strdup ("?");
}

/* RFC 4514 §2.4: `Example\, Inc.` is “Example, Inc.”; what is escaped in hexadecimal stays so. */
static void
unescape (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    {
      if (from[0] == '\\' && from[1] != '\0' && !g_ascii_isxdigit (from[1]))
        from++;
      *to++ = *from;
    }
  *to = '\0';
}

/* The organisation that a person may know, or else the common name, out of a name as RFC 4514
 * writes it. */
static char *
find_name (const char *distinguished)
{
  g_autoptr (GRegex) regex = g_regex_new ("(?:^|,)(O|CN)=((?:\\\\.|[^,\\\\])*)", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *found = NULL;

  g_regex_match (regex, distinguished, 0, &match);
  while (g_match_info_matches (match))
    {
      g_autofree char *key = g_match_info_fetch (match, 1);

      if (found == NULL || g_str_equal (key, "O"))
        {
          g_free (found);
          found = g_match_info_fetch (match, 2);
          unescape (found);
        }
      g_match_info_next (match, NULL);
    }

  return opt_transcript_clean_text (found != NULL ? found : distinguished, 80);
}

static char *
create_value (Placeholder placeholder, const OptEvidence *evidence, const OptProvider *provider)
{
  const OptCertificate *certificate = evidence->tls.certificate;

  switch (placeholder)
    {
    case NOTHING:
      return NULL;
    case HOST:
      return g_strdup (opt_server_get_host (evidence->server));
    case BRAND:
      return g_strdup (provider != NULL ? opt_provider_get_name (provider)
                                        : opt_server_get_host (evidence->server));
    case ISSUER:
      return certificate != NULL ? find_name (certificate->issuer) : g_strdup ("?");
    case END_DATE:
      return certificate != NULL ? format_date (certificate->not_after) : g_strdup ("?");
    case START_DATE:
      return certificate != NULL ? format_date (certificate->not_before) : g_strdup ("?");
    }

  g_assert_not_reached ();
}

const char *
opt_advice_get_title (OptDiagnosis diagnosis)
{
  g_return_val_if_fail (diagnosis < OPT_N_DIAGNOSES, NULL);

  return _ (advice[diagnosis].title);
}

char *
opt_advice_create_text (OptDiagnosis diagnosis,
                        const OptEvidence *evidence,
                        const OptProvider *provider)
{
  g_autofree char *value = NULL;
  const char *text;

  g_return_val_if_fail (diagnosis < OPT_N_DIAGNOSES && evidence != NULL, NULL);

  text = _ (advice[diagnosis].text);
  value = create_value (advice[diagnosis].placeholder, evidence, provider);
  if (value == NULL)
    return g_strdup (text);

  /* Not a format string: a translation cannot ask for more than the one value. */
  {
    g_auto (GStrv) parts = g_strsplit (text, "%s", 2);

    return g_strjoinv (value, parts);
  }
}

OptAction
opt_advice_get_action (OptDiagnosis diagnosis)
{
  g_return_val_if_fail (diagnosis < OPT_N_DIAGNOSES, OPT_ACTION_NONE);

  return advice[diagnosis].action;
}

guint
opt_advice_get_wait_s (OptDiagnosis diagnosis)
{
  g_return_val_if_fail (diagnosis < OPT_N_DIAGNOSES, 0);

  return 0;
}

const char *
opt_advice_get_cause (OptDiagnosis diagnosis)
{
  g_return_val_if_fail (diagnosis < OPT_N_DIAGNOSES, NULL);

  return "";
}

char *
opt_advice_create_general_text (OptDiagnosis diagnosis)
{
  g_return_val_if_fail (diagnosis < OPT_N_DIAGNOSES, NULL);

  return g_strdup (_ (advice[diagnosis].text));
}

GPtrArray *
opt_advice_compare_certificate (const OptEvidence *evidence)
{
  return NULL;
}

const char *
opt_advice_get_proxy_text (void)
{
  return "";
}

char *
opt_advice_create_server_words (const OptEvidence *evidence)
{
  g_autofree char *words = NULL;

  g_return_val_if_fail (evidence != NULL, NULL);

  if (evidence->failure != OPT_FAILURE_REPLY || evidence->reply == NULL || !evidence->reply_secure)
    return NULL;

  words = opt_transcript_clean_text (evidence->reply->text, SERVER_WORDS_MAX_CHARS);

  return words[0] != '\0' ? g_steal_pointer (&words) : NULL;
}

const char *
opt_advice_get_skipped_title (void)
{
  return _ ("Not tried");
}

const char *
opt_advice_get_skipped_text (void)
{
  return _ ("Not tried, so that a wrong password does not lock your account");
}

const char *
opt_advice_get_error_text (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (error_texts); i++)
    if (g_error_matches (error, OPT_ERROR, error_texts[i].code))
      return _ (error_texts[i].text);

  return error->message;
}
