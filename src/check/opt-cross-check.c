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
typedef const char *(*ValueFunc) (const OptEvidence *evidence);

/* A rule: @holds of the whole, then each finding with one of @from that @fits becomes @to. */
typedef struct
{
  gboolean (*holds) (const Whole *whole);
  gboolean (*fits) (const OptFinding *finding);
  OptDiagnosis from[5]; /* ends with OPT_DIAGNOSIS_WORKS */
  OptDiagnosis to;
} Rule;

/* How many tries at servers there were of which @func is true. */
static guint
count_tries (const Whole *whole, TryFunc func)
{
  guint n_tries = 0;

  for (guint i = 0; i < whole->n; i++)
    for (guint j = 0; j < whole->findings[i].tried->len; j++)
      if (func (whole, g_ptr_array_index (whole->findings[i].tried, j)))
        n_tries++;

  return n_tries;
}

/* How many different values @get finds in those tries. */
static guint
count_values (const Whole *whole, TryFunc func, ValueFunc get)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < whole->n; i++)
    for (guint j = 0; j < whole->findings[i].tried->len; j++)
      {
        const OptEvidence *evidence = g_ptr_array_index (whole->findings[i].tried, j);

        if (func (whole, evidence))
          g_hash_table_add (values, (char *) get (evidence));
      }

  return g_hash_table_size (values);
}

static const char *
get_host (const OptEvidence *evidence)
{
  return opt_server_get_host (evidence->server);
}

static const char *
get_fingerprint (const OptEvidence *evidence)
{
  return evidence->tls.certificate->sha256;
}

static gboolean
has_signed_in (const Whole *whole, const OptEvidence *evidence)
{
  return evidence->signed_in;
}

static gboolean
password_is_right (const Whole *whole)
{
  return count_tries (whole, has_signed_in) > 0;
}

static gboolean
shows_certificate (const Whole *whole, const OptEvidence *evidence)
{
  return evidence->tls.certificate != NULL;
}

/* A stranger's certificate says nothing by its dates. */
static gboolean
has_expired (const Whole *whole, const OptEvidence *evidence)
{
  return (evidence->tls.problems & (OPT_CERTIFICATE_EXPIRED | OPT_CERTIFICATE_UNTRUSTED)) ==
         OPT_CERTIFICATE_EXPIRED;
}

static gboolean
is_early (const Whole *whole, const OptEvidence *evidence)
{
  return (evidence->tls.problems & (OPT_CERTIFICATE_NOT_YET_VALID | OPT_CERTIFICATE_UNTRUSTED)) ==
         OPT_CERTIFICATE_NOT_YET_VALID;
}

/* A clock is wrong in one direction. One certificate, on however many ports, may as well have been
 * forgotten. */
static gboolean
all_are_out_of_date (const Whole *whole)
{
  guint n_certificates = count_tries (whole, shows_certificate);

  return count_values (whole, shows_certificate, get_fingerprint) >= 2 &&
         (count_tries (whole, has_expired) == n_certificates ||
          count_tries (whole, is_early) == n_certificates);
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

static gboolean
somebody_answered (const Whole *whole)
{
  return count_tries (whole, has_answered) > 0;
}

static gboolean
speaks_http (const OptEvidence *evidence)
{
  const OptTls *tls = &evidence->tls;

  return evidence->failure == OPT_FAILURE_HTTP ||
         (tls->n_first_bytes >= 4 && memcmp (tls->first_bytes, "HTTP", 4) == 0);
}

/* A certificate that names none of the servers there are and that nobody vouches for, or a web
 * page. One that is vouched for belongs to somebody who has a name: a provider that moved its
 * servers, more likely than a network that stands in the way. */
static gboolean
is_foreign (const Whole *whole, const OptEvidence *evidence)
{
  const guint stranger = OPT_CERTIFICATE_WRONG_NAME | OPT_CERTIFICATE_UNTRUSTED;
  const OptTls *tls = &evidence->tls;

  if (speaks_http (evidence))
    return TRUE;

  return (tls->problems & stranger) == stranger && tls->certificate != NULL &&
         !names_any_host (whole, tls->certificate);
}

/* One host with a foreign certificate is set up badly; a network that stands before every host
 * shows its own for all of them. */
static gboolean
all_are_foreign (const Whole *whole)
{
  return count_values (whole, has_answered, get_host) >= 2 &&
         count_tries (whole, is_foreign) == count_tries (whole, has_answered);
}

/* Its certificate was right in every way. */
static gboolean
has_proved_itself (const Whole *whole, const OptEvidence *evidence)
{
  return evidence->step >= OPT_STEP_GREET;
}

static gboolean
somebody_proved_itself (const Whole *whole)
{
  return count_tries (whole, has_proved_itself) > 0;
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

/* What the system says of a portal counts for more than what can be concluded here. */
static gboolean
is_web_server (const OptFinding *finding)
{
  return speaks_http (finding->shown) && !finding->shown->network_portal;
}

static const Rule rules[] = {
  { password_is_right,
    any,
    { OPT_DIAGNOSIS_PASSWORD_REFUSED, OPT_DIAGNOSIS_ACCOUNT_LOCKED },
    OPT_DIAGNOSIS_SERVICE_DISABLED },
  { all_are_out_of_date,
    any,
    { OPT_DIAGNOSIS_CERTIFICATE_EXPIRED, OPT_DIAGNOSIS_CERTIFICATE_NOT_YET_VALID },
    OPT_DIAGNOSIS_CLOCK_WRONG },
  { all_are_foreign,
    any,
    { OPT_DIAGNOSIS_CERTIFICATE_WRONG_NAME, OPT_DIAGNOSIS_CERTIFICATE_UNTRUSTED },
    OPT_DIAGNOSIS_CAPTIVE_PORTAL },
  /* A network that stands in the way lets nobody through, so this is no page of its. */
  { somebody_proved_itself,
    is_web_server,
    { OPT_DIAGNOSIS_CAPTIVE_PORTAL },
    OPT_DIAGNOSIS_WRONG_PROTOCOL },
  /* There is no way to this one, but a way to others there is. */
  { somebody_answered, any, { OPT_DIAGNOSIS_OFFLINE }, OPT_DIAGNOSIS_CONNECTION_FILTERED },
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
