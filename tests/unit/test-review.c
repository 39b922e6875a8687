/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a review knows without a network, and its words. */
#include "opt-review-private.h"

#include <string.h>

#define ADDRESS "jane.doe@optonline.net"

#define IMAP OPT_SERVICE_IMAP
#define POP3 OPT_SERVICE_POP3
#define SMTP OPT_SERVICE_SMTP

#define NONE OPT_FOUND_SECURITY_NONE
#define TLS OPT_FOUND_SECURITY_TLS
#define ANY OPT_FOUND_AUTH_ANY

/* Whom to ask about before the password goes there; nobody for a server that does not get it. */
static const struct
{
  const char *name, *address;
  OptFoundServer servers[OPT_N_SERVICES];
  const char *unconfirmed;
  gboolean can_test;
} rows[] = {
  { "providers",
    ADDRESS,
    { [IMAP] = { "mail.optonline.net", 993, TLS, ANY, ADDRESS },
      [SMTP] = { "mail.optimum.net", 465, TLS, ANY, ADDRESS } },
    "",
    TRUE },
  { "retired", ADDRESS, { [POP3] = { "POP.optonline.net", 995, TLS, ANY, ADDRESS } }, "", TRUE },
  { "namesake",
    ADDRESS,
    { [SMTP] = { "Smtp.optonline.net", 465, TLS, ANY, ADDRESS } },
    "smtp.optonline.net",
    TRUE },
  { "foreign",
    ADDRESS,
    { [IMAP] = { "mail.example.net", 993, TLS, ANY, ADDRESS },
      [SMTP] = { "bücher.example", 465, TLS, ANY, ADDRESS } },
    "mail.example.net xn--bcher-kva.example",
    TRUE },
  { "twice",
    ADDRESS,
    { [IMAP] = { "mail.example.net", 993, TLS, ANY, ADDRESS },
      [SMTP] = { "MAIL.example.net", 465, TLS, ANY, ADDRESS } },
    "mail.example.net",
    TRUE },
  { "unsafe", ADDRESS, { [IMAP] = { "mail.example.net", 143, NONE, ANY, ADDRESS } }, "", TRUE },
  { "no-user", ADDRESS, { [IMAP] = { "mail.example.net", 993, TLS, ANY } }, "", TRUE },
  { "other-service",
    "jane.doe@suddenlink.net",
    { [IMAP] = { "pop.suddenlink.net", 993, TLS, ANY, ADDRESS } },
    "",
    TRUE },
  { "unknown-provider",
    "jane@example.net",
    { [IMAP] = { "mail.optonline.net", 993, TLS, ANY, "jane@example.net" } },
    "mail.optonline.net",
    TRUE },
  { "unknown-provider-numeric",
    "jane@example.net",
    { [IMAP] = { "192.0.2.1", 993, TLS, ANY, "jane@example.net" } },
    "",
    FALSE },
  { "company", "jane@optimum.com", { [IMAP] = { "::1", 993, TLS, ANY, "jane" } }, "", FALSE },
  { "nonsense", "Jane", { [IMAP] = { "a b", 993, TLS, ANY, "jane" } }, "", FALSE },
  { "no-address",
    NULL,
    { [POP3] = { "mail.example.net", 995, TLS, ANY, "jane" } },
    "mail.example.net",
    TRUE },
  { "no-address-to-send",
    NULL,
    { [SMTP] = { "mail.example.net", 465, TLS, ANY, "jane" } },
    "",
    FALSE },
};

static OptFound *
create_found (gsize i)
{
  OptFound *found = opt_found_new ();

  found->address = g_strdup (rows[i].address);
  for (guint j = 0; j < OPT_N_SERVICES; j++)
    if (rows[i].servers[j].host != NULL)
      {
        OptFoundServer *server = opt_found_add_server (found, j, NULL);

        *server = rows[i].servers[j];
        server->host = g_strdup (rows[i].servers[j].host);
        server->user = g_strdup (rows[i].servers[j].user);
      }

  return found;
}

