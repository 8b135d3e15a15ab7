"""The words of the look index. Each is what a segment or picture can be said to look like; users' words lead to them.

A colour also occurs with the part of the picture where it prevails, as in "blue.top".
"""

from __future__ import annotations

COLOURS = (
    "black",
    "gray",
    "white",
    "red",
    "orange",
    "yellow",
    "green",
    "cyan",
    "blue",
    "purple",
    "pink",
    "brown",
    "beige",
)
REGIONS = ("top", "bottom", "left", "right", "center")
LIGHT = (
    "dark",
    "bright",
    "night",
    "day",
    "low key",
    "high key",
    "high contrast",
    "low contrast",
    "colorful",
    "muted",
    "monochrome",
    "warm",
    "cool",
    "plain",
)
PEOPLE = ("face", "one person", "two people", "group", "nobody", "close-up", "medium shot", "wide shot")
CAMERA = (
    "static",
    "pan",
    "pan left",
    "pan right",
    "tilt",
    "tilt up",
    "tilt down",
    "zoom",
    "zoom in",
    "zoom out",
    "handheld",
)
SUBJECT = ("still", "moving", "fast")
SCENE = ("sky", "foliage", "sunset", "snow", "text", "circle", "square", "triangle")

TERMS = frozenset(
    (
        *COLOURS,
        *(f"{colour}.{region}" for colour in COLOURS for region in REGIONS),
        *LIGHT,
        *PEOPLE,
        *CAMERA,
        *SUBJECT,
        *SCENE,
    )
)
