/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is handed to other mail programs: the way in, what POP3 leaves on the server, and the files.
 * The password goes into one of them only where the person has asked for that. */
#include "opt-session-private.h"

OptService
opt_session_get_incoming (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), OPT_SERVICE_IMAP);

  return self->incoming;
}

void
opt_session_set_incoming (OptSession *self, OptService incoming)
{
  g_return_if_fail (OPT_IS_SESSION (self) && incoming != OPT_SERVICE_SMTP);

  if (self->incoming == incoming)
    return;

  self->incoming = incoming;
  opt_session_forget_plans (self);
  opt_session_notify (self, OPT_SESSION_PROP_INCOMING);
}

guint
opt_session_get_leave_on_server (OptSession *self)
{
  g_return_val_if_fail (OPT_IS_SESSION (self), OPT_LEAVE_ON_SERVER_DEFAULT);

  return self->leave_on_server_days;
}

void
opt_session_set_leave_on_server (OptSession *self, guint days)
{
  g_return_if_fail (OPT_IS_SESSION (self));
  g_return_if_fail (days <= OPT_LEAVE_ON_SERVER_MAX_DAYS || days == OPT_LEAVE_ON_SERVER_ALWAYS);

  if (self->leave_on_server_days == days)
    return;

  self->leave_on_server_days = days;
  opt_session_forget_plans (self);
  opt_session_notify (self, OPT_SESSION_PROP_LEAVE_ON_SERVER);
}

gboolean
opt_session_can_receive_by (OptSession *self, OptService service)
{
  OptProbe *probe;

  g_return_val_if_fail (OPT_IS_SESSION (self), FALSE);

  probe = self->check != NULL ? opt_check_get_probe (self->check, service) : NULL;

  return probe != NULL && opt_probe_get_state (probe) == OPT_PROBE_WORKS;
}

OptSettings *
opt_session_dup_settings (OptSession *self, GError **error)
{
  g_autoptr (OptAccount) account = NULL;
  g_autoptr (OptSettings) settings = NULL;

  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);

  account = opt_session_dup_account (self);
  g_return_val_if_fail (account != NULL, NULL);

  settings = opt_settings_new (account, self->incoming, error);
  if (settings == NULL)
    return NULL;

  return opt_settings_with_leave_on_server (settings, self->leave_on_server_days);
}

GPtrArray *
opt_session_create_files (OptSession *self,
                          const OptClient *client,
                          gboolean with_password,
                          GError **error)
{
  g_autoptr (OptSettings) settings = NULL;
  GBytes *bytes;
  GPtrArray *files;

  g_return_val_if_fail (OPT_IS_SESSION (self) && client != NULL, NULL);
  g_return_val_if_fail (!with_password ||
                          (self->secret != NULL && opt_client_can_hold_password (client)),
                        NULL);

  settings = opt_session_dup_settings (self, error);
  if (settings == NULL)
    return NULL;
  if (!with_password)
    return opt_client_render_files (client, settings, error);

  bytes = opt_client_render_with_password (client, settings, self->secret, error);
  if (bytes == NULL)
    return NULL;

  files = opt_client_files_new ();
  g_ptr_array_add (files, opt_client_file_new (client->file_name, bytes));

  return files;
}

OptQr *
opt_session_create_code (OptSession *self, gboolean with_password, GError **error)
{
  g_autoptr (OptSettings) settings = NULL;

  g_return_val_if_fail (OPT_IS_SESSION (self), NULL);
  g_return_val_if_fail (!with_password || self->secret != NULL, NULL);

  settings = opt_session_dup_settings (self, error);
  if (settings == NULL)
    return NULL;

  return opt_qr_new (settings, with_password ? self->secret : NULL, error);
}
