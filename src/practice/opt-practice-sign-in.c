/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Signing in, by SASL (RFC 4422) or with a plain name and password: the same for all three
 * protocols but for their words. Passwords are compared here and kept nowhere. */
#include "opt-practice-sign-in.h"

#include <string.h>

static void
say_challenge (OptPracticeDialogue *dialogue, const char *text)
{
  g_string_append_printf (dialogue->reply, "%s%s\r\n", dialogue->protocol->challenge, text);
  dialogue->wants_response = TRUE;
}

/* RFC 4616 §2: [authzid] NUL authcid NUL password; a NUL more follows @data. */
static void
take_plain (OptPracticeDialogue *dialogue, const char *data, gsize size_bytes)
{
  const char *user = memchr (data, '\0', size_bytes);
  const char *password = NULL;

  if (user != NULL)
    password = memchr (user + 1, '\0', size_bytes - (user + 1 - data));

  if (password == NULL)
    opt_practice_sign_in_say (dialogue, OPT_PRACTICE_SIGN_IN_MALFORMED);
  else
    opt_practice_sign_in_try (dialogue, user + 1, password + 1);
}

/* LOGIN was never standardised; its prompts are “Username:” and “Password:”. */
static void
take_login (OptPracticeDialogue *dialogue, const char *data)
{
  if (dialogue->user != NULL)
    {
      g_autofree char *user = g_steal_pointer (&dialogue->user);

      opt_practice_sign_in_try (dialogue, user, data);
      return;
    }

  dialogue->user = g_strdup (data);
  say_challenge (dialogue, "UGFzc3dvcmQ6");
}

/* g_base64_decode() passes over what is not base64; a server does not. */
static gboolean
is_base64 (const char *text)
{
  const char *alphabet = G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "+/=";

  return strlen (text) % 4 == 0 && text[strspn (text, alphabet)] == '\0';
}

void
opt_practice_sign_in_respond (OptPracticeDialogue *dialogue, const char *text)
{
  g_autofree guchar *decoded = NULL;
  g_autofree char *data = NULL;
  gsize size_bytes = 0;

  g_return_if_fail (dialogue != NULL && text != NULL && dialogue->mechanism != NULL);

  dialogue->wants_response = FALSE;

  /* RFC 4954 §4, RFC 9051 §6.2.2: a lone * gives up, a lone = is an empty initial response. */
  if (g_str_equal (text, "*"))
    {
      opt_practice_sign_in_say (dialogue, OPT_PRACTICE_SIGN_IN_CANCELLED);
      return;
    }

  if (is_base64 (text))
    decoded = g_base64_decode (text, &size_bytes);
  else if (!g_str_equal (text, "="))
    {
      opt_practice_sign_in_say (dialogue, OPT_PRACTICE_SIGN_IN_MALFORMED);
      return;
    }

  data = g_malloc0 (size_bytes + 1);
  if (size_bytes > 0)
    memcpy (data, decoded, size_bytes);

  if (g_str_equal (dialogue->mechanism, "LOGIN"))
    take_login (dialogue, data);
  else
    take_plain (dialogue, data, size_bytes);
}

static const char *
find_mechanism (const OptPracticeDialogue *dialogue, const char *name)
{
  if (g_ascii_strcasecmp (name, "PLAIN") == 0)
    return "PLAIN";
  if (dialogue->protocol->offers_login && g_ascii_strcasecmp (name, "LOGIN") == 0)
    return "LOGIN";

  return NULL;
}

void
opt_practice_sign_in_authenticate (OptPracticeDialogue *dialogue, const char *arguments)
{
  g_auto (GStrv) words = NULL;

  g_return_if_fail (dialogue != NULL && arguments != NULL);

  if (!opt_practice_sign_in_check_allowed (dialogue))
    return;

  words = g_strsplit (arguments, " ", 2);
  g_clear_pointer (&dialogue->user, g_free);
  dialogue->mechanism = words[0] != NULL ? find_mechanism (dialogue, words[0]) : NULL;

  if (dialogue->mechanism == NULL)
    opt_practice_sign_in_say (dialogue, OPT_PRACTICE_SIGN_IN_UNKNOWN_MECHANISM);
  else if (words[1] != NULL)
    opt_practice_sign_in_respond (dialogue, words[1]);
  else
    say_challenge (dialogue, g_str_equal (dialogue->mechanism, "LOGIN") ? "VXNlcm5hbWU6" : "");
}

void
opt_practice_sign_in_try (OptPracticeDialogue *dialogue, const char *user, const char *password)
{
  const OptPracticeMailbox *mailbox;

  g_return_if_fail (dialogue != NULL && user != NULL && password != NULL);

  mailbox = &dialogue->mailbox;
  dialogue->signed_in = dialogue->scripted_yes || (g_strcmp0 (mailbox->user, user) == 0 &&
                                                   g_strcmp0 (mailbox->password, password) == 0);

  if (dialogue->signed_in)
    {
      opt_practice_record_count (dialogue->record, OPT_PRACTICE_COUNT_SIGN_INS_ACCEPTED);
      opt_practice_sign_in_say (dialogue, OPT_PRACTICE_SIGN_IN_ACCEPTED);
    }
  else
    {
      opt_practice_record_count (dialogue->record, OPT_PRACTICE_COUNT_SIGN_INS_REFUSED);
      opt_practice_sign_in_say (dialogue, OPT_PRACTICE_SIGN_IN_REFUSED);
    }
}

void
opt_practice_sign_in_say (OptPracticeDialogue *dialogue, OptPracticeSignIn how)
{
  g_return_if_fail (dialogue != NULL && how < OPT_PRACTICE_N_SIGN_INS);

  g_string_append (dialogue->reply, dialogue->protocol->sign_in_replies[how]);
}

gboolean
opt_practice_sign_in_check_allowed (OptPracticeDialogue *dialogue)
{
  g_return_val_if_fail (dialogue != NULL, FALSE);

  if (!dialogue->secure)
    opt_practice_sign_in_say (dialogue, OPT_PRACTICE_SIGN_IN_NEEDS_TLS);
  else if (dialogue->signed_in)
    opt_practice_sign_in_say (dialogue, OPT_PRACTICE_SIGN_IN_TWICE);

  return dialogue->secure && !dialogue->signed_in;
}
