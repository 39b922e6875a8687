/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "net-fixture.h"

#include "net-watchdog.h"

#include "opt-practice-ca.h"

#include <string.h>

#define DAY_S (24 * 60 * 60)
#define DEADLINE_S 60
#define MAX_ITERATIONS 10000
#define N_BLACK_HOLE_CLIENTS 4

#define NET_TYPE_RESOLVER (net_resolver_get_type ())
G_DECLARE_FINAL_TYPE (NetResolver, net_resolver, NET, RESOLVER, GResolver)

struct _NetResolver
{
  GResolver parent_instance;

  NetDns dns;
};

G_DEFINE_FINAL_TYPE (NetResolver, net_resolver, G_TYPE_RESOLVER)

struct _NetFixture
{
  OptNetwork *network;
  GPtrArray *servers;
  NetResolver *resolver;
};

struct _NetBlackHole
{
  GSocket *listener;
  GSocket *clients[N_BLACK_HOLE_CLIENTS]; /* they fill its queue */
};

/* Keys take long to make: they are made once. */
static OptPracticeCa *ca;
static GTlsCertificate *certificates[NET_N_IDENTITIES][OPT_N_SERVICES];

static gboolean
on_lookup_cancelled (GCancellable *cancellable, gpointer user_data)
{
  g_task_return_error_if_cancelled (user_data);

  return G_SOURCE_REMOVE;
}

