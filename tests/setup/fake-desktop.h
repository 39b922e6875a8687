/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "../keyring/fake-bus.h"

/* Evolution's registry and GNOME Online Accounts, as much as is asked of them, on the session bus
 * and in the default main context; they fail as told. */

typedef enum
{
  FAKE_WORKS,
  FAKE_REFUSES,       /* does nothing, and says so */
  FAKE_LOSES_ANSWERS, /* does it, or half of it, and says that it did not */
  FAKE_HAS_ALREADY,   /* somebody else was first with the same, and it says so */
} FakeTemper;

typedef struct
{
  FakeTemper create;
  FakeTemper remove;
  void (*on_create) (void); /* called before anything is made */

  GHashTable *sources;  /* UID -> key file */
  GHashTable *accounts; /* id -> address */
  GVariant *details;    /* of the last account */

  FakeBus *bus;
  GHashTable *object_ids; /* path -> id */
  guint n_accounts;
  guint n_sign_ins; /* of GNOME Online Accounts, to see whether the password is right */
} FakeDesktop;

FakeDesktop *fake_desktop_new (void);
void fake_desktop_free (FakeDesktop *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeDesktop, fake_desktop_free)
