/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Listens, and gives every connection to its own small state machine. All of them run in one
 * thread with its own main context, so that whoever started the server keeps theirs. Listens on
 * the loopback alone: practice is nobody else's business. */
#include "opt-practice-server.h"

#include "opt-practice-connection.h"

struct _OptPracticeServer
{
  GObject parent_instance;

  OptService service;
  OptSecurity security;
  GTlsCertificate *certificate;
  OptPracticeScript *script;
  OptPracticeRecord *record;

  GMutex lock;
  OptPracticeMailbox mailbox; /* under lock */
  guint16 port;               /* under lock */

  GMainContext *context;
  GMainLoop *loop;
  GThread *thread;
  GSocketListener *listener;
  GCancellable *cancellable;

  /* Of the thread alone. */
  GHashTable *connections;
  gboolean accepting;
};

G_DEFINE_FINAL_TYPE (OptPracticeServer, opt_practice_server, G_TYPE_OBJECT)

static void begin_accept (OptPracticeServer *self);

/* Of the account, not of the store. */
static void
clear_mailbox (OptPracticeMailbox *mailbox)
{
  g_clear_pointer (&mailbox->user, g_free);
  g_clear_pointer (&mailbox->password, g_free);
}

static void
on_connection_gone (OptPracticeConnection *connection, gpointer user_data)
{
  OptPracticeServer *self = user_data;

  g_hash_table_remove (self->connections, connection);
}

static void
serve (OptPracticeServer *self, GSocketConnection *socket)
{
  OptPracticeSetup setup = {
    .service = self->service,
    .security = self->security,
    .certificate = self->certificate,
    .script = self->script,
    .record = self->record,
    .mailbox = &self->mailbox,
  };
  g_autoptr (OptPracticeConnection) connection = NULL;
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  connection = opt_practice_connection_begin (socket, &setup, on_connection_gone, self);
  g_hash_table_add (self->connections, connection);
}

static void
accept_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  OptPracticeServer *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocketConnection) socket =
    g_socket_listener_accept_finish (G_SOCKET_LISTENER (source), result, NULL, &error);

  self->accepting = FALSE;
  if (socket == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("The practice server takes no more connections: %s", error->message);
      return;
    }

  serve (self, socket);
  begin_accept (self);
}

static void
begin_accept (OptPracticeServer *self)
{
  self->accepting = TRUE;
  g_socket_listener_accept_async (self->listener, self->cancellable, accept_done, self);
}

/* Everything under way is cancelled, and ends in its own callback; nothing here waits for a
 * client. */
static void
close_everything (OptPracticeServer *self)
{
  g_autoptr (GList) connections = NULL;

  g_cancellable_cancel (self->cancellable);

  connections = g_hash_table_get_keys (self->connections);
  for (GList *l = connections; l != NULL; l = l->next)
    opt_practice_connection_ref (l->data);
  for (GList *l = connections; l != NULL; l = l->next)
    {
      g_autoptr (OptPracticeConnection) connection = l->data;

      opt_practice_connection_close (connection);
    }

  while (self->accepting || g_hash_table_size (self->connections) > 0)
    g_main_context_iteration (self->context, TRUE);
}

static gpointer
run_thread (gpointer user_data)
{
  OptPracticeServer *self = user_data;

  g_main_context_push_thread_default (self->context);
  begin_accept (self);
  g_main_loop_run (self->loop);
  close_everything (self);
  g_main_context_pop_thread_default (self->context);

  return NULL;
}

static gboolean
on_stop (gpointer user_data)
{
  g_main_loop_quit (user_data);

  return G_SOURCE_REMOVE;
}

/* From within the loop: a quit that came before its run would be lost. The source is let go of
 * while the context surely lives: a worker of GTask may hold the context's last reference, and
 * GLib 2.74 does not lock a source that ends against a context that does. */
static void
ask_to_stop (OptPracticeServer *self)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_priority (source, G_PRIORITY_HIGH);
  g_source_set_callback (source, on_stop, self->loop, NULL);
  g_source_attach (source, self->context);
}

static void
set_port (OptPracticeServer *self, guint16 port)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  self->port = port;
}

static void
opt_practice_server_dispose (GObject *object)
{
  OptPracticeServer *self = OPT_PRACTICE_SERVER (object);

  opt_practice_server_stop (self);
  g_clear_object (&self->certificate);

  G_OBJECT_CLASS (opt_practice_server_parent_class)->dispose (object);
}

static void
opt_practice_server_finalize (GObject *object)
{
  OptPracticeServer *self = OPT_PRACTICE_SERVER (object);

  clear_mailbox (&self->mailbox);
  opt_practice_store_unref (self->mailbox.store);
  opt_practice_script_unref (self->script);
  opt_practice_record_unref (self->record);
  g_hash_table_unref (self->connections);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (opt_practice_server_parent_class)->finalize (object);
}

static void
opt_practice_server_class_init (OptPracticeServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = opt_practice_server_dispose;
  object_class->finalize = opt_practice_server_finalize;
}

static void
opt_practice_server_init (OptPracticeServer *self)
{
  g_mutex_init (&self->lock);
  self->script = opt_practice_script_new ();
  self->record = opt_practice_record_new ();
  self->mailbox.store = opt_practice_store_new ();
  self->connections = g_hash_table_new (NULL, NULL);
}

OptPracticeServer *
opt_practice_server_new (OptService service, OptSecurity security, GTlsCertificate *certificate)
{
  OptPracticeServer *self;

  g_return_val_if_fail (service < OPT_N_SERVICES && G_IS_TLS_CERTIFICATE (certificate), NULL);

  self = g_object_new (OPT_TYPE_PRACTICE_SERVER, NULL);
  self->service = service;
  self->security = security;
  self->certificate = g_object_ref (certificate);

  return self;
}

