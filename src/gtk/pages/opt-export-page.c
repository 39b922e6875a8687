/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The mail programs that can be given the settings, those that are installed here first. */
#include "opt-export-page.h"

#include "opt-client-row.h"
#include "opt-way-in-group.h"

#include <glib/gi18n.h>

static const guint max_shown[] = {
  [OPT_CLIENT_ON_COMPUTER] = G_MAXUINT,
  [OPT_CLIENT_ON_PHONE] = 3,
  [OPT_CLIENT_ANYTHING_ELSE] = 2,
};

/* Below that, a button would leave too little of its row for words. */
#define MIN_BUTTON_WIDTH_EM 34
#define POINTS_PER_INCH 72

struct _OptExportPage
{
  OptPage parent_instance;

  GtkScrolledWindow *scrolled_window;
  AdwPreferencesGroup *computer_group;
  AdwPreferencesGroup *phone_group;
  AdwPreferencesGroup *else_group;
  AdwActionRow *more_row;
  OptWayInGroup *way_in_group;

  gboolean has_room; /* for a button on each row */
  guint room_source;
  GPtrArray *rows;   /* borrowed from the groups, from top to bottom */
  GHashTable *shown; /* the clients that have a row */
};

G_DEFINE_FINAL_TYPE (OptExportPage, opt_export_page, OPT_TYPE_PAGE)

static AdwPreferencesGroup *
find_group (OptExportPage *self, const OptClient *client)
{
  switch (client->group)
    {
    case OPT_CLIENT_ON_COMPUTER:
      return self->computer_group;
    case OPT_CLIENT_ON_PHONE:
      return self->phone_group;
    case OPT_CLIENT_ANYTHING_ELSE:
      return self->else_group;
    }

  g_assert_not_reached ();
}

static void
add_row (OptExportPage *self, const OptClient *client)
{
  GtkWidget *row = opt_client_row_new (client);

  adw_preferences_group_add (find_group (self, client), row);
  g_ptr_array_add (self->rows, row);
  g_hash_table_add (self->shown, (gpointer) client);
}

/* Nobody looks through thirty rows: programs are shown when they are here, and what cannot be here
 * when it is among the best of its kind. */
static guint
add_group (OptExportPage *self, OptClientGroup group, const OptMachine *machine)
{
  guint n_added = 0;
  guint n;
  const OptClient *const *clients = opt_clients_get (&n);

  for (guint i = 0; i < n && n_added < max_shown[group]; i++)
    {
      gboolean fits = group == OPT_CLIENT_ON_COMPUTER
                        ? opt_client_is_installed (clients[i], machine)
                        : clients[i]->traces == NULL;

      if (clients[i]->group != group || !fits)
        continue;

      add_row (self, clients[i]);
      n_added++;
    }

  return n_added;
}

static void
add_rows (OptExportPage *self)
{
  g_autoptr (OptMachine) machine = opt_machine_new ();

  if (add_group (self, OPT_CLIENT_ON_COMPUTER, machine) == 0)
    adw_preferences_group_set_description (self->computer_group,
                                           _ ("No mail program that is known was found here. "
                                              "“More programs” has those that can be installed."));
  add_group (self, OPT_CLIENT_ON_PHONE, machine);
  add_group (self, OPT_CLIENT_ANYTHING_ELSE, machine);
}

/* What people with another computer look for. */
static gboolean
is_known_elsewhere (const OptClient *client)
{
  return client->group == OPT_CLIENT_ON_COMPUTER && client->traces == NULL &&
         !opt_client_has_file (client);
}

/* The best of what is not shown says what else there is. */
static char *
describe_more (OptExportPage *self)
{
  const char *names[2] = { NULL, NULL };
  guint n_names = 0;
  guint n_more = 0;
  guint n;
  const OptClient *const *clients = opt_clients_get (&n);

  for (guint i = 0; i < n; i++)
    if (!g_hash_table_contains (self->shown, clients[i]))
      {
        if (n_names < G_N_ELEMENTS (names) && is_known_elsewhere (clients[i]))
          names[n_names++] = opt_client_get_name (clients[i]);
        n_more++;
      }

  if (n_names < G_N_ELEMENTS (names) || n_more <= n_names)
    return g_strdup (_ ("All that are known, with a search"));

  n_more -= n_names;

  /* Translators: the names of two programs, and how many more there are */
  return g_strdup_printf (ngettext ("%s, %s and %u other", "%s, %s and %u others", n_more),
                          names[0],
                          names[1],
                          n_more);
}

