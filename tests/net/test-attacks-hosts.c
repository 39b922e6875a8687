/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who gets the password: only a server that proves the name it is asked for under, and only one
 * that the provider names. There is nothing to test about an "accept anyway": OptCheckOptions, the
 * only way to say how a check goes about it, has no member that could say so, nor has OptNetwork
 * one beyond the authorities that a world of its own trusts. */
#include "net-attack.h"

#include "opt-detect.h"
#include "opt-error.h"
#include "opt-practice-ca.h"

#define DAY_S (24 * 60 * 60)
#define NAMES(...) ((const char *const[]){ __VA_ARGS__, NULL })

/* Who vouches for a certificate. */
typedef enum
{
  BY_TRUSTED,
  BY_STRANGER, /* another authority of the very same name */
} IssuedBy;

typedef struct
{
  const char *name;
  const char *id; /* "works" for those that are good */
  OptPracticeIdentity identity;
  IssuedBy issued_by;
} BadCertificate;

/* clang-format off */
static const BadCertificate certificates[] = {
  { "good", "works", { NAMES (NET_HOST), -DAY_S, DAY_S } },
  { "good-wildcard", "works", { NAMES ("*.optonline.net"), -DAY_S, DAY_S } },
  { "good-beside-others", "works", { NAMES ("x.example", "127.0.0.1", NET_HOST), -DAY_S, DAY_S } },

  { "other-name", "certificate-wrong-name", { NAMES ("mail.example.com"), -DAY_S, DAY_S } },
  { "sibling", "certificate-wrong-name", { NAMES (NET_SIBLING), -DAY_S, DAY_S } },
  { "parent", "certificate-wrong-name", { NAMES ("optonline.net"), -DAY_S, DAY_S } },
  { "child", "certificate-wrong-name", { NAMES ("x.mail.optonline.net"), -DAY_S, DAY_S } },
  { "name-as-beginning", "certificate-wrong-name",
    { NAMES ("mail.optonline.net.example.com"), -DAY_S, DAY_S } },
  { "name-as-end", "certificate-wrong-name", { NAMES ("xmail.optonline.net"), -DAY_S, DAY_S } },
  { "wildcard-below", "certificate-wrong-name",
    { NAMES ("*.mail.optonline.net"), -DAY_S, DAY_S } },
  { "wildcard-above", "certificate-wrong-name", { NAMES ("*.net"), -DAY_S, DAY_S } },
  { "wildcard-of-all", "certificate-wrong-name", { NAMES ("*"), -DAY_S, DAY_S } },
  { "wildcard-two-levels", "certificate-wrong-name", { NAMES ("*.*.net"), -DAY_S, DAY_S } },
  { "wildcard-inside", "certificate-wrong-name", { NAMES ("mail.*.net"), -DAY_S, DAY_S } },
  { "wildcard-part", "certificate-wrong-name", { NAMES ("m*l.optonline.net"), -DAY_S, DAY_S } },
  { "address", "certificate-wrong-name", { NAMES ("127.0.0.1"), -DAY_S, DAY_S } },
  { "address-as-name", "certificate-wrong-name", { NAMES ("localhost"), -DAY_S, DAY_S } },
  /* RFC 9525 §2: what stands in the subject names no host. */
  { "common-name-only", "certificate-wrong-name",
    { NULL, -DAY_S, DAY_S, .common_name = NET_HOST } },
  { "common-name-beside-other", "certificate-wrong-name",
    { NAMES ("mail.example.com"), -DAY_S, DAY_S, .common_name = NET_HOST } },
  { "no-name", "certificate-wrong-name", { NULL, -DAY_S, DAY_S } },

  { "expired", "certificate-expired", { NAMES (NET_HOST), -2 * DAY_S, -DAY_S } },
  { "expired-just-now", "certificate-expired", { NAMES (NET_HOST), -DAY_S, -1 } },
  { "early", "certificate-not-yet-valid", { NAMES (NET_HOST), DAY_S, 2 * DAY_S } },
  { "self-signed", "certificate-untrusted", { NAMES (NET_HOST), -DAY_S, DAY_S, TRUE } },
  { "self-signed-with-our-name", "certificate-untrusted",
    { NAMES (NET_HOST), -DAY_S, DAY_S, TRUE, "OptSetup practice CA" } },
  { "stranger", "certificate-untrusted", { NAMES (NET_HOST), -DAY_S, DAY_S }, BY_STRANGER },
  { "stranger-for-all", "certificate-untrusted",
    { NAMES ("*.optonline.net"), -DAY_S, DAY_S }, BY_STRANGER },
};
/* clang-format on */

static OptPracticeCa *ca;
static OptPracticeCa *stranger;

static GTlsCertificate *
issue (const BadCertificate *row)
{
  g_autoptr (GError) error = NULL;
  GTlsCertificate *certificate =
    opt_practice_ca_issue (row->issued_by == BY_STRANGER ? stranger : ca, &row->identity, &error);

  g_assert_no_error (error);

  return certificate;
}

