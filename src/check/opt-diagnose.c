/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From evidence to diagnosis, by tables: the first row that fits counts. Servers write what they
 * like, so among the parts of a reply the enhanced status code (RFC 3463) is believed before the
 * basic code, a response code (RFC 3206, RFC 5530) before words, and words only where the codes
 * leave it open: `535 … temporarily …` is a refused password, `550 … blocklist …` a blocklist. */
#include "opt-diagnose.h"

#include <gio/gio.h>
#include <string.h>

#define ANY_SERVICE (~0u)
#define IMAP (1u << OPT_SERVICE_IMAP)
#define POP3 (1u << OPT_SERVICE_POP3)
#define SMTP (1u << OPT_SERVICE_SMTP)

#define ANY_COMMAND (~0u)
#define GREETING (1u << OPT_COMMAND_GREETING)
#define CAPABILITIES (1u << OPT_COMMAND_CAPABILITIES)
#define STARTTLS (1u << OPT_COMMAND_STARTTLS)
#define SIGN_IN (1u << OPT_COMMAND_SIGN_IN | 1u << OPT_COMMAND_USER)
#define MAILBOX (1u << OPT_COMMAND_MAILBOX)
#define MAIL (1u << OPT_COMMAND_MAIL)
#define RCPT (1u << OPT_COMMAND_RCPT)
#define DATA (1u << OPT_COMMAND_DATA)
#define MESSAGE (1u << OPT_COMMAND_MESSAGE)
#define SENDING (MAIL | RCPT | DATA | MESSAGE)

/* What a refusal has to look like. Empty fields fit everything. */
typedef struct
{
  OptDiagnosis diagnosis;
  guint services;
  guint commands;
  guint code_from, code_to;  /* SMTP reply code */
  const char *enhanced;      /* enhanced status code; `x` stands for any number */
  const char *response_code; /* POP3 and IMAP */
  OptReplyStatus status;     /* no refusal is positive, so that fits everything */
  const char *words;         /* a regular expression that begins where a word does, in any case */
} ReplyRow;

/* What servers call a refused sign-in. */
#define REFUSAL_WORDS                                                                              \
  "(auth\\w*|log.?in|sign.?in) .{0,10}fail|(invalid|incorrect|wrong|bad) "                         \
  ".{0,20}(user|log.?in|password|credential)"

#define QUOTA_WORDS "over.?quota|(exceed|over) .{0,20}quota|quota .{0,20}exceed|mailbox (is )?full"
#define BLOCKLIST_WORDS "(black|block|deny).?list|rbl\\b|dnsbl|spamhaus|spamcop|barracuda"
#define GREYLIST_WORDS "gr[ae]y.?list"
#define MISMATCH_WORDS "does not match authenticated|not owned by user"

