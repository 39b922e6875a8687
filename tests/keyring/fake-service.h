/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fake-bus.h"

/* A Secret Service that misbehaves as told, on the session bus and in the default main context:
 * with one collection, `Login`, and prompts that a scripted person answers. Secrets travel in the
 * clear, as the specification allows (Secret Service API, "Plain Algorithm"). */

typedef enum
{
  FAKE_ACCEPTS,   /* unlocks, or makes a collection */
  FAKE_DISMISSES, /* closes the prompt */
  FAKE_STARES,    /* answers nothing until the prompt is taken away */
} FakePerson;

typedef struct
{
  gboolean has_collection;
  gboolean is_locked;
  gboolean hides;        /* tells no attributes while locked, as gnome-keyring after a restart */
  gboolean stays_locked; /* refuses new items, whatever anybody unlocks */
  FakePerson person;
  guint fail_at;                  /* the nth write of a secret fails; 0: none */
  guint fail_until;               /* those after it, too, up to this one */
  GCancellable *cancel_at_prompt; /* cancelled when a prompt opens */
  GCancellable *cancel_at_write;  /* at fail_at, cancelled in place of an error */

  guint n_prompts;
  guint n_writes;
  guint n_reads;
  guint n_dismissals; /* prompts taken away by the caller */

  GPtrArray *items;
  FakeBus *bus;
  guint n_paths;
} FakeService;

FakeService *fake_service_new (void);
void fake_service_free (FakeService *self);

/* Whether there are @n items, and each holds @password. */
void fake_service_assert_items (FakeService *self, guint n, const char *password);

/* An item as @schema's program would have made it, with one attribute. */
void fake_service_add (
  FakeService *self, const char *schema, const char *name, const char *value, const char *content);

/* Forgets the items whose label begins like this. */
void fake_service_remove (FakeService *self, const char *label);

/* Labels and what the items hold, a line each, sorted. */
char *fake_service_print (FakeService *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeService, fake_service_free)
