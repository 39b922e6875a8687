/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The only file that includes libcurl. libcurl does what it does best, TLS on a connection that is
 * there already; the dialogues on top are the heart of the product and are our own, so that every
 * reply is seen as it was given, no command is sent that the verdict does not need, and the
 * password never leaves our own memory for libcurl's.
 *
 * The connected socket goes in through CURLOPT_OPENSOCKETFUNCTION, and
 * CURL_SOCKOPT_ALREADY_CONNECTED says so. libcurl 7.88 forgets that and calls connect() once more
 * (curl issue 10626); on Linux the first such call on a socket that connected without blocking
 * answers 0. */
#include "opt-transport-curl.h"

#include "opt-certificate.h"
#include "opt-secret.h"

#include <curl/curl.h>
#include <glib-unix.h>

struct _OptTransportGroup
{
  CURLM *multi;
  GMainContext *context;
  GSource *timer;
  OptNetwork *network;
};

struct _OptTransport
{
  OptTransportGroup *group;
  GSocket *socket;
  CURL *easy;                   /* from opt_transport_secure() on */
  char *host;                   /* what the certificate must prove; outlives easy */
  struct curl_slist *addresses; /* likewise */
  OptEvidence *evidence;
  GSource *curl_watch; /* what libcurl waits for during the handshake */
  GSource *readable_watch;
  GSource *writable_watch;
  GByteArray *unsent;
  gsize n_sent;
  OptTransportFunc readable;
  OptTransportSecuredFunc secured;
  gpointer user_data;
};

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
free_bytes (GByteArray *bytes)
{
  opt_secret_wipe (bytes->data, bytes->len);
  g_byte_array_unref (bytes);
}

static gboolean
on_readable (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  OptTransport *self = user_data;

  self->readable (self, self->user_data);

  return G_SOURCE_CONTINUE;
}

static void
watch_readable (OptTransport *self)
{
  clear_source (&self->readable_watch);
  self->readable_watch = g_socket_create_source (self->socket, G_IO_IN, NULL);
  g_source_set_callback (self->readable_watch, G_SOURCE_FUNC (on_readable), self, NULL);
  g_source_attach (self->readable_watch, self->group->context);
}

/* Handles must not be touched inside libcurl's callbacks, so what is finished is collected after
 * it returned. The transport's owner may free it, and with it the group, in the call. */
static void
collect_finished (OptTransportGroup *group)
{
  g_autoptr (OptTransportGroup) alive = opt_transport_group_ref (group);
  CURLMsg *message;
  int n_left;

  while ((message = curl_multi_info_read (group->multi, &n_left)) != NULL)
    {
      OptTransport *self = NULL;
      gboolean secured = message->data.result == CURLE_OK;

      if (message->msg != CURLMSG_DONE)
        continue;

      curl_easy_getinfo (message->easy_handle, CURLINFO_PRIVATE, (char **) &self);
      clear_source (&self->curl_watch);
      if (secured)
        watch_readable (self);
      else
        g_debug ("TLS: %s", curl_easy_strerror (message->data.result));
      self->secured (self, secured && self->evidence->tls.version != NULL, self->user_data);
    }
}

static gboolean
on_curl_timer (gpointer user_data)
{
  OptTransportGroup *self = user_data;
  int n_running;

  clear_source (&self->timer);
  curl_multi_socket_action (self->multi, CURL_SOCKET_TIMEOUT, 0, &n_running);
  collect_finished (self);

  return G_SOURCE_REMOVE;
}

/* CURLMOPT_TIMERFUNCTION: one timeout at a time, a new one takes the place of the last. */
static int
set_curl_timer (CURLM *multi, long timeout_ms, void *data)
{
  OptTransportGroup *self = data;

  clear_source (&self->timer);
  if (timeout_ms < 0)
    return 0;

  self->timer = g_timeout_source_new ((guint) timeout_ms);
  g_source_set_callback (self->timer, on_curl_timer, self, NULL);
  g_source_attach (self->timer, self->context);

  return 0;
}