static const ReplyRow reply_rows[] = {
  /* Whatever the reason, there is no TLS. */
  { OPT_DIAGNOSIS_STARTTLS_REFUSED, ANY_SERVICE, STARTTLS },

  /* Enhanced status codes: RFC 3463, RFC 4954 §6, RFC 5248's registry. Congestion passes (5.4.5),
   * and many have a limit to what one may send for it. */
  { OPT_DIAGNOSIS_PASSWORD_TRANSITION, SMTP, SIGN_IN, .enhanced = "4.7.12" },
  { OPT_DIAGNOSIS_ENCRYPTION_REQUIRED, SMTP, SIGN_IN | MAIL | RCPT, .enhanced = "5.7.10" },
  { OPT_DIAGNOSIS_ENCRYPTION_REQUIRED, SMTP, SIGN_IN | MAIL | RCPT, .enhanced = "5.7.11" },
  { OPT_DIAGNOSIS_ACCOUNT_LOCKED, SMTP, SIGN_IN, .enhanced = "5.7.13" },
  { OPT_DIAGNOSIS_ACCOUNT_LOCKED, SMTP, SIGN_IN, .enhanced = "5.2.1" },
  { OPT_DIAGNOSIS_PASSWORD_REFUSED, SMTP, SIGN_IN, .enhanced = "5.7.8" },
  { OPT_DIAGNOSIS_AUTH_NOT_OFFERED, SMTP, SIGN_IN, .enhanced = "5.7.9" },
  { OPT_DIAGNOSIS_AUTH_NOT_OFFERED, SMTP, SIGN_IN, .enhanced = "5.3.3" },
  { OPT_DIAGNOSIS_MAILBOX_FULL, SMTP, SENDING, .enhanced = "x.2.2" },
  { OPT_DIAGNOSIS_MESSAGE_TOO_LARGE, SMTP, SENDING, .enhanced = "5.2.3" },
  { OPT_DIAGNOSIS_MESSAGE_TOO_LARGE, SMTP, SENDING, .enhanced = "5.3.4" },
  { OPT_DIAGNOSIS_SENDER_REFUSED, SMTP, RCPT, .enhanced = "5.1.7" },
  { OPT_DIAGNOSIS_SENDER_REFUSED, SMTP, RCPT, .enhanced = "5.1.8" },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, SMTP, SENDING, .enhanced = "5.4.5" },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, SMTP, SENDING, .enhanced = "4.2.1" },

  /* What a class and a subject leave open, and the rest of the reply tells. 530 in a session that
   * has signed in (RFC 4954 §6) means that it does not count. */
  { OPT_DIAGNOSIS_RELAY_DENIED, SMTP, SENDING, 530, 530, .enhanced = "5.x.x" },
  { OPT_DIAGNOSIS_MAILBOX_FULL, SMTP, SENDING, .enhanced = "x.2.0", .words = QUOTA_WORDS },
  { OPT_DIAGNOSIS_SENDER_MISMATCH,
    SMTP,
    MAIL | RCPT,
    .enhanced = "5.7.x",
    .words = MISMATCH_WORDS },
  { OPT_DIAGNOSIS_BLOCKLISTED, SMTP, SENDING, .enhanced = "5.7.x", .words = BLOCKLIST_WORDS },
  { OPT_DIAGNOSIS_GREYLISTED, SMTP, SENDING, .enhanced = "4.2.0", .words = GREYLIST_WORDS },
  { OPT_DIAGNOSIS_GREYLISTED, SMTP, SENDING, .enhanced = "4.7.x", .words = GREYLIST_WORDS },
  { OPT_DIAGNOSIS_GREYLISTED, SMTP, RCPT, 450, 451, .enhanced = "4.2.x" },
  { OPT_DIAGNOSIS_GREYLISTED, SMTP, RCPT, 450, 451, .enhanced = "4.7.x" },

  /* Class and subject: RFC 3463 §3. Subject 0 says nothing, and at the sign-in 5.1, 5.2 and 5.7
   * may each be the password or the account. */
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, SMTP, SIGN_IN | CAPABILITIES, .enhanced = "4.x.x" },
  { OPT_DIAGNOSIS_AUTH_NOT_OFFERED, SMTP, SIGN_IN, .enhanced = "5.5.x" },
  { OPT_DIAGNOSIS_SERVER_FAULT, SMTP, SIGN_IN, .enhanced = "5.3.x" },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, SMTP, SENDING, .enhanced = "4.1.x" },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, SMTP, SENDING, .enhanced = "4.2.x" },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, SMTP, SENDING, .enhanced = "4.3.x" },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, SMTP, SENDING, .enhanced = "4.4.x" },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, SMTP, SENDING, .enhanced = "4.5.x" },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, SMTP, SENDING, .enhanced = "4.6.x" },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, SMTP, SENDING, .enhanced = "4.7.x" },
  { OPT_DIAGNOSIS_SERVER_FAULT, SMTP, SENDING, .enhanced = "5.3.x" },
  { OPT_DIAGNOSIS_SERVER_FAULT, SMTP, MAIL | DATA | MESSAGE, .enhanced = "5.4.x" },
  { OPT_DIAGNOSIS_SERVER_FAULT, SMTP, SENDING, .enhanced = "5.5.x" },
  { OPT_DIAGNOSIS_SENDER_REFUSED, SMTP, MAIL, .enhanced = "5.1.x" },
  { OPT_DIAGNOSIS_SENDER_REFUSED, SMTP, MAIL, .enhanced = "5.2.x" },
  { OPT_DIAGNOSIS_SENDER_REFUSED, SMTP, MAIL, .enhanced = "5.7.x" },
  { OPT_DIAGNOSIS_RELAY_DENIED, SMTP, RCPT | DATA | MESSAGE, .enhanced = "5.1.x" },
  { OPT_DIAGNOSIS_RELAY_DENIED, SMTP, RCPT, .enhanced = "5.2.x" },
  { OPT_DIAGNOSIS_RELAY_DENIED, SMTP, RCPT, .enhanced = "5.4.x" },
  { OPT_DIAGNOSIS_RELAY_DENIED, SMTP, RCPT, .enhanced = "5.7.x" },
  { OPT_DIAGNOSIS_CONTENT_REFUSED, SMTP, DATA | MESSAGE, .enhanced = "5.2.x" },
  { OPT_DIAGNOSIS_CONTENT_REFUSED, SMTP, DATA | MESSAGE, .enhanced = "5.6.x" },
  { OPT_DIAGNOSIS_CONTENT_REFUSED, SMTP, DATA | MESSAGE, .enhanced = "5.7.x" },

  /* Response codes: POP3 RFC 2449 §8.1, RFC 3206; IMAP RFC 5530. */
  { OPT_DIAGNOSIS_MAILBOX_IN_USE, POP3 | IMAP, ANY_COMMAND, .response_code = "IN-USE" },
  { OPT_DIAGNOSIS_MAILBOX_IN_USE, IMAP, ANY_COMMAND, .response_code = "INUSE" },
  { OPT_DIAGNOSIS_LOGIN_TOO_OFTEN, POP3, ANY_COMMAND, .response_code = "LOGIN-DELAY" },
  { OPT_DIAGNOSIS_LOGIN_TOO_OFTEN, IMAP, ANY_COMMAND, .response_code = "LIMIT" },
  { OPT_DIAGNOSIS_MAILBOX_FULL, IMAP, ANY_COMMAND, .response_code = "OVERQUOTA" },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, POP3, ANY_COMMAND, .response_code = "SYS/TEMP" },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, IMAP, ANY_COMMAND, .response_code = "UNAVAILABLE" },
  { OPT_DIAGNOSIS_ACCOUNT_LOCKED, POP3, ANY_COMMAND, .response_code = "SYS/PERM" },
  { OPT_DIAGNOSIS_ACCOUNT_LOCKED, IMAP, ANY_COMMAND, .response_code = "CONTACTADMIN" },
  { OPT_DIAGNOSIS_ACCOUNT_LOCKED, IMAP, ANY_COMMAND, .response_code = "EXPIRED" },
  { OPT_DIAGNOSIS_ENCRYPTION_REQUIRED, IMAP, ANY_COMMAND, .response_code = "PRIVACYREQUIRED" },
  { OPT_DIAGNOSIS_SERVER_FAULT, IMAP, ANY_COMMAND, .response_code = "SERVERBUG" },
  { OPT_DIAGNOSIS_PASSWORD_REFUSED, POP3, SIGN_IN, .response_code = "AUTH" },
  { OPT_DIAGNOSIS_PASSWORD_REFUSED, IMAP, SIGN_IN, .response_code = "AUTHENTICATIONFAILED" },
  { OPT_DIAGNOSIS_PASSWORD_REFUSED, IMAP, SIGN_IN, .response_code = "AUTHORIZATIONFAILED" },

  /* What has one meaning only: RFC 4954 §6, RFC 5248; BAD is RFC 9051 §7.1.3. */
  { OPT_DIAGNOSIS_PASSWORD_TRANSITION, SMTP, SIGN_IN, 432, 432 },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, SMTP, SIGN_IN, 454, 454 },
  { OPT_DIAGNOSIS_AUTH_NOT_OFFERED, SMTP, SIGN_IN, 504, 504 },
  { OPT_DIAGNOSIS_ACCOUNT_LOCKED, SMTP, SIGN_IN, 525, 525 },
  { OPT_DIAGNOSIS_ENCRYPTION_REQUIRED, SMTP, SIGN_IN, 530, 530 },
  { OPT_DIAGNOSIS_RELAY_DENIED, SMTP, SENDING, 530, 530 },
  { OPT_DIAGNOSIS_AUTH_NOT_OFFERED, SMTP, SIGN_IN, 534, 534 },
  { OPT_DIAGNOSIS_PASSWORD_REFUSED, SMTP, SIGN_IN, 535, 535 },
  { OPT_DIAGNOSIS_ENCRYPTION_REQUIRED, SMTP, SIGN_IN, 538, 538 },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, SMTP, ANY_COMMAND & ~GREETING, 421, 421 },
  { OPT_DIAGNOSIS_MAILBOX_FULL, SMTP, SENDING, 452, 452 },
  { OPT_DIAGNOSIS_SERVER_FAULT, IMAP, ANY_COMMAND, .status = OPT_REPLY_BAD },

  /* Words, for what the codes leave open: 552 is a full mailbox (RFC 5321 §4.2.3) and a message
   * that is too large (RFC 1870 §6), and filters use it too. */
  { OPT_DIAGNOSIS_MESSAGE_TOO_LARGE,
    SMTP,
    SENDING,
    500,
    599,
    .words = "too (large|big)|too much mail data|size limit|message size" },
  { OPT_DIAGNOSIS_SENDER_MISMATCH, SMTP, MAIL | RCPT, .words = MISMATCH_WORDS },
  { OPT_DIAGNOSIS_BLOCKLISTED,
    SMTP,
    GREETING | CAPABILITIES | SIGN_IN | SENDING,
    500,
    599,
    .words = BLOCKLIST_WORDS },
  { OPT_DIAGNOSIS_MAILBOX_FULL, ANY_SERVICE, SIGN_IN | MAILBOX | SENDING, .words = QUOTA_WORDS },
  { OPT_DIAGNOSIS_MAILBOX_IN_USE,
    POP3 | IMAP,
    SIGN_IN | MAILBOX,
    .words = "mail(box|drop) .{0,20}in use|already (in use|locked)|locked by|lock busy|"
             "another (session|client|program|connection)|"
             "(unable|cannot|could not|failed) .{0,20}lock" },
  { OPT_DIAGNOSIS_ENCRYPTION_REQUIRED,
    ANY_SERVICE,
    SIGN_IN,
    .words = "plain ?text .{0,30}(disabled|disallowed|not allowed|not permitted)|"
             "(tls|ssl|encryption|starttls) .{0,20}(required|first)|"
             "requires? .{0,20}(tls|ssl|encrypt)" },
  { OPT_DIAGNOSIS_AUTH_NOT_OFFERED,
    ANY_SERVICE,
    SIGN_IN,
    .words = "not supported|unsupported|(unknown|unrecogni[sz]ed) (auth|mechanism)" },
  /* A service, and not the account: nobody has to unlock that. */
  { OPT_DIAGNOSIS_SERVICE_DISABLED,
    ANY_SERVICE,
    SIGN_IN,
    .words = "(?<!account )(access|service|imap4?|pop3?|smtp) (is |was |has been )?"
             "(disabled|deactivated|not enabled)|not enabled for (imap|pop|smtp)" },
  { OPT_DIAGNOSIS_ACCOUNT_LOCKED,
    ANY_SERVICE,
    SIGN_IN,
    .words = "locked|disabled|suspended|deactivated" },
  { OPT_DIAGNOSIS_LOGIN_TOO_OFTEN,
    ANY_SERVICE,
    SIGN_IN,
    .words = "too (many|often|frequent)|rate\\b|throttl" },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE,
    POP3 | IMAP,
    SIGN_IN,
    .words = "temporar|try (again )?later|unavailable|not available|internal (server )?error" },

  { OPT_DIAGNOSIS_PASSWORD_REFUSED, SMTP, SIGN_IN, 500, 599, .words = REFUSAL_WORDS },
  { OPT_DIAGNOSIS_PASSWORD_REFUSED, POP3 | IMAP, SIGN_IN, .words = REFUSAL_WORDS },

  { OPT_DIAGNOSIS_GREYLISTED, SMTP, SENDING, 400, 499, .words = GREYLIST_WORDS },
  { OPT_DIAGNOSIS_CONTENT_REFUSED,
    SMTP,
    DATA | MESSAGE,
    500,
    599,
    .words = "spam|content|virus|malware|junk|unsolicited|filter|policy" },

  /* What is left: RFC 5321 §4.2.1, by the first digit; a bare -ERR or NO. */
  { OPT_DIAGNOSIS_GREETING_REFUSED, ANY_SERVICE, GREETING },
  { OPT_DIAGNOSIS_EHLO_REFUSED, SMTP, CAPABILITIES, 501, 501 },
  { OPT_DIAGNOSIS_EHLO_REFUSED, SMTP, CAPABILITIES, 504, 504 },
  { OPT_DIAGNOSIS_EHLO_REFUSED, SMTP, CAPABILITIES, 550, 550 },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, SMTP, SIGN_IN | CAPABILITIES, 400, 499 },
  { OPT_DIAGNOSIS_AUTH_NOT_OFFERED, SMTP, SIGN_IN, 500, 503 },
  { OPT_DIAGNOSIS_PASSWORD_REFUSED, SMTP, SIGN_IN, 500, 599 },
  { OPT_DIAGNOSIS_GREYLISTED, SMTP, RCPT, 450, 451 },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, SMTP, SENDING, 400, 499 },
  { OPT_DIAGNOSIS_MAILBOX_FULL, SMTP, SENDING, 552, 552 },
  { OPT_DIAGNOSIS_SENDER_REFUSED, SMTP, MAIL, 500, 599 },
  { OPT_DIAGNOSIS_RELAY_DENIED, SMTP, RCPT, 500, 599 },
  { OPT_DIAGNOSIS_CONTENT_REFUSED, SMTP, DATA | MESSAGE, 500, 599 },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE, IMAP, ANY_COMMAND, .status = OPT_REPLY_BYE },
  { OPT_DIAGNOSIS_PASSWORD_REFUSED, POP3 | IMAP, SIGN_IN },
  { OPT_DIAGNOSIS_SERVER_FAULT, ANY_SERVICE, ANY_COMMAND },
};

