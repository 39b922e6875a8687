/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "net-world.h"

void
net_world_set_up (NetWorld *self, OptSecurity security)
{
  self->net = net_fixture_new ();
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    self->servers[i] = net_fixture_add_server (self->net, NET_HOST, i, security, NET_IDENTITY_GOOD);
}

void
net_world_tear_down (NetWorld *self)
{
  net_fixture_free (self->net);
}

guint
net_world_count_sign_ins (NetWorld *self, gboolean accepted)
{
  guint n = 0;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    n += opt_practice_server_get_n_sign_ins (self->servers[i], accepted);

  return n;
}

OptProbeState
net_get_state (OptCheck *check, OptService service)
{
  return opt_probe_get_state (opt_check_get_probe (check, service));
}

const char *
net_get_id (OptCheck *check, OptService service)
{
  return opt_diagnosis_to_string (opt_probe_get_diagnosis (opt_check_get_probe (check, service)));
}

void
net_world_silence_sign_ins (NetWorld *self)
{
  const OptPracticeRule silent = { "SIGN-IN", .then = OPT_PRACTICE_THEN_SILENCE };

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    opt_practice_server_add_rule (self->servers[i], &silent);
}

void
net_world_assert_gate_held (NetWorld *self)
{
  guint n_sent = 0;

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_autoptr (GBytes) received = NULL;

      opt_practice_server_stop (self->servers[i]);
      received = opt_practice_server_dup_received (self->servers[i]);
      if (net_contains_password (received))
        n_sent++;
    }
  g_assert_cmpuint (n_sent, ==, 1);
}
