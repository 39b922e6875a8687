/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The mail programs that we know, and the one way to make a file for them. What is peculiar to a
 * program stands in its own file; here is what holds for all. */
#include "opt-client.h"

#include "opt-error.h"
#include "opt-value.h"

#include <glib/gi18n-lib.h>

/* One line for each: the table is opt_client_NAME in opt-client-NAME.c. The best comes first. */
/* clang-format off */
#define CLIENTS(X)                                                                                 \
  X (thunderbird),                                                                                 \
  X (autoconfig),                                                                                  \
  X (sheet_html),                                                                                  \
  X (sheet_text),                                                                                  \
  X (thunderbird_android),                                                                         \
  X (apple),                                                                                       \
  X (gmail),                                                                                       \
  X (evolution),                                                                                   \
  X (goa),                                                                                         \
  X (msmtp),                                                                                       \
  X (mpop),                                                                                        \
  X (mutt),                                                                                        \
  X (k9),                                                                                          \
  X (thunderbird_android_svg),                                                                     \
  X (isync),                                                                                       \
  X (getmail),                                                                                     \
  X (fetchmail),                                                                                   \
  X (offlineimap),                                                                                 \
  X (aerc),                                                                                        \
  X (s_nail),                                                                                      \
  X (geary),                                                                                       \
  X (claws),                                                                                       \
  X (sylpheed),                                                                                    \
  X (outlook_prf),                                                                                 \
  X (outlook_autodiscover),                                                                        \
  X (outlook_express_reg),                                                                         \
  X (windows_live_mail),                                                                           \
  X (outlook),                                                                                     \
  X (outlook_new),                                                                                 \
  X (outlook_express),                                                                             \
  X (apple_mail),                                                                                  \
  X (iphone_mail),                                                                                 \
  X (kmail),                                                                                       \
  X (alpine),                                                                                      \
  X (json)
/* clang-format on */

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
opt_client_leaves (const OptClient *self, OptClientLeaves half)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return (self->leaves & half) != 0;
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

gboolean
opt_client_is_running (const OptClient *self, const OptMachine *machine)
{
  g_return_val_if_fail (self != NULL && machine != NULL, FALSE);

  return self->is_running != NULL && self->is_running (machine);
}

char *
opt_client_create_restart_text (const OptClient *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  /* Translators: %s is the name of a mail program. */
  return g_strdup_printf (_ ("%s is running. It needs a restart before it has the account."),
                          opt_client_get_name (self));
}

const char *
opt_client_get_password_path (const OptClient *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_dgettext (GETTEXT_PACKAGE, self->password_path);
}

gboolean
opt_client_has_file (const OptClient *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->render != NULL || self->render_files != NULL;
}

gboolean
opt_client_has_folder (const OptClient *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->render_files != NULL;
}

/* application/xml and application/json are text, too. */
gboolean
opt_client_is_text (const OptClient *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->media_type != NULL && (g_str_has_prefix (self->media_type, "text/") ||
                                      g_str_has_suffix (self->media_type, "xml") ||
                                      g_str_has_suffix (self->media_type, "json"));
}

static gboolean
check_way_in (const OptClient *self, const OptSettings *settings, GError **error)
{
  OptService incoming = opt_settings_get_incoming_service (settings);

  if (opt_client_takes (self, incoming))
    return TRUE;

  g_set_error (error,
               OPT_ERROR,
               OPT_ERROR_CLIENT_PROTOCOL,
               "%s takes no %s account",
               self->id,
               opt_service_to_string (incoming));

  return FALSE;
}

static GPtrArray *
render_one (const OptClient *self, const OptSettings *settings, GError **error)
{
  GBytes *bytes = self->render (settings, error);
  GPtrArray *files;

  if (bytes == NULL)
    return NULL;

  files = opt_client_files_new ();
  g_ptr_array_add (files, opt_client_file_new (self->file_name, bytes));

  return files;
}

