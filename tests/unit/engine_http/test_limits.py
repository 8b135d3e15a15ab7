"""How calls are counted, against a clock of the test's own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from desktop_search.engine.http.limits import DOCUMENTED, Kind, Limit, Limiter, kind_of


class _Clock:
    now_s = 1000.0

    def __call__(self) -> float:
        return self.now_s


def test_a_call_waits_until_the_oldest_leaves_the_span() -> None:
    clock = _Clock()
    limiter = Limiter({Kind.LIST: Limit(2, 10.0)}, clock_s=clock)
    assert limiter.wait_s("", Kind.LIST) == 0
    clock.now_s += 4
    assert limiter.wait_s("", Kind.LIST) == 0
    assert limiter.wait_s("", Kind.LIST) == 6
    clock.now_s += 5.5
    assert limiter.wait_s("", Kind.LIST) == 0.5
    clock.now_s += 0.5
    assert limiter.wait_s("", Kind.LIST) == 0
    assert limiter.wait_s("", Kind.LIST) == 4


def test_refused_calls_do_not_count() -> None:
    clock = _Clock()
    limiter = Limiter({Kind.LIST: Limit(1, 1.0)}, clock_s=clock)
    limiter.wait_s("", Kind.LIST)
    for _ in range(9):
        clock.now_s += 0.1
        assert limiter.wait_s("", Kind.LIST) > 0
    clock.now_s += 0.2
    assert limiter.wait_s("", Kind.LIST) == 0


def test_accounts_and_kinds_are_counted_apart() -> None:
    limiter = Limiter(DOCUMENTED, clock_s=_Clock())
    for account in ("", "other"):
        for kind in (Kind.SEARCH, Kind.UPLOAD):
            assert limiter.wait_s(account, kind) == 0
            assert limiter.wait_s(account, kind) > 0


def test_what_has_no_limit_never_waits() -> None:
    limiter = Limiter({}, clock_s=_Clock())
    assert [limiter.wait_s("", Kind.SEARCH) for _ in range(5)] == [0] * 5


@given(st.lists(st.floats(0, 30), max_size=80), st.integers(1, 5))
def test_no_span_ever_holds_more_than_the_limit(pauses_s: list[float], calls: int) -> None:
    clock = _Clock()
    limiter = Limiter({Kind.DOWNLOAD: Limit(calls, 60.0)}, clock_s=clock)
    passed_s = []
    for pause_s in pauses_s:
        clock.now_s += pause_s
        if limiter.wait_s("", Kind.DOWNLOAD) == 0:
            passed_s.append(clock.now_s)
    for first_s, next_s in zip(passed_s, passed_s[calls:], strict=False):
        assert next_s - first_s >= 60.0 - 1e-9


def test_paths_have_the_limit_of_their_kind() -> None:
    assert kind_of("/serve/api/v1/search") is Kind.SEARCH
    assert kind_of("/serve/api/v1/folders/videos") is Kind.LIST
    assert kind_of("/serve/api/v1/download") is kind_of("/serve/api/v2/download") is Kind.DOWNLOAD
    for path in ("/serve/api/v1/get_metadata", "/serve/api/v2/search", "/search", "/signed/1.jpg", "/openapi.json"):
        assert kind_of(path) is None
