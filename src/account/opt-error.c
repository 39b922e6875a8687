/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#include "opt-error.h"

G_DEFINE_QUARK (opt_error_quark, opt_error)
