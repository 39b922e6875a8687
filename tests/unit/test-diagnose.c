/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-diagnose.h"

#include <gio/gio.h>
#include <string.h>

#define IMAP OPT_SERVICE_IMAP
#define POP3 OPT_SERVICE_POP3
#define SMTP OPT_SERVICE_SMTP
#define GREETING OPT_COMMAND_GREETING
#define CAPABILITIES OPT_COMMAND_CAPABILITIES
#define STARTTLS OPT_COMMAND_STARTTLS
#define SIGN_IN OPT_COMMAND_SIGN_IN
#define USER OPT_COMMAND_USER
#define MAILBOX OPT_COMMAND_MAILBOX
#define MAIL OPT_COMMAND_MAIL
#define RCPT OPT_COMMAND_RCPT
#define DATA OPT_COMMAND_DATA
#define MESSAGE OPT_COMMAND_MESSAGE

/* clang-format off */
/* A refusal and the id it must get. IMAP replies have the tag A1. */
static const struct
{
  OptService service;
  OptCommand command;
  const char *reply, *want;
} replies[] = {
  /* What real servers said: PROVIDERS.md. */
  { SMTP, MAIL, "550 Sender refused", "sender-refused" },
  { SMTP, MAIL, "550 MAIL FROM:<Jane@optonline.net> does not match authenticated user name",
    "sender-mismatch" },
  { SMTP, SIGN_IN, "504 AUTH CRAM-MD5 not supported.", "auth-not-offered" },
  { SMTP, SIGN_IN, "502 AUTH CRAM-MD5 not supported.", "auth-not-offered" },
  { SMTP, MAIL, "452 4.2.2 Mailbox over quota", "mailbox-full" },
  { SMTP, RCPT, "550 5.7.26 This mail is unauthenticated", "relay-denied" },
  { POP3, MAILBOX, "-ERR Mailbox over quota", "mailbox-full" },
  { IMAP, MAILBOX, "A1 NO Mailbox over quota", "mailbox-full" },

  /* POP3: RFC 2449 §8.1, RFC 3206. */
  { POP3, SIGN_IN, "-ERR [AUTH] Authentication failed", "password-refused" },
  { POP3, SIGN_IN, "-ERR", "password-refused" },
  { POP3, SIGN_IN, "-ERR invalid user or password", "password-refused" },
  { POP3, USER, "-ERR no such user", "password-refused" },
  { POP3, SIGN_IN, "-ERR [SYS/TEMP] Later", "temporary-failure" },
  { POP3, SIGN_IN, "-ERR [SYS/PERM] Call us", "account-locked" },
  { POP3, SIGN_IN, "-ERR [IN-USE] Another program", "mailbox-in-use" },
  { POP3, MAILBOX, "-ERR [IN-USE] Another program", "mailbox-in-use" },
  { POP3, SIGN_IN, "-ERR [LOGIN-DELAY] Slowly", "login-too-often" },
  { POP3, SIGN_IN, "-ERR [sys/temp] later", "temporary-failure" },
  { POP3, SIGN_IN, "-ERR Account disabled", "account-locked" },
  { POP3, SIGN_IN, "-ERR Account access disabled", "account-locked" },
  { POP3, SIGN_IN, "-ERR Access to this account is disabled", "account-locked" },
  { POP3, SIGN_IN, "-ERR POP3 access disabled for this account", "service-disabled" },
  { IMAP, SIGN_IN, "A1 NO IMAP is disabled for this user", "service-disabled" },
  { IMAP, SIGN_IN, "A1 NO [ALERT] Your account is not enabled for IMAP use", "service-disabled" },
  { SMTP, SIGN_IN, "550 SMTP access is disabled", "service-disabled" },
  { POP3, SIGN_IN, "-ERR Your account is locked", "account-locked" },
  { POP3, SIGN_IN, "-ERR Too many connections", "login-too-often" },
  { POP3, SIGN_IN, "-ERR Service temporarily unavailable", "temporary-failure" },
  { POP3, SIGN_IN, "-ERR mailbox already in use", "mailbox-in-use" },
  { POP3, MAILBOX, "-ERR oops", "server-fault" },
  { POP3, STARTTLS, "-ERR no TLS now", "starttls-refused" },
  { POP3, GREETING, "-ERR busy", "greeting-refused" },
  { POP3, GREETING, "-ERR [SYS/TEMP] later", "temporary-failure" },
  /* A code wins over words. */
  { POP3, SIGN_IN, "-ERR [AUTH] temporarily out of order", "password-refused" },
  { POP3, SIGN_IN, "-ERR [SYS/TEMP] account is locked", "temporary-failure" },
  /* Words that only look like those of the table. */
  { POP3, SIGN_IN, "-ERR this was migrated, sign in separately", "password-refused" },
  { POP3, SIGN_IN, "-ERR unlocked doors", "password-refused" },
  { POP3, SIGN_IN, "-ERR maildrop already locked", "mailbox-in-use" },
  { POP3, SIGN_IN, "-ERR [XXX] lock busy! Is another session active?", "mailbox-in-use" },
  { POP3, SIGN_IN, "-ERR the password in use is right", "password-refused" },
  { IMAP, SIGN_IN, "A1 NO Your mailbox is locked. Call support", "account-locked" },
  { IMAP, SIGN_IN, "* BYE Authentication failed", "password-refused" },
  { POP3, SIGN_IN, "-ERR unable to lock maildrop", "mailbox-in-use" },
  { POP3, SIGN_IN, "-ERR Plaintext authentication disallowed on non-secure connections",
    "encryption-required" },
  { POP3, SIGN_IN, "-ERR login rate exceeded", "login-too-often" },
  { POP3, SIGN_IN, "-ERR account temporarily locked", "account-locked" },

  /* IMAP: RFC 5530. */
  { IMAP, SIGN_IN, "A1 NO [AUTHENTICATIONFAILED] no", "password-refused" },
  { IMAP, SIGN_IN, "A1 NO", "password-refused" },
  { IMAP, SIGN_IN, "A1 NO login failed", "password-refused" },
  { IMAP, SIGN_IN, "A1 NO [AUTHORIZATIONFAILED] try later", "password-refused" },
  { IMAP, SIGN_IN, "A1 BAD what?", "server-fault" },
  { IMAP, SIGN_IN, "* BYE Sorry", "temporary-failure" },
  { IMAP, SIGN_IN, "A1 NO PLAIN is not supported", "auth-not-offered" },
  { IMAP, SIGN_IN, "A1 NO [UNAVAILABLE] later", "temporary-failure" },
  { IMAP, SIGN_IN, "* BYE [UNAVAILABLE] later", "temporary-failure" },
  { IMAP, SIGN_IN, "A1 NO [CONTACTADMIN] call us", "account-locked" },
  { IMAP, SIGN_IN, "A1 NO [EXPIRED] password too old", "account-locked" },
  { IMAP, SIGN_IN, "A1 NO [PRIVACYREQUIRED] TLS", "encryption-required" },
  { IMAP, SIGN_IN, "A1 NO [LIMIT] slowly", "login-too-often" },
  { IMAP, SIGN_IN, "A1 NO [INUSE] locked", "mailbox-in-use" },
  { IMAP, MAILBOX, "A1 NO [INUSE] locked", "mailbox-in-use" },
  { IMAP, MAILBOX, "A1 NO [OVERQUOTA] full", "mailbox-full" },
  { IMAP, MAILBOX, "A1 NO [SERVERBUG] oops", "server-fault" },
  { IMAP, SIGN_IN, "A1 NO [SERVERBUG] oops", "server-fault" },
  { IMAP, MAILBOX, "A1 BAD what?", "server-fault" },
  { IMAP, SIGN_IN, "A1 NO account suspended", "account-locked" },
  { IMAP, SIGN_IN, "A1 NO Too many logins", "login-too-often" },
  { IMAP, SIGN_IN, "A1 NO Try again later", "temporary-failure" },
  { IMAP, STARTTLS, "A1 NO not now", "starttls-refused" },
  { IMAP, STARTTLS, "A1 BAD what?", "starttls-refused" },
  { IMAP, GREETING, "* BYE busy", "greeting-refused" },
  { IMAP, SIGN_IN, "A1 NO [authenticationfailed] temporarily", "password-refused" },

  /* SMTP: RFC 4954 §6, RFC 5321, RFC 3463. */
  { SMTP, SIGN_IN, "535 5.7.8 no", "password-refused" },
  { SMTP, SIGN_IN, "535 no", "password-refused" },
  /* Enhanced before basic before words. */
  { SMTP, SIGN_IN, "535 Temporarily out of order", "password-refused" },
  { SMTP, SIGN_IN, "535 4.7.0 no", "temporary-failure" },
  { SMTP, SIGN_IN, "454 Account is disabled", "temporary-failure" },
  { SMTP, SIGN_IN, "454 5.7.8 Account is disabled", "password-refused" },
  { SMTP, SIGN_IN, "550 Account is disabled", "account-locked" },
  { SMTP, SIGN_IN, "550 Service temporarily unavailable", "password-refused" },
  { SMTP, SIGN_IN, "500 Authentication failed", "password-refused" },
  { SMTP, SIGN_IN, "500 What?", "auth-not-offered" },
  { SMTP, SIGN_IN, "535 5.2.1 Mailbox disabled", "account-locked" },
  { SMTP, SIGN_IN, "554 5.7.1 Service unavailable; blocked using zen.spamhaus.org", "blocklisted" },
  { SMTP, CAPABILITIES, "550 192.0.2.1 is listed by Spamhaus", "blocklisted" },
  { SMTP, MAIL, "452 4.4.5 Insufficient disk space", "temporary-failure" },
  { SMTP, RCPT, "452 4.5.3 Too many recipients", "temporary-failure" },
  { SMTP, SIGN_IN, "450 Too many sign-ins", "login-too-often" },
  { SMTP, SIGN_IN, "525 no", "account-locked" },
  { SMTP, SIGN_IN, "534 5.7.9 too weak", "auth-not-offered" },
  { SMTP, RCPT, "451 4.3.0 no disk", "temporary-failure" },
  { SMTP, RCPT, "553 5.7.1 <a@b.c>: Sender address rejected: not owned by user jane",
    "sender-mismatch" },
  { SMTP, SIGN_IN, "550 no", "password-refused" },
  { SMTP, SIGN_IN, "554 5.7.8 no", "password-refused" },
  { SMTP, SIGN_IN, "535 5.7.13 disabled", "account-locked" },
  { SMTP, SIGN_IN, "525 5.7.13 disabled", "account-locked" },
  { SMTP, SIGN_IN, "432 4.7.12 sign in on the web", "password-transition" },
  { SMTP, SIGN_IN, "432 sign in on the web", "password-transition" },
  { SMTP, SIGN_IN, "454 4.7.0 later", "temporary-failure" },
  { SMTP, SIGN_IN, "454 4.7.0 account is locked", "temporary-failure" },
  { SMTP, SIGN_IN, "454 later", "temporary-failure" },
  { SMTP, SIGN_IN, "421 4.3.2 closing", "temporary-failure" },
  { SMTP, SIGN_IN, "451 local error", "temporary-failure" },
  { SMTP, SIGN_IN, "530 5.7.0 Must issue a STARTTLS command first", "encryption-required" },
  { SMTP, SIGN_IN, "538 5.7.11 Encryption required", "encryption-required" },
  { SMTP, SIGN_IN, "538 Encryption required", "encryption-required" },
  { SMTP, SIGN_IN, "504 5.5.4 Mechanism not supported", "auth-not-offered" },
  { SMTP, SIGN_IN, "535 5.7.8 Account is disabled", "password-refused" },
  { SMTP, CAPABILITIES, "501 bad name", "ehlo-refused" },
  { SMTP, CAPABILITIES, "504 bad name", "ehlo-refused" },
  { SMTP, CAPABILITIES, "550 bad name", "ehlo-refused" },
  { SMTP, CAPABILITIES, "500 what?", "server-fault" },
  { SMTP, CAPABILITIES, "421 later", "temporary-failure" },
  { SMTP, STARTTLS, "454 TLS not available", "starttls-refused" },
  { SMTP, STARTTLS, "501 no", "starttls-refused" },
  { SMTP, GREETING, "421 busy", "greeting-refused" },
  { SMTP, GREETING, "554 go away", "greeting-refused" },
  { SMTP, GREETING, "554 your network is on a blocklist", "blocklisted" },
  { SMTP, MAIL, "553 5.7.1 not yours", "sender-refused" },
  { SMTP, MAIL, "550 5.7.1 not allowed", "sender-refused" },
  { SMTP, MAIL, "451 4.3.0 later", "temporary-failure" },
  { SMTP, MAIL, "552 5.2.2 full", "mailbox-full" },
  { SMTP, MAIL, "452 no space", "mailbox-full" },
  { SMTP, RCPT, "552 full", "mailbox-full" },
  { SMTP, RCPT, "550 5.2.2 over quota", "mailbox-full" },
  { SMTP, RCPT, "550 no relay", "relay-denied" },
  { SMTP, RCPT, "554 5.7.1 Relay access denied", "relay-denied" },
  { SMTP, RCPT, "450 4.2.0 Greylisted", "greylisted" },
  { SMTP, RCPT, "451 4.7.1 Greylisting in action", "greylisted" },
  { SMTP, RCPT, "421 too much", "temporary-failure" },
  { SMTP, RCPT, "554 5.7.1 blocked using zen.spamhaus.org", "blocklisted" },
  { SMTP, MAIL, "550 192.0.2.1 is on our Blacklist", "blocklisted" },
  { SMTP, MAIL, "552 5.3.4 Message size exceeds fixed limit", "message-too-large" },
  { SMTP, MESSAGE, "552 Too much mail data", "message-too-large" },
  { SMTP, MESSAGE, "552 5.2.3 no", "message-too-large" },
  { SMTP, MESSAGE, "552 5.2.2 no", "mailbox-full" },
  { SMTP, MESSAGE, "552 Quota exceeded (mailbox for user is full)", "mailbox-full" },
  { SMTP, MESSAGE, "552 no", "mailbox-full" },
  /* From Optimum in 2024; its code was lost. */
  { SMTP, MESSAGE, "554 Spam detected by content scanner. Message rejected", "content-refused" },
  { SMTP, MESSAGE, "552 Spam detected by content scanner. Message rejected", "content-refused" },
  { SMTP, MESSAGE, "550 5.7.1 no", "content-refused" },
  { SMTP, DATA, "554 no", "content-refused" },
  { SMTP, MESSAGE, "554 5.7.1 listed by spamcop", "blocklisted" },
  { SMTP, MESSAGE, "451 4.7.1 Greylisted", "greylisted" },
  { SMTP, MESSAGE, "451 no", "temporary-failure" },
  { SMTP, DATA, "421 too much", "temporary-failure" },
  { SMTP, RCPT, "550 sender DOES NOT MATCH authenticated user", "sender-mismatch" },

  /* Class and subject of an enhanced code count before the basic code and before words. */
  { SMTP, RCPT, "550 5.4.5 Daily sending quota exceeded", "temporary-failure" },
  { SMTP, MAIL, "552 5.7.0 Message rejected by policy", "sender-refused" },
  { SMTP, RCPT, "450 4.1.2 Domain not found", "temporary-failure" },
  { SMTP, MAIL, "530 5.7.0 Authentication required", "relay-denied" },
  { SMTP, MAIL, "530 5.5.1 Authentication Required.", "relay-denied" },
  { SMTP, MAIL, "530 Authentication required", "relay-denied" },
  { SMTP, RCPT, "530 5.7.0 Authentication required", "relay-denied" },
  { SMTP, MAIL, "530 5.7.11 Encryption required", "encryption-required" },
  { SMTP, MAIL, "552 5.1.8 no such domain", "sender-refused" },
  { SMTP, RCPT, "552 5.1.1 no such user", "relay-denied" },
  { SMTP, RCPT, "553 5.1.8 Sender address rejected: Domain not found", "sender-refused" },
  { SMTP, RCPT, "550 5.1.7 Sender address rejected", "sender-refused" },
  { SMTP, RCPT, "550 5.2.1 Mailbox disabled, once over quota", "relay-denied" },
  { SMTP, RCPT, "552 5.2.0 Mailbox over quota", "mailbox-full" },
  { SMTP, MESSAGE, "552 5.2.0 no", "content-refused" },
  { SMTP, MAIL, "552 5.3.0 no", "server-fault" },
  { SMTP, RCPT, "550 5.3.5 on our blacklist of servers", "server-fault" },
  { SMTP, RCPT, "550 5.4.1 Access denied, see our blocklist", "relay-denied" },
  { SMTP, MAIL, "552 5.4.4 no route", "server-fault" },
  { SMTP, MAIL, "503 5.5.1 need EHLO", "server-fault" },
  { SMTP, RCPT, "552 5.7.1 quota exceeded", "relay-denied" },
  { SMTP, MESSAGE, "552 5.7.0 quota exceeded", "content-refused" },
  { SMTP, MESSAGE, "552 5.6.0 quota exceeded", "content-refused" },
  { SMTP, MESSAGE, "552 5.1.1 no such user", "relay-denied" },
  { SMTP, MAIL, "452 4.7.1 Too many messages", "temporary-failure" },
  { SMTP, MAIL, "452 4.1.8 Domain not found", "temporary-failure" },
  { SMTP, RCPT, "450 4.2.1 Too much mail for this mailbox", "temporary-failure" },
  { SMTP, RCPT, "452 4.6.0 no", "temporary-failure" },
  { SMTP, RCPT, "450 4.7.1 no", "greylisted" },
  { SMTP, RCPT, "452 4.7.1 no", "temporary-failure" },
  { SMTP, SIGN_IN, "503 5.5.1 Authentication failed", "auth-not-offered" },
  { SMTP, SIGN_IN, "535 5.5.1 not enabled", "auth-not-offered" },
  { SMTP, SIGN_IN, "503 5.3.3 AUTH not available", "auth-not-offered" },
  { SMTP, SIGN_IN, "554 5.3.5 Account disabled", "server-fault" },
  { SMTP, SIGN_IN, "535 5.7.10 no", "encryption-required" },
  /* Codes that leave it open. */
  { SMTP, RCPT, "550 5.0.0 Mailbox over quota", "mailbox-full" },
  { SMTP, MAIL, "552 5.0.0 no", "mailbox-full" },
  { SMTP, MAIL, "553 5.0.0 no", "sender-refused" },
  { SMTP, SIGN_IN, "535 5.7.3 Authentication unsuccessful", "password-refused" },
  { SMTP, SIGN_IN, "550 5.7.1 Account is disabled", "account-locked" },
};

