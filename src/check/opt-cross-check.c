/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What no single server can show. Several servers are never wrong in the same way by chance: when
 * all of them are, it is this computer or the network that it is in. Each rule asks something of
 * all findings, and if it holds gives another name to the diagnoses that it explains. */
#include "opt-cross-check.h"

#include <string.h>

#define LEGACY_PORT 25

typedef struct
{
  OptFinding *findings;
  guint n;
} Whole;

typedef gboolean (*TryFunc) (const Whole *whole, const OptEvidence *evidence);

/* A rule: @holds of the whole, then each finding with one of @from that @fits becomes @to. */
typedef struct
{
  gboolean (*holds) (const Whole *whole);
  gboolean (*fits) (const OptFinding *finding);
  OptDiagnosis from[5]; /* ends with OPT_DIAGNOSIS_WORKS */
  OptDiagnosis to;
} Rule;

/* How many tries at servers there were of which @func is true, and for how many services. */
static guint
count_tries (const Whole *whole, TryFunc func, guint *n_services)
{
  guint n_tries = 0;

  *n_services = 0;
  for (guint i = 0; i < whole->n; i++)
    {
      guint before = n_tries;

      for (guint j = 0; j < whole->findings[i].tried->len; j++)
        if (func (whole, g_ptr_array_index (whole->findings[i].tried, j)))
          n_tries++;
      if (n_tries > before)
        (*n_services)++;
    }

  return n_tries;
}

static gboolean
has_signed_in (const Whole *whole, const OptEvidence *evidence)
{
  return evidence->signed_in;
}

static gboolean
password_is_right (const Whole *whole)
{
  guint n_services;

  return count_tries (whole, has_signed_in, &n_services) > 0;
}

static gboolean
shows_certificate (const Whole *whole, const OptEvidence *evidence)
{
  return evidence->tls.certificate != NULL;
}

static gboolean
has_expired (const Whole *whole, const OptEvidence *evidence)
{
  return (evidence->tls.problems & OPT_CERTIFICATE_EXPIRED) != 0;
}

static gboolean
is_early (const Whole *whole, const OptEvidence *evidence)
{
  return (evidence->tls.problems & OPT_CERTIFICATE_NOT_YET_VALID) != 0;
}

/* A clock is wrong in one direction; one service alone could as well have an old certificate. */
static gboolean
all_are_out_of_date (const Whole *whole)
{
  guint n_services;
  guint n_certificates = count_tries (whole, shows_certificate, &n_services);
  guint n_expired;
  guint n_early;
  guint ignored;

  if (n_services < 2)
    return FALSE;

  n_expired = count_tries (whole, has_expired, &ignored);
  n_early = count_tries (whole, is_early, &ignored);

  return n_expired == n_certificates || n_early == n_certificates;
}

/* RFC 9525 §6.3: `*` stands for the leftmost label. */
static gboolean
names_host (const char *name, const char *host)
{
  const char *rest = strchr (host, '.');

  return g_ascii_strcasecmp (name, host) == 0 || (g_str_has_prefix (name, "*.") && rest != NULL &&
                                                  g_ascii_strcasecmp (name + 1, rest) == 0);
}

static gboolean
names_any_host (const Whole *whole, const OptCertificate *certificate)
{
  for (guint i = 0; i < whole->n; i++)
    for (guint j = 0; j < whole->findings[i].tried->len; j++)
      {
        const OptEvidence *evidence = g_ptr_array_index (whole->findings[i].tried, j);

        for (guint k = 0; certificate->names[k] != NULL; k++)
          if (names_host (certificate->names[k], opt_server_get_host (evidence->server)))
            return TRUE;
      }

  return FALSE;
}

static gboolean
has_answered (const Whole *whole, const OptEvidence *evidence)
{
  return evidence->step >= OPT_STEP_SECURE;
}

/* A certificate that names none of the servers there are, or a web page. One that names another of
 * them is a mistake of the provider's. */
static gboolean
is_foreign (const Whole *whole, const OptEvidence *evidence)
{
  const OptTls *tls = &evidence->tls;

  if (evidence->failure == OPT_FAILURE_HTTP)
    return TRUE;
  if (tls->n_first_bytes >= 4 && memcmp (tls->first_bytes, "HTTP", 4) == 0)
    return TRUE;

  return (tls->problems & OPT_CERTIFICATE_WRONG_NAME) != 0 && tls->certificate != NULL &&
         !names_any_host (whole, tls->certificate);
}

static guint
count_hosts (const Whole *whole)
{
  g_autoptr (GHashTable) hosts = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < whole->n; i++)
    for (guint j = 0; j < whole->findings[i].tried->len; j++)
      {
        const OptEvidence *evidence = g_ptr_array_index (whole->findings[i].tried, j);

        if (has_answered (whole, evidence))
          g_hash_table_add (hosts, (char *) opt_server_get_host (evidence->server));
      }

  return g_hash_table_size (hosts);
}

/* One host with a foreign certificate is set up badly; a network that stands before every host
 * shows its own for all of them. */
static gboolean
all_are_foreign (const Whole *whole)
{
  guint n_services;
  guint n_answered = count_tries (whole, has_answered, &n_services);

  return count_hosts (whole) >= 2 && count_tries (whole, is_foreign, &n_services) == n_answered;
}

static gboolean
always (const Whole *whole)
{
  return TRUE;
}

static gboolean
any (const OptFinding *finding)
{
  return TRUE;
}

static gboolean
is_blocked_at_25 (const OptFinding *finding)
{
  return opt_server_get_port (finding->shown->server) == LEGACY_PORT &&
         finding->alternative != NULL;
}

static const Rule rules[] = {
  { password_is_right, any, { OPT_DIAGNOSIS_PASSWORD_REFUSED }, OPT_DIAGNOSIS_SERVICE_DISABLED },
  { all_are_out_of_date,
    any,
    { OPT_DIAGNOSIS_CERTIFICATE_EXPIRED, OPT_DIAGNOSIS_CERTIFICATE_NOT_YET_VALID },
    OPT_DIAGNOSIS_CLOCK_WRONG },
  { all_are_foreign,
    any,
    { OPT_DIAGNOSIS_CERTIFICATE_WRONG_NAME, OPT_DIAGNOSIS_CERTIFICATE_UNTRUSTED },
    OPT_DIAGNOSIS_CAPTIVE_PORTAL },
  { always,
    is_blocked_at_25,
    { OPT_DIAGNOSIS_CONNECTION_FILTERED },
    OPT_DIAGNOSIS_PORT_25_BLOCKED },
};

static void
apply (const Rule *rule, OptFinding *finding)
{
  for (guint i = 0; rule->from[i] != OPT_DIAGNOSIS_WORKS; i++)
    if (finding->diagnosis == rule->from[i] && rule->fits (finding))
      {
        finding->diagnosis = rule->to;
        return;
      }
}

void
opt_cross_check (OptFinding *findings, guint n)
{
  const Whole whole = { findings, n };

  g_return_if_fail (findings != NULL || n == 0);

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    if (rules[i].holds (&whole))
      for (guint j = 0; j < n; j++)
        apply (&rules[i], &findings[j]);
}
