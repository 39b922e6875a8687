/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-syntax.h"

#include <string.h>

/* A mark is written as a letter before what is marked, both in ⟨ ⟩. */
static const char letters[] = {
  [OPT_MARK_SECTION] = 's',
  [OPT_MARK_NAME] = 'n',
  [OPT_MARK_PUNCTUATION] = 'p',
  [OPT_MARK_COMMENT] = 'c',
};

static const struct
{
  const char *name, *file_name, *text, *want;
} rows[] = {
  { "plain", "sheet.txt", "Port = 993\n# 1\n", "Port = 993\n# 1\n" },
  { "empty", "x.conf", "", "" },
  { "settings", "x.conf", "[Account 1]\nPort=993\n", "⟨s[Account 1]⟩\n⟨nPort⟩⟨p=⟩993\n" },
  { "settings-blanks",
    "x.getmailrc",
    "  [a]  \n\tport = 1 = 2 \n\n",
    "  ⟨s[a]⟩  \n\t⟨nport⟩ ⟨p=⟩ 1 = 2 \n\n" },
  { "settings-comments", "x.prf", "; a=b\n#c\nd=#e\n", "⟨c; a=b⟩\n⟨c#c⟩\n⟨nd⟩⟨p=⟩#e\n" },
  { "settings-no-value", "x.ini", "=1\nalone\na=", "⟨p=⟩1\nalone\n⟨na⟩⟨p=⟩" },
  { "settings-open-section", "x.ini", "[a\n]", "[a\n]" },
  { "settings-crlf", "x.reg", "[a]\r\n\"b\"=c\r\n", "⟨s[a]⟩\r\n⟨n\"b\"⟩⟨p=⟩c\r\n" },
  { "commands", "x.msmtprc", "tls on\nauth\n# x\n", "⟨ntls⟩ on\n⟨nauth⟩\n⟨c# x⟩\n" },
  { "commands-set",
    "x.muttrc",
    "set  from = \"set a=b\"\nset\nsettle 1",
    "⟨pset⟩  ⟨nfrom⟩ ⟨p=⟩ \"set a=b\"\n⟨nset⟩\n⟨nsettle⟩ 1" },
  { "commands-no-blank", "x.mailrc", "  set a=b\n}", "  ⟨pset⟩ ⟨na⟩⟨p=⟩b\n⟨n}⟩" },
  { "json",
    "x.json",
    "{\"a\" : \"b\\\":\", \"c\":[1]}",
    "⟨p{⟩⟨n\"a\"⟩ ⟨p:⟩ \"b\\\":\"⟨p,⟩ ⟨n\"c\"⟩⟨p:⟩⟨p[⟩1⟨p]⟩⟨p}⟩" },
  { "json-open", "x.json", "{\"a\\", "⟨p{⟩\"a\\" },
  { "markup",
    "x.xml",
    "<?xml?><a>\n<b c=\"d>\" e='f'>g</b><h/></a>",
    "⟨p<?xml?>⟩⟨p<⟩⟨na⟩⟨p>⟩\n⟨p<⟩⟨nb⟩⟨p c=⟩\"d>\"⟨p e=⟩'f'⟨p>⟩g⟨p</b>⟩⟨p<⟩⟨nh⟩⟨p/>⟩⟨p</a>⟩" },
  { "markup-comment", "x.k9s", "<!-- <a> -->b<!DOCTYPE c>", "⟨c<!-- <a> -->⟩b⟨p<!DOCTYPE c>⟩" },
  { "markup-open", "x.xml", "<a b=\"c", "⟨p<⟩⟨na⟩⟨p b=⟩\"c" },
  { "markup-end", "x.xml", "a<", "a⟨p<⟩" },
  { "markup-open-comment", "x.svg", "<!-- a", "⟨c<!-- a⟩" },
  { "utf8", "x.conf", "naïve=ü\n", "⟨nnaïve⟩⟨p=⟩ü\n" },
};

static char *
show (const char *text, const GArray *marks)
{
  GString *shown = g_string_new (NULL);
  guint at = 0;

  for (guint i = 0; i < marks->len; i++)
    {
      const OptMark *mark = &g_array_index (marks, OptMark, i);

      g_assert_cmpuint (mark->start, >=, at);
      g_assert_cmpuint (mark->end, >, mark->start);
      g_assert_cmpuint (mark->end, <=, strlen (text));
      g_string_append_len (shown, text + at, mark->start - at);
      g_string_append_printf (shown,
                              "⟨%c%.*s⟩",
                              letters[mark->kind],
                              (int) (mark->end - mark->start),
                              text + mark->start);
      at = mark->end;
    }
  g_string_append (shown, text + at);

  return g_string_free (shown, FALSE);
}

static void
test_marks (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (GArray) marks = opt_syntax_mark (rows[i].file_name, rows[i].text);
  g_autofree char *shown = show (rows[i].text, marks);

  g_assert_cmpstr (shown, ==, rows[i].want);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/syntax/%s", rows[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_marks);
    }

  return g_test_run ();
}
