/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One connection to one server. It joins the parts that know something (look-up, connect, TLS, the
 * dialogue) and adds the clock: each step is timed and has its own deadline. It knows nothing of
 * protocols, and does not judge what it saw. */
#include "opt-attempt.h"

#include "opt-connect.h"
#include "opt-dialogue.h"
#include "opt-step-clock.h"
#include "opt-surroundings.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <string.h>

/* Reference-counted inside: whoever calls its owner back holds a reference, because the owner may
 * let go of the attempt there and then; so do GIO's calls, which come back even when cancelled. */
struct _OptAttempt
{
  OptEvidence *evidence;
  OptTranscript *transcript;
  OptAddress *address;
  OptTransportGroup *group;
  OptNetwork *network;
  OptTimeouts timeouts;
  OptErrand *errand;
  OptAttemptFunc changed; /* NULL once the owner is gone */
  gpointer user_data;

  OptAttemptState state;
  OptStepClock clock;
  GCancellable *cancellable;
  OptTransport *transport;
  OptDialogue *dialogue;
  gboolean in_handshake;
};

static void
clear_attempt (gpointer data)
{
  OptAttempt *self = data;

  opt_evidence_unref (self->evidence);
  opt_transcript_unref (self->transcript);
  opt_address_unref (self->address);
  opt_transport_group_unref (self->group);
  g_clear_pointer (&self->network, opt_network_unref);
  g_clear_pointer (&self->errand, opt_errand_unref);
  g_object_unref (self->cancellable);
}

static void
unref_attempt (OptAttempt *self)
{
  g_rc_box_release_full (self, clear_attempt);
}

/* A reference for the length of one function. */
typedef OptAttempt AliveAttempt;
G_DEFINE_AUTOPTR_CLEANUP_FUNC (AliveAttempt, unref_attempt)

static void
tell (OptAttempt *self)
{
  if (self->changed != NULL)
    self->changed (self, self->user_data);
}

static void
release_connection (OptAttempt *self)
{
  opt_step_clock_clear_deadline (&self->clock);
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->transport, opt_transport_free);
  g_clear_pointer (&self->dialogue, opt_dialogue_free);
}

static void
end (OptAttempt *self, OptFailure failure)
{
  if (self->state == OPT_ATTEMPT_ENDED)
    return;

  if (self->state == OPT_ATTEMPT_RUNNING)
    opt_step_clock_note (&self->clock, self->evidence);
  self->state = OPT_ATTEMPT_ENDED;
  self->evidence->failure = failure;
  /* A world of its own has none. */
  if (self->network == NULL && failure != OPT_FAILURE_NONE)
    opt_surroundings_note (self->evidence);
  release_connection (self);
  tell (self);
}

static gboolean
on_deadline (gpointer user_data)
{
  g_autoptr (AliveAttempt) self = g_rc_box_acquire (user_data);

  end (self, OPT_FAILURE_DEADLINE);

  return G_SOURCE_REMOVE;
}

static void
start_deadline (OptAttempt *self, guint timeout_ms)
{
  opt_step_clock_set_deadline (&self->clock, timeout_ms, on_deadline, self);
}

static void
follow_step (OptAttempt *self)
{
  if (opt_step_clock_follow (&self->clock, self->evidence))
    tell (self);
}

static void
enter_step (OptAttempt *self, OptStep step, guint timeout_ms)
{
  self->evidence->step = step;
  start_deadline (self, timeout_ms);
  follow_step (self);
}

/* Says goodbye to a server that listens; nobody waits for its answer. Nothing is left undone by
 * that: no message was deleted (RFC 1939 §6) and none is on its way (RFC 5321 §4.1.1.10). */
static void
say_goodbye (OptAttempt *self)
{
  const char *farewell;
  GByteArray *bytes;

  farewell = self->dialogue != NULL ? opt_dialogue_get_farewell (self->dialogue) : NULL;
  if (farewell == NULL)
    return;

  bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) farewell, strlen (farewell));
  opt_transport_send (self->transport, bytes);
}

/* Stops the clock while it is for the owner to say when to go on. */
static void
rest (OptAttempt *self, OptAttemptState state)
{
  if (self->state != OPT_ATTEMPT_RUNNING)
    return;

  opt_step_clock_clear_deadline (&self->clock);
  opt_step_clock_note (&self->clock, self->evidence);
  self->state = state;
  tell (self);
}

static void receive (OptAttempt *self);

static void
on_secured (OptTransport *transport, gboolean secured, gpointer user_data)
{
  g_autoptr (AliveAttempt) self = g_rc_box_acquire (user_data);

  self->in_handshake = FALSE;
  if (!secured)
    {
      end (self, OPT_FAILURE_HANDSHAKE);
      return;
    }

  opt_transcript_add_note (self->transcript, self->evidence->tls.version);
  opt_dialogue_secured (self->dialogue);
  start_deadline (self, self->timeouts.reply_ms);
  /* The greeting may have come with the handshake's last flight. */
  receive (self);
}

