"""From cosines to scores."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from desktop_search.core.query import Strictness
from desktop_search.engine.ranking.meaning import FAMILIES, KNOTS, MEANT, calibrated

NOTHING = np.empty(0, np.float32)


def scores(family: str, cosines: list[float], usual: np.ndarray = NOTHING, rows: int = 0) -> list[float]:
    found = calibrated(family, np.array(cosines, np.float32), usual.astype(np.float32), rows)
    return [float(score) for score in found]


def around(mean: float, deviation: float, count: int) -> np.ndarray:
    return np.random.default_rng(1).normal(mean, deviation, count)


@pytest.mark.parametrize("family", FAMILIES)
def test_levels_are_so_many_deviations_above_the_usual(family: str) -> None:
    own = FAMILIES[family]
    at = [own.mean + steps * own.deviation for steps in (2, 3, 5)]
    assert scores(family, at) == pytest.approx(
        [level.floor for level in (Strictness.LOW, Strictness.MEDIUM, Strictness.HIGH)], abs=1e-3
    )
    rising = scores(family, list(np.linspace(-1, 1, 200)))
    assert rising == sorted(rising)
    assert rising[0] == 0.0
    assert 0.4 < rising[-1] <= 1.0
    assert pytest.approx(Strictness.LOW.floor) == MEANT


def test_siglip_as_reported_of_real_searches() -> None:
    """Right answers to one-word questions at .058 to .094, to fuller ones at .09 to .12; chance below .03."""
    low, good, full, chance = scores("siglip2", [0.061, 0.094, 0.121, 0.029])
    assert Strictness.LOW.floor <= low < Strictness.MEDIUM.floor <= good < Strictness.HIGH.floor <= full < 0.5
    assert chance == 0.0


def test_a_small_library_is_judged_by_the_models_own_numbers() -> None:
    five = np.array([0.11, 0.12, 0.1, 0.13, 0.11])  # five clips, all of what is asked for
    assert min(scores("siglip2", [0.1, 0.13], five)) >= Strictness.MEDIUM.floor
    alone = np.array([0.02] * 4 + [0.04])
    assert scores("siglip2", [0.04], alone)[0] < MEANT  # stands out by far, among five


def test_a_large_library_tells_what_is_usual() -> None:
    usual = around(0.05, 0.03, 4096)
    assert scores("siglip2", [0.095], usual)[0] < MEANT < scores("siglip2", [0.095])[0]
    (score,) = scores("siglip2", [0.05 + 5 * 0.03], usual)
    assert 0.4 <= score < 0.5 < scores("siglip2", [0.05 + 5 * 0.03])[0]


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("rows", [100, 5_000, 200_000, 1_000_000])
def test_words_that_mean_nothing_here_find_little_however_large_the_library(family: str, rows: int) -> None:
    own = FAMILIES[family]
    cosines = around(own.mean + own.deviation, 1.2 * own.deviation, rows)
    usual = cosines[:: max(1, rows // 4096)]
    found = scores(family, list(cosines), usual, rows)
    assert sum(score >= MEANT for score in found) <= 20
    assert max(found) < Strictness.HIGH.floor
    (meant,) = scores(family, [own.mean + 9 * own.deviation], usual, rows)
    assert meant >= Strictness.MEDIUM.floor


def test_more_footage_never_raises_a_score() -> None:
    counts = [0, 50, 132, 1_000, 30_000, 10**6, 10**8]
    found = [scores("e5", [0.9], NOTHING, rows)[0] for rows in counts]
    assert found == sorted(found, reverse=True)
    assert found[1] == found[0] > found[3] > found[-1]


def test_a_library_all_of_one_kind_still_answers() -> None:
    usual = around(0.13, 0.002, 4096)  # nothing but harbours; "harbour"
    assert scores("siglip2", [0.13], usual)[0] >= Strictness.MEDIUM.floor


def test_below_the_least_nothing_is_meant() -> None:
    usual = around(-0.1, 0.005, 4096)
    assert scores("siglip2", [0.029, 0.0], usual) == [0.0, 0.0]
    assert scores("e5", [0.79], around(0.7, 0.01, 4096)) == [0.0]


def test_every_family_of_the_catalogue_has_its_numbers() -> None:
    entries = json.loads((Path(__file__).parents[3] / "resources" / "models.json").read_text(encoding="utf-8"))[
        "models"
    ]
    assert {each["family"] for each in entries if each["kind"] in ("seen", "text")} == set(FAMILIES)


def test_the_numbers_are_told() -> None:
    page = (Path(__file__).parents[3] / "docs" / "ranking.md").read_text(encoding="utf-8")
    for family, own in FAMILIES.items():
        row = next(line for line in page.splitlines() if line.startswith(f"| `{family}` |"))
        assert [float(cell) for cell in row.split("|")[2:5]] == [own.mean, own.deviation, own.least]
    steps = next(line for line in page.splitlines() if line.startswith("| z |"))
    assert [float(cell) for cell in steps.split("|")[2:-1]] == [step for step, _ in KNOTS]
