"""What a segment looks like, as an English sentence made of its index words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from desktop_search.engine.encoders.terms import COLOURS, REGIONS

Words = Mapping[str, float]

_SURE = 0.5  # the weight from which a word is told
_LIKELY = 0.3  # the same for what is hardly ever seen where it is not
_ADJECTIVES_MAX, _COLOURS_MAX, _TEXT_MAX_CHARS = 2, 3, 200
_SIZES = ("close-up", "medium shot", "wide shot")
_ADJECTIVES = {
    "monochrome": "monochrome",
    "colorful": "colorful",
    "high contrast": "high-contrast",
    "low contrast": "hazy",
    "plain": "plain",
    "bright": "bright",
    "dark": "dark",
    "muted": "muted",
}
_PEOPLE = {"group": "a group of people", "two people": "two people", "one person": "one person", "face": "a face"}
_THINGS = {
    "sunset": "a sunset",
    "snow": "snow",
    "foliage": "foliage",
    "circle": "a circle",
    "square": "a square",
    "triangle": "a triangle",
}
_MOVES = {
    "pan left": "pans left",
    "pan right": "pans right",
    "tilt up": "tilts up",
    "tilt down": "tilts down",
    "zoom in": "zooms in",
    "zoom out": "zooms out",
}


def sentence(words: Words, screen_text: str = "") -> str:
    """One sentence: the shot and who is in it, its colours and things, what moves, what is written.

    Args:
        words: index words (`terms.py`) with their weights; words it does not know are passed over.
        screen_text: the text read in the picture, lines joined by " | ".
    """
    clauses = [_shot(words), *_motion(words)]
    if written := _shortened(screen_text):
        clauses.append(f"the text reads “{written}”")
    return "; ".join(clauses) + "."


def _shot(words: Words) -> str:
    size = _strongest(words, _SIZES, _LIKELY) or "shot"
    told = " ".join((", ".join(_adjectives(words)), size)).strip()
    article = "An" if told[0] in "aeiou" else "A"
    people = next((f" of {text}" for word, text in _PEOPLE.items() if _is(words, word, _LIKELY)), "")
    time = " at night" if _is(words, "night") else " by day" if _is(words, "day") else ""
    return f"{article} {told}{people}{time}{_contents(words)}"


def _adjectives(words: Words) -> list[str]:
    skipped = "dark" if _is(words, "night") else ""
    sure = [word for word in _ADJECTIVES if _is(words, word) and word != skipped]
    sure.sort(key=lambda word: -words[word])
    return [_ADJECTIVES[word] for word in sure[:_ADJECTIVES_MAX]]


def _contents(words: Words) -> str:
    """Colours and things: "in black and blue, with a circle", or "with blue sky over green and foliage"."""
    above, below = _main_colour(words, "top"), _main_colour(words, "bottom")
    ground = f" over {below}" if below and below != above else ""
    things = [text for word, text in _THINGS.items() if _is(words, word)]
    if _is(words, "sky"):
        return f" with {_listed([f'{above} sky{ground}'.strip(), *things])}"
    if above and ground:
        return f" with {_listed([above + ground, *things])}"
    colours = [colour for colour in sorted(COLOURS, key=lambda name: -_presence(words, name)) if _is(words, colour)]
    in_colours = f" in {_listed(colours[:_COLOURS_MAX])}" if colours else ""
    comma = "," if in_colours else ""
    return in_colours + (f"{comma} with {_listed(things)}" if things else "")


def _motion(words: Words) -> Iterator[str]:
    moves = [text for word, text in _MOVES.items() if _is(words, word, _LIKELY)]
    nothing_moves = _is(words, "still") and not moves
    if moves:
        yield f"the camera {_listed(moves)}"
    elif _is(words, "handheld", _LIKELY):
        yield "the camera is handheld"
    elif _is(words, "static") and not nothing_moves:
        yield "the camera is still"
    if _is(words, "fast"):
        yield "something moves fast"
    elif _is(words, "moving"):
        yield "something moves"
    elif nothing_moves:
        yield "nothing moves"


def _shortened(screen_text: str) -> str:
    text = " ".join(screen_text.replace("|", "/").replace("“", "'").replace("”", "'").split())
    if len(text) <= _TEXT_MAX_CHARS:
        return text
    return text[:_TEXT_MAX_CHARS].rpartition(" ")[0].rstrip(" /") + "…"


def _main_colour(words: Words, region: str) -> str:
    """The colour that prevails in a part of the picture, "" when none does."""
    placed = {colour: words.get(f"{colour}.{region}", 0.0) for colour in COLOURS}
    best = max(COLOURS, key=lambda colour: (placed[colour], _presence(words, colour)))
    return best if placed[best] >= _SURE else ""


def _presence(words: Words, colour: str) -> float:
    """How much of a colour there is, overall and in each part: weights alone are often equal."""
    return words.get(colour, 0.0) + sum(words.get(f"{colour}.{region}", 0.0) for region in REGIONS)


def _strongest(words: Words, choice: Sequence[str], least: float) -> str:
    best = max(choice, key=lambda word: words.get(word, 0.0))
    return best if _is(words, best, least) else ""


def _is(words: Words, word: str, least: float = _SURE) -> bool:
    return words.get(word, 0.0) >= least


def _listed(parts: Sequence[str]) -> str:
    """ "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(parts[:-1]), *parts[-1:])))
