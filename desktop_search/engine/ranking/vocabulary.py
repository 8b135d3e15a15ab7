"""The user's words for what is seen, and the index words that answer them; told to users in `docs/look-index.md`.

Written as: index words (with how well each answers, when not fully) ← the words that ask for them.
"""

from __future__ import annotations

import re
from typing import Final

_ASKED: Final = """
# colours
black <- black, ebony, jet, sable
gray <- gray, silver, ash, slate, concrete, steel, silvery
white <- white, ivory, snowy, pearl
red <- red, crimson, scarlet, ruby, vermilion, cherry, maroon, burgundy, reddish, blood
orange, brown=.4 <- orange, amber, tangerine, apricot, orangey, rust, copper
yellow <- yellow, golden, gold, lemon, mustard, yellowish
green <- green, emerald, olive, lime, mint, jade, greenish, khaki
cyan, blue=.5, green=.4 <- cyan, turquoise, teal, aqua, aquamarine
blue, cyan=.6 <- blue, bluish, azure, sapphire, cobalt, indigo
blue=.8, black=.2 <- navy
purple, pink=.4 <- purple, violet, lilac, lavender, mauve, plum, purplish
pink, purple=.4, red=.3 <- pink, magenta, fuchsia, rose, rosy, salmon, coral, pinkish
brown, orange=.3 <- brown, chocolate, chestnut, bronze, wooden, wood, brownish, sepia, coffee
beige, brown=.4 <- beige, cream, sand, sandy, tan, skin
# light
dark, night=.7, low key=.8 <- dark, dim, gloomy, darkness, shadowy, shadow, underexposed, unlit, murky
night, dark=.6 <- night, nighttime, midnight, nightly, moonlight, evening
bright, high key=.9, day=.5 <- bright, light, sunlit, luminous, overexposed, well lit, brightly
day, bright=.6 <- day, daylight, daytime, sunny, sunshine, sunlight, noon
low key, dark=.6 <- low key, noir, moody, chiaroscuro
high key, bright=.6 <- high key
high contrast <- high contrast, contrasty, contrast, harsh, hard light, silhouette
low contrast <- low contrast, flat, hazy, foggy, fog, haze, mist, misty, washed out, soft light
colorful <- colorful, vivid, vibrant, saturated, multicolored, rainbow
muted, monochrome=.5 <- muted, desaturated, pale, pastel, faded
monochrome <- monochrome, black and white, monochromatic, grayscale, bw, colorless
warm, sunset=.6 <- warm, candlelight, firelight, cosy, cozy
cool <- cool, cold, icy, chilly
plain <- plain, empty, blank, solid, featureless
# people
face, close-up=.5, one person=.8, two people=.7, group=.6 <- face, portrait, person, people, human, man, woman,
    boy, girl, child, kid, men, women, children, somebody, someone, actor, interview, speaker, presenter
one person, close-up=.4 <- one person, one face, single person, one man, one woman, alone, lone
two people <- two people, two faces, two persons, couple, pair, two men, two women, two shot, duo
group, two people=.4 <- group, many people, several people, crowd, three people, many faces, audience, team,
    gathering
nobody <- nobody, no people, no one, without people, deserted, unpeopled
close-up, face=.3 <- close up, closeup, headshot, head shot, cu, ecu
medium shot <- medium shot, mid shot, medium close up, waist shot
wide shot <- wide shot, wide, long shot, establishing shot, total
# camera
static, still=.6 <- static, static camera, locked off, locked, tripod, fixed camera
pan <- pan, panning, panned
pan left <- pan left, panning left, pans left, camera left
pan right <- pan right, panning right, pans right, camera right
tilt <- tilt, tilting
tilt up <- tilt up, tilting up, tilts up
tilt down <- tilt down, tilting down, tilts down
zoom <- zoom, zooming, dolly
zoom in <- zoom in, zooming in, zooms in, push in, dolly in, track in
zoom out <- zoom out, zooming out, zooms out, pull out, pull back, dolly out, track out
handheld <- handheld, hand held, shaky, wobbly, shaking, jerky
pan=.8, tilt=.8, zoom=.6, handheld=.5 <- camera movement, camera move, moving camera, tracking
# subject
still, static=.5 <- still, motionless, calm, frozen, unmoving, freeze
moving, fast=.8 <- moving, motion, movement, moves
fast, moving=.4 <- fast, action, quick, rapid, hectic, rushing, speeding, fast motion
# scene
sky, blue.top=.7, white.top=.2 <- sky, cloud, cloudy
foliage, green=.7 <- foliage, tree, grass, forest, leaf, leafy, meadow, lawn, plant, bush, jungle, garden, park,
    woods, vegetation
sunset, orange.top=.5, warm=.3 <- sunset, sunrise, dusk, dawn, golden hour, twilight
snow, white.bottom=.3 <- snow, ice, winter
blue.bottom=.8, cyan.bottom=.8, blue=.3 <- sea, ocean, water, lake, underwater, pool
yellow.bottom=.5, beige.bottom=.7, brown.bottom=.3 <- beach, desert
orange=.5, red=.3 <- fire, flame
text <- text, title, caption, sign, subtitle, credits, lettering, words, slate, writing, headline, logo, name
    strap, lower third
circle <- circle, round, disc, disk, dot, circular
circle=.8 <- ball, sphere, globe, wheel, moon
square <- square, rectangle, box, rectangular
triangle <- triangle, triangular, pyramid
"""

REGION_WORDS: Final = {
    "top": "top", "above": "top", "upper": "top", "overhead": "top",
    "bottom": "bottom", "below": "bottom", "lower": "bottom", "ground": "bottom", "floor": "bottom",
    "left": "left", "right": "right",
    "center": "center", "middle": "center", "central": "center", "centered": "center",
}  # fmt: skip

_STOP = """
a an and any are as at be been being but by did do does for from had has have he her him his i if in into is it its
me my of off on onto or our over she so some than that the their them then there these they this those to under up
us very was we were what when where which who whom whose why with you your
"""
_SOFT = """
shot shots scene scenes video videos clip clips footage frame frames picture pictures image images photo photos
camera show showing shows find look looking like colored color side part background foreground somewhere something
thing
"""

STOP_WORDS: Final = frozenset(_STOP.split())

# Words about footage rather than about what is seen: they must not drag a query down.
SOFT_WORDS: Final = frozenset(_SOFT.split())


def _parse(table: str) -> dict[str, dict[str, float]]:
    answers: dict[str, dict[str, float]] = {}
    for line in re.sub(r"\n +", " ", table).splitlines():
        terms, arrow, asked = line.partition(" <- ")
        if not arrow:  # a heading
            continue
        look = {}
        for entry in terms.split(", "):
            term, _, quality = entry.partition("=")
            look[term] = float(quality or 1.0)
        for phrase in asked.split(", "):
            answers[phrase] = look
    return answers


LOOK: Final = _parse(_ASKED)
LONGEST_PHRASE: Final = max(len(phrase.split()) for phrase in LOOK)
