/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One row of a table is one kind of difference: how it is recognised and how bad it is. */
#include "opt-difference-private.h"

#include "opt-client.h"

#include <gio/gio.h>
#include <string.h>

/* For mail between servers (RFC 5321); programs have submission's ports (RFC 8314 §3.3). */
#define LEGACY_SMTP_PORT 25

static gboolean
differ (OptDifference *difference, const char *now, const char *wanted)
{
  difference->now = g_strdup (now);
  difference->wanted = g_strdup (wanted);

  return TRUE;
}

static gboolean
host_differs (const OptPair *pair, OptDifference *difference)
{
  return differ (difference, pair->now->host, opt_server_get_host (pair->first));
}

static gboolean
is_host_retired (const OptPair *pair, OptDifference *difference)
{
  return pair->host_kind == OPT_HOST_RETIRED && host_differs (pair, difference);
}

static gboolean
is_host_sibling (const OptPair *pair, OptDifference *difference)
{
  return pair->host_kind == OPT_HOST_SIBLING && host_differs (pair, difference);
}

static gboolean
is_host_other (const OptPair *pair, OptDifference *difference)
{
  return pair->host_kind == OPT_HOST_FOREIGN && host_differs (pair, difference);
}

/* Whoever has the provider's domain is no stranger who would get the password. */
static gboolean
is_host_namesake (const OptPair *pair, OptDifference *difference)
{
  return pair->host_kind == OPT_HOST_NAMESAKE && host_differs (pair, difference);
}

static gboolean
is_host_invalid (const OptPair *pair, OptDifference *difference)
{
  return pair->host_kind == OPT_HOST_INVALID && host_differs (pair, difference);
}

/* The program takes it for a part of the name. */
static gboolean
has_space_around (const char *text, OptDifference *difference)
{
  g_autofree char *bare = g_strdup (text);

  return bare != NULL && !g_str_equal (g_strstrip (bare), text) && differ (difference, text, bare);
}

static gboolean
has_host_space (const OptPair *pair, OptDifference *difference)
{
  return has_space_around (pair->now->host, difference);
}

static gboolean
has_user_space (const OptPair *pair, OptDifference *difference)
{
  return pair->now->auth != OPT_FOUND_AUTH_NONE && has_space_around (pair->now->user, difference);
}

static const char *
security_to_string (OptFoundSecurity security)
{
  switch (security)
    {
    case OPT_FOUND_SECURITY_NONE:
      return "none";
    case OPT_FOUND_SECURITY_STARTTLS_IF_OFFERED:
      return "starttls-if-offered";
    case OPT_FOUND_SECURITY_STARTTLS:
      return opt_security_to_string (OPT_SECURITY_STARTTLS);
    case OPT_FOUND_SECURITY_TLS:
      return opt_security_to_string (OPT_SECURITY_TLS);
    }

  g_return_val_if_reached (NULL);
}

static gboolean
security_differs (const OptPair *pair, OptDifference *difference)
{
  /* Whoever the provider is, TLS from the first byte on comes first (RFC 8314 §3). */
  OptSecurity wanted =
    pair->wanted != NULL ? opt_server_get_security (pair->wanted) : OPT_SECURITY_TLS;

  return differ (difference,
                 security_to_string (pair->now->security),
                 opt_security_to_string (wanted));
}

/* On the way to a server on this computer nobody listens. Of a provider's mail it is said all the
 * same, as that server is none of the provider's. */
static gboolean
stays_here (const OptPair *pair)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (pair->host);

  return pair->wanted == NULL && (g_str_equal (pair->host, "localhost") ||
                                  (address != NULL && g_inet_address_get_is_loopback (address)));
}

static gboolean
has_no_tls (const OptPair *pair, OptDifference *difference)
{
  return pair->now->security == OPT_FOUND_SECURITY_NONE && !stays_here (pair) &&
         security_differs (pair, difference);
}

static gboolean
has_optional_tls (const OptPair *pair, OptDifference *difference)
{
  return pair->now->security == OPT_FOUND_SECURITY_STARTTLS_IF_OFFERED && !stays_here (pair) &&
         security_differs (pair, difference);
}

/* Whether the connection begins with TLS. */
static OptSecurity
get_beginning (const OptPair *pair)
{
  return pair->now->security == OPT_FOUND_SECURITY_TLS ? OPT_SECURITY_TLS : OPT_SECURITY_STARTTLS;
}

