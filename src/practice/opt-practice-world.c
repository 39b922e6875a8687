/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The servers behind --practice. What an example account meets is one row of a table: a
 * certificate, a host that is down, or a rule for each service. Host names stand here, against
 * the rule of the house, because these are no facts about a provider: they are what we play. */
#include "opt-practice-world.h"

#include "opt-practice-ca.h"
#include "opt-practice-server.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define DAY_S (24 * 60 * 60)
#define PASSWORD "practice"
#define SLOW_MS 2500
/* Long after the others are ready to sign in, also on a busy computer. */
#define LATE_MS 1500

/* What a message tells of its way. */
#define RECEIVED "Received: by mail.optonline.net; Sat, 1 Jan 2000 00:00:00 +0000\r\n"
/* Nobody promises that what stands there is a name, or no markup. */
#define RECEIVED_ODDLY "Received: by hold&<release>; Sat, 1 Jan 2000 00:00:00 +0000\r\n"

typedef enum
{
  CERTIFICATE_GOOD,
  CERTIFICATE_EXPIRED,
  CERTIFICATE_WRONG_NAME,
  CERTIFICATE_SELF_SIGNED,
  CERTIFICATE_STRANGER, /* self-signed, and for another name */
} Certificate;

#define N_CERTIFICATES 5

/* What an account meets; all zero for health. */
typedef struct
{
  Certificate certificates[OPT_N_SERVICES];
  const char *host_down;                 /* * for all */
  OptPracticeRule rules[OPT_N_SERVICES]; /* without a name for none */
  gboolean late[OPT_N_SERVICES];         /* greets when the others are ready */
  guint delivery_ms;                     /* how long a message is on its way */
  const char *received;                  /* what it tells of it, or NULL for what is usual */
} Situation;

/* The hosts that the product may turn to, and what they serve. */
static const struct
{
  const char *host;
  gboolean serves[OPT_N_SERVICES];
} hosts[] = {
  { "mail.optonline.net", { TRUE, TRUE, TRUE } },
  { "mail.optimum.net", { TRUE, TRUE, TRUE } },
  { "imap.suddenlink.net", { [OPT_SERVICE_IMAP] = TRUE } },
  { "pop.suddenlink.net", { [OPT_SERVICE_POP3] = TRUE } },
  { "smtp.suddenlink.net", { [OPT_SERVICE_SMTP] = TRUE } },
};

/* Who has an account here without being an example. */
static const char *const domains[] = { "optonline.net", "optimum.net", "suddenlink.net" };

/* IANA service names; for submission RFC 8314 §3.3 and RFC 6409 §3.1. */
static const struct
{
  guint16 port;
  OptService service;
  OptSecurity security;
} ports[] = {
  { 993, OPT_SERVICE_IMAP, OPT_SECURITY_TLS }, { 143, OPT_SERVICE_IMAP, OPT_SECURITY_STARTTLS },
  { 995, OPT_SERVICE_POP3, OPT_SECURITY_TLS }, { 110, OPT_SERVICE_POP3, OPT_SECURITY_STARTTLS },
  { 465, OPT_SERVICE_SMTP, OPT_SECURITY_TLS }, { 587, OPT_SERVICE_SMTP, OPT_SECURITY_STARTTLS },
};

/* The example accounts; situations[] has a row for each. */
static const OptPracticeAccount accounts[] = {
  { "works", N_ ("Everything works"), "works@optonline.net", PASSWORD },
  { "works", N_ ("Everything works"), "works@optimum.net", PASSWORD },
  { "works", N_ ("Everything works"), "works@suddenlink.net", PASSWORD },
  { "wrong-password",
    N_ ("The password is mistyped"),
    "wrong-password@optonline.net",
    "wrong password" },
  { "access-off",
    N_ ("Reading mail with a mail program is switched off"),
    "access-off@optimum.net",
    PASSWORD },
  { "locked", N_ ("The account is locked"), "locked@optonline.net", PASSWORD },
  { "busy", N_ ("The servers are too busy for now"), "busy@optonline.net", PASSWORD },
  { "sending-blocked",
    N_ ("Receiving works, sending is refused"),
    "sending-blocked@optonline.net",
    PASSWORD },
  { "mailbox-full", N_ ("The mailbox is full"), "mailbox-full@optimum.net", PASSWORD },
  { "old-certificate",
    N_ ("The certificate of the server for sending has expired"),
    "old-certificate@optonline.net",
    PASSWORD },
  { "wrong-clock", N_ ("This computer’s clock is wrong"), "wrong-clock@optonline.net", PASSWORD },
  { "wrong-name",
    N_ ("The certificate of the server for sending is for another name"),
    "wrong-name@optonline.net",
    PASSWORD },
  { "portal", N_ ("A hotel’s sign-in page is in the way"), "portal@optonline.net", PASSWORD },
  { "unknown-certificate",
    N_ ("Nobody vouches for the servers’ certificates"),
    "unknown-certificate@optonline.net",
    PASSWORD },
  { "moved", N_ ("The usual server is down, another one works"), "moved@optonline.net", PASSWORD },
  { "server-down", N_ ("All servers are down"), "server-down@optonline.net", PASSWORD },
  { "slow", N_ ("The servers are slow"), "slow@optonline.net", PASSWORD },
  { "scanner", N_ ("A filter refuses the test message"), "scanner@optonline.net", PASSWORD },
  { "on-its-way", N_ ("The test message takes long"), "on-its-way@optonline.net", PASSWORD },
};

