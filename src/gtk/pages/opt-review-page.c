/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One account that was found. Before a test it says what is wrong by what is written there; after
 * one, what was seen. When the verdict comes it takes the focus, so that a screen reader speaks it.
 */
#include "opt-review-page.h"

#include "opt-accessible.h"
#include "opt-advice.h"
#include "opt-caps-hint.h"
#include "opt-changes-box.h"
#include "opt-compare-row.h"
#include "opt-entry.h"
#include "opt-heading.h"
#include "opt-probe-group.h"
#include "opt-probe-row.h"
#include "opt-wrap-box.h"

#include <glib/gi18n.h>
#include <string.h>

struct _OptReviewPage
{
  OptPage parent_instance;

  GtkScrolledWindow *scrolled_window;
  OptHeading *heading;
  GtkLabel *whose;
  GtkLabel *reason;
  OptWrapBox *actions;
  AdwPreferencesGroup *compare_group;
  AdwPasswordEntryRow *password_row;
  GtkButton *kept_button;
  GtkLabel *password_label;
  OptProbeGroup *now_group;
  OptProbeGroup *wanted_group;
  OptChangesBox *changes_box;

  OptFoundItem *item;
  GSignalGroup *item_signals;
  GPtrArray *compare_rows; /* borrowed from their group */
  GError *password_error;
  gboolean typed; /* the password that is known was typed here */
  gboolean was_busy;
};

G_DEFINE_FINAL_TYPE (OptReviewPage, opt_review_page, OPT_TYPE_PAGE)

static OptSession *
get_session (OptReviewPage *self)
{
  return opt_page_get_session (OPT_PAGE (self));
}

static OptFoundList *
get_founds (OptReviewPage *self)
{
  return opt_session_get_founds (get_session (self));
}

static OptReview *
get_review (OptReviewPage *self)
{
  return opt_found_item_get_review (self->item);
}

static gboolean
has_difference (OptReview *review, OptDifferenceKind kind)
{
  GPtrArray *differences = opt_review_get_differences (review);

  for (guint i = 0; i < differences->len; i++)
    if (((const OptDifference *) g_ptr_array_index (differences, i))->kind == kind)
      return TRUE;

  return FALSE;
}

/* What the program has, and what it would need to send or receive at all. */
static void
show_comparison (OptReviewPage *self)
{
  OptReview *review = get_review (self);
  const OptFound *found = opt_review_get_found (review);
  OptAccount *wanted = opt_review_get_wanted (review);
  const gboolean missing[OPT_N_SERVICES] = {
    [OPT_SERVICE_IMAP] = has_difference (review, OPT_DIFFERENCE_INCOMING_MISSING),
    [OPT_SERVICE_SMTP] = has_difference (review, OPT_DIFFERENCE_OUTGOING_MISSING),
  };

  for (guint i = 0; i < self->compare_rows->len; i++)
    adw_preferences_group_remove (self->compare_group, g_ptr_array_index (self->compare_rows, i));
  g_ptr_array_set_size (self->compare_rows, 0);
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    if (found->servers[i] != NULL || missing[i])
      {
        OptServer *server = wanted != NULL ? opt_account_get_server (wanted, i) : NULL;
        GtkWidget *row = opt_compare_row_new (i, found->servers[i], server);

        adw_preferences_group_add (self->compare_group, row);
        g_ptr_array_add (self->compare_rows, row);
      }
}

static void
show_whose (OptReviewPage *self)
{
  const char *address = opt_found_item_get_address (self->item);
  const char *path = opt_found_item_get_file (self->item);
  g_autofree char *file = path != NULL ? g_filename_display_basename (path) : NULL;
  const char *program = opt_found_get_client_name (opt_found_item_get_found (self->item));
  /* Translators: an email address, then the program or the file that has it */
  g_autofree char *text = g_strdup_printf (_ ("%s · %s"),
                                           address != NULL ? address : _ ("No address"),
                                           file != NULL ? file : program);

  gtk_label_set_text (self->whose, text);
}

static char *
create_untested_heading (OptReviewPage *self)
{
  GPtrArray *differences = opt_review_get_differences (get_review (self));

  if (differences->len > 0)
    return opt_difference_create_text (g_ptr_array_index (differences, 0));
  if (opt_review_get_compared (get_review (self)) != NULL)
    return g_strdup (_ ("These settings are up to date"));
  if (opt_review_needs_address (get_review (self)))
    return g_strdup (_ ("An account without an address"));

  return g_strdup (_ ("This is not an Optimum address"));
}

