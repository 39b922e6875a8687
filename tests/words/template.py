# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""What the program says, taken from its sources as translators get it, and in which languages."""

import subprocess

import po

# What Meson's i18n.gettext(preset: 'glib') has xgettext look for.
KEYWORDS = ["_", "N_", "C_:1c,2", "NC_:1c,2", "g_dcgettext:2", "g_dngettext:2,3",
            "g_dpgettext2:2c,3"]
FLAGS = ["N_:1:pass-c-format", "C_:2:pass-c-format", "NC_:2:pass-c-format",
         "g_dngettext:2:pass-c-format", "g_strdup_printf:1:c-format", "g_string_printf:2:c-format",
         "g_string_append_printf:2:c-format", "g_error_new:3:c-format", "g_set_error:4:c-format"]


def run(*command, cwd=None):
    """What a command prints, both ways, and how it ends."""
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout, done.stderr


def make_template(root, folder):
    """The messages that are in the sources now."""
    path = folder / "optsetup.pot"
    status, _, errors = run(
        "xgettext", "--from-code=UTF-8", "--add-comments", "--files-from=po/POTFILES",
        f"--output={path}", *(f"--keyword={word}" for word in KEYWORDS),
        *(f"--flag={flag}" for flag in FLAGS), cwd=root)
    if status != 0 or "unknown" in errors:
        raise SystemExit(f"xgettext: {errors}")
    return po.read(path.read_text(encoding="utf-8")), errors


def read_languages(root):
    """Those of po/LINGUAS."""
    return [word for line in (root / "po" / "LINGUAS").read_text().splitlines()
            if not line.startswith("#") for word in line.split()]