/* Failures that need no look at anything else. */
static const struct
{
  OptFailure failure;
  OptDiagnosis diagnosis;
} failure_rows[] = {
  { OPT_FAILURE_NONE, OPT_DIAGNOSIS_WORKS },
  { OPT_FAILURE_NAME_NOT_FOUND, OPT_DIAGNOSIS_HOST_UNKNOWN },
  { OPT_FAILURE_NAME_LOOKUP, OPT_DIAGNOSIS_DNS_FAILURE },
  { OPT_FAILURE_MALFORMED, OPT_DIAGNOSIS_SERVER_FAULT },
  { OPT_FAILURE_TOO_LONG, OPT_DIAGNOSIS_REPLY_TOO_LONG },
  { OPT_FAILURE_OTHER_PROTOCOL, OPT_DIAGNOSIS_WRONG_PROTOCOL },
  { OPT_FAILURE_HTTP, OPT_DIAGNOSIS_CAPTIVE_PORTAL },
  { OPT_FAILURE_TLS_FIRST, OPT_DIAGNOSIS_PLAIN_TO_TLS_PORT },
  { OPT_FAILURE_NO_STARTTLS, OPT_DIAGNOSIS_STARTTLS_MISSING },
  { OPT_FAILURE_INJECTED, OPT_DIAGNOSIS_STARTTLS_INJECTED },
  { OPT_FAILURE_NO_SIGN_IN, OPT_DIAGNOSIS_AUTH_NOT_OFFERED },
  { OPT_FAILURE_LOGIN_DISABLED, OPT_DIAGNOSIS_ENCRYPTION_REQUIRED },
  { OPT_FAILURE_CANCELLED, OPT_DIAGNOSIS_CANCELLED },
  { OPT_FAILURE_SKIPPED, OPT_DIAGNOSIS_CANCELLED },
};

