"""The rows of results: whatever is asked and however they are arranged, the model keeps Qt's rules and never raises."""

from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from PySide6.QtWidgets import QApplication

from desktop_search.core.arranging import Sort
from desktop_search.core.hits import Hit, ImageHit, SearchAnswer
from desktop_search.core.query import Scope
from desktop_search.core.result_rows import Arrangement
from desktop_search.core.timecode import Timebase
from desktop_search.models.results_model import ResultsModel, Role

ODD = ("", "a\nb", "<b>x</b>", "\0", "x" * 5000, "ü" * 40, "10", "٣")


def answer(chance: random.Random) -> SearchAnswer:
    hits = tuple(
        Hit(
            str(chance.randrange(6)),
            chance.choice(ODD),
            start := chance.randrange(60_000),
            chance.choice((None, start, start + 900, start - 5)),
            chance.choice((None, 0.0, 0.2, 0.225, 0.9, 1.5, -1.0)),
            chance.choice(ODD),
            chance.choice((*Scope, None)),
        )
        for _ in range(chance.randrange(40))
    )
    images = tuple(ImageHit(str(n), chance.choice(ODD), taken_ms=chance.choice((None, 0, 10**12))) for n in range(3))
    return SearchAnswer(hits, ()) if chance.random() < 0.8 else SearchAnswer(images=images)


@pytest.mark.parametrize("seed", range(6))
def test_the_model_keeps_the_rules_whatever_happens(qapp: QApplication, seed: int) -> None:
    chance, model = random.Random(seed), ResultsModel()
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for _step in range(25):
        act = chance.randrange(5)
        if act == 0:
            model.set_answer(answer(chance), chance.choice((0.0, 0.225, 1.0)))
        elif act == 1:
            model.set_floor(chance.random())
        elif act == 2:
            sort = chance.choice(tuple(Sort))
            flags = [chance.random() < 0.5 for _flag in range(3)]
            model.set_arrangement(Arrangement(False, sort, flags[0], chance.randrange(1, 4), flags[1], flags[2]))
        elif act == 3:
            model.learn(taken_ms={("", "default", "1"): 5}, fingerprints={("", "default", str(n)): "f" for n in (1, 2)})
        elif model.rowCount():
            model.set_open(chance.randrange(model.rowCount()), chance.random() < 0.7)
        for row in range(-1, model.rowCount() + 1):
            for role in (*Role, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, 9999):
                model.index(row).data(role)
            if 0 <= row < model.rowCount():
                assert model.row_of(model.key_of(row)) is not None
                assert str(model.index(row).data(Qt.ItemDataRole.AccessibleTextRole))
                model.parent_of(row), model.opener_of(row), model.is_open(row)
        assert model.data(QModelIndex()) is None
    del tester


def test_in_and_out_are_told_as_the_clip_counts() -> None:
    hit = Hit("a", "a", 2002, 4004, 0.5)
    model = ResultsModel()
    model.set_answer(SearchAnswer((hit, replace(hit, video_no="b"))))
    drop = Timebase(Fraction(30000, 1001), drop_frame=True, start_frame=107892)
    film = Timebase(Fraction(24000, 1001), start_frame=86_400)
    model.set_timebases({hit.clip: drop, ("", "default", "b"): film})
    assert [model.index(row).data(Role.TIMES) for row in range(2)] == [
        "01:00:02;00 – 01:00:04;00",
        "01:00:02:00 – 01:00:04:00",
    ]


def test_a_thumbnail_finds_its_rows_without_looking_through_all(qapp: QApplication) -> None:
    hits = tuple(Hit("a", "a", n * 5000, n * 5000 + 900, 0.5) for n in range(50))
    model = ResultsModel()
    model.set_arrangement(Arrangement(is_grouped=False))
    model.set_answer(SearchAnswer(hits))
    told: list[tuple[int, int]] = []
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    model._on_thumbnail_changed(hits[7])
    model._on_thumbnail_changed("nobody's")
    assert told == [(7, 7)]


def test_words_on_the_screen_are_a_reason_of_their_own() -> None:
    hit = Hit("a", "a", 0, 900, 0.5, "said by the way", Scope.SEEN, read="SCENE\nFOUR")
    said = replace(hit, video_no="b", also_found_by=(Scope.SAID,))
    model = ResultsModel()
    model.set_answer(SearchAnswer((hit, said, replace(hit, video_no="c", read=""))))
    assert [model.index(row).data(Role.BADGES) for row in range(3)] == [
        ("seen", "read"),
        ("seen", "said", "read"),
        ("seen",),
    ]
    told = [str(model.index(row).data(Qt.ItemDataRole.AccessibleTextRole)) for row in range(3)]
    assert ["“SCENE FOUR”" in each for each in told] == [True, False, False]
    assert ["“said by the way”" in each for each in told] == [False, True, True]
