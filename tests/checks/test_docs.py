"""The documents fit the project: links lead somewhere, files and folders that they name are there."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
PACKAGE = PROJECT / "desktop_search"
ARCHITECTURE = (PROJECT / "docs" / "architecture.md").read_text(encoding="utf-8")
_LINK, _HEADING = re.compile(r"\]\(([^)\s]+)\)"), re.compile(r"^#+ (.+)$", re.MULTILINE)
_FILE = re.compile(r"`(?:[\w.]+/)*(\w+\.(?:py|sh))`")
_WHERE = re.compile(r"[a-z]+:")


def documents() -> Iterator[tuple[Path, str]]:
    for path in (*sorted(PROJECT.glob("*.md")), *sorted((PROJECT / "docs").glob("*.md"))):
        yield path, path.read_text(encoding="utf-8")


def anchors(path: Path) -> set[str]:
    """How the headings of a document are linked to."""
    headings = _HEADING.findall(path.read_text(encoding="utf-8"))
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_local_links_lead_somewhere() -> None:
    lost = []
    for path, text in documents():
        for link in _LINK.findall(text):
            name, _, anchor = link.partition("#")
            target = path.parent / name if name else path
            if not _WHERE.match(link) and not (target.exists() and (not anchor or anchor in anchors(target))):
                lost.append(f"{path.name}: {link}")
    assert lost == []


def test_files_of_the_project_that_are_named_are_there() -> None:
    there = {path.name for folder in ("desktop_search", "packaging", "resources", "tests") for path in files(folder)}
    named = [(path.name, name) for path, text in documents() for name in _FILE.findall(text)]
    assert len(named) > 20
    assert [each for each in named if each[1] not in there] == []


def files(folder: str) -> Iterator[Path]:
    return (path for path in (PROJECT / folder).rglob("*") if path.suffix in {".py", ".sh"})


def test_every_folder_is_on_the_map() -> None:
    for parent in (PACKAGE, PACKAGE / "engine", PACKAGE / "ui"):
        folders = [path.name for path in sorted(parent.iterdir()) if (path / "__init__.py").exists()]
        assert folders
        assert [name for name in folders if f" {name}/" not in ARCHITECTURE] == []


def test_every_lane_of_long_work_is_told() -> None:
    rows = re.findall(r"^\| ([a-z, -]+) \| \d", ARCHITECTURE, re.MULTILINE)
    told = {name.strip() for row in rows for name in row.split(",")}
    lanes = {name for path in PACKAGE.rglob("*.py") for name in lanes_in(ast.parse(path.read_text(encoding="utf-8")))}
    assert (sorted(lanes - told), sorted(told - lanes)) == ([], [])


def lanes_in(tree: ast.Module) -> Iterator[str]:
    """The texts that are given to names that end as those of lanes do, and to calls as their lane."""
    given: list[ast.expr] = [
        each.value for each in ast.walk(tree) if isinstance(each, ast.keyword) and each.arg == "lane"
    ]
    for node in tree.body:
        if isinstance(node, ast.Assign) and re.search(r"LANE\b", ast.unparse(node.targets[0])):
            given += node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
    for value in given:
        if isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value