/* Everything that is not a reply. */
static const struct
{
  const char *name;
  OptFailure failure;
  OptStep step;
  gboolean starttls, greeted;
  int connect_error;
  gboolean offline, portal;
  const char *want;
  gboolean heard; /* though not a whole reply */
} failures[] = {
  { "works", OPT_FAILURE_NONE, OPT_STEP_VERIFY, 0, 1, -1, 0, 0, "works" },
  { "works-offline", OPT_FAILURE_NONE, OPT_STEP_VERIFY, 0, 1, -1, 1, 1, "works" },
  { "no-name", OPT_FAILURE_NAME_NOT_FOUND, OPT_STEP_RESOLVE, 0, 0, -1, 0, 0, "host-unknown" },
  { "no-name-offline", OPT_FAILURE_NAME_NOT_FOUND, OPT_STEP_RESOLVE, 0, 0, -1, 1, 0, "offline" },
  { "no-dns", OPT_FAILURE_NAME_LOOKUP, OPT_STEP_RESOLVE, 0, 0, -1, 0, 0, "dns-failure" },
  { "no-dns-offline", OPT_FAILURE_NAME_LOOKUP, OPT_STEP_RESOLVE, 0, 0, -1, 1, 0, "offline" },
  { "no-dns-portal", OPT_FAILURE_NAME_LOOKUP, OPT_STEP_RESOLVE, 0, 0, -1, 0, 1, "captive-portal" },
  { "slow-dns", OPT_FAILURE_DEADLINE, OPT_STEP_RESOLVE, 0, 0, -1, 0, 0, "dns-failure" },
  { "refused", OPT_FAILURE_CONNECT, OPT_STEP_CONNECT, 0, 0, G_IO_ERROR_CONNECTION_REFUSED, 0, 0,
    "connection-refused" },
  { "refused-offline", OPT_FAILURE_CONNECT, OPT_STEP_CONNECT, 0, 0, G_IO_ERROR_CONNECTION_REFUSED,
    1, 0, "connection-refused" },
  { "no-route", OPT_FAILURE_CONNECT, OPT_STEP_CONNECT, 0, 0, G_IO_ERROR_NETWORK_UNREACHABLE, 0, 0,
    "offline" },
  { "unreachable-offline", OPT_FAILURE_CONNECT, OPT_STEP_CONNECT, 0, 0,
    G_IO_ERROR_HOST_UNREACHABLE, 1, 0, "offline" },
  { "unreachable", OPT_FAILURE_CONNECT, OPT_STEP_CONNECT, 0, 0, G_IO_ERROR_HOST_UNREACHABLE, 0, 0,
    "connection-filtered" },
  { "timed-out", OPT_FAILURE_CONNECT, OPT_STEP_CONNECT, 0, 0, G_IO_ERROR_TIMED_OUT, 0, 0,
    "connection-filtered" },
  { "reset-at-once", OPT_FAILURE_CONNECT, OPT_STEP_CONNECT, 0, 0, G_IO_ERROR_CONNECTION_CLOSED, 0, 0,
    "closed-before-greeting" },
  { "slow-connect", OPT_FAILURE_DEADLINE, OPT_STEP_CONNECT, 0, 0, -1, 0, 0, "connection-filtered" },
  { "silent-clear", OPT_FAILURE_DEADLINE, OPT_STEP_SECURE, 1, 0, -1, 0, 0, "plain-to-tls-port" },
  { "drips-clear", OPT_FAILURE_DEADLINE, OPT_STEP_SECURE, 1, 0, -1, 0, 0, "server-too-slow",
    .heard = TRUE },
  { "slow-starttls", OPT_FAILURE_DEADLINE, OPT_STEP_SECURE, 1, 1, -1, 0, 0, "server-too-slow" },
  { "slow-handshake", OPT_FAILURE_DEADLINE, OPT_STEP_SECURE, 0, 0, -1, 0, 0, "server-too-slow" },
  { "slow-greeting", OPT_FAILURE_DEADLINE, OPT_STEP_GREET, 0, 0, -1, 0, 0, "server-too-slow" },
  { "slow-sign-in", OPT_FAILURE_DEADLINE, OPT_STEP_SIGN_IN, 0, 1, -1, 0, 0, "server-too-slow" },
  { "slow-verify", OPT_FAILURE_DEADLINE, OPT_STEP_VERIFY, 0, 1, -1, 0, 0, "server-too-slow" },
  { "closed-first", OPT_FAILURE_CLOSED, OPT_STEP_GREET, 0, 0, -1, 0, 0, "closed-before-greeting" },
  { "closed-clear", OPT_FAILURE_CLOSED, OPT_STEP_SECURE, 1, 0, -1, 0, 0, "closed-before-greeting" },
  { "closed-later", OPT_FAILURE_CLOSED, OPT_STEP_SIGN_IN, 0, 1, -1, 0, 0, "server-fault" },
  { "malformed", OPT_FAILURE_MALFORMED, OPT_STEP_GREET, 0, 0, -1, 0, 0, "server-fault" },
  { "too-long", OPT_FAILURE_TOO_LONG, OPT_STEP_GREET, 0, 0, -1, 0, 0, "reply-too-long" },
  { "other-protocol", OPT_FAILURE_OTHER_PROTOCOL, OPT_STEP_GREET, 0, 0, -1, 0, 0,
    "wrong-protocol" },
  { "http", OPT_FAILURE_HTTP, OPT_STEP_SECURE, 1, 0, -1, 0, 0, "captive-portal" },
  { "no-starttls", OPT_FAILURE_NO_STARTTLS, OPT_STEP_SECURE, 1, 1, -1, 0, 0, "starttls-missing" },
  { "injected", OPT_FAILURE_INJECTED, OPT_STEP_SECURE, 1, 1, -1, 0, 0, "starttls-injected" },
  { "preauth", OPT_FAILURE_PREAUTH, OPT_STEP_SECURE, 1, 1, -1, 0, 0, "preauth-before-tls" },
  { "preauth-in-tls", OPT_FAILURE_PREAUTH, OPT_STEP_GREET, 0, 1, -1, 0, 0, "server-fault" },
  { "login-disabled", OPT_FAILURE_LOGIN_DISABLED, OPT_STEP_GREET, 0, 1, -1, 0, 0,
    "encryption-required" },
  { "slow-dns-offline", OPT_FAILURE_DEADLINE, OPT_STEP_RESOLVE, 0, 0, -1, 1, 0, "offline" },
  { "slow-sign-in-offline", OPT_FAILURE_DEADLINE, OPT_STEP_SIGN_IN, 0, 1, -1, 1, 0,
    "server-too-slow" },
  { "no-sign-in", OPT_FAILURE_NO_SIGN_IN, OPT_STEP_GREET, 0, 1, -1, 0, 0, "auth-not-offered" },
  { "cancelled", OPT_FAILURE_CANCELLED, OPT_STEP_SIGN_IN, 0, 1, -1, 0, 0, "cancelled" },
  { "cancelled-portal", OPT_FAILURE_CANCELLED, OPT_STEP_RESOLVE, 0, 0, -1, 1, 1, "cancelled" },
  { "skipped", OPT_FAILURE_SKIPPED, OPT_STEP_GREET, 0, 1, -1, 0, 0, "cancelled" },
};