/* Alerts by which one side says that the other's TLS is not good enough (RFC 8446 §6.2): there is
 * no version, or no cipher suite, that both would use. */
static const int too_old_alerts[] = { 40, 70 };

static gboolean
fits_enhanced (const ReplyRow *row, const OptReply *reply)
{
  g_auto (GStrv) wanted = NULL;
  g_auto (GStrv) said = NULL;

  if (row->enhanced == NULL)
    return TRUE;
  if (reply->enhanced == NULL)
    return FALSE;

  wanted = g_strsplit (row->enhanced, ".", -1);
  said = g_strsplit (reply->enhanced, ".", -1);
  if (g_strv_length (said) != g_strv_length (wanted))
    return FALSE;

  for (guint i = 0; wanted[i] != NULL; i++)
    if (!g_str_equal (wanted[i], "x") && !g_str_equal (wanted[i], said[i]))
      return FALSE;

  return TRUE;
}

static gboolean
fits_words (const ReplyRow *row, const OptReply *reply)
{
  g_autofree char *pattern = NULL;

  if (row->words == NULL)
    return TRUE;

  pattern = g_strdup_printf ("\\b(?:%s)", row->words);

  return g_regex_match_simple (pattern, reply->text, G_REGEX_CASELESS | G_REGEX_DOTALL, 0);
}

