/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* POP3, step by step: RFC 1939, RFC 2449, RFC 5034, RFC 2595. */
#include "dialogue-script.h"

/* clang-format off */
#define OPEN_POP3 { SECURED, "", LISTEN }, { "+OK hi\r\n", "CAPA\r\n", LISTEN }
#define STAT { "+OK in\r\n", "STAT\r\n", LISTEN }, { "+OK 3 100\r\n", "", WORKS }

static const DialogueScript pop3_dialogues[] = {
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
/* clang-format on */

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  dialogue_add_scripts ("pop3", pop3_dialogues, G_N_ELEMENTS (pop3_dialogues));

  return g_test_run ();
}
