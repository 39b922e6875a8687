/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One service through its candidate servers. It decides which server is next and what the evidence
 * means; when to sign in is for opt-check to say. */
#include "opt-probe.h"

#include "opt-diagnose.h"

/* Networks block port 25 because it is for mail between servers; programs have these (RFC 8314
 * §3.3, RFC 6409 §3.1). */
#define LEGACY_PORT 25
static const OptSecurity scout_securities[] = { OPT_SECURITY_TLS, OPT_SECURITY_STARTTLS };

struct _OptProbe
{
  GObject parent_instance;

  GPtrArray *servers;
  OptAddress *address;
  OptTransportGroup *group;
  OptNetwork *network;
  OptTimeouts timeouts;

  OptProbeState state;
  OptAttempt *attempt;
  GPtrArray *tried;
  GPtrArray *transcripts;
  guint shown; /* which of the tried ones is the result */
  OptDiagnosis diagnosis;
  gint64 started_us;
  gint64 ended_us;
  gboolean look_only;
  gboolean stopped; /* the next server must not be tried */
  guint n_scouts;   /* how many other ports were asked */
  OptServer *alternative;
};

G_DEFINE_FINAL_TYPE (OptProbe, opt_probe, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void begin_attempt (OptProbe *self);
static void begin_scout (OptProbe *self);

static void
opt_probe_dispose (GObject *object)
{
  OptProbe *self = OPT_PROBE (object);

  g_clear_pointer (&self->attempt, opt_attempt_free);

  G_OBJECT_CLASS (opt_probe_parent_class)->dispose (object);
}

static void
opt_probe_finalize (GObject *object)
{
  OptProbe *self = OPT_PROBE (object);

  g_ptr_array_unref (self->servers);
  opt_address_unref (self->address);
  opt_transport_group_unref (self->group);
  g_clear_pointer (&self->network, opt_network_unref);
  g_ptr_array_unref (self->tried);
  g_ptr_array_unref (self->transcripts);
  g_clear_pointer (&self->alternative, opt_server_unref);

  G_OBJECT_CLASS (opt_probe_parent_class)->finalize (object);
}

static void
opt_probe_class_init (OptProbeClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = opt_probe_dispose;
  object_class->finalize = opt_probe_finalize;

  signals[CHANGED] = g_signal_new ("changed",
                                   OPT_TYPE_PROBE,
                                   G_SIGNAL_RUN_LAST,
                                   0,
                                   NULL,
                                   NULL,
                                   NULL,
                                   G_TYPE_NONE,
                                   0);
}

static void
opt_probe_init (OptProbe *self)
{
  self->tried = g_ptr_array_new_with_free_func ((GDestroyNotify) opt_evidence_unref);
  self->transcripts = g_ptr_array_new_with_free_func ((GDestroyNotify) opt_transcript_unref);
}

/* Whether another host may do better. A portal or no network at all would be in its way too. */
static gboolean
is_worth_another_server (const OptEvidence *evidence)
{
  switch (evidence->failure)
    {
    case OPT_FAILURE_NAME_NOT_FOUND:
    case OPT_FAILURE_NAME_LOOKUP:
    case OPT_FAILURE_CONNECT:
    case OPT_FAILURE_HANDSHAKE:
      return opt_diagnose (evidence) != OPT_DIAGNOSIS_OFFLINE;
    case OPT_FAILURE_CLOSED:
    case OPT_FAILURE_DEADLINE:
      return evidence->step <= OPT_STEP_SECURE;
    case OPT_FAILURE_NONE:
    case OPT_FAILURE_REPLY:
    case OPT_FAILURE_MALFORMED:
    case OPT_FAILURE_TOO_LONG:
    case OPT_FAILURE_OTHER_PROTOCOL:
    case OPT_FAILURE_HTTP:
    case OPT_FAILURE_TLS_FIRST:
    case OPT_FAILURE_NO_STARTTLS:
    case OPT_FAILURE_INJECTED:
    case OPT_FAILURE_PREAUTH:
    case OPT_FAILURE_NO_SIGN_IN:
    case OPT_FAILURE_LOGIN_DISABLED:
    case OPT_FAILURE_CANCELLED:
    case OPT_FAILURE_SKIPPED:
      return FALSE;
    }

  g_assert_not_reached ();
}

static guint
find_furthest (OptProbe *self)
{
  guint furthest = 0;

  for (guint i = 1; i < self->tried->len; i++)
    {
      const OptEvidence *best = g_ptr_array_index (self->tried, furthest);
      const OptEvidence *other = g_ptr_array_index (self->tried, i);

      if (other->step > best->step)
        furthest = i;
    }

  return furthest;
}

static OptProbeState
get_final_state (OptProbe *self, const OptEvidence *last)
{
  if (last->failure == OPT_FAILURE_NONE)
    return OPT_PROBE_WORKS;
  if (last->failure != OPT_FAILURE_SKIPPED)
    return OPT_PROBE_FAILS;

  return self->look_only ? OPT_PROBE_SEEN : OPT_PROBE_SKIPPED;
}

static void
end (OptProbe *self, const OptEvidence *last)
{
  gboolean own_fault =
    last->failure == OPT_FAILURE_CANCELLED || last->failure == OPT_FAILURE_SKIPPED;

  self->ended_us = g_get_monotonic_time ();
  self->shown =
    last->failure == OPT_FAILURE_NONE || own_fault ? self->tried->len - 1 : find_furthest (self);
  self->diagnosis = opt_diagnose (g_ptr_array_index (self->tried, self->shown));
  self->state = get_final_state (self, last);
}

static void
end_with_last (OptProbe *self)
{
  end (self, g_ptr_array_index (self->tried, self->tried->len - 1));
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean
may_be_blocked (const OptServer *server)
{
  return opt_server_get_service (server) == OPT_SERVICE_SMTP &&
         opt_server_get_port (server) == LEGACY_PORT;
}

/* A port that is blocked stays silent until its time is up. Within the time for the whole that must
 * leave as much for each scout, and again for what the one that gets through has to say. */
static OptTimeouts
share_time (OptProbe *self)
{
  OptTimeouts timeouts = self->timeouts;

  timeouts.connect_ms =
    MIN (timeouts.connect_ms, timeouts.total_ms / (G_N_ELEMENTS (scout_securities) + 2));

  return timeouts;
}

static gboolean
is_worth_a_scout (OptProbe *self, const OptEvidence *evidence)
{
  return !self->stopped && self->n_scouts < G_N_ELEMENTS (scout_securities) &&
         may_be_blocked (evidence->server) &&
         opt_diagnose (evidence) == OPT_DIAGNOSIS_CONNECTION_FILTERED;
}

/* A scout goes no further than to where it could sign in. */
static void
on_scout_changed (OptAttempt *attempt, gpointer user_data)
{
  g_autoptr (OptProbe) self = g_object_ref (user_data);
  const OptEvidence *last = g_ptr_array_index (self->tried, self->tried->len - 1);

  switch (opt_attempt_get_state (attempt))
    {
    case OPT_ATTEMPT_RUNNING:
    case OPT_ATTEMPT_WAITS:
      break;
    case OPT_ATTEMPT_READY:
      self->alternative = opt_server_ref (opt_attempt_get_evidence (attempt)->server);
      self->stopped = TRUE;
      opt_attempt_stop (attempt, OPT_FAILURE_SKIPPED);
      break;
    case OPT_ATTEMPT_ENDED:
      if (is_worth_a_scout (self, last))
        begin_scout (self);
      else
        end_with_last (self);
      break;
    }
}

static void
begin_scout (OptProbe *self)
{
  const OptEvidence *last = g_ptr_array_index (self->tried, self->tried->len - 1);
  OptSecurity security = scout_securities[self->n_scouts++];
  OptTimeouts timeouts = share_time (self);
  g_autoptr (OptServer) server =
    opt_server_new (OPT_SERVICE_SMTP,
                    opt_server_get_host (last->server),
                    opt_server_get_usual_port (OPT_SERVICE_SMTP, security),
                    security,
                    opt_server_get_user (last->server),
                    NULL);

  g_clear_pointer (&self->attempt, opt_attempt_free);
  self->attempt = opt_attempt_new (server,
                                   self->address,
                                   NULL,
                                   self->group,
                                   self->network,
                                   &timeouts,
                                   on_scout_changed,
                                   self);
  opt_attempt_start (self->attempt);
}

static void
on_attempt_changed (OptAttempt *attempt, gpointer user_data)
{
  g_autoptr (OptProbe) self = g_object_ref (user_data);
  const OptEvidence *evidence = opt_attempt_get_evidence (attempt);

  switch (opt_attempt_get_state (attempt))
    {
    case OPT_ATTEMPT_RUNNING:
    case OPT_ATTEMPT_WAITS:
      self->state = OPT_PROBE_RUNNING;
      break;
    case OPT_ATTEMPT_READY:
      if (self->look_only)
        {
          /* Comes back here with the attempt ended; nobody ever sees this probe ready. */
          opt_attempt_stop (attempt, OPT_FAILURE_SKIPPED);
          return;
        }
      self->state = OPT_PROBE_READY;
      break;
    case OPT_ATTEMPT_ENDED:
      if (!self->stopped && is_worth_another_server (evidence) &&
          self->tried->len < self->servers->len)
        {
          begin_attempt (self);
          return;
        }
      if (is_worth_a_scout (self, evidence))
        {
          begin_scout (self);
          return;
        }
      end (self, evidence);
      break;
    }

  g_signal_emit (self, signals[CHANGED], 0);
}

static void
begin_attempt (OptProbe *self)
{
  OptServer *server = g_ptr_array_index (self->servers, self->tried->len);
  OptTimeouts timeouts = may_be_blocked (server) ? share_time (self) : self->timeouts;

  g_clear_pointer (&self->attempt, opt_attempt_free);
  self->attempt = opt_attempt_new (server,
                                   self->address,
                                   NULL,
                                   self->group,
                                   self->network,
                                   &timeouts,
                                   on_attempt_changed,
                                   self);
  self->shown = self->tried->len;
  g_ptr_array_add (self->tried, opt_evidence_ref (opt_attempt_get_evidence (self->attempt)));
  g_ptr_array_add (self->transcripts,
                   opt_transcript_ref (opt_attempt_get_transcript (self->attempt)));

  g_signal_emit (self, signals[CHANGED], 0);
  opt_attempt_start (self->attempt);
}

OptProbe *
opt_probe_new (GPtrArray *servers,
               OptAddress *address,
               OptTransportGroup *group,
               OptNetwork *network,
               const OptTimeouts *timeouts)
{
  OptProbe *self;

  g_return_val_if_fail (servers != NULL && servers->len > 0, NULL);
  g_return_val_if_fail (address != NULL && group != NULL && timeouts != NULL, NULL);

  self = g_object_new (OPT_TYPE_PROBE, NULL);
  self->servers = g_ptr_array_ref (servers);
  self->address = opt_address_ref (address);
  self->group = opt_transport_group_ref (group);
  self->network = network != NULL ? opt_network_ref (network) : NULL;
  self->timeouts = *timeouts;

  return self;
}

void
opt_probe_look_only (OptProbe *self)
{
  g_return_if_fail (OPT_IS_PROBE (self) && self->attempt == NULL);

  self->look_only = TRUE;
}

void
opt_probe_start (OptProbe *self)
{
  g_return_if_fail (OPT_IS_PROBE (self) && self->attempt == NULL);

  self->started_us = g_get_monotonic_time ();
  begin_attempt (self);
}

void
opt_probe_sign_in (OptProbe *self, OptSecret *secret)
{
  g_return_if_fail (OPT_IS_PROBE (self) && self->state == OPT_PROBE_READY && secret != NULL);

  opt_attempt_sign_in (self->attempt, secret);
}

void
opt_probe_stop (OptProbe *self, OptFailure reason)
{
  g_return_if_fail (OPT_IS_PROBE (self) && self->attempt != NULL);

  if (opt_probe_has_ended (self))
    return;

  self->stopped = TRUE;
  opt_attempt_stop (self->attempt, reason);
}

OptService
opt_probe_get_service (OptProbe *self)
{
  g_return_val_if_fail (OPT_IS_PROBE (self), OPT_SERVICE_IMAP);

  return opt_server_get_service (g_ptr_array_index (self->servers, 0));
}

OptProbeState
opt_probe_get_state (OptProbe *self)
{
  g_return_val_if_fail (OPT_IS_PROBE (self), OPT_PROBE_FAILS);

  return self->state;
}

gboolean
opt_probe_has_ended (OptProbe *self)
{
  g_return_val_if_fail (OPT_IS_PROBE (self), TRUE);

  return self->state >= OPT_PROBE_WORKS;
}

const OptEvidence *
opt_probe_get_evidence (OptProbe *self)
{
  g_return_val_if_fail (OPT_IS_PROBE (self) && self->tried->len > 0, NULL);

  return g_ptr_array_index (self->tried, self->shown);
}

OptDiagnosis
opt_probe_get_diagnosis (OptProbe *self)
{
  g_return_val_if_fail (OPT_IS_PROBE (self), OPT_DIAGNOSIS_WORKS);

  return self->diagnosis;
}

void
opt_probe_correct_diagnosis (OptProbe *self, OptDiagnosis diagnosis)
{
  g_return_if_fail (OPT_IS_PROBE (self) && opt_probe_has_ended (self));

  if (self->diagnosis == diagnosis)
    return;

  self->diagnosis = diagnosis;
  g_signal_emit (self, signals[CHANGED], 0);
}

GPtrArray *
opt_probe_get_tried (OptProbe *self)
{
  g_return_val_if_fail (OPT_IS_PROBE (self), NULL);

  return self->tried;
}

GPtrArray *
opt_probe_get_transcripts (OptProbe *self)
{
  g_return_val_if_fail (OPT_IS_PROBE (self), NULL);

  return self->transcripts;
}

OptServer *
opt_probe_get_alternative (OptProbe *self)
{
  g_return_val_if_fail (OPT_IS_PROBE (self), NULL);

  return self->alternative;
}

gint64
opt_probe_get_elapsed_us (OptProbe *self)
{
  g_return_val_if_fail (OPT_IS_PROBE (self), 0);

  if (self->started_us == 0)
    return 0;

  return (self->ended_us != 0 ? self->ended_us : g_get_monotonic_time ()) - self->started_us;
}
