/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-advice.h"

#include <string.h>

static const struct
{
  const char *name, *text, *want;
} words[] = {
  { "plain", "Sender refused", "Sender refused" },
  { "lines", "one\ntwo\r\n three", "one two three" },
  { "spaces", "  one \t\t two  ", "one two" },
  { "control", "\033[31mred\a\b", "[31mred" },
  { "bidi", "abc\u202edef\u2066ghi\u200f", "abcdefghi" },
  { "zero-width", "pass\u200bword\ufeff", "password" },
  { "separators", "one\u2028two\u2029three", "one two three" },
  { "tags", "<b>Sender</b> <span font='9'>refused</span>", "Sender refused" },
  { "tag-without-end", "no <a href=x", "no" },
  { "tag-in-tag", "a <<b>script>x", "a < script>x" },
  { "comment", "a<!-- b -->c<?xml d?>e", "a c e" },
  { "entities", "a &lt;b&gt; &#x202e;&#60;c&amp;amp;", "a b c amp;" },
  { "no-entity", "AT&T; this & that", "AT this & that" },
  { "less-than", "1 < 2 and 3 > 2, <>", "1 < 2 and 3 > 2, <>" },
  { "address", "no <jane@example.net> here", "no <jane@example.net> here" },
  { "address-and-more", "<jane@example.net onclick=x> no", "no" },
  { "link", "See https://evil.example/a?b=c, then try.", "See […], then try." },
  { "link-in-brackets", "(see http://evil.example/x).", "(see […])." },
  { "link-in-angles", "see <http://evil.example/x>", "see <[…]>" },
  { "link-in-tag", "<a href=\"http://evil.example\">Click</a> here", "Click here" },
  { "link-any-case", "HTTP://EVIL.EXAMPLE gopher+x://y", "[…] […]" },
  { "link-glued", "seehttps://evil.example", "[…]" },
  { "link-hidden", "ht\u200btps:\u2060//evil.example", "[…]" },
  { "link-parted", "http:<b></b>//evil.example", "http: //evil.example" },
  { "link-by-entity", "http:&#47;&#47;evil.example", "[…]" },
  { "link-one-slash", "go to https:/evil.example now", "go to […] now" },
  { "link-script", "javascript:alert(1) is run", "[…]) is run" },
  { "link-bare", "see evil.example/login.", "see […]." },
  { "no-link", "one/two 4.7.8 5/6 a.b", "one/two 4.7.8 5/6 a.b" },
  { "www", "Go to WWW.evil.example.", "Go to […]." },
  { "no-www", "wwww.example", "wwww.example" },
  { "mailto", "mailto:jane@example.net or tel:+1555", "[…] or […]" },
  { "no-tel", "hotel:5, Tel: 555", "hotel:5, Tel: 555" },
  { "not-utf8", "a\xff b", "a\uFFFD b" },
  { "private", "a\ue000b", "ab" },
  { "empty", "", NULL },
  { "nothing-left", "\u202e\a \n", NULL },
};

static OptEvidence *
create_evidence (void)
{
  g_autoptr (OptServer) server = opt_server_new (OPT_SERVICE_SMTP,
                                                 "mail.optonline.net",
                                                 465,
                                                 OPT_SECURITY_TLS,
                                                 "jane@optonline.net",
                                                 NULL);

  return opt_evidence_new (server);
}

static OptEvidence *
create_refusal (const char *text, gboolean secure)
{
  OptEvidence *evidence = create_evidence ();

  evidence->failure = OPT_FAILURE_REPLY;
  evidence->reply = g_new0 (OptReply, 1);
  evidence->reply->text = g_strdup (text);
  evidence->reply_secure = secure;

  return evidence;
}

static void
test_words (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (OptEvidence) evidence = create_refusal (words[i].text, TRUE);
  g_autofree char *got = opt_advice_create_server_words (evidence);

  g_assert_cmpstr (got, ==, words[i].want);
}

static void
test_long_words (void)
{
  g_autofree char *long_text = g_strnfill (5000, 'x');
  g_autofree char *fitting_text = g_strnfill (300, 'x');
  g_autoptr (OptEvidence) evidence = create_refusal (long_text, TRUE);
  g_autoptr (OptEvidence) fitting = create_refusal (fitting_text, TRUE);
  g_autofree char *got = opt_advice_create_server_words (evidence);
  g_autofree char *whole = opt_advice_create_server_words (fitting);

  g_assert_cmpint (g_utf8_strlen (got, -1), ==, 300);
  g_assert_true (g_str_has_suffix (got, "x…"));
  g_assert_cmpstr (whole, ==, fitting_text);
}

/* However long a stranger talks, what is taken away does not bring more of it in, and costs no
 * time. */
static void
test_endless_words (void)
{
  static const char *const fillers[] = { "<b>", "a://", "<<<<", "&lt;", "www.", "<a@", "\u202e" };

  for (guint i = 0; i < G_N_ELEMENTS (fillers); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (OptEvidence) evidence = NULL;
      g_autofree char *got = NULL;

      while (text->len < 4 * 1024 * 1024)
        g_string_append (text, fillers[i]);
      g_string_append (text, " http://evil.example/<i>");
      evidence = create_refusal (text->str, TRUE);
      got = opt_advice_create_server_words (evidence);
      if (got == NULL)
        continue;

      g_assert_cmpint (g_utf8_strlen (got, -1), <=, 301);
      g_assert_null (strstr (got, "evil"));
      g_assert_null (strstr (got, "://"));
      g_assert_null (strstr (got, "<b>"));
    }
}

/* Before TLS anybody on the way could have said it. */
static void
test_words_before_tls (void)
{
  g_autoptr (OptEvidence) evidence = create_refusal ("call 555-0100", FALSE);
  g_autoptr (OptEvidence) other = create_refusal ("call 555-0100", TRUE);

  g_assert_null (opt_advice_create_server_words (evidence));
  other->failure = OPT_FAILURE_NONE;
  g_assert_null (opt_advice_create_server_words (other));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autofree char *path = g_strconcat ("/quote/words/", words[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_words);
    }
  g_test_add_func ("/quote/long-words", test_long_words);
  g_test_add_func ("/quote/endless-words", test_endless_words);
  g_test_add_func ("/quote/words-before-tls", test_words_before_tls);

  return g_test_run ();
}