static void
test_certificate (gconstpointer data)
{
  const NetAttack *attack = data;
  const BadCertificate *row = attack->row;
  gboolean works = g_str_equal (row->id, "works");
  g_autoptr (GTlsCertificate) certificate = issue (row);
  g_autoptr (OptPracticeServer) server =
    opt_practice_server_new (attack->service, attack->security, certificate);
  g_autoptr (OptAccount) account = net_attack_create_account (attack, NET_ADDRESS);
  g_autoptr (OptNetwork) network = NULL;
  g_autoptr (OptCheck) check = NULL;
  OptProbe *probe;

  opt_practice_server_set_account (server, NET_ADDRESS, NET_PASSWORD, 3, 100);
  network = net_attack_create_network (attack, server, opt_practice_ca_get_pem (ca));
  check = net_attack_run (account, network);

  probe = opt_check_get_probe (check, attack->service);
  g_assert_cmpstr (opt_diagnosis_to_string (opt_probe_get_diagnosis (probe)), ==, row->id);
  g_assert_cmpint (opt_probe_get_state (probe), ==, works ? OPT_PROBE_WORKS : OPT_PROBE_FAILS);
  g_assert_cmpuint (opt_practice_server_get_n_connections (server), ==, 1);
  if (!works)
    net_attack_assert_nothing_out (server);
}

/* No certificate that anybody gives out proves an address (RFC 8314 §3.2). */
static void
test_no_address (void)
{
  static const char *const addresses[] = { "127.0.0.1", "::1", "[::1]", "1.2.3.4", "" };

  for (guint i = 0; i < G_N_ELEMENTS (addresses); i++)
    for (guint service = 0; service < OPT_N_SERVICES; service++)
      {
        g_autoptr (GError) error = NULL;

        g_assert_null (
          opt_server_new (service, addresses[i], 993, OPT_SECURITY_TLS, NET_ADDRESS, &error));
        g_assert_error (error, OPT_ERROR, OPT_ERROR_SERVER_HOST);
      }
}

/* Hosts that a wizard might guess for somebody at optonline.net. None is the provider's. */
static const char *const guesses[] = {
  "optonline.net",
  "imap.optonline.net",
  "pop.optonline.net",
  "pop3.optonline.net",
  "smtp.optonline.net",
  "mx.optonline.net",
  "autoconfig.optonline.net",
  "autodiscover.optonline.net",
  "autodiscover.net",
  "mail.optonline.net.example.com",
};

typedef struct
{
  const char *name;
  NetIdentity identity;
  OptPracticeRule rule;
} Detour;

/* What makes a probe go on to the next server: every failure before there is TLS. */
static const Detour detours[] = {
  { "wrong-name", NET_IDENTITY_WRONG_NAME },
  { "expired", NET_IDENTITY_EXPIRED },
  { "untrusted", NET_IDENTITY_UNTRUSTED },
  { "reset", NET_IDENTITY_GOOD, { "TLS", .then = OPT_PRACTICE_THEN_RESET } },
};

