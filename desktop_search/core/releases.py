"""Versions of this program, and which of two is the newer."""

from __future__ import annotations

import re
from dataclasses import dataclass

_VERSION = re.compile(r"v?(\d+(?:\.\d+)*)\Z")


@dataclass(frozen=True, slots=True)
class Release:
    """A version that was published.

    Attributes:
        version: "0.2.0".
        page_url: where a person reads about it and gets it; https.
    """

    version: str
    page_url: str


def numbers_of(version: str) -> tuple[int, ...]:
    """The numbers of "v0.2.0" or "0.2", without noughts at the end. Raises `ValueError` for anything else."""
    match = _VERSION.match(version.strip())
    if match is None:
        raise ValueError(version)
    numbers = [int(number) for number in match[1].split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers)


def is_newer(version: str, than: str) -> bool:
    """Whether `version` came after `than`. Raises `ValueError` for what is no version."""
    return numbers_of(version) > numbers_of(than)
