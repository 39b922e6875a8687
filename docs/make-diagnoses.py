#!/usr/bin/env python3
# SPDX-FileCopyrightText: The OptSetup authors
# SPDX-License-Identifier: GPL-3.0-or-later

"""Writes docs/diagnoses.md, or checks that it is current.

What is proven comes from the test programs' own lists of their tests, what cannot happen from
diagnoses.ini, and the words from “optsetup-cli explain”. Whatever is not proven, or is said to be
impossible and yet proven, is an error: then nothing is written.
"""

import argparse
import configparser
import difflib
import itertools
import json
import os
import pathlib
import subprocess
import sys

COMMAND = 'meson compile -C build docs'
SERVICES = {'imap': 'IMAP', 'pop3': 'POP3', 'smtp': 'SMTP'}
SECURITIES = {'tls': 'TLS', 'starttls': 'STARTTLS'}
CELLS = list(itertools.product(SERVICES, SECURITIES))
PROVEN_HERE = '/net/diagnoses/'
KEYRING = 'keyring-'

INTRODUCTION = '''\
<!-- Made by “{command}”. Do not edit: change the tests, docs/diagnoses.ini or src/check/opt-advice.c. -->

# Diagnoses

Everything that a check can find wrong has an id. The ids are part of the interface of
`optsetup-cli` and never change. `optsetup-cli explain ID` prints what stands here.

## Where each is proven

How many tests make a server, the name service or the network show exactly that, for each protocol
and for TLS from the start and by STARTTLS. A dash is what cannot happen; its number is the reason.
'''


def run(*arguments):
    """What a program of ours prints, the same on every machine."""
    environment = dict(os.environ, LC_ALL='C.UTF-8', LANGUAGE='', ASAN_OPTIONS='detect_leaks=0')
    return subprocess.run(arguments, env=environment, check=True, stdout=subprocess.PIPE,
                          encoding='utf-8').stdout


def list_tests(programs):
    lines = itertools.chain.from_iterable(run(program, '-l').splitlines() for program in programs)
    # Newer versions of GLib list them as comments.
    paths = [line.removeprefix('# ') for line in lines]
    return [path for path in paths if path.startswith('/')]


def explain_all(cli):
    listed = json.loads(run(cli, 'explain', '--list', '--json'))
    return [json.loads(run(cli, 'explain', entry['id'], '--json')) for entry in listed
            if entry['kind'] != 'difference']


class Facts:
    """The file of what no program knows."""

    def __init__(self, path):
        file = configparser.ConfigParser(delimiters=('=',), interpolation=None)
        file.optionxform = str
        with open(path, encoding='utf-8') as stream:
            file.read_file(stream)
        self.reasons = [self.parse_reason(key, reason) for key, reason in
                        file['cannot-happen'].items()]
        self.keyring = {id_: paths.split() for id_, paths in file['keyring'].items()}

    @staticmethod
    def parse_reason(key, reason):
        id_, services, securities = key.split()
        cells = [(service, security)
                 for service in (SERVICES if services == 'any' else services.split(','))
                 for security in (SECURITIES if securities == 'any' else securities.split(','))]
        return key, id_, cells, reason


def count_tests(paths, ids, errors):
    counts = {(id_, *cell): 0 for id_ in ids for cell in CELLS}
    for path in paths:
        if not path.startswith(PROVEN_HERE):
            continue
        parts = path[len(PROVEN_HERE):].split('/')
        key = (parts[0], *parts[2:])
        if parts[0] == 'works':
            continue
        if key in counts:
            counts[key] += 1
        else:
            errors.append(f'{path}: is not ID/CASE/SERVICE/SECURITY of a known id')
    return counts


def place_reasons(reasons, counts, errors):
    """Gives each reason a number, and each cell that cannot be the number of its reason."""
    texts = []
    places = {}
    for key, id_, cells, reason in reasons:
        if reason not in texts:
            texts.append(reason)
        for place in [(id_, *cell) for cell in cells]:
            if place not in counts:
                errors.append(f'“{key}” in diagnoses.ini: there is no {"/".join(place)}')
                continue
            if place in places:
                errors.append(f'{"/".join(place)}: has two reasons why it cannot happen')
            if counts[place] > 0:
                errors.append(f'{"/".join(place)}: cannot happen, and yet is proven')
            places[place] = texts.index(reason) + 1
    return texts, places


