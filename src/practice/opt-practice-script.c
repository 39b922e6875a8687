/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules by which a practice server departs from good behaviour: the first that applies wins.
 * Rules are added by one thread and taken by another, hence the lock. */
#include "opt-practice-script.h"

#include <string.h>

typedef struct
{
  char *when;
  OptPracticeTls tls;
  guint times_left; /* 0 for no limit: a rule that is used up leaves the list */
  guint delay_ms, drip_ms;
  GString *reply;
  OptPracticeThen then;
} Rule;

struct _OptPracticeScript
{
  GMutex lock;
  GPtrArray *rules; /* of Rule */
};

static GString *
copy_bytes (const GString *text)
{
  return text != NULL ? g_string_new_len (text->str, text->len) : NULL;
}

static void
free_bytes (GString *text)
{
  if (text != NULL)
    g_string_free (text, TRUE);
}

static void
free_rule (gpointer data)
{
  Rule *rule = data;

  g_free (rule->when);
  free_bytes (rule->reply);
  g_free (rule);
}

static void
clear_script (gpointer data)
{
  OptPracticeScript *self = data;

  g_ptr_array_unref (self->rules);
  g_mutex_clear (&self->lock);
}

static gboolean
has_name (const Rule *rule, const char *const *names)
{
  static const char *const never_meant_by_star[] = { "GREETING", "TLS", NULL };

  if (g_str_equal (rule->when, "*"))
    return !g_strv_contains (never_meant_by_star, names[0]);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_ascii_strcasecmp (rule->when, names[i]) == 0)
      return TRUE;

  return FALSE;
}

static gboolean
applies (const Rule *rule, const char *const *names, gboolean secure)
{
  switch (rule->tls)
    {
    case OPT_PRACTICE_TLS_BEFORE:
      return !secure && has_name (rule, names);
    case OPT_PRACTICE_TLS_AFTER:
      return secure && has_name (rule, names);
    case OPT_PRACTICE_TLS_ANY:
      return has_name (rule, names);
    }

  return FALSE;
}

static OptPracticeStep *
make_step (const Rule *rule)
{
  OptPracticeStep *step = g_new0 (OptPracticeStep, 1);

  step->delay_ms = rule->delay_ms;
  step->drip_ms = rule->drip_ms;
  step->reply = copy_bytes (rule->reply);
  step->then = rule->then;

  return step;
}

void
opt_practice_step_free (OptPracticeStep *self)
{
  g_return_if_fail (self != NULL);

  free_bytes (self->reply);
  g_free (self);
}

OptPracticeScript *
opt_practice_script_new (void)
{
  OptPracticeScript *self = g_atomic_rc_box_new0 (OptPracticeScript);

  g_mutex_init (&self->lock);
  self->rules = g_ptr_array_new_with_free_func (free_rule);

  return self;
}

OptPracticeScript *
opt_practice_script_ref (OptPracticeScript *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return g_atomic_rc_box_acquire (self);
}

void
opt_practice_script_unref (OptPracticeScript *self)
{
  g_return_if_fail (self != NULL);

  g_atomic_rc_box_release_full (self, clear_script);
}

void
opt_practice_script_add (OptPracticeScript *self, const OptPracticeRule *rule)
{
  g_autoptr (GMutexLocker) locker = NULL;
  Rule *copy;

  g_return_if_fail (self != NULL && rule != NULL && rule->when != NULL);

  copy = g_new0 (Rule, 1);
  copy->when = g_strdup (rule->when);
  copy->tls = rule->tls;
  copy->times_left = rule->times;
  copy->delay_ms = rule->delay_ms;
  copy->drip_ms = rule->drip_ms;
  copy->then = rule->then;
  if (rule->reply != NULL)
    copy->reply =
      g_string_new_len (rule->reply,
                        rule->reply_bytes > 0 ? rule->reply_bytes : strlen (rule->reply));

  locker = g_mutex_locker_new (&self->lock);
  g_ptr_array_add (self->rules, copy);
}

OptPracticeStep *
opt_practice_script_take (OptPracticeScript *self, const char *const *names, gboolean secure)
{
  g_autoptr (GMutexLocker) locker = NULL;

  g_return_val_if_fail (self != NULL && names != NULL && names[0] != NULL, NULL);

  locker = g_mutex_locker_new (&self->lock);
  for (guint i = 0; i < self->rules->len; i++)
    {
      Rule *rule = g_ptr_array_index (self->rules, i);
      OptPracticeStep *step;

      if (!applies (rule, names, secure))
        continue;

      step = make_step (rule);
      if (rule->times_left > 0 && --rule->times_left == 0)
        g_ptr_array_remove_index (self->rules, i);

      return step;
    }

  return NULL;
}