#define EXPIRED OPT_CERTIFICATE_EXPIRED
#define EARLY OPT_CERTIFICATE_NOT_YET_VALID
#define NAME OPT_CERTIFICATE_WRONG_NAME
#define UNTRUSTED OPT_CERTIFICATE_UNTRUSTED

static const struct
{
  const char *name;
  guint problems;
  int alert;
  const char *first_bytes; /* at most five */
  guint n_first_bytes;
  OptSecurity security;
  const char *want;
} handshakes[] = {
  { "expired", EXPIRED, -1, "\x16\3\3\0\1", 5, OPT_SECURITY_TLS, "certificate-expired" },
  { "early", EARLY, -1, "\x16\3\3\0\1", 5, OPT_SECURITY_TLS, "certificate-not-yet-valid" },
  { "name", NAME, -1, "\x16\3\3\0\1", 5, OPT_SECURITY_TLS, "certificate-wrong-name" },
  { "untrusted", UNTRUSTED, -1, "\x16\3\3\0\1", 5, OPT_SECURITY_TLS, "certificate-untrusted" },
  { "name-and-expired", NAME | EXPIRED, -1, "\x16\3\3\0\1", 5, OPT_SECURITY_TLS,
    "certificate-wrong-name" },
  { "all", NAME | EXPIRED | UNTRUSTED, -1, "\x16\3\3\0\1", 5, OPT_SECURITY_TLS,
    "certificate-untrusted" },
  { "old", 0, 70, "\x15\3\1\0\2", 5, OPT_SECURITY_TLS, "tls-too-old" },
  { "old-hello", 0, 70, "\x16\3\1\0\x2a", 5, OPT_SECURITY_TLS, "tls-too-old" },
  { "old-ciphers", 0, 40, "\x15\3\3\0\2", 5, OPT_SECURITY_STARTTLS, "tls-too-old" },
  { "weak", 0, 71, "\x15\3\3\0\2", 5, OPT_SECURITY_TLS, "server-fault" },
  { "broken", 0, 50, "\x16\3\3\0\4", 5, OPT_SECURITY_TLS, "server-fault" },
  /* Our own side says protocol_version to this. */
  { "nonsense", 0, 70, "\0\1\2\3\4", 5, OPT_SECURITY_TLS, "server-fault" },
  { "closed", 0, -1, "", 0, OPT_SECURITY_TLS, "closed-before-greeting" },
  { "smtp", 0, -1, "220 m", 5, OPT_SECURITY_TLS, "tls-to-plain-port" },
  { "pop3", 0, -1, "+OK h", 5, OPT_SECURITY_TLS, "tls-to-plain-port" },
  { "pop3-err", 0, -1, "-ERR ", 5, OPT_SECURITY_TLS, "tls-to-plain-port" },
  { "imap", 0, -1, "* OK ", 5, OPT_SECURITY_TLS, "tls-to-plain-port" },
  { "http", 0, -1, "HTTP/", 5, OPT_SECURITY_TLS, "captive-portal" },
  /* After STARTTLS's reply nothing in the clear may come: CVE-2011-0411 and its twins. */
  { "injected-smtp", 0, -1, "250 m", 5, OPT_SECURITY_STARTTLS, "starttls-injected" },
  { "injected-imap", 0, -1, "* OK ", 5, OPT_SECURITY_STARTTLS, "starttls-injected" },
};
/* clang-format on */

