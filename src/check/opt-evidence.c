/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-evidence.h"

static const char *const step_names[OPT_N_STEPS] = {
  [OPT_STEP_RESOLVE] = "resolve", [OPT_STEP_CONNECT] = "connect", [OPT_STEP_SECURE] = "secure",
  [OPT_STEP_GREET] = "greet",     [OPT_STEP_SIGN_IN] = "sign-in", [OPT_STEP_VERIFY] = "verify",
};

const char *
opt_step_to_string (OptStep step)
{
  g_return_val_if_fail (step < OPT_N_STEPS, NULL);

  return step_names[step];
}

void
opt_certificate_free (OptCertificate *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->subject);
  g_free (self->issuer);
  g_strfreev (self->names);
  g_free (self->sha256);
  g_free (self);
}

OptEvidence *
opt_evidence_new (OptServer *server)
{
  OptEvidence *self;

  g_return_val_if_fail (server != NULL, NULL);

  self = g_rc_box_new0 (OptEvidence);
  self->server = opt_server_ref (server);
  for (guint i = 0; i < OPT_N_STEPS; i++)
    self->step_us[i] = -1;
  self->network_available = TRUE;
  self->connect_error = -1;
  self->tls.alert = -1;
  self->n_messages = -1;
  self->n_bytes = -1;
  self->max_message_bytes = -1;

  return self;
}

static void
clear_evidence (gpointer data)
{
  OptEvidence *self = data;

  opt_server_unref (self->server);
  g_free (self->address_used);
  g_free (self->tls.version);
  g_free (self->tls.cipher);
  g_free (self->tls.why);
  g_clear_pointer (&self->tls.certificate, opt_certificate_free);
  g_clear_pointer (&self->reply, opt_reply_free);
}

OptEvidence *
opt_evidence_ref (OptEvidence *self)
{
  return g_rc_box_acquire (self);
}

void
opt_evidence_unref (OptEvidence *self)
{
  g_rc_box_release_full (self, clear_evidence);
}
