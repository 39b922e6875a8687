/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-machine.h"

G_BEGIN_DECLS

/* How to tell that Thunderbird is installed: it reads two of our formats. */
extern const OptTrace opt_thunderbird_traces[];

G_END_DECLS
