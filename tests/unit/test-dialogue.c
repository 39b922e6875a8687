/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What scripts of one sign-in cannot tell: secrets of any size and kind, floods, and goodbyes. */
#include "dialogue-script.h"

#include <string.h>

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
      DialogueFixture fixture;

      dialogue_fixture_set_up (&fixture, service, TLS, password);
      dialogue_fixture_take_in (&fixture, SECURED, FALSE);
      dialogue_fixture_take_in (&fixture, greeting, FALSE);
      dialogue_fixture_take_in (&fixture, can, FALSE);
      g_free (dialogue_fixture_take_output (&fixture));
      dialogue_fixture_take_in (&fixture, SIGN_IN, FALSE);
      first = dialogue_fixture_take_output (&fixture);
      g_assert_cmpuint (strlen (first), <=, line_max);
      if (g_str_equal (first, "AUTH PLAIN\r\n"))
        {
          dialogue_fixture_take_in (&fixture, service == SMTP ? "334 \r\n" : "+ \r\n", FALSE);
          second = dialogue_fixture_take_output (&fixture);
          g_assert_cmpuint (strlen (second) + strlen ("AUTH PLAIN "), >, line_max);
          seen_split = TRUE;
        }
      else
        g_assert_true (g_str_has_prefix (first, "AUTH PLAIN A"));
      dialogue_fixture_tear_down (&fixture);
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
      DialogueFixture fixture;

      dialogue_fixture_set_up (&fixture, SMTP, TLS, PASSWORD);
      dialogue_fixture_take_in (&fixture, SECURED, FALSE);
      dialogue_fixture_take_in (&fixture, "220 mx\r\n" CAN, FALSE);
      dialogue_fixture_take_in (&fixture, SIGN_IN, FALSE);
      g_assert_cmpint (dialogue_fixture_take_in (&fixture, reply, FALSE), ==, FAILED);

      log = dialogue_fixture_join_transcript (&fixture);
      dialogue_assert_no_password (log);
      dialogue_assert_no_password (fixture.evidence->reply->text);
      for (guint j = 0; fixture.evidence->reply->lines[j] != NULL; j++)
        dialogue_assert_no_password (fixture.evidence->reply->lines[j]);
      g_assert_cmpstr (fixture.evidence->reply->enhanced, ==, "5.7.8");
      dialogue_fixture_tear_down (&fixture);
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
  DialogueFixture fixture = { evidence, transcript, secret, dialogue };
  g_autofree char *command = NULL;
  g_autofree char *literal = NULL;

  dialogue_fixture_take_in (&fixture, SECURED, FALSE);
  dialogue_fixture_take_in (&fixture, "* OK [CAPABILITY IMAP4rev1] hi\r\n", FALSE);
  dialogue_fixture_take_in (&fixture, SIGN_IN, FALSE);
  command = dialogue_fixture_take_output (&fixture);
  dialogue_fixture_take_in (&fixture, "+ \r\n", FALSE);
  literal = dialogue_fixture_take_output (&fixture);

  g_assert_cmpstr (command, ==, "A1 LOGIN \"ja\\\"n\\\\e\" {17}\r\n");
  g_assert_cmpstr (literal, ==, "a \"b\\ grüße {3}\r\n");
}

/* Nobody has to read while the others sign in, but nobody may fill the memory either. */
static void
test_flood_while_ready (gconstpointer data)
{
  DialogueFixture fixture;
  OptDialogueWants wants = READY;
  guint n_lines = 0;

  dialogue_fixture_set_up (&fixture, IMAP, TLS, PASSWORD);
  dialogue_fixture_take_in (&fixture, SECURED, FALSE);
  dialogue_fixture_take_in (&fixture, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hi\r\n", FALSE);
  while (wants == READY)
    {
      g_assert_cmpuint (n_lines++, <, 10000);
      wants = dialogue_fixture_take_in (&fixture, "* OK still here\r\n", FALSE);
    }

  g_assert_cmpint (wants, ==, FAILED);
  g_assert_cmpint (fixture.evidence->failure, ==, OPT_FAILURE_TOO_LONG);
  dialogue_fixture_tear_down (&fixture);
}

/* A goodbye is for a server that had its say; anything else would be pipelining. */
static void
test_farewell (void)
{
  DialogueFixture fixture;

  dialogue_fixture_set_up (&fixture, SMTP, TLS, PASSWORD);
  g_assert_null (opt_dialogue_get_farewell (fixture.dialogue));
  dialogue_fixture_take_in (&fixture, SECURED, FALSE);
  g_assert_null (opt_dialogue_get_farewell (fixture.dialogue));
  dialogue_fixture_take_in (&fixture, "220 mx\r\n", FALSE);
  g_assert_null (opt_dialogue_get_farewell (fixture.dialogue));
  dialogue_fixture_take_in (&fixture, CAN_BARE, FALSE);
  g_assert_cmpstr (opt_dialogue_get_farewell (fixture.dialogue), ==, "QUIT\r\n");
  dialogue_fixture_take_in (&fixture, SIGN_IN, FALSE);
  g_assert_null (opt_dialogue_get_farewell (fixture.dialogue));
  dialogue_fixture_take_in (&fixture, "235 ok\r\n250 ok\r\n250 ok\r\n", FALSE);
  g_assert_cmpstr (opt_dialogue_get_farewell (fixture.dialogue), ==, "RSET\r\n");
  dialogue_fixture_tear_down (&fixture);
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
      DialogueFixture fixture;

      dialogue_fixture_set_up (&fixture, farewells[i].service, TLS, PASSWORD);
      dialogue_fixture_take_in (&fixture, SECURED, FALSE);
      g_assert_cmpint (dialogue_fixture_take_in (&fixture, farewells[i].in, FALSE), ==, READY);
      g_assert_cmpstr (opt_dialogue_get_farewell (fixture.dialogue), ==, farewells[i].want);
      dialogue_fixture_tear_down (&fixture);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_data_func ("/dialogue/long/smtp", GUINT_TO_POINTER (SMTP), test_long_password);
  g_test_add_data_func ("/dialogue/long/pop3", GUINT_TO_POINTER (POP3), test_long_password);
  g_test_add_data_func ("/dialogue/echo", NULL, test_echo);
  g_test_add_func ("/dialogue/quoting", test_quoting);
  g_test_add_data_func ("/dialogue/flood-while-ready", NULL, test_flood_while_ready);
  g_test_add_func ("/dialogue/farewell", test_farewell);
  g_test_add_func ("/dialogue/farewells", test_farewells);

  return g_test_run ();
}
