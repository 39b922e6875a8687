/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One connection: bytes to lines, a script asked before each answer, and what a script may do to
 * the wire. It does one thing at a time (read, wait, write, handshake), each of which leads to the
 * next; nothing blocks, so that a stalled client never holds up another. */
#include "opt-practice-connection.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>
#include <sys/socket.h>

#define CHUNK_BYTES 16384

/* No line and no literal of an honest client is longer. */
#define MAX_PENDING_BYTES (128 * 1024)

struct _OptPracticeConnection
{
  OptSecurity security;
  GTlsCertificate *certificate;
  OptPracticeScript *script;
  OptPracticeRecord *record;
  OptPracticeDialogue *dialogue;
  OptPracticeConnectionGone gone;
  gpointer user_data;

  GSocketConnection *socket;
  GIOStream *stream; /* the socket, or TLS on top of it */
  GCancellable *cancellable;
  GSource *timer;
  gboolean closed;

  guint8 buffer[CHUNK_BYTES];
  GByteArray *pending;       /* received, not yet understood */
  gboolean counts_as_flight; /* nothing of the last read was understood yet */
  gboolean listens;          /* FALSE: what comes is read, and that is all */
  gboolean shut;             /* no more is sent; the bare socket is read until the client leaves */

  OptPracticeStep *step;
  GString *out;
  gsize dripped_bytes;
};

static void take_turn (OptPracticeConnection *self);
static void begin_answer (OptPracticeConnection *self);
static void begin_write (OptPracticeConnection *self);

static void
clear_connection (gpointer data)
{
  OptPracticeConnection *self = data;

  g_clear_object (&self->stream);
  g_clear_object (&self->socket);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->script, opt_practice_script_unref);
  g_clear_pointer (&self->record, opt_practice_record_unref);
  g_clear_pointer (&self->dialogue, opt_practice_dialogue_free);
  g_clear_pointer (&self->pending, g_byte_array_unref);
  g_clear_pointer (&self->step, opt_practice_step_free);
  g_string_free (self->out, TRUE);

  self->gone (self, self->user_data);
}

/* Calls @callback after a pause, unless the connection is closed first. */
static void
start_timer (OptPracticeConnection *self, guint delay_ms, GSourceFunc callback)
{
  g_autoptr (GSource) timer = g_timeout_source_new (delay_ms);

  g_source_set_callback (timer,
                         callback,
                         opt_practice_connection_ref (self),
                         (GDestroyNotify) opt_practice_connection_unref);
  g_source_attach (timer, g_main_context_get_thread_default ());
  self->timer = g_steal_pointer (&timer);
}

static void
read_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptPracticeConnection) self = user_data;
  gssize size_bytes = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  /* End of file, a reset, a broken TLS record and our own closing all end it alike. */
  if (size_bytes <= 0 || self->closed)
    {
      opt_practice_connection_close (self);
      return;
    }

  if (!self->shut)
    opt_practice_record_add_received (self->record,
                                      self->dialogue->secure,
                                      self->buffer,
                                      size_bytes);

  if (self->listens)
    {
      self->counts_as_flight = TRUE;
      g_byte_array_append (self->pending, self->buffer, size_bytes);
    }

  take_turn (self);
}

static void
begin_read (OptPracticeConnection *self)
{
  GIOStream *stream = self->shut ? G_IO_STREAM (self->socket) : self->stream;

  g_input_stream_read_async (g_io_stream_get_input_stream (stream),
                             self->buffer,
                             sizeof self->buffer,
                             G_PRIORITY_DEFAULT,
                             self->cancellable,
                             read_done,
                             opt_practice_connection_ref (self));
}

static void
record_command (OptPracticeConnection *self)
{
  if (self->counts_as_flight)
    opt_practice_record_count (self->record, OPT_PRACTICE_COUNT_FLIGHTS);
  self->counts_as_flight = FALSE;

  if (self->dialogue->occasion != OPT_PRACTICE_OCCASION_LITERAL)
    opt_practice_record_add_command (self->record, self->dialogue->verb);
}

/* Answers what was received if that is a whole command, and otherwise reads on. */
static void
take_turn (OptPracticeConnection *self)
{
  gboolean answers = FALSE;

  while (opt_practice_dialogue_take (self->dialogue, self->pending, &answers))
    if (answers)
      {
        record_command (self);
        begin_answer (self);
        return;
      }

  if (self->pending->len > MAX_PENDING_BYTES)
    opt_practice_connection_close (self);
  else
    begin_read (self);
}

static void
begin_occasion (OptPracticeConnection *self, OptPracticeOccasion occasion)
{
  opt_practice_dialogue_begin (self->dialogue, occasion);
  begin_answer (self);
}