void
opt_practice_server_set_account (OptPracticeServer *self,
                                 const char *user,
                                 const char *password,
                                 guint n_messages,
                                 guint64 n_bytes)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (OPT_IS_PRACTICE_SERVER (self) && user != NULL);

  locker = g_mutex_locker_new (&self->lock);
  clear_mailbox (&self->mailbox);
  self->mailbox.user = g_strdup (user);
  self->mailbox.password = g_strdup (password);
  self->mailbox.n_messages = n_messages;
  self->mailbox.n_bytes = n_bytes;
}

void
opt_practice_server_set_store (OptPracticeServer *self, OptPracticeStore *store)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_if_fail (OPT_IS_PRACTICE_SERVER (self) && store != NULL);

  locker = g_mutex_locker_new (&self->lock);
  opt_practice_store_unref (self->mailbox.store);
  self->mailbox.store = opt_practice_store_ref (store);
}

void
opt_practice_server_add_rule (OptPracticeServer *self, const OptPracticeRule *rule)
{
  g_return_if_fail (OPT_IS_PRACTICE_SERVER (self));

  opt_practice_script_add (self->script, rule);
}

void
opt_practice_server_set_keeps_received (OptPracticeServer *self, gboolean keeps_received)
{
  g_return_if_fail (OPT_IS_PRACTICE_SERVER (self));

  opt_practice_record_set_keeps_bytes (self->record, keeps_received);
}

gboolean
opt_practice_server_start (OptPracticeServer *self, GError **error)
{
  g_autoptr (GSocketListener) listener = NULL;
  g_autoptr (GSocketAddress) loopback = NULL;
  g_autoptr (GSocketAddress) address = NULL;

  g_return_val_if_fail (OPT_IS_PRACTICE_SERVER (self) && self->thread == NULL, FALSE);

  listener = g_socket_listener_new ();
  loopback = g_inet_socket_address_new_from_string ("127.0.0.1", 0);
  if (!g_socket_listener_add_address (listener,
                                      loopback,
                                      G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP,
                                      NULL,
                                      &address,
                                      error))
    return FALSE;

  set_port (self, g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  self->listener = g_steal_pointer (&listener);
  self->cancellable = g_cancellable_new ();
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->thread = g_thread_new ("practice", run_thread, self);

  return TRUE;
}

void
opt_practice_server_stop (OptPracticeServer *self)
{
  g_return_if_fail (OPT_IS_PRACTICE_SERVER (self));

  if (self->thread == NULL)
    return;

  ask_to_stop (self);
  g_thread_join (g_steal_pointer (&self->thread));

  set_port (self, 0);
  g_socket_listener_close (self->listener);
  g_clear_object (&self->listener);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->loop, g_main_loop_unref);
  g_clear_pointer (&self->context, g_main_context_unref);
}

guint16
opt_practice_server_get_port (OptPracticeServer *self)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (OPT_IS_PRACTICE_SERVER (self), 0);

  locker = g_mutex_locker_new (&self->lock);

  return self->port;
}

GBytes *
opt_practice_server_dup_received (OptPracticeServer *self)
{
  g_autoptr (GBytes) plain = opt_practice_server_dup_received_plain (self);
  g_autoptr (GBytes) secure = opt_practice_server_dup_received_secure (self);
  GByteArray *all = NULL;

  g_return_val_if_fail (plain != NULL && secure != NULL, NULL);

  all = g_byte_array_new ();
  g_byte_array_append (all, g_bytes_get_data (plain, NULL), g_bytes_get_size (plain));
  g_byte_array_append (all, g_bytes_get_data (secure, NULL), g_bytes_get_size (secure));

  return g_byte_array_free_to_bytes (all);
}

GBytes *
opt_practice_server_dup_received_plain (OptPracticeServer *self)
{
  g_return_val_if_fail (OPT_IS_PRACTICE_SERVER (self), NULL);

  return opt_practice_record_dup_received (self->record, FALSE);
}

GBytes *
opt_practice_server_dup_received_secure (OptPracticeServer *self)
{
  g_return_val_if_fail (OPT_IS_PRACTICE_SERVER (self), NULL);

  return opt_practice_record_dup_received (self->record, TRUE);
}

char **
opt_practice_server_dup_commands (OptPracticeServer *self)
{
  g_return_val_if_fail (OPT_IS_PRACTICE_SERVER (self), NULL);

  return opt_practice_record_dup_commands (self->record);
}

guint
opt_practice_server_get_n_connections (OptPracticeServer *self)
{
  g_return_val_if_fail (OPT_IS_PRACTICE_SERVER (self), 0);

  return opt_practice_record_get_count (self->record, OPT_PRACTICE_COUNT_CONNECTIONS);
}

guint
opt_practice_server_get_n_sign_ins (OptPracticeServer *self, gboolean accepted)
{
  g_return_val_if_fail (OPT_IS_PRACTICE_SERVER (self), 0);

  return opt_practice_record_get_count (self->record,
                                        accepted ? OPT_PRACTICE_COUNT_SIGN_INS_ACCEPTED
                                                 : OPT_PRACTICE_COUNT_SIGN_INS_REFUSED);
}

guint
opt_practice_server_get_n_flights (OptPracticeServer *self)
{
  g_return_val_if_fail (OPT_IS_PRACTICE_SERVER (self), 0);

  return opt_practice_record_get_count (self->record, OPT_PRACTICE_COUNT_FLIGHTS);
}

guint
opt_practice_server_get_n_messages (OptPracticeServer *self)
{
  g_return_val_if_fail (OPT_IS_PRACTICE_SERVER (self), 0);

  return opt_practice_record_get_count (self->record, OPT_PRACTICE_COUNT_MESSAGES);
}
