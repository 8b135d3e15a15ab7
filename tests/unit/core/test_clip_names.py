"""Names that Windows, macOS and Linux take."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_search.core.clip_names import TEMPLATE_DEFAULT, file_stem, safe_name, template_problem

FIELDS = {"n": "003", "name": "A001 ü & 'C'", "in": "10:04:13;05", "note": "the <best>/only\none?", "stars": "4"}


@pytest.mark.parametrize(
    ("template", "name"),
    [
        (TEMPLATE_DEFAULT, "003 A001 ü & 'C' 10.04.13.05"),
        ("{name}_{n}", "A001 ü & 'C'_003"),
        ("{note}", "the -best--only-one-"),
        ("{tags}", "A001 ü & 'C'"),
        ("..", "A001 ü & 'C'"),
        ("CON", "_CON"),
        ("nul.txt", "_nul.txt"),
        ("trailing. ", "trailing"),
        (".hidden", "hidden"),
        ("../../etc/passwd", "-..-etc-passwd"),
    ],
)
def test_templates(template: str, name: str) -> None:
    assert file_stem(template, FIELDS) == name


def test_a_field_that_there_is_none_of_is_named() -> None:
    assert template_problem("{n} {what}") == "what"
    assert template_problem(TEMPLATE_DEFAULT) == ""


@given(st.text())
def test_any_text_becomes_a_name_or_nothing(text: str) -> None:
    name = safe_name(text)
    assert len(name.encode("utf-8")) <= 201
    assert not set(name) & set('<>:"/\\|?*\n\0')
    assert name == name.strip()
    assert not name.endswith(".")
    assert not name.startswith(".")
    assert safe_name(name) == name
