/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which servers a review asks, and which of them get the password. The rules that keep the password
 * from servers without TLS, and an account from being locked, are here and nowhere else. */
#include "opt-review-plan.h"

#include "opt-gate.h"
#include "opt-host-kind.h"

static gboolean
is_safe (const OptFoundServer *server)
{
  return server->security >= OPT_FOUND_SECURITY_STARTTLS;
}

static gboolean
uses_password (const OptFoundServer *server)
{
  return server->user != NULL &&
         (server->auth == OPT_FOUND_AUTH_ANY || server->auth == OPT_FOUND_AUTH_PASSWORD);
}

/* What there is to ask. A server without TLS may still offer it: STARTTLS is how to find out. Mail
 * programs take a host with the root's dot; a certificate does not (RFC 9525 §6.3). */
static OptServer *
create_server (const OptFound *found, OptService service)
{
  const OptFoundServer *server = found->servers[service];
  g_autofree char *host = server != NULL ? opt_host_fold (server->host) : NULL;

  if (server == NULL || (is_safe (server) && !uses_password (server)))
    return NULL;

  return opt_server_new (service,
                         host,
                         server->port,
                         server->security == OPT_FOUND_SECURITY_TLS ? OPT_SECURITY_TLS
                                                                    : OPT_SECURITY_STARTTLS,
                         is_safe (server) && server->user != NULL ? server->user : "",
                         NULL);
}

/* An account without an address can still receive: the address is shown to servers for sending
 * only. */
static OptAddress *
create_stand_in (void)
{
  return opt_address_parse ("nobody@localhost.invalid", NULL);
}

static void
add_server (OptReviewPlan *self, const OptFound *found, OptService service, gboolean may_send)
{
  g_autoptr (OptServer) server = create_server (found, service);
  OptAccount *account;

  self->skip[service] = TRUE;
  if (server == NULL)
    return;

  self->look_only[service] = !is_safe (found->servers[service]);
  if (service == OPT_SERVICE_SMTP && !may_send && !self->look_only[service])
    return;

  self->skip[service] = FALSE;
  account = opt_account_with_server (self->account, server);
  opt_account_unref (self->account);
  self->account = account;
}

static gboolean
skips_all (const OptReviewPlan *self)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (!self->skip[i])
      return FALSE;

  return TRUE;
}

void
opt_review_plan_now (OptReviewPlan *self, const OptFound *found, OptAccount *wanted)
{
  g_autoptr (OptAddress) address = NULL;
  gboolean may_send;

  g_return_if_fail (self != NULL && found != NULL);

  address = found->address != NULL ? opt_address_parse (found->address, NULL) : NULL;
  may_send = address != NULL;
  if (address == NULL)
    address = create_stand_in ();

  *self = (OptReviewPlan){ 0 };
  self->account = opt_account_new (found->name,
                                   address,
                                   wanted != NULL ? opt_account_get_provider (wanted) : NULL);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    add_server (self, found, i, may_send);
  if (skips_all (self))
    opt_review_plan_clear (self);
}

static gboolean
has_same_sign_in (const OptServer *a, const OptServer *b)
{
  return g_str_equal (opt_server_get_host (a), opt_server_get_host (b)) &&
         g_str_equal (opt_server_get_user (a), opt_server_get_user (b));
}

static gboolean
was_refused (OptProbe *probe)
{
  const OptEvidence *evidence = opt_probe_get_evidence (probe);

  return opt_probe_get_state (probe) == OPT_PROBE_FAILS && evidence->step == OPT_STEP_SIGN_IN &&
         opt_gate_may_have_refused (probe);
}

typedef gboolean (*ProbeFunc) (OptProbe *probe);

static gboolean
has_signed_in (OptProbe *probe)
{
  return opt_probe_get_evidence (probe)->signed_in;
}

/* Whether @func is true of a service that signed in, or would have, where @server does. */
static gboolean
any_with_same_sign_in (OptCheck *now, const OptServer *server, ProbeFunc func)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (now, i);

      if (probe != NULL && has_same_sign_in (opt_probe_get_evidence (probe)->server, server) &&
          func (probe))
        return TRUE;
    }

  return FALSE;
}

/* Whether @server's host has refused the password under that name. Where the same sign-in is good
 * for another service, only the one that refused does. */
static gboolean
has_refused (OptCheck *now, const OptServer *server)
{
  OptProbe *same = opt_check_get_probe (now, opt_server_get_service (server));

  if (same != NULL && has_same_sign_in (opt_probe_get_evidence (same)->server, server) &&
      was_refused (same))
    return TRUE;

  return any_with_same_sign_in (now, server, was_refused) &&
         !any_with_same_sign_in (now, server, has_signed_in);
}