static void
handshake_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptPracticeConnection) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_tls_connection_handshake_finish (G_TLS_CONNECTION (source), result, &error))
    {
      g_debug ("No TLS: %s", error->message);
      opt_practice_connection_close (self);
      return;
    }
  if (self->closed)
    return;

  opt_practice_dialogue_secured (self->dialogue);
  if (self->security == OPT_SECURITY_TLS)
    begin_occasion (self, OPT_PRACTICE_OCCASION_GREETING);
  else
    take_turn (self);
}

static GIOStream *
create_tls (OptPracticeConnection *self, GError **error)
{
  GTlsBackend *backend = g_tls_backend_get_default ();

  /* Not g_tls_server_connection_new(): without a word about the database, each connection would
   * load all the authorities of the system, for clients that show no certificate. */
  return g_initable_new (g_tls_backend_get_server_connection_type (backend),
                         NULL,
                         error,
                         "base-io-stream",
                         self->socket,
                         "certificate",
                         self->certificate,
                         "database",
                         NULL,
                         "require-close-notify",
                         FALSE,
                         NULL);
}

static void
begin_handshake (OptPracticeConnection *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GIOStream) stream = create_tls (self, &error);

  if (stream == NULL)
    {
      g_message ("The practice server cannot speak TLS: %s", error->message);
      opt_practice_connection_close (self);
      return;
    }

  /* What a client sent on after STARTTLS is not to count as sent inside TLS (CVE-2011-0411). */
  g_byte_array_set_size (self->pending, 0);

  g_set_object (&self->stream, stream);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (stream),
                                    G_PRIORITY_DEFAULT,
                                    self->cancellable,
                                    handshake_done,
                                    opt_practice_connection_ref (self));
}

/* Reads on without ever answering. */
static void
fall_silent (OptPracticeConnection *self)
{
  self->listens = FALSE;
  g_byte_array_set_size (self->pending, 0);
  begin_read (self);
}

/* Closing a socket with unread bytes resets the connection, and a reset may destroy the last reply
 * before the client read it (RFC 9112 §9.6 tells of it). So: say that no more will come, and read
 * until the client leaves too. The TLS stream is kept, because its end would close the socket. */
static void
shut_output (OptPracticeConnection *self)
{
  g_socket_shutdown (g_socket_connection_get_socket (self->socket), FALSE, TRUE, NULL);
  self->shut = TRUE;
  fall_silent (self);
}

static void
farewell_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptPracticeConnection) self = user_data;

  if (!g_output_stream_close_finish (G_OUTPUT_STREAM (source), result, NULL) || self->closed)
    opt_practice_connection_close (self);
  else
    shut_output (self);
}

static void
begin_farewell (OptPracticeConnection *self)
{
  /* RFC 8446 §6.1: close_notify, before the connection goes. */
  if (G_IS_TLS_CONNECTION (self->stream))
    g_output_stream_close_async (g_io_stream_get_output_stream (self->stream),
                                 G_PRIORITY_DEFAULT,
                                 self->cancellable,
                                 farewell_done,
                                 opt_practice_connection_ref (self));
  else
    shut_output (self);
}

static void
reset (OptPracticeConnection *self)
{
  const struct linger at_once = { .l_onoff = 1, .l_linger = 0 };
  GSocket *socket = g_socket_connection_get_socket (self->socket);

  setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  g_socket_close (socket, NULL);
  opt_practice_connection_close (self);
}

/* The reply is out. */
static void
go_on (OptPracticeConnection *self)
{
  switch (self->dialogue->then)
    {
    case OPT_PRACTICE_THEN_GO_ON:
      /* A scripted answer in the place of the handshake leaves the connection in the clear. */
      if (self->dialogue->occasion == OPT_PRACTICE_OCCASION_TLS &&
          self->security == OPT_SECURITY_TLS)
        begin_occasion (self, OPT_PRACTICE_OCCASION_GREETING);
      else
        take_turn (self);
      break;
    case OPT_PRACTICE_THEN_CLOSE:
      begin_farewell (self);
      break;
    case OPT_PRACTICE_THEN_RESET:
      reset (self);
      break;
    case OPT_PRACTICE_THEN_SILENCE:
      fall_silent (self);
      break;
    case OPT_PRACTICE_THEN_START_TLS:
      if (self->dialogue->occasion == OPT_PRACTICE_OCCASION_TLS)
        begin_handshake (self);
      else
        begin_occasion (self, OPT_PRACTICE_OCCASION_TLS);
      break;
    case OPT_PRACTICE_THEN_FLOOD:
      if (self->out->len > 0)
        begin_write (self);
      else
        fall_silent (self);
      break;
    }
}

static gboolean
on_drip (gpointer user_data)
{
  OptPracticeConnection *self = user_data;

  g_clear_pointer (&self->timer, g_source_unref);
  begin_write (self);

  return G_SOURCE_REMOVE;
}

