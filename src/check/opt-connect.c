/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Connects to the first of several addresses that answers. libcurl and GSocketClient race too, but
 * neither tells why each address failed, and the difference between "refused" and "no answer" is
 * what a person has to be told. */
#include "opt-connect.h"

typedef struct
{
  GQueue waiting; /* of GInetAddress, in the order in which they get their turn */
  guint16 port;
  GPtrArray *tries; /* of Try */
  GSource *stagger;
  GSource *timeout;
  GError *error;    /* of the address that says most about why none answered */
  GString *reasons; /* of each address */
} Race;

/* One address that has not answered yet. */
typedef struct
{
  GTask *task; /* borrowed: the source that refers to this lives no longer than the task */
  GInetAddress *address;
  GSocket *socket;
  GSource *source;
} Try;

static void start_next (GTask *task);

static void
free_try (gpointer data)
{
  Try *attempt = data;

  if (attempt->source != NULL)
    {
      g_source_destroy (attempt->source);
      g_source_unref (attempt->source);
    }
  g_clear_object (&attempt->socket);
  g_object_unref (attempt->address);
  g_free (attempt);
}

static void
clear_source (GSource **source)
{
  if (*source == NULL)
    return;

  g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
free_race (gpointer data)
{
  Race *race = data;

  clear_source (&race->stagger);
  clear_source (&race->timeout);
  g_queue_clear_full (&race->waiting, g_object_unref);
  g_ptr_array_unref (race->tries);
  g_clear_error (&race->error);
  g_string_free (race->reasons, TRUE);
  g_free (race);
}

/* RFC 8305 §4: the families take turns, beginning with that of the first address. */
static void
interleave (GList *addresses, GQueue *order)
{
  GSocketFamily first = g_inet_address_get_family (addresses->data);
  GList *same = addresses;
  GList *other = addresses;

  while (same != NULL || other != NULL)
    {
      while (same != NULL && g_inet_address_get_family (same->data) != first)
        same = same->next;
      if (same != NULL)
        {
          g_queue_push_tail (order, g_object_ref (same->data));
          same = same->next;
        }

      while (other != NULL && g_inet_address_get_family (other->data) == first)
        other = other->next;
      if (other != NULL)
        {
          g_queue_push_tail (order, g_object_ref (other->data));
          other = other->next;
        }
    }
}

/* Ends the race. The task's data goes with its last reference, which may be the caller's. */
static void
end_race (GTask *task, GSocket *winner, GError *error)
{
  Race *race = g_task_get_task_data (task);
  g_autoptr (GTask) last = task;

  clear_source (&race->stagger);
  clear_source (&race->timeout);
  g_ptr_array_set_size (race->tries, 0);
  if (winner != NULL)
    g_task_return_pointer (task, winner, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
note_reason (Race *race, GInetAddress *address, const char *reason)
{
  g_autofree char *text = g_inet_address_to_string (address);

  g_string_append_printf (race->reasons,
                          "%s%s: %s",
                          race->reasons->len > 0 ? "; " : "",
                          text,
                          reason);
}

/* "No route" for one family says less than what the other family's address answered. */
static void
note_error (Race *race, GError *error)
{
  if (race->error != NULL && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    {
      g_error_free (error);
      return;
    }

  g_clear_error (&race->error);
  race->error = error;
}

/* Nobody let us in. */
static void
lose_race (GTask *task)
{
  Race *race = g_task_get_task_data (task);

  end_race (task, NULL, g_error_new_literal (G_IO_ERROR, race->error->code, race->reasons->str));
}

static void
try_failed (GTask *task, Try *attempt, GError *error)
{
  Race *race = g_task_get_task_data (task);

  note_reason (race, attempt->address, error->message);
  note_error (race, error);
  g_ptr_array_remove_fast (race->tries, attempt);

  if (!g_queue_is_empty (&race->waiting))
    start_next (task);
  else if (race->tries->len == 0)
    lose_race (task);
}

static gboolean
on_connected (GSocket *socket, GIOCondition condition, gpointer user_data)
{
  Try *attempt = user_data;
  GTask *task = attempt->task;
  GError *error = NULL;

  if (g_cancellable_set_error_if_cancelled (g_task_get_cancellable (task), &error))
    end_race (task, NULL, error);
  else if (g_socket_check_connect_result (socket, &error))
    end_race (task, g_object_ref (socket), NULL);
  else
    try_failed (task, attempt, error);

  return G_SOURCE_REMOVE;
}

static gboolean
on_stagger (gpointer user_data)
{
  GTask *task = user_data;

  start_next (task);

  return G_SOURCE_REMOVE;
}

/* An address that was refused says more than those that are silent. */
static gboolean
on_timeout (gpointer user_data)
{
  GTask *task = user_data;
  Race *race = g_task_get_task_data (task);

  for (guint i = 0; i < race->tries->len; i++)
    note_reason (race, ((Try *) g_ptr_array_index (race->tries, i))->address, "no answer");
  if (race->error == NULL ||
      g_error_matches (race->error, G_IO_ERROR, G_IO_ERROR_NETWORK_UNREACHABLE))
    {
      g_clear_error (&race->error);
      race->error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "no answer");
    }
  lose_race (task);

  return G_SOURCE_REMOVE;
}

static void
schedule_next (GTask *task)
{
  Race *race = g_task_get_task_data (task);

  if (g_queue_is_empty (&race->waiting))
    return;

  race->stagger = g_timeout_source_new (OPT_CONNECT_STAGGER_MS);
  g_source_set_callback (race->stagger, on_stagger, task, NULL);
  g_source_attach (race->stagger, g_task_get_context (task));
}

static void
watch_try (GTask *task, Try *attempt)
{
  attempt->source =
    g_socket_create_source (attempt->socket, G_IO_OUT, g_task_get_cancellable (task));
  g_source_set_callback (attempt->source, G_SOURCE_FUNC (on_connected), attempt, NULL);
  g_source_attach (attempt->source, g_task_get_context (task));
}

static void
start_next (GTask *task)
{
  Race *race = g_task_get_task_data (task);
  g_autoptr (GInetAddress) address = g_queue_pop_head (&race->waiting);
  g_autoptr (GSocketAddress) target = g_inet_socket_address_new (address, race->port);
  g_autoptr (GSocket) socket = NULL;
  GError *error = NULL;
  Try *attempt;

  clear_source (&race->stagger);
  socket = g_socket_new (g_inet_address_get_family (address),
                         G_SOCKET_TYPE_STREAM,
                         G_SOCKET_PROTOCOL_TCP,
                         &error);
  attempt = g_new0 (Try, 1);
  attempt->task = task;
  attempt->address = g_object_ref (address);
  attempt->socket = socket != NULL ? g_object_ref (socket) : NULL;
  g_ptr_array_add (race->tries, attempt);

  if (socket != NULL)
    {
      g_socket_set_blocking (socket, FALSE);
      if (g_socket_connect (socket, target, NULL, &error) ||
          g_error_matches (error, G_IO_ERROR, G_IO_ERROR_PENDING))
        {
          g_clear_error (&error);
          watch_try (task, attempt);
          schedule_next (task);
          return;
        }
    }

  try_failed (task, attempt, error);
}

void
opt_connect_async (GList *addresses,
                   guint16 port,
                   guint timeout_ms,
                   GCancellable *cancellable,
                   GAsyncReadyCallback callback,
                   gpointer user_data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, user_data);
  Race *race = g_new0 (Race, 1);

  g_return_if_fail (addresses != NULL);

  g_task_set_source_tag (task, opt_connect_async);
  g_queue_init (&race->waiting);
  race->port = port;
  race->tries = g_ptr_array_new_with_free_func (free_try);
  race->reasons = g_string_new (NULL);
  race->timeout = g_timeout_source_new (timeout_ms);
  g_source_set_callback (race->timeout, on_timeout, task, NULL);
  g_source_attach (race->timeout, g_task_get_context (task));
  interleave (addresses, &race->waiting);
  g_task_set_task_data (task, race, free_race);

  start_next (task);
}

GSocket *
opt_connect_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
