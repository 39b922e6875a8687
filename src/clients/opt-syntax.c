/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Tells names from values in what we hand to programs, for a preview. It is no parser: of a format
 * it knows what is seen at a glance, so that one scanner is enough for all of its kind. */
#include "opt-syntax.h"

#include <string.h>

typedef struct
{
  const char *text;
  GArray *marks;
} Scan;

/* [Section], name=value */
static void scan_settings (Scan *scan);
/* name value, set name=value */
static void scan_commands (Scan *scan);
/* "name": value */
static void scan_json (Scan *scan);
/* <name>value</name> */
static void scan_markup (Scan *scan);

static const struct
{
  const char *suffix;
  void (*scan) (Scan *scan);
} syntaxes[] = {
  { ".accountrc", scan_settings },
  { ".conf", scan_settings },
  { ".fetchmailrc", scan_commands },
  { ".getmailrc", scan_settings },
  { ".ini", scan_settings },
  { ".json", scan_json },
  { ".k9s", scan_markup },
  { ".mailrc", scan_commands },
  { ".mbsyncrc", scan_commands },
  { ".mobileconfig", scan_markup },
  { ".mpoprc", scan_commands },
  { ".msmtprc", scan_commands },
  { ".muttrc", scan_commands },
  { ".oeaccount", scan_markup },
  { ".offlineimaprc", scan_settings },
  { ".prf", scan_settings },
  { ".reg", scan_settings },
  { ".source", scan_settings },
  { ".svg", scan_markup },
  { ".xml", scan_markup },
};

static void
mark (Scan *scan, OptMarkKind kind, const char *start, const char *end)
{
  OptMark found = { kind, start - scan->text, end - scan->text };

  if (end > start)
    g_array_append_val (scan->marks, found);
}

/* Calls @scan_line with each line that has anything on it, without the blanks around. */
static void
scan_lines (Scan *scan, void (*scan_line) (Scan *scan, const char *line, const char *end))
{
  const char *line = scan->text;

  while (*line != '\0')
    {
      const char *next = line + strcspn (line, "\n");
      const char *end = next;

      while (line < end && g_ascii_isspace (*line))
        line++;
      while (line < end && g_ascii_isspace (end[-1]))
        end--;
      if (line < end)
        scan_line (scan, line, end);
      line = *next == '\n' ? next + 1 : next;
    }
}

/* Says whether it was one. */
static gboolean
mark_comment (Scan *scan, const char *line, const char *end)
{
  if (*line != '#' && *line != ';')
    return FALSE;

  mark (scan, OPT_MARK_COMMENT, line, end);

  return TRUE;
}

/* The equals sign that may stand after a name. */
static void
mark_equals (Scan *scan, const char *after_name, const char *end)
{
  const char *equals = after_name;

  while (equals < end && g_ascii_isspace (*equals))
    equals++;
  if (equals < end && *equals == '=')
    mark (scan, OPT_MARK_PUNCTUATION, equals, equals + 1);
}

static void
scan_settings_line (Scan *scan, const char *line, const char *end)
{
  const char *equals;
  const char *after_name;

  if (mark_comment (scan, line, end))
    return;

  if (*line == '[' && end[-1] == ']')
    {
      mark (scan, OPT_MARK_SECTION, line, end);
      return;
    }

  equals = memchr (line, '=', end - line);
  if (equals == NULL)
    return;

  after_name = equals;
  while (after_name > line && g_ascii_isspace (after_name[-1]))
    after_name--;
  mark (scan, OPT_MARK_NAME, line, after_name);
  mark_equals (scan, after_name, end);
}

static void
scan_settings (Scan *scan)
{
  scan_lines (scan, scan_settings_line);
}

static const char *
find_word_end (const char *word, const char *end)
{
  while (word < end && !g_ascii_isspace (*word) && *word != '=')
    word++;

  return word;
}

static void
scan_commands_line (Scan *scan, const char *line, const char *end)
{
  static const char set[] = "set ";
  const char *after_name;

  if (mark_comment (scan, line, end))
    return;

  if (end - line > (gssize) strlen (set) && g_str_has_prefix (line, set))
    {
      mark (scan, OPT_MARK_PUNCTUATION, line, line + strlen (set) - 1);
      line += strlen (set);
      while (line < end && g_ascii_isspace (*line))
        line++;
    }

  after_name = find_word_end (line, end);
  mark (scan, OPT_MARK_NAME, line, after_name);
  mark_equals (scan, after_name, end);
}

static void
scan_commands (Scan *scan)
{
  scan_lines (scan, scan_commands_line);
}

/* The byte after a string that begins here, in quotes like the first. */
static const char *
find_string_end (const char *string)
{
  const char *p = string + 1;

  while (*p != '\0' && *p != *string)
    p += *p == '\\' && p[1] != '\0' ? 2 : 1;

  return *p == '\0' ? p : p + 1;
}

static void
scan_json (Scan *scan)
{
  const char *p = scan->text;

  while (*p != '\0')
    if (*p == '"')
      {
        const char *end = find_string_end (p);

        if (end[strspn (end, " \t")] == ':')
          mark (scan, OPT_MARK_NAME, p, end);
        p = end;
      }
    else
      {
        if (strchr ("{}[]:,", *p) != NULL)
          mark (scan, OPT_MARK_PUNCTUATION, p, p + 1);
        p++;
      }
}

/* The byte after @closing, or the end. */
static const char *
find_after (const char *text, const char *closing)
{
  const char *found = strstr (text, closing);

  return found != NULL ? found + strlen (closing) : text + strlen (text);
}

/* Names of attributes are for the program, their values for people. */
static const char *
scan_attributes (Scan *scan, const char *p)
{
  const char *start = p;

  while (*p != '\0' && *p != '>')
    if (*p == '"' || *p == '\'')
      {
        mark (scan, OPT_MARK_PUNCTUATION, start, p);
        p = find_after (p + 1, (char[]){ *p, '\0' });
        start = p;
      }
    else
      p++;
  if (*p == '>')
    p++;
  mark (scan, OPT_MARK_PUNCTUATION, start, p);

  return p;
}

static const char *
scan_tag (Scan *scan, const char *tag)
{
  const char *end;

  if (g_str_has_prefix (tag, "<!--"))
    {
      end = find_after (tag, "-->");
      mark (scan, OPT_MARK_COMMENT, tag, end);
      return end;
    }
  if (tag[1] == '/' || tag[1] == '!' || tag[1] == '?')
    {
      end = find_after (tag, ">");
      mark (scan, OPT_MARK_PUNCTUATION, tag, end);
      return end;
    }

  mark (scan, OPT_MARK_PUNCTUATION, tag, tag + 1);
  end = tag + 1 + strcspn (tag + 1, " \t\n/>");
  mark (scan, OPT_MARK_NAME, tag + 1, end);

  return scan_attributes (scan, end);
}

static void
scan_markup (Scan *scan)
{
  const char *p = scan->text;

  while ((p = strchr (p, '<')) != NULL)
    p = scan_tag (scan, p);
}

GArray *
opt_syntax_mark (const char *file_name, const char *text)
{
  Scan scan = { text, NULL };

  g_return_val_if_fail (file_name != NULL && text != NULL, NULL);

  scan.marks = g_array_new (FALSE, FALSE, sizeof (OptMark));
  for (guint i = 0; i < G_N_ELEMENTS (syntaxes); i++)
    if (g_str_has_suffix (file_name, syntaxes[i].suffix))
      syntaxes[i].scan (&scan);

  return scan.marks;
}
