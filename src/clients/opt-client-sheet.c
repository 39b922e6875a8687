/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The settings on one sheet of paper, for a person who types them into any program: as text and as
 * a page to print. It speaks the person's language; values are as they are typed. */
#include "opt-client.h"
#include "opt-value.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define LABEL_GAP 2

/* No colour carries a meaning and nothing is loaded: it goes to a printer, or to a machine that is
 * not online. 200 characters without a space still stay on the paper. */
static const char style[] =
  "@page{margin:2cm}"
  "body{font:12pt/1.5 sans-serif;color:#000;background:#fff;max-width:42em;margin:2em auto;"
  "padding:0 1em}"
  "h1{font-size:1.5em;line-height:1.2}"
  "h2{font-size:1.1em;margin:1.4em 0 .3em}"
  "table{border-collapse:collapse;width:100%}"
  "th,td{border-top:1px solid #999;padding:.3em 1em .3em 0;text-align:start;vertical-align:top;"
  "overflow-wrap:anywhere}"
  "th{font-weight:normal;width:12em}"
  "td.literal{font-weight:bold}"
  "section{break-inside:avoid}"
  "p.note{border:1px solid #999;padding:.6em 1em;margin-top:1.6em}"
  "@media print{body{font-size:11pt;margin:0;padding:0;max-width:none}}";

static char *
create_title (const OptSettings *settings)
{
  /* Translators: a heading; first the provider's name, then an email address. */
  return g_strdup_printf (_ ("%s mail settings for %s"),
                          opt_settings_get_provider_name (settings),
                          opt_settings_get_address (settings));
}

static const char *
get_password_note (void)
{
  return _ ("The password is not on this sheet. Type it when the mail program asks for it.");
}

/* How many columns a terminal or a fixed-width font gives it. */
static guint
measure_columns (const char *text)
{
  guint columns = 0;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (!g_unichar_iszerowidth (c))
        columns += g_unichar_iswide (c) ? 2 : 1;
    }

  return columns;
}

static void
append_text_group (GString *sheet,
                   const OptSettings *settings,
                   OptValueGroup group,
                   const GPtrArray *values)
{
  g_autofree char *title = opt_value_group_create_title (group, settings);
  guint widest = 0;

  for (guint i = 0; i < values->len; i++)
    {
      const OptValue *value = values->pdata[i];

      widest = MAX (widest, measure_columns (value->label));
    }

  g_string_append_printf (sheet, "\n%s\n", title);
  for (guint i = 0; i < values->len; i++)
    {
      const OptValue *value = values->pdata[i];
      guint gap = widest - measure_columns (value->label) + LABEL_GAP;

      if (value->group == group)
        g_string_append_printf (sheet, "  %s%*s%s\n", value->label, (int) gap, "", value->text);
    }
}

static GBytes *
render_text (const OptSettings *settings, GError **error)
{
  g_autofree char *title = create_title (settings);
  g_autoptr (GPtrArray) values = opt_values_create (settings);
  GString *sheet = g_string_new (NULL);

  g_string_append_printf (sheet, "%s\n", title);
  for (guint group = 0; group < OPT_N_VALUE_GROUPS; group++)
    append_text_group (sheet, settings, group, values);
  g_string_append_printf (sheet, "\n%s\n", get_password_note ());

  return g_string_free_to_bytes (sheet);
}

/* The language that the words really are in, whatever was asked for: the catalogue says so in its
 * header, the translation of the empty string. */
static char *
dup_language (void)
{
  const char *header = g_dgettext (GETTEXT_PACKAGE, "");
  const char *field = strstr (header, "Language: ");
  g_autofree char *language = NULL;

  if (field == NULL)
    return g_strdup ("en");

  field += strlen ("Language: ");
  language = g_strndup (field, strcspn (field, "\n@."));

  /* de_AT to de-AT (RFC 5646 §2.1). */
  return g_strdelimit (g_steal_pointer (&language), "_", '-');
}

static void
append_escaped (GString *sheet, const char *before, const char *text, const char *after)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);

  g_string_append_printf (sheet, "%s%s%s", before, escaped, after);
}

