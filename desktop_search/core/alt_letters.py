"""The letters by which the entries of a menu are chosen, each given once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence


def with_letters(titles: Sequence[str]) -> list[str]:
    """The titles with "&" before a letter of their own: the one marked already, else a word's first, else any."""
    taken: set[str] = set()
    lettered = []
    for title in sorted(titles, key=lambda each: "&" not in each):  # marked ones choose first
        name = title.replace("&", "")
        place = next((place for place in _places(title) if name[place].lower() not in taken), None)
        if place is not None:
            taken.add(name[place].lower())
            lettered.append(f"{name[:place]}&{name[place:]}")
        else:
            lettered.append(name)
    by_name = {title.replace("&", ""): title for title in lettered}
    return [by_name[title.replace("&", "")] for title in titles]


def _places(title: str) -> Iterator[int]:
    name, marked = title.replace("&", ""), title.find("&")
    if 0 <= marked < len(name):
        yield marked
    letters = [place for place, sign in enumerate(name) if sign.isalnum()]
    yield from (place for place in letters if place == 0 or name[place - 1] == " ")
    yield from letters
