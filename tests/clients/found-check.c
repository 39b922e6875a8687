/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "found-check.h"

#include "found-text.h"
#include "opt-error.h"
#include "opt-settings.h"

#include <string.h>

static void
check_text (const char *text)
{
  if (text == NULL)
    return;

  g_assert_cmpuint (strlen (text), >, 0);
  g_assert_cmpuint (strlen (text), <=, OPT_FOUND_MAX_BYTES);
  g_assert_true (g_utf8_validate (text, -1, NULL));
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    g_assert_false (g_unichar_iscntrl (g_utf8_get_char (p)));
}

static void
check_server (const OptFoundServer *server)
{
  g_assert_nonnull (server->host);
  check_text (server->host);
  check_text (server->user);
  check_text (server->key);
  g_assert_cmpint (server->security, <=, OPT_FOUND_SECURITY_TLS);
  g_assert_cmpint (server->auth, <=, OPT_FOUND_AUTH_NONE);
}

static void
check_found (const OptFound *found)
{
  guint n_servers = 0;

  check_text (found->name);
  check_text (found->address);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (found->servers[i] != NULL)
      {
        check_server (found->servers[i]);
        n_servers++;
      }
  g_assert_cmpuint (n_servers, >, 0);
  if (found->leave_on_server < OPT_LEAVE_ON_SERVER_UNKNOWN)
    g_assert_cmpuint (found->leave_on_server, <=, OPT_LEAVE_ON_SERVER_MAX_DAYS);
}

void
check_founds (GPtrArray *founds, const GError *error)
{
  if (founds == NULL)
    {
      g_assert_nonnull (error);
      g_assert_true (g_error_matches (error, OPT_ERROR, OPT_ERROR_READ_BROKEN) ||
                     g_error_matches (error, OPT_ERROR, OPT_ERROR_READ_SIGNED) ||
                     g_error_matches (error, OPT_ERROR, OPT_ERROR_READ_PARTIAL) ||
                     g_error_matches (error, OPT_ERROR, OPT_ERROR_READ_LARGE));
      check_text (error->message);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpuint (founds->len, <=, OPT_CLIENT_MAX_FOUNDS);
  for (guint i = 0; i < founds->len; i++)
    check_found (founds->pdata[i]);
}

void
check_read (const OptClient *client, const void *data, gsize size_bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) founds = read_bytes (client->id, data, size_bytes, &error);
  OptClientFile file = { .name = (char *) "file", .bytes = g_bytes_new (data, size_bytes) };

  check_founds (founds, error);
  opt_client_recognises (client, &file);
  g_bytes_unref (file.bytes);
}

void
check_read_as (const char *client, const void *data, gsize size_bytes, const char *want)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) founds = read_bytes (client, data, size_bytes, &error);
  g_autofree char *text = NULL;

  check_founds (founds, error);
  if (want == NULL)
    {
      g_assert_error (error, OPT_ERROR, OPT_ERROR_READ_BROKEN);
      return;
    }

  g_assert_no_error (error);
  text = create_found_text (founds);
  g_assert_cmpstr (text, ==, want);
}
