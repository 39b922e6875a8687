/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* SMTP, step by step: RFC 5321, RFC 4954, RFC 3207. */
#include "dialogue-script.h"

#define EHLO "EHLO optsetup.local\r\n"
#define EHLO_2 "EHLO optsetup.optonline.net\r\n"
#define FLIGHT "MAIL FROM:<" USER ">\r\nRCPT TO:<" USER ">\r\nRSET\r\n"
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
static const DialogueScript smtp_dialogues[] = {
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
/* clang-format on */

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  dialogue_add_scripts ("smtp", smtp_dialogues, G_N_ELEMENTS (smtp_dialogues));

  return g_test_run ();
}
