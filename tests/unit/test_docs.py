"""The documents: their pictures are small and used, and what they point to is there."""

from __future__ import annotations

import re
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_DOCUMENTS = [_ROOT / "README.md", _ROOT / "CHANGELOG.md", *sorted((_ROOT / "docs").glob("*.md"))]
_LINK = re.compile(r"\]\(([^)#\s]+)")
_PICTURE_MAX_BYTES = 300_000


def links(document: Path) -> list[Path]:
    targets = _LINK.findall(document.read_text(encoding="utf-8"))
    return [(document.parent / target).resolve() for target in targets if "://" not in target]


def test_what_a_document_points_to_is_there() -> None:
    missing = [
        f"{document.name}: {target}" for document in _DOCUMENTS for target in links(document) if not target.exists()
    ]
    assert missing == []


def test_every_picture_is_small_and_shown_in_a_document() -> None:
    pictures = sorted((_ROOT / "docs").glob("*.png"))
    assert len(pictures) > 1
    used = {target for document in _DOCUMENTS for target in links(document)}
    assert [picture.name for picture in pictures if picture.resolve() not in used] == []
    assert [picture.name for picture in pictures if picture.stat().st_size > _PICTURE_MAX_BYTES] == []