static gboolean
fits (const ReplyRow *row, const OptEvidence *evidence)
{
  const OptReply *reply = evidence->reply;

  return (row->services & 1u << opt_server_get_service (evidence->server)) != 0 &&
         (row->commands & 1u << evidence->command) != 0 &&
         (row->code_from == 0 || (reply->code >= row->code_from && reply->code <= row->code_to)) &&
         (row->response_code == NULL ||
          g_strcmp0 (row->response_code, reply->response_code) == 0) &&
         (row->status == OPT_REPLY_POSITIVE || row->status == reply->status) &&
         fits_enhanced (row, reply) && fits_words (row, reply);
}

static OptDiagnosis
diagnose_reply (const OptEvidence *evidence)
{
  for (guint i = 0; i < G_N_ELEMENTS (reply_rows); i++)
    if (fits (&reply_rows[i], evidence))
      return reply_rows[i].diagnosis;

  return OPT_DIAGNOSIS_SERVER_FAULT;
}

static OptDiagnosis
diagnose_connect (const OptEvidence *evidence)
{
  switch (evidence->connect_error)
    {
    case G_IO_ERROR_CONNECTION_REFUSED:
      return OPT_DIAGNOSIS_CONNECTION_REFUSED;
    case G_IO_ERROR_NETWORK_UNREACHABLE:
      return OPT_DIAGNOSIS_OFFLINE;
    case G_IO_ERROR_CONNECTION_CLOSED:
      /* It let us in, and was gone before we looked. */
      return OPT_DIAGNOSIS_CLOSED_BEFORE_GREETING;
    default:
      return OPT_DIAGNOSIS_CONNECTION_FILTERED;
    }
}