static void
update (OptExportPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    opt_client_row_update (g_ptr_array_index (self->rows, i),
                           opt_page_get_session (OPT_PAGE (self)));
}

static gboolean
show_room (gpointer user_data)
{
  OptExportPage *self = user_data;

  self->room_source = 0;
  for (guint i = 0; i < self->rows->len; i++)
    opt_client_row_set_has_room (g_ptr_array_index (self->rows, i), self->has_room);

  return G_SOURCE_REMOVE;
}

static int
get_em_px (GtkWidget *widget)
{
  PangoContext *context = gtk_widget_get_pango_context (widget);
  int size = pango_font_description_get_size (pango_context_get_font_description (context));

  return size * pango_cairo_context_get_resolution (context) / POINTS_PER_INCH / PANGO_SCALE;
}

/* Nothing may change its size while sizes are given out, so it is done right after. */
static void
on_width_changed (OptExportPage *self)
{
  GtkAdjustment *width = gtk_scrolled_window_get_hadjustment (self->scrolled_window);
  gboolean has_room =
    gtk_adjustment_get_page_size (width) >= MIN_BUTTON_WIDTH_EM * get_em_px (GTK_WIDGET (self));

  if (has_room == self->has_room)
    return;

  self->has_room = has_room;
  if (self->room_source == 0)
    self->room_source = g_idle_add (show_room, self);
}

static void
opt_export_page_shown (OptPage *page)
{
  OptExportPage *self = OPT_EXPORT_PAGE (page);

  update (self);
  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled_window), 0);
  gtk_widget_grab_focus (g_ptr_array_index (self->rows, 0));
}

static void
opt_export_page_constructed (GObject *object)
{
  OptExportPage *self = OPT_EXPORT_PAGE (object);
  OptSession *session = opt_page_get_session (OPT_PAGE (self));
  g_autofree char *more = NULL;

  G_OBJECT_CLASS (opt_export_page_parent_class)->constructed (object);

  add_rows (self);
  more = describe_more (self);
  adw_action_row_set_subtitle (self->more_row, more);
  adw_preferences_group_add (self->else_group, GTK_WIDGET (self->more_row));
  g_signal_connect_object (gtk_scrolled_window_get_hadjustment (self->scrolled_window),
                           "notify::page-size",
                           G_CALLBACK (on_width_changed),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (session,
                           "notify::incoming",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  update (self);
  opt_way_in_group_set_session (self->way_in_group, session);
  opt_page_set_next (OPT_PAGE (self), _ ("_Done"), TRUE);
}

static void
opt_export_page_dispose (GObject *object)
{
  g_clear_handle_id (&OPT_EXPORT_PAGE (object)->room_source, g_source_remove);
  /* The bin's child is bound in the template too; GTK 4.8 would take it from the bin unawares. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_EXPORT_PAGE);

  G_OBJECT_CLASS (opt_export_page_parent_class)->dispose (object);
}

static void
opt_export_page_finalize (GObject *object)
{
  OptExportPage *self = OPT_EXPORT_PAGE (object);

  g_ptr_array_unref (self->rows);
  g_hash_table_unref (self->shown);

  G_OBJECT_CLASS (opt_export_page_parent_class)->finalize (object);
}

static void
opt_export_page_class_init (OptExportPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = opt_export_page_constructed;
  object_class->dispose = opt_export_page_dispose;
  object_class->finalize = opt_export_page_finalize;
  OPT_PAGE_CLASS (klass)->shown = opt_export_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/pages/opt-export-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OptExportPage, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, OptExportPage, computer_group);
  gtk_widget_class_bind_template_child (widget_class, OptExportPage, phone_group);
  gtk_widget_class_bind_template_child (widget_class, OptExportPage, else_group);
  gtk_widget_class_bind_template_child (widget_class, OptExportPage, more_row);
  gtk_widget_class_bind_template_child (widget_class, OptExportPage, way_in_group);
}

static void
opt_export_page_init (OptExportPage *self)
{
  self->rows = g_ptr_array_new ();
  self->shown = g_hash_table_new (NULL, NULL);
  g_type_ensure (OPT_TYPE_WAY_IN_GROUP);
  gtk_widget_init_template (GTK_WIDGET (self));
}
