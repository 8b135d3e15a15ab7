"""The translations fit the code: complete, compiled, with the same values to be put in; Alt letters differ."""

from __future__ import annotations

import ast
import functools
import re
import runpy
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from desktop_search.core.commands import COMMANDS

PROJECT = Path(__file__).resolve().parents[2]
TOOL: dict[str, Any] = runpy.run_path(str(PROJECT / "packaging" / "translations.py"))
read = functools.cache(TOOL["read"])
LANGUAGES: list[str] = TOOL["languages"]()
RUN = "run packaging/translations.sh, translate what it names, and run it again"
_TEXTS = {"_", "N_", "pgettext", "ngettext"}
_MADE = (ast.JoinedStr, ast.BinOp)
_VALUE, _LETTER = re.compile(r"(?<!\{)\{[^{}]*\}"), re.compile(r"&(?=[^&\s])")


def texts(language: str) -> dict[tuple[str | None, str], tuple[list[str], list[str]]]:
    """The texts of the language by context and English words: the English forms, and the translated ones."""
    found = {}
    for message in read(language):
        if message.id:
            forms = [[each] if isinstance(each, str) else list(each) for each in (message.id, message.string)]
            found[message.context, forms[0][0]] = (forms[0], forms[1])
    return found


def test_no_text_is_marked_where_it_is_not_found() -> None:
    """What stands inside of an f-string is not extracted, and what is put together before `_` is not known to it."""
    faults = []
    for path in sorted((PROJECT / "desktop_search").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.JoinedStr):
                faults += [f"{path}:{node.lineno}: inside of an f-string" for each in ast.walk(node) if _marks(each)]
            elif _marks(node) and isinstance(node, ast.Call) and isinstance(node.args[0], _MADE):
                faults.append(f"{path}:{node.lineno}: not a plain text")
    assert faults == []


def _name(node: ast.AST) -> str:
    return node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""


def _marks(node: ast.AST) -> bool:
    return _name(node) in _TEXTS


def test_german_is_there() -> None:
    assert "de" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_of_the_program_is_known_to_the_translators_and_none_besides(language: str) -> None:
    now = {(message.context, message.id) for message in TOOL["extracted"]() if message.id}
    kept = {(message.context, message.id) for message in read(language) if message.id}
    assert (sorted(map(str, now - kept)), sorted(map(str, kept - now))) == ([], []), RUN
    assert not read(language).obsolete, RUN


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_in_english(language: str) -> None:
    messages = [message for message in read(language) if message.id]
    assert len(messages) > 1000
    assert [message.id for message in messages if not TOOL["is_translated"](message.string)] == [], RUN
    assert [message.id for message in messages if message.fuzzy] == [], RUN


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_the_program_reads_is_what_the_translators_wrote(language: str) -> None:
    kept = TOOL["po_file"](language).with_suffix(".mo").read_bytes()
    assert kept == TOOL["compiled"](read(language)), RUN


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_has_the_values_and_the_alt_letter_of_the_text(language: str) -> None:
    faults = []
    for (_context, text), (english, translated) in texts(language).items():
        values = Counter(_VALUE.findall(english[-1]))
        for form in filter(None, translated):
            lacking = set(values) ^ set(_VALUE.findall(form))
            if lacking - ({"{count}"} if len(english) > 1 else set()):
                faults.append(f"{text!r}: the values differ in {form!r}")
            if len(_LETTER.findall(form)) != len(_LETTER.findall(text)):
                faults.append(f"{text!r}: “&” stands {len(_LETTER.findall(form))} times in {form!r}")
            if (text[-1:] == "…") != (form[-1:] == "…") or text[:1].isspace() != form[:1].isspace():
                faults.append(f"{text!r}: the ends differ in {form!r}")
    assert faults == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_alt_letter_stands_twice_in_a_menu(language: str) -> None:
    known = {text: translated[0] for (_context, text), (_english, translated) in texts(language).items()}
    menus: dict[str, list[str]] = defaultdict(list)
    for command in COMMANDS:
        menus[command.group.value].append(known.get(command.title) or command.title)
    menus["the menu bar"] = [known.get(group.value) or group.value for group in {each.group for each in COMMANDS}]
    for menu, titles in menus.items():
        letters = Counter(
            title[place.end()].casefold() for title in titles for place in [_LETTER.search(title)] if place
        )
        assert [letter for letter, count in letters.items() if count > 1] == [], f"{menu}: {titles}"
