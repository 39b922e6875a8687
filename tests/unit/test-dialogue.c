/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-dialogue.h"

#include <string.h>

#define IMAP OPT_SERVICE_IMAP
#define POP3 OPT_SERVICE_POP3
#define SMTP OPT_SERVICE_SMTP
#define TLS OPT_SECURITY_TLS
#define STARTTLS OPT_SECURITY_STARTTLS

#define LISTEN OPT_DIALOGUE_LISTEN
#define START_TLS OPT_DIALOGUE_START_TLS
#define READY OPT_DIALOGUE_READY
#define WORKS OPT_DIALOGUE_WORKS
#define FAILED OPT_DIALOGUE_FAILED

#define PASSWORD "Tr0ub4dor"
#define PASSWORD_64 "VHIwdWI0ZG9y"
#define USER "jane@optonline.net"
#define USER_64 "amFuZUBvcHRvbmxpbmUubmV0"
#define PLAIN_64 "AGphbmVAb3B0b25saW5lLm5ldABUcjB1YjRkb3I="

/* In place of what the server says. */
#define SECURED "\001"
#define SIGN_IN "\002"
#define CLOSED "\003"

/* What happens, what must go out, and what must be wanted then. */
typedef struct
{
  const char *in, *out;
  OptDialogueWants wants;
} Step;

typedef struct
{
  const char *name;
  OptService service;
  OptSecurity security;
  Step steps[12];
  OptFailure failure;
  OptCommand command;   /* of OPT_FAILURE_REPLY */
  const char *evidence; /* "MESSAGES BYTES LARGEST" when it works, else the server's words */
} Dialogue;

#define EHLO "EHLO optsetup.local\r\n"
#define EHLO_2 "EHLO optsetup.optonline.net\r\n"
#define CAN "250-mx\r\n250-PIPELINING\r\n250-SIZE 99\r\n250 AUTH LOGIN PLAIN\r\n"
#define CAN_BARE "250-mx\r\n250 AUTH PLAIN\r\n"
#define FLIGHT "MAIL FROM:<" USER ">\r\nRCPT TO:<" USER ">\r\nRSET\r\n"
#define AUTH "AUTH PLAIN " PLAIN_64 "\r\n"
#define OPEN_SMTP                                                                                  \
  { SECURED, "", LISTEN }, { "220 mx\r\n", EHLO, LISTEN }
#define SIGN_IN_SMTP                                                                               \
  { CAN, "", READY }, { SIGN_IN, AUTH, LISTEN }, { "235 ok\r\n", FLIGHT, LISTEN }
#define SIGN_IN_BARE                                                                               \
  { CAN_BARE, "", READY }, { SIGN_IN, AUTH, LISTEN },                                              \
  {                                                                                                \
    "235 ok\r\n", "MAIL FROM:<" USER ">\r\n", LISTEN                                               \
  }

