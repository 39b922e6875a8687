/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-dialogue-private.h"
#include "opt-errand.h"

G_BEGIN_DECLS

/* What one kind of errand does. Each function sends, waits, or ends the dialogue. */
typedef struct
{
  void (*begin) (OptErrand *self, OptDialogue *dialogue);
  void (*replied) (OptErrand *self,
                   OptDialogue *dialogue,
                   OptCommand command,
                   const OptReply *reply);
  void (*go_on) (OptErrand *self, OptDialogue *dialogue); /* NULL where it never waits */
  void (*clear) (OptErrand *self);
  gboolean leaves_without_a_word;
} OptErrandClass;

/* Every errand begins with one; allocated as a reference-counted box. */
struct _OptErrand
{
  const OptErrandClass *klass;
};

/**
 * opt_errand_get_message_bytes:
 * @self: (nullable): an errand
 *
 * Returns: the size of the message that it sends (RFC 1870), or 0
 */
gsize opt_errand_get_message_bytes (const OptErrand *self);

G_END_DECLS