static char *
create_untested_reason (OptReviewPage *self)
{
  OptReview *review = get_review (self);
  guint n = opt_review_get_differences (review)->len;
  gboolean has_wanted = opt_review_get_wanted (review) != NULL;

  if (opt_review_needs_address (review))
    return g_strdup (_ ("These settings do not say whose address they are for. Give yours to check "
                        "them."));
  if (n > 1)
    /* Translators: of settings; the heading above tells the first thing, a list below the others;
     * %u is how many those are */
    return g_strdup_printf (ngettext ("One more thing has to be changed; see below.",
                                      "%u more things have to be changed; see below.",
                                      n - 1),
                            n - 1);
  if (n == 1 && has_wanted)
    return g_strdup (_ ("Everything else is as it should be."));
  if (has_wanted)
    return g_strdup (_ ("Check them to see whether the password is right, too."));

  return g_strdup (_ ("What it should have is not known, but it can be checked as it is."));
}

static void
add_action (OptReviewPage *self, const char *label, const char *action_name, gboolean suggested)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  opt_accessible_name_button (button);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action_name);
  if (suggested)
    gtk_widget_add_css_class (button, "suggested-action");
  opt_wrap_box_append (self->actions, button);
}

/* Whether the right settings are of use to the program. */
static gboolean
has_repair (OptReview *review)
{
  return opt_review_get_wanted (review) != NULL && opt_review_get_differences (review)->len > 0;
}

static void
add_fix (OptReviewPage *self, gboolean suggested)
{
  const OptClient *client = opt_found_item_get_found (self->item)->client;
  g_autofree char *label = client != NULL
                             /* Translators: %s is a mail program */
                             ? g_strdup_printf (_ ("_Fix it for %s"), opt_client_get_name (client))
                             : g_strdup (_ ("_Hand it to a program"));

  add_action (self, label, "win.fix", suggested);
}

static void
show_actions (OptReviewPage *self, gboolean tested)
{
  OptReview *review = get_review (self);
  OptReviewVerdict verdict = opt_review_get_verdict (review);
  gboolean refused = tested && opt_found_item_was_refused (self->item);
  gboolean helps = verdict == OPT_REVIEW_WANTED_WORKS || verdict == OPT_REVIEW_WANTED_PARTLY;
  gboolean can_change = opt_session_can_change_password (get_session (self), self->item);

  opt_page_set_has_report (OPT_PAGE (self), tested);
  /* Hidden first: a button that goes while it has the focus takes that with it. */
  gtk_widget_set_visible (GTK_WIDGET (self->actions), FALSE);
  if (opt_found_item_is_busy (self->item))
    return;

  /* Shown before there is anything in it: GTK 4.8 does not tell the parent of children that come to
   * a hidden widget, and then there is no room for them. */
  opt_wrap_box_clear (self->actions);
  gtk_widget_set_visible (GTK_WIDGET (self->actions), TRUE);
  if (refused && can_change)
    add_action (self, _ ("New _password…"), "win.new-password", TRUE);
  if (opt_review_needs_address (review))
    add_action (self, _ ("_Enter an address"), "win.whose", TRUE);
  if (has_repair (review))
    add_fix (self, helps);
  if (!refused && can_change)
    add_action (self, _ ("New _password…"), "win.new-password", FALSE);
  if (tested)
    {
      add_action (self, _ ("_Check again"), "win.test", FALSE);
      add_action (self, _ ("Copy the _report"), "win.copy-report", FALSE);
    }
  gtk_widget_set_visible (GTK_WIDGET (self->actions),
                          gtk_widget_get_first_child (GTK_WIDGET (self->actions)) != NULL);
}

/* After a test, what it has shown is the thing to act on. */
static void
show_next (OptReviewPage *self, gboolean tested)
{
  gboolean hidden = tested || opt_found_item_is_busy (self->item);
  const char *label = has_repair (get_review (self)) ? _ ("_Check both") : _ ("_Check");

  opt_page_set_next (OPT_PAGE (self),
                     hidden ? NULL : label,
                     opt_found_list_can_test (get_founds (self), self->item));
}

static const char *
describe_password (OptReviewPage *self)
{
  if (self->password_error != NULL)
    return opt_advice_get_error_text (self->password_error);

  switch (opt_found_item_get_password (self->item))
    {
    case OPT_FOUND_PASSWORD_UNKNOWN:
      return _ ("It is the one you use for the web mail. It goes to a server only when nobody on "
                "the way can read it.");
    case OPT_FOUND_PASSWORD_KEPT:
      return _ ("Your keyring has it. You can leave this empty.");
    case OPT_FOUND_PASSWORD_HELD:
      if (!self->typed && opt_found_item_was_refused (self->item))
        return _ ("The one that is known was not accepted. Type the one that is right now.");
      return self->typed ? _ ("It goes to a server only when nobody on the way can read it.")
                         : _ ("It is known already. You can leave this empty.");
    }

  g_assert_not_reached ();
}

