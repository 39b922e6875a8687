/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the readers of settings in plain text have in common: where they look, what programs use
 * that are told nothing, and names that all of them know. */
#include "opt-reading.h"

#include "opt-error.h"
#include "opt-text.h"

#include <string.h>

gboolean
opt_reading_has_line (const OptClientFile *file, const char *start)
{
  gsize n_start;
  gsize n_left;
  const char *p;

  g_return_val_if_fail (file != NULL && start != NULL, FALSE);

  n_start = strlen (start);
  p = g_bytes_get_data (file->bytes, &n_left);
  while (n_left >= n_start)
    {
      const char *feed;

      for (; n_left > n_start && (*p == ' ' || *p == '\t'); n_left--)
        p++;
      if (memcmp (p, start, n_start) == 0)
        return TRUE;

      feed = memchr (p, '\n', n_left);
      if (feed == NULL)
        return FALSE;

      n_left -= (gsize) (feed + 1 - p);
      p = feed + 1;
    }

  return FALSE;
}

gboolean
opt_reading_has_any_line (const OptClientFile *file, const char *const *starts)
{
  g_return_val_if_fail (file != NULL && starts != NULL, FALSE);

  for (; *starts != NULL; starts++)
    if (opt_reading_has_line (file, *starts))
      return TRUE;

  return FALSE;
}

gboolean
opt_reading_has_word (const OptClientFile *file, const char *start)
{
  const char *bytes;
  const char *p;
  const char *found;
  gsize n_bytes;

  g_return_val_if_fail (file != NULL && start != NULL, FALSE);

  bytes = g_bytes_get_data (file->bytes, &n_bytes);
  for (p = bytes;
       n_bytes > 0 &&
       (found = memmem (p, n_bytes - (gsize) (p - bytes), start, strlen (start))) != NULL;
       p = found + 1)
    if (found == bytes || g_ascii_isspace (found[-1]))
      return TRUE;

  return FALSE;
}

void
opt_reading_find_files (const OptMachine *machine,
                        GPtrArray *places,
                        const char *const *home,
                        const char *const *config)
{
  g_return_if_fail (machine != NULL && places != NULL);

  for (; home != NULL && *home != NULL; home++)
    opt_places_add_file (places, g_build_filename (machine->home_folder, *home, NULL));
  for (; config != NULL && *config != NULL; config++)
    opt_places_add_file (places, g_build_filename (machine->config_folder, *config, NULL));
}

static void
find_each (GPtrArray *places, const char *parent, const char *name)
{
  g_autofree char *path = g_build_filename (parent, name, NULL);
  g_autoptr (GPtrArray) folders = opt_places_new ();

  opt_places_add_folder (folders, g_steal_pointer (&path), "");
  for (guint i = 0; i < folders->len; i++)
    {
      const OptPlace *folder = g_ptr_array_index (folders, i);

      for (char **file = folder->files; *file != NULL; file++)
        opt_places_add_file (places, g_strdup (*file));
    }
}

void
opt_reading_find_folder (const OptMachine *machine,
                         GPtrArray *places,
                         const char *home,
                         const char *config)
{
  g_return_if_fail (machine != NULL && places != NULL && home != NULL && config != NULL);

  find_each (places, machine->home_folder, home);
  find_each (places, machine->config_folder, config);
}

guint16
opt_reading_get_port (OptService service, OptFoundSecurity security)
{
  if (security == OPT_FOUND_SECURITY_TLS)
    return opt_server_get_usual_port (service, OPT_SECURITY_TLS);

  /* Mail that is handed in has a port of its own since RFC 6409; older programs use the old. */
  return service == OPT_SERVICE_SMTP ? 25
                                     : opt_server_get_usual_port (service, OPT_SECURITY_STARTTLS);
}

void
opt_reading_set_port (OptFoundServer *server, OptService service, const char *text)
{
  static const struct
  {
    const char *name;
    guint16 port;
  } names[] = {
    { "imap", 143 },  { "imap2", 143 }, { "imaps", 993 }, { "pop3", 110 },       { "pop-3", 110 },
    { "pop3s", 995 }, { "smtp", 25 },   { "smtps", 465 }, { "submission", 587 },
  };
  guint64 number = 0;

  g_return_if_fail (server != NULL);

  if (text == NULL)
    {
      server->port = opt_reading_get_port (service, server->security);
      return;
    }

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_ascii_strcasecmp (text, names[i].name) == 0)
      number = names[i].port;
  if (number == 0 && !g_ascii_string_to_unsigned (text, 10, 1, G_MAXUINT16, &number, NULL))
    number = 0;
  server->port = (guint16) number;
}