/* clang-format off */
static const Dialogue smtp_dialogues[] = {
  { "tls", SMTP, TLS,
    { OPEN_SMTP, SIGN_IN_SMTP,
      { "250 ok\r\n", "", LISTEN },
      { "250 ok\r\n", "", WORKS } },
    OPT_FAILURE_NONE, 0, "-1 -1 99" },
  { "one-flight-of-replies", SMTP, TLS,
    { OPEN_SMTP, SIGN_IN_SMTP, { "250 ok\r\n250 ok\r\n250 ok\r\n", "", WORKS } },
    OPT_FAILURE_NONE, 0, "-1 -1 99" },
  { "starttls", SMTP, STARTTLS,
    { { "220 mx\r\n", EHLO, LISTEN },
      { "250-mx\r\n250-SIZE 1\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n", "STARTTLS\r\n", LISTEN },
      { "220 go\r\n", "", START_TLS },
      { SECURED, EHLO, LISTEN },
      SIGN_IN_SMTP,
      { "250 ok\r\n250 ok\r\n", "", WORKS } },
    OPT_FAILURE_NONE, 0, "-1 -1 99" },
  { "one-by-one", SMTP, TLS,
    { OPEN_SMTP, SIGN_IN_BARE,
      { "250 ok\r\n", "RCPT TO:<" USER ">\r\n", LISTEN },
      { "250 ok\r\n", "", WORKS } },
    OPT_FAILURE_NONE, 0, "-1 -1 -1" },
  { "login", SMTP, TLS,
    { OPEN_SMTP,
      { "250-mx\r\n250 AUTH=LOGIN\r\n", "", READY },
      { SIGN_IN, "AUTH LOGIN\r\n", LISTEN },
      { "334 VXNlcm5hbWU6\r\n", USER_64 "\r\n", LISTEN },
      { "334 UGFzc3dvcmQ6\r\n", PASSWORD_64 "\r\n", LISTEN },
      { "235 ok\r\n", "MAIL FROM:<" USER ">\r\n", LISTEN },
      { "250 ok\r\n", "RCPT TO:<" USER ">\r\n", LISTEN },
      { "250 ok\r\n", "", WORKS } },
    OPT_FAILURE_NONE, 0, "-1 -1 -1" },
  { "optimum-capture", SMTP, TLS, /* PROVIDERS.md, 2025-05 */
    { OPEN_SMTP,
      { "250-mx\r\n250-DSN\r\n250-8BITMIME\r\n250-AUTH=LOGIN\r\n250-AUTH LOGIN PLAIN\r\n"
        "250-DELIVERBY 300\r\n250 SIZE 104857600\r\n", "", READY },
      { SIGN_IN, AUTH, LISTEN },
      { "235 PLAIN authentication successful\r\n", "MAIL FROM:<" USER ">\r\n", LISTEN },
      { "550 Sender refused\r\n", EHLO_2, LISTEN },
      { CAN_BARE, "MAIL FROM:<" USER ">\r\n", LISTEN },
      { "550 Sender refused\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_MAIL, "Sender refused" },
  { "ehlo-501", SMTP, TLS,
    { OPEN_SMTP, { "501 bad name\r\n", EHLO_2, LISTEN }, SIGN_IN_SMTP,
      { "250 ok\r\n250 ok\r\n", "", WORKS } },
    OPT_FAILURE_NONE, 0, "-1 -1 99" },
  { "ehlo-504", SMTP, TLS,
    { OPEN_SMTP, { "504 bad name\r\n", EHLO_2, LISTEN }, { CAN, "", READY } },
    OPT_FAILURE_NONE, 0, "-1 -1 99" },
  { "ehlo-550-twice", SMTP, TLS,
    { OPEN_SMTP, { "550 bad name\r\n", EHLO_2, LISTEN }, { "550 still bad\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_CAPABILITIES, "still bad" },
  { "ehlo-500", SMTP, TLS,
    { OPEN_SMTP, { "500 what?\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_CAPABILITIES, "what?" },
  { "ehlo-501-before-starttls", SMTP, STARTTLS, /* the form that was liked is kept */
    { { "220 mx\r\n", EHLO, LISTEN },
      { "501 bad name\r\n", EHLO_2, LISTEN },
      { "250-mx\r\n250 STARTTLS\r\n", "STARTTLS\r\n", LISTEN },
      { "220 go\r\n", "", START_TLS },
      { SECURED, EHLO_2, LISTEN } },
    OPT_FAILURE_NONE, 0, "-1 -1 -1" },
  { "mail-550-then-good", SMTP, TLS,
    { OPEN_SMTP, SIGN_IN_SMTP,
      { "550 Sender refused\r\n503 first MAIL\r\n250 ok\r\n", EHLO_2, LISTEN },
      { CAN, FLIGHT, LISTEN },
      { "250 ok\r\n250 ok\r\n250 ok\r\n", "", WORKS } },
    OPT_FAILURE_NONE, 0, "-1 -1 99" },
  { "mail-550-twice", SMTP, TLS,
    { OPEN_SMTP, SIGN_IN_SMTP,
      { "550 Sender refused\r\n503 first MAIL\r\n250 ok\r\n", EHLO_2, LISTEN },
      { CAN, FLIGHT, LISTEN },
      { "550 still refused\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_MAIL, "still refused" },
  { "mail-550-then-no-ehlo", SMTP, TLS, /* what MAIL was answered counts */
    { OPEN_SMTP, SIGN_IN_SMTP,
      { "550 Sender refused\r\n503 first MAIL\r\n250 ok\r\n", EHLO_2, LISTEN },
      { "503 once is enough\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_MAIL, "Sender refused" },
  { "mail-550-after-other-ehlo", SMTP, TLS,
    { OPEN_SMTP, { "501 bad name\r\n", EHLO_2, LISTEN }, SIGN_IN_SMTP,
      { "550 Sender refused\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_MAIL, "Sender refused" },
  { "mail-553", SMTP, TLS,
    { OPEN_SMTP, SIGN_IN_SMTP, { "553 5.7.1 not yours\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_MAIL, "not yours" },
  { "rcpt-554", SMTP, TLS,
    { OPEN_SMTP, SIGN_IN_SMTP, { "250 ok\r\n554 5.7.1 no relay\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_RCPT, "no relay" },
  { "refused", SMTP, TLS,
    { OPEN_SMTP, { CAN, "", READY }, { SIGN_IN, AUTH, LISTEN },
      { "535 5.7.8 no\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_SIGN_IN, "no" },
  { "greeting-554", SMTP, TLS,
    { { SECURED, "", LISTEN }, { "554 go away\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_GREETING, "go away" },
  { "no-auth", SMTP, TLS, { OPEN_SMTP, { "250 mx\r\n", "", FAILED } }, OPT_FAILURE_NO_SIGN_IN },
  { "only-cram", SMTP, TLS,
    { OPEN_SMTP, { "250-mx\r\n250 AUTH CRAM-MD5\r\n", "", FAILED } }, OPT_FAILURE_NO_SIGN_IN },
  { "auth-in-host-name", SMTP, TLS, /* the first line is no capability */
    { OPEN_SMTP, { "250-AUTH PLAIN\r\n250 SIZE\r\n", "", FAILED } }, OPT_FAILURE_NO_SIGN_IN },
  { "no-starttls", SMTP, STARTTLS,
    { { "220 mx\r\n", EHLO, LISTEN }, { CAN, "", FAILED } }, OPT_FAILURE_NO_STARTTLS },
  { "starttls-refused", SMTP, STARTTLS,
    { { "220 mx\r\n", EHLO, LISTEN }, { "250-mx\r\n250 STARTTLS\r\n", "STARTTLS\r\n", LISTEN },
      { "454 later\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_STARTTLS, "later" },
  { "starttls-injected", SMTP, STARTTLS,
    { { "220 mx\r\n", EHLO, LISTEN }, { "250-mx\r\n250 STARTTLS\r\n", "STARTTLS\r\n", LISTEN },
      { "220 go\r\n250 AUTH PLAIN\r\n", "", FAILED } },
    OPT_FAILURE_INJECTED },
  { "auth-forgotten-after-tls", SMTP, STARTTLS,
    { { "220 mx\r\n", EHLO, LISTEN },
      { "250-mx\r\n250-AUTH PLAIN\r\n250 STARTTLS\r\n", "STARTTLS\r\n", LISTEN },
      { "220 go\r\n", "", START_TLS }, { SECURED, EHLO, LISTEN }, { "250 mx\r\n", "", FAILED } },
    OPT_FAILURE_NO_SIGN_IN },
  { "challenge-too-many", SMTP, TLS,
    { OPEN_SMTP, { CAN, "", READY }, { SIGN_IN, AUTH, LISTEN }, { "334 \r\n", "", FAILED } },
    OPT_FAILURE_MALFORMED },
  { "go-on-at-ehlo", SMTP, TLS, { OPEN_SMTP, { "334 \r\n", "", FAILED } }, OPT_FAILURE_MALFORMED },
  { "closed-at-once", SMTP, TLS, { { SECURED, "", LISTEN }, { CLOSED, "", FAILED } },
    OPT_FAILURE_CLOSED },
  { "closed-while-waiting", SMTP, TLS, { OPEN_SMTP, { CAN, "", READY }, { CLOSED, "", FAILED } },
    OPT_FAILURE_CLOSED },
  { "421-while-waiting", SMTP, TLS,
    { OPEN_SMTP, { CAN, "", READY }, { "421 idle\r\n", "", READY }, { CLOSED, "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_CAPABILITIES, "idle" },
  { "closed-while-waiting-with-a-word", SMTP, TLS,
    { OPEN_SMTP, { CAN, "", READY }, { "250 hm\r\n", "", READY }, { CLOSED, "", FAILED } },
    OPT_FAILURE_CLOSED },
  { "closed-after-success", SMTP, TLS,
    { OPEN_SMTP, SIGN_IN_SMTP, { "250 ok\r\n250 ok\r\n", "", WORKS }, { CLOSED, "", WORKS } },
    OPT_FAILURE_NONE, 0, "-1 -1 99" },
  { "http", SMTP, STARTTLS, { { "HTTP/1.1 400 no\r\n", "", FAILED } }, OPT_FAILURE_HTTP },
  { "pop3", SMTP, STARTTLS, { { "+OK\r\n", "", FAILED } }, OPT_FAILURE_OTHER_PROTOCOL },
};

#define CAPA "+OK\r\nUSER\r\nSASL PLAIN\r\nPIPELINING\r\n.\r\n"
#define OPEN_POP3 { SECURED, "", LISTEN }, { "+OK hi\r\n", "CAPA\r\n", LISTEN }
#define STAT { "+OK in\r\n", "STAT\r\n", LISTEN }, { "+OK 3 100\r\n", "", WORKS }

static const Dialogue pop3_dialogues[] = {
  { "tls", POP3, TLS, { OPEN_POP3, { CAPA, "", READY }, { SIGN_IN, AUTH, LISTEN }, STAT },
    OPT_FAILURE_NONE, 0, "3 100 -1" },
  { "starttls", POP3, STARTTLS,
    { { "+OK hi\r\n", "CAPA\r\n", LISTEN },
      { "+OK\r\nUSER\r\nSTLS\r\n.\r\n", "STLS\r\n", LISTEN },
      { "+OK go\r\n", "", START_TLS },
      { SECURED, "CAPA\r\n", LISTEN },
      { CAPA, "", READY },
      { SIGN_IN, AUTH, LISTEN },
      STAT },
    OPT_FAILURE_NONE, 0, "3 100 -1" },
  { "capabilities-forgotten-after-tls", POP3, STARTTLS,
    { { "+OK hi\r\n", "CAPA\r\n", LISTEN },
      { "+OK\r\nSASL PLAIN\r\nPIPELINING\r\nSTLS\r\n.\r\n", "STLS\r\n", LISTEN },
      { "+OK go\r\n", "", START_TLS },
      { SECURED, "CAPA\r\n", LISTEN },
      { "+OK\r\nUSER\r\n.\r\n", "", READY },
      { SIGN_IN, "USER " USER "\r\n", LISTEN } },
    OPT_FAILURE_NONE, 0, "-1 -1 -1" },
  { "user-pass", POP3, TLS,
    { OPEN_POP3, { "+OK\r\nUSER\r\n.\r\n", "", READY },
      { SIGN_IN, "USER " USER "\r\n", LISTEN },
      { "+OK\r\n", "PASS " PASSWORD "\r\n", LISTEN }, STAT },
    OPT_FAILURE_NONE, 0, "3 100 -1" },
  { "user-pass-pipelined", POP3, TLS,
    { OPEN_POP3, { "+OK\r\nUSER\r\nPIPELINING\r\n.\r\n", "", READY },
      { SIGN_IN, "USER " USER "\r\nPASS " PASSWORD "\r\n", LISTEN },
      { "+OK\r\n", "", LISTEN }, STAT },
    OPT_FAILURE_NONE, 0, "3 100 -1" },
  { "no-capa", POP3, TLS,
    { OPEN_POP3, { "-ERR what?\r\n", "", READY }, { SIGN_IN, "USER " USER "\r\n", LISTEN },
      { "+OK\r\n", "PASS " PASSWORD "\r\n", LISTEN }, STAT },
    OPT_FAILURE_NONE, 0, "3 100 -1" },
  { "user-refused", POP3, TLS,
    { OPEN_POP3, { "+OK\r\nUSER\r\n.\r\n", "", READY }, { SIGN_IN, "USER " USER "\r\n", LISTEN },
      { "-ERR who?\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_USER, "who?" },
  { "refused", POP3, TLS,
    { OPEN_POP3, { CAPA, "", READY }, { SIGN_IN, AUTH, LISTEN }, { "-ERR [AUTH] no\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_SIGN_IN, "no" },
  { "greeting-refused", POP3, TLS, { { SECURED, "", LISTEN }, { "-ERR busy\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_GREETING, "busy" },
  { "no-starttls", POP3, STARTTLS,
    { { "+OK hi\r\n", "CAPA\r\n", LISTEN }, { CAPA, "", FAILED } }, OPT_FAILURE_NO_STARTTLS },
  { "no-capa-no-starttls", POP3, STARTTLS,
    { { "+OK hi\r\n", "CAPA\r\n", LISTEN }, { "-ERR\r\n", "", FAILED } }, OPT_FAILURE_NO_STARTTLS },
  { "starttls-refused", POP3, STARTTLS,
    { { "+OK hi\r\n", "CAPA\r\n", LISTEN }, { "+OK\r\nSTLS\r\n.\r\n", "STLS\r\n", LISTEN },
      { "-ERR later\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_STARTTLS, "later" },
  { "starttls-injected", POP3, STARTTLS,
    { { "+OK hi\r\n", "CAPA\r\n", LISTEN }, { "+OK\r\nSTLS\r\n.\r\n", "STLS\r\n", LISTEN },
      { "+OK go\r\n+OK\r\n", "", FAILED } },
    OPT_FAILURE_INJECTED },
  { "no-sign-in", POP3, TLS,
    { OPEN_POP3, { "+OK\r\nSASL CRAM-MD5\r\nTOP\r\n.\r\n", "", FAILED } }, OPT_FAILURE_NO_SIGN_IN },
  { "stat-words", POP3, TLS,
    { OPEN_POP3, { CAPA, "", READY }, { SIGN_IN, AUTH, LISTEN }, { "+OK\r\n", "STAT\r\n", LISTEN },
      { "+OK three\r\n", "", FAILED } },
    OPT_FAILURE_MALFORMED },
  { "stat-more", POP3, TLS,
    { OPEN_POP3, { CAPA, "", READY }, { SIGN_IN, AUTH, LISTEN }, { "+OK\r\n", "STAT\r\n", LISTEN },
      { "+OK 0 0 and more\r\n", "", WORKS } },
    OPT_FAILURE_NONE, 0, "0 0 -1" },
  { "stat-refused", POP3, TLS,
    { OPEN_POP3, { CAPA, "", READY }, { SIGN_IN, AUTH, LISTEN }, { "+OK\r\n", "STAT\r\n", LISTEN },
      { "-ERR [IN-USE] locked\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_MAILBOX, "locked" },
  { "imap", POP3, STARTTLS, { { "* OK\r\n", "", FAILED } }, OPT_FAILURE_OTHER_PROTOCOL },
};

#define OPEN_IMAP { SECURED, "", LISTEN },                                                         \
  { "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\r\n", "", READY }
#define STATUS(number) number " STATUS INBOX (MESSAGES)\r\n"

static const Dialogue imap_dialogues[] = {
  { "tls", IMAP, TLS,
    { OPEN_IMAP,
      { SIGN_IN, "A1 AUTHENTICATE PLAIN " PLAIN_64 "\r\n", LISTEN },
      { "A1 OK in\r\n", STATUS ("A2"), LISTEN },
      { "* STATUS INBOX (MESSAGES 3)\r\nA2 OK\r\n", "", WORKS } },
    OPT_FAILURE_NONE, 0, "3 -1 -1" },
  { "status-size", IMAP, TLS,
    { OPEN_IMAP,
      { SIGN_IN, "A1 AUTHENTICATE PLAIN " PLAIN_64 "\r\n", LISTEN },
      { "A1 OK [CAPABILITY IMAP4rev1 STATUS=SIZE] in\r\n", "A2 STATUS INBOX (MESSAGES SIZE)\r\n",
        LISTEN },
      { "* 3 EXISTS\r\n* STATUS \"INBOX\" (SIZE 100 MESSAGES 3)\r\nA2 OK\r\n", "", WORKS } },
    OPT_FAILURE_NONE, 0, "3 100 -1" },
  { "starttls-asks-again", IMAP, STARTTLS,
    { { "* OK [CAPABILITY IMAP4rev1 STARTTLS AUTH=PLAIN SASL-IR] hi\r\n", "A1 STARTTLS\r\n", LISTEN },
      { "A1 OK go\r\n", "", START_TLS },
      { SECURED, "A2 CAPABILITY\r\n", LISTEN },
      { "* CAPABILITY IMAP4rev1 AUTH=PLAIN SASL-IR\r\nA2 OK\r\n", "", READY },
      { SIGN_IN, "A3 AUTHENTICATE PLAIN " PLAIN_64 "\r\n", LISTEN },
      { "A3 OK in\r\n", STATUS ("A4"), LISTEN },
      { "* STATUS INBOX (MESSAGES 3)\r\nA4 OK\r\n", "", WORKS } },
    OPT_FAILURE_NONE, 0, "3 -1 -1" },
  { "asks-capability", IMAP, TLS,
    { { SECURED, "", LISTEN },
      { "* OK hi\r\n", "A1 CAPABILITY\r\n", LISTEN },
      { "* CAPABILITY IMAP4rev1 AUTH=PLAIN\r\nA1 OK\r\n", "", READY },
      { SIGN_IN, "A2 AUTHENTICATE PLAIN\r\n", LISTEN },
      { "+ \r\n", PLAIN_64 "\r\n", LISTEN },
      { "A2 OK in\r\n", STATUS ("A3"), LISTEN },
      { "* STATUS INBOX (MESSAGES 0)\r\nA3 OK\r\n", "", WORKS } },
    OPT_FAILURE_NONE, 0, "0 -1 -1" },
  { "login", IMAP, TLS,
    { { SECURED, "", LISTEN },
      { "* OK [CAPABILITY IMAP4rev1] hi\r\n", "", READY },
      { SIGN_IN, "A1 LOGIN \"" USER "\" {9}\r\n", LISTEN },
      { "+ go on\r\n", PASSWORD "\r\n", LISTEN },
      { "A1 OK in\r\n", STATUS ("A2"), LISTEN },
      { "* STATUS INBOX (MESSAGES 3)\r\nA2 OK\r\n", "", WORKS } },
    OPT_FAILURE_NONE, 0, "3 -1 -1" },
  { "login-disabled", IMAP, TLS,
    { { SECURED, "", LISTEN }, { "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hi\r\n", "", FAILED } },
    OPT_FAILURE_LOGIN_DISABLED },
  { "refused", IMAP, TLS,
    { OPEN_IMAP, { SIGN_IN, "A1 AUTHENTICATE PLAIN " PLAIN_64 "\r\n", LISTEN },
      { "A1 NO [AUTHENTICATIONFAILED] no\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_SIGN_IN, "no" },
  { "preauth-before-tls", IMAP, STARTTLS, { { "* PREAUTH hi\r\n", "", FAILED } },
    OPT_FAILURE_PREAUTH },
  { "preauth", IMAP, TLS, { { SECURED, "", LISTEN }, { "* PREAUTH hi\r\n", "", FAILED } },
    OPT_FAILURE_PREAUTH },
  { "bye", IMAP, TLS, { { SECURED, "", LISTEN }, { "* BYE busy\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_GREETING, "busy" },
  { "bye-in-dialogue", IMAP, TLS,
    { OPEN_IMAP, { SIGN_IN, "A1 AUTHENTICATE PLAIN " PLAIN_64 "\r\n", LISTEN },
      { "* BYE [UNAVAILABLE] down\r\n", "", LISTEN }, { CLOSED, "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_SIGN_IN, "down" },
  { "bye-while-waiting", IMAP, TLS,
    { OPEN_IMAP, { "* BYE [UNAVAILABLE] idle\r\n", "", READY }, { CLOSED, "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_GREETING, "idle" },
  { "no-starttls", IMAP, STARTTLS,
    { { "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n", "", FAILED } }, OPT_FAILURE_NO_STARTTLS },
  { "starttls-refused", IMAP, STARTTLS,
    { { "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n", "A1 STARTTLS\r\n", LISTEN },
      { "A1 BAD no\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_STARTTLS, "no" },
  { "starttls-injected", IMAP, STARTTLS,
    { { "* OK [CAPABILITY IMAP4rev1 STARTTLS] hi\r\n", "A1 STARTTLS\r\n", LISTEN },
      { "A1 OK go\r\n* OK\r\n", "", FAILED } },
    OPT_FAILURE_INJECTED },
  { "capability-without-list", IMAP, TLS,
    { { SECURED, "", LISTEN }, { "* OK hi\r\n", "A1 CAPABILITY\r\n", LISTEN },
      { "A1 OK\r\n", "", FAILED } },
    OPT_FAILURE_MALFORMED },
  { "status-without-list", IMAP, TLS,
    { OPEN_IMAP, { SIGN_IN, "A1 AUTHENTICATE PLAIN " PLAIN_64 "\r\n", LISTEN },
      { "A1 OK in\r\n", STATUS ("A2"), LISTEN }, { "A2 OK\r\n", "", FAILED } },
    OPT_FAILURE_MALFORMED },
  { "status-refused", IMAP, TLS,
    { OPEN_IMAP, { SIGN_IN, "A1 AUTHENTICATE PLAIN " PLAIN_64 "\r\n", LISTEN },
      { "A1 OK in\r\n", STATUS ("A2"), LISTEN }, { "A2 NO [SERVERBUG] oops\r\n", "", FAILED } },
    OPT_FAILURE_REPLY, OPT_COMMAND_MAILBOX, "oops" },
  { "smtp", IMAP, STARTTLS, { { "220 mx\r\n", "", FAILED } }, OPT_FAILURE_OTHER_PROTOCOL },
};
/* clang-format on */

/* One dialogue with all that it needs. */
typedef struct
{
  OptEvidence *evidence;
  OptTranscript *transcript;
  OptSecret *secret;
  OptDialogue *dialogue;
} Fixture;

static void
set_up (Fixture *fixture, OptService service, OptSecurity security, const char *password)
{
  g_autoptr (OptAddress) address = opt_address_parse (USER, NULL);
  g_autoptr (OptServer) server =
    opt_server_new (service, "mail.optonline.net", 4, security, USER, NULL);

  fixture->evidence = opt_evidence_new (server);
  fixture->evidence->step = OPT_STEP_SECURE;
  fixture->transcript = opt_transcript_new ();
  fixture->secret = opt_secret_new (password, strlen (password), NULL);
  fixture->dialogue = opt_dialogue_new (address, fixture->evidence, fixture->transcript);
}

static void
tear_down (Fixture *fixture)
{
  opt_dialogue_free (fixture->dialogue);
  opt_secret_unref (fixture->secret);
  opt_transcript_unref (fixture->transcript);
  opt_evidence_unref (fixture->evidence);
}

static OptDialogueWants
take_in (Fixture *fixture, const char *in, gboolean bytewise)
{
  OptDialogueWants wants = LISTEN;

  if (g_str_equal (in, SECURED))
    return opt_dialogue_secured (fixture->dialogue);
  if (g_str_equal (in, SIGN_IN))
    return opt_dialogue_sign_in (fixture->dialogue, fixture->secret);
  if (g_str_equal (in, CLOSED))
    return opt_dialogue_closed (fixture->dialogue);
  if (!bytewise)
    return opt_dialogue_receive (fixture->dialogue, in, strlen (in));

  for (; *in != '\0'; in++)
    wants = opt_dialogue_receive (fixture->dialogue, in, 1);

  return wants;
}

static char *
take_output (Fixture *fixture)
{
  GByteArray *output = opt_dialogue_take_output (fixture->dialogue);
  char *text;

  if (output == NULL)
    return g_strdup ("");

  text = g_strndup ((const char *) output->data, output->len);
  g_byte_array_unref (output);

  return text;
}

static char *
join_transcript (Fixture *fixture)
{
  GPtrArray *lines = opt_transcript_get_lines (fixture->transcript);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (lines, i));

  return g_string_free (text, FALSE);
}

static void
assert_no_password (const char *text)
{
  static const char *const forms[] = { PASSWORD, PASSWORD_64, PLAIN_64 };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (text != NULL && strstr (text, forms[i]) != NULL)
      g_error ("the password is in “%s”", text);
}

static void
assert_evidence (const OptEvidence *evidence, const Dialogue *dialogue)
{
  g_autofree char *numbers = g_strdup_printf ("%d %d %d",
                                              (int) evidence->n_messages,
                                              (int) evidence->n_bytes,
                                              (int) evidence->max_message_bytes);

  g_assert_cmpint (evidence->failure, ==, dialogue->failure);
  if (dialogue->failure == OPT_FAILURE_NONE)
    g_assert_cmpstr (numbers, ==, dialogue->evidence);
  if (dialogue->failure == OPT_FAILURE_REPLY)
    {
      g_assert_cmpint (evidence->command, ==, dialogue->command);
      g_assert_cmpstr (evidence->reply->text, ==, dialogue->evidence);
      g_assert_cmpint (evidence->reply_secure, ==, evidence->step >= OPT_STEP_GREET);
    }
}

static void
run (const Dialogue *dialogue, gboolean bytewise)
{
  g_autofree char *log = NULL;
  Fixture fixture;

  set_up (&fixture, dialogue->service, dialogue->security, PASSWORD);
  for (const Step *step = dialogue->steps; step->in != NULL; step++)
    {
      OptDialogueWants wants = take_in (&fixture, step->in, bytewise);
      g_autofree char *output = take_output (&fixture);

      g_assert_cmpstr (output, ==, step->out);
      g_assert_cmpint (wants, ==, step->wants);
    }

  assert_evidence (fixture.evidence, dialogue);
  log = join_transcript (&fixture);
  assert_no_password (log);
  tear_down (&fixture);
}

static void
test_whole (gconstpointer data)
{
  run (data, FALSE);
}

/* However the bytes fall, the dialogue is the same; but what is injected comes at once. */
static void
test_bytewise (gconstpointer data)
{
  const Dialogue *dialogue = data;

  if (dialogue->failure != OPT_FAILURE_INJECTED)
    run (dialogue, TRUE);
}

static void
add_dialogues (const char *protocol, const Dialogue *dialogues, gsize n)
{
  for (gsize i = 0; i < n; i++)
    {
      g_autofree char *whole =
        g_strdup_printf ("/dialogue/%s/%s/whole", protocol, dialogues[i].name);
      g_autofree char *bytewise =
        g_strdup_printf ("/dialogue/%s/%s/bytewise", protocol, dialogues[i].name);

      g_test_add_data_func (whole, &dialogues[i], test_whole);
      g_test_add_data_func (bytewise, &dialogues[i], test_bytewise);
    }
}

/* Beyond the line limits of RFC 2449 and RFC 4954 the response goes on a line of its own. */
static void
test_long_password (gconstpointer data)
{
  OptService service = GPOINTER_TO_UINT (data);
  const char *greeting = service == SMTP ? "220 mx\r\n" : "+OK\r\n";
  const char *can = service == SMTP ? CAN : CAPA;
  gsize line_max = service == SMTP ? 512 : 255;
  gboolean seen_split = FALSE;

  for (gsize n = 100; n <= 400; n++)
    {
      g_autofree char *password = g_strnfill (n, 'p');
      g_autofree char *first = NULL;
      g_autofree char *second = NULL;
      Fixture fixture;

      set_up (&fixture, service, TLS, password);
      take_in (&fixture, SECURED, FALSE);
      take_in (&fixture, greeting, FALSE);
      take_in (&fixture, can, FALSE);
      g_free (take_output (&fixture));
      take_in (&fixture, SIGN_IN, FALSE);
      first = take_output (&fixture);
      g_assert_cmpuint (strlen (first), <=, line_max);
      if (g_str_equal (first, "AUTH PLAIN\r\n"))
        {
          take_in (&fixture, service == SMTP ? "334 \r\n" : "+ \r\n", FALSE);
          second = take_output (&fixture);
          g_assert_cmpuint (strlen (second) + strlen ("AUTH PLAIN "), >, line_max);
          seen_split = TRUE;
        }
      else
        g_assert_true (g_str_has_prefix (first, "AUTH PLAIN A"));
      tear_down (&fixture);
    }

  g_assert_true (seen_split);
}

/* A server that repeats what it was told, in any form, gets it nowhere. */
static void
test_echo (gconstpointer data)
{
  static const char *const forms[] = { PASSWORD, PASSWORD_64, PLAIN_64, "x" PASSWORD "x" };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    {
      g_autofree char *reply =
        g_strdup_printf ("535-5.7.8 you sent\r\n535 5.7.8 %s!\r\n", forms[i]);
      g_autofree char *log = NULL;
      Fixture fixture;

      set_up (&fixture, SMTP, TLS, PASSWORD);
      take_in (&fixture, SECURED, FALSE);
      take_in (&fixture, "220 mx\r\n" CAN, FALSE);
      take_in (&fixture, SIGN_IN, FALSE);
      g_assert_cmpint (take_in (&fixture, reply, FALSE), ==, FAILED);

      log = join_transcript (&fixture);
      assert_no_password (log);
      assert_no_password (fixture.evidence->reply->text);
      for (guint j = 0; fixture.evidence->reply->lines[j] != NULL; j++)
        assert_no_password (fixture.evidence->reply->lines[j]);
      g_assert_cmpstr (fixture.evidence->reply->enhanced, ==, "5.7.8");
      tear_down (&fixture);
    }
}

/* IMAP's LOGIN: RFC 9051 §9 quoted, §4.3 literal. */
static void
test_quoting (void)
{
  g_autoptr (OptAddress) address = opt_address_parse (USER, NULL);
  g_autoptr (OptServer) server = opt_server_new (IMAP, "a.example", 1, TLS, "ja\"n\\e", NULL);
  g_autoptr (OptEvidence) evidence = opt_evidence_new (server);
  g_autoptr (OptTranscript) transcript = opt_transcript_new ();
  g_autoptr (OptDialogue) dialogue = opt_dialogue_new (address, evidence, transcript);
  const char *password = "a \"b\\ grüße {3}";
  g_autoptr (OptSecret) secret = opt_secret_new (password, strlen (password), NULL);
  Fixture fixture = { evidence, transcript, secret, dialogue };
  g_autofree char *command = NULL;
  g_autofree char *literal = NULL;

  take_in (&fixture, SECURED, FALSE);
  take_in (&fixture, "* OK [CAPABILITY IMAP4rev1] hi\r\n", FALSE);
  take_in (&fixture, SIGN_IN, FALSE);
  command = take_output (&fixture);
  take_in (&fixture, "+ \r\n", FALSE);
  literal = take_output (&fixture);

  g_assert_cmpstr (command, ==, "A1 LOGIN \"ja\\\"n\\\\e\" {17}\r\n");
  g_assert_cmpstr (literal, ==, "a \"b\\ grüße {3}\r\n");
}

/* Nobody has to read while the others sign in, but nobody may fill the memory either. */
static void
test_flood_while_ready (gconstpointer data)
{
  Fixture fixture;
  OptDialogueWants wants = READY;
  guint n_lines = 0;

  set_up (&fixture, IMAP, TLS, PASSWORD);
  take_in (&fixture, SECURED, FALSE);
  take_in (&fixture, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n", FALSE);
  while (wants == READY)
    {
      g_assert_cmpuint (n_lines++, <, 10000);
      wants = take_in (&fixture, "* OK still here\r\n", FALSE);
    }

  g_assert_cmpint (wants, ==, FAILED);
  g_assert_cmpint (fixture.evidence->failure, ==, OPT_FAILURE_TOO_LONG);
  tear_down (&fixture);
}

/* A goodbye is for a server that had its say; anything else would be pipelining. */
static void
test_farewell (void)
{
  Fixture fixture;

  set_up (&fixture, SMTP, TLS, PASSWORD);
  g_assert_null (opt_dialogue_get_farewell (fixture.dialogue));
  take_in (&fixture, SECURED, FALSE);
  g_assert_null (opt_dialogue_get_farewell (fixture.dialogue));
  take_in (&fixture, "220 mx\r\n", FALSE);
  g_assert_null (opt_dialogue_get_farewell (fixture.dialogue));
  take_in (&fixture, CAN_BARE, FALSE);
  g_assert_cmpstr (opt_dialogue_get_farewell (fixture.dialogue), ==, "QUIT\r\n");
  take_in (&fixture, SIGN_IN, FALSE);
  g_assert_null (opt_dialogue_get_farewell (fixture.dialogue));
  take_in (&fixture, "235 ok\r\n250 ok\r\n250 ok\r\n", FALSE);
  g_assert_cmpstr (opt_dialogue_get_farewell (fixture.dialogue), ==, "RSET\r\n");
  tear_down (&fixture);
}

static void
test_farewells (void)
{
  static const struct
  {
    OptService service;
    const char *in, *want;
  } farewells[] = {
    { SMTP, "220 mx\r\n" CAN, "QUIT\r\n" },
    { POP3, "+OK hi\r\n" CAPA, "QUIT\r\n" },
    { IMAP, "* OK [CAPABILITY IMAP4rev1] hi\r\n", "ZZ LOGOUT\r\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (farewells); i++)
    {
      Fixture fixture;

      set_up (&fixture, farewells[i].service, TLS, PASSWORD);
      take_in (&fixture, SECURED, FALSE);
      g_assert_cmpint (take_in (&fixture, farewells[i].in, FALSE), ==, READY);
      g_assert_cmpstr (opt_dialogue_get_farewell (fixture.dialogue), ==, farewells[i].want);
      tear_down (&fixture);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  add_dialogues ("smtp", smtp_dialogues, G_N_ELEMENTS (smtp_dialogues));
  add_dialogues ("pop3", pop3_dialogues, G_N_ELEMENTS (pop3_dialogues));
  add_dialogues ("imap", imap_dialogues, G_N_ELEMENTS (imap_dialogues));
  g_test_add_data_func ("/dialogue/long/smtp", GUINT_TO_POINTER (SMTP), test_long_password);
  g_test_add_data_func ("/dialogue/long/pop3", GUINT_TO_POINTER (POP3), test_long_password);
  g_test_add_data_func ("/dialogue/echo", NULL, test_echo);
  g_test_add_func ("/dialogue/quoting", test_quoting);
  g_test_add_data_func ("/dialogue/flood-while-ready", NULL, test_flood_while_ready);
  g_test_add_func ("/dialogue/farewell", test_farewell);
  g_test_add_func ("/dialogue/farewells", test_farewells);

  return g_test_run ();
}