static void
start_handshake (OptAttempt *self)
{
  self->in_handshake = TRUE;
  start_deadline (self, self->timeouts.reply_ms);
  opt_transport_secure (self->transport, self->evidence, on_secured);
}

static guint
get_reply_limit_ms (const OptAttempt *self)
{
  return self->evidence->command == OPT_COMMAND_MESSAGE
           ? MAX (self->timeouts.reply_ms, self->timeouts.message_ms)
           : self->timeouts.reply_ms;
}

static void
send_output (OptAttempt *self)
{
  GByteArray *output = opt_dialogue_take_output (self->dialogue);

  if (output == NULL)
    return;

  start_deadline (self, get_reply_limit_ms (self));
  opt_transport_send (self->transport, output);
}

/* Does what the dialogue wants. */
static void
follow (OptAttempt *self, OptDialogueWants wants)
{
  follow_step (self);
  if (self->state == OPT_ATTEMPT_ENDED)
    return;

  send_output (self);
  switch (wants)
    {
    case OPT_DIALOGUE_LISTEN:
      break;
    case OPT_DIALOGUE_START_TLS:
      start_handshake (self);
      break;
    case OPT_DIALOGUE_READY:
      rest (self, OPT_ATTEMPT_READY);
      break;
    case OPT_DIALOGUE_WAIT:
      rest (self, OPT_ATTEMPT_WAITS);
      break;
    case OPT_DIALOGUE_WORKS:
      say_goodbye (self);
      end (self, OPT_FAILURE_NONE);
      break;
    case OPT_DIALOGUE_FAILED:
      say_goodbye (self);
      end (self, self->evidence->failure);
      break;
    }
}

/* Takes in all there is: what TLS has decrypted already does not make the socket readable. */
static void
receive (OptAttempt *self)
{
  while (self->state != OPT_ATTEMPT_ENDED && !self->in_handshake)
    {
      g_autoptr (GError) error = NULL;
      char buffer[16384];
      gssize n_bytes = opt_transport_receive (self->transport, buffer, sizeof buffer, &error);

      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        {
          follow (self, opt_dialogue_receive (self->dialogue, "", 0));
          return;
        }

      follow (self,
              n_bytes > 0 ? opt_dialogue_receive (self->dialogue, buffer, (gsize) n_bytes)
                          : opt_dialogue_closed (self->dialogue));
    }
}

static void
on_readable (OptTransport *transport, gpointer user_data)
{
  g_autoptr (AliveAttempt) self = g_rc_box_acquire (user_data);

  receive (self);
}

static void
begin_connection (OptAttempt *self, GSocket *socket)
{
  g_autoptr (GSocketAddress) remote = g_socket_get_remote_address (socket, NULL);

  if (G_IS_INET_SOCKET_ADDRESS (remote))
    self->evidence->address_used =
      g_inet_address_to_string (g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (remote)));

  /* Commands are short and answered one by one: to fill a packet first would cost a round trip. */
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  self->dialogue = opt_dialogue_new (self->address, self->evidence, self->transcript);
  if (self->errand != NULL)
    opt_dialogue_set_errand (self->dialogue, self->errand);
  self->transport = opt_transport_new (self->group, socket, on_readable, self);
  enter_step (self, OPT_STEP_SECURE, self->timeouts.reply_ms);

  if (self->state != OPT_ATTEMPT_ENDED &&
      opt_server_get_security (self->evidence->server) == OPT_SECURITY_TLS)
    start_handshake (self);
}

static void
connect_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AliveAttempt) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSocket) socket = opt_connect_finish (result, &error);

  if (self->state == OPT_ATTEMPT_ENDED)
    return;

  if (socket != NULL)
    {
      begin_connection (self, socket);
      return;
    }

  opt_transcript_add_note (self->transcript, error->message);
  self->evidence->connect_error = error->code;
  end (self, OPT_FAILURE_CONNECT);
}

static void
begin_connect (OptAttempt *self, GList *addresses, guint16 port)
{
  /* This step ends itself, because it knows best what it ends with. */
  opt_step_clock_clear_deadline (&self->clock);
  self->evidence->step = OPT_STEP_CONNECT;
  follow_step (self);
  if (self->state != OPT_ATTEMPT_ENDED)
    opt_connect_async (addresses,
                       port,
                       self->timeouts.connect_ms,
                       self->cancellable,
                       connect_done,
                       g_rc_box_acquire (self));
}

