/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be done about one server's failure. The table of advice says what helps in general; here
 * it is fitted to the account: which other port or host there is, and whether anything works that
 * one could go on with. Another host is only ever one of the provider's own: the password must not
 * go to one that was guessed. */
#include "opt-remedy.h"

#include <glib/gi18n-lib.h>

/* Another way to the same host. */
typedef enum
{
  CHANGE_NOTHING,
  SAME_PORT_TLS,
  SAME_PORT_STARTTLS,
  USUAL_PORT,       /* the one for this kind of security */
  USUAL_TLS_PORT,   /* with TLS from the start */
  OTHER_USUAL_PORT, /* the one for the other kind of security, with that */
} Change;

/* What to try in place of a server that failed. The first that was not tried yet counts. */
static const struct
{
  OptDiagnosis diagnosis;
  gboolean provider_first; /* a host that is not the provider's may be the very mistake */
  Change change;
} changes[] = {
  { OPT_DIAGNOSIS_HOST_UNKNOWN, TRUE, CHANGE_NOTHING },
  { OPT_DIAGNOSIS_CERTIFICATE_WRONG_NAME, TRUE, CHANGE_NOTHING },
  { OPT_DIAGNOSIS_CONNECTION_REFUSED, TRUE, OTHER_USUAL_PORT },
  { OPT_DIAGNOSIS_CONNECTION_FILTERED, TRUE, OTHER_USUAL_PORT },
  { OPT_DIAGNOSIS_AUTH_NOT_OFFERED, TRUE, USUAL_TLS_PORT },
  { OPT_DIAGNOSIS_ENCRYPTION_REQUIRED, TRUE, USUAL_TLS_PORT },
  { OPT_DIAGNOSIS_PORT_25_BLOCKED, FALSE, USUAL_TLS_PORT },
  { OPT_DIAGNOSIS_TLS_TO_PLAIN_PORT, FALSE, SAME_PORT_STARTTLS },
  { OPT_DIAGNOSIS_PLAIN_TO_TLS_PORT, FALSE, SAME_PORT_TLS },
  { OPT_DIAGNOSIS_STARTTLS_MISSING, FALSE, USUAL_TLS_PORT },
  { OPT_DIAGNOSIS_WRONG_PROTOCOL, FALSE, USUAL_PORT },
};

static OptServer *
create_server (const OptServer *server, guint port, OptSecurity security)
{
  return opt_server_new (opt_server_get_service (server),
                         opt_server_get_host (server),
                         port,
                         security,
                         opt_server_get_user (server),
                         NULL);
}

static OptServer *
create_usual_server (const OptServer *server, OptSecurity security)
{
  return create_server (server,
                        opt_server_get_usual_port (opt_server_get_service (server), security),
                        security);
}

/* From a port that nobody registered for the service, TLS from the start is the way (RFC 8314). */
static OptServer *
create_other_usual_server (const OptServer *server)
{
  guint16 tls_port = opt_server_get_usual_port (opt_server_get_service (server), OPT_SECURITY_TLS);

  return create_usual_server (server,
                              opt_server_get_port (server) == tls_port ? OPT_SECURITY_STARTTLS
                                                                       : OPT_SECURITY_TLS);
}

static OptServer *
create_changed_server (const OptServer *server, Change change)
{
  switch (change)
    {
    case CHANGE_NOTHING:
      return NULL;
    case SAME_PORT_TLS:
      return create_server (server, opt_server_get_port (server), OPT_SECURITY_TLS);
    case SAME_PORT_STARTTLS:
      return create_server (server, opt_server_get_port (server), OPT_SECURITY_STARTTLS);
    case USUAL_PORT:
      return create_usual_server (server, opt_server_get_security (server));
    case USUAL_TLS_PORT:
      return create_usual_server (server, OPT_SECURITY_TLS);
    case OTHER_USUAL_PORT:
      return create_other_usual_server (server);
    }

  g_assert_not_reached ();
}

static gboolean
is_same_host (const OptServer *a, const OptServer *b)
{
  return g_str_equal (opt_server_get_host (a), opt_server_get_host (b));
}

static gboolean
is_same_place (const OptServer *a, const OptServer *b)
{
  return is_same_host (a, b) && opt_server_get_port (a) == opt_server_get_port (b) &&
         opt_server_get_security (a) == opt_server_get_security (b);
}

static gboolean
was_tried (const OptTrouble *trouble, const OptServer *server, gboolean host_only)
{
  for (guint i = 0; i < trouble->tried->len; i++)
    {
      const OptEvidence *evidence = g_ptr_array_index (trouble->tried, i);

      if (host_only ? is_same_host (evidence->server, server)
                    : is_same_place (evidence->server, server))
        return TRUE;
    }

  for (guint i = 0; trouble->given_up != NULL && i < trouble->given_up->len; i++)
    if (is_same_place (g_ptr_array_index (trouble->given_up, i), server))
      return TRUE;

  return FALSE;
}

static OptServer *
find_changed_server (const OptTrouble *trouble, Change change)
{
  g_autoptr (OptServer) server = create_changed_server (trouble->server, change);

  return server != NULL && !was_tried (trouble, server, FALSE) ? g_steal_pointer (&server) : NULL;
}

static GPtrArray *
create_servers_of_provider (const OptTrouble *trouble)
{
  if (trouble->provider == NULL)
    return g_ptr_array_new ();

  return opt_provider_create_servers (trouble->provider,
                                      opt_server_get_service (trouble->server),
                                      opt_server_get_user (trouble->server));
}

