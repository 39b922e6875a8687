/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The accounts in a profile of Thunderbird: prefs.js names accounts, these their server and their
 * identities, and these the server for sending. What has its usual value is not written, so the
 * usual values of mailnews.js (153 ESR) are here. */
#include "opt-client-thunderbird.h"

#include "opt-error.h"
#include "opt-found-value.h"
#include "opt-prefs.h"
#include "opt-zip.h"

#define ACCOUNT "mail.account."
#define IDENTITY "mail.identity."
#define SERVER "mail.server."
#define SMTP_SERVER "mail.smtpserver."

/* The id that stands for whatever has no value of its own. */
#define EVERY "default"

#define DAYS_TO_LEAVE 7

/* Local folders and news are accounts, too. */
#define MAX_ACCOUNTS (2 * OPT_CLIENT_MAX_FOUNDS)

/* Of one account. */
#define MAX_IDENTITIES 32

/* nsMsgSocketType and nsMsgAuthMethod of Thunderbird's MailNewsTypes2.idl. */
static const OptFoundSecurity securities[] = {
  OPT_FOUND_SECURITY_NONE,
  OPT_FOUND_SECURITY_STARTTLS_IF_OFFERED,
  OPT_FOUND_SECURITY_STARTTLS,
  OPT_FOUND_SECURITY_TLS,
};

#define SOCKET_PLAIN 0
#define SOCKET_TLS 3

static const OptFoundAuth auths[] = {
  OPT_FOUND_AUTH_ANY,       /* no value */
  OPT_FOUND_AUTH_NONE,      /* none */
  OPT_FOUND_AUTH_PASSWORD,  /* old, of IMAP and POP3 */
  OPT_FOUND_AUTH_PASSWORD,  /* passwordCleartext */
  OPT_FOUND_AUTH_CHALLENGE, /* passwordEncrypted */
  OPT_FOUND_AUTH_OTHER,     /* GSSAPI */
  OPT_FOUND_AUTH_CHALLENGE, /* NTLM */
  OPT_FOUND_AUTH_OTHER,     /* External */
  OPT_FOUND_AUTH_CHALLENGE, /* secure */
  OPT_FOUND_AUTH_ANY,       /* anything */
  OPT_FOUND_AUTH_OTHER,     /* OAuth2 */
};

#define AUTH_PASSWORD_CLEARTEXT 3

/* PORT_NOT_SET of nsMsgIncomingServer.cpp; a server for sending has 0 for it. */
#define PORT_USUAL -1

static const char *
get_string (const OptPrefs *prefs, const char *branch, const char *id, const char *name)
{
  g_autofree char *key = g_strconcat (branch, id, ".", name, NULL);
  const char *text = opt_prefs_get_string (prefs, key);

  return text != NULL && text[0] != '\0' ? text : NULL;
}

static int
get_number (
  const OptPrefs *prefs, const char *branch, const char *id, const char *name, int fallback)
{
  g_autofree char *key = g_strconcat (branch, id, ".", name, NULL);
  g_autofree char *every = g_strconcat (branch, EVERY, ".", name, NULL);
  int number = fallback;

  if (!opt_prefs_get_number (prefs, key, &number))
    opt_prefs_get_number (prefs, every, &number);

  return number;
}

/* None of those that matter is set by default. */
static gboolean
get_boolean (const OptPrefs *prefs, const char *branch, const char *id, const char *name)
{
  g_autofree char *key = g_strconcat (branch, id, ".", name, NULL);
  g_autofree char *every = g_strconcat (branch, EVERY, ".", name, NULL);
  gboolean value = FALSE;

  if (!opt_prefs_get_boolean (prefs, key, &value))
    opt_prefs_get_boolean (prefs, every, &value);

  return value;
}

/* The first of the ids in a list. */
static char *
dup_first (const char *list)
{
  g_auto (GStrv) ids = g_strsplit (list != NULL ? list : "", ",", 2);

  return ids[0] != NULL && g_strstrip (ids[0])[0] != '\0' ? g_strdup (ids[0]) : NULL;
}

