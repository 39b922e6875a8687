/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done about one server's failure. The table of advice says what helps in general; here
 * it is fitted to the account: which other port or host there is, and whether anything works that
 * one could go on with. */
#include "opt-remedy.h"

OptRemedy *
opt_remedy_new (OptCheck *check, OptService service)
{
  OptProbe *probe = opt_check_get_probe (check, service);
  OptDiagnosis diagnosis;
  OptRemedy *self;

  g_return_val_if_fail (OPT_IS_CHECK (check) && probe != NULL, NULL);

  diagnosis = opt_probe_get_diagnosis (probe);
  self = g_new0 (OptRemedy, 1);
  self->action = opt_advice_get_action (diagnosis);
  self->wait_s = opt_advice_get_wait_s (diagnosis);

  return self;
}

void
opt_remedy_free (OptRemedy *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->server, opt_server_unref);
  g_free (self);
}

char *
opt_remedy_create_server_label (const OptRemedy *self, const OptServer *instead_of)
{
  g_return_val_if_fail (self != NULL && self->server != NULL && instead_of != NULL, NULL);

  return opt_server_to_string (self->server);
}
