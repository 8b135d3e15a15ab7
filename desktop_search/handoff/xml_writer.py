"""XML piece by piece: for documents of hundreds of thousands of elements, where a tree in memory takes too long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from xml.sax.saxutils import escape, quoteattr

Parts = Mapping[str, object]


class XmlWriter:
    """Elements in the order in which they are written, indented."""

    def __init__(self) -> None:
        self._lines: list[str] = []
        self._indent = ""

    @contextmanager
    def element(self, tag: str, **attributes: str) -> Iterator[None]:
        """An element around what is written inside of the block."""
        said = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
        self._lines.append(f"{self._indent}<{tag}{said}>")
        self._indent += "  "
        yield
        self._indent = self._indent[:-2]
        self._lines.append(f"{self._indent}</{tag}>")

    def empty(self, tag: str, **attributes: str) -> None:
        """An element with nothing in it."""
        said = "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())
        self._lines.append(f"{self._indent}<{tag}{said}/>")

    def parts(self, parts: Parts) -> None:
        """An element for each name: with the value as its text, or with the elements of a mapping."""
        for tag, value in parts.items():
            if isinstance(value, Mapping):
                with self.element(tag):
                    self.parts(value)
            else:
                self._lines.append(f"{self._indent}<{tag}>{escape(str(value))}</{tag}>")

    def __str__(self) -> str:
        return "\n".join(self._lines) + "\n"