/* What is wrong with all servers' certificates is wrong with something else. */
#define EVERYWHERE(certificate)                                                                    \
  {                                                                                                \
    certificate, certificate, certificate                                                          \
  }
#define IMAP_NO(words)                                                                             \
  {                                                                                                \
    .when = "SIGN-IN", .reply = "%t NO " words "\r\n"                                              \
  }
#define POP3_NO(words)                                                                             \
  {                                                                                                \
    .when = "SIGN-IN", .reply = "-ERR " words "\r\n"                                               \
  }
#define SMTP_NO(verb, words)                                                                       \
  {                                                                                                \
    .when = verb, .reply = words "\r\n"                                                            \
  }

/* By id, because several accounts may share one. */
static const struct
{
  const char *id;
  Situation situation;
} situations[] = {
  { "works" },
  { "wrong-password" },
  { "access-off",
    { .rules = { [OPT_SERVICE_IMAP] = IMAP_NO ("[AUTHENTICATIONFAILED] Authentication failed"),
                 [OPT_SERVICE_POP3] = POP3_NO ("[AUTH] Authentication failed") },
      /* One sign-in goes first, and a refusal ends the check: here it shall be the good one. */
      .late = { [OPT_SERVICE_IMAP] = TRUE, [OPT_SERVICE_POP3] = TRUE } } },
  { "locked",
    { .rules = { [OPT_SERVICE_IMAP] = IMAP_NO ("[CONTACTADMIN] Account locked"),
                 [OPT_SERVICE_POP3] = POP3_NO ("[SYS/PERM] Account locked"),
                 [OPT_SERVICE_SMTP] = SMTP_NO ("SIGN-IN", "535 5.7.13 Account locked") } } },
  { "busy",
    { .rules = { [OPT_SERVICE_IMAP] = IMAP_NO ("[UNAVAILABLE] Try again later"),
                 [OPT_SERVICE_POP3] = POP3_NO ("[SYS/TEMP] Try again later"),
                 [OPT_SERVICE_SMTP] = SMTP_NO ("SIGN-IN", "454 4.7.0 Try again later") } } },
  { "sending-blocked",
    { .rules = { [OPT_SERVICE_SMTP] = SMTP_NO ("MAIL", "550 5.7.1 Sender refused") } } },
  { "mailbox-full",
    { .rules = { [OPT_SERVICE_SMTP] = SMTP_NO ("RCPT", "552 5.2.2 Mailbox full") } } },
  { "old-certificate", { .certificates = { [OPT_SERVICE_SMTP] = CERTIFICATE_EXPIRED } } },
  { "wrong-clock", { .certificates = EVERYWHERE (CERTIFICATE_EXPIRED) } },
  { "wrong-name", { .certificates = { [OPT_SERVICE_SMTP] = CERTIFICATE_WRONG_NAME } } },
  { "portal", { .certificates = EVERYWHERE (CERTIFICATE_STRANGER) } },
  { "unknown-certificate", { .certificates = EVERYWHERE (CERTIFICATE_SELF_SIGNED) } },
  { "moved", { .host_down = "mail.optonline.net" } },
  { "server-down", { .host_down = "*" } },
  { "slow",
    { .rules = { [OPT_SERVICE_IMAP] = { .when = "*", .delay_ms = SLOW_MS },
                 [OPT_SERVICE_POP3] = { .when = "*", .delay_ms = SLOW_MS },
                 [OPT_SERVICE_SMTP] = { .when = "*", .delay_ms = SLOW_MS } } } },
  { "scanner",
    { .rules = { [OPT_SERVICE_SMTP] = SMTP_NO ("MESSAGE", "550 5.7.1 Spam detected") } } },
  { "on-its-way", { .delivery_ms = 30000, .received = RECEIVED_ODDLY } },
};

