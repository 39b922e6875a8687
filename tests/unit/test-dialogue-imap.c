/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* IMAP, step by step: RFC 9051. */
#include "dialogue-script.h"

/* clang-format off */
#define OPEN_IMAP { SECURED, "", LISTEN },                                                         \
  { "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hi\r\n", "", READY }
#define STATUS(number) number " STATUS INBOX (MESSAGES)\r\n"

static const DialogueScript imap_dialogues[] = {
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

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  dialogue_add_scripts ("imap", imap_dialogues, G_N_ELEMENTS (imap_dialogues));

  return g_test_run ();
}
