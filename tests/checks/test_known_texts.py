"""The engine's sentences that are looked up are those that it says; none that a file fails by is missing."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

from desktop_search.core.engine_sentences import PARTS, SENTENCES, WITH_VALUES

PROJECT = Path(__file__).resolve().parents[2]
ENGINE = PROJECT / "desktop_search" / "engine"
MEDIA = PROJECT / "desktop_search" / "media"  # at work in the engine and in children of the window
VALUE = "{}"
FAILURES = {"FileProblem", "FileAway", "DiskFull"}  # what becomes the cause of a file or of a model


def plain(text: str) -> str:
    """The text with all its values alike."""
    return re.sub(r"\{\w*\}", VALUE, text)


def written(node: ast.AST) -> str | None:
    """A text as it stands in the code, with its values alike; `None` for what is no text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else VALUE for part in node.values)
    return None


def trees(folder: Path) -> Iterator[ast.Module]:
    for path in sorted(folder.rglob("*.py")):
        yield ast.parse(path.read_text())


def said_of_models() -> set[str]:
    models = json.loads((PROJECT / "resources" / "models.json").read_text())
    return {entry["purpose"] for entry in models["models"]}


def test_what_is_looked_up_is_made_somewhere() -> None:
    code = (*trees(ENGINE), *trees(MEDIA))
    made = {plain(text) for tree in code for node in ast.walk(tree) if (text := written(node)) is not None}
    made |= said_of_models()
    assert sorted(text for text in (*SENTENCES, *WITH_VALUES, *PARTS) if plain(text) not in made) == []


def test_what_a_file_fails_by_is_looked_up() -> None:
    known = {plain(text) for text in (*SENTENCES, *WITH_VALUES)}
    failures = {
        text
        for tree in trees(ENGINE)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in FAILURES and node.args
        if (text := written(node.args[0])) is not None
    }
    assert failures
    assert sorted(failures - known) == []


def test_what_a_model_is_for_is_looked_up() -> None:
    assert sorted(said_of_models() - set(SENTENCES)) == []
