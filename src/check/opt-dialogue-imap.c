/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* IMAP (RFC 9051, RFC 3501) as far as STATUS INBOX: it looks at the mailbox without opening it. */
#include "opt-dialogue-private.h"

#include <string.h>

static void
ask_capabilities (OptDialogue *self)
{
  opt_dialogue_send (self, OPT_COMMAND_CAPABILITIES, "CAPABILITY");
}

static void
learn_capability (OptDialogue *self, const char *word)
{
  static const struct
  {
    const char *word;
    OptCapabilities capability;
  } known[] = {
    { "STARTTLS", OPT_CAN_STARTTLS },        { "AUTH=PLAIN", OPT_CAN_AUTH_PLAIN },
    { "SASL-IR", OPT_CAN_INITIAL_RESPONSE }, { "STATUS=SIZE", OPT_CAN_STATUS_SIZE },
    { "LOGINDISABLED", OPT_CANNOT_LOGIN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (word, known[i].word) == 0)
      self->capabilities |= known[i].capability;
}

/* @list is what follows the word CAPABILITY in a greeting, a reply or an untagged line. */
static void
learn_capability_list (OptDialogue *self, const char *list)
{
  g_autofree char *bare = g_strndup (list, strcspn (list, "]"));
  g_auto (GStrv) words = opt_dialogue_split_words (bare);

  self->capabilities = 0;
  for (guint i = 0; words[i] != NULL; i++)
    learn_capability (self, words[i]);

  /* RFC 9051 §6.2.3: LOGIN is there unless it says otherwise. */
  if (!(self->capabilities & OPT_CANNOT_LOGIN))
    self->capabilities |= OPT_CAN_PLAIN_COMMAND;
}

/* Finds `* CAPABILITY …` or `[CAPABILITY …]`. */
static gboolean
learn_capabilities (OptDialogue *self, const OptReply *reply)
{
  for (guint i = 0; reply->lines[i] != NULL; i++)
    {
      g_autofree char *upper = g_ascii_strup (reply->lines[i], -1);
      const char *untagged = "* CAPABILITY ";
      const char *code = strstr (upper, "[CAPABILITY ");

      if (g_str_has_prefix (upper, untagged))
        learn_capability_list (self, upper + strlen (untagged));
      else if (code != NULL)
        learn_capability_list (self, code + strlen ("[CAPABILITY "));
      else
        continue;
      return TRUE;
    }

  return FALSE;
}

/* What stands in the greeting need not be asked for (RFC 9051 §7.1): one round trip less. */
static void
greeted (OptDialogue *self, const OptReply *greeting)
{
  if (learn_capabilities (self, greeting))
    opt_dialogue_capable (self, "STARTTLS");
  else
    ask_capabilities (self);
}

/* RFC 9051 §6.2.3, with the password as a literal, which can hold any byte but NUL (§4.3). */
static void
sign_in_by_command (OptDialogue *self)
{
  g_autofree char *user = opt_dialogue_quote (opt_server_get_user (self->evidence->server));
  g_autofree char *shown = g_strdup_printf ("LOGIN %s (hidden)", user);
  g_autofree char *line =
    g_strdup_printf ("LOGIN %s {%" G_GSIZE_FORMAT "}", user, opt_secret_get_size (self->secret));

  opt_dialogue_defer (self, g_strdup (opt_secret_peek (self->secret)));
  /* How long the password is, is nobody's business either. */
  opt_dialogue_send_hidden (self, OPT_COMMAND_SIGN_IN, shown, line);
}

static void
sign_in (OptDialogue *self)
{
  if (!(self->capabilities & OPT_CAN_AUTH_PLAIN))
    {
      sign_in_by_command (self);
      return;
    }

  opt_dialogue_send_plain (self,
                           "AUTHENTICATE PLAIN",
                           self->capabilities & OPT_CAN_INITIAL_RESPONSE ? G_MAXSIZE : 0);
}

static gint64
find_number (const char *items, const char *name)
{
  g_auto (GStrv) words = opt_dialogue_split_words (items);

  for (guint i = 0; words[i] != NULL && words[i + 1] != NULL; i++)
    if (g_ascii_strcasecmp (words[i], name) == 0)
      return g_ascii_strtoll (words[i + 1], NULL, 10);

  return -1;
}

/* RFC 9051 §7.3.4: `* STATUS INBOX (MESSAGES 231 SIZE 44292)`. */
static void
learn_mailbox (OptDialogue *self, const OptReply *reply)
{
  for (guint i = 0; reply->lines[i] != NULL; i++)
    {
      const char *open = strrchr (reply->lines[i], '(');
      g_autofree char *items = NULL;

      if (g_ascii_strncasecmp (reply->lines[i], "* STATUS ", strlen ("* STATUS ")) != 0 ||
          open == NULL)
        continue;

      items = g_strndup (open + 1, strcspn (open + 1, ")"));
      self->evidence->n_messages = find_number (items, "MESSAGES");
      self->evidence->n_bytes = find_number (items, "SIZE");
    }

  if (self->evidence->n_messages >= 0)
    opt_dialogue_finish (self);
  else
    opt_dialogue_fail (self, OPT_FAILURE_MALFORMED);
}

static void
replied (OptDialogue *self, OptCommand command, const OptReply *reply)
{
  if (reply->status != OPT_REPLY_POSITIVE)
    opt_dialogue_refuse (self, command, reply);
  else if (command == OPT_COMMAND_CAPABILITIES)
    {
      if (learn_capabilities (self, reply))
        opt_dialogue_capable (self, "STARTTLS");
      else
        opt_dialogue_fail (self, OPT_FAILURE_MALFORMED);
    }
  else if (command == OPT_COMMAND_SIGN_IN)
    {
      learn_capabilities (self, reply);
      opt_dialogue_signed_in (self);
      opt_dialogue_send (self,
                         OPT_COMMAND_MAILBOX,
                         self->capabilities & OPT_CAN_STATUS_SIZE ? "STATUS INBOX (MESSAGES SIZE)"
                                                                  : "STATUS INBOX (MESSAGES)");
    }
  else
    learn_mailbox (self, reply);
}

const OptProtocol opt_protocol_imap = {
  .greeted = greeted,
  .ask_capabilities = ask_capabilities,
  .sign_in = sign_in,
  .replied = replied,
  .farewell = "ZZ LOGOUT\r\n",
};
