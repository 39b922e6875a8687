/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-setup-group.h"

#include "opt-advice.h"

#include <glib/gi18n.h>

/* What is shown in each state. */
typedef struct
{
  const char *title, *subtitle;
  gboolean done;
  gboolean busy;
  gboolean lists; /* what will be changed, or can be undone */
  OptJobButton primary, secondary;
} View;

static const View views[] = {
  [OPT_SETUP_READY] = { N_ ("Set it up now"),
                        N_ ("First you see what will be changed on this computer"),
                        .primary = { N_ ("_Set it up…"), "win.plan-setup" } },
  [OPT_SETUP_PLANNING] = { N_ ("Finding out what will be changed…"),
                           N_ ("Nothing is changed yet"),
                           .busy = TRUE,
                           .secondary = { N_ ("_Cancel"), "win.cancel-setup" } },
  [OPT_SETUP_PLANNED] = { N_ ("This will be changed"),
                          N_ ("It can be undone, now and later"),
                          .lists = TRUE,
                          .primary = { N_ ("Set it _up"), "win.apply-setup" },
                          .secondary = { N_ ("_Cancel"), "win.cancel-setup" } },
  [OPT_SETUP_APPLYING] = { N_ ("Setting it up…"),
                           N_ ("You may be asked to unlock the keyring"),
                           .busy = TRUE,
                           .secondary = { N_ ("_Cancel"), "win.cancel-setup" } },
  [OPT_SETUP_DONE] = { N_ ("It is set up"),
                       N_ ("This is on this computer now, and can be undone"),
                       .done = TRUE,
                       .lists = TRUE,
                       .secondary = { N_ ("_Undo"), "win.undo-setup" } },
  [OPT_SETUP_UNDOING] = { N_ ("Undoing…"), N_ ("Taking this back"), .busy = TRUE, .lists = TRUE },
};

struct _OptSetupGroup
{
  OptJobGroup parent_instance;

  OptSetupJob *job;
};

G_DEFINE_FINAL_TYPE (OptSetupGroup, opt_setup_group, OPT_TYPE_JOB_GROUP)

static void
append_lines (GString *text, char **lines)
{
  for (guint i = 0; lines[i] != NULL; i++)
    g_string_append_printf (text, "%s• %s", text->len > 0 ? "\n" : "", lines[i]);
}

static char *
create_leftovers_text (GPtrArray *leftovers)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < leftovers->len; i++)
    {
      const OptSetupLeftover *leftover = g_ptr_array_index (leftovers, i);
      const char *reason = leftover->reason->domain == G_IO_ERROR
                             ? leftover->reason->message
                             : opt_advice_get_error_text (leftover->reason);

      append_lines (text, leftover->what);
      g_string_append_printf (text, "\n%s", reason);
    }

  return g_string_free (text, FALSE);
}

static char *
create_lines (OptSetupGroup *self, const View *view)
{
  GPtrArray *leftovers = opt_setup_job_get_leftovers (self->job);
  g_auto (GStrv) lines = view->lists ? opt_setup_job_describe (self->job) : NULL;
  GString *list;

  if (leftovers != NULL && leftovers->len > 0)
    return create_leftovers_text (leftovers);
  if (lines == NULL)
    return NULL;

  list = g_string_new (NULL);
  append_lines (list, lines);

  return g_string_free (list, FALSE);
}

/* After an undo the state is that of before, and yet there is something to say. */
static const char *
get_subtitle (OptSetupGroup *self, const View *view)
{
  GPtrArray *leftovers = opt_setup_job_get_leftovers (self->job);

  if (leftovers == NULL)
    return _ (view->subtitle);

  return leftovers->len == 0 ? _ ("Undone. All is as it was before.")
                             : _ ("Undone, except for this:");
}

static OptJobButton
translate (const OptJobButton *button)
{
  return (OptJobButton){ button->label != NULL ? _ (button->label) : NULL, button->action };
}

static void
update (OptSetupGroup *self)
{
  OptSetupState state =
    self->job != NULL ? opt_setup_job_get_state (self->job) : OPT_SETUP_NOT_HERE;
  const View *view = &views[MAX (state, OPT_SETUP_READY)];
  const GError *error;
  g_autofree char *lines = NULL;

  if (state < OPT_SETUP_READY)
    {
      opt_job_group_show (OPT_JOB_GROUP (self), NULL);
      return;
    }

  error = opt_setup_job_get_error (self->job);
  lines = create_lines (self, view);
  opt_job_group_show (OPT_JOB_GROUP (self),
                      &(OptJobView){
                        .title = _ (view->title),
                        .subtitle = get_subtitle (self, view),
                        .done = view->done,
                        .busy = view->busy,
                        .error = error != NULL ? opt_advice_get_error_text (error) : NULL,
                        .lines = lines,
                        .primary = translate (&view->primary),
                        .secondary = translate (&view->secondary),
                      });
}

static void
opt_setup_group_dispose (GObject *object)
{
  g_clear_object (&OPT_SETUP_GROUP (object)->job);

  G_OBJECT_CLASS (opt_setup_group_parent_class)->dispose (object);
}

static void
opt_setup_group_class_init (OptSetupGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = opt_setup_group_dispose;
}

static void
opt_setup_group_init (OptSetupGroup *self)
{
}

void
opt_setup_group_set_job (OptSetupGroup *self, OptSetupJob *job)
{
  g_return_if_fail (OPT_IS_SETUP_GROUP (self));

  if (self->job != NULL)
    g_signal_handlers_disconnect_by_func (self->job, update, self);
  g_set_object (&self->job, job);
  if (job != NULL)
    g_signal_connect_object (job, "notify::state", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

OptSetupJob *
opt_setup_group_get_job (OptSetupGroup *self)
{
  g_return_val_if_fail (OPT_IS_SETUP_GROUP (self), NULL);

  return self->job;
}
