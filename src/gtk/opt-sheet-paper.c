/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The sheet on paper. It is drawn twice: first without ink, to see how high it gets. */
#include "opt-sheet-paper.h"

#include "opt-value.h"

/* All in points, before it is made to fit. */
#define GROUP_GAP 13.0
#define HEADING_GAP 4.0
#define ROW_PADDING 2.5
#define COLUMN_GAP 12.0
#define NOTE_PADDING 8.0
#define HAIRLINE 0.5

#define LABEL_SHARE 0.3

/* Each time it comes out too high, it is made smaller by what is too much; the narrower letters
 * then need fewer lines. Nobody reads what is smaller than that. */
#define MAX_ATTEMPTS 12
#define MIN_SCALE 0.25

typedef enum
{
  INK_TITLE,
  INK_HEADING,
  INK_LABEL,
  INK_LITERAL,
} Ink;

static const struct
{
  double size;
  PangoWeight weight;
} inks[] = {
  [INK_TITLE] = { 18, PANGO_WEIGHT_BOLD },
  [INK_HEADING] = { 12.5, PANGO_WEIGHT_BOLD },
  [INK_LABEL] = { 10.5, PANGO_WEIGHT_NORMAL },
  [INK_LITERAL] = { 10.5, PANGO_WEIGHT_BOLD },
};

typedef struct
{
  cairo_t *cr;
  double width, scale;
  double y;
  gboolean draws;
  gboolean rtl;
} Pen;

/* A name that is written the other way stands where the others stand: Pango would turn it round. */
static void
align (Pen *pen, PangoLayout *layout)
{
  PangoDirection direction = pen->rtl ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR;
  PangoLayoutLine *line;

  pango_context_set_base_dir (pango_layout_get_context (layout), direction);
  pango_layout_context_changed (layout);
  line = pango_layout_get_line_readonly (layout, 0);
  if (pen->rtl == (pango_layout_line_get_resolved_direction (line) == direction))
    pango_layout_set_alignment (layout, PANGO_ALIGN_RIGHT);
}

static PangoLayout *
create_layout (Pen *pen, Ink ink, const char *text, double width)
{
  PangoLayout *layout = pango_cairo_create_layout (pen->cr);
  PangoContext *context = pango_layout_get_context (layout);
  PangoFontDescription *font = pango_font_description_from_string ("Sans");
  PangoAttrList *attributes = pango_attr_list_new ();
  cairo_font_options_t *options = cairo_font_options_create ();

  /* Letters as wide on the screen as on paper. */
  cairo_font_options_set_hint_metrics (options, CAIRO_HINT_METRICS_OFF);
  pango_cairo_context_set_font_options (context, options);
  cairo_font_options_destroy (options);
  pango_context_set_round_glyph_positions (context, FALSE);

  pango_font_description_set_absolute_size (font, inks[ink].size * pen->scale * PANGO_SCALE);
  pango_font_description_set_weight (font, inks[ink].weight);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_width (layout, width * PANGO_SCALE);
  /* A hyphen that is not in a value must not get there where it is broken. */
  pango_attr_list_insert (attributes, pango_attr_insert_hyphens_new (FALSE));
  pango_layout_set_attributes (layout, attributes);
  pango_attr_list_unref (attributes);
  pango_layout_set_text (layout, text, -1);
  align (pen, layout);

  return layout;
}

/* Writes into a column that begins at @start, from the left or from the right, and says how high it
 * got. */
static double
put (Pen *pen, Ink ink, const char *text, double start, double width)
{
  g_autoptr (PangoLayout) layout = create_layout (pen, ink, text, width);
  int height;

  pango_layout_get_size (layout, NULL, &height);
  if (pen->draws)
    {
      cairo_move_to (pen->cr, pen->rtl ? pen->width - start - width : start, pen->y);
      pango_cairo_show_layout (pen->cr, layout);
    }

  return (double) height / PANGO_SCALE;
}

static void
put_line (Pen *pen, Ink ink, const char *text)
{
  pen->y += put (pen, ink, text, 0, pen->width);
}

static void
put_row (Pen *pen, Ink ink, const char *label, const char *text, double label_width)
{
  double start = label_width + COLUMN_GAP * pen->scale;
  double label_height;
  double text_height;

  pen->y += ROW_PADDING * pen->scale;
  label_height = put (pen, INK_LABEL, label, 0, label_width);
  text_height = put (pen, ink, text, start, pen->width - start);
  pen->y += MAX (label_height, text_height) + ROW_PADDING * pen->scale;
}

static void
rule (Pen *pen)
{
  if (!pen->draws)
    return;

  cairo_move_to (pen->cr, 0, pen->y);
  cairo_line_to (pen->cr, pen->width, pen->y);
  cairo_stroke (pen->cr);
}

static void
put_heading (Pen *pen, const char *title)
{
  pen->y += GROUP_GAP * pen->scale;
  put_line (pen, INK_HEADING, title);
  pen->y += HEADING_GAP * pen->scale;
}

static void
put_group (Pen *pen, const OptSheetGroup *group)
{
  put_heading (pen, group->title);
  for (guint i = 0; i < group->values->len; i++)
    {
      const OptValue *value = group->values->pdata[i];

      rule (pen);
      put_row (pen,
               value->is_literal ? INK_LITERAL : INK_LABEL,
               value->label,
               value->text,
               pen->width * LABEL_SHARE);
    }
}

static void
put_steps (Pen *pen, const OptSheet *sheet)
{
  put_heading (pen, sheet->steps_title);
  for (guint i = 0; sheet->steps[i] != NULL; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u.", i + 1);

      put_row (pen, INK_LABEL, number, sheet->steps[i], inks[INK_LABEL].size * pen->scale);
    }
}

static void
put_note (Pen *pen, const char *note)
{
  double padding = NOTE_PADDING * pen->scale;
  double top;

  pen->y += GROUP_GAP * pen->scale;
  top = pen->y;
  pen->y += padding;
  pen->y += put (pen, INK_LABEL, note, padding, pen->width - 2 * padding) + padding;
  if (!pen->draws)
    return;

  cairo_rectangle (pen->cr, 0, top, pen->width, pen->y - top);
  cairo_stroke (pen->cr);
}

/* Says how high it is. */
static double
put_sheet (Pen *pen, const OptSheet *sheet)
{
  pen->y = 0;
  put_line (pen, INK_TITLE, sheet->title);
  for (guint i = 0; i < sheet->groups->len; i++)
    put_group (pen, sheet->groups->pdata[i]);
  put_steps (pen, sheet);
  put_note (pen, sheet->note);

  return pen->y;
}

static void
find_scale (Pen *pen, const OptSheet *sheet, double height)
{
  for (guint i = 0; i < MAX_ATTEMPTS; i++)
    {
      double needed = put_sheet (pen, sheet);

      if (needed <= height || pen->scale <= MIN_SCALE)
        return;

      pen->scale = MAX (MIN_SCALE, pen->scale * MIN (0.97, height / needed));
    }
}

void
opt_sheet_draw (const OptSheet *sheet, cairo_t *cr, double width, double height)
{
  Pen pen = { cr, width, 1.0, 0, FALSE, FALSE };

  g_return_if_fail (sheet != NULL && cr != NULL && width > 0 && height > 0);

  pen.rtl = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  cairo_save (cr);
  cairo_set_source_rgb (cr, 0, 0, 0);
  cairo_set_line_width (cr, HAIRLINE);
  find_scale (&pen, sheet, height);
  pen.draws = TRUE;
  put_sheet (&pen, sheet);
  cairo_restore (cr);
}