static void
test_row (gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptFound) found = create_found (i);
  g_autoptr (OptReview) review = opt_review_new (found, providers);
  g_autoptr (OptAccount) account = opt_review_dup_account (review);
  g_auto (GStrv) hosts = opt_review_dup_unconfirmed_hosts (review);
  g_autofree char *got = g_strjoinv (" ", hosts);

  g_assert_cmpstr (got, ==, rows[i].unconfirmed);
  g_assert_cmpint (opt_review_can_test (review), ==, rows[i].can_test);
  g_assert_true (account == opt_review_get_wanted (review));
  g_assert_cmpint (opt_review_get_verdict (review), ==, OPT_REVIEW_NONE);
  g_assert_false (opt_review_is_running (review));
  for (guint j = 0; j < OPT_N_SERVICES; j++)
    g_assert_false (opt_review_was_only_looked_at (review, j));
}

/* The wanted account has the address as the provider wants it. */
static void
test_wanted (void)
{
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptFound) found = opt_found_new ();
  g_autoptr (OptReview) review = NULL;
  OptAccount *wanted;

  found->name = g_strdup ("Jane Doe");
  found->address = g_strdup ("Jane.Doe@Optonline.NET");
  review = opt_review_new (found, providers);
  wanted = opt_review_get_wanted (review);

  g_assert_true (opt_review_get_found (review) == found);
  g_assert_cmpstr (opt_account_get_name (wanted), ==, "Jane Doe");
  g_assert_cmpstr (opt_address_get_text (opt_account_get_address (wanted)), ==, ADDRESS);
  g_assert_cmpstr (opt_server_get_user (opt_account_get_server (wanted, IMAP)), ==, ADDRESS);
  g_assert_cmpuint (opt_review_get_differences (review)->len, ==, 2);
}

static char *
describe_differences (OptReview *review)
{
  GPtrArray *differences = opt_review_get_differences (review);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < differences->len; i++)
    {
      const OptDifference *difference = g_ptr_array_index (differences, i);

      g_string_append_printf (text,
                              "%s %s;",
                              opt_difference_kind_to_string (difference->kind),
                              difference->wanted);
    }

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* What is for everybody of a provider is compared at once, and tested for one. */
static void
test_everybodys (void)
{
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptAddress) address = opt_address_parse (ADDRESS, NULL);
  g_autoptr (OptFound) found = opt_found_new ();
  g_autoptr (OptFound) own = NULL;
  g_autoptr (OptReview) review = NULL;
  g_autoptr (OptReview) own_review = NULL;
  g_autofree char *differences = NULL;
  g_autofree char *own_differences = NULL;

  found->domain = g_strdup ("optonline.net");
  opt_found_add_server (found, IMAP, "pop.optonline.net")->user_pattern =
    g_strdup (OPT_FOUND_WHOLE_ADDRESS);
  opt_found_add_server (found, SMTP, "mail.optonline.net")->user_pattern =
    g_strdup (OPT_FOUND_LOCAL_PART);
  opt_found_complete (found);

  review = opt_review_new (found, providers);
  differences = describe_differences (review);
  g_assert_cmpstr (differences, ==, "host-retired mail.optonline.net;");
  g_assert_true (opt_review_needs_address (review));
  g_assert_false (opt_review_can_test (review));
  g_assert_null (opt_review_get_address (review));
  g_assert_null (opt_review_get_wanted (review));
  g_assert_nonnull (opt_review_get_compared (review));

  own = opt_found_with_address (found, address);
  own_review = opt_review_new (own, providers);
  own_differences = describe_differences (own_review);
  g_assert_cmpstr (own_differences,
                   ==,
                   "host-retired mail.optonline.net;user-not-address " ADDRESS ";");
  g_assert_false (opt_review_needs_address (own_review));
  g_assert_true (opt_review_can_test (own_review));
  g_assert_true (opt_review_get_compared (own_review) == opt_review_get_wanted (own_review));
  g_assert_cmpstr (own->servers[IMAP]->user, ==, ADDRESS);
}

static void
test_titles (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GEnumClass) verdicts = g_type_class_ref (OPT_TYPE_REVIEW_VERDICT);

  g_assert_cmpuint (verdicts->n_values, ==, OPT_REVIEW_CANCELLED + 1);
  for (guint i = 0; i <= OPT_REVIEW_CANCELLED; i++)
    {
      const char *title = opt_review_verdict_get_title (i);

      g_assert_cmpstr (opt_review_verdict_to_string (i),
                       ==,
                       g_enum_get_value (verdicts, (int) i)->value_nick);
      g_assert_cmpint (g_utf8_strlen (title, -1), <, 40);
      g_assert_cmpint (g_utf8_strlen (title, -1), >, 5);
      g_assert_true (g_hash_table_add (seen, (char *) title));
      g_assert_true (g_hash_table_add (seen, (char *) opt_review_verdict_to_string (i)));
    }
}

