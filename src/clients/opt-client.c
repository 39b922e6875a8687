/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The mail programs that we know, and the one way to make a file for them. What is peculiar to a
 * program stands in its own file; here is what holds for all. */
#include "opt-client.h"

#include "opt-error.h"

#include <glib/gi18n-lib.h>

/* One line for each: the table is opt_client_NAME in opt-client-NAME.c. The best comes first. */
#define CLIENTS(X) X (thunderbird), X (autoconfig), X (sheet_html), X (sheet_text), X (json)

#define SYMBOL(name) opt_client_##name
#define POINTER(name) &opt_client_##name

extern const OptClient CLIENTS (SYMBOL);

static const OptClient *const clients[] = { CLIENTS (POINTER) };

const OptClient *const *
opt_clients_get (guint *n_clients)
{
  g_return_val_if_fail (n_clients != NULL, NULL);

  *n_clients = G_N_ELEMENTS (clients);

  return clients;
}

const OptClient *
opt_client_find (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    if (g_str_equal (clients[i]->id, id))
      return clients[i];

  return NULL;
}

const char *
opt_client_get_name (const OptClient *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_dgettext (GETTEXT_PACKAGE, self->name);
}

const char *
opt_client_get_tried (const OptClient *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_dgettext (GETTEXT_PACKAGE, self->tried);
}

gboolean
opt_client_takes (const OptClient *self, OptService incoming)
{
  g_return_val_if_fail (self != NULL, FALSE);

  switch (incoming)
    {
    case OPT_SERVICE_IMAP:
      return (self->protocols & OPT_CLIENT_TAKES_IMAP) != 0;
    case OPT_SERVICE_POP3:
      return (self->protocols & OPT_CLIENT_TAKES_POP3) != 0;
    case OPT_SERVICE_SMTP:
      return FALSE;
    }

  g_return_val_if_reached (FALSE);
}

gboolean
opt_client_is_installed (const OptClient *self, const OptMachine *machine)
{
  g_return_val_if_fail (self != NULL && machine != NULL, FALSE);

  if (self->traces == NULL)
    return FALSE;

  for (const OptTrace *trace = self->traces; trace->kind != OPT_TRACE_NONE; trace++)
    if (opt_machine_has_trace (machine, trace))
      return TRUE;

  return FALSE;
}

GBytes *
opt_client_render (const OptClient *self, const OptSettings *settings, GError **error)
{
  OptService incoming;

  g_return_val_if_fail (self != NULL && self->render != NULL && settings != NULL, NULL);

  incoming = opt_settings_get_incoming_service (settings);
  if (!opt_client_takes (self, incoming))
    {
      g_set_error (error,
                   OPT_ERROR,
                   OPT_ERROR_CLIENT_PROTOCOL,
                   "%s takes no %s account",
                   self->id,
                   opt_service_to_string (incoming));
      return NULL;
    }

  return self->render (settings, error);
}

char **
opt_client_create_steps (const OptClient *self, const OptSettings *settings)
{
  g_return_val_if_fail (self != NULL && settings != NULL, NULL);

  return self->create_steps (settings);
}
