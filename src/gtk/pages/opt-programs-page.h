/* SPDX-FileCopyrightText: The OptSetup authors
 * SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "opt-page.h"

G_BEGIN_DECLS

#define OPT_TYPE_PROGRAMS_PAGE (opt_programs_page_get_type ())

/**
 * OptProgramsPage:
 *
 * All mail programs that are known, by name, with a search.
 */
G_DECLARE_FINAL_TYPE (OptProgramsPage, opt_programs_page, OPT, PROGRAMS_PAGE, OptPage)

G_END_DECLS
