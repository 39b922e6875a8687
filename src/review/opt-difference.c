/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Holds an account as some program has it against the account as its provider wants it, value by
 * value. It only compares; whether anything works, a test shows. */
#include "opt-difference-private.h"

static void
free_difference (gpointer data)
{
  OptDifference *self = data;

  g_free (self->now);
  g_free (self->wanted);
  g_free (self);
}

static OptDifference *
create_difference (OptDifferenceKind kind)
{
  OptDifference *self = g_new0 (OptDifference, 1);

  self->kind = kind;
  self->severity = opt_difference_table[kind].severity;

  return self;
}

static void
add_if (GPtrArray *differences, OptDifference *difference, gboolean differs)
{
  if (differs)
    g_ptr_array_add (differences, difference);
  else
    free_difference (difference);
}

/* Of the servers that the provider wants, the one that comes closest: a host of its own may have
 * several ports. */
static const OptServer *
find_closest (const OptPair *pair, GPtrArray *choices)
{
  OptSecurity beginning =
    pair->now->security == OPT_FOUND_SECURITY_TLS ? OPT_SECURITY_TLS : OPT_SECURITY_STARTTLS;
  const OptServer *closest = NULL;
  guint best = 0;

  for (guint i = 0; i < choices->len; i++)
    {
      const OptServer *choice = g_ptr_array_index (choices, i);
      gboolean host = g_str_equal (opt_server_get_host (choice), pair->host);
      gboolean security = opt_server_get_security (choice) == beginning;
      gboolean port = opt_server_get_port (choice) == pair->now->port;
      guint score = (host ? 4 : 0) + (security ? 2 : 0) + (port ? 1 : 0);

      if (closest == NULL || score > best)
        {
          closest = choice;
          best = score;
        }
    }

  return closest;
}

static void
compare_pair (GPtrArray *differences, const OptPair *pair)
{
  for (guint i = 0; i < OPT_N_DIFFERENCES; i++)
    {
      OptDifference *difference;

      if (opt_difference_table[i].pair_rule == NULL ||
          (pair->wanted == NULL && !opt_difference_table[i].for_everybody))
        continue;

      difference = create_difference (i);
      difference->has_service = TRUE;
      difference->service = pair->service;
      add_if (differences, difference, opt_difference_table[i].pair_rule (pair, difference));
    }
}

static void
compare_servers (GPtrArray *differences,
                 const OptFound *found,
                 const OptAccount *wanted,
                 OptService service)
{
  OptPair pair = { service, found->servers[service] };
  GPtrArray *choices = wanted != NULL ? opt_account_get_servers (wanted, service) : NULL;
  g_autofree char *bare_host = NULL;
  g_autofree char *host = NULL;
  g_autofree char *user = NULL;

  if (pair.now == NULL || pair.now->host == NULL)
    return;

  bare_host = g_strstrip (g_strdup (pair.now->host));
  host = opt_host_fold (bare_host);
  user = pair.now->user != NULL ? g_strstrip (g_strdup (pair.now->user)) : NULL;
  pair.host = host;
  pair.user = user;
  if (choices != NULL && choices->len > 0)
    {
      pair.host_kind = opt_host_find_kind (host, wanted, service);
      pair.wanted = find_closest (&pair, choices);
      pair.first = g_ptr_array_index (choices, 0);
    }
  compare_pair (differences, &pair);
}

static void
compare_accounts (GPtrArray *differences, const OptFound *found, const OptAccount *wanted)
{
  for (guint i = 0; i < OPT_N_DIFFERENCES; i++)
    {
      OptDifference *difference;

      if (opt_difference_table[i].account_rule == NULL)
        continue;

      difference = create_difference (i);
      add_if (differences,
              difference,
              opt_difference_table[i].account_rule (found, wanted, difference));
    }
}

/* The worst first, then by service, what is about none of them last; then by kind. */
static int
compare_differences (gconstpointer a, gconstpointer b)
{
  const OptDifference *first = *(const OptDifference *const *) a;
  const OptDifference *second = *(const OptDifference *const *) b;
  int service_of_first = first->has_service ? (int) first->service : OPT_N_SERVICES;
  int service_of_second = second->has_service ? (int) second->service : OPT_N_SERVICES;

  if (first->severity != second->severity)
    return (int) second->severity - (int) first->severity;
  if (service_of_first != service_of_second)
    return service_of_first - service_of_second;

  return (int) first->kind - (int) second->kind;
}

void
opt_differences_sort (GPtrArray *differences)
{
  g_return_if_fail (differences != NULL);

  g_ptr_array_sort (differences, compare_differences);
}

GPtrArray *
opt_differences_find (const OptFound *found, const OptAccount *wanted)
{
  GPtrArray *differences;

  g_return_val_if_fail (found != NULL, NULL);

  differences = g_ptr_array_new_with_free_func (free_difference);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    compare_servers (differences, found, wanted, i);
  if (wanted != NULL)
    compare_accounts (differences, found, wanted);
  opt_differences_sort (differences);

  return differences;
}

gboolean
opt_differences_get_severity (GPtrArray *differences, OptSeverity *severity)
{
  g_return_val_if_fail (differences != NULL && severity != NULL, FALSE);

  if (differences->len == 0)
    return FALSE;

  *severity = ((const OptDifference *) g_ptr_array_index (differences, 0))->severity;

  return TRUE;
}

const char *
opt_difference_kind_to_string (OptDifferenceKind kind)
{
  g_return_val_if_fail (kind < OPT_N_DIFFERENCES, NULL);

  return opt_difference_table[kind].id;
}