static OptEvidence *
create_evidence (OptService service, OptSecurity security)
{
  g_autoptr (OptServer) server = opt_server_new (service, "a.example", 4, security, "jane", NULL);

  return opt_evidence_new (server);
}

static OptReply *
read_reply (OptService service, OptCommand command, const char *line)
{
  g_autoptr (OptReplyReader) reader = opt_reply_reader_new (service);
  OptReply *reply = NULL;

  opt_reply_reader_push (reader, line, strlen (line));
  opt_reply_reader_push (reader, "\r\n", 2);
  opt_reply_reader_read (reader, command, "A1", &reply);
  if (reply == NULL)
    reply = opt_reply_reader_read_farewell (reader);
  g_assert_nonnull (reply);

  return reply;
}

static void
assert_reply (guint i, const char *reply)
{
  g_autoptr (OptEvidence) evidence = create_evidence (replies[i].service, OPT_SECURITY_TLS);

  g_test_message ("%s", reply);
  evidence->failure = OPT_FAILURE_REPLY;
  evidence->step = OPT_STEP_SIGN_IN;
  evidence->command = replies[i].command;
  evidence->greeted = TRUE;
  evidence->reply = read_reply (replies[i].service, replies[i].command, reply);
  g_assert_cmpstr (opt_diagnosis_to_string (opt_diagnose (evidence)), ==, replies[i].want);
}

