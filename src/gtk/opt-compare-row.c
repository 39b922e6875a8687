/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-compare-row.h"

#include "opt-accessible.h"
#include "opt-fill-in.h"
#include "opt-join.h"
#include "opt-probe-row.h"
#include "opt-transcript.h"
#include "opt-wrap-box.h"

#include <glib/gi18n.h>

#define VALUE_MAX_CHARS 200

/* Narrower than that, a column would break a server's name. */
#define MIN_COLUMN_WIDTH 190

struct _OptCompareRow
{
  AdwPreferencesRow parent_instance;

  GtkLabel *title;
  AdwBin *columns_bin;
};

G_DEFINE_FINAL_TYPE (OptCompareRow, opt_compare_row, ADW_TYPE_PREFERENCES_ROW)

/* What is compared, a line each. */
enum
{
  VALUE_HOST,
  VALUE_PORT,
  VALUE_USER,
  VALUE_AUTH,
  N_VALUES
};

/* One side. */
typedef struct
{
  char *values[N_VALUES]; /* NULL for nothing to say */
} Side;

static void
side_clear (Side *self)
{
  for (guint i = 0; i < N_VALUES; i++)
    g_free (self->values[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Side, side_clear)

/* How the connection is protected, with the number of the port, and without. */
static const struct
{
  const char *port, *no_port;
} connections[] = {
  [OPT_FOUND_SECURITY_NONE] = {
    /* Translators: a connection; %1$s is the number of a port */
    N_ ("Port %1$s, not protected"),
    N_ ("No valid port, not protected"),
  },
  [OPT_FOUND_SECURITY_STARTTLS_IF_OFFERED] = {
    /* Translators: a connection; %1$s is the number of a port */
    N_ ("Port %1$s, protected by STARTTLS if offered"),
    N_ ("No valid port, protected by STARTTLS if offered"),
  },
  [OPT_FOUND_SECURITY_STARTTLS] = {
    /* Translators: a connection; %1$s is the number of a port */
    N_ ("Port %1$s, protected by STARTTLS"),
    N_ ("No valid port, protected by STARTTLS"),
  },
  [OPT_FOUND_SECURITY_TLS] = {
    /* Translators: a connection; %1$s is the number of a port */
    N_ ("Port %1$s, protected by TLS"),
    N_ ("No valid port, protected by TLS"),
  },
};

static const char *
describe_auth (OptFoundAuth auth)
{
  switch (auth)
    {
    case OPT_FOUND_AUTH_ANY:
    case OPT_FOUND_AUTH_PASSWORD:
      return NULL;
    case OPT_FOUND_AUTH_CHALLENGE:
      return _ ("Proves the password instead of sending it");
    case OPT_FOUND_AUTH_OTHER:
      return _ ("Signs in without a password");
    case OPT_FOUND_AUTH_NONE:
      return _ ("Does not sign in");
    }

  g_assert_not_reached ();
}

static char *
create_port (guint port, OptFoundSecurity security)
{
  g_autofree char *number = g_strdup_printf ("%u", port);
  const char *const values[] = { number };

  if (port == 0)
    return g_strdup (_ (connections[security].no_port));

  return opt_fill_in (_ (connections[security].port), values, G_N_ELEMENTS (values));
}

static char *
create_user (const char *user)
{
  if (user == NULL || user[0] == '\0')
    return g_strdup (_ ("No user name"));

  /* Translators: %s is the name to sign in with */
  return g_strdup_printf (_ ("User %s"), user);
}

static Side
create_now (const OptFoundServer *server)
{
  Side side = { { NULL } };

  if (server == NULL)
    {
      side.values[VALUE_HOST] = g_strdup (_ ("No server"));
      return side;
    }

  side.values[VALUE_HOST] = g_ascii_strdown (server->host, -1);
  side.values[VALUE_PORT] = create_port (server->port, server->security);
  side.values[VALUE_USER] =
    server->auth == OPT_FOUND_AUTH_NONE
      ? NULL
      : create_user (server->user != NULL ? server->user : server->user_pattern);
  side.values[VALUE_AUTH] = g_strdup (describe_auth (server->auth));

  return side;
}

static Side
create_wanted (OptServer *server, const Side *now)
{
  Side side = { { NULL } };
  OptFoundSecurity security = opt_server_get_security (server) == OPT_SECURITY_TLS
                                ? OPT_FOUND_SECURITY_TLS
                                : OPT_FOUND_SECURITY_STARTTLS;

  side.values[VALUE_HOST] = g_strdup (opt_server_get_host (server));
  side.values[VALUE_PORT] = create_port (opt_server_get_port (server), security);
  side.values[VALUE_USER] = create_user (opt_server_get_user (server));
  /* Said only where it is not what everybody expects. */
  if (now->values[VALUE_AUTH] != NULL)
    side.values[VALUE_AUTH] = g_strdup (_ ("Sends the password, protected"));

  return side;
}

static gboolean
differs (const Side *side, const Side *other, guint i)
{
  return other != NULL && g_strcmp0 (side->values[i], other->values[i]) != 0;
}

static gboolean
is_same (const Side *side, const Side *other)
{
  for (guint i = 0; i < N_VALUES; i++)
    if (differs (side, other, i))
      return FALSE;

  return other != NULL;
}

/* Never markup, and cleaned: the settings of a file may be anybody's. */
static GtkWidget *
create_line (const char *text, gboolean marked, const char *icon_name, const char *style)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *icon = gtk_image_new_from_icon_name (marked ? icon_name : NULL);
  g_autofree char *clean = opt_transcript_clean_text (text, VALUE_MAX_CHARS);
  GtkWidget *label = gtk_label_new (clean);

  /* Without one it keeps the place, so that all values begin at the same. */
  gtk_image_set_pixel_size (GTK_IMAGE (icon), 16);
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  if (marked)
    gtk_widget_add_css_class (icon, style);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  if (marked)
    gtk_widget_add_css_class (label, "problem");
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), label);

  return box;
}