static void
show_password (OptReviewPage *self)
{
  gboolean busy = opt_found_item_is_busy (self->item);
  gboolean may_use = opt_found_list_may_use_kept_password (get_founds (self), self->item) &&
                     opt_found_item_get_password (self->item) != OPT_FOUND_PASSWORD_HELD;
  /* Translators: %s is a mail program */
  g_autofree char *label =
    g_strdup_printf (_ ("_Use the password that %s keeps"),
                     opt_found_get_client_name (opt_found_item_get_found (self->item)));

  gtk_label_set_text (self->password_label, describe_password (self));
  gtk_widget_set_sensitive (GTK_WIDGET (self->password_row),
                            !busy && !opt_review_needs_address (get_review (self)));
  gtk_button_set_label (self->kept_button, label);
  opt_accessible_name_button (GTK_WIDGET (self->kept_button));
  gtk_widget_set_visible (GTK_WIDGET (self->kept_button), may_use && !busy);
  opt_entry_mark (ADW_ENTRY_ROW (self->password_row), self->password_error != NULL, NULL);
}

static void
show_results (OptReviewPage *self)
{
  OptReview *review = get_review (self);

  opt_probe_group_set_check (self->now_group, opt_review_get_check_now (review));
  opt_probe_group_set_check (self->wanted_group, opt_review_get_check_wanted (review));
  for (guint i = 0; i < OPT_N_SERVICES; i++)
    {
      GtkWidget *now = opt_probe_group_get_row (self->now_group, i);
      GtkWidget *wanted = opt_probe_group_get_row (self->wanted_group, i);

      if (now != NULL)
        {
          opt_probe_row_hide_servers (OPT_PROBE_ROW (now));
          opt_probe_row_set_name_refused (OPT_PROBE_ROW (now),
                                          opt_review_was_name_refused (review));
        }
      if (wanted != NULL)
        opt_probe_row_hide_servers (OPT_PROBE_ROW (wanted));
    }
}

static void
show_words (OptReviewPage *self, gboolean tested)
{
  OptReview *review = get_review (self);
  gboolean busy = opt_found_item_is_busy (self->item);
  g_autofree char *heading = busy     ? g_strdup (_ ("Checking your mail…"))
                             : tested ? g_strdup (opt_review_get_title (review))
                                      : create_untested_heading (self);
  g_autofree char *reason =
    busy     ? g_strdup (_ ("First as it is now, and if that fails, as recommended."))
    : tested ? opt_review_create_text (review)
             : create_untested_reason (self);

  opt_heading_set_text (self->heading, heading);
  gtk_label_set_text (self->reason, reason);
}

static gboolean
is_tested (OptReviewPage *self)
{
  OptReviewVerdict verdict = opt_review_get_verdict (get_review (self));

  return verdict != OPT_REVIEW_NONE && verdict != OPT_REVIEW_CANCELLED;
}

static void
update (OptReviewPage *self)
{
  gboolean busy = opt_found_item_is_busy (self->item);
  gboolean tested = is_tested (self);

  show_words (self, tested);
  /* Before anything that may have it goes. */
  if (busy != self->was_busy)
    opt_page_focus_heading (OPT_PAGE (self), opt_heading_get_label (self->heading));
  show_password (self);
  show_next (self, tested);
  show_results (self);
  if (busy != self->was_busy)
    {
      show_actions (self, tested);
      opt_changes_box_show (self->changes_box, opt_review_get_differences (get_review (self)));
    }
  self->was_busy = busy;
}

static void
show_item (OptReviewPage *self)
{
  g_clear_error (&self->password_error);
  self->typed = FALSE;
  self->was_busy = opt_found_item_is_busy (self->item);
  gtk_editable_set_text (GTK_EDITABLE (self->password_row), "");
  show_whose (self);
  show_comparison (self);
  opt_changes_box_show (self->changes_box, opt_review_get_differences (get_review (self)));
  show_actions (self, is_tested (self));
  update (self);
}

static void
on_session_found (OptReviewPage *self)
{
  OptFoundItem *item = opt_session_get_found (get_session (self));

  g_signal_group_set_target (self->item_signals, item);
  if (g_set_object (&self->item, item) && item != NULL)
    show_item (self);
}