GPtrArray *
opt_client_render_files (const OptClient *self, const OptSettings *settings, GError **error)
{
  g_return_val_if_fail (self != NULL && opt_client_has_file (self) && settings != NULL, NULL);

  if (!check_way_in (self, settings, error))
    return NULL;

  return self->render_files != NULL ? self->render_files (settings, error)
                                    : render_one (self, settings, error);
}

gboolean
opt_client_can_hold_password (const OptClient *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->render_with_password != NULL;
}

GBytes *
opt_client_render_with_password (const OptClient *self,
                                 const OptSettings *settings,
                                 OptSecret *secret,
                                 GError **error)
{
  g_return_val_if_fail (self != NULL && self->render_with_password != NULL, NULL);
  g_return_val_if_fail (settings != NULL && secret != NULL, NULL);

  return check_way_in (self, settings, error) ? self->render_with_password (settings, secret, error)
                                              : NULL;
}

gboolean
opt_client_has_code (const OptClient *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->has_code;
}

gboolean
opt_client_is_printable (const OptClient *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->is_printable;
}

GPtrArray *
opt_client_create_values (const OptClient *self, const OptSettings *settings)
{
  g_return_val_if_fail (self != NULL && settings != NULL, NULL);

  return self->create_values != NULL ? self->create_values (settings)
                                     : opt_values_create (settings);
}

GPtrArray *
opt_client_find_places (const OptClient *self, const OptMachine *machine)
{
  GPtrArray *places = opt_places_new ();

  g_return_val_if_fail (self != NULL && machine != NULL, places);

  if (self->find_places != NULL)
    self->find_places (machine, places);

  return places;
}

gboolean
opt_client_recognises (const OptClient *self, const OptClientFile *file)
{
  g_return_val_if_fail (self != NULL && file != NULL, FALSE);

  return self->recognises != NULL && self->recognises (file);
}

gboolean
opt_client_can_read (const OptClient *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->read != NULL;
}

GPtrArray *
opt_client_read (const OptClient *self, const char *path, GPtrArray *files, GError **error)
{
  g_autoptr (GPtrArray) read = opt_founds_new ();
  g_autoptr (GPtrArray) founds = opt_founds_new ();

  g_return_val_if_fail (self != NULL && self->read != NULL && files != NULL, NULL);

  if (!self->read (files, read, error))
    return NULL;

  for (guint i = 0; i < read->len && founds->len < OPT_CLIENT_MAX_FOUNDS; i++)
    {
      OptFound *found = g_ptr_array_index (read, i);

      found->client = self;
      found->path = g_strdup (path);
      if (opt_found_complete (found))
        g_ptr_array_add (founds, opt_found_ref (found));
    }

  return g_steal_pointer (&founds);
}

gboolean
opt_client_read_each (GPtrArray *files,
                      GPtrArray *founds,
                      gboolean (*read_file) (GBytes *bytes, GPtrArray *founds, GError **error),
                      GError **error)
{
  g_return_val_if_fail (files != NULL && founds != NULL && read_file != NULL, FALSE);

  for (guint i = 0; i < files->len; i++)
    {
      const OptClientFile *file = g_ptr_array_index (files, i);

      if (!read_file (file->bytes, founds, error))
        return FALSE;
    }

  return TRUE;
}

static void
unref_found (gpointer data)
{
  opt_found_unref (data);
}

GPtrArray *
opt_founds_new (void)
{
  return g_ptr_array_new_with_free_func (unref_found);
}

OptClientFile *
opt_client_file_new (const char *name, GBytes *bytes)
{
  OptClientFile *self;

  g_return_val_if_fail (name != NULL && bytes != NULL, NULL);

  self = g_new0 (OptClientFile, 1);
  self->name = g_strdup (name);
  self->bytes = bytes;

  return self;
}

static void
free_file (gpointer data)
{
  OptClientFile *self = data;

  g_free (self->name);
  g_bytes_unref (self->bytes);
  g_free (self);
}

GPtrArray *
opt_client_files_new (void)
{
  return g_ptr_array_new_with_free_func (free_file);
}

char **
opt_client_create_steps (const OptClient *self, const OptSettings *settings)
{
  g_return_val_if_fail (self != NULL && settings != NULL, NULL);

  return self->create_steps (settings);
}