static gboolean
is_locked (OptCheck *now)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (now, i);

      if (probe != NULL && (opt_probe_get_diagnosis (probe) == OPT_DIAGNOSIS_ACCOUNT_LOCKED ||
                            opt_probe_get_diagnosis (probe) == OPT_DIAGNOSIS_LOGIN_TOO_OFTEN))
        return TRUE;
    }

  return FALSE;
}

/* How the very same server fared, if it was asked for the very same sender. */
static gboolean
was_asked (OptCheck *now, OptAccount *wanted, const OptServer *server, OptProbeState *state)
{
  OptProbe *probe = opt_check_get_probe (now, opt_server_get_service (server));

  if (probe == NULL || !opt_server_equal (opt_probe_get_evidence (probe)->server, server) ||
      !opt_address_equal (opt_account_get_address (opt_check_get_account (now)),
                          opt_account_get_address (wanted)))
    return FALSE;

  *state = opt_probe_get_state (probe);

  return TRUE;
}

static gboolean
has_failed (OptCheck *now, OptAccount *wanted, const OptServer *server)
{
  OptProbeState state;

  return was_asked (now, wanted, server, &state) && state == OPT_PROBE_FAILS;
}

static gboolean
works_already (OptCheck *now, OptAccount *wanted, OptService service)
{
  GPtrArray *servers = opt_account_get_servers (wanted, service);
  OptProbeState state;

  for (guint i = 0; i < servers->len; i++)
    if (was_asked (now, wanted, g_ptr_array_index (servers, i), &state) && state == OPT_PROBE_WORKS)
      return TRUE;

  return FALSE;
}

/* Leaves those servers of a service that are worth asking: all of them, or the best of the rest. As
 * in any check, there is no next one after a refused password. */
static gboolean
choose_servers (OptReviewPlan *self, OptCheck *now, OptAccount *wanted, OptService service)
{
  GPtrArray *servers = opt_account_get_servers (wanted, service);
  OptServer *best = NULL;
  OptAccount *account;
  guint n_worth = 0;

  for (guint i = 0; i < servers->len && !has_refused (now, g_ptr_array_index (servers, i)); i++)
    if (!has_failed (now, wanted, g_ptr_array_index (servers, i)))
      {
        if (best == NULL)
          best = g_ptr_array_index (servers, i);
        n_worth++;
      }

  if (best == NULL || n_worth == servers->len)
    return best != NULL;

  account = opt_account_with_server (self->account, best);
  opt_account_unref (self->account);
  self->account = account;

  return TRUE;
}

static void
plan_service (OptReviewPlan *self, OptCheck *now, OptAccount *wanted, OptService service)
{
  if (now == NULL)
    return;

  self->done[service] = works_already (now, wanted, service);
  self->skip[service] = self->done[service] || !choose_servers (self, now, wanted, service);
}

void
opt_review_plan_wanted (OptReviewPlan *self,
                        const gboolean needed[OPT_N_SERVICES],
                        OptAccount *wanted,
                        OptCheck *now)
{
  g_return_if_fail (self != NULL && needed != NULL);

  *self = (OptReviewPlan){ 0 };
  if (wanted == NULL || (now != NULL && is_locked (now)))
    return;

  self->account = opt_account_ref (wanted);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      self->skip[i] = !needed[i] || opt_account_get_server (wanted, i) == NULL;
      if (!self->skip[i])
        plan_service (self, now, wanted, i);
    }
  if (skips_all (self))
    opt_review_plan_clear (self);
}

gboolean
opt_review_plan_signs_in (const OptReviewPlan *self, OptService service)
{
  g_return_val_if_fail (self != NULL && service < OPT_N_SERVICES, FALSE);

  return self->account != NULL && !self->skip[service] && !self->look_only[service];
}

void
opt_review_plan_clear (OptReviewPlan *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->account, opt_account_unref);
  *self = (OptReviewPlan){ 0 };
}

OptCheck *
opt_review_plan_create_check (const OptReviewPlan *self,
                              const OptTimeouts *timeouts,
                              OptNetwork *network)
{
  OptCheckOptions options = OPT_CHECK_OPTIONS_DEFAULT;

  g_return_val_if_fail (self != NULL && self->account != NULL && timeouts != NULL, NULL);

  options.timeouts = *timeouts;
  options.network = network;
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      options.skip[i] = self->skip[i];
      options.look_only[i] = self->look_only[i];
    }

  return opt_check_new (self->account, &options);
}
