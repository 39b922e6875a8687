/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "net-delivery.h"

#include "opt-delivery-text.h"

#include <string.h>

#define FIRST_PAUSE_MS 10

void
net_delivery_set_up (NetDelivery *self, OptSecurity security, guint n_others)
{
  g_autoptr (OptAddress) address = opt_address_parse (NET_ADDRESS, NULL);

  self->fixture = net_fixture_new ();
  self->store = opt_practice_store_new ();
  self->secret = opt_secret_new (NET_PASSWORD, strlen (NET_PASSWORD), NULL);
  self->account = opt_account_new ("Jane Döe, \"J\"", address, NULL);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_autoptr (OptServer) server = opt_server_new (i,
                                                     NET_HOST,
                                                     opt_server_get_usual_port (i, security),
                                                     security,
                                                     NET_ADDRESS,
                                                     NULL);
      OptAccount *account = opt_account_with_server (self->account, server);

      opt_account_unref (self->account);
      self->account = account;
      self->servers[i] =
        net_fixture_add_server (self->fixture, NET_HOST, i, security, NET_IDENTITY_GOOD);
      opt_practice_server_set_account (self->servers[i], NET_ADDRESS, NET_PASSWORD, n_others, 9);
      opt_practice_server_set_store (self->servers[i], self->store);
    }
}

void
net_delivery_tear_down (NetDelivery *self)
{
  opt_account_unref (self->account);
  opt_secret_unref (self->secret);
  opt_practice_store_unref (self->store);
  net_fixture_free (self->fixture);
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

void
net_delivery_run (NetDelivery *self, OptDelivery *delivery, GCancellable *cancellable)
{
  g_autoptr (GAsyncResult) result = NULL;

  opt_delivery_run_async (delivery, self->secret, cancellable, on_done, &result);
  while (result == NULL)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpint (opt_delivery_run_finish (delivery, result),
                   ==,
                   opt_delivery_get_result (delivery));
}

OptDelivery *
net_delivery_create_delivery (NetDelivery *self, OptService via, guint patience_ms)
{
  OptDeliveryOptions options = OPT_DELIVERY_OPTIONS_DEFAULT;

  options.via = via;
  options.patience_ms = patience_ms;
  options.first_pause_ms = FIRST_PAUSE_MS;
  options.network = net_fixture_get_network (self->fixture);

  return opt_delivery_new (self->account,
                           opt_delivery_text_create_message (self->account),
                           &options);
}

guint
net_delivery_count_messages (NetDelivery *self)
{
  g_autoptr (GPtrArray) inbox = opt_practice_store_dup_messages (self->store, FALSE);
  g_autoptr (GPtrArray) junk = opt_practice_store_dup_messages (self->store, TRUE);

  return inbox->len + junk->len;
}

void
net_delivery_assert_hidden (NetDelivery *self, OptDelivery *delivery)
{
  g_autoptr (GPtrArray) transcripts = opt_delivery_dup_transcripts (delivery);

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      g_autoptr (GBytes) plain = opt_practice_server_dup_received_plain (self->servers[i]);

      g_assert_false (net_contains_password (plain));
    }

  for (guint i = 0; i < transcripts->len; i++)
    {
      GPtrArray *lines = opt_transcript_get_lines (transcripts->pdata[i]);

      for (guint j = 0; j < lines->len; j++)
        {
          const char *line = lines->pdata[j];
          g_autoptr (GBytes) bytes = g_bytes_new_static (line, strlen (line));

          g_test_message ("%s", line);
          g_assert_false (net_contains_password (bytes));
        }
    }
}

void
net_delivery_assert_sentences (OptDelivery *delivery, const char *part)
{
  g_auto (GStrv) sentences = opt_delivery_text_create_sentences (delivery);
  g_autofree char *text = g_strjoinv ("\n", sentences);

  g_test_message ("%s\n%s", opt_delivery_text_get_heading (delivery), text);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_null (strstr (text, "\xe2\x80\xae"));
  g_assert_null (strchr (text, '\x1b'));
  if (part != NULL)
    g_assert_nonnull (strstr (text, part));
}