static gboolean
is_port_for (const OptPair *pair, OptSecurity security)
{
  return pair->now->port == opt_server_get_usual_port (pair->service, security) ||
         (security == OPT_SECURITY_STARTTLS && pair->service == OPT_SERVICE_SMTP &&
          pair->now->port == LEGACY_SMTP_PORT);
}

static gboolean
is_mismatched (const OptPair *pair)
{
  return is_port_for (pair,
                      get_beginning (pair) == OPT_SECURITY_TLS ? OPT_SECURITY_STARTTLS
                                                               : OPT_SECURITY_TLS);
}

static gboolean
is_port_mismatched (const OptPair *pair, OptDifference *difference)
{
  if (!is_mismatched (pair))
    return FALSE;

  difference->now =
    g_strdup_printf ("%s:%u", security_to_string (pair->now->security), (guint) pair->now->port);
  difference->wanted =
    g_strdup_printf ("%s:%u",
                     opt_security_to_string (opt_server_get_security (pair->wanted)),
                     (guint) opt_server_get_port (pair->wanted));

  return TRUE;
}

static gboolean
is_security_other (const OptPair *pair, OptDifference *difference)
{
  return !is_mismatched (pair) && pair->now->security >= OPT_FOUND_SECURITY_STARTTLS &&
         get_beginning (pair) != opt_server_get_security (pair->wanted) &&
         security_differs (pair, difference);
}

static gboolean
is_port_other (const OptPair *pair, OptDifference *difference)
{
  guint wanted = opt_server_get_port (pair->wanted);

  if (is_mismatched (pair) || pair->now->port == 0 || pair->now->port == wanted)
    return FALSE;

  /* A registered port may well answer, and of a stranger's ports nothing is known. */
  if (is_port_for (pair, get_beginning (pair)) || pair->host_kind == OPT_HOST_FOREIGN)
    difference->severity = OPT_SEVERITY_OLD;
  difference->now = g_strdup_printf ("%u", (guint) pair->now->port);
  difference->wanted = g_strdup_printf ("%u", wanted);

  return TRUE;
}

static gboolean
is_port_invalid (const OptPair *pair, OptDifference *difference)
{
  if (pair->now->port != 0)
    return FALSE;

  difference->wanted = g_strdup_printf ("%u", (guint) opt_server_get_port (pair->wanted));

  return TRUE;
}

static gboolean
is_certificate_unchecked (const OptPair *pair, OptDifference *difference)
{
  return pair->now->any_certificate && pair->now->security != OPT_FOUND_SECURITY_NONE;
}

static gboolean
user_differs (const OptPair *pair, OptDifference *difference)
{
  return differ (difference, pair->now->user, opt_server_get_user (pair->wanted));
}

static gboolean
is_local_part (const char *user, const char *address)
{
  gsize n_bytes = strlen (user);

  return g_ascii_strncasecmp (user, address, n_bytes) == 0 && address[n_bytes] == '@';
}

/* In which way the name to sign in with differs: one kind at most. */
static gboolean
find_user_kind (const OptPair *pair, OptDifferenceKind *kind)
{
  const char *user = pair->user;
  const char *wanted = opt_server_get_user (pair->wanted);

  if (pair->now->auth == OPT_FOUND_AUTH_NONE || g_strcmp0 (user, wanted) == 0)
    return FALSE;

  *kind = user == NULL                             ? OPT_DIFFERENCE_USER_MISSING
          : g_ascii_strcasecmp (user, wanted) == 0 ? OPT_DIFFERENCE_USER_CASE
          : is_local_part (user, wanted)           ? OPT_DIFFERENCE_USER_NOT_ADDRESS
                                                   : OPT_DIFFERENCE_USER_OTHER;

  return TRUE;
}

static gboolean
is_user_of_kind (const OptPair *pair, OptDifference *difference)
{
  OptDifferenceKind kind;

  return find_user_kind (pair, &kind) && kind == difference->kind &&
         user_differs (pair, difference);
}

static gboolean
is_auth_challenge (const OptPair *pair, OptDifference *difference)
{
  return pair->now->auth == OPT_FOUND_AUTH_CHALLENGE;
}