/* Words are matched in any case. */
static void
test_replies (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      g_autofree char *capitals = g_ascii_strup (replies[i].reply, -1);

      assert_reply (i, replies[i].reply);
      assert_reply (i, capitals);
    }
}

static void
test_failure (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);

  for (guint service = 0; service < OPT_N_SERVICES; service++)
    {
      g_autoptr (OptEvidence) evidence =
        create_evidence (service, failures[i].starttls ? OPT_SECURITY_STARTTLS : OPT_SECURITY_TLS);

      evidence->failure = failures[i].failure;
      evidence->step = failures[i].step;
      evidence->heard = failures[i].greeted || failures[i].heard;
      evidence->greeted = failures[i].greeted;
      evidence->connect_error = failures[i].connect_error;
      evidence->network_available = !failures[i].offline;
      evidence->network_portal = failures[i].portal;
      g_assert_cmpstr (opt_diagnosis_to_string (opt_diagnose (evidence)), ==, failures[i].want);
    }
}

static void
test_handshake (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (OptEvidence) evidence = create_evidence (OPT_SERVICE_IMAP, handshakes[i].security);

  evidence->failure = OPT_FAILURE_HANDSHAKE;
  evidence->step = OPT_STEP_SECURE;
  evidence->tls.problems = handshakes[i].problems;
  evidence->tls.alert = handshakes[i].alert;
  evidence->tls.n_first_bytes = handshakes[i].n_first_bytes;
  memcpy (evidence->tls.first_bytes, handshakes[i].first_bytes, handshakes[i].n_first_bytes);

  g_assert_cmpstr (opt_diagnosis_to_string (opt_diagnose (evidence)), ==, handshakes[i].want);
}

