"""A contact sheet as one HTML file with its pictures inside: opens anywhere, prints, needs nothing else."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from html import escape
from pathlib import Path

from desktop_search.core.contact_sheet import Sheet, SheetEntry
from desktop_search.core.language import _

_STYLE = """
:root { color-scheme: light dark; font: 14px/1.4 system-ui, sans-serif; }
body { margin: 24px; background: Canvas; color: CanvasText; }
h1 { font-size: 20px; margin: 0; }
header p { margin: 2px 0 18px; opacity: .7; }
main { display: grid; grid-template-columns: repeat(auto-fill, minmax(260px, 1fr)); gap: 18px; }
article { break-inside: avoid; border-top: 4px solid var(--mark, transparent); }
img { display: block; width: 100%; aspect-ratio: 16 / 9; object-fit: contain; background: #000; }
h2 { font-size: 14px; margin: 6px 0 0; overflow-wrap: anywhere; }
p { margin: 0; overflow-wrap: anywhere; }
.times { font-variant-numeric: tabular-nums; opacity: .8; }
.stars { color: #c98a00; letter-spacing: .1em; }
.tags span { display: inline-block; border: 1px solid; border-radius: 9px; padding: 0 8px; margin: 3px 4px 0 0; }
@media print { body { margin: 0; } main { grid-template-columns: repeat(3, 1fr); } }
"""


def write_sheet_html(sheet: Sheet, target: Path) -> None:
    """Write the file, picture by picture. Raises OSError."""
    with target.open("x", encoding="utf-8", newline="\n") as file:
        file.writelines(_lines(sheet))


def _lines(sheet: Sheet) -> Iterator[str]:
    title = escape(sheet.title)
    yield f'<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
    yield '<meta name="viewport" content="width=device-width">\n'
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n"
    yield f"<header><h1>{title}</h1><p>{escape(sheet.summary)}</p></header>\n<main>\n"
    for entry in sheet.entries:
        yield _article(entry)
    yield "</main>\n</body>\n</html>\n"


def _article(entry: SheetEntry) -> str:
    picture = base64.b64encode(entry.picture.read_bytes()).decode("ascii")
    mark = f' style="--mark: {entry.colour}"' if entry.colour.isalpha() else ""
    name = escape(entry.name)
    said = [
        f'<img src="data:image/jpeg;base64,{picture}" alt="{name}">',
        f'<h2 title="{escape(entry.path)}">{entry.number} · {name}</h2>',
        f'<p class="times">{entry.begins} – {entry.ends} · {entry.length}</p>',
    ]
    if entry.rating:
        stars = escape(_("{rating} of 5 stars").format(rating=entry.rating))
        said.append(f'<p class="stars" title="{stars}">{"★" * entry.rating}</p>')
    if entry.note:
        said.append(f"<p>{escape(entry.note)}</p>")
    if entry.tags:
        tags = "".join(f"<span>{escape(tag)}</span>" for tag in entry.tags)
        said.append(f'<p class="tags">{tags}</p>')
    return f"<article{mark}>\n" + "\n".join(said) + "\n</article>\n"
