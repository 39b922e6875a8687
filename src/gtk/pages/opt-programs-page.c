/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* All mail programs. The page before has those that matter here; this one is to be searched. */
#include "opt-programs-page.h"

#include "opt-client-row.h"

struct _OptProgramsPage
{
  OptPage parent_instance;

  GtkScrolledWindow *scrolled_window;
  GtkSearchEntry *search_entry;
  GtkListBox *list;
  GtkWidget *nothing;

  GPtrArray *rows; /* borrowed from the list */
};

G_DEFINE_FINAL_TYPE (OptProgramsPage, opt_programs_page, OPT_TYPE_PAGE)

static int
compare_rows (GtkListBoxRow *a, GtkListBoxRow *b, gpointer user_data)
{
  const char *titles[] = { adw_preferences_row_get_title (ADW_PREFERENCES_ROW (a)),
                           adw_preferences_row_get_title (ADW_PREFERENCES_ROW (b)) };
  g_autofree char *first = g_utf8_casefold (titles[0], -1);
  g_autofree char *second = g_utf8_casefold (titles[1], -1);

  return g_utf8_collate (first, second);
}

/* Rows are hidden, not filtered: GTK 4.8 would still read out those. */
static void
on_search_changed (OptProgramsPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->search_entry));
  g_auto (GStrv) words = g_str_tokenize_and_fold (text, NULL, NULL);
  gboolean any = FALSE;

  for (guint i = 0; i < self->rows->len; i++)
    {
      GtkWidget *row = g_ptr_array_index (self->rows, i);
      gboolean matches = opt_client_row_matches (OPT_CLIENT_ROW (row), words);

      gtk_widget_set_visible (row, matches);
      any = any || matches;
    }
  gtk_widget_set_visible (GTK_WIDGET (self->list), any);
  gtk_widget_set_visible (self->nothing, !any);
}

static void
update (OptProgramsPage *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    opt_client_row_update (g_ptr_array_index (self->rows, i),
                           opt_page_get_session (OPT_PAGE (self)));
}

static void
add_rows (OptProgramsPage *self)
{
  guint n;
  const OptClient *const *clients = opt_clients_get (&n);

  for (guint i = 0; i < n; i++)
    {
      GtkWidget *row = opt_client_row_new (clients[i]);

      g_ptr_array_add (self->rows, row);
      gtk_list_box_append (self->list, row);
    }
  gtk_list_box_set_sort_func (self->list, compare_rows, NULL, NULL);
}

static void
opt_programs_page_shown (OptPage *page)
{
  OptProgramsPage *self = OPT_PROGRAMS_PAGE (page);

  update (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->search_entry));
}

static void
opt_programs_page_constructed (GObject *object)
{
  OptProgramsPage *self = OPT_PROGRAMS_PAGE (object);

  G_OBJECT_CLASS (opt_programs_page_parent_class)->constructed (object);

  add_rows (self);
  g_signal_connect_object (opt_page_get_session (OPT_PAGE (self)),
                           "notify::incoming",
                           G_CALLBACK (update),
                           self,
                           G_CONNECT_SWAPPED);
  update (self);
}

static void
opt_programs_page_dispose (GObject *object)
{
  /* The bin's child is bound in the template too; GTK 4.8 would take it from the bin unawares. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_PROGRAMS_PAGE);

  G_OBJECT_CLASS (opt_programs_page_parent_class)->dispose (object);
}

static void
opt_programs_page_finalize (GObject *object)
{
  g_ptr_array_unref (OPT_PROGRAMS_PAGE (object)->rows);

  G_OBJECT_CLASS (opt_programs_page_parent_class)->finalize (object);
}

static void
opt_programs_page_class_init (OptProgramsPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = opt_programs_page_constructed;
  object_class->dispose = opt_programs_page_dispose;
  object_class->finalize = opt_programs_page_finalize;
  OPT_PAGE_CLASS (klass)->shown = opt_programs_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/pages/opt-programs-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OptProgramsPage, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, OptProgramsPage, search_entry);
  gtk_widget_class_bind_template_child (widget_class, OptProgramsPage, list);
  gtk_widget_class_bind_template_child (widget_class, OptProgramsPage, nothing);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
}

static void
opt_programs_page_init (OptProgramsPage *self)
{
  self->rows = g_ptr_array_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}