static gboolean
is_auth_other (const OptPair *pair, OptDifference *difference)
{
  return pair->now->auth == OPT_FOUND_AUTH_OTHER ||
         (pair->now->auth == OPT_FOUND_AUTH_NONE && pair->service != OPT_SERVICE_SMTP);
}

static gboolean
is_auth_none (const OptPair *pair, OptDifference *difference)
{
  return pair->now->auth == OPT_FOUND_AUTH_NONE && pair->service == OPT_SERVICE_SMTP &&
         differ (difference, NULL, opt_server_get_user (pair->wanted));
}

static gboolean
holds_password (const OptPair *pair, OptDifference *difference)
{
  return pair->now->holds_password;
}

/* Mail whose sender is not the signed-in mailbox letter by letter is refused, so this is about
 * sending only. The domain's case never matters (RFC 5321 §2.4). */
static gboolean
has_sender_case (const OptFound *found, const OptAccount *wanted, OptDifference *difference)
{
  OptAddress *address = opt_account_get_address (wanted);
  g_autoptr (OptAddress) sender = NULL;
  const char *local_part = opt_address_get_local_part (address);

  if (found->address == NULL || found->servers[OPT_SERVICE_SMTP] == NULL)
    return FALSE;

  sender = opt_address_parse (found->address, NULL);
  if (sender == NULL || g_str_equal (opt_address_get_local_part (sender), local_part) ||
      g_ascii_strcasecmp (opt_address_get_local_part (sender), local_part) != 0)
    return FALSE;

  return differ (difference, found->address, opt_address_get_text (address));
}

/* The address as it stands has another domain than the one that its servers are for. */
static gboolean
is_address_mistyped (const OptFound *found, const OptAccount *wanted, OptDifference *difference)
{
  OptAddress *address = opt_account_get_address (wanted);
  g_autoptr (OptAddress) sender = NULL;

  if (found->address == NULL)
    return FALSE;

  sender = opt_address_parse (found->address, NULL);
  if (sender == NULL ||
      g_str_equal (opt_address_get_domain (sender), opt_address_get_domain (address)))
    return FALSE;

  return differ (difference, found->address, opt_address_get_text (address));
}

static gboolean
leaves_nothing (const OptFound *found, const OptAccount *wanted, OptDifference *difference)
{
  if (found->servers[OPT_SERVICE_POP3] == NULL ||
      found->leave_on_server != OPT_LEAVE_ON_SERVER_NEVER)
    return FALSE;

  difference->has_service = TRUE;
  difference->service = OPT_SERVICE_POP3;
  difference->now = g_strdup_printf ("%u", (guint) OPT_LEAVE_ON_SERVER_NEVER);
  difference->wanted = g_strdup_printf ("%u", (guint) OPT_LEAVE_ON_SERVER_DEFAULT);

  return TRUE;
}

static gboolean
miss (const OptAccount *wanted, OptService service, OptDifference *difference)
{
  OptServer *server = opt_account_get_server (wanted, service);

  if (server == NULL)
    return FALSE;

  difference->has_service = TRUE;
  difference->service = service;
  difference->wanted = opt_server_to_string (server);

  return TRUE;
}

static gboolean
leaves (const OptFound *found, OptClientLeaves half)
{
  return found->client != NULL && opt_client_leaves (found->client, half);
}

static gboolean
misses_outgoing (const OptFound *found, const OptAccount *wanted, OptDifference *difference)
{
  return found->servers[OPT_SERVICE_SMTP] == NULL && !leaves (found, OPT_CLIENT_LEAVES_SENDING) &&
         miss (wanted, OPT_SERVICE_SMTP, difference);
}

static gboolean
misses_incoming (const OptFound *found, const OptAccount *wanted, OptDifference *difference)
{
  return found->servers[OPT_SERVICE_IMAP] == NULL && found->servers[OPT_SERVICE_POP3] == NULL &&
         !leaves (found, OPT_CLIENT_LEAVES_RECEIVING) &&
         miss (wanted, OPT_SERVICE_IMAP, difference);
}