static gboolean
on_curl_socket (int fd, GIOCondition condition, gpointer user_data)
{
  OptTransport *self = user_data;
  OptTransportGroup *group = self->group;
  int events = 0;
  int n_running;

  if (condition & (G_IO_IN | G_IO_HUP))
    events |= CURL_CSELECT_IN;
  if (condition & G_IO_OUT)
    events |= CURL_CSELECT_OUT;
  if (condition & G_IO_ERR)
    events |= CURL_CSELECT_ERR;

  curl_multi_socket_action (group->multi, fd, events, &n_running);
  collect_finished (group);

  return G_SOURCE_CONTINUE;
}

/* CURLMOPT_SOCKETFUNCTION: one source per socket. */
static int
set_curl_watch (CURL *easy, curl_socket_t fd, int what, void *data, void *socket_data)
{
  OptTransport *self = NULL;
  GIOCondition condition = 0;

  curl_easy_getinfo (easy, CURLINFO_PRIVATE, (char **) &self);
  /* A handle of libcurl's own, for what it still does with a connection that is given up. */
  if (self == NULL)
    return 0;

  clear_source (&self->curl_watch);
  if (what == CURL_POLL_REMOVE)
    return 0;

  if (what & CURL_POLL_IN)
    condition |= G_IO_IN;
  if (what & CURL_POLL_OUT)
    condition |= G_IO_OUT;

  self->curl_watch = g_unix_fd_source_new (fd, condition);
  g_source_set_callback (self->curl_watch, G_SOURCE_FUNC (on_curl_socket), self, NULL);
  g_source_attach (self->curl_watch, self->group->context);

  return 0;
}

OptTransportGroup *
opt_transport_group_new (OptNetwork *network)
{
  static gsize initialised = 0;
  OptTransportGroup *self = g_rc_box_new0 (OptTransportGroup);

  if (g_once_init_enter (&initialised))
    {
      curl_global_init (CURL_GLOBAL_DEFAULT);
      g_once_init_leave (&initialised, 1);
    }

  self->context = g_main_context_ref_thread_default ();
  self->network = network != NULL ? opt_network_ref (network) : NULL;
  self->multi = curl_multi_init ();
  curl_multi_setopt (self->multi, CURLMOPT_TIMERFUNCTION, set_curl_timer);
  curl_multi_setopt (self->multi, CURLMOPT_TIMERDATA, self);
  curl_multi_setopt (self->multi, CURLMOPT_SOCKETFUNCTION, set_curl_watch);

  return self;
}

static void
clear_group (gpointer data)
{
  OptTransportGroup *self = data;

  curl_multi_cleanup (self->multi);
  clear_source (&self->timer);
  g_clear_pointer (&self->network, opt_network_unref);
  g_main_context_unref (self->context);
}

OptTransportGroup *
opt_transport_group_ref (OptTransportGroup *self)
{
  return g_rc_box_acquire (self);
}

void
opt_transport_group_unref (OptTransportGroup *self)
{
  g_rc_box_release_full (self, clear_group);
}

const char *
opt_transport_get_library_versions (void)
{
  return curl_version ();
}

OptTransport *
opt_transport_new (OptTransportGroup *group,
                   GSocket *socket,
                   OptTransportFunc readable,
                   gpointer user_data)
{
  OptTransport *self;

  g_return_val_if_fail (group != NULL && G_IS_SOCKET (socket) && readable != NULL, NULL);

  self = g_new0 (OptTransport, 1);
  self->group = opt_transport_group_ref (group);
  self->socket = g_object_ref (socket);
  self->readable = readable;
  self->user_data = user_data;
  watch_readable (self);

  return self;
}

