/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-certificate-row.h"

#include "opt-accessible.h"
#include "opt-advice.h"
#include "opt-fill-in.h"
#include "opt-join.h"
#include "opt-transcript.h"

#include <glib/gi18n.h>

#define VALUE_MAX_CHARS 200

struct _OptCertificateRow
{
  AdwPreferencesRow parent_instance;

  GtkBox *lines;
};

G_DEFINE_FINAL_TYPE (OptCertificateRow, opt_certificate_row, ADW_TYPE_PREFERENCES_ROW)

static void
clear_lines (OptCertificateRow *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_box_remove (self->lines, child);
}

/* Never markup, and cleaned: what a server shows may be anything. */
static GtkWidget *
create_label (const char *text, const char *style)
{
  g_autofree char *clean = opt_transcript_clean_text (text, VALUE_MAX_CHARS);
  GtkWidget *label = gtk_label_new (clean);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_valign (label, GTK_ALIGN_START);
  gtk_widget_set_hexpand (label, TRUE);
  if (style != NULL)
    gtk_widget_add_css_class (label, style);

  return label;
}

static GtkWidget *
create_shown (const OptComparison *comparison)
{
  GtkWidget *box;
  GtkWidget *icon;

  if (comparison->fits)
    return create_label (comparison->shown, NULL);

  box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  icon = gtk_image_new_from_icon_name ("dialog-error-symbolic");
  gtk_widget_set_valign (icon, GTK_ALIGN_START);
  gtk_widget_add_css_class (icon, "error");
  gtk_accessible_update_property (GTK_ACCESSIBLE (icon),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Does not fit"),
                                  -1);
  gtk_box_append (GTK_BOX (box), icon);
  gtk_box_append (GTK_BOX (box), create_label (comparison->shown, "error"));

  return box;
}

static void
add_line (OptCertificateRow *self, const OptComparison *comparison)
{
  GtkWidget *grid = gtk_grid_new ();

  gtk_grid_set_column_homogeneous (GTK_GRID (grid), TRUE);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_attach (GTK_GRID (grid), create_label (comparison->label, "dim-label"), 0, 0, 2, 1);
  gtk_grid_attach (GTK_GRID (grid), create_label (comparison->expected, NULL), 0, 1, 1, 1);
  gtk_grid_attach (GTK_GRID (grid), create_shown (comparison), 1, 1, 1, 1);
  gtk_box_append (self->lines, grid);
}

static const char *const misfits[] = {
  /* Translators: of a certificate; %1$s is the name of a server, %2$s a list of names */
  [OPT_COMPARED_NAME] = N_ ("The name does not fit: expected %1$s, shown %2$s."),
  /* Translators: of a certificate; %1$s is “an authority that this computer trusts”, %2$s a name */
  [OPT_COMPARED_ISSUER] = N_ ("The issuer does not fit: expected %1$s, shown %2$s."),
  /* Translators: of a certificate; %1$s is a date, and that it is today; %2$s is two dates */
  [OPT_COMPARED_DATES] = N_ ("The dates do not fit: expected %1$s, shown %2$s."),
};

static char *
describe_misfit (const OptComparison *comparison)
{
  g_autofree char *expected = opt_transcript_clean_text (comparison->expected, VALUE_MAX_CHARS);
  g_autofree char *shown = opt_transcript_clean_text (comparison->shown, VALUE_MAX_CHARS);
  const char *const values[] = { expected, shown };

  return opt_fill_in (_ (misfits[comparison->what]), values, G_N_ELEMENTS (values));
}

/* What a screen reader says when the row has the focus. */
static void
name_row (OptCertificateRow *self, GPtrArray *comparisons)
{
  g_autoptr (GStrvBuilder) lines = g_strv_builder_new ();
  g_auto (GStrv) sentences = NULL;
  g_autofree char *name = NULL;

  g_strv_builder_add (lines, _ ("The server’s certificate."));
  for (guint i = 0; i < comparisons->len; i++)
    {
      const OptComparison *comparison = g_ptr_array_index (comparisons, i);

      if (!comparison->fits)
        {
          g_autofree char *misfit = describe_misfit (comparison);

          g_strv_builder_add (lines, misfit);
        }
    }
  sentences = g_strv_builder_end (lines);
  name = opt_join_sentences ((const char *const *) sentences);
  opt_accessible_set_name (GTK_WIDGET (self), name);
}

static gboolean
all_fits (GPtrArray *comparisons)
{
  for (guint i = 0; i < comparisons->len; i++)
    if (!((const OptComparison *) g_ptr_array_index (comparisons, i))->fits)
      return FALSE;

  return TRUE;
}

static void
opt_certificate_row_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_CERTIFICATE_ROW);

  G_OBJECT_CLASS (opt_certificate_row_parent_class)->dispose (object);
}

static void
opt_certificate_row_class_init (OptCertificateRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_certificate_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-certificate-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OptCertificateRow, lines);
}

static void
opt_certificate_row_init (OptCertificateRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
opt_certificate_row_new (void)
{
  return g_object_new (OPT_TYPE_CERTIFICATE_ROW, NULL);
}

void
opt_certificate_row_compare (OptCertificateRow *self, const OptEvidence *evidence)
{
  g_autoptr (GPtrArray) comparisons = NULL;

  g_return_if_fail (OPT_IS_CERTIFICATE_ROW (self) && evidence != NULL);

  comparisons = opt_advice_compare_certificate (evidence);
  clear_lines (self);
  gtk_widget_set_visible (GTK_WIDGET (self), comparisons != NULL && !all_fits (comparisons));
  if (!gtk_widget_get_visible (GTK_WIDGET (self)))
    return;

  for (guint i = 0; i < comparisons->len; i++)
    add_line (self, g_ptr_array_index (comparisons, i));
  name_row (self, comparisons);
}
