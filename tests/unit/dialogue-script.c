/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "dialogue-script.h"

#include <string.h>

void
dialogue_fixture_set_up (DialogueFixture *fixture,
                         OptService service,
                         OptSecurity security,
                         const char *password)
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

void
dialogue_fixture_tear_down (DialogueFixture *fixture)
{
  opt_dialogue_free (fixture->dialogue);
  opt_secret_unref (fixture->secret);
  opt_transcript_unref (fixture->transcript);
  opt_evidence_unref (fixture->evidence);
}

OptDialogueWants
dialogue_fixture_take_in (DialogueFixture *fixture, const char *in, gboolean bytewise)
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

char *
dialogue_fixture_take_output (DialogueFixture *fixture)
{
  GByteArray *output = opt_dialogue_take_output (fixture->dialogue);
  char *text;

  if (output == NULL)
    return g_strdup ("");

  text = g_strndup ((const char *) output->data, output->len);
  g_byte_array_unref (output);

  return text;
}

char *
dialogue_fixture_join_transcript (DialogueFixture *fixture)
{
  GPtrArray *lines = opt_transcript_get_lines (fixture->transcript);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lines->len; i++)
    g_string_append_printf (text, "%s\n", (const char *) g_ptr_array_index (lines, i));

  return g_string_free (text, FALSE);
}

void
dialogue_assert_no_password (const char *text)
{
  static const char *const forms[] = { PASSWORD, PASSWORD_64, PLAIN_64 };

  for (guint i = 0; i < G_N_ELEMENTS (forms); i++)
    if (text != NULL && strstr (text, forms[i]) != NULL)
      g_error ("the password is in “%s”", text);
}

static void
assert_evidence (const OptEvidence *evidence, const DialogueScript *dialogue)
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
run (const DialogueScript *dialogue, gboolean bytewise)
{
  g_autofree char *log = NULL;
  DialogueFixture fixture;

  dialogue_fixture_set_up (&fixture, dialogue->service, dialogue->security, PASSWORD);
  for (const DialogueStep *step = dialogue->steps; step->in != NULL; step++)
    {
      OptDialogueWants wants = dialogue_fixture_take_in (&fixture, step->in, bytewise);
      g_autofree char *output = dialogue_fixture_take_output (&fixture);

      g_assert_cmpstr (output, ==, step->out);
      g_assert_cmpint (wants, ==, step->wants);
    }

  assert_evidence (fixture.evidence, dialogue);
  log = dialogue_fixture_join_transcript (&fixture);
  dialogue_assert_no_password (log);
  dialogue_fixture_tear_down (&fixture);
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
  const DialogueScript *dialogue = data;

  if (dialogue->failure != OPT_FAILURE_INJECTED)
    run (dialogue, TRUE);
}

void
dialogue_add_scripts (const char *protocol, const DialogueScript *dialogues, gsize n)
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