static void
hang (GTask *task)
{
  g_autoptr (GSource) source = g_cancellable_source_new (g_task_get_cancellable (task));

  g_source_set_callback (source,
                         G_SOURCE_FUNC (on_lookup_cancelled),
                         g_object_ref (task),
                         g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

static void
free_addresses (gpointer addresses)
{
  g_resolver_free_addresses (addresses);
}

static void
net_resolver_lookup_by_name_async (GResolver *resolver,
                                   const char *host,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (resolver, cancellable, callback, user_data);

  switch (NET_RESOLVER (resolver)->dns)
    {
    case NET_DNS_NOT_FOUND:
      g_task_return_new_error (task, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND, "no %s", host);
      break;
    case NET_DNS_FAILURE:
      g_task_return_new_error (task,
                               G_RESOLVER_ERROR,
                               G_RESOLVER_ERROR_TEMPORARY_FAILURE,
                               "%s: try again",
                               host);
      break;
    case NET_DNS_SILENCE:
      hang (task);
      break;
    case NET_DNS_LOOPBACK:
      g_task_return_pointer (task,
                             g_list_append (NULL,
                                            g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4)),
                             free_addresses);
      break;
    case NET_DNS_NO_ROUTE:
      /* TCP has no broadcast, so Linux says "network is unreachable" whatever routes there are. */
      g_task_return_pointer (task,
                             g_list_append (NULL,
                                            g_inet_address_new_from_string ("255.255.255.255")),
                             free_addresses);
      break;
    }
}

static GList *
net_resolver_lookup_by_name_finish (GResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
net_resolver_class_init (NetResolverClass *klass)
{
  GResolverClass *resolver_class = G_RESOLVER_CLASS (klass);

  resolver_class->lookup_by_name_async = net_resolver_lookup_by_name_async;
  resolver_class->lookup_by_name_finish = net_resolver_lookup_by_name_finish;
}

static void
net_resolver_init (NetResolver *self)
{
}

static void
make_certificates (void)
{
  static const char *const hosts[] = { NET_HOST, NET_SIBLING, NULL };
  static const char *const others[] = { "mail.example.com", NULL };
  static const OptPracticeIdentity identities[NET_N_IDENTITIES] = {
    [NET_IDENTITY_GOOD] = { hosts, -DAY_S, DAY_S, FALSE },
    [NET_IDENTITY_EXPIRED] = { hosts, -2 * DAY_S, -DAY_S, FALSE },
    [NET_IDENTITY_NOT_YET_VALID] = { hosts, DAY_S, 2 * DAY_S, FALSE },
    [NET_IDENTITY_WRONG_NAME] = { others, -DAY_S, DAY_S, FALSE },
    [NET_IDENTITY_UNTRUSTED] = { hosts, -DAY_S, DAY_S, TRUE },
    [NET_IDENTITY_FOREIGN] = { others, -DAY_S, DAY_S, TRUE },
    [NET_IDENTITY_EXPIRED_ONE] = { hosts, -2 * DAY_S, -DAY_S, FALSE },
  };
  g_autoptr (GError) error = NULL;

  if (ca != NULL)
    return;

  ca = opt_practice_ca_new (&error);
  g_assert_no_error (error);
  for (guint i = 0; i < NET_N_IDENTITIES; i++)
    for (guint j = 0; j < OPT_N_SERVICES; j++)
      {
        if (i == NET_IDENTITY_EXPIRED_ONE && j > 0)
          certificates[i][j] = g_object_ref (certificates[i][0]);
        else
          certificates[i][j] = opt_practice_ca_issue (ca, &identities[i], &error);
        g_assert_no_error (error);
      }
}

NetFixture *
net_fixture_new (void)
{
  NetFixture *self = g_new0 (NetFixture, 1);

  net_watchdog_start (NET_WATCHDOG_S);
  make_certificates ();
  net_system_set (&(NetSystem){ 0 });
  self->network = opt_network_new (opt_practice_ca_get_pem (ca));
  self->servers = g_ptr_array_new_with_free_func (g_object_unref);
  self->resolver = g_object_new (NET_TYPE_RESOLVER, NULL);
  g_resolver_set_default (G_RESOLVER (self->resolver));

  return self;
}

/* What is left ends by itself, after a handful of iterations. */
static void
come_to_rest (void)
{
  for (guint i = 0; g_main_context_iteration (NULL, FALSE); i++)
    if (i == MAX_ITERATIONS)
      g_error ("The main context never comes to rest");
}

void
net_fixture_free (NetFixture *self)
{
  net_watchdog_start (NET_WATCHDOG_S);
  come_to_rest ();

  opt_network_unref (self->network);
  g_ptr_array_unref (self->servers);
  g_object_unref (self->resolver);
  g_free (self);
}

void
net_fixture_add_port (NetFixture *self, const char *host, guint16 port, guint16 local_port)
{
  opt_network_add_route (self->network, host, port, local_port);
}

void
net_fixture_add_route (
  NetFixture *self, const char *host, OptService service, OptSecurity security, guint16 local_port)
{
  net_fixture_add_port (self, host, opt_server_get_usual_port (service, security), local_port);
}

OptPracticeServer *
net_fixture_add_server (NetFixture *self,
                        const char *host,
                        OptService service,
                        OptSecurity security,
                        NetIdentity identity)
{
  OptPracticeServer *server =
    opt_practice_server_new (service, security, certificates[identity][service]);
  g_autoptr (GError) error = NULL;

  g_ptr_array_add (self->servers, server);
  opt_practice_server_set_account (server, NET_ADDRESS, NET_PASSWORD, 3, 100);
  opt_practice_server_start (server, &error);
  g_assert_no_error (error);
  net_fixture_add_route (self, host, service, security, opt_practice_server_get_port (server));

  return server;
}

void
net_fixture_set_dns (NetFixture *self, NetDns dns)
{
  self->resolver->dns = dns;
}

OptNetwork *
net_fixture_get_network (NetFixture *self)
{
  return self->network;
}

static OptProvider *
create_provider (const NetRun *run)
{
  static const char *const hosts[] = { NET_HOST, NET_SIBLING };
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;
  OptProvider *provider;

  g_key_file_set_string (file, "x", "name", "X");
  g_key_file_set_string (file, "x", "domains", "optonline.net");
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_autoptr (GString) list = g_string_new (NULL);

      for (guint j = 0; j < MAX (run->n_hosts, 1); j++)
        g_string_append_printf (list,
                                "%s://%s:%u;",
                                opt_security_to_string (run->security),
                                hosts[j],
                                run->ports[i] != 0 ? run->ports[i]
                                                   : opt_server_get_usual_port (i, run->security));
      g_key_file_set_value (file, "x", opt_service_to_string (i), list->str);
    }

  provider = opt_provider_new_from_key_file (file, "x", &error);
  g_assert_no_error (error);

  return provider;
}

static OptCheck *
create_check (NetFixture *self, const NetRun *run)
{
  g_autoptr (OptAddress) address = opt_address_parse (NET_ADDRESS, NULL);
  g_autoptr (OptProvider) provider = create_provider (run);
  g_autoptr (OptAccount) account = opt_account_new (NULL, address, provider);
  OptCheckOptions options = OPT_CHECK_OPTIONS_DEFAULT;

  options.timeouts =
    run->timeouts != NULL ? *run->timeouts : ((OptTimeouts){ 20000, 20000, 20000, 40000 });
  options.all_sign_ins = run->all_sign_ins;
  options.network = run->dns ? NULL : self->network;
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      options.skip[i] = run->services != 0 && (run->services & 1u << i) == 0;
      options.look_only[i] = (run->look_only & 1u << i) != 0;
    }

  return opt_check_new (account, &options);
}

static void
run_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OptVerdict verdict = opt_check_run_finish (OPT_CHECK (source), result);

  g_assert_cmpint (verdict, ==, opt_check_get_verdict (OPT_CHECK (source)));
  g_main_loop_quit (user_data);
}

static gboolean
on_deadline (gpointer user_data)
{
  g_error ("The check does not end");

  return G_SOURCE_REMOVE;
}

