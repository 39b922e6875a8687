/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-found-row.h"

#include "opt-accessible.h"
#include "opt-verdict.h"

#include <glib/gi18n.h>

struct _OptFoundRow
{
  AdwActionRow parent_instance;

  GtkStack *state_stack;
  GtkSpinner *spinner;
  GtkImage *state_icon;
  GtkWidget *check_button;

  OptFoundItem *item;
  gboolean shows_saved;
};

G_DEFINE_FINAL_TYPE (OptFoundRow, opt_found_row, ADW_TYPE_ACTION_ROW)

static const struct
{
  const char *icon_name, *style;
} standings[] = {
  [OPT_STANDING_UNKNOWN] = { "dialog-question-symbolic", "dim-label" },
  [OPT_STANDING_GOOD] = { "object-select-symbolic", "success" },
  [OPT_STANDING_OLD] = { "dialog-warning-symbolic", "warning" },
  [OPT_STANDING_BAD] = { "dialog-error-symbolic", "error" },
  [OPT_STANDING_BUSY] = { NULL, NULL },
};

/* Before a test: the worst of what differs. */
static char *
describe_untested (OptReview *review)
{
  GPtrArray *differences = opt_review_get_differences (review);

  if (differences->len > 0)
    return opt_difference_create_text (g_ptr_array_index (differences, 0));
  if (opt_review_get_compared (review) != NULL)
    return g_strdup (_ ("Up to date"));

  return g_strdup (_ ("Not an Optimum address"));
}

static char *
describe_state (OptFoundItem *item)
{
  OptReview *review = opt_found_item_get_review (item);
  OptReviewVerdict verdict = opt_review_get_verdict (review);

  if (opt_found_item_is_busy (item))
    return g_strdup (_ ("Checking…"));
  if (verdict == OPT_REVIEW_NONE || verdict == OPT_REVIEW_CANCELLED)
    return describe_untested (review);

  return g_strdup (opt_review_get_title (review));
}

static OptStanding
get_last_standing (OptFoundItem *item)
{
  const char *verdict = opt_found_item_get_last_verdict (item);

  if (g_strcmp0 (verdict, "works") == 0)
    return OPT_STANDING_GOOD;
  if (g_strcmp0 (verdict, "partly") == 0)
    return OPT_STANDING_OLD;

  return verdict != NULL ? OPT_STANDING_BAD : OPT_STANDING_UNKNOWN;
}

static void
show_standing (OptFoundRow *self, OptStanding standing)
{
  gboolean busy = standing == OPT_STANDING_BUSY;

  gtk_stack_set_visible_child_name (self->state_stack, busy ? "busy" : "still");
  gtk_spinner_set_spinning (self->spinner, busy);
  for (guint i = 0; i < G_N_ELEMENTS (standings); i++)
    if (standings[i].style != NULL)
      gtk_widget_remove_css_class (GTK_WIDGET (self->state_icon), standings[i].style);
  if (busy)
    return;

  gtk_image_set_from_icon_name (self->state_icon, standings[standing].icon_name);
  gtk_widget_add_css_class (GTK_WIDGET (self->state_icon), standings[standing].style);
}

static void
update (OptFoundRow *self)
{
  gboolean last = self->shows_saved && !opt_found_item_is_busy (self->item);
  g_autofree char *text =
    last ? opt_verdict_describe_last (opt_found_item_get_last_verdict (self->item),
                                      opt_found_item_get_checked (self->item))
         : describe_state (self->item);
  OptStanding standing =
    last ? get_last_standing (self->item) : opt_found_item_get_standing (self->item);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), text);
  show_standing (self, standing);
}

static void
opt_found_row_dispose (GObject *object)
{
  g_clear_object (&OPT_FOUND_ROW (object)->item);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_FOUND_ROW);

  G_OBJECT_CLASS (opt_found_row_parent_class)->dispose (object);
}

static void
opt_found_row_class_init (OptFoundRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = opt_found_row_dispose;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/opt-found-row.ui");
  gtk_widget_class_bind_template_child (widget_class, OptFoundRow, state_stack);
  gtk_widget_class_bind_template_child (widget_class, OptFoundRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, OptFoundRow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, OptFoundRow, check_button);
}

static void
opt_found_row_init (OptFoundRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
opt_found_row_new (OptFoundItem *item)
{
  OptFoundRow *self;
  const char *address;
  guint id;

  g_return_val_if_fail (OPT_IS_FOUND_ITEM (item), NULL);

  self = g_object_new (OPT_TYPE_FOUND_ROW, NULL);
  self->item = g_object_ref (item);
  address = opt_found_item_get_address (item);
  id = opt_found_item_get_id (item);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self),
                                 address != NULL ? address : _ ("An account without an address"));
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self), "u", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self), "win.found");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->check_button), "u", id);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->check_button), "win.test-saved");
  g_signal_connect_object (item, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);

  return GTK_WIDGET (self);
}

void
opt_found_row_show_saved (OptFoundRow *self)
{
  g_autofree char *label = NULL;

  g_return_if_fail (OPT_IS_FOUND_ROW (self));

  /* Translators: %s is an email address */
  label =
    g_strdup_printf (_ ("Check %s"), adw_preferences_row_get_title (ADW_PREFERENCES_ROW (self)));
  opt_accessible_set_name (self->check_button, label);
  gtk_widget_set_visible (self->check_button, TRUE);
  self->shows_saved = TRUE;
  update (self);
}
