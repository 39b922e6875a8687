/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-practice-world.h"
#include "opt-window.h"

G_BEGIN_DECLS

/**
 * opt_practice_create_session:
 * @world: the world to practice in
 *
 * Returns: (transfer full): a session that reaches no server but those of @world, looks at no
 *   program of this computer and keeps nothing; with a few accounts as if they had been found
 */
OptSession *opt_practice_create_session (OptPracticeWorld *world);

/**
 * opt_practice_add_examples:
 * @world: the world to practice in
 * @window: the window to show its accounts in
 */
void opt_practice_add_examples (OptPracticeWorld *world, OptWindow *window);

G_END_DECLS
