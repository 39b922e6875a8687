/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-watcher.h"

#include "opt-diagnose.h"

struct _OptWatcher
{
  OptServer *server;
  OptAddress *address;
  OptSecret *secret;
  OptSought *sought;
  OptTransportGroup *group;
  OptNetwork *network;
  OptTimeouts timeouts;
  OptWatcherFunc changed;
  gpointer user_data;

  OptWatcherState state;
  gboolean prepared; /* some connection has worked */
  gboolean fresh;    /* this one has not rested yet */
  OptAttempt *attempt;
  OptEvidence *problem;
  GPtrArray *transcripts;
};

/* Another try would only be another refused sign-in, and those can lock an account. */
static const OptDiagnosis final_diagnoses[] = {
  OPT_DIAGNOSIS_PASSWORD_REFUSED,
  OPT_DIAGNOSIS_SERVICE_DISABLED,
  OPT_DIAGNOSIS_ACCOUNT_LOCKED,
  OPT_DIAGNOSIS_AUTH_NOT_OFFERED,
};

OptWatcher *
opt_watcher_new (OptServer *server,
                 OptAddress *address,
                 OptSecret *secret,
                 OptSought *sought,
                 OptTransportGroup *group,
                 OptNetwork *network,
                 const OptTimeouts *timeouts,
                 OptWatcherFunc changed,
                 gpointer user_data)
{
  OptWatcher *self;

  g_return_val_if_fail (server != NULL && address != NULL && secret != NULL, NULL);
  g_return_val_if_fail (opt_server_get_service (server) != OPT_SERVICE_SMTP, NULL);
  g_return_val_if_fail (sought != NULL && group != NULL && timeouts != NULL, NULL);
  g_return_val_if_fail (changed != NULL, NULL);

  self = g_new0 (OptWatcher, 1);
  self->server = opt_server_ref (server);
  self->address = opt_address_ref (address);
  self->secret = opt_secret_ref (secret);
  self->sought = opt_sought_ref (sought);
  self->group = opt_transport_group_ref (group);
  self->network = network != NULL ? opt_network_ref (network) : NULL;
  self->timeouts = *timeouts;
  self->changed = changed;
  self->user_data = user_data;
  self->transcripts = g_ptr_array_new_with_free_func ((GDestroyNotify) opt_transcript_unref);

  return self;
}

void
opt_watcher_free (OptWatcher *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->attempt, opt_attempt_free);
  opt_server_unref (self->server);
  opt_address_unref (self->address);
  opt_secret_unref (self->secret);
  opt_sought_unref (self->sought);
  opt_transport_group_unref (self->group);
  g_clear_pointer (&self->network, opt_network_unref);
  g_clear_pointer (&self->problem, opt_evidence_unref);
  g_ptr_array_unref (self->transcripts);
  g_free (self);
}

static void
enter (OptWatcher *self, OptWatcherState state)
{
  self->state = state;
  self->changed (self, self->user_data);
}

static gboolean
is_final (const OptEvidence *evidence)
{
  OptDiagnosis diagnosis = opt_diagnose (evidence);

  for (guint i = 0; i < G_N_ELEMENTS (final_diagnoses); i++)
    if (final_diagnoses[i] == diagnosis)
      return TRUE;

  return FALSE;
}

static void
connection_ended (OptWatcher *self)
{
  g_autoptr (OptEvidence) evidence = opt_evidence_ref (opt_attempt_get_evidence (self->attempt));
  gboolean lost = evidence->failure != OPT_FAILURE_NONE;

  g_clear_pointer (&self->attempt, opt_attempt_free);
  g_clear_pointer (&self->problem, opt_evidence_unref);
  if (lost)
    self->problem = g_steal_pointer (&evidence);

  if (self->sought->header != NULL)
    enter (self, OPT_WATCHER_FOUND);
  else if (lost && (!self->prepared || is_final (self->problem)))
    enter (self, OPT_WATCHER_FAILED);
  else if (self->state != OPT_WATCHER_RESTS)
    {
      self->prepared = TRUE;
      enter (self, OPT_WATCHER_RESTS);
    }
}

/* The first rest of a new connection is not the end of a look. */
static void
connection_rests (OptWatcher *self)
{
  gboolean has_looked = !self->fresh;

  self->fresh = FALSE;
  self->prepared = TRUE;
  g_clear_pointer (&self->problem, opt_evidence_unref);
  if (self->state == OPT_WATCHER_LOOKS && !has_looked)
    opt_attempt_go_on (self->attempt);
  else
    enter (self, OPT_WATCHER_RESTS);
}

static void
on_attempt_changed (OptAttempt *attempt, gpointer user_data)
{
  OptWatcher *self = user_data;

  switch (opt_attempt_get_state (attempt))
    {
    case OPT_ATTEMPT_RUNNING:
      break;
    case OPT_ATTEMPT_READY:
      opt_attempt_sign_in (attempt, self->secret);
      break;
    case OPT_ATTEMPT_WAITS:
      connection_rests (self);
      break;
    case OPT_ATTEMPT_ENDED:
      connection_ended (self);
      break;
    }
}

static void
begin_connection (OptWatcher *self)
{
  g_autoptr (OptErrand) errand = NULL;

  errand = opt_server_get_service (self->server) == OPT_SERVICE_IMAP
             ? opt_errand_imap_new (self->sought)
             : opt_errand_pop3_new (self->sought, self->state == OPT_WATCHER_LOOKS);
  self->attempt = opt_attempt_new (self->server,
                                   self->address,
                                   errand,
                                   self->group,
                                   self->network,
                                   &self->timeouts,
                                   on_attempt_changed,
                                   self);
  self->fresh = TRUE;
  g_ptr_array_add (self->transcripts,
                   opt_transcript_ref (opt_attempt_get_transcript (self->attempt)));
  opt_attempt_start (self->attempt);
}

void
opt_watcher_prepare (OptWatcher *self)
{
  g_return_if_fail (self != NULL && self->attempt == NULL);

  begin_connection (self);
}

void
opt_watcher_prepare_nothing (OptWatcher *self)
{
  g_return_if_fail (self != NULL && self->attempt == NULL);

  self->state = OPT_WATCHER_RESTS;
}

void
opt_watcher_look (OptWatcher *self)
{
  g_return_if_fail (self != NULL && self->state == OPT_WATCHER_RESTS);

  self->state = OPT_WATCHER_LOOKS;
  if (self->attempt != NULL)
    opt_attempt_go_on (self->attempt);
  else
    begin_connection (self);
}

OptWatcherState
opt_watcher_get_state (const OptWatcher *self)
{
  g_return_val_if_fail (self != NULL, OPT_WATCHER_FAILED);

  return self->state;
}

const OptEvidence *
opt_watcher_get_problem (const OptWatcher *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->problem;
}

GPtrArray *
opt_watcher_get_transcripts (const OptWatcher *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->transcripts;
}