static gboolean
is_at_provider (const OptTrouble *trouble)
{
  g_autoptr (GPtrArray) servers = create_servers_of_provider (trouble);

  for (guint i = 0; i < servers->len; i++)
    if (is_same_host (servers->pdata[i], trouble->server))
      return TRUE;

  return FALSE;
}

static OptServer *
find_server_of_provider (const OptTrouble *trouble)
{
  g_autoptr (GPtrArray) servers = create_servers_of_provider (trouble);

  for (guint i = 0; i < servers->len; i++)
    if (!was_tried (trouble, servers->pdata[i], TRUE))
      return opt_server_ref (servers->pdata[i]);

  return NULL;
}

static OptServer *
find_server (const OptTrouble *trouble)
{
  if (trouble->alternative != NULL && !was_tried (trouble, trouble->alternative, FALSE))
    return opt_server_ref (trouble->alternative);

  for (guint i = 0; i < G_N_ELEMENTS (changes); i++)
    {
      OptServer *server;

      if (changes[i].diagnosis != trouble->diagnosis)
        continue;

      server = changes[i].provider_first && !is_at_provider (trouble)
                 ? find_server_of_provider (trouble)
                 : NULL;
      if (server == NULL)
        server = find_changed_server (trouble, changes[i].change);

      return server != NULL ? server : find_server_of_provider (trouble);
    }

  return NULL;
}

static gboolean
has_link (const OptTrouble *trouble, OptLink link)
{
  return trouble->provider != NULL && opt_provider_get_link (trouble->provider, link) != NULL;
}

/* What is left of an action when the account does not have what it takes. */
static OptAction
fit_action (OptAction action, const OptTrouble *trouble, gboolean has_server)
{
  switch (action)
    {
    case OPT_ACTION_USE_SERVER:
      return has_server ? action : OPT_ACTION_CHANGE_SERVERS;
    case OPT_ACTION_GO_ON:
      /* Only somebody else can mend it. */
      return trouble->others_work ? action
                                  : fit_action (OPT_ACTION_OPEN_CONTACT, trouble, has_server);
    case OPT_ACTION_OPEN_CONTACT:
      return has_link (trouble, OPT_LINK_CONTACT) ? action : OPT_ACTION_COPY_REPORT;
    case OPT_ACTION_OPEN_WEB_MAIL:
    case OPT_ACTION_OPEN_BROWSER:
      return has_link (trouble, OPT_LINK_WEB_MAIL) ? action : OPT_ACTION_TRY_AGAIN;
    case OPT_ACTION_NONE:
    case OPT_ACTION_ENTER_PASSWORD:
    case OPT_ACTION_OPEN_NETWORK:
    case OPT_ACTION_OPEN_CLOCK:
    case OPT_ACTION_TRY_AGAIN:
    case OPT_ACTION_TRY_LATER:
    case OPT_ACTION_CHANGE_SERVERS:
    case OPT_ACTION_COPY_REPORT:
      return action;
    }

  g_assert_not_reached ();
}

OptRemedy *
opt_remedy_new_for_trouble (const OptTrouble *trouble)
{
  OptRemedy *self;
  OptAction action;

  g_return_val_if_fail (trouble != NULL && trouble->server != NULL && trouble->tried != NULL, NULL);

  action = opt_advice_get_action (trouble->diagnosis);
  self = g_new0 (OptRemedy, 1);
  if (action == OPT_ACTION_USE_SERVER)
    self->server = find_server (trouble);
  self->action = fit_action (action, trouble, self->server != NULL);
  self->wait_s = opt_advice_get_wait_s (trouble->diagnosis);

  return self;
}

static gboolean
any_works (OptCheck *check)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      OptProbe *probe = opt_check_get_probe (check, i);

      if (probe != NULL && opt_probe_get_state (probe) == OPT_PROBE_WORKS)
        return TRUE;
    }

  return FALSE;
}

OptRemedy *
opt_remedy_new (OptCheck *check, OptService service)
{
  OptTrouble trouble;
  OptProbe *probe;

  g_return_val_if_fail (OPT_IS_CHECK (check), NULL);
  probe = opt_check_get_probe (check, service);
  g_return_val_if_fail (probe != NULL, NULL);

  trouble = (OptTrouble){
    .diagnosis = opt_probe_get_diagnosis (probe),
    .server = opt_probe_get_evidence (probe)->server,
    .tried = opt_probe_get_tried (probe),
    .given_up = opt_check_get_given_up (check),
    .alternative = opt_probe_get_alternative (probe),
    .provider = opt_account_get_provider (opt_check_get_account (check)),
    .others_work = any_works (check),
  };

  return opt_remedy_new_for_trouble (&trouble);
}

void
opt_remedy_free (OptRemedy *self)
{
  g_return_if_fail (self != NULL);

  g_clear_pointer (&self->server, opt_server_unref);
  g_free (self);
}

char *
opt_remedy_create_server_label (const OptRemedy *self, const OptServer *instead_of)
{
  const OptServer *server;
  guint port;

  g_return_val_if_fail (self != NULL && self->server != NULL && instead_of != NULL, NULL);

  server = self->server;
  port = opt_server_get_port (server);
  if (!is_same_host (server, instead_of))
    /* Translators: %s is the name of a server */
    return g_strdup_printf (_ ("Use %s"), opt_server_get_host (server));
  if (port != opt_server_get_port (instead_of))
    /* Translators: %u is the number of a port */
    return g_strdup_printf (_ ("Use port %u"), port);
  if (opt_server_get_security (server) == OPT_SECURITY_TLS)
    /* Translators: %u is the number of a port */
    return g_strdup_printf (_ ("Use TLS on port %u"), port);

  /* Translators: %u is the number of a port */
  return g_strdup_printf (_ ("Use STARTTLS on port %u"), port);
}
