/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The words for what a test has shown. Of the texts for a verdict the first counts whose condition
 * holds; the last one has none. */
#include "opt-fill-in.h"
#include "opt-review-private.h"

#include <glib/gi18n-lib.h>

static const GEnumValue verdicts[] = {
  { OPT_REVIEW_NONE, "OPT_REVIEW_NONE", "none" },
  { OPT_REVIEW_WORKS, "OPT_REVIEW_WORKS", "works" },
  { OPT_REVIEW_PARTLY, "OPT_REVIEW_PARTLY", "partly" },
  { OPT_REVIEW_WANTED_WORKS, "OPT_REVIEW_WANTED_WORKS", "wanted-works" },
  { OPT_REVIEW_WANTED_PARTLY, "OPT_REVIEW_WANTED_PARTLY", "wanted-partly" },
  { OPT_REVIEW_NOT_SAFE, "OPT_REVIEW_NOT_SAFE", "not-safe" },
  { OPT_REVIEW_FAILS, "OPT_REVIEW_FAILS", "fails" },
  { OPT_REVIEW_CANCELLED, "OPT_REVIEW_CANCELLED", "cancelled" },
  { 0, NULL, NULL },
};

static const char *const titles[] = {
  [OPT_REVIEW_NONE] = N_ ("Not tested yet"),
  [OPT_REVIEW_WORKS] = N_ ("These settings work"),
  [OPT_REVIEW_PARTLY] = N_ ("These settings work in part"),
  [OPT_REVIEW_WANTED_WORKS] = N_ ("Your provider’s settings work"),
  [OPT_REVIEW_WANTED_PARTLY] = N_ ("Your provider’s settings work in part"),
  [OPT_REVIEW_NOT_SAFE] = N_ ("Not tried, because not safe"),
  [OPT_REVIEW_FAILS] = N_ ("These settings do not work"),
  [OPT_REVIEW_CANCELLED] = N_ ("Stopped"),
};

/* What has to hold for a text; several may. */
typedef enum
{
  ALWAYS = 0,
  IF_UNSAFE = 1 << 0,
  IF_REFUSED = 1 << 1,
  IF_TRIED_WANTED = 1 << 2,
  IF_DIFFERS = 1 << 3,
  IF_PROVIDER = 1 << 4,
  IF_NAME_REFUSED = 1 << 5,
  IF_NOT_SAFE = 1 << 6,
  IF_WRONG = 1 << 7,
  IF_UNTRIED = 1 << 8,
  IF_KEPT = 1 << 9,
} Conditions;