/* A server that greets in the clear leaves its banner where a TLS record should begin. */
static gboolean
answered_in_clear (const OptTls *tls)
{
  return tls->n_first_bytes == sizeof tls->first_bytes &&
         (g_ascii_isalnum (tls->first_bytes[0]) || strchr ("+-*", tls->first_bytes[0]) != NULL) &&
         g_ascii_isprint (tls->first_bytes[1]) && g_ascii_isprint (tls->first_bytes[2]);
}

static OptDiagnosis
diagnose_clear_answer (const OptEvidence *evidence)
{
  /* It had agreed to TLS: what comes in the clear then was slipped in by somebody else. */
  if (opt_server_get_security (evidence->server) == OPT_SECURITY_STARTTLS)
    return OPT_DIAGNOSIS_STARTTLS_INJECTED;
  if (memcmp (evidence->tls.first_bytes, "HTTP", 4) == 0)
    return OPT_DIAGNOSIS_CAPTIVE_PORTAL;

  return OPT_DIAGNOSIS_TLS_TO_PLAIN_PORT;
}

/* Our own side sends such an alert for plain nonsense too, so a record's header has to be there:
 * its type, and 3 for the version of all TLS (RFC 8446 §5.1). */
static gboolean
speaks_old_tls (const OptTls *tls)
{
  if (tls->n_first_bytes < 2 || tls->first_bytes[0] < 20 || tls->first_bytes[0] > 23 ||
      tls->first_bytes[1] != 3)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (too_old_alerts); i++)
    if (tls->alert == too_old_alerts[i])
      return TRUE;

  return FALSE;
}

