/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What some program's settings say of an account, believed in nothing: the readers fill it, whoever
 * shows or tests it asks first whether it makes sense. */
#include "opt-found.h"

#include "opt-client.h"
#include "opt-settings.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (OptFound, opt_found, opt_found_ref, opt_found_unref)

OptFound *
opt_found_new (void)
{
  OptFound *self = g_atomic_rc_box_new0 (OptFound);

  self->leave_on_server = OPT_LEAVE_ON_SERVER_UNKNOWN;

  return self;
}

static OptFoundSecurity
get_security (const OptServer *server)
{
  return opt_server_get_security (server) == OPT_SECURITY_TLS ? OPT_FOUND_SECURITY_TLS
                                                              : OPT_FOUND_SECURITY_STARTTLS;
}

OptFound *
opt_found_new_from_account (const OptAccount *account)
{
  OptFound *self;

  g_return_val_if_fail (account != NULL, NULL);

  self = opt_found_new ();
  self->name = g_strdup (opt_account_get_name (account));
  self->address = g_strdup (opt_address_get_text (opt_account_get_address (account)));
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptServer *server = opt_account_get_server (account, i);
      OptFoundServer *found;

      if (server == NULL)
        continue;

      found = opt_found_add_server (self, i, opt_server_get_host (server));
      found->port = opt_server_get_port (server);
      found->security = get_security (server);
      found->auth = OPT_FOUND_AUTH_PASSWORD;
      found->user = g_strdup (opt_server_get_user (server));
    }

  return self;
}

/* Once through, so that nothing in the address is taken for a variable. */
static char *
fill_in_address (const char *pattern, const OptAddress *address)
{
  g_autoptr (GString) user = g_string_new (NULL);

  for (const char *p = pattern; *p != '\0';)
    if (g_str_has_prefix (p, OPT_FOUND_WHOLE_ADDRESS))
      {
        g_string_append (user, opt_address_get_text (address));
        p += strlen (OPT_FOUND_WHOLE_ADDRESS);
      }
    else if (g_str_has_prefix (p, OPT_FOUND_LOCAL_PART))
      {
        g_string_append (user, opt_address_get_local_part (address));
        p += strlen (OPT_FOUND_LOCAL_PART);
      }
    else
      g_string_append_c (user, *p++);

  return g_string_free (g_steal_pointer (&user), FALSE);
}

static OptFoundServer *
copy_server (const OptFoundServer *server, const OptAddress *address)
{
  OptFoundServer *copy = g_memdup2 (server, sizeof *server);

  copy->host = g_strdup (server->host);
  copy->user = server->user_pattern != NULL ? fill_in_address (server->user_pattern, address)
                                            : g_strdup (server->user);
  copy->user_pattern = NULL;
  copy->key = g_strdup (server->key);

  return copy;
}

OptFound *
opt_found_with_address (const OptFound *self, const OptAddress *address)
{
  OptFound *copy;

  g_return_val_if_fail (self != NULL && address != NULL, NULL);

  copy = opt_found_new ();
  copy->client = self->client;
  copy->path = g_strdup (self->path);
  copy->name = g_strdup (self->name);
  copy->address = g_strdup (opt_address_get_text (address));
  copy->leave_on_server = self->leave_on_server;
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (self->servers[i] != NULL)
      copy->servers[i] = copy_server (self->servers[i], address);

  return copy;
}

OptFound *
opt_found_ref (OptFound *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

static void
free_server (OptFoundServer *self)
{
  g_free (self->host);
  g_free (self->user);
  g_free (self->user_pattern);
  g_free (self->key);
  g_free (self);
}

static void
clear_found (gpointer data)
{
  OptFound *self = data;

  g_free (self->path);
  g_free (self->name);
  g_free (self->address);
  g_free (self->domain);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    g_clear_pointer (&self->servers[i], free_server);
}

void
opt_found_unref (OptFound *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_found);
}

OptFoundServer *
opt_found_add_server (OptFound *self, OptService service, const char *host)
{
  OptFoundServer *server;

  g_return_val_if_fail (self != NULL && self->servers[service] == NULL, NULL);

  server = g_new0 (OptFoundServer, 1);
  server->host = g_strdup (host);
  server->port = opt_server_get_usual_port (service, OPT_SECURITY_TLS);
  server->security = OPT_FOUND_SECURITY_TLS;
  self->servers[service] = server;

  return server;
}

/* What cannot be shown is of no use to a person, and a control character (C1 among them) may be an
 * attack on whatever shows it. */
static gboolean
is_presentable (const char *text)
{
  gsize n_bytes = strlen (text);

  if (n_bytes > OPT_FOUND_MAX_BYTES || !g_utf8_validate (text, (gssize) n_bytes, NULL))
    return FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_iscntrl (g_utf8_get_char (p)))
      return FALSE;

  return TRUE;
}

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n")] == '\0';
}

/* A blank text says nothing. */
static void
drop_useless (char **text)
{
  if (*text != NULL && (is_blank (*text) || !is_presentable (*text)))
    g_clear_pointer (text, g_free);
}

static void
tidy (char **text)
{
  if (*text != NULL)
    g_strstrip (*text);
  drop_useless (text);
}

static void
take_address_from (OptFound *self, const OptFoundServer *server)
{
  if (self->address == NULL && server != NULL && server->user != NULL &&
      strchr (server->user, '@') != NULL)
    self->address = g_strstrip (g_strdup (server->user));
}

gboolean
opt_found_complete (OptFound *self)
{
  gboolean has_server = FALSE;

  g_return_val_if_fail (self != NULL, FALSE);

  tidy (&self->name);
  tidy (&self->address);
  tidy (&self->domain);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptFoundServer *server = self->servers[i];

      if (server == NULL)
        continue;

      /* A space too many is what keeps the program from the server, so it has to stay. */
      drop_useless (&server->host);
      drop_useless (&server->user);
      drop_useless (&server->user_pattern);
      tidy (&server->key);
      if (server->host == NULL)
        g_clear_pointer (&self->servers[i], free_server);
      else
        has_server = TRUE;
    }

  for (guint i = 0; i < OPT_N_SERVICES; i++)
    take_address_from (self, self->servers[i]);

  return has_server;
}

const char *
opt_found_get_client_name (const OptFound *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->client != NULL ? opt_client_get_name (self->client) : _ ("OptSetup");
}