/* With the whole neighborhood listening, only the two servers that the provider names are tried. */
static void
test_candidates (gconstpointer data)
{
  const NetAttack *attack = data;
  const Detour *detour = attack->row;
  NetRun run = { .services = 1u << attack->service, .security = attack->security, .n_hosts = 2 };
  g_autoptr (NetFixture) net = net_fixture_new ();
  OptPracticeServer *named[2], *others[G_N_ELEMENTS (guesses)];
  g_autoptr (OptCheck) check = NULL;
  GPtrArray *tried;

  for (guint i = 0; i < G_N_ELEMENTS (guesses); i++)
    others[i] = net_fixture_add_server (net,
                                        guesses[i],
                                        attack->service,
                                        attack->security,
                                        NET_IDENTITY_GOOD);
  for (guint i = 0; i < 2; i++)
    {
      named[i] = net_fixture_add_server (net,
                                         i == 0 ? NET_HOST : NET_SIBLING,
                                         attack->service,
                                         attack->security,
                                         detour->identity);
      net_attack_add_rules (named[i], &detour->rule, 1);
    }
  check = net_fixture_run (net, &run);

  g_assert_cmpint (opt_check_get_verdict (check), ==, OPT_VERDICT_FAILS);
  tried = opt_probe_get_tried (opt_check_get_probe (check, attack->service));
  g_assert_cmpuint (tried->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    net_attack_assert_nothing_out (named[i]);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpuint (opt_practice_server_get_n_connections (others[i]), ==, 0);
}

/* A resolver that says who takes a domain's mail, and knows of no host. */
#define TEST_TYPE_RESOLVER (test_resolver_get_type ())
G_DECLARE_FINAL_TYPE (TestResolver, test_resolver, TEST, RESOLVER, GResolver)

struct _TestResolver
{
  GResolver parent_instance;

  const char *exchanger; /* NULL: there is no such domain */
  guint n_hosts_asked;
};

G_DEFINE_FINAL_TYPE (TestResolver, test_resolver, G_TYPE_RESOLVER)

static void
free_records (gpointer records)
{
  g_list_free_full (records, (GDestroyNotify) g_variant_unref);
}

static void
test_resolver_lookup_records_async (GResolver *base,
                                    const char *name,
                                    GResolverRecordType type,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  TestResolver *self = TEST_RESOLVER (base);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_assert_cmpint (type, ==, G_RESOLVER_RECORD_MX);
  if (self->exchanger == NULL)
    g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no %s", name);
  else
    g_task_return_pointer (task,
                           g_list_append (NULL,
                                          g_variant_ref_sink (
                                            g_variant_new ("(qs)", 10, self->exchanger))),
                           free_records);
}

static void
test_resolver_lookup_by_name_async (GResolver *base,
                                    const char *host,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (base, cancellable, callback, user_data);

  TEST_RESOLVER (base)->n_hosts_asked++;
  g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no %s", host);
}

static GList *
test_resolver_finish (GResolver *base, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
test_resolver_class_init (TestResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_records_async = test_resolver_lookup_records_async;
  resolver_class->lookup_records_finish = test_resolver_finish;
  resolver_class->lookup_by_name_async = test_resolver_lookup_by_name_async;
  resolver_class->lookup_by_name_finish = test_resolver_finish;
}

static void
test_resolver_init (TestResolver *self)
{
}

typedef struct
{
  const char *name, *address, *exchanger;
} Stranger;

/* Whatever stands before it and a dot is a mail exchanger of the provider's. */
#define EXCHANGER "altice.prod.cloud.synchronoss.net"

static const Stranger strangers[] = {
  { "no-domain", "jane@nowhere.example", NULL },
  { "own-server", "jane@stranger.example", "mail.stranger.example" },
  { "name-as-beginning", "jane@stranger.example", EXCHANGER ".stranger.example" },
  { "name-as-end", "jane@stranger.example", "mx.not" EXCHANGER },
  { "line-end", "jane@stranger.example", "mx." EXCHANGER "\r\nx.example" },
  { "one-label", "jane@localhost", "mx." EXCHANGER },
  { "typo", "jane@optonlin.net", "mx.stranger.example" },
  { "lookalike", "jane@optonline.net.stranger.example", NULL },
};

static void
detect_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(OptDetection **) user_data = opt_detect_finish (result, NULL);
}

/* An address of nobody we know has no servers, so a check of it reaches nobody. */
static void
test_stranger (gconstpointer data)
{
  const Stranger *row = data;
  g_autoptr (TestResolver) resolver = g_object_new (TEST_TYPE_RESOLVER, NULL);
  g_autoptr (GResolver) before = g_resolver_get_default ();
  g_autoptr (OptProviders) providers = opt_providers_load ();
  g_autoptr (OptAddress) address = opt_address_parse (row->address, NULL);
  g_autoptr (OptDetection) detection = NULL;
  g_autoptr (OptAccount) account = NULL;
  g_autoptr (OptCheck) check = NULL;

  resolver->exchanger = row->exchanger;
  g_resolver_set_default (G_RESOLVER (resolver));
  opt_detect_async (providers, address, NULL, detect_done, &detection);
  while (detection == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_assert_null (opt_detection_get_provider (detection));
  account = opt_account_new (NULL, address, opt_detection_get_provider (detection));
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    g_assert_cmpuint (opt_account_get_servers (account, i)->len, ==, 0);

  check = net_attack_run (account, NULL);
  g_assert_cmpint (opt_check_get_verdict (check), !=, OPT_VERDICT_WORKS);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    g_assert_null (opt_check_get_probe (check, i));
  g_assert_cmpuint (resolver->n_hosts_asked, ==, 0);
  g_resolver_set_default (before);
}

static void
add_strangers (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (strangers); i++)
    {
      g_autofree char *path =
        g_strconcat ("/net/attacks/4-own-hosts/stranger-", strangers[i].name, NULL);

      g_test_add_data_func (path, &strangers[i], test_stranger);
    }
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  ca = opt_practice_ca_new (NULL);
  stranger = opt_practice_ca_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (certificates); i++)
    {
      g_autofree char *path = g_strconcat ("3-certificates/", certificates[i].name, NULL);

      net_attack_add (path, NET_ALL, NET_BOTH, &certificates[i], test_certificate);
    }
  for (gsize i = 0; i < G_N_ELEMENTS (detours); i++)
    {
      g_autofree char *path = g_strconcat ("4-own-hosts/candidates-", detours[i].name, NULL);

      net_attack_add (path, NET_ALL, NET_BOTH, &detours[i], test_candidates);
    }
  g_test_add_func ("/net/attacks/3-certificates/no-address", test_no_address);
  add_strangers ();

  status = g_test_run ();
  g_object_unref (ca);
  g_object_unref (stranger);

  return status;
}