static OptDiagnosis
diagnose_handshake (const OptEvidence *evidence)
{
  const OptTls *tls = &evidence->tls;

  if (answered_in_clear (tls))
    return diagnose_clear_answer (evidence);
  /* A stranger's certificate says nothing by its dates; a known one's name comes before them. */
  if (tls->problems & OPT_CERTIFICATE_UNTRUSTED)
    return OPT_DIAGNOSIS_CERTIFICATE_UNTRUSTED;
  if (tls->problems & OPT_CERTIFICATE_WRONG_NAME)
    return OPT_DIAGNOSIS_CERTIFICATE_WRONG_NAME;
  if (tls->problems & OPT_CERTIFICATE_EXPIRED)
    return OPT_DIAGNOSIS_CERTIFICATE_EXPIRED;
  if (tls->problems & OPT_CERTIFICATE_NOT_YET_VALID)
    return OPT_DIAGNOSIS_CERTIFICATE_NOT_YET_VALID;
  if (speaks_old_tls (tls))
    return OPT_DIAGNOSIS_TLS_TOO_OLD;
  /* It began, and went wrong in a way that has no name. */
  if (tls->n_first_bytes > 0 || evidence->greeted)
    return OPT_DIAGNOSIS_SERVER_FAULT;

  return OPT_DIAGNOSIS_CLOSED_BEFORE_GREETING;
}

static OptDiagnosis
diagnose_deadline (const OptEvidence *evidence)
{
  switch (evidence->step)
    {
    case OPT_STEP_RESOLVE:
      return OPT_DIAGNOSIS_DNS_FAILURE;
    case OPT_STEP_CONNECT:
      return OPT_DIAGNOSIS_CONNECTION_FILTERED;
    case OPT_STEP_SECURE:
      /* Connected, and not one byte in the clear: it waits for us to begin TLS. */
      if (opt_server_get_security (evidence->server) == OPT_SECURITY_STARTTLS && !evidence->heard)
        return OPT_DIAGNOSIS_PLAIN_TO_TLS_PORT;
      return OPT_DIAGNOSIS_SERVER_TOO_SLOW;
    case OPT_STEP_GREET:
    case OPT_STEP_SIGN_IN:
    case OPT_STEP_VERIFY:
      return OPT_DIAGNOSIS_SERVER_TOO_SLOW;
    }

  g_assert_not_reached ();
}

static gboolean
is_offline (const OptEvidence *evidence)
{
  return !evidence->network_available && evidence->step <= OPT_STEP_CONNECT &&
         (evidence->failure == OPT_FAILURE_NAME_LOOKUP ||
          evidence->failure == OPT_FAILURE_NAME_NOT_FOUND ||
          evidence->failure == OPT_FAILURE_CONNECT || evidence->failure == OPT_FAILURE_DEADLINE) &&
         evidence->connect_error != G_IO_ERROR_CONNECTION_REFUSED;
}

static gboolean
is_behind_portal (const OptEvidence *evidence)
{
  return evidence->network_portal && evidence->step <= OPT_STEP_SECURE &&
         evidence->failure != OPT_FAILURE_CANCELLED && evidence->failure != OPT_FAILURE_SKIPPED &&
         evidence->failure != OPT_FAILURE_NONE;
}

OptDiagnosis
opt_diagnose (const OptEvidence *evidence)
{
  g_return_val_if_fail (evidence != NULL, OPT_DIAGNOSIS_SERVER_FAULT);

  if (is_offline (evidence))
    return OPT_DIAGNOSIS_OFFLINE;
  if (is_behind_portal (evidence))
    return OPT_DIAGNOSIS_CAPTIVE_PORTAL;

  for (guint i = 0; i < G_N_ELEMENTS (failure_rows); i++)
    if (failure_rows[i].failure == evidence->failure)
      return failure_rows[i].diagnosis;

  if (evidence->failure == OPT_FAILURE_REPLY && evidence->reply != NULL)
    return diagnose_reply (evidence);
  if (evidence->failure == OPT_FAILURE_CONNECT)
    return diagnose_connect (evidence);
  if (evidence->failure == OPT_FAILURE_HANDSHAKE)
    return diagnose_handshake (evidence);
  if (evidence->failure == OPT_FAILURE_DEADLINE)
    return diagnose_deadline (evidence);
  if (evidence->failure == OPT_FAILURE_CLOSED && !evidence->greeted)
    return OPT_DIAGNOSIS_CLOSED_BEFORE_GREETING;
  if (evidence->failure == OPT_FAILURE_PREAUTH && evidence->step < OPT_STEP_GREET)
    return OPT_DIAGNOSIS_PREAUTH_BEFORE_TLS;

  return OPT_DIAGNOSIS_SERVER_FAULT;
}