static void
lookup_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (AliveAttempt) self = user_data;
  g_autoptr (GError) error = NULL;
  GList *addresses = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, &error);

  if (self->state == OPT_ATTEMPT_ENDED)
    {
      g_resolver_free_addresses (addresses);
      return;
    }

  if (addresses != NULL)
    {
      begin_connect (self, addresses, opt_server_get_port (self->evidence->server));
      g_resolver_free_addresses (addresses);
      return;
    }

  opt_transcript_add_note (self->transcript, error->message);
  end (self,
       g_error_matches (error, G_RESOLVER_ERROR, G_RESOLVER_ERROR_NOT_FOUND)
         ? OPT_FAILURE_NAME_NOT_FOUND
         : OPT_FAILURE_NAME_LOOKUP);
}

static void
begin_lookup (OptAttempt *self)
{
  g_autoptr (GResolver) resolver = g_resolver_get_default ();

  g_resolver_lookup_by_name_async (resolver,
                                   opt_server_get_host (self->evidence->server),
                                   self->cancellable,
                                   lookup_done,
                                   g_rc_box_acquire (self));
}

static void
begin_route (OptAttempt *self)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  guint16 port = opt_network_find_route (self->network, self->evidence->server);
  GList addresses = { loopback, NULL, NULL };

  if (port == 0)
    end (self, OPT_FAILURE_NAME_NOT_FOUND);
  else
    begin_connect (self, &addresses, port);
}

OptAttempt *
opt_attempt_new (OptServer *server,
                 OptAddress *address,
                 OptErrand *errand,
                 OptTransportGroup *group,
                 OptNetwork *network,
                 const OptTimeouts *timeouts,
                 OptAttemptFunc changed,
                 gpointer user_data)
{
  OptAttempt *self;

  g_return_val_if_fail (server != NULL && address != NULL && group != NULL, NULL);
  g_return_val_if_fail (timeouts != NULL && changed != NULL, NULL);

  self = g_rc_box_new0 (OptAttempt);
  self->evidence = opt_evidence_new (server);
  self->transcript = opt_transcript_new ();
  self->address = opt_address_ref (address);
  self->group = opt_transport_group_ref (group);
  self->network = network != NULL ? opt_network_ref (network) : NULL;
  self->errand = errand != NULL ? opt_errand_ref (errand) : NULL;
  self->timeouts = *timeouts;
  self->changed = changed;
  self->user_data = user_data;
  self->cancellable = g_cancellable_new ();

  return self;
}

void
opt_attempt_free (OptAttempt *self)
{
  g_return_if_fail (self != NULL);

  self->changed = NULL;
  self->state = OPT_ATTEMPT_ENDED;
  release_connection (self);
  unref_attempt (self);
}

void
opt_attempt_start (OptAttempt *self)
{
  g_autofree char *server = NULL;
  g_autoptr (AliveAttempt) alive = NULL;

  g_return_if_fail (self != NULL && self->clock.since_us == 0);

  alive = g_rc_box_acquire (self);
  server = opt_server_to_string (self->evidence->server);
  opt_transcript_add_note (self->transcript, server);
  opt_step_clock_start (&self->clock, OPT_STEP_RESOLVE);
  start_deadline (self, self->timeouts.resolve_ms);
  if (self->network != NULL)
    begin_route (self);
  else
    begin_lookup (self);
}

void
opt_attempt_sign_in (OptAttempt *self, OptSecret *secret)
{
  g_autoptr (AliveAttempt) alive = NULL;

  g_return_if_fail (self != NULL && self->state == OPT_ATTEMPT_READY && secret != NULL);

  alive = g_rc_box_acquire (self);
  self->state = OPT_ATTEMPT_RUNNING;
  opt_step_clock_start (&self->clock, OPT_STEP_SIGN_IN);
  self->evidence->password_origin = opt_secret_get_origin (secret);
  follow (self, opt_dialogue_sign_in (self->dialogue, secret));
  tell (self);
}

void
opt_attempt_go_on (OptAttempt *self)
{
  g_autoptr (AliveAttempt) alive = NULL;

  g_return_if_fail (self != NULL && self->state == OPT_ATTEMPT_WAITS);

  alive = g_rc_box_acquire (self);
  self->state = OPT_ATTEMPT_RUNNING;
  opt_step_clock_start (&self->clock, OPT_STEP_VERIFY);
  follow (self, opt_dialogue_go_on (self->dialogue));
}

void
opt_attempt_stop (OptAttempt *self, OptFailure reason)
{
  g_autoptr (AliveAttempt) alive = NULL;

  g_return_if_fail (self != NULL);

  alive = g_rc_box_acquire (self);
  say_goodbye (self);
  end (self, reason);
}

OptAttemptState
opt_attempt_get_state (const OptAttempt *self)
{
  g_return_val_if_fail (self != NULL, OPT_ATTEMPT_ENDED);

  return self->state;
}

OptEvidence *
opt_attempt_get_evidence (const OptAttempt *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->evidence;
}

OptTranscript *
opt_attempt_get_transcript (const OptAttempt *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->transcript;
}
