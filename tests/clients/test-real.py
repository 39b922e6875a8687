#!/usr/bin/python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Real mail programs take the settings that we write for them, and sign in with them:

    tests/lab/lab tests/gtk/run-wizard-test tests/clients/test-real.py build/src/cli/optsetup-cli [TEST]...

TEST is PROGRAM, or PROGRAM.test_NAME; with --list in place of the program all are listed, with
--programs each with the executables that it runs. Each program has a file in real/. One that is not
installed is skipped, with CI=true it fails.
"""

import pathlib
import sys
import unittest

HERE = pathlib.Path(__file__).resolve().parent
sys.path[:0] = [str(HERE / "real"), str(HERE.parent / "gtk")]

import case  # noqa: E402
import wizard as driver  # noqa: E402


def name_of(test):
    return f"{type(test).__module__.removeprefix('test_')}.{test._testMethodName}"


class Tap(driver.Tap):
    """Tests are named for the program, and one that is not installed is a skipped test."""

    def startTest(self, test):
        super().startTest(test)
        self.comment(name_of(test))

    def name_of(self, test):
        return name_of(test) if isinstance(test, unittest.TestCase) else super().name_of(test)

    def addFailure(self, test, error):
        # There is no wizard here that could be shown.
        unittest.TestResult.addFailure(self, test, error)
        self.line("not ok", test, error)

    addError = addFailure


def flatten(suite):
    for item in suite:
        if isinstance(item, unittest.TestSuite):
            yield from flatten(item)
        else:
            yield item


def find_tests(wanted):
    suite = unittest.defaultTestLoader.discover(HERE / "real", top_level_dir=HERE / "real")
    return [test for test in flatten(suite)
            if not wanted or name_of(test) in wanted or name_of(test).split(".")[0] in wanted]


def main():
    if len(sys.argv) < 2:
        raise SystemExit(__doc__)
    if sys.argv[1] == "--list":
        print("\n".join(map(name_of, find_tests([]))))
        return 0
    if sys.argv[1] == "--programs":
        for test in find_tests([]):
            print(name_of(test), *getattr(test, "programs", ()))
        return 0

    case.CLI = str(pathlib.Path(sys.argv[1]).resolve())
    tests = find_tests(sys.argv[2:])
    result = Tap()
    with case.Keyring():
        unittest.TestSuite(tests).run(result)
    print(f"1..{result.number}", flush=True)
    if not result.wasSuccessful():
        result.comment(case.servers.logs())
    return 0 if result.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