def check_cells(ids, counts, places, errors):
    for id_ in ids:
        if not any(counts[(id_, *cell)] for cell in CELLS):
            errors.append(f'{id_}: no test proves it')
    for place, count in counts.items():
        if count == 0 and place not in places:
            errors.append(f'{"/".join(place)}: neither proven nor said to be impossible')


def check_keyring(ids, keyring, paths, errors):
    for id_ in ids:
        if not keyring.get(id_):
            errors.append(f'{id_}: no test proves it')
    for id_, proofs in keyring.items():
        if id_ not in ids:
            errors.append(f'“{id_}” in diagnoses.ini is no id')
        errors += [f'{id_}: there is no test {path}' for path in proofs if path not in paths]


def write_row(cells):
    return '| ' + ' | '.join(cells) + ' |\n'


def write_matrix(ids, counts, places):
    heads = [f'{SERVICES[service]} {SECURITIES[security]}' for service, security in CELLS]
    text = write_row(['Diagnosis', *heads]) + '|---|' + '--:|' * len(CELLS) + '\n'
    for id_ in ids:
        cells = [f'–<sup>{places[(id_, *cell)]}</sup>' if (id_, *cell) in places
                 else str(counts[(id_, *cell)]) for cell in CELLS]
        text += write_row([f'[`{id_}`](#{id_})', *cells])
    return text


def write_reasons(texts):
    return ''.join(f'{number}. {text}\n' for number, text in enumerate(texts, 1))


def write_meaning(entry):
    text = f'### `{entry["id"]}`\n\n**{entry["title"]}.** {entry["advice"]}\n\n'
    text += f'- Cause: {entry["cause"]}\n'
    if entry.get('offer'):
        text += f'- {entry["offer"]}\n'
    return text


def write_keyring(entries, keyring):
    text = write_row(['Failure', 'Proven by']) + '|---|---|\n'
    for entry in entries:
        proofs = ', '.join(f'`{path}`' for path in keyring[entry['id']])
        text += write_row([f'[`{entry["id"]}`](#{entry["id"]})', proofs])
    return text


def create_page(arguments, errors):
    entries = explain_all(arguments.cli)
    mail = [entry for entry in entries if not entry['id'].startswith(KEYRING)]
    keyring = [entry for entry in entries if entry['id'].startswith(KEYRING)]
    ids = [entry['id'] for entry in mail]
    facts = Facts(arguments.facts)
    paths = list_tests(arguments.programs)
    counts = count_tests(paths, ids, errors)
    texts, places = place_reasons(facts.reasons, counts, errors)
    check_cells(ids, counts, places, errors)
    check_keyring([entry['id'] for entry in keyring], facts.keyring, paths, errors)
    if errors:
        return None

    return '\n'.join([
        INTRODUCTION.format(command=COMMAND),
        write_matrix(ids, counts, places),
        'What cannot happen, and why:\n',
        write_reasons(texts),
        '## What each means\n',
        *[write_meaning(entry) for entry in mail],
        '## The keyring\n',
        'Not of a check, but told apart in the same manner.\n',
        write_keyring(keyring, facts.keyring),
        *[write_meaning(entry) for entry in keyring],
    ])


def main():
    parser = argparse.ArgumentParser(description='Write docs/diagnoses.md.')
    parser.add_argument('--check', action='store_true', help='only tell whether it is current')
    parser.add_argument('page', type=pathlib.Path)
    parser.add_argument('facts', type=pathlib.Path)
    parser.add_argument('cli')
    parser.add_argument('programs', nargs='+')
    arguments = parser.parse_args()

    errors = []
    page = create_page(arguments, errors)
    if errors:
        sys.exit('\n'.join(errors))

    if not arguments.check:
        arguments.page.write_text(page, encoding='utf-8')
        return

    current = arguments.page.read_text(encoding='utf-8') if arguments.page.exists() else ''
    sys.stdout.writelines(difflib.unified_diff(current.splitlines(keepends=True),
                                               page.splitlines(keepends=True),
                                               'docs/diagnoses.md', 'what it should be'))
    if page != current:
        sys.exit(f'docs/diagnoses.md is not current: run “{COMMAND}”')


if __name__ == '__main__':
    main()
