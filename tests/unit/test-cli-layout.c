/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-cli-layout.h"

static const struct
{
  const char *text;
  guint columns;
} measured[] = {
  { "", 0 },        { "mail", 4 }, { "é", 1 },
  { "e\u0301", 1 }, { "邮件", 4 }, { "\u2068mail\u2069", 4 },
  { "，", 2 },      { "“”", 2 },
};

static void
test_measure (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (measured); i++)
    g_assert_cmpuint (opt_cli_measure (measured[i].text), ==, measured[i].columns);
}

static const struct
{
  const char *text;
  guint columns;
  const char *want;
} padded[] = {
  { "mail", 6, "mail  " }, { "mail", 4, "mail" },   { "mail", 2, "mail" },        { "", 2, "  " },
  { "не", 4, "не  " },     { "邮件", 6, "邮件  " }, { "e\u0301", 2, "e\u0301 " },
};

static void
test_pad (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (padded); i++)
    {
      g_autofree char *got = opt_cli_pad (padded[i].text, padded[i].columns);

      g_assert_cmpstr (got, ==, padded[i].want);
    }
}

static const struct
{
  const char *text;
  guint columns;
  const char *want;
} cuts[] = {
  { "mail", 4, "mail" }, { "mail", 3, "mai" }, { "mail", 0, "" },
  { "邮件", 4, "邮件" }, { "邮件", 3, "邮" },  { "e\u0301e\u0301", 1, "e\u0301" },
};

static void
test_cut (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cuts); i++)
    {
      g_autofree char *got = opt_cli_cut (cuts[i].text, cuts[i].columns);

      g_assert_cmpstr (got, ==, cuts[i].want);
    }
}

static const struct
{
  const char *name, *text;
  guint columns;
  const char *want;
} wrapped[] = {
  { "empty", "", 10, "" },
  { "fits", "one two", 7, "one two" },
  { "breaks", "one two", 6, "one\ntwo" },
  { "several", "one two three four", 9, "one two\nthree\nfour" },
  { "too-long", "one mail.example.net two", 8, "one\nmail.example.net\ntwo" },
  { "cyrillic", "раз два", 6, "раз\nдва" },
  { "chinese", "服务器没有接受密码", 8, "服务器没\n有接受密\n码" },
  { "odd-width", "服务器没有", 5, "服务\n器没\n有" },
  { "no-stop-first", "没有接受。请再试", 8, "没有接\n受。请再\n试" },
  { "no-comma-first", "没有，请", 4, "没\n有，\n请" },
  { "no-bracket-last", "没有（请）再", 6, "没有\n（请）\n再" },
  { "no-quote-first", "“没有”请", 5, "“没\n有”请" },
  { "latin-stays-whole", "用mail.example.net收", 6, "用\nmail.example.net\n收" },
  { "option-stays-whole", "请用 --json 再试", 8, "请用\n--json\n再试" },
  { "marks-stay", "e\u0301e\u0301 e\u0301", 3, "e\u0301e\u0301\ne\u0301" },
};

static void
test_wrap (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autofree char *got = opt_cli_wrap (wrapped[i].text, wrapped[i].columns);

  g_assert_cmpstr (got, ==, wrapped[i].want);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/cli-layout/measure", test_measure);
  g_test_add_func ("/cli-layout/pad", test_pad);
  g_test_add_func ("/cli-layout/cut", test_cut);
  for (gsize i = 0; i < G_N_ELEMENTS (wrapped); i++)
    {
      g_autofree char *path = g_strdup_printf ("/cli-layout/wrap/%s", wrapped[i].name);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_wrap);
    }

  return g_test_run ();
}