static void
fill_server (OptFoundServer *server,
             OptService service,
             const OptPrefs *prefs,
             const char *branch,
             const char *id,
             int socket_type)
{
  int auth = get_number (prefs, branch, id, "authMethod", AUTH_PASSWORD_CLEARTEXT);
  int port = get_number (prefs, branch, id, "port", 0);

  if (socket_type < 0 || (gsize) socket_type >= G_N_ELEMENTS (securities))
    socket_type = SOCKET_PLAIN;
  server->security = securities[socket_type];
  server->port =
    opt_found_value_get_port (port != PORT_USUAL ? port : 0, service, server->security);
  server->auth =
    auth >= 0 && (gsize) auth < G_N_ELEMENTS (auths) ? auths[auth] : OPT_FOUND_AUTH_ANY;
}

/* A profile from before Thunderbird 115 keeps the old name of a server beside the one that the
 * person has given it since. */
static const char *
get_real (const OptPrefs *prefs, const char *id, const char *real, const char *old)
{
  const char *text = get_string (prefs, SERVER, id, real);

  return text != NULL ? text : get_string (prefs, SERVER, id, old);
}

static void
add_incoming (OptFound *found, OptService service, const OptPrefs *prefs, const char *id)
{
  OptFoundServer *server =
    opt_found_add_server (found, service, get_real (prefs, id, "realhostname", "hostname"));
  /* From before there was a socketType. */
  gboolean secure = get_boolean (prefs, SERVER, id, "isSecure");
  int socket_type =
    get_number (prefs, SERVER, id, "socketType", secure ? SOCKET_TLS : SOCKET_PLAIN);
  gboolean leaves = get_boolean (prefs, SERVER, id, "leave_on_server");
  gboolean by_age = get_boolean (prefs, SERVER, id, "delete_by_age_from_server");
  int days = get_number (prefs, SERVER, id, "num_days_to_leave_on_server", DAYS_TO_LEAVE);

  fill_server (server, service, prefs, SERVER, id, socket_type);
  server->user = g_strdup (get_real (prefs, id, "realuserName", "userName"));
  if (service == OPT_SERVICE_POP3)
    found->leave_on_server = opt_found_value_get_leave_on_server (leaves, by_age ? days : 0);
}

/* That of the identity, or the one that was chosen for all, or the first that there is. */
static char *
dup_outgoing_id (const OptPrefs *prefs, const char *identity)
{
  const char *id = identity != NULL ? get_string (prefs, IDENTITY, identity, "smtpServer") : NULL;

  if (id == NULL)
    id = opt_prefs_get_string (prefs, "mail.smtp.defaultserver");
  if (id == NULL || id[0] == '\0')
    id = opt_prefs_get_string (prefs, "mail.smtpservers");

  return dup_first (id);
}

static void
add_outgoing (OptFound *found, const OptPrefs *prefs, const char *id)
{
  const char *type = get_string (prefs, SMTP_SERVER, id, "type");
  OptFoundServer *server;

  /* Exchange has a way out of its own. */
  if (type != NULL && !g_str_equal (type, "smtp"))
    return;

  server =
    opt_found_add_server (found, OPT_SERVICE_SMTP, get_string (prefs, SMTP_SERVER, id, "hostname"));
  fill_server (server,
               OPT_SERVICE_SMTP,
               prefs,
               SMTP_SERVER,
               id,
               get_number (prefs, SMTP_SERVER, id, "try_ssl", SOCKET_PLAIN));
  server->user = g_strdup (get_string (prefs, SMTP_SERVER, id, "username"));
}

/* Local folders, feeds and news are not mail that is fetched. */
static gboolean
find_service (const OptPrefs *prefs, const char *server, OptService *service)
{
  const char *type = server != NULL ? get_string (prefs, SERVER, server, "type") : NULL;

  if (g_strcmp0 (type, "pop3") == 0)
    *service = OPT_SERVICE_POP3;
  else if (g_strcmp0 (type, "imap") == 0)
    *service = OPT_SERVICE_IMAP;
  else
    return FALSE;

  return TRUE;
}

