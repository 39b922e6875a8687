/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "net-attack.h"

#include <string.h>

void
net_attack_add (
  const char *path, guint services, guint securities, gconstpointer row, GTestDataFunc test)
{
  for (guint service = 0; service < OPT_N_SERVICES; service++)
    for (guint security = OPT_SECURITY_TLS; security <= OPT_SECURITY_STARTTLS; security++)
      {
        g_autofree char *whole = g_strdup_printf ("/net/attacks/%s/%s/%s",
                                                  path,
                                                  opt_service_to_string (service),
                                                  opt_security_to_string (security));
        NetAttack *attack;

        if (!(services & 1u << service) || !(securities & 1u << security))
          continue;

        attack = g_new (NetAttack, 1);
        *attack = (NetAttack){ row, service, security };
        g_test_add_data_func_full (whole, attack, test, g_free);
      }
}

void
net_attack_add_rules (OptPracticeServer *server, const OptPracticeRule *rules, guint n_rules)
{
  for (guint i = 0; i < n_rules && rules[i].when != NULL; i++)
    opt_practice_server_add_rule (server, &rules[i]);
}

char *
net_attack_dup_commands (OptPracticeServer *server)
{
  g_auto (GStrv) commands = opt_practice_server_dup_commands (server);

  return g_strjoinv (" ", commands);
}

void
net_attack_print (const char *text)
{
  g_autofree char *escaped = g_strescape (text, NULL);

  g_test_message ("%s", escaped);
}

void
net_attack_assert_nothing_out (OptPracticeServer *server)
{
  static const char *const sign_ins[] = { "AUTH", "AUTHENTICATE", "LOGIN", "USER", "PASS", NULL };
  g_autoptr (GBytes) received = opt_practice_server_dup_received (server);
  g_autoptr (GBytes) plain = opt_practice_server_dup_received_plain (server);
  g_autoptr (GBytes) secure = opt_practice_server_dup_received_secure (server);
  g_auto (GStrv) commands = opt_practice_server_dup_commands (server);

  g_assert_false (net_contains_password (received));
  g_assert_false (net_contains_password (plain));
  g_assert_false (net_contains_password (secure));
  for (guint i = 0; commands[i] != NULL; i++)
    g_assert_false (g_strv_contains (sign_ins, commands[i]));
}

gboolean
net_attack_has_password (const char *text)
{
  g_autoptr (GBytes) bytes = NULL;

  if (text == NULL)
    return FALSE;

  bytes = g_bytes_new_static (text, strlen (text));

  return net_contains_password (bytes);
}

OptAccount *
net_attack_create_account (const NetAttack *attack, const char *user)
{
  g_autoptr (OptAddress) address = opt_address_parse (NET_ADDRESS, NULL);
  g_autoptr (OptAccount) account = opt_account_new (NULL, address, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (OptServer) server =
    opt_server_new (attack->service,
                    NET_HOST,
                    opt_server_get_usual_port (attack->service, attack->security),
                    attack->security,
                    user,
                    &error);

  g_assert_no_error (error);

  return opt_account_with_server (account, server);
}

OptNetwork *
net_attack_create_network (const NetAttack *attack,
                           OptPracticeServer *server,
                           const char *trust_pem)
{
  OptNetwork *network = opt_network_new (trust_pem);
  g_autoptr (GError) error = NULL;

  opt_practice_server_start (server, &error);
  g_assert_no_error (error);
  opt_network_add_route (network,
                         NET_HOST,
                         opt_server_get_usual_port (attack->service, attack->security),
                         opt_practice_server_get_port (server));

  return network;
}

OptCheck *
net_attack_run (OptAccount *account, OptNetwork *network)
{
  OptCheckOptions options = { .timeouts = OPT_TIMEOUTS_DEFAULT, .network = network };
  OptCheck *check = opt_check_new (account, &options);

  net_run_to_end (check, NET_PASSWORD, NULL);

  return check;
}