static const struct
{
  OptReviewVerdict verdict;
  Conditions conditions;
  const char *text;
} rows[] = {
  { OPT_REVIEW_NONE, ALWAYS, N_ ("These settings were not tested yet.") },
  { OPT_REVIEW_WORKS,
    IF_WRONG,
    N_ ("The servers take these settings, but something in them is wrong. See what to change.") },
  { OPT_REVIEW_WORKS,
    IF_NOT_SAFE,
    N_ (
      "These settings work as they are, but not everything in them is safe. See what to change.") },
  { OPT_REVIEW_WORKS,
    IF_DIFFERS,
    N_ ("These settings work as they are, but some of them should still be changed.") },
  { OPT_REVIEW_WORKS,
    IF_PROVIDER,
    N_ ("These settings work as they are. There is nothing to change.") },
  { OPT_REVIEW_WORKS, ALWAYS, N_ ("These settings work as they are.") },
  { OPT_REVIEW_PARTLY,
    IF_TRIED_WANTED,
    /* Translators: %1$s is the name of a mail provider */
    N_ ("Some of these servers work and some do not, and the settings that %1$s wants do no "
        "better. See what was found at each server.") },
  { OPT_REVIEW_PARTLY,
    ALWAYS,
    N_ ("Some of these servers work and some do not. See what was found at each server.") },
  { OPT_REVIEW_WANTED_WORKS,
    IF_NAME_REFUSED,
    /* Translators: %1$s is the name of a mail provider */
    N_ ("Your password is right, but %1$s does not know the name that these settings sign in with. "
        "Change to the settings that %1$s wants: with those it works.") },
  { OPT_REVIEW_WANTED_WORKS,
    IF_UNSAFE,
    /* Translators: %1$s is the name of a mail provider */
    N_ ("Not all of these settings are safe, so your password was not sent there. The settings "
        "that %1$s wants are safe and work: change to them.") },
  { OPT_REVIEW_WANTED_WORKS,
    IF_UNTRIED,
    /* Translators: %1$s is the name of a mail provider */
    N_ ("Not all of these settings can be tested as they are. Those that %1$s wants work: change "
        "to them.") },
  { OPT_REVIEW_WANTED_WORKS,
    ALWAYS,
    /* Translators: %1$s is the name of a mail provider */
    N_ ("These settings do not work as they are, but those that %1$s wants do: change to them.") },
  { OPT_REVIEW_WANTED_PARTLY,
    IF_NAME_REFUSED,
    /* Translators: %1$s is the name of a mail provider */
    N_ ("Your password is right, but %1$s does not know the name that these settings sign in with. "
        "Change to those that %1$s wants, then see what each server says.") },
  { OPT_REVIEW_WANTED_PARTLY,
    IF_UNTRIED,
    /* Translators: %1$s is the name of a mail provider */
    N_ ("Not all of these settings can be tested as they are. Those that %1$s wants work in part: "
        "see what was found at each server.") },
  { OPT_REVIEW_WANTED_PARTLY,
    ALWAYS,
    /* Translators: %1$s is the name of a mail provider */
    N_ ("These settings do not work as they are. Those that %1$s wants work in part: change to "
        "them, then see what was found at each server.") },
  { OPT_REVIEW_NOT_SAFE,
    IF_REFUSED | IF_KEPT | IF_PROVIDER,
    /* Translators: %1$s is the name of a mail provider */
    N_ ("These settings are not safe, so they were not tried. With its own, %1$s did not accept "
        "the password that is kept here: if you have changed it, enter the new one.") },
  { OPT_REVIEW_NOT_SAFE,
    IF_REFUSED | IF_PROVIDER,
    /* Translators: %1$s is the name of a mail provider */
    N_ ("These settings are not safe, so they were not tried. With its own settings, %1$s did not "
        "accept this password: try it on the web mail first.") },
  { OPT_REVIEW_NOT_SAFE,
    IF_TRIED_WANTED,
    /* Translators: %1$s is the name of a mail provider */
    N_ ("These settings are not safe, so they were not tried, and those that %1$s wants did not "
        "work. See what was found at each server.") },
  { OPT_REVIEW_NOT_SAFE,
    ALWAYS,
    N_ ("These settings are not safe, so they were not tried. Switch SSL/TLS on in the program, "
        "then test again.") },
  { OPT_REVIEW_FAILS,
    IF_REFUSED | IF_KEPT,
    N_ ("The server did not accept the password that is kept on this computer. If you have changed "
        "it on the web, enter the new one. If not, try it on the web mail.") },
  { OPT_REVIEW_FAILS,
    IF_REFUSED | IF_PROVIDER,
    /* Translators: %1$s is the name of a mail provider */
    N_ ("The server did not accept this password. Try it on the web mail of %1$s before you change "
        "any settings.") },
  { OPT_REVIEW_FAILS,
    IF_REFUSED,
    N_ ("The server did not accept this password. Try it on your provider’s web mail before you "
        "change any settings.") },
  { OPT_REVIEW_FAILS,
    IF_TRIED_WANTED | IF_UNTRIED,
    /* Translators: %1$s is the name of a mail provider */
    N_ ("These settings cannot be tested as they are, and those that %1$s wants do not work. See "
        "what was found at each server.") },
  { OPT_REVIEW_FAILS,
    IF_TRIED_WANTED,
    /* Translators: %1$s is the name of a mail provider */
    N_ ("These settings do not work, and those that %1$s wants do not either. See what was found "
        "at each server.") },
  { OPT_REVIEW_FAILS,
    ALWAYS,
    N_ ("These settings do not work. See what was found at each server.") },
  { OPT_REVIEW_CANCELLED, ALWAYS, N_ ("The test was stopped before it was over.") },
};

GType
opt_review_verdict_get_type (void)
{
  static gsize type;

  if (g_once_init_enter (&type))
    g_once_init_leave (&type, g_enum_register_static ("OptReviewVerdict", verdicts));

  return type;
}

const char *
opt_review_verdict_to_string (OptReviewVerdict verdict)
{
  g_return_val_if_fail (verdict < G_N_ELEMENTS (titles), NULL);

  return verdicts[verdict].value_nick;
}

const char *
opt_review_verdict_get_title (OptReviewVerdict verdict)
{
  g_return_val_if_fail (verdict < G_N_ELEMENTS (titles), NULL);

  return _ (titles[verdict]);
}

const char *
opt_review_facts_get_title (const OptReviewFacts *facts)
{
  g_return_val_if_fail (facts != NULL, NULL);

  if (facts->verdict == OPT_REVIEW_WORKS && facts->differs)
    switch (facts->worst)
      {
      case OPT_SEVERITY_BROKEN:
        return _ ("These settings work, with mistakes");
      case OPT_SEVERITY_NOT_SAFE:
        return _ ("These settings work, but are not safe");
      case OPT_SEVERITY_OLD:
        break;
      }

  return opt_review_verdict_get_title (facts->verdict);
}

static Conditions
find_holding (const OptReviewFacts *facts)
{
  return (facts->unsafe ? IF_UNSAFE : 0) | (facts->refused ? IF_REFUSED : 0) |
         (facts->tried_wanted ? IF_TRIED_WANTED : 0) | (facts->name_refused ? IF_NAME_REFUSED : 0) |
         (facts->differs ? IF_DIFFERS : 0) |
         (facts->differs && facts->worst == OPT_SEVERITY_NOT_SAFE ? IF_NOT_SAFE : 0) |
         (facts->differs && facts->worst == OPT_SEVERITY_BROKEN ? IF_WRONG : 0) |
         (facts->untried ? IF_UNTRIED : 0) | (facts->kept ? IF_KEPT : 0) |
         (facts->provider != NULL ? IF_PROVIDER : 0);
}

char *
opt_review_facts_create_text (const OptReviewFacts *facts)
{
  Conditions holding = find_holding (facts);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].verdict == facts->verdict && (rows[i].conditions & holding) == rows[i].conditions)
      return opt_fill_in (_ (rows[i].text), &facts->provider, 1);

  g_return_val_if_reached (NULL);
}
