/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The words for every diagnosis, a row each: what happened, what it means and what to do, in plain
 * sentences without codes, and what it was made of, for manuals. What a text tells one to do is
 * what its action does; a pause that it speaks of is as long as its wait. */
#include "opt-advice-private.h"

#include <glib/gi18n-lib.h>

const OptAdvice opt_advice_table[OPT_N_DIAGNOSES] = {
  { OPT_DIAGNOSIS_WORKS,
    N_ ("Works"),
    N_ ("Everything was tried and works."),
    N_ ("Every step was done without a failure."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_NONE },
  { OPT_DIAGNOSIS_OFFLINE,
    N_ ("You are not connected"),
    N_ ("This computer has no way to the internet. Connect it, then try again."),
    N_ ("There is no route to any server, or the system reports that it has no network."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_OPEN_NETWORK },
  { OPT_DIAGNOSIS_CAPTIVE_PORTAL,
    N_ ("This network wants you to sign in"),
    N_ ("A page of this network answered in place of the mail server. Open your web browser, "
        "sign in to the network there, then try again."),
    N_ ("The system reports a portal, a mail port answered with HTTP, or every server showed "
        "a foreign certificate."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_OPEN_BROWSER },
  { OPT_DIAGNOSIS_HOST_UNKNOWN,
    N_ ("There is no such server"),
    /* Translators: %1$s is the name of a server */
    N_ ("No server has the name %1$s. Check how it is spelled, or use another server."),
    N_ ("DNS says that there is no such name (NXDOMAIN)."),
    { OPT_ADVICE_HOST },
    OPT_ACTION_USE_SERVER,
    .retired_text =
      /* Translators: %1$s is the name of a server */
    N_ ("Your provider has switched %1$s off, so nothing answers there. Use another server.") },
  { OPT_DIAGNOSIS_DNS_FAILURE,
    N_ ("The server’s address was not found"),
    /* Translators: %1$s is the name of a server */
    N_ ("This network could not say where %1$s is. If you use a VPN, switch it off. Wait a "
        "moment, then try again."),
    N_ ("The look-up of the name failed for the time being (SERVFAIL), or DNS did not answer "
        "in time."),
    { OPT_ADVICE_HOST },
    OPT_ACTION_TRY_LATER,
    30 },
  { OPT_DIAGNOSIS_CONNECTION_REFUSED,
    N_ ("The server does not answer here"),
    /* Translators: %1$s is the name of a server */
    N_ ("%1$s is there, but no mail service answers on this port. Another port or server may "
        "work."),
    N_ ("The connection was refused (ECONNREFUSED): nothing listens on this port."),
    { OPT_ADVICE_HOST },
    OPT_ACTION_USE_SERVER },
  { OPT_DIAGNOSIS_CONNECTION_FILTERED,
    N_ ("This network blocks mail"),
    /* Translators: %1$s is the name of a server */
    N_ ("Nothing came back from %1$s. A firewall, a VPN or this network may be in the way. "
        "Another port or another network may work."),
    N_ ("Connecting timed out, or a router says that there is no way to the server "
        "(ETIMEDOUT, EHOSTUNREACH)."),
    { OPT_ADVICE_HOST },
    OPT_ACTION_USE_SERVER },
  { OPT_DIAGNOSIS_PORT_25_BLOCKED,
    N_ ("This network blocks port 25"),
    N_ ("Most home networks do, to stop junk mail. There is another port for sending, and it "
        "is safer too."),
    N_ ("Connecting to port 25 timed out while a port for submission, 465 or 587 (RFC 8314, "
        "RFC 6409), answered."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_USE_SERVER },
  { OPT_DIAGNOSIS_CLOSED_BEFORE_GREETING,
    N_ ("The server hung up"),
    /* Translators: %1$s is the name of a server */
    N_ ("%1$s took the call and hung up without a word. It may be busy, or not like this "
        "network. Wait a few minutes, then try again."),
    N_ ("The connection was reset or closed before the server’s first line."),
    { OPT_ADVICE_HOST },
    OPT_ACTION_TRY_LATER,
    120 },
  { OPT_DIAGNOSIS_TLS_TO_PLAIN_PORT,
    N_ ("The wrong kind of security"),
    N_ ("This port begins without protection and switches to it later. Choose STARTTLS for "
        "it, not TLS. Your password was not sent."),
    N_ ("The TLS handshake failed because the server began with a greeting in plain text."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_USE_SERVER },
  { OPT_DIAGNOSIS_PLAIN_TO_TLS_PORT,
    N_ ("The wrong kind of security"),
    N_ ("This port wants protection from the start. Choose TLS for it, not STARTTLS. Your "
        "password was not sent."),
    N_ ("The connection stood, but no greeting came in plain text: the server waits for a TLS "
        "handshake."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_USE_SERVER },
  { OPT_DIAGNOSIS_TLS_TOO_OLD,
    N_ ("The server’s protection is too old"),
    /* Translators: %1$s is the name of a server */
    N_ ("%1$s cannot protect the connection in a way that is still safe. Only its owner can "
        "change that. Your password was not sent."),
    N_ ("The TLS handshake failed with the alert protocol_version, or the server offers "
        "nothing newer than TLS 1.1 (RFC 8996)."),
    { OPT_ADVICE_HOST },
    OPT_ACTION_GO_ON },
  { OPT_DIAGNOSIS_CERTIFICATE_EXPIRED,
    N_ ("The server’s certificate has run out"),
    /* Translators: %1$s is a date, %2$s is today’s date */
    N_ ("It was good until %1$s, and this computer’s date is %2$s. If that date is right, the "
        "server’s owner has to renew it. Your password was not sent."),
    N_ ("The date after which the certificate is not valid (notAfter, RFC 5280) has passed."),
    { OPT_ADVICE_END_DATE, OPT_ADVICE_TODAY },
    OPT_ACTION_GO_ON },
  { OPT_DIAGNOSIS_CERTIFICATE_NOT_YET_VALID,
    N_ ("The certificate is not valid yet"),
    /* Translators: %1$s is a date, %2$s is today’s date */
    N_ ("It is good from %1$s on, but this computer’s date is %2$s. Set that date if it is "
        "wrong. Your password was not sent."),
    N_ ("The date before which the certificate is not valid (notBefore, RFC 5280) is still "
        "ahead."),
    { OPT_ADVICE_START_DATE, OPT_ADVICE_TODAY },
    OPT_ACTION_OPEN_CLOCK },
  { OPT_DIAGNOSIS_CLOCK_WRONG,
    N_ ("This computer’s clock may be wrong"),
    /* Translators: %1$s is today’s date */
    N_ ("No server’s certificate fits this computer’s date, %1$s. If that date is wrong, set "
        "it, then try again. If it is right, the servers’ owner has to renew the certificates."),
    N_ ("The certificates of all servers are expired or not yet valid by the clock of this "
        "computer."),
    { OPT_ADVICE_TODAY },
    OPT_ACTION_OPEN_CLOCK },
  { OPT_DIAGNOSIS_CERTIFICATE_WRONG_NAME,
    N_ ("The server is not who it should be"),
    /* Translators: %1$s is the name of a server */
    N_ ("Its certificate is not for %1$s. Check the server’s name, or use another server. "
        "Your password was not sent."),
    N_ ("No name in the certificate is the name of the server that was asked for (RFC 9525)."),
    { OPT_ADVICE_HOST },
    OPT_ACTION_USE_SERVER },
  { OPT_DIAGNOSIS_CERTIFICATE_UNTRUSTED,
    N_ ("Nobody vouches for this server"),
    /* Translators: %1$s is who issued a certificate */
    N_ ("Its certificate comes from “%1$s”, which this computer does not trust. A virus "
        "scanner, this network or an attacker may be reading along. Try another network; your "
        "password was not sent."),
    N_ ("The certificate is self-signed, or its issuer is none that this computer trusts."),
    { OPT_ADVICE_ISSUER },
    OPT_ACTION_OPEN_NETWORK },
  { OPT_DIAGNOSIS_STARTTLS_MISSING,
    N_ ("The server offers no protection"),
    N_ ("It does not offer to protect this connection, or something on the way hides the "
        "offer. Choose TLS, which protects from the start. Your password was not sent."),
    N_ ("STARTTLS is not in the reply to EHLO, nor STLS in that to CAPA, nor STARTTLS in that "
        "to CAPABILITY."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_USE_SERVER },
  { OPT_DIAGNOSIS_STARTTLS_REFUSED,
    N_ ("The server would not protect the line"),
    N_ ("It offers protection but would not start it. Wait a few minutes, then try again. "
        "Your password was not sent."),
    N_ ("The server answered STARTTLS with 454, -ERR, NO or BAD."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_TRY_LATER,
    120 },
  { OPT_DIAGNOSIS_STARTTLS_INJECTED,
    N_ ("Somebody meddles with the connection"),
    N_ ("Words were slipped in before the connection was safe. Use another network for mail. "
        "Your password was not sent."),
    N_ ("Bytes came between the reply to STARTTLS and the TLS handshake (CVE-2011-0411)."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_OPEN_NETWORK },
  { OPT_DIAGNOSIS_PREAUTH_BEFORE_TLS,
    N_ ("Somebody meddles with the connection"),
    N_ ("The server claimed that you are signed in before the connection was safe. Use "
        "another network for mail. Your password was not sent."),
    N_ ("The server greeted with * PREAUTH before TLS, after which STARTTLS is not allowed "
        "(RFC 9051, CVE-2020-14093)."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_OPEN_NETWORK },
  { OPT_DIAGNOSIS_WRONG_PROTOCOL,
    N_ ("This is another kind of server"),
    N_ ("A server answered, but not of the kind that was expected. The ports for sending and "
        "receiving may be swapped."),
    N_ ("The greeting is not of the protocol that was asked for: +OK is POP3, * OK is IMAP, "
        "220 is SMTP."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_USE_SERVER },
  { OPT_DIAGNOSIS_GREETING_REFUSED,
    N_ ("The server is not taking calls"),
    N_ ("It is busy, or does not serve this network. Wait a few minutes, then try again."),
    N_ ("The first line of the server was a refusal: 421, 554, -ERR or * BYE."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_TRY_LATER,
    120 },
  { OPT_DIAGNOSIS_EHLO_REFUSED,
    N_ ("The server did not like our greeting"),
    N_ ("It refused the way this program introduces itself. That is no fault of yours. Give "
        "the report to whoever helps you with mail."),
    N_ ("Every form of EHLO that was tried was refused with 501, 504 or 550."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_COPY_REPORT },
  { OPT_DIAGNOSIS_AUTH_NOT_OFFERED,
    N_ ("There is no way to sign in here"),
    N_ ("The server offers no sign-in with a password. It may be the wrong server or port."),
    N_ ("No sign-in that this program knows is in the reply to EHLO, CAPA or CAPABILITY, or "
        "it was refused with 504."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_USE_SERVER },
  { OPT_DIAGNOSIS_ENCRYPTION_REQUIRED,
    N_ ("The server wants more protection"),
    N_ ("It says that this connection is not safe enough for a password. Choose TLS, or "
        "another server."),
    N_ ("The server answered with 530 5.7.0, 538 5.7.11, PRIVACYREQUIRED or LOGINDISABLED."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_USE_SERVER },
  { OPT_DIAGNOSIS_PASSWORD_REFUSED,
    N_ ("Your password was not accepted"),
    /* Translators: %1$s is the name of a mail provider */
    N_ ("%1$s’s server refused this password. Look at the Caps Lock key and enter it again. If "
        "it fails on the web mail too, reset it; if not, ask %1$s for help."),
    N_ ("The sign-in was refused: 535 5.7.8, POP3 [AUTH], IMAP AUTHENTICATIONFAILED, or a "
        "bare -ERR or NO."),
    { OPT_ADVICE_BRAND },
    OPT_ACTION_ENTER_PASSWORD,
    /* Translators: %1$s is the name of a mail provider */
    .kept_text = N_ ("%1$s’s server refused the password that is kept on this computer. If you "
                     "have changed it on the web, enter the new one. If not, try it on the web "
                     "mail.") },
  { OPT_DIAGNOSIS_SERVICE_DISABLED,
    N_ ("This service is switched off for you"),
    /* Translators: %1$s is the name of a mail provider */
    N_ ("Your password is right: another server took it. Ask %1$s to switch on access by mail "
        "programs for your mailbox."),
    N_ ("The sign-in was refused here while another server accepted the same password, or in "
        "words such as “POP3 access disabled”."),
    { OPT_ADVICE_BRAND },
    OPT_ACTION_OPEN_CONTACT,
    /* Translators: %1$s is the name of a mail provider; “so” is that the service is switched off */
    .alone_text = N_ ("The server says so itself. Ask %1$s to switch on access by mail programs "
                      "for your mailbox.") },
  { OPT_DIAGNOSIS_ACCOUNT_LOCKED,
    N_ ("Your account is locked"),
    /* Translators: %1$s is the name of a mail provider */
    N_ ("Do not try again now; that could keep it locked. Ask %1$s to unlock it."),
    N_ ("The sign-in was refused with 5.7.13, [SYS/PERM], CONTACTADMIN or EXPIRED, or in "
        "words such as “locked” or “disabled”."),
    { OPT_ADVICE_BRAND },
    OPT_ACTION_OPEN_CONTACT },
  { OPT_DIAGNOSIS_PASSWORD_TRANSITION,
    N_ ("Sign in on the web once"),
    N_ ("The server has to learn your password anew. Sign in to the web mail once, then try "
        "again."),
    N_ ("The sign-in was refused with 432 4.7.12: a password transition is needed (RFC 4954)."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_OPEN_WEB_MAIL },
  { OPT_DIAGNOSIS_TEMPORARY_FAILURE,
    N_ ("The server has a problem right now"),
    N_ ("It could not answer at this moment, and your password may be fine. Wait a minute, "
        "then try again."),
    N_ ("The server answered with 454 4.7.0, 421 or another 4xx code, [SYS/TEMP] or "
        "UNAVAILABLE."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_TRY_LATER,
    60 },
  { OPT_DIAGNOSIS_MAILBOX_IN_USE,
    N_ ("Another program has your mailbox open"),
    N_ ("Close the other mail program, or let it finish. Wait a moment, then try again."),
    N_ ("The sign-in was refused with [IN-USE] (RFC 2449) or INUSE (RFC 5530)."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_TRY_LATER,
    30 },
  { OPT_DIAGNOSIS_LOGIN_TOO_OFTEN,
    N_ ("Too many sign-ins"),
    N_ ("The server wants a pause between sign-ins. Wait fifteen minutes, then try again."),
    N_ ("The sign-in was refused with [LOGIN-DELAY] (RFC 2449) or LIMIT (RFC 5530), or in "
        "words such as “too many”."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_TRY_LATER,
    900 },
  { OPT_DIAGNOSIS_MAILBOX_FULL,
    N_ ("Your mailbox is full"),
    N_ ("Delete some mail on the web mail and empty the trash there, then try again."),
    N_ ("The server answered with OVERQUOTA, 452, 552 or x.2.2."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_OPEN_WEB_MAIL },
  { OPT_DIAGNOSIS_SENDER_REFUSED,
    N_ ("The server will not send for you"),
    /* Translators: %1$s is the name of a mail provider */
    N_ ("Your password is right, but the server does not take this sender, or the way this "
        "program introduces itself. Ask %1$s for help, and show them the server’s words."),
    N_ ("MAIL FROM was refused with 550, 553 or 5.7.x after every form of EHLO."),
    { OPT_ADVICE_BRAND },
    OPT_ACTION_OPEN_CONTACT },
  { OPT_DIAGNOSIS_SENDER_MISMATCH,
    N_ ("The address is not the signed-in one"),
    N_ ("The server sends only for the mailbox that signed in, written in small letters. "
        "Check the address and the sign-in name."),
    N_ ("MAIL FROM was refused with words such as “does not match authenticated user”."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_CHANGE_SERVERS },
  { OPT_DIAGNOSIS_RELAY_DENIED,
    N_ ("The server refused to send mail"),
    N_ ("It took your password, then would not pass mail on, not even to yourself. Give the "
        "report to whoever helps you with mail."),
    N_ ("RCPT TO oneself was refused with 550 or 554 5.7.1: the sign-in did not count."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_COPY_REPORT },
  { OPT_DIAGNOSIS_GREYLISTED,
    N_ ("The server wants you to wait"),
    N_ ("It asks strangers to come back later, and that is no fault of yours. Wait a few "
        "minutes, then try again."),
    N_ ("RCPT TO was put off with 450 or 451 (RFC 6647)."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_TRY_LATER,
    300 },
  { OPT_DIAGNOSIS_BLOCKLISTED,
    N_ ("This network is on a blocklist"),
    N_ ("The server takes no mail from the network you are on. Use another network, for "
        "example your phone’s."),
    N_ ("The server answered with 550 or 554 5.7.1 and named a list of blocked addresses."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_OPEN_NETWORK },
  { OPT_DIAGNOSIS_MESSAGE_TOO_LARGE,
    N_ ("The message is too large"),
    N_ ("The server takes no message of this size, although it is a small one. Give the report to "
        "whoever helps you with mail."),
    N_ ("The server answered with 552, 5.3.4 or 5.2.3: the message is larger than it allows."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_COPY_REPORT },
  { OPT_DIAGNOSIS_CONTENT_REFUSED,
    N_ ("The server refused the message itself"),
    N_ (
      "A filter there took it for spam, which is no fault of your settings. Your own messages may "
      "pass. Wait a few minutes, then try again."),
    N_ ("The server took sender and recipient, and refused the message after it was sent."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_TRY_LATER,
    120 },
  { OPT_DIAGNOSIS_SERVER_TOO_SLOW,
    N_ ("The server takes too long"),
    /* Translators: %1$s is the name of a server; %2$s a whole sentence that says where it stopped,
     * such as: It stopped during the sign-in. */
    N_ ("%1$s did not answer in time. %2$s Wait a minute, then try again."),
    N_ ("The deadline of a step passed, or the server sent its reply a few bytes at a time."),
    { OPT_ADVICE_HOST, OPT_ADVICE_STEP },
    OPT_ACTION_TRY_LATER,
    60 },
  { OPT_DIAGNOSIS_REPLY_TOO_LONG,
    N_ ("The server would not stop talking"),
    /* Translators: %1$s is the name of a server */
    N_ ("%1$s sent far more than a mail server does. It may not be one. Give the report to "
        "whoever helps you with mail."),
    N_ ("A line, or the number of lines, was beyond what this program reads."),
    { OPT_ADVICE_HOST },
    OPT_ACTION_COPY_REPORT },
  { OPT_DIAGNOSIS_SERVER_FAULT,
    N_ ("The server did something odd"),
    N_ ("Its answer made no sense, or it hung up in the middle. Give the report to whoever "
        "helps you with mail."),
    N_ ("The server answered with SERVERBUG, BAD or what is no reply at all, or closed the "
        "connection in mid-dialogue."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_COPY_REPORT },
  { OPT_DIAGNOSIS_CANCELLED,
    N_ ("Stopped"),
    N_ ("You stopped the check. Start it again whenever you like."),
    N_ ("Somebody cancelled the check before its end."),
    { OPT_ADVICE_NOTHING },
    OPT_ACTION_TRY_AGAIN },
};