static OptFoundAuth
get_one_auth (const char *name)
{
  static const struct
  {
    const char *name;
    OptFoundAuth auth;
  } mechanisms[] = {
    { "plain", OPT_FOUND_AUTH_PASSWORD },
    { "login", OPT_FOUND_AUTH_PASSWORD },
    { "user", OPT_FOUND_AUTH_PASSWORD },
    { "password", OPT_FOUND_AUTH_PASSWORD },
    { "apop", OPT_FOUND_AUTH_CHALLENGE },
    { "cram-md5", OPT_FOUND_AUTH_CHALLENGE },
    { "digest-md5", OPT_FOUND_AUTH_CHALLENGE },
    { "scram-", OPT_FOUND_AUTH_CHALLENGE },
    { "ntlm", OPT_FOUND_AUTH_CHALLENGE },
    { "otp", OPT_FOUND_AUTH_OTHER },
    { "msn", OPT_FOUND_AUTH_CHALLENGE },
    { "gssapi", OPT_FOUND_AUTH_OTHER },
    { "kerberos", OPT_FOUND_AUTH_OTHER },
    { "external", OPT_FOUND_AUTH_OTHER },
    { "oauthbearer", OPT_FOUND_AUTH_OTHER },
    { "xoauth2", OPT_FOUND_AUTH_OTHER },
    { "ssh", OPT_FOUND_AUTH_OTHER },
    { "none", OPT_FOUND_AUTH_NONE },
    { "off", OPT_FOUND_AUTH_NONE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (mechanisms); i++)
    if (g_ascii_strncasecmp (name, mechanisms[i].name, strlen (mechanisms[i].name)) == 0)
      return mechanisms[i].auth;

  return OPT_FOUND_AUTH_ANY;
}

OptFoundAuth
opt_reading_get_auth (const char *mechanisms)
{
  OptFoundAuth common = OPT_FOUND_AUTH_ANY;

  if (mechanisms == NULL)
    return common;

  for (const char *p = mechanisms; *(p += strspn (p, " ,:")) != '\0'; p += strcspn (p, " ,:"))
    {
      OptFoundAuth auth = get_one_auth (p);

      if (auth == OPT_FOUND_AUTH_ANY || (common != OPT_FOUND_AUTH_ANY && auth != common))
        return OPT_FOUND_AUTH_ANY;
      common = auth;
    }

  return common;
}

/* A quoted string (RFC 5322 §3.2.4) without its quotes and backslashes, in place. */
static void
unquote (char *text)
{
  char *write = text;

  g_strstrip (text);
  if (text[0] != '"')
    return;

  for (const char *p = text + 1; *p != '\0' && *p != '"'; p++)
    {
      if (*p == '\\' && p[1] != '\0')
        p++;
      *write++ = *p;
    }
  *write = '\0';
}

void
opt_reading_take_mailbox (OptFound *found, const char *text)
{
  const char *start;
  const char *end;

  g_return_if_fail (found != NULL);

  if (text == NULL)
    return;

  g_clear_pointer (&found->address, g_free);
  start = strrchr (text, '<');
  end = start != NULL ? strchr (start, '>') : NULL;
  if (end == NULL)
    {
      found->address = g_strdup (text);
      return;
    }

  found->address = g_strndup (start + 1, (gsize) (end - start - 1));
  if (found->name == NULL)
    {
      found->name = g_strndup (text, (gsize) (start - text));
      unquote (found->name);
    }
}

/* What has a % that is no escape is meant as it stands. */
static char *
unescape (const char *start, const char *end)
{
  char *text = g_uri_unescape_segment (start, end, NULL);

  return text != NULL ? text : g_strndup (start, (gsize) (end - start));
}

/* The name may have an @ itself where somebody did not escape it, so the last one counts. */
static const char *
parse_user (OptUrl *self, const char *start, const char *end)
{
  const char *at = g_strrstr_len (start, end - start, "@");
  const char *colon;

  if (at == NULL)
    return start;

  colon = memchr (start, ':', (gsize) (at - start));
  self->user = unescape (start, colon != NULL ? colon : at);
  self->has_password = colon != NULL && colon + 1 < at && colon[1] != OPT_TEXT_COMPUTED;

  return at + 1;
}

/* An IPv6 address stands in brackets (RFC 3986 §3.2.2). */
static void
parse_host (OptUrl *self, const char *start, const char *end)
{
  const char *bracket = *start == '[' ? memchr (start, ']', (gsize) (end - start)) : NULL;
  const char *after = bracket != NULL ? bracket : start;
  const char *colon = memchr (after, ':', (gsize) (end - after));
  const char *host_end = bracket != NULL ? bracket : colon != NULL ? colon : end;

  if (bracket != NULL)
    start++;
  self->host = g_strndup (start, (gsize) (host_end - start));
  if (colon != NULL && colon + 1 < end)
    self->port = g_strndup (colon + 1, (gsize) (end - colon - 1));
}

OptUrl *
opt_url_parse (const char *text, const char *scheme)
{
  const char *start = text != NULL ? strstr (text, "://") : NULL;
  const char *end;
  OptUrl *self;

  if (text == NULL || (start == NULL && scheme == NULL))
    return NULL;

  self = g_new0 (OptUrl, 1);
  self->scheme = start != NULL ? g_ascii_strdown (text, start - text) : g_strdup (scheme);
  start = start != NULL ? start + strlen ("://") : text;
  end = start + strcspn (start, "/?");
  parse_host (self, parse_user (self, start, end), end);

  return self;
}

OptFoundServer *
opt_reading_add_url (OptFound *found,
                     OptService service,
                     const OptUrl *url,
                     OptFoundSecurity security)
{
  OptFoundServer *server;

  g_return_val_if_fail (found != NULL && url != NULL, NULL);

  server = opt_found_add_server (found, service, url->host);
  server->security = security;
  opt_reading_set_port (server, service, url->port);
  server->user = g_strdup (url->user);
  server->holds_password = url->has_password;

  return server;
}

static gboolean
has_server (const OptFound *found)
{
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (found->servers[i] != NULL && found->servers[i]->host != NULL)
      return TRUE;

  return FALSE;
}

gboolean
opt_reading_check_whole (GPtrArray *founds, gboolean has_more, GError **error)
{
  g_return_val_if_fail (founds != NULL, FALSE);

  for (guint i = 0; i < founds->len; i++)
    has_more = has_more && !has_server (g_ptr_array_index (founds, i));

  if (has_more)
    g_set_error_literal (error, OPT_ERROR, OPT_ERROR_READ_PARTIAL, "it is in other files");

  return !has_more;
}

void
opt_url_free (OptUrl *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->scheme);
  g_free (self->user);
  g_free (self->host);
  g_free (self->port);
  g_free (self);
}