void
opt_transport_free (OptTransport *self)
{
  g_return_if_fail (self != NULL);

  clear_source (&self->readable_watch);
  clear_source (&self->writable_watch);
  if (self->easy != NULL)
    {
      curl_multi_remove_handle (self->group->multi, self->easy);
      curl_easy_cleanup (self->easy);
    }
  clear_source (&self->curl_watch);
  g_clear_pointer (&self->unsent, free_bytes);
  g_object_unref (self->socket);
  g_clear_pointer (&self->evidence, opt_evidence_unref);
  g_free (self->host);
  curl_slist_free_all (self->addresses);
  opt_transport_group_unref (self->group);
  g_free (self);
}

static curl_socket_t
give_socket (void *data, curlsocktype purpose, struct curl_sockaddr *address)
{
  OptTransport *self = data;

  return g_socket_get_fd (self->socket);
}

static int
say_connected (void *data, curl_socket_t fd, curlsocktype purpose)
{
  return CURL_SOCKOPT_ALREADY_CONNECTED;
}

/* The socket is the GSocket's to close. */
static int
keep_socket (void *data, curl_socket_t fd)
{
  return 0;
}

static CURLcode
watch_certificate (CURL *easy, void *ssl_ctx, void *data)
{
  OptTransport *self = data;

  opt_certificate_watch (ssl_ctx, self->host, &self->evidence->tls);

  return CURLE_OK;
}

static void
set_addresses (OptTransport *self)
{
  guint16 port = opt_server_get_port (self->evidence->server);
  g_autofree char *url = g_strdup_printf ("https://%s:%u/", self->host, (guint) port);

  /* An https URL with CONNECT_ONLY is TLS and not one byte more. The host is in there for the
   * certificate and SNI; the connection is made, so libcurl looks nothing up, and any address will
   * do to keep it from trying. */
  curl_easy_setopt (self->easy, CURLOPT_URL, url);
  curl_easy_setopt (self->easy, CURLOPT_CONNECT_ONLY, 1L);
  curl_easy_setopt (self->easy, CURLOPT_PROXY, "");
  curl_easy_setopt (self->easy, CURLOPT_OPENSOCKETFUNCTION, give_socket);
  curl_easy_setopt (self->easy, CURLOPT_OPENSOCKETDATA, self);
  curl_easy_setopt (self->easy, CURLOPT_SOCKOPTFUNCTION, say_connected);
  curl_easy_setopt (self->easy, CURLOPT_CLOSESOCKETFUNCTION, keep_socket);
  curl_easy_setopt (self->easy, CURLOPT_QUICK_EXIT, 1L);
  curl_easy_setopt (self->easy, CURLOPT_NOSIGNAL, 1L);
}

static struct curl_slist *
create_address_list (OptTransport *self)
{
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (self->socket, NULL);
  g_autofree char *address = NULL;
  g_autofree char *entry = NULL;

  if (remote == NULL)
    return NULL;

  address =
    g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));
  entry = g_strdup_printf ("%s:%u:%s",
                           self->host,
                           (guint) opt_server_get_port (self->evidence->server),
                           address);

  return curl_slist_append (NULL, entry);
}

