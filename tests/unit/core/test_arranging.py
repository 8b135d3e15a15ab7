"""Hits as the rows of a list: whatever is merged, folded, grouped or below the floor, each is reached."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable

from hypothesis import given
from hypothesis import strategies as st

from desktop_search.core.arranging import Entry, Known, Sort, entries, folded, in_order, merged
from desktop_search.core.hits import Found, Hit, ImageHit
from desktop_search.core.query import Scope
from desktop_search.core.result_rows import BELOW, Arrangement, MomentRow, Opener, Row, rows


def seen(clip: str, start_s: float, end_s: float | None, score: float | None = 0.5, name: str = "") -> Hit:
    end_ms = None if end_s is None else round(end_s * 1000)
    return Hit(clip, name or clip, round(start_s * 1000), end_ms, score, found_by=Scope.SEEN)


def said(clip: str, start_s: float, end_s: float, score: float | None = 0.5) -> Hit:
    return Hit(clip, clip, round(start_s * 1000), round(end_s * 1000), score, "ahoy", Scope.SAID)


_HITS = st.builds(
    lambda clip, start, length, score, scope: Hit(
        clip, f"take {clip}", start * 500, None if length is None else (start + length) * 500, score, found_by=scope
    ),
    st.sampled_from("abc"),
    st.integers(0, 60),
    st.none() | st.integers(0, 12),
    st.none() | st.floats(0, 1),
    st.sampled_from([Scope.SEEN, Scope.SAID, Scope.PHRASE, None]),
)
_IMAGES = st.builds(
    lambda number, score, taken: ImageHit(str(number), f"still {number}", score=score, taken_ms=taken),
    st.integers(0, 9),
    st.none() | st.floats(0, 1),
    st.none() | st.integers(0, 5),
)
_FOUND: st.SearchStrategy[list[Found]] = st.lists(st.one_of(_HITS, _IMAGES), max_size=25)
_ARRANGEMENTS = st.builds(
    Arrangement, st.booleans(), st.sampled_from(Sort), st.booleans(), st.integers(1, 4), st.booleans(), st.booleans()
)


def _known(found: list[Found]) -> st.SearchStrategy[Known]:
    keys = st.sampled_from(found) if found else st.nothing()
    return st.builds(
        Known,
        st.dictionaries(st.sampled_from([("", "default", clip) for clip in "abc"]), st.sampled_from(["", "x"])),
        st.dictionaries(st.sampled_from([("", "default", clip) for clip in "abc"]), st.integers(0, 9)),
        st.dictionaries(keys, st.integers(0, 3)),
    )


@given(st.data(), _FOUND, _ARRANGEMENTS, st.floats(0, 1))
def test_nothing_is_lost_and_every_hit_is_reached(
    data: st.DataObject, found: list[Found], arrangement: Arrangement, floor: float
) -> None:
    known = data.draw(_known(found))
    opened: set[Hashable] = set()
    shown: tuple[Row, ...] = ()
    for _round in range(4):  # as a user who opens whatever can be opened
        shown = rows(found, arrangement, floor, known, opened)
        opened |= {row.key for row in shown}
        if any(isinstance(row, Opener) and row.key == BELOW for row in shown):
            arrangement = Arrangement(
                arrangement.is_grid, arrangement.sort, arrangement.is_grouped, arrangement.per_clip,
                arrangement.is_folded, shows_below=True,
            )  # fmt: skip
    assert Counter(row.found for row in shown if isinstance(row, MomentRow)) == Counter(found)


@given(st.data(), st.lists(st.one_of(_HITS, _IMAGES), max_size=25, unique=True))
def test_each_entry_stands_where_its_best_stood(data: st.DataObject, found: list[Found]) -> None:
    listed = entries(found, data.draw(_known(found)), is_folded=True)
    ranks = [found.index(entry.found) for entry in listed]
    assert ranks == sorted(ranks)
    for entry in listed:
        assert all(found.index(entry.found) <= found.index(each) for each in entry.every)


@given(st.data(), _FOUND, st.sampled_from(Sort))
def test_sorting_neither_takes_nor_adds(data: st.DataObject, found: list[Found], sort: Sort) -> None:
    listed = tuple(Entry(each) for each in found)
    known = data.draw(_known(found))
    assert Counter(in_order(listed, sort, known)) == Counter(listed)
    assert in_order(listed, Sort.RELEVANCE, known) == listed


def test_what_overlaps_in_one_clip_is_one_row_told_by_the_best() -> None:
    best, other, elsewhere = seen("a", 4, 9, 0.8), said("a", 8, 10, 0.4), seen("b", 4, 9, 0.3)
    first, second = merged([best, elsewhere, other], {})
    assert (first.found, first.beside) == (best, (other,))
    assert second == Entry(elsewhere)


def test_what_is_said_on_and_on_is_one_row_but_not_without_end() -> None:
    lines = [said("a", start, start + 4) for start in (0, 5, 10, 15.5, 40)]
    assert [len(entry.every) for entry in merged(lines, {})] == [4, 1]
    talk = [said("a", start, start + 2) for start in range(0, 60, 2)]
    assert [len(entry.every) for entry in merged(talk, {})] == [10, 10, 10]


def test_shots_that_only_touch_are_one_only_if_they_look_the_same() -> None:
    one, two, three = (seen("a", start, start + 5) for start in (0, 5, 10))
    assert len(merged([one, two, three], {})) == 3
    looks: dict[Hashable, Hashable] = {one: 1, two: 1, three: 2}
    assert [entry.every for entry in merged([one, two, three], looks)] == [(one, two), (three,)]


def test_nothing_is_merged_over_an_end_that_nobody_told() -> None:
    assert len(merged([seen("a", 0, None), seen("a", 3, None)], {})) == 2


def test_the_same_moment_of_the_same_footage_is_folded() -> None:
    here, there, later = seen("a", 4, 8, 0.7), seen("b", 4, 8, 0.6), seen("b", 20, 24, 0.5)
    known = Known(fingerprints={here.clip: "f1", there.clip: "f1"})
    assert [entry.every for entry in folded(merged([here, there, later], {}), known)] == [(here, there), (later,)]
    other = Known(fingerprints={here.clip: "f1", there.clip: "f2"})
    assert len(folded(merged([here, there], {}), other)) == 2


def test_looks_fold_what_is_seen_and_never_what_is_said() -> None:
    pictures: tuple[Found, ...] = (seen("a", 0, 4), seen("b", 30, 34), ImageHit("1", "a"), ImageHit("2", "b"))
    known = Known(look_groups=dict.fromkeys(pictures, 1))
    assert [len(entry.every) for entry in entries(pictures, known, is_folded=True)] == [4]
    faces = (said("a", 0, 4), said("b", 30, 34))
    known = Known(look_groups=dict.fromkeys(faces, 1))
    assert len(entries(faces, known, is_folded=True)) == 2
    assert len(entries(pictures, known, is_folded=False)) == 4


def test_sorting_puts_what_is_not_known_last() -> None:
    a, b, c = (Entry(seen(clip, 5, 6, name=name)) for clip, name in (("a", "Take 10"), ("b", "take 2"), ("c", "Pier")))
    early = Entry(seen("b", 1, 2, name="take 2"))
    known = Known(taken_ms={b.found.clip: 200, c.found.clip: 100})  # type: ignore[union-attr]
    assert in_order((a, c, b, early), Sort.TAKEN, known) == (early, b, c, a)
    assert in_order((a, b, c, early), Sort.NAME, known) == (c, b, early, a)
    assert in_order((a, b, c, early), Sort.POSITION, known) == (a, early, b, c)


def test_a_clip_begins_with_its_best_and_opens() -> None:
    found = [seen("a", 9, 10), seen("b", 0, 1), seen("a", 30, 31), seen("a", 0, 1), seen("a", 20, 21)]
    arrangement = Arrangement(per_clip=2, sort=Sort.POSITION)
    closed = rows(found, arrangement, 0.0, Known())
    assert [row.found if isinstance(row, MomentRow) else row.count for row in closed] == [
        found[0], found[2], 2, found[1],
    ]  # fmt: skip
    opened = rows(found, arrangement, 0.0, Known(), {row.key for row in closed})
    assert [row.found for row in opened if isinstance(row, MomentRow)] == [
        found[3], found[0], found[4], found[2], found[1],
    ]  # fmt: skip
    assert [row.is_open for row in opened if isinstance(row, Opener)] == [True]


def test_the_line_parts_what_is_close_enough_from_the_rest() -> None:
    found = [seen("a", 0, 1, 0.5), seen("b", 0, 1, 0.224), seen("c", 0, 1, None), seen("d", 0, 1, 0.225)]
    shown = rows(found, Arrangement(), 0.225, Known())
    assert [row.found.name if isinstance(row, MomentRow) else "line" for row in shown] == ["a", "c", "d", "line", "b"]
    assert [row.is_below for row in shown] == [False, False, False, True, True]
    hidden = rows(found, Arrangement(shows_below=False), 0.225, Known())
    assert [row.count for row in hidden if isinstance(row, Opener)] == [1]
    assert len(hidden) == 4