static GtkWidget *
create_column (const char *title, const Side *side, const Side *other, gboolean is_now)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *label = gtk_label_new (title);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption-heading");
  gtk_box_append (GTK_BOX (box), label);
  for (guint i = 0; i < N_VALUES; i++)
    if (side->values[i] != NULL)
      gtk_box_append (GTK_BOX (box),
                      create_line (side->values[i],
                                   differs (side, other, i),
                                   is_now ? "dialog-warning-symbolic" : "object-select-symbolic",
                                   is_now ? "warning" : "success"));

  return box;
}

/* What a screen reader says when the row has the focus. */
static void
name_row (OptCompareRow *self, const Side *now, const Side *wanted)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) sentences = NULL;
  g_autofree char *name = NULL;

  g_strv_builder_add (lines, gtk_label_get_text (self->title));
  for (guint i = 0; i < N_VALUES; i++)
    {
      const char *was = now->values[i] != NULL ? now->values[i] : C_ ("setting", "nothing");
      const char *is = wanted != NULL && wanted->values[i] != NULL ? wanted->values[i] : NULL;
      g_autofree char *line = NULL;

      if (wanted != NULL && differs (now, wanted, i) && is != NULL)
        /* Translators: a sentence for a screen reader: first what a program has, then what it
         * should have, such as: Port 110, not protected */
        line = g_strdup_printf (_ ("Now: %s; recommended: %s."), was, is);
      else if (now->values[i] != NULL)
        /* Translators: makes a sentence, for a screen reader, of what a program has, such as: Port
         * 995, protected by TLS */
        line = g_strdup_printf (_ ("%s."), was);
      if (line != NULL)
        g_strv_builder_add (lines, line);
    }
  sentences = g_strv_builder_end (lines);
  name = opt_join_sentences ((const char *const *) sentences);
  opt_accessible_set_name (GTK_WIDGET (self), name);
}

static void
opt_compare_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_COMPARE_ROW);

  G_OBJECT_CLASS (opt_compare_row_parent_class)->dispose (object);
}

static void
opt_compare_row_class_init (OptCompareRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_compare_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-compare-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OptCompareRow, title);
  gtk_widget_class_bind_template_child (widget_class, OptCompareRow, columns_bin);
}

static void
opt_compare_row_init (OptCompareRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

/* Twice the same would only be searched for what differs. */
static GtkWidget *
create_columns (const Side *now, const Side *wanted)
{
  GtkWidget *columns = opt_wrap_box_new_columns (MIN_COLUMN_WIDTH);

  if (wanted == NULL)
    opt_wrap_box_append (OPT_WRAP_BOX (columns),
                         create_column (C_ ("column", "Now"), now, NULL, TRUE));
  else if (is_same (now, wanted))
    opt_wrap_box_append (OPT_WRAP_BOX (columns),
                         create_column (C_ ("column", "As recommended"), now, wanted, TRUE));
  else
    {
      opt_wrap_box_append (OPT_WRAP_BOX (columns),
                           create_column (C_ ("column", "Now"), now, wanted, TRUE));
      opt_wrap_box_append (OPT_WRAP_BOX (columns),
                           create_column (C_ ("column", "Recommended"), wanted, now, FALSE));
    }

  return columns;
}

GtkWidget *
opt_compare_row_new (OptService service, const OptFoundServer *now, OptServer *wanted)
{
  OptCompareRow *self = g_object_new (OPT_TYPE_COMPARE_ROW, NULL);
  g_auto (Side) is = create_now (now);
  g_auto (Side) should_be = { { NULL } };
  const Side *other = NULL;

  if (wanted != NULL)
    {
      should_be = create_wanted (wanted, &is);
      other = &should_be;
    }
  gtk_label_set_text (self->title, opt_probe_row_get_service_title (service));
  adw_bin_set_child (self->columns_bin, create_columns (&is, other));
  name_row (self, &is, other);

  return GTK_WIDGET (self);
}