static void
write_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (OptPracticeConnection) self = user_data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL) ||
      self->closed)
    {
      opt_practice_connection_close (self);
      return;
    }

  if (self->step == NULL || self->step->drip_ms == 0)
    {
      go_on (self);
      return;
    }

  if (++self->dripped_bytes < self->out->len)
    {
      start_timer (self, self->step->drip_ms, on_drip);
      return;
    }

  self->dripped_bytes = 0;
  go_on (self);
}

static void
begin_write (OptPracticeConnection *self)
{
  gboolean drips = self->step != NULL && self->step->drip_ms > 0;

  g_output_stream_write_all_async (g_io_stream_get_output_stream (self->stream),
                                   self->out->str + self->dripped_bytes,
                                   drips ? 1 : self->out->len,
                                   G_PRIORITY_DEFAULT,
                                   self->cancellable,
                                   write_done,
                                   opt_practice_connection_ref (self));
}

static void
answer (OptPracticeConnection *self)
{
  const GString *reply = self->dialogue->reply;

  opt_practice_dialogue_answer (self->dialogue, self->step);
  g_string_truncate (self->out, 0);
  g_string_append_len (self->out, reply->str, reply->len);

  /* A flood goes out in large pieces. */
  if (self->dialogue->then == OPT_PRACTICE_THEN_FLOOD && self->step->drip_ms == 0)
    while (reply->len > 0 && self->out->len < CHUNK_BYTES)
      g_string_append_len (self->out, reply->str, reply->len);

  if (self->out->len > 0)
    begin_write (self);
  else
    go_on (self);
}

static gboolean
on_delay (gpointer user_data)
{
  OptPracticeConnection *self = user_data;

  g_clear_pointer (&self->timer, g_source_unref);
  answer (self);

  return G_SOURCE_REMOVE;
}

/* Asks the script about what the dialogue heard, waits as it says, and answers. */
static void
begin_answer (OptPracticeConnection *self)
{
  const char *names[3];

  opt_practice_dialogue_get_names (self->dialogue, names);
  g_clear_pointer (&self->step, opt_practice_step_free);
  self->step = opt_practice_script_take (self->script, names, self->dialogue->secure);

  if (self->step != NULL && self->step->delay_ms > 0)
    start_timer (self, self->step->delay_ms, on_delay);
  else
    answer (self);
}

OptPracticeConnection *
opt_practice_connection_begin (GSocketConnection *socket,
                               const OptPracticeSetup *setup,
                               OptPracticeConnectionGone gone,
                               gpointer user_data)
{
  OptPracticeConnection *self;

  g_return_val_if_fail (G_IS_SOCKET_CONNECTION (socket) && setup != NULL && gone != NULL, NULL);

  self = g_rc_box_new0 (OptPracticeConnection);
  self->security = setup->security;
  self->certificate = g_object_ref (setup->certificate);
  self->script = opt_practice_script_ref (setup->script);
  self->record = opt_practice_record_ref (setup->record);
  self->dialogue = opt_practice_dialogue_new (setup->service, setup->mailbox, setup->record);
  self->gone = gone;
  self->user_data = user_data;
  self->socket = g_object_ref (socket);
  self->stream = g_object_ref (G_IO_STREAM (socket));
  self->cancellable = g_cancellable_new ();
  self->pending = g_byte_array_new ();
  self->listens = TRUE;
  self->out = g_string_new (NULL);

  /* Each reply is a write of its own: Nagle would hold the second back (RFC 9293 §3.7.4). */
  g_socket_set_option (g_socket_connection_get_socket (socket),
                       IPPROTO_TCP,
                       TCP_NODELAY,
                       TRUE,
                       NULL);
  opt_practice_record_count (self->record, OPT_PRACTICE_COUNT_CONNECTIONS);

  begin_occasion (self,
                  self->security == OPT_SECURITY_TLS ? OPT_PRACTICE_OCCASION_TLS
                                                     : OPT_PRACTICE_OCCASION_GREETING);

  return self;
}

OptPracticeConnection *
opt_practice_connection_ref (OptPracticeConnection *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_rc_box_acquire (self);
}

void
opt_practice_connection_unref (OptPracticeConnection *self)
{
  g_return_if_fail (self != NULL);

  g_rc_box_release_full (self, clear_connection);
}

void
opt_practice_connection_close (OptPracticeConnection *self)
{
  g_autoptr (OptPracticeConnection) guard = NULL;
  g_autoptr (GSource) timer = NULL;

  g_return_if_fail (self != NULL);

  if (self->closed)
    return;

  /* The timer may hold the last reference. */
  guard = opt_practice_connection_ref (self);
  self->closed = TRUE;
  g_cancellable_cancel (self->cancellable);
  timer = g_steal_pointer (&self->timer);
  if (timer != NULL)
    g_source_destroy (timer);
  g_socket_shutdown (g_socket_connection_get_socket (self->socket), TRUE, TRUE, NULL);
}