/* An empty entry leaves alone what is known from elsewhere. */
static void
on_password_changed (OptReviewPage *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->password_row));

  if (self->item == NULL || (text[0] == '\0' && !self->typed))
    return;

  self->typed = text[0] != '\0';
  g_clear_error (&self->password_error);
  opt_found_list_set_password (get_founds (self),
                               self->item,
                               text,
                               strlen (text),
                               &self->password_error);
  update (self);
}

static void
on_password_activated (OptReviewPage *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "win.test", NULL);
}

static void
opt_review_page_shown (OptPage *page)
{
  OptReviewPage *self = OPT_REVIEW_PAGE (page);

  gtk_adjustment_set_value (gtk_scrolled_window_get_vadjustment (self->scrolled_window), 0);
  opt_page_focus_heading (page, opt_heading_get_label (self->heading));
}

static void
opt_review_page_constructed (GObject *object)
{
  OptReviewPage *self = OPT_REVIEW_PAGE (object);

  G_OBJECT_CLASS (opt_review_page_parent_class)->constructed (object);

  g_signal_group_connect_swapped (self->item_signals, "changed", G_CALLBACK (update), self);
  g_signal_connect_object (get_session (self),
                           "notify::found",
                           G_CALLBACK (on_session_found),
                           self,
                           G_CONNECT_SWAPPED);
}

static void
opt_review_page_dispose (GObject *object)
{
  OptReviewPage *self = OPT_REVIEW_PAGE (object);

  g_signal_group_set_target (self->item_signals, NULL);
  g_clear_object (&self->item);
  /* The bin's child is bound in the template too; GTK 4.8 would take it from the bin unawares. */
  adw_bin_set_child (ADW_BIN (object), NULL);
  gtk_widget_dispose_template (GTK_WIDGET (object), OPT_TYPE_REVIEW_PAGE);

  G_OBJECT_CLASS (opt_review_page_parent_class)->dispose (object);
}

static void
opt_review_page_finalize (GObject *object)
{
  OptReviewPage *self = OPT_REVIEW_PAGE (object);

  g_object_unref (self->item_signals);
  g_ptr_array_unref (self->compare_rows);
  g_clear_error (&self->password_error);

  G_OBJECT_CLASS (opt_review_page_parent_class)->finalize (object);
}

static void
opt_review_page_class_init (OptReviewPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->constructed = opt_review_page_constructed;
  object_class->dispose = opt_review_page_dispose;
  object_class->finalize = opt_review_page_finalize;
  OPT_PAGE_CLASS (klass)->shown = opt_review_page_shown;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/com/example/OptSetup/pages/opt-review-page.ui");
  gtk_widget_class_bind_template_child (widget_class, OptReviewPage, scrolled_window);
  gtk_widget_class_bind_template_child (widget_class, OptReviewPage, heading);
  gtk_widget_class_bind_template_child (widget_class, OptReviewPage, whose);
  gtk_widget_class_bind_template_child (widget_class, OptReviewPage, reason);
  gtk_widget_class_bind_template_child (widget_class, OptReviewPage, actions);
  gtk_widget_class_bind_template_child (widget_class, OptReviewPage, compare_group);
  gtk_widget_class_bind_template_child (widget_class, OptReviewPage, password_row);
  gtk_widget_class_bind_template_child (widget_class, OptReviewPage, kept_button);
  gtk_widget_class_bind_template_child (widget_class, OptReviewPage, password_label);
  gtk_widget_class_bind_template_child (widget_class, OptReviewPage, now_group);
  gtk_widget_class_bind_template_child (widget_class, OptReviewPage, wanted_group);
  gtk_widget_class_bind_template_child (widget_class, OptReviewPage, changes_box);
  gtk_widget_class_bind_template_callback (widget_class, on_password_changed);
  gtk_widget_class_bind_template_callback (widget_class, on_password_activated);
}

static void
opt_review_page_init (OptReviewPage *self)
{
  self->item_signals = g_signal_group_new (OPT_TYPE_FOUND_ITEM);
  self->compare_rows = g_ptr_array_new ();
  g_type_ensure (OPT_TYPE_CHANGES_BOX);
  g_type_ensure (OPT_TYPE_CAPS_HINT);
  g_type_ensure (OPT_TYPE_HEADING);
  g_type_ensure (OPT_TYPE_PROBE_GROUP);
  g_type_ensure (OPT_TYPE_WRAP_BOX);
  gtk_widget_init_template (GTK_WIDGET (self));
  opt_entry_name (ADW_ENTRY_ROW (self->password_row), GTK_WIDGET (self->password_label));
}