static void
append_html_group (GString *sheet,
                   const OptSettings *settings,
                   OptValueGroup group,
                   const GPtrArray *values)
{
  g_autofree char *title = opt_value_group_create_title (group, settings);

  append_escaped (sheet, "<section>\n<h2>", title, "</h2>\n<table>\n");
  for (guint i = 0; i < values->len; i++)
    {
      const OptValue *value = values->pdata[i];

      if (value->group != group)
        continue;

      append_escaped (sheet, "<tr><th scope=\"row\">", value->label, "</th>");
      /* bdi keeps a name from right to left from turning round what stands beside it. */
      if (value->is_literal)
        append_escaped (sheet, "<td class=\"literal\"><bdi>", value->text, "</bdi></td></tr>\n");
      else
        append_escaped (sheet, "<td>", value->text, "</td></tr>\n");
    }
  g_string_append (sheet, "</table>\n</section>\n");
}

static GBytes *
render_html (const OptSettings *settings, GError **error)
{
  g_autofree char *title = create_title (settings);
  g_autofree char *language = dup_language ();
  g_autoptr (GPtrArray) values = opt_values_create (settings);
  GString *sheet = g_string_new ("<!DOCTYPE html>\n");

  append_escaped (sheet, "<html lang=\"", language, "\" dir=\"auto\">\n<head>\n");
  g_string_append (sheet, "<meta charset=\"utf-8\">\n");
  g_string_append (sheet,
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
  append_escaped (sheet, "<title>", title, "</title>\n");
  g_string_append_printf (sheet, "<style>%s</style>\n</head>\n<body>\n", style);
  append_escaped (sheet, "<h1>", title, "</h1>\n");
  for (guint group = 0; group < OPT_N_VALUE_GROUPS; group++)
    append_html_group (sheet, settings, group, values);
  append_escaped (sheet, "<p class=\"note\">", get_password_note (), "</p>\n");
  g_string_append (sheet, "</body>\n</html>\n");

  return g_string_free_to_bytes (sheet);
}

static char **
create_steps (const OptSettings *settings, const char *first)
{
  /* Translators: %s is an email address. */
  g_autofree char *add = g_strdup_printf (_ ("In the mail program, add an account for %s and "
                                             "choose to set it up by hand."),
                                          opt_settings_get_address (settings));
  const char *type = _ ("Type every value as it stands on the sheet.");
  const char *password = _ ("Type your password; it is not on the sheet.");
  const char *steps[] = { first, add, type, password, NULL };

  return g_strdupv ((char **) steps);
}

static char **
create_html_steps (const OptSettings *settings)
{
  return create_steps (settings,
                       _ ("Open the sheet in a web browser and print it; it is one page."));
}

static char **
create_text_steps (const OptSettings *settings)
{
  return create_steps (settings, _ ("Open the sheet in any text editor."));
}

const OptClient opt_client_sheet_html = {
  .id = "sheet-html",
  .name = N_ ("Sheet to print"),
  .icon_name = "printer-symbolic",
  .group = OPT_CLIENT_ANYTHING_ELSE,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "mail-settings.html",
  .media_type = "text/html",
  .render = render_html,
  .create_steps = create_html_steps,
  .password_path = N_ ("It is not on the sheet; you type it."),
  .tried = N_ ("For people to read; works with every mail program that can be set up by hand."),
};

const OptClient opt_client_sheet_text = {
  .id = "sheet-text",
  .name = N_ ("Sheet as plain text"),
  .icon_name = "text-x-generic-symbolic",
  .group = OPT_CLIENT_ANYTHING_ELSE,
  .protocols = OPT_CLIENT_TAKES_IMAP | OPT_CLIENT_TAKES_POP3,
  .file_name = "mail-settings.txt",
  .media_type = "text/plain",
  .render = render_text,
  .create_steps = create_text_steps,
  .password_path = N_ ("It is not on the sheet; you type it."),
  .tried = N_ ("For people to read; works with every mail program that can be set up by hand."),
};
