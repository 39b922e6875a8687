/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The code that Thunderbird shows for its Android sister to scan, letter by letter as Thunderbird
 * itself writes it (QRExport, 153 ESR). What held a password is wiped here; libqrencode's own
 * copies are out of reach. */
#include "opt-qr.h"

#include "opt-limit.h"

#include <qrencode.h>
#include <string.h>

#define FORMAT_VERSION 1
#define AUTH_PASSWORD_CLEARTEXT 1
#define OUTGOING_SMTP 0

/* The most that one byte of a string grows to: \u0001. */
#define MAX_ESCAPE_BYTES 6

struct _OptQr
{
  QRcode *code;
};

static guint
get_protocol_number (OptService service)
{
  switch (service)
    {
    case OPT_SERVICE_IMAP:
      return 0;
    case OPT_SERVICE_POP3:
      return 1;
    case OPT_SERVICE_SMTP:
      return OUTGOING_SMTP;
    }

  g_return_val_if_reached (OUTGOING_SMTP);
}

/* 0 would be none, 1 "if possible". */
static guint
get_security_number (OptSecurity security)
{
  switch (security)
    {
    case OPT_SECURITY_STARTTLS:
      return 2;
    case OPT_SECURITY_TLS:
      return 3;
    }

  g_return_val_if_reached (3);
}

/* RFC 8259 §7. A control character can only be a password's. */
static void
append_string (GString *payload, const char *text)
{
  g_string_append_c (payload, '"');
  for (const char *p = text; *p != '\0'; p++)
    if ((guchar) *p < ' ')
      g_string_append_printf (payload, "\\u%04x", (guint) *p);
    else
      {
        if (*p == '"' || *p == '\\')
          g_string_append_c (payload, '\\');
        g_string_append_c (payload, *p);
      }
  g_string_append_c (payload, '"');
}

static void
append_server (GString *payload, const OptServer *server)
{
  g_string_append_printf (payload, "%u,", get_protocol_number (opt_server_get_service (server)));
  append_string (payload, opt_server_get_host (server));
  g_string_append_printf (payload,
                          ",%u,%u,%d,",
                          (guint) opt_server_get_port (server),
                          get_security_number (opt_server_get_security (server)),
                          AUTH_PASSWORD_CLEARTEXT);
  append_string (payload, opt_server_get_user (server));
  g_string_append_c (payload, ',');
}

/* [version,[this part,of so many],incoming,[[outgoing,identity]]]. The app wants "" for a password
 * that it shall ask for, and stumbles over null. */
static void
append_payload (GString *payload, const OptSettings *settings, const char *password)
{
  g_string_append_printf (payload, "[%d,[1,1],[", FORMAT_VERSION);
  append_server (payload, opt_settings_get_incoming (settings));
  append_string (payload, opt_settings_get_address (settings));
  g_string_append_c (payload, ',');
  append_string (payload, password);
  g_string_append (payload, "],[[[");
  append_server (payload, opt_settings_get_outgoing (settings));
  append_string (payload, password);
  g_string_append (payload, "],[");
  append_string (payload, opt_settings_get_address (settings));
  g_string_append_c (payload, ',');
  append_string (payload, opt_settings_get_name (settings));
  g_string_append (payload, "]]]]");
}

char *
opt_qr_create_payload (const OptSettings *settings)
{
  GString *payload;

  g_return_val_if_fail (settings != NULL, NULL);

  payload = g_string_new (NULL);
  append_payload (payload, settings, "");

  return g_string_free (payload, FALSE);
}

/* Large enough at once: growing would leave a copy of the password behind. */
static GString *
create_payload_with_password (const OptSettings *settings, OptSecret *secret)
{
  g_autofree char *without = opt_qr_create_payload (settings);
  gsize most_bytes = strlen (without) + 2 * MAX_ESCAPE_BYTES * opt_secret_get_size (secret);
  GString *payload = g_string_sized_new (most_bytes);

  append_payload (payload, settings, opt_secret_peek (secret));

  return payload;
}

static QRcode *
encode (const GString *payload, GError **error)
{
  QRcode *code = payload->len <= OPT_QR_MAX_BYTES
                   ? QRcode_encodeData (payload->len, (guchar *) payload->str, 0, QR_ECLEVEL_L)
                   : NULL;

  if (code == NULL)
    opt_limit_refuse_length (error);

  return code;
}

OptQr *
opt_qr_new (const OptSettings *settings, OptSecret *secret, GError **error)
{
  GString *payload;
  QRcode *code;
  OptQr *self = NULL;

  g_return_val_if_fail (settings != NULL, NULL);

  if (secret != NULL)
    payload = create_payload_with_password (settings, secret);
  else
    {
      payload = g_string_new (NULL);
      append_payload (payload, settings, "");
    }

  code = encode (payload, error);
  opt_secret_wipe (payload->str, payload->len);
  g_string_free (payload, TRUE);
  if (code != NULL)
    {
      self = g_new0 (OptQr, 1);
      self->code = code;
    }

  return self;
}

void
opt_qr_free (OptQr *self)
{
  opt_secret_wipe (self->code->data, (gsize) self->code->width * (gsize) self->code->width);
  QRcode_free (self->code);
  g_free (self);
}

guint
opt_qr_get_width (const OptQr *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->code->width;
}

/* The lowest bit is the colour, the others say what the module is for. */
gboolean
opt_qr_is_dark (const OptQr *self, guint x, guint y)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (x < opt_qr_get_width (self) && y < opt_qr_get_width (self), FALSE);

  return (self->code->data[y * opt_qr_get_width (self) + x] & 1) != 0;
}
