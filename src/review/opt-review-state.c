/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the checks of a review come to, all servers of both together. */
#include "opt-review-private.h"

static gboolean
works_in (OptCheck *check, OptService service)
{
  OptProbe *probe = check != NULL ? opt_check_get_probe (check, service) : NULL;

  return probe != NULL && opt_probe_get_state (probe) == OPT_PROBE_WORKS;
}

static gboolean
works_wanted (const OptReviewState *self, OptService service)
{
  return self->plan_wanted.done[service] || works_in (self->check_wanted, service);
}

static gboolean
is_unsafe (const OptReviewState *self)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->found->servers[i] != NULL &&
        self->found->servers[i]->security < OPT_FOUND_SECURITY_STARTTLS)
      return TRUE;

  return FALSE;
}

static gboolean
was_tried (const OptReviewState *self)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (opt_review_plan_signs_in (&self->plan_now, i))
      return TRUE;

  return FALSE;
}

OptReviewVerdict
opt_review_state_reach_verdict (const OptReviewState *self)
{
  guint n = 0;
  guint n_now = 0;
  guint n_wanted = 0;

  g_return_val_if_fail (self != NULL, OPT_REVIEW_FAILS);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->needed[i])
      {
        n++;
        n_now += works_in (self->check_now, i) ? 1 : 0;
        n_wanted += works_wanted (self, i) ? 1 : 0;
      }

  if (n == 0)
    return OPT_REVIEW_FAILS;
  if (n_now == n)
    return OPT_REVIEW_WORKS;
  if (n_wanted == n)
    return OPT_REVIEW_WANTED_WORKS;
  if (n_wanted > n_now)
    return OPT_REVIEW_WANTED_PARTLY;
  if (n_now > 0)
    return OPT_REVIEW_PARTLY;

  return is_unsafe (self) && !was_tried (self) ? OPT_REVIEW_NOT_SAFE : OPT_REVIEW_FAILS;
}

static gboolean
refuses_in (OptCheck *check, OptService service)
{
  OptProbe *probe = check != NULL ? opt_check_get_probe (check, service) : NULL;

  return probe != NULL && opt_probe_get_diagnosis (probe) == OPT_DIAGNOSIS_PASSWORD_REFUSED;
}

static gboolean
refuses_password (OptCheck *check)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (refuses_in (check, i))
      return TRUE;

  return FALSE;
}

static gboolean
refuses_kept_password (OptCheck *check)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (refuses_in (check, i) &&
        opt_probe_get_evidence (opt_check_get_probe (check, i))->password_origin !=
          OPT_SECRET_TYPED)
      return TRUE;

  return FALSE;
}

static gboolean
has_wanted_name (const OptReviewState *self, OptService service)
{
  OptServer *server = opt_account_get_server (self->wanted, service);

  return server != NULL &&
         g_strcmp0 (self->found->servers[service]->user, opt_server_get_user (server)) == 0;
}

gboolean
opt_review_state_was_name_refused (const OptReviewState *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->check_wanted == NULL || !opt_check_accepted_password (self->check_wanted))
    return FALSE;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (refuses_in (self->check_now, i) && !has_wanted_name (self, i))
      return TRUE;

  return FALSE;
}

/* Nothing is said against a server that was not asked. */
static gboolean
fails_now (const OptReviewState *self)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = self->check_now != NULL ? opt_check_get_probe (self->check_now, i) : NULL;

      if (probe != NULL && opt_probe_get_state (probe) == OPT_PROBE_FAILS)
        return TRUE;
    }

  return FALSE;
}

static OptReviewFacts
gather_facts (const OptReviewState *self)
{
  OptReviewFacts facts = {
    .verdict = self->verdict,
    .unsafe = is_unsafe (self),
    .refused = refuses_password (self->check_now) || refuses_password (self->check_wanted),
    .kept = refuses_kept_password (self->check_now) || refuses_kept_password (self->check_wanted),
    .name_refused = opt_review_state_was_name_refused (self),
    .tried_wanted = self->check_wanted != NULL,
    .untried = !fails_now (self),
  };

  facts.differs = opt_differences_get_severity (self->differences, &facts.worst);
  if (self->wanted != NULL)
    facts.provider = opt_provider_get_name (opt_account_get_provider (self->wanted));

  return facts;
}

const char *
opt_review_state_get_title (const OptReviewState *self)
{
  OptReviewFacts facts;

  g_return_val_if_fail (self != NULL, NULL);

  facts = gather_facts (self);

  return opt_review_facts_get_title (&facts);
}

char *
opt_review_state_create_text (const OptReviewState *self)
{
  OptReviewFacts facts;

  g_return_val_if_fail (self != NULL, NULL);

  facts = gather_facts (self);

  return opt_review_facts_create_text (&facts);
}

static gboolean
is_wanted (const OptReviewState *self, const OptServer *server)
{
  GPtrArray *servers = self->wanted != NULL
                         ? opt_account_get_servers (self->wanted, opt_server_get_service (server))
                         : NULL;

  for (guint i = 0; servers != NULL && i < servers->len; i++)
    if (opt_server_equal (g_ptr_array_index (servers, i), server))
      return TRUE;

  return FALSE;
}

/* Whoever is told to change a server is not given it again, even where it works. */
static OptServer *
find_working_server (const OptReviewState *self, OptService service)
{
  OptServer *server;

  if (works_in (self->check_wanted, service))
    return opt_probe_get_evidence (opt_check_get_probe (self->check_wanted, service))->server;
  if (!works_in (self->check_now, service))
    return NULL;

  server = opt_probe_get_evidence (opt_check_get_probe (self->check_now, service))->server;

  return self->wanted == NULL || is_wanted (self, server) ? server : NULL;
}

OptAccount *
opt_review_state_dup_account (const OptReviewState *self)
{
  g_autoptr (OptAccount) account = NULL;
  g_autoptr (OptAddress) address = NULL;
  gboolean works = FALSE;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->wanted != NULL)
    account = opt_account_ref (self->wanted);
  else if (self->found->address != NULL &&
           (address = opt_address_parse (self->found->address, NULL)) != NULL)
    account = opt_account_new (self->found->name, address, NULL);

  for (guint i = 0; account != NULL && i < OPT_N_SERVICES; i++)
    {
      OptServer *server = find_working_server (self, i);
      OptAccount *better;

      if (server == NULL)
        continue;

      works = TRUE;
      better = opt_account_with_server (account, server);
      opt_account_unref (account);
      account = better;
    }

  return works || self->wanted != NULL ? g_steal_pointer (&account) : NULL;
}
