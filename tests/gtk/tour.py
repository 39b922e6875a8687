# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later
"""Ways through the wizard that lead to every page in every state. Each is a function of a wizard that
has just been opened and of LOOK, which is called with a name for what is on the screen then.

They begin at Welcome and use English, which the wizard looks up in its own language.
"""

import re

import old_settings
from language import expression
from practice import PASSWORD


def check(wizard, address, heading, password=PASSWORD):
    """From the account page to a result."""
    wizard.fill("Your name", "Jane Doe")
    wizard.fill("Email address", address)
    wizard.fill("Password", password)
    wizard.press("Check")
    wizard.heading(heading)


def start_again(wizard):
    wizard.press("Back")
    wizard.arrive("Your account")


def go_to_account(wizard):
    wizard.open_row("Set up my address")
    wizard.arrive("Your account")


def account(wizard, look):
    look("welcome")
    go_to_account(wizard)
    look("account, empty")
    wizard.fill("Email address", "jane@@optonline.net")
    wizard.move_focus(lambda tree: tree.find("text", wizard.words("Email address")), "the address")
    wizard.keyboard.press("Tab")
    wizard.label("An address has one @, as in jane@optonline.net.")
    look("account, wrong")
    wizard.fill("Email address", "jane@optonlin.net")
    wizard.label("Did you mean this?")
    look("account, did you mean")
    wizard.fill("Email address", "jane@optimum.com")
    wizard.label("optimum.com is the company’s own domain. Customers’ mail ends in optimum.net or "
                 "optonline.net.")
    look("account, company")


def servers(wizard, look):
    go_to_account(wizard)
    wizard.fill("Your name", "Jane Doe")
    wizard.fill("Password", PASSWORD)
    wizard.fill("Email address", "jane@localhost")
    wizard.press("Enter servers myself")
    wizard.arrive("Servers")
    look("servers, empty")
    set_text(wizard, "Server", "mail example")
    wizard.label("The server’s name is not spelled like mail.example.net.")
    look("servers, wrong")
    set_text(wizard, "Server", "mail.example.com")
    wizard.press("Use these")
    wizard.arrive("Your account")
    look("account, own servers")
    wizard.press("Check")
    wizard.wait(lambda tree: tree.window(1).focused(), "the question is asked")
    look("question")
    wizard.keyboard.focus_topmost()
    wizard.keyboard.press("Escape")
    wizard.wait(lambda tree: len(tree.children) == 1, "the question is gone")


def set_text(wizard, name, text):
    """Of the first of several entries with the same name."""
    wizard.snapshot().find_all("text", wizard.words(name))[0].set_text(text)


def results(wizard, look):
    go_to_account(wizard)
    check(wizard, "slow@optonline.net", "Checking your mail…")
    look("check, running")
    wizard.press("Cancel")
    wizard.arrive("Your account")
    check(wizard, "wrong-password@optonline.net", "Your password was not accepted", "mistyped")
    look("result, refused")
    start_again(wizard)
    check(wizard, "old-certificate@optonline.net", "Receiving works, sending does not")
    look("result, partly")
    wizard.open_row("Sending mail (SMTP)")
    look("result, certificate")
    start_again(wizard)
    wizard.fill("Email address", "server-down@optonline.net")
    wizard.press("Check")
    wizard.arrive("Result")
    wizard.open_row("Receiving mail (POP3)")
    look("result, down")
    start_again(wizard)
    check(wizard, "works@optonline.net", "Your mail works")
    look("result, works")
    wizard.press("Send myself a test message")
    wizard.label("Your test message arrived")
    look("delivery, arrived")
    wizard.open_row("Receiving mail (IMAP)")
    look("result, one server")


def wait_for_delivery(wizard):
    """Until the test message is on its way, however long that may still take."""
    stages = [expression(text) for english in ("Waiting for it to arrive, for %u second at most …",
                                               "Waiting for it to arrive, for %u seconds at most …")
              for text in wizard.words(english)]
    wizard.wait(lambda tree: any(stage.fullmatch(label) for stage in stages
                                 for label in tree.labels()), "it is on its way")


