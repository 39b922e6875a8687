/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A server's certificate in words: what it should be beside what it is. All that comes out of it is
 * a stranger's text, even when somebody vouches for it. */
#include "opt-advice-private.h"
#include "opt-join.h"
#include "opt-quote.h"

#include <glib/gi18n-lib.h>

#define MAX_NAMES 5
#define NAME_MAX_CHARS 80

char *
opt_advice_format_date (gint64 unix_time)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_local (unix_time);

  /* Translators: a date without the time of day, see strftime(3) */
  return when != NULL ? g_date_time_format (when, _ ("%-e %B %Y")) : g_strdup ("?");
}

/* RFC 4514 §2.4: `Example\, Inc.` is “Example, Inc.”; what is escaped in hexadecimal stays so. */
static void
unescape (char *text)
{
  char *to = text;

  for (const char *from = text; *from != '\0'; from++)
    {
      if (from[0] == '\\' && from[1] != '\0' && !g_ascii_isxdigit (from[1]))
        from++;
      *to++ = *from;
    }
  *to = '\0';
}

char *
opt_advice_create_name (const char *distinguished)
{
  g_autoptr (GRegex) regex = g_regex_new ("(?:^|,)(O|CN)=((?:\\\\.|[^,\\\\])*)", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *found = NULL;

  g_return_val_if_fail (distinguished != NULL, NULL);

  g_regex_match (regex, distinguished, 0, &match);
  while (g_match_info_matches (match))
    {
      g_autofree char *key = g_match_info_fetch (match, 1);

      if (found == NULL || g_str_equal (key, "O"))
        {
          g_free (found);
          found = g_match_info_fetch (match, 2);
          unescape (found);
        }
      g_match_info_next (match, NULL);
    }

  return opt_quote_create (found != NULL ? found : distinguished, NAME_MAX_CHARS);
}

static void
free_comparison (OptComparison *self)
{
  g_free (self->expected);
  g_free (self->shown);
  g_free (self);
}

static const char *
get_label (OptCompared what)
{
  switch (what)
    {
    case OPT_COMPARED_NAME:
      return C_ ("certificate", "Name");
    case OPT_COMPARED_ISSUER:
      return C_ ("certificate", "Issuer");
    case OPT_COMPARED_DATES:
      return C_ ("certificate", "Dates");
    }

  g_assert_not_reached ();
}

static void
add_comparison (GPtrArray *rows, OptCompared what, char *expected, char *shown, gboolean fits)
{
  OptComparison *row = g_new (OptComparison, 1);

  *row = (OptComparison){ what, get_label (what), expected, shown, fits };
  g_ptr_array_add (rows, row);
}

/* A certificate may hold hundreds of names; without any it speaks of its subject. */
static char *
list_names (const OptCertificate *certificate)
{
  guint n = g_strv_length (certificate->names);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_auto (GStrv) shown = NULL;
  g_autofree char *list = NULL;

  if (n == 0)
    return opt_quote_create (certificate->subject, NAME_MAX_CHARS);

  for (guint i = 0; i < MIN (n, MAX_NAMES); i++)
    {
      g_autofree char *name = opt_quote_create (certificate->names[i], NAME_MAX_CHARS);

      g_strv_builder_add (names, name);
    }
  shown = g_strv_builder_end (names);
  list = opt_join_list ((const char *const *) shown);
  if (n <= MAX_NAMES)
    return g_steal_pointer (&list);

  /* Translators: a list of names, then how many names are left out of it */
  return g_strdup_printf (ngettext ("%s and %u more", "%s and %u more", n - MAX_NAMES),
                          list,
                          n - MAX_NAMES);
}

static char *
describe_dates (const OptCertificate *certificate)
{
  g_autofree char *start = opt_advice_format_date (certificate->not_before);
  g_autofree char *end = opt_advice_format_date (certificate->not_after);

  /* Translators: both %s are dates, the first and the last day of a certificate */
  return g_strdup_printf (_ ("%s to %s"), start, end);
}

static char *
describe_today (void)
{
  g_autofree char *date = opt_advice_format_date (g_get_real_time () / G_USEC_PER_SEC);

  /* Translators: %s is today’s date, as a day on which a certificate should be good */
  return g_strdup_printf (_ ("%s, today"), date);
}

GPtrArray *
opt_advice_compare_certificate (const OptEvidence *evidence)
{
  const OptCertificate *certificate;
  OptCertificateProblems problems;
  GPtrArray *rows;

  g_return_val_if_fail (evidence != NULL, NULL);

  certificate = evidence->tls.certificate;
  if (certificate == NULL)
    return NULL;

  problems = evidence->tls.problems;
  rows = g_ptr_array_new_with_free_func ((GDestroyNotify) free_comparison);
  add_comparison (rows,
                  OPT_COMPARED_NAME,
                  g_strdup (opt_server_get_host (evidence->server)),
                  list_names (certificate),
                  (problems & OPT_CERTIFICATE_WRONG_NAME) == 0);
  add_comparison (rows,
                  OPT_COMPARED_ISSUER,
                  g_strdup (_ ("an authority that this computer trusts")),
                  opt_advice_create_name (certificate->issuer),
                  (problems & OPT_CERTIFICATE_UNTRUSTED) == 0);
  add_comparison (rows,
                  OPT_COMPARED_DATES,
                  describe_today (),
                  describe_dates (certificate),
                  (problems & (OPT_CERTIFICATE_EXPIRED | OPT_CERTIFICATE_NOT_YET_VALID)) == 0);

  return rows;
}