static void
set_tls (OptTransport *self)
{
  curl_easy_setopt (self->easy, CURLOPT_SSLVERSION, (long) CURL_SSLVERSION_TLSv1_2);
  curl_easy_setopt (self->easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt (self->easy, CURLOPT_SSL_VERIFYHOST, 2L);
  curl_easy_setopt (self->easy, CURLOPT_SSL_ENABLE_ALPN, 0L);
  curl_easy_setopt (self->easy, CURLOPT_HTTP_VERSION, (long) CURL_HTTP_VERSION_1_1);
  curl_easy_setopt (self->easy, CURLOPT_SSL_CTX_FUNCTION, watch_certificate);
  curl_easy_setopt (self->easy, CURLOPT_SSL_CTX_DATA, self);
  /* A folder of authorities would keep libcurl from sharing the parsed bundle within the group. */
  curl_easy_setopt (self->easy, CURLOPT_CAPATH, NULL);

  if (self->group->network != NULL)
    {
      const char *pem = opt_network_get_trust (self->group->network);
      struct curl_blob blob = { (void *) pem, strlen (pem), CURL_BLOB_COPY };

      curl_easy_setopt (self->easy, CURLOPT_CAINFO_BLOB, &blob);
    }
}

void
opt_transport_secure (OptTransport *self, OptEvidence *evidence, OptTransportSecuredFunc secured)
{
  g_return_if_fail (self != NULL && self->easy == NULL && evidence != NULL && secured != NULL);

  clear_source (&self->readable_watch);
  self->evidence = opt_evidence_ref (evidence);
  self->host = g_strdup (opt_server_get_host (evidence->server));
  self->secured = secured;
  self->easy = curl_easy_init ();
  curl_easy_setopt (self->easy, CURLOPT_PRIVATE, self);
  set_addresses (self);
  set_tls (self);
  self->addresses = create_address_list (self);
  curl_easy_setopt (self->easy, CURLOPT_RESOLVE, self->addresses);

  curl_multi_add_handle (self->group->multi, self->easy);
}

gssize
opt_transport_receive (OptTransport *self, char *buffer, gsize size, GError **error)
{
  size_t n_bytes = 0;
  CURLcode code;

  g_return_val_if_fail (self != NULL && buffer != NULL, -1);

  if (self->easy == NULL)
    return g_socket_receive (self->socket, buffer, size, NULL, error);

  code = curl_easy_recv (self->easy, buffer, size, &n_bytes);
  if (code == CURLE_OK)
    return (gssize) n_bytes;

  g_set_error_literal (error,
                       G_IO_ERROR,
                       code == CURLE_AGAIN ? G_IO_ERROR_WOULD_BLOCK : G_IO_ERROR_CONNECTION_CLOSED,
                       curl_easy_strerror (code));
  return -1;
}

static gssize
send_some (OptTransport *self)
{
  const char *bytes = (const char *) self->unsent->data + self->n_sent;
  gsize size = self->unsent->len - self->n_sent;
  g_autoptr (GError) error = NULL;
  size_t n_bytes = 0;
  gssize sent;
  CURLcode code;

  if (self->easy == NULL)
    {
      sent = g_socket_send (self->socket, bytes, size, NULL, &error);
      return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK) ? 0 : sent;
    }

  code = curl_easy_send (self->easy, bytes, size, &n_bytes);
  if (code == CURLE_AGAIN)
    return 0;

  return code == CURLE_OK ? (gssize) n_bytes : -1;
}

static void send_rest (OptTransport *self);

static gboolean
on_writable (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  OptTransport *self = user_data;

  clear_source (&self->writable_watch);
  send_rest (self);

  return G_SOURCE_REMOVE;
}

static void
send_rest (OptTransport *self)
{
  while (self->n_sent < self->unsent->len)
    {
      gssize sent = send_some (self);

      if (sent < 0)
        break;
      if (sent == 0)
        {
          self->writable_watch = g_socket_create_source (self->socket, G_IO_OUT, NULL);
          g_source_set_callback (self->writable_watch, G_SOURCE_FUNC (on_writable), self, NULL);
          g_source_attach (self->writable_watch, self->group->context);
          return;
        }
      self->n_sent += (gsize) sent;
    }

  g_clear_pointer (&self->unsent, free_bytes);
}

void
opt_transport_send (OptTransport *self, GByteArray *bytes)
{
  g_return_if_fail (self != NULL && bytes != NULL);

  if (self->unsent != NULL)
    {
      g_byte_array_append (self->unsent, bytes->data, bytes->len);
      free_bytes (bytes);
      return;
    }

  self->unsent = bytes;
  self->n_sent = 0;
  send_rest (self);
}