struct _OptPracticeWorld
{
  GObject parent_instance;

  OptPracticeCa *ca;
  /* Made when first needed; each service has its own. */
  GTlsCertificate *certificates[N_CERTIFICATES][OPT_N_SERVICES];
  GHashTable *servers; /* "address port" -> OptPracticeServer */
  GHashTable *stores;  /* address -> OptPracticeStore */
  GSocket *down;       /* has a port, and listens to nobody */
};

G_DEFINE_FINAL_TYPE (OptPracticeWorld, opt_practice_world, G_TYPE_OBJECT)

/* The row of situations[] for the account, or -1 when it has no servers. */
static int
find_situation (const char *address)
{
  const char *at = strrchr (address, '@');
  const char *id = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (domains); i++)
    if (at != NULL && g_ascii_strcasecmp (at + 1, domains[i]) == 0)
      id = "works";
  for (guint i = 0; i < G_N_ELEMENTS (accounts); i++)
    if (g_ascii_strcasecmp (address, accounts[i].address) == 0)
      id = accounts[i].id;

  for (guint i = 0; i < G_N_ELEMENTS (situations); i++)
    if (g_strcmp0 (id, situations[i].id) == 0)
      return i;

  return -1;
}

/* The row of ports[], or -1 when @host does not serve @port. */
static int
find_port (const char *host, guint16 port)
{
  for (guint i = 0; i < G_N_ELEMENTS (ports); i++)
    for (guint j = 0; j < G_N_ELEMENTS (hosts); j++)
      if (ports[i].port == port && hosts[j].serves[ports[i].service] &&
          g_ascii_strcasecmp (host, hosts[j].host) == 0)
        return i;

  return -1;
}