void
net_run_to_end (OptCheck *check, const char *password, GCancellable *cancellable)
{
  g_autoptr (OptSecret) secret = opt_secret_new (password, strlen (password), NULL);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  guint deadline = g_timeout_add_seconds (DEADLINE_S, on_deadline, NULL);

  net_watchdog_start (NET_WATCHDOG_S);
  opt_check_run_async (check, secret, cancellable, run_done, loop);
  g_main_loop_run (loop);
  g_source_remove (deadline);
}

OptCheck *
net_fixture_run (NetFixture *self, const NetRun *run)
{
  OptCheck *check = create_check (self, run);

  if (run->changed != NULL)
    g_signal_connect (check, "changed", G_CALLBACK (run->changed), run->user_data);
  net_run_to_end (check, run->password != NULL ? run->password : NET_PASSWORD, run->cancellable);

  return check;
}

static GSocket *
create_socket (GSocketAddress *address)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (g_socket_address_get_family (address),
                                  G_SOCKET_TYPE_STREAM,
                                  G_SOCKET_PROTOCOL_TCP,
                                  &error);

  g_assert_no_error (error);
  g_socket_set_blocking (socket, FALSE);

  return socket;
}

static guint16
get_port (GSocket *socket)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (socket, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

guint16
net_find_closed_port (void)
{
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  g_autoptr (GSocket) socket = create_socket (address);

  /* Bound for a moment, so nobody has it, and never listening. */
  g_assert_true (g_socket_bind (socket, address, FALSE, NULL));

  return get_port (socket);
}

NetBlackHole *
net_black_hole_new (const char *address, guint16 port)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string (address, port);
  g_autoptr (GSocket) listener = create_socket (wanted);
  g_autoptr (GSocketAddress) bound = NULL;
  NetBlackHole *self;

  if (!g_socket_bind (listener, wanted, FALSE, NULL))
    return NULL;

  /* Once the queue of a listener is full the system drops what knocks. */
  g_socket_set_listen_backlog (listener, 0);
  g_assert_true (g_socket_listen (listener, NULL));
  bound = g_socket_get_local_address (listener, NULL);
  self = g_new0 (NetBlackHole, 1);
  self->listener = g_steal_pointer (&listener);
  for (guint i = 0; i < N_BLACK_HOLE_CLIENTS; i++)
    {
      self->clients[i] = create_socket (bound);
      g_socket_connect (self->clients[i], bound, NULL, NULL);
    }

  return self;
}

void
net_black_hole_free (NetBlackHole *self)
{
  for (guint i = 0; i < N_BLACK_HOLE_CLIENTS; i++)
    g_object_unref (self->clients[i]);
  g_object_unref (self->listener);
  g_free (self);
}

guint16
net_black_hole_get_port (NetBlackHole *self)
{
  return get_port (self->listener);
}

static gboolean
contains (GBytes *bytes, const char *needle)
{
  gsize size;
  const void *data = g_bytes_get_data (bytes, &size);

  return size > 0 && memmem (data, size, needle, strlen (needle)) != NULL;
}

static gboolean
contains_hex (GBytes *bytes, const char *format)
{
  g_autoptr (GString) hex = g_string_new (NULL);

  for (const char *p = NET_PASSWORD; *p != '\0'; p++)
    g_string_append_printf (hex, g_str_equal (format, "%x") ? "%02x" : "%02X", (guint8) *p);

  return contains (bytes, hex->str);
}

/* What stands before shifts the password against base64's groups of three; only the characters that
 * depend on nothing else count. */
static gboolean
contains_base64 (GBytes *bytes, gsize n_before)
{
  g_autofree char *text = g_strconcat ("xx" + (2 - n_before), NET_PASSWORD, NULL);
  gsize n_bits = 8 * strlen (text);
  g_autofree char *encoded = g_base64_encode ((const guchar *) text, strlen (text));
  gsize first = (8 * n_before + 5) / 6;

  /* The last character shares its bits with what follows. */
  encoded[n_bits / 6] = '\0';

  return contains (bytes, encoded + first);
}

gboolean
net_contains_password (GBytes *bytes)
{
  g_autofree char *escaped = g_uri_escape_string (NET_PASSWORD, NULL, FALSE);
  g_autofree char *reversed = g_strdup (NET_PASSWORD);

  for (gsize i = 0; i < 3; i++)
    if (contains_base64 (bytes, i))
      return TRUE;

  /* Byte by byte: a reversed UTF-8 character is none. */
  for (gsize i = 0, n = strlen (reversed); i < n / 2; i++)
    {
      char byte = reversed[i];

      reversed[i] = reversed[n - 1 - i];
      reversed[n - 1 - i] = byte;
    }

  return contains (bytes, NET_PASSWORD) || contains (bytes, reversed) ||
         contains (bytes, escaped) || contains_hex (bytes, "%x") || contains_hex (bytes, "%X");
}
