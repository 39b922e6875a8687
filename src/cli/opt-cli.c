/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What all verbs share: the one loop, and the one way to print. Nothing here ever has a password
 * in its hands. */
#include "opt-cli.h"

#include "opt-advice.h"
#include "opt-cli-layout.h"
#include "opt-error.h"
#include "opt-transcript.h"

#include <glib/gi18n.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define COMPLAINT_MAX_CHARS 2000
#define DEFAULT_COLUMNS 80
#define MIN_COLUMNS 20
#define MAX_COLUMNS 80
#define SAFE_IN_A_SHELL G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "@._+-"

void
opt_cli_keep_result (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **kept = user_data;

  *kept = g_object_ref (result);
}

GAsyncResult *
opt_cli_wait (GAsyncResult **result)
{
  g_return_val_if_fail (result != NULL, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

/* Signs that only order text from right to left: other character sets lack them, and nothing looks
 * like them. */
static char *
strip_marks (const char *text)
{
  g_autoptr (GRegex) marks = g_regex_new ("[\u200e\u200f\u2066-\u2069]", 0, 0, NULL);

  return g_regex_replace_literal (marks, text, -1, 0, "", 0, NULL);
}

static char *
convert_for_terminal (const char *text)
{
  g_autofree char *plain = NULL;
  g_autofree char *target = NULL;
  g_autofree char *converted = NULL;
  const char *charset;

  if (g_get_console_charset (&charset))
    return g_strdup (text);

  plain = strip_marks (text);
  target = g_strconcat (charset, "//TRANSLIT", NULL);
  converted = g_convert (plain, -1, target, "UTF-8", NULL, NULL, NULL);
  if (converted == NULL)
    converted = g_convert_with_fallback (plain, -1, charset, "UTF-8", "?", NULL, NULL, NULL);

  return converted != NULL ? g_steal_pointer (&converted) : g_strdup (text);
}

static void
print_text (FILE *stream, const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *converted = convert_for_terminal (valid);

  fputs (converted, stream);
}

void
opt_cli_print (FILE *stream, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  print_text (stream, text);
}

void
opt_cli_say (const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  print_text (stdout, text);
  fputc ('\n', stdout);
}

guint
opt_cli_count_columns (void)
{
  struct winsize size;

  if (ioctl (STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
    return size.ws_col;

  return DEFAULT_COLUMNS;
}

char *
opt_cli_dup_quoted (const char *word)
{
  g_return_val_if_fail (word != NULL, NULL);

  return word[strspn (word, SAFE_IN_A_SHELL)] == '\0' ? g_strdup (word) : g_shell_quote (word);
}

guint
opt_cli_get_measure (void)
{
  /* The last column stays free: some terminals break there. */
  return CLAMP (opt_cli_count_columns (), MIN_COLUMNS, MAX_COLUMNS) - 1;
}

void
opt_cli_print_hanging (const char *head, guint indent, const char *text)
{
  g_autofree char *wrapped = NULL;
  g_autofree char *padded = NULL;
  g_auto (GStrv) lines = NULL;

  g_return_if_fail (head != NULL && text != NULL);

  wrapped = opt_cli_wrap (text, MAX (opt_cli_get_measure (), indent + 1) - indent);
  padded = opt_cli_pad (head, indent);
  lines = g_strsplit (wrapped, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    if (i == 0)
      opt_cli_print (stdout, "%s%s\n", padded, lines[i]);
    else
      opt_cli_print (stdout, "%*s%s\n", (int) indent, "", lines[i]);
}

void
opt_cli_print_wrapped (const char *text)
{
  g_return_if_fail (text != NULL);

  opt_cli_print_hanging ("", 0, text);
}

void
opt_cli_complain (const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *valid = NULL;
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  /* It may quote what was typed, or what a daemon said. */
  valid = g_utf8_make_valid (text, -1);
  line = opt_transcript_clean_text (valid, COMPLAINT_MAX_CHARS);
  fflush (stdout);
  fputs (OPT_CLI_PROGRAM ": ", stderr);
  print_text (stderr, line);
  fputc ('\n', stderr);
}

/* What is not the fault of what was typed; and whether the system's own reason has to stand beside
 * our words, because they leave it open. */
static const struct
{
  OptError code;
  gboolean reason_helps;
} failures[] = {
  { OPT_ERROR_KEYRING_MISSING, FALSE },   { OPT_ERROR_KEYRING_LOCKED, FALSE },
  { OPT_ERROR_KEYRING_DISMISSED, FALSE }, { OPT_ERROR_KEYRING_FAILED, TRUE },
  { OPT_ERROR_KEYRING_NOT_FOUND, FALSE }, { OPT_ERROR_FILE_EXISTS, FALSE },
  { OPT_ERROR_FILE_LINK, FALSE },         { OPT_ERROR_FILE_LIVE, FALSE },
  { OPT_ERROR_FILE_NO_SPACE, FALSE },     { OPT_ERROR_FILE_NOT_ALLOWED, FALSE },
  { OPT_ERROR_FILE_NOT_WRITTEN, TRUE },   { OPT_ERROR_PROVIDERS_INVALID, TRUE },
  { OPT_ERROR_ACCOUNTS_INVALID, TRUE },   { OPT_ERROR_SETUP_MISSING, FALSE },
  { OPT_ERROR_SETUP_RUNNING, FALSE },     { OPT_ERROR_SETUP_EXISTS, TRUE },
  { OPT_ERROR_SETUP_FAILED, TRUE },       { OPT_ERROR_SETUP_UNKNOWN, FALSE },
  { OPT_ERROR_SETUPS_INVALID, TRUE },     { OPT_ERROR_SETUP_KNOWN, FALSE },
  { OPT_ERROR_DELIVERY_TOO_SOON, FALSE }, { OPT_ERROR_DELIVERY_TOO_MANY, FALSE },
  { OPT_ERROR_SETUP_FOLDER, FALSE },      { OPT_ERROR_PASSWORD_MIXED, TRUE },
};

static OptCliStatus
judge (const GError *error, gboolean *reason_helps)
{
  *reason_helps = FALSE;
  if (error->domain != OPT_ERROR)
    return OPT_CLI_FAILED;

  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    if (g_error_matches (error, OPT_ERROR, failures[i].code))
      {
        *reason_helps = failures[i].reason_helps;
        return OPT_CLI_FAILED;
      }

  return OPT_CLI_BAD_USE;
}

OptCliStatus
opt_cli_complain_about (const GError *error)
{
  OptCliStatus status;
  gboolean reason_helps;

  g_return_val_if_fail (error != NULL, OPT_CLI_FAILED);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      opt_cli_complain (_ ("stopped"));
      return OPT_CLI_CANCELLED;
    }

  status = judge (error, &reason_helps);
  if (reason_helps)
    /* Translators: the first %s is a sentence, the second the system's own words */
    opt_cli_complain (_ ("%s (%s)"), opt_advice_get_error_text (error), error->message);
  else if (g_error_matches (error, OPT_ERROR, OPT_ERROR_CLIENT_NAME))
    opt_cli_complain (_ ("%s (%s)"),
                      opt_advice_get_error_text (error),
                      _ ("--name gives another name for this mail program alone"));
  else
    opt_cli_complain ("%s", opt_advice_get_error_text (error));

  return status;
}

void
opt_cli_print_json (JsonNode *root)
{
  g_autofree char *text = json_to_string (root, TRUE);

  /* JSON is UTF-8 whatever the terminal is (RFC 8259 §8.1). */
  fputs (text, stdout);
  fputc ('\n', stdout);
}

void
opt_cli_add_text (JsonBuilder *builder, const char *name, const char *text)
{
  json_builder_set_member_name (builder, name);
  if (text != NULL)
    json_builder_add_string_value (builder, text);
  else
    json_builder_add_null_value (builder);
}

void
opt_cli_add_provider (JsonBuilder *builder, OptProvider *provider)
{
  if (provider == NULL)
    {
      opt_cli_add_text (builder, "provider", NULL);
      return;
    }

  json_builder_set_member_name (builder, "provider");
  json_builder_begin_object (builder);
  opt_cli_add_text (builder, "id", opt_provider_get_id (provider));
  opt_cli_add_text (builder, "name", opt_provider_get_name (provider));
  json_builder_end_object (builder);
}