static gboolean
is_host (const char *host)
{
  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    if (g_ascii_strcasecmp (host, hosts[i].host) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
is_down (const Situation *situation, const char *host)
{
  if (situation->host_down == NULL)
    return FALSE;

  return g_str_equal (situation->host_down, "*") ||
         g_ascii_strcasecmp (situation->host_down, host) == 0;
}

static GTlsCertificate *
issue (OptPracticeWorld *self, Certificate certificate, GError **error)
{
  static const char *const wrong_name[] = { "mail.example.com", NULL };
  const char *names[G_N_ELEMENTS (hosts) + 1] = { NULL };
  OptPracticeIdentity identity = { names, -DAY_S, 90 * DAY_S, FALSE };

  for (guint i = 0; i < G_N_ELEMENTS (hosts); i++)
    names[i] = hosts[i].host;

  switch (certificate)
    {
    case CERTIFICATE_GOOD:
      break;
    case CERTIFICATE_EXPIRED:
      identity.not_before_s = -120 * DAY_S;
      identity.not_after_s = -30 * DAY_S;
      break;
    case CERTIFICATE_WRONG_NAME:
      identity.hosts = wrong_name;
      break;
    case CERTIFICATE_SELF_SIGNED:
      identity.self_signed = TRUE;
      break;
    case CERTIFICATE_STRANGER:
      identity.hosts = wrong_name;
      identity.self_signed = TRUE;
      break;
    }

  return opt_practice_ca_issue (self->ca, &identity, error);
}

/* What is sent to an address is found there, whichever server is asked. */
static OptPracticeStore *
get_store (OptPracticeWorld *self, const char *address, const Situation *situation)
{
  OptPracticeStore *store = g_hash_table_lookup (self->stores, address);

  if (store == NULL)
    {
      store = opt_practice_store_new ();
      opt_practice_store_set_delivery (store,
                                       situation->delivery_ms,
                                       situation->received != NULL ? situation->received : RECEIVED,
                                       FALSE);
      g_hash_table_insert (self->stores, g_strdup (address), store);
    }

  return store;
}

static void
add_rules (OptPracticeServer *server, const Situation *situation, OptService service)
{
  const OptPracticeRule late = { "GREETING", .delay_ms = LATE_MS };

  if (situation->late[service])
    opt_practice_server_add_rule (server, &late);
  if (situation->rules[service].when != NULL)
    opt_practice_server_add_rule (server, &situation->rules[service]);
}

static OptPracticeServer *
start_server (OptPracticeWorld *self,
              const char *address,
              const Situation *situation,
              OptService service,
              OptSecurity security,
              GError **error)
{
  Certificate kind = situation->certificates[service];
  GTlsCertificate **certificate = &self->certificates[kind][service];
  g_autoptr (OptPracticeServer) server = NULL;

  if (*certificate == NULL)
    *certificate = issue (self, kind, error);
  if (*certificate == NULL)
    return NULL;

  server = opt_practice_server_new (service, security, *certificate);
  opt_practice_server_set_account (server, address, PASSWORD, 12, 345678);
  opt_practice_server_set_store (server, get_store (self, address, situation));
  /* Somebody may type a real password here. */
  opt_practice_server_set_keeps_received (server, FALSE);
  add_rules (server, situation, service);

  return opt_practice_server_start (server, error) ? g_steal_pointer (&server) : NULL;
}

static void
opt_practice_world_finalize (GObject *object)
{
  OptPracticeWorld *self = OPT_PRACTICE_WORLD (object);

  g_hash_table_unref (self->servers);
  g_hash_table_unref (self->stores);
  g_clear_object (&self->down);
  for (guint i = 0; i < N_CERTIFICATES; i++)
    for (guint j = 0; j < OPT_N_SERVICES; j++)
      g_clear_object (&self->certificates[i][j]);
  g_clear_object (&self->ca);

  G_OBJECT_CLASS (opt_practice_world_parent_class)->finalize (object);
}

static void
opt_practice_world_class_init (OptPracticeWorldClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = opt_practice_world_finalize;
}

static void
opt_practice_world_init (OptPracticeWorld *self)
{
  self->servers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->stores = g_hash_table_new_full (g_str_hash,
                                        g_str_equal,
                                        g_free,
                                        (GDestroyNotify) opt_practice_store_unref);
}

OptPracticeWorld *
opt_practice_world_new (GError **error)
{
  g_autoptr (OptPracticeWorld) self = g_object_new (OPT_TYPE_PRACTICE_WORLD, NULL);

  self->ca = opt_practice_ca_new (error);

  return self->ca != NULL ? g_steal_pointer (&self) : NULL;
}

/* The port of a server that is down: it refuses connections, as real ones do. */
static guint16
get_down_port (OptPracticeWorld *self)
{
  g_autoptr (GSocketAddress) any = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocketAddress) bound = NULL;

  if (self->down == NULL)
    self->down =
      g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);
  if (self->down == NULL)
    return 0;

  /* Once bound it stays so. */
  g_socket_bind (self->down, any, FALSE, NULL);
  bound = g_socket_get_local_address (self->down, NULL);

  return bound != NULL ? g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound)) : 0;
}

const OptPracticeAccount *
opt_practice_world_get_accounts (OptPracticeWorld *self, guint *n)
{
  g_return_val_if_fail (OPT_IS_PRACTICE_WORLD (self) && n != NULL, NULL);

  *n = G_N_ELEMENTS (accounts);

  return accounts;
}

guint16
opt_practice_world_get_port (OptPracticeWorld *self,
                             const char *address,
                             const char *host,
                             guint16 port)
{
  g_autofree char *key = NULL;
  g_autoptr (GError) error = NULL;
  OptPracticeServer *server;
  int i, j;

  g_return_val_if_fail (OPT_IS_PRACTICE_WORLD (self), 0);
  g_return_val_if_fail (address != NULL && host != NULL, 0);

  i = find_situation (address);
  j = find_port (host, port);
  if (i < 0 || !is_host (host))
    return 0;
  if (j < 0 || is_down (&situations[i].situation, host))
    return get_down_port (self);

  /* One server serves all hosts: a host tells itself apart only by being down. Each address has
   * its own, since it is the only name that its server knows. */
  key = g_strdup_printf ("%s %u", address, port);
  server = g_hash_table_lookup (self->servers, key);
  if (server == NULL)
    {
      server = start_server (self,
                             address,
                             &situations[i].situation,
                             ports[j].service,
                             ports[j].security,
                             &error);
      if (server == NULL)
        {
          g_message ("No practice server for %s: %s", key, error->message);
          return 0;
        }
      g_hash_table_insert (self->servers, g_steal_pointer (&key), server);
    }

  return opt_practice_server_get_port (server);
}

const char *
opt_practice_world_get_ca_pem (OptPracticeWorld *self)
{
  g_return_val_if_fail (OPT_IS_PRACTICE_WORLD (self), NULL);

  return opt_practice_ca_get_pem (self->ca);
}