/* The severity is that of the row unless the rule knows better. */
const OptDifferenceRow opt_difference_table[OPT_N_DIFFERENCES] = {
  [OPT_DIFFERENCE_HOST_RETIRED] = { "host-retired", OPT_SEVERITY_BROKEN, is_host_retired },
  [OPT_DIFFERENCE_HOST_SIBLING] = { "host-sibling", OPT_SEVERITY_OLD, is_host_sibling },
  [OPT_DIFFERENCE_HOST_NAMESAKE] = { "host-namesake", OPT_SEVERITY_OLD, is_host_namesake },
  [OPT_DIFFERENCE_HOST_OTHER] = { "host-other", OPT_SEVERITY_NOT_SAFE, is_host_other },
  [OPT_DIFFERENCE_HOST_SPACE] = { "host-space", OPT_SEVERITY_BROKEN, has_host_space },
  [OPT_DIFFERENCE_HOST_INVALID] = { "host-invalid", OPT_SEVERITY_BROKEN, is_host_invalid },
  [OPT_DIFFERENCE_NO_TLS] = { "no-tls", OPT_SEVERITY_NOT_SAFE, has_no_tls, .for_everybody = TRUE },
  [OPT_DIFFERENCE_TLS_OPTIONAL] = { "tls-optional",
                                    OPT_SEVERITY_NOT_SAFE,
                                    has_optional_tls,
                                    .for_everybody = TRUE },
  [OPT_DIFFERENCE_SECURITY_PORT] = { "security-port", OPT_SEVERITY_BROKEN, is_port_mismatched },
  [OPT_DIFFERENCE_SECURITY_OTHER] = { "security-other", OPT_SEVERITY_OLD, is_security_other },
  [OPT_DIFFERENCE_PORT_OTHER] = { "port-other", OPT_SEVERITY_BROKEN, is_port_other },
  [OPT_DIFFERENCE_PORT_INVALID] = { "port-invalid", OPT_SEVERITY_BROKEN, is_port_invalid },
  [OPT_DIFFERENCE_CERTIFICATE_UNCHECKED] = { "certificate-unchecked",
                                             OPT_SEVERITY_NOT_SAFE,
                                             is_certificate_unchecked,
                                             .for_everybody = TRUE },
  [OPT_DIFFERENCE_USER_NOT_ADDRESS] = { "user-not-address", OPT_SEVERITY_OLD, is_user_of_kind },
  [OPT_DIFFERENCE_USER_CASE] = { "user-case", OPT_SEVERITY_OLD, is_user_of_kind },
  [OPT_DIFFERENCE_USER_OTHER] = { "user-other", OPT_SEVERITY_BROKEN, is_user_of_kind },
  [OPT_DIFFERENCE_USER_SPACE] = { "user-space", OPT_SEVERITY_BROKEN, has_user_space },
  [OPT_DIFFERENCE_USER_MISSING] = { "user-missing", OPT_SEVERITY_BROKEN, is_user_of_kind },
  [OPT_DIFFERENCE_AUTH_CHALLENGE] = { "auth-challenge", OPT_SEVERITY_BROKEN, is_auth_challenge },
  [OPT_DIFFERENCE_AUTH_OTHER] = { "auth-other", OPT_SEVERITY_BROKEN, is_auth_other },
  [OPT_DIFFERENCE_AUTH_NONE] = { "auth-none", OPT_SEVERITY_BROKEN, is_auth_none },
  [OPT_DIFFERENCE_PASSWORD_IN_FILE] = { "password-in-file",
                                        OPT_SEVERITY_NOT_SAFE,
                                        holds_password,
                                        .for_everybody = TRUE },
  [OPT_DIFFERENCE_SENDER_CASE] = { "sender-case", OPT_SEVERITY_BROKEN, NULL, has_sender_case },
  [OPT_DIFFERENCE_ADDRESS_TYPO] = { "address-typo",
                                    OPT_SEVERITY_BROKEN,
                                    NULL,
                                    is_address_mistyped },
  [OPT_DIFFERENCE_LEAVE_NEVER] = { "leave-never", OPT_SEVERITY_OLD, NULL, leaves_nothing },
  [OPT_DIFFERENCE_OUTGOING_MISSING] = { "outgoing-missing",
                                        OPT_SEVERITY_BROKEN,
                                        NULL,
                                        misses_outgoing },
  [OPT_DIFFERENCE_INCOMING_MISSING] = { "incoming-missing",
                                        OPT_SEVERITY_BROKEN,
                                        NULL,
                                        misses_incoming },
};