def delivery(wizard, look):
    go_to_account(wizard)
    check(wizard, "on-its-way@optonline.net", "Your mail works")
    wizard.press("Send myself a test message")
    wait_for_delivery(wizard)
    look("delivery, on its way")
    wizard.press("Cancel")
    wizard.get("button", "Look again")
    look("delivery, stopped")
    start_again(wizard)
    check(wizard, "scanner@optonline.net", "Your mail works")
    wizard.press("Send myself a test message")
    wizard.label("Your test message was not sent")
    look("delivery, refused")


def export(wizard, look):
    go_to_account(wizard)
    check(wizard, "works@optonline.net", "Your mail works")
    wizard.press("Next")
    wizard.arrive("Your password")
    look("save")
    wizard.press("Next")
    wizard.arrive("Use your mail")
    look("export")
    # One of each kind: a code, a profile, a sheet.
    for client in ("Thunderbird for Android (QR code)", "Mail on iPhone, iPad and Mac (profile)",
                   "Sheet to print"):
        visit(wizard, look, client, "Use your mail")
    windows(wizard, look)
    wizard.open_row("More programs")
    wizard.arrive("More programs")
    look("programs")
    # By hand, a file, a folder of several, something that takes POP3 only.
    for client in ("Gmail app on Android", "K-9 Mail", "Outlook (Autodiscover on this computer)",
                   "mpop (fetches)"):
        visit(wizard, look, client, "More programs")
    wizard.press("Back")
    wizard.arrive("Use your mail")
    wizard.press("Done")
    wizard.arrive("Done")
    look("done")


def visit(wizard, look, client, back):
    """The page of a program, with everything unfolded and the way back."""
    wizard.open_row(client)
    tree = wizard.page(client)
    for row in ("You", "Incoming mail (IMAP)", "Look into “mail-settings.k9s”",
                "Look into “mail-settings.mobileconfig”"):
        if tree.find_all("list item", wizard.words(row)):
            wizard.open_row(row)
    look(f"client, {client}")
    wizard.press("Back")
    wizard.arrive(back)


def windows(wizard, look):
    """What opens in a window of its own."""
    wizard.open_row("Thunderbird for Android (QR code)")
    wizard.arrive("Thunderbird for Android (QR code)")
    wizard.press("Larger")
    wizard.wait(lambda tree: tree.window(1), "there is a larger code")
    look("code, larger")
    wizard.keyboard.focus_topmost()
    wizard.keyboard.press("Escape")
    wizard.wait(lambda tree: len(tree.children) == 1, "it is closed")
    wizard.press("Back")
    wizard.arrive("Use your mail")


def download(wizard, look):
    """Mail on this computer only."""
    go_to_account(wizard)
    wizard.open_row("On this computer only")
    check(wizard, "works@optonline.net", "Your mail works")
    wizard.press("Next")
    wizard.arrive("Your password")
    wizard.press("Next")
    wizard.arrive("Use your mail")
    look("export, POP3")


def found(wizard, look):
    wizard.open_row("Find out why mail does not work")
    wizard.arrive("Mail programs")
    look("found")
    wizard.open_row("works@optonline.net")
    wizard.arrive("Your settings")
    look("review")
    wizard.press("Check both")
    wizard.get("button", "Check again")
    look("review, checked")


def nothing_found(wizard, look):
    wizard.open_row("Find out why mail does not work")
    wizard.arrive("Mail programs")
    wizard.heading("No mail account was found")
    look("found, nothing")


def saved(wizard, look):
    wizard.label("Your accounts")
    look("welcome, with an account")
    wizard.press(f"Check {old_settings.JANE}")
    wizard.arrive("Your settings")
    look("review, saved")
    wizard.press("New password…")
    wizard.arrive("New password")
    look("new password")


# In the home that FOLDER is, with what was saved there before or not.
TOURS = {
    "account": account,
    "servers": servers,
    "results": results,
    "delivery": delivery,
    "export": export,
    "download": download,
    "found": found,
    "nothing_found": nothing_found,
    "saved": saved,
}


def start(case, name, **options):
    """The wizard that the tour NAME needs, started by a test."""
    if name not in ("nothing_found", "saved"):
        return case.start("--practice", **options)
    home = case.folder()
    if name == "saved":
        old_settings.write_saved(home)
    return case.start(environment=old_settings.environment(home), **options)