static gboolean
is_about_wanted (OptReviewVerdict verdict)
{
  return verdict == OPT_REVIEW_WANTED_WORKS || verdict == OPT_REVIEW_WANTED_PARTLY;
}

static void
check_words (const OptReviewFacts *facts)
{
  g_autofree char *text = opt_review_facts_create_text (facts);
  const char *title = opt_review_facts_get_title (facts);

  g_assert_cmpint (g_utf8_strlen (title, -1), <, 40);
  g_assert_nonnull (text);
  g_assert_true (g_str_has_suffix (text, "."));
  g_assert_null (strpbrk (text, "<>&%\n"));
  g_assert_null (strstr (text, "  "));
  g_assert_cmpint (g_utf8_strlen (text, -1), <, 170);
  if (is_about_wanted (facts->verdict))
    g_assert_nonnull (strstr (text, facts->provider));
}

/* Whatever holds, there are words for it, and nothing is left of a place for a value. */
static void
test_words (void)
{
  for (guint i = 0; i <= OPT_REVIEW_CANCELLED; i++)
    for (guint bits = 0; bits < 1u << 10; bits++)
      {
        const OptReviewFacts facts = {
          .verdict = i,
          .provider = bits & 1 ? "Optonline" : NULL,
          .unsafe = (bits & 2) != 0,
          .refused = (bits & 4) != 0,
          .tried_wanted = (bits & 8) != 0,
          .differs = (bits & 16) != 0,
          .name_refused = (bits & 32) != 0,
          .untried = (bits & 256) != 0,
          .kept = (bits & 512) != 0,
          .worst = (bits & 128) != 0 ? OPT_SEVERITY_BROKEN
                   : bits & 64       ? OPT_SEVERITY_NOT_SAFE
                                     : OPT_SEVERITY_OLD,
        };

        /* Without a provider nothing is wanted. */
        if (facts.provider != NULL ||
            !(facts.tried_wanted || facts.differs || is_about_wanted (facts.verdict)))
          check_words (&facts);
      }
}

/* Nobody is told to try again what they have not typed. */
static void
test_kept (void)
{
  OptReviewFacts facts = { .refused = TRUE, .provider = "Optonline" };
  const OptReviewVerdict verdicts[] = { OPT_REVIEW_FAILS, OPT_REVIEW_NOT_SAFE };

  for (guint i = 0; i < G_N_ELEMENTS (verdicts); i++)
    {
      g_autofree char *typed = NULL;
      g_autofree char *kept = NULL;

      facts.verdict = verdicts[i];
      facts.kept = FALSE;
      typed = opt_review_facts_create_text (&facts);
      facts.kept = TRUE;
      kept = opt_review_facts_create_text (&facts);
      g_assert_null (strstr (typed, "enter the new one"));
      g_assert_nonnull (strstr (kept, "enter the new one"));
    }
}

/* Nobody is told that all is well while something is not. */
static void
test_severities (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  OptReviewFacts facts = { .verdict = OPT_REVIEW_WORKS, .differs = TRUE };

  for (facts.worst = OPT_SEVERITY_OLD; facts.worst <= OPT_SEVERITY_BROKEN; facts.worst++)
    {
      g_assert_true (g_hash_table_add (seen, opt_review_facts_create_text (&facts)));
      g_assert_true (g_hash_table_add (seen, g_strdup (opt_review_facts_get_title (&facts))));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/review/hosts/", rows[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_row);
    }
  g_test_add_func ("/review/wanted", test_wanted);
  g_test_add_func ("/review/everybodys", test_everybodys);
  g_test_add_func ("/review/titles", test_titles);
  g_test_add_func ("/review/words", test_words);
  g_test_add_func ("/review/kept", test_kept);
  g_test_add_func ("/review/severities", test_severities);

  return g_test_run ();
}
