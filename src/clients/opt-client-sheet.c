/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The settings on one sheet of paper, for a person who types them into any program: as text and as
 * a page to print. It speaks the person's language; values are as they are typed. */
#include "opt-client.h"
#include "opt-sheet.h"
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
  "ol{margin:.3em 0;padding-inline-start:1.5em}"
  "@media print{body{font:10pt/1.35 sans-serif;margin:0;padding:0;max-width:none}"
  "h2{margin:1em 0 .2em}th,td{padding:.15em 1em .15em 0}p.note{margin-top:1em}}";

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

/* All values stand in one column, from group to group. */
static guint
measure_widest (const OptSheet *words)
{
  guint widest = 0;

  for (guint i = 0; i < words->groups->len; i++)
    {
      const OptSheetGroup *group = words->groups->pdata[i];

      for (guint j = 0; j < group->values->len; j++)
        {
          const OptValue *value = group->values->pdata[j];

          widest = MAX (widest, measure_columns (value->label));
        }
    }

  return widest;
}

static void
append_text_group (GString *sheet, const OptSheetGroup *group, guint widest)
{
  g_string_append_printf (sheet, "\n%s\n", group->title);
  for (guint i = 0; i < group->values->len; i++)
    {
      const OptValue *value = group->values->pdata[i];
      guint gap = widest - measure_columns (value->label) + LABEL_GAP;

      g_string_append_printf (sheet, "  %s%*s%s\n", value->label, (int) gap, "", value->text);
    }
}

static GBytes *
render_text (const OptSettings *settings, GError **error)
{
  g_autoptr (OptSheet) words = opt_sheet_new (settings);
  guint widest = measure_widest (words);
  GString *sheet = g_string_new (NULL);

  g_string_append_printf (sheet, "%s\n", words->title);
  for (guint i = 0; i < words->groups->len; i++)
    append_text_group (sheet, words->groups->pdata[i], widest);
  g_string_append_printf (sheet, "\n%s\n", words->steps_title);
  for (guint i = 0; words->steps[i] != NULL; i++)
    g_string_append_printf (sheet, "%u. %s\n", i + 1, words->steps[i]);
  g_string_append_printf (sheet, "\n%s\n", words->note);

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
append_html_group (GString *sheet, const OptSheetGroup *group)
{
  append_escaped (sheet, "<section>\n<h2>", group->title, "</h2>\n<table>\n");
  for (guint i = 0; i < group->values->len; i++)
    {
      const OptValue *value = group->values->pdata[i];

      append_escaped (sheet, "<tr><th scope=\"row\">", value->label, "</th>");
      /* bdi keeps a name from right to left from turning round what stands beside it. */
      if (value->is_literal)
        append_escaped (sheet, "<td class=\"literal\"><bdi>", value->text, "</bdi></td></tr>\n");
      else
        append_escaped (sheet, "<td>", value->text, "</td></tr>\n");
    }
  g_string_append (sheet, "</table>\n</section>\n");
}

static void
append_html_steps (GString *sheet, const OptSheet *words)
{
  append_escaped (sheet, "<section>\n<h2>", words->steps_title, "</h2>\n<ol>\n");
  for (guint i = 0; words->steps[i] != NULL; i++)
    append_escaped (sheet, "<li>", words->steps[i], "</li>\n");
  g_string_append (sheet, "</ol>\n</section>\n");
}

static GBytes *
render_html (const OptSettings *settings, GError **error)
{
  g_autoptr (OptSheet) words = opt_sheet_new (settings);
  g_autofree char *language = dup_language ();
  GString *sheet = g_string_new ("<!DOCTYPE html>\n");

  append_escaped (sheet, "<html lang=\"", language, "\" dir=\"auto\">\n<head>\n");
  g_string_append (sheet, "<meta charset=\"utf-8\">\n");
  g_string_append (sheet,
                   "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
  append_escaped (sheet, "<title>", words->title, "</title>\n");
  g_string_append_printf (sheet, "<style>%s</style>\n</head>\n<body>\n", style);
  append_escaped (sheet, "<h1>", words->title, "</h1>\n");
  for (guint i = 0; i < words->groups->len; i++)
    append_html_group (sheet, words->groups->pdata[i]);
  append_html_steps (sheet, words);
  append_escaped (sheet, "<p class=\"note\">", words->note, "</p>\n");
  g_string_append (sheet, "</body>\n</html>\n");

  return g_string_free_to_bytes (sheet);
}

/* Before what stands on the sheet, and after it. */
static char **
create_steps (const OptSettings *settings, const char *first)
{
  g_autoptr (OptSheet) words = opt_sheet_new (settings);
  g_autoptr (GStrvBuilder) steps = g_strv_builder_new ();

  g_strv_builder_add (steps, first);
  g_strv_builder_addv (steps, (const char **) words->steps);
  g_strv_builder_add (steps, _ ("Type your password; it is not on the sheet."));

  return g_strv_builder_end (steps);
}

static char **
create_html_steps (const OptSettings *settings)
{
  return create_steps (settings,
                       _ ("Print the sheet, or open the saved one in a web browser. It is one "
                          "page."));
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
  .is_printable = TRUE,
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