static OptFound *
read_identity (const OptPrefs *prefs, const char *server, OptService service, const char *identity)
{
  g_autofree char *outgoing = dup_outgoing_id (prefs, identity);
  OptFound *found = opt_found_new ();

  if (identity != NULL)
    {
      found->name = g_strdup (get_string (prefs, IDENTITY, identity, "fullName"));
      found->address = g_strdup (get_string (prefs, IDENTITY, identity, "useremail"));
    }
  add_incoming (found, service, prefs, server);
  if (outgoing != NULL)
    add_outgoing (found, prefs, outgoing);

  return found;
}

static gboolean
is_repeated (char **ids, gsize i)
{
  for (gsize k = 0; k < i; k++)
    if (g_str_equal (ids[k], ids[i]))
      return TRUE;

  return FALSE;
}

/* Mail of an account is sent by any of its identities, each with a server of its own for it. */
static void
read_account (const OptPrefs *prefs, const char *account, GPtrArray *founds)
{
  const char *server = get_string (prefs, ACCOUNT, account, "server");
  const char *list = get_string (prefs, ACCOUNT, account, "identities");
  g_auto (GStrv) ids = g_strsplit (list != NULL ? list : "", ",", MAX_IDENTITIES + 1);
  guint n_before = founds->len;
  OptService service;

  if (!find_service (prefs, server, &service))
    return;

  for (gsize i = 0; ids[i] != NULL && i < MAX_IDENTITIES; i++)
    if (g_strstrip (ids[i])[0] != '\0' && !is_repeated (ids, i))
      g_ptr_array_add (founds, read_identity (prefs, server, service, ids[i]));

  if (founds->len == n_before)
    g_ptr_array_add (founds, read_identity (prefs, server, service, NULL));
}

static gboolean
read_prefs (GBytes *bytes, GPtrArray *founds, GError **error)
{
  g_autoptr (OptPrefs) prefs = opt_prefs_parse (bytes, error);
  g_auto (GStrv) accounts = NULL;
  const char *list;

  if (prefs == NULL)
    return FALSE;

  list = opt_prefs_get_string (prefs, "mail.accountmanager.accounts");
  accounts = g_strsplit (list != NULL ? list : "", ",", MAX_ACCOUNTS + 1);
  for (gsize i = 0; accounts[i] != NULL && i < MAX_ACCOUNTS; i++)
    {
      g_strstrip (accounts[i]);
      if (!is_repeated (accounts, i))
        read_account (prefs, accounts[i], founds);
    }

  return TRUE;
}

/* An extension may have files of the same name, in whatever form it likes; where none of them can
 * be read, the first says why. */
static gboolean
read_zip (GBytes *zip, GPtrArray *founds, GError **error)
{
  g_autoptr (GPtrArray) contents = opt_zip_read (zip, "prefs.js", error);
  GError *first = NULL;
  gboolean any = FALSE;

  if (contents == NULL)
    return FALSE;

  for (guint i = 0; i < contents->len; i++)
    any |= read_prefs (contents->pdata[i], founds, first == NULL ? &first : NULL);

  if (any || first == NULL)
    {
      g_clear_error (&first);
      return TRUE;
    }
  g_propagate_error (error, first);

  return FALSE;
}

static gboolean
read_file (GBytes *bytes, GPtrArray *founds, GError **error)
{
  return opt_zip_looks_like (bytes) ? read_zip (bytes, founds, error)
                                    : read_prefs (bytes, founds, error);
}

gboolean
opt_thunderbird_recognises (const OptClientFile *file)
{
  g_return_val_if_fail (file != NULL, FALSE);

  return opt_zip_looks_like (file->bytes) || opt_prefs_look_like (file->bytes);
}

gboolean
opt_thunderbird_read (GPtrArray *files, GPtrArray *founds, GError **error)
{
  g_return_val_if_fail (files != NULL && founds != NULL, FALSE);

  return opt_client_read_each (files, founds, read_file, error);
}