static gboolean
is_reached (const char *id)
{
  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    if (g_str_equal (replies[i].want, id))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (g_str_equal (failures[i].want, id))
      return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (handshakes); i++)
    if (g_str_equal (handshakes[i].want, id))
      return TRUE;

  return FALSE;
}

/* The ids are an interface, and each has its evidence above. */
static void
test_ids (void)
{
  /* What one server alone cannot show. */
  static const char *const together[] = { "clock-wrong", "port-25-blocked", NULL };

  for (guint i = 0; i < OPT_N_DIAGNOSES; i++)
    {
      const char *id = opt_diagnosis_to_string (i);
      OptDiagnosis diagnosis = OPT_N_DIAGNOSES;

      g_assert_nonnull (id);
      g_assert_true (g_regex_match_simple ("^[a-z0-9]+(-[a-z0-9]+)*$", id, 0, 0));
      g_assert_true (opt_diagnosis_from_string (id, &diagnosis));
      g_assert_cmpint (diagnosis, ==, i);
      if (is_reached (id) == g_strv_contains (together, id))
        g_error ("%s has no evidence here, or too much", id);
    }
}

static void
test_strange_ids (void)
{
  OptDiagnosis diagnosis;

  g_assert_false (opt_diagnosis_from_string ("", &diagnosis));
  g_assert_false (opt_diagnosis_from_string ("Works", &diagnosis));
  g_assert_false (opt_diagnosis_from_string ("no-such-id", &diagnosis));
}

#define ADD_TABLE(prefix, table, function)                                                         \
  for (gsize i = 0; i < G_N_ELEMENTS (table); i++)                                                 \
    {                                                                                              \
      g_autofree char *path = g_strconcat ("/diagnose/" prefix "/", table[i].name, NULL);          \
                                                                                                   \
      g_test_add_data_func (path, GSIZE_TO_POINTER (i), function);                                 \
    }

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diagnose/replies", test_replies);
  ADD_TABLE ("failure", failures, test_failure);
  ADD_TABLE ("handshake", handshakes, test_handshake);
  g_test_add_func ("/diagnose/ids", test_ids);
  g_test_add_func ("/diagnose/strange-ids", test_strange_ids);

  return g_test_run ();
}
