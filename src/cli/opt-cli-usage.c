/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From what was typed to values. Whatever is wrong is said in one line. */
#include "opt-cli-usage.h"

#include "opt-error.h"

#include <glib/gi18n.h>

/* What every verb takes. */
typedef struct
{
  gboolean help;
  char **operands;
} Common;

static void
clear_common (Common *self)
{
  g_clear_pointer (&self->operands, g_strfreev);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Common, clear_common)

void
opt_cli_print_help (GOptionContext *context)
{
  g_autofree char *text = g_option_context_get_help (context, TRUE, NULL);

  opt_cli_print (stdout, "%s", text);
}

static GOptionContext *
create_context (const OptCliVerb *verb, const GOptionEntry *entries, Common *common)
{
  const GOptionEntry common_entries[] = {
    { "help", 'h', 0, G_OPTION_ARG_NONE, &common->help, N_ ("Show this help"), NULL },
    { G_OPTION_REMAINING,
      0,
      0,
      G_OPTION_ARG_FILENAME_ARRAY,
      &common->operands,
      "",
      verb->operands != NULL ? verb->operands : "" },
    G_OPTION_ENTRY_NULL,
  };
  GOptionContext *context = g_option_context_new (NULL);

  g_option_context_set_help_enabled (context, FALSE);
  g_option_context_set_translation_domain (context, GETTEXT_PACKAGE);
  g_option_context_set_summary (context, _ (verb->summary));
  g_option_context_add_main_entries (context, entries, GETTEXT_PACKAGE);
  g_option_context_add_main_entries (context, common_entries, GETTEXT_PACKAGE);

  return context;
}

static gboolean
take_operand (const OptCliVerb *verb, char **operands, char **operand)
{
  guint n = operands != NULL ? g_strv_length (operands) : 0;
  guint wanted = verb->operands != NULL ? 1 : 0;
  gboolean optional = wanted > 0 && verb->operands[0] == '[';

  if (n < wanted && !optional)
    {
      /* Translators: the first %s is a command of the program, the second what it needs */
      opt_cli_complain (_ ("“%s” needs %s"), verb->name, verb->operands);
      return FALSE;
    }

  if (n > wanted)
    {
      /* Translators: the first %s is a command of the program, the second was typed after it */
      opt_cli_complain (_ ("“%s” does not take “%s”"), verb->name, operands[wanted]);
      return FALSE;
    }

  *operand = n > 0 ? g_strdup (operands[0]) : NULL;

  return TRUE;
}

gboolean
opt_cli_parse (const OptCliVerb *verb,
               const GOptionEntry *entries,
               char **argv,
               char **operand,
               OptCliStatus *status)
{
  g_auto (Common) common = { 0 };
  g_autoptr (GOptionContext) context = create_context (verb, entries, &common);
  g_auto (GStrv) rest = g_strdupv (argv);
  g_autoptr (GError) error = NULL;

  *status = OPT_CLI_BAD_USE;
  if (!g_option_context_parse_strv (context, &rest, &error))
    {
      opt_cli_complain ("%s", error->message);
      return FALSE;
    }

  if (common.help)
    {
      g_autofree char *name = g_strconcat (OPT_CLI_PROGRAM " ", verb->name, NULL);

      /* It begins with the name. */
      g_set_prgname (name);
      opt_cli_print_help (context);
      *status = OPT_CLI_DONE;
      return FALSE;
    }

  return take_operand (verb, common.operands, operand);
}

gboolean
opt_cli_parse_number (const char *option, const char *text, guint min, guint max, guint *number)
{
  guint64 value;

  if (g_ascii_string_to_unsigned (text, 10, min, max, &value, NULL))
    {
      *number = (guint) value;
      return TRUE;
    }

  /* Translators: %s is an option of the program, %u are numbers */
  opt_cli_complain (_ ("%s takes a whole number from %u to %u"), option, min, max);

  return FALSE;
}

gboolean
opt_cli_check_name (const char *name)
{
  g_autoptr (GError) error = NULL;
  gboolean is_text = name == NULL || g_utf8_validate (name, -1, NULL);

  for (const char *p = name; is_text && p != NULL && *p != '\0'; p = g_utf8_next_char (p))
    is_text = !g_unichar_iscntrl (g_utf8_get_char (p));
  if (is_text)
    return TRUE;

  error = g_error_new_literal (OPT_ERROR,
                               OPT_ERROR_CLIENT_VALUE,
                               _ ("The name holds an invisible character. Type it instead of "
                                  "pasting it."));
  opt_cli_complain_about (error);

  return FALSE;
}

gboolean
opt_cli_refuse_practice (const OptCli *cli, const OptCliVerb *verb)
{
  if (!cli->practice)
    return FALSE;

  /* Translators: %s is a command of the program */
  opt_cli_complain (_ ("practicing keeps nothing, so “%s” cannot be practiced"), verb->name);

  return TRUE;
}
