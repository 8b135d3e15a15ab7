"""The result list and the search behind it: keys, empty states, newest search wins."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_search.core.coverage import Amount, Coverage
from desktop_search.core.errors import AppError, NetworkError
from desktop_search.core.findings import Asked, Findings, findings_of
from desktop_search.core.hits import Hit, ImageHit, SearchAnswer
from desktop_search.core.library import MEMORIES_AI, THIS_COMPUTER
from desktop_search.core.query import Scope, SearchFilters, SearchQuery, Strictness
from desktop_search.core.result_rows import Arrangement
from desktop_search.core.searches import SavedSearch
from desktop_search.core.timecode import Timebase, clock
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner
from desktop_search.models.results_model import ResultsModel, Role
from desktop_search.models.thumbnails import ThumbnailLoader
from desktop_search.ui.search.results_pane import ResultsPane
from desktop_search.ui.search.results_view import ResultsView
from desktop_search.ui.search.saved_popup import SavedPopup
from desktop_search.ui.search.search_controller import SearchController
from desktop_search.ui.search.search_pane import SearchPane
from tests.support.focus import wait_exposed

HITS = (
    Hit("VI1", "harbour", 4000, 8000, 0.71, "cast off on the left", Scope.SAID),
    Hit("VI2", "A name\nof <b>two</b> lines", 0, None, None),
    Hit("VI1", "harbour", 61_500, 65_000, 0.3, found_by=Scope.SEEN),
)
ANSWER = SearchAnswer(HITS)


@pytest.fixture
def results(qtbot: QtBot) -> ResultsPane:
    made = ResultsPane()
    qtbot.addWidget(made)
    made.resize(400, 500)
    made.show()
    wait_exposed(qtbot, made)
    return made


def texts(pane: ResultsPane) -> str:
    labels = [label.text() for label in pane.findChildren(QLabel) if label.isVisible()]
    return "\n".join(labels + [button.text() for button in pane.findChildren(QPushButton) if button.isVisible()])


def test_rows_say_what_they_are_and_never_raise() -> None:
    model = ResultsModel()
    model.set_arrangement(Arrangement(is_grouped=False))
    model.set_answer(ANSWER)
    model.set_timebases({HITS[0].clip: Timebase()})
    rows = [model.index(row) for row in range(model.rowCount())]
    assert [row.data(Role.TIMES) for row in rows] == [
        "00:00:04:00 – 00:00:08:00",
        "0:00.0 – 0:04.0",
        "00:01:01:12 – 00:01:05:00",
    ]
    assert rows[1].data() == "A name of <b>two</b> lines"
    assert [row.data(Role.BADGES) for row in rows] == [("said",), ("picture",), ("seen",)]
    assert "cast off on the left" in str(rows[0].data(Qt.ItemDataRole.AccessibleTextRole))
    assert model.index(9).data() is None


@pytest.mark.parametrize(("ms", "said"), [(0, "0:00.0"), (61_540, "1:01.5"), (3_723_000, "1:02:03.0")])
def test_times_without_a_rate(ms: int, said: str) -> None:
    assert clock(ms) == said


def test_arrows_choose_enter_plays_space_toggles(results: ResultsPane, qtbot: QtBot) -> None:
    results.set_arrangement(Arrangement(is_grouped=False))
    results.show_answer(SearchQuery("cast off"), ANSWER, 0.4)
    assert "3 moments · 0.4 s · best 0.71" in texts(results)
    view = results.findChild(ResultsView)
    with qtbot.waitSignal(results.hit_chosen) as first:
        results.focus_list()
    with qtbot.waitSignal(results.hit_chosen) as second:
        qtbot.keyClick(view, Qt.Key.Key_Down)
    assert [first.args, second.args] == [[HITS[0]], [HITS[1]]]
    with qtbot.waitSignal(results.hit_played) as played:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert played.args == [HITS[1]]
    with qtbot.waitSignal(results.play_toggled):
        qtbot.keyClick(view, Qt.Key.Key_Space)


def test_the_hits_that_are_likely_next_are_those_around_the_chosen_one(results: ResultsPane, qtbot: QtBot) -> None:
    hits = tuple(Hit(f"VI{number}", "take", number * 1000) for number in range(6))
    results.set_arrangement(Arrangement(is_grouped=False))
    results.show_answer(SearchQuery("take"), SearchAnswer(hits), 0.1)
    assert results.hits_near() == hits[:3]
    results.select(2)
    assert results.hits_near() == (hits[3], hits[4], hits[5], hits[1])
    results.select(5)
    assert results.hits_near() == (hits[4],)


def test_images_have_their_own_form(results: ResultsPane, qtbot: QtBot) -> None:
    image = ImageHit("687955883044376576", "pier.jpg", score=0.47, camera="X100")
    results.show_answer(SearchQuery("pier", Scope.IMAGE), SearchAnswer(images=(image,)), 0.1)
    assert "1 image · 0.1 s · best 0.47" in texts(results)
    with qtbot.waitSignal(results.image_chosen) as chosen:
        results.select(0)
    assert chosen.args == [image]
    assert results.images() == (image,)


def test_the_welcome_is_true_for_the_library_that_is_chosen(results: ResultsPane) -> None:
    assert "nothing leaves it" in texts(results)
    assert "Connect memories.ai" in texts(results)
    results.show_welcome(MEMORIES_AI)
    assert "sent to memories.ai" in texts(results)
    assert "nothing leaves it" not in texts(results)
    assert "Connect memories.ai" not in texts(results)


def test_nothing_found_says_what_may_help(results: ResultsPane) -> None:
    strict = SearchFilters(strictness=Strictness.HIGH)
    results.show_answer(SearchQuery("unicorn", filters=strict), SearchAnswer(), 0.1)
    assert "Nothing found for “unicorn”" in texts(results)
    assert "strictness" not in texts(results)  # it draws a line; what is below it would have been found too
    results.show_answer(SearchQuery("unicorn then rider", filters=strict), SearchAnswer(), 0.1)
    assert "lower strictness" in texts(results)


def test_footage_that_waits_is_a_reason_for_nothing_only_while_it_waits(results: ResultsPane) -> None:
    results.show_answer(SearchQuery("unicorn"), SearchAnswer(), 0.1)
    assert "still being indexed" not in texts(results)
    results.show_coverage(Coverage(searched=Amount(4), indexing=Amount(1)))
    assert "still being indexed" in texts(results)
    results.show_coverage(Coverage(searched=Amount(5), failed=Amount(1)))
    assert "still being indexed" not in texts(results)


def test_a_phrase_that_was_not_found_is_not_blamed_on_what_is_seen(results: ResultsPane) -> None:
    results.offer_models(True)
    results.show_answer(SearchQuery('"turn left"'), SearchAnswer(), 0.1)
    assert "Nothing found for “turn left”" in texts(results)
    assert "understood exactly so" in texts(results)
    assert "Models for this computer" not in texts(results)


def test_a_clip_is_called_as_its_file_is(results: ResultsPane) -> None:
    hit = Hit("VI1", "take", 0, original=Path("/card/take.mxf"))
    results.show_answer(SearchQuery("boat"), SearchAnswer((hit,)), 0.1)
    assert results.view.model().index(0, 0).data() == "take.mxf"


def test_where_no_search_is_saved_nothing_can_be_done_with_one(qtbot: QtBot) -> None:
    anchor = QWidget()
    qtbot.addWidget(anchor)
    popup = SavedPopup(anchor)
    popup.show_searches(())
    assert popup.advice.isVisibleTo(popup)
    assert not any(button.isVisibleTo(popup) for button in (popup.rename, popup.update_it, popup.count, popup.delete))
    popup.show_searches((SavedSearch(1, "boats", SearchQuery("boat"), ("local",)),))
    assert not popup.advice.isVisibleTo(popup)
    assert popup.rename.isVisibleTo(popup)


def test_a_model_is_offered_where_one_would_help(results: ResultsPane, qtbot: QtBot) -> None:
    results.show_answer(SearchQuery("a boat"), SearchAnswer(), 0.1)
    assert "Models for this computer" not in texts(results)
    results.offer_models(True)  # it is known only now: what is said changes at once
    assert "Models for this computer" in texts(results)
    results.show_answer(SearchQuery("a boat", Scope.SAID), SearchAnswer(), 0.1)
    assert "Models for this computer" not in texts(results)
    results.show_answer(SearchQuery("a boat"), SearchAnswer(), 0.1)
    offered = next(each for each in results.findChildren(QPushButton) if "Models" in each.text() and each.isVisible())
    with qtbot.waitSignal(results.models_requested):
        qtbot.mouseClick(offered, Qt.MouseButton.LeftButton)


def test_an_error_is_shown_where_results_would_be(results: ResultsPane, qtbot: QtBot) -> None:
    results.show_error(NetworkError("The server does not answer.", hint="Is it on?", details="x"))
    assert "The server does not answer.\nIs it on?" in texts(results)
    retry = next(button for button in results.findChildren(QPushButton) if button.text() == "Try again")
    with qtbot.waitSignal(results.retry_requested):
        qtbot.mouseClick(retry, Qt.MouseButton.LeftButton)
    results.show_error(AppError("Wrong key."))
    assert "Try again" not in texts(results)


class Gates:
    """A finder whose answers wait until the test lets them go."""

    def __init__(self) -> None:
        self.gates: dict[str, threading.Event] = {}
        self.asked: list[tuple[tuple[str, ...], str]] = []

    def find(
        self, library_ids: tuple[str, ...], query: SearchQuery, token: CancelToken, report: object, *, asks_anew: bool
    ) -> Findings:
        self.asked.append((library_ids, query.words))
        gate = self.gates.get(query.words)
        while gate is not None and not gate.is_set():
            token.wait(0.01)
        if query.words == "broken":
            raise NetworkError("The server does not answer.")
        return findings_of([Asked(THIS_COMPUTER, SearchAnswer((Hit("VI1", query.words, 0),)))], 100)


@pytest.fixture
def gates() -> Gates:
    return Gates()


@pytest.fixture
def controller(qtbot: QtBot, results: ResultsPane, gates: Gates, tmp_path: Path) -> Iterator[SearchController]:
    runner = JobRunner(parent=results)
    pane = SearchPane()
    qtbot.addWidget(pane)
    made = SearchController(runner, gates, pane, results, lambda *_: {HITS[0].clip: Timebase()}, tmp_path)  # type: ignore[arg-type]
    made.set_library("local")
    yield made
    runner.shut_down()


def test_an_older_answer_never_overwrites_a_newer(
    controller: SearchController, results: ResultsPane, gates: Gates, qtbot: QtBot
) -> None:
    gates.gates["slow"] = threading.Event()
    controller.ask(SearchQuery("slow"))
    with qtbot.waitSignal(controller.answered) as answered:
        controller.ask(SearchQuery("quick"))
    assert answered.args is not None
    assert answered.args[0].words == "quick"
    gates.gates["slow"].set()
    with qtbot.waitSignal(controller.answered):
        controller.ask(SearchQuery("third"))
    assert results.hits()[0].name == "third"


def test_a_failed_search_can_be_tried_again(
    controller: SearchController, results: ResultsPane, gates: Gates, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(controller.failed):
        controller.ask(SearchQuery("broken"))
    with qtbot.waitSignal(controller.failed):
        results.retry_requested.emit()
    assert gates.asked == [(("local",), "broken")] * 2


def test_a_pasted_image_is_kept_and_searched_by(controller: SearchController, qtbot: QtBot, tmp_path: Path) -> None:
    from PySide6.QtGui import QImage

    image = QImage(8, 8, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    pane = controller.parent()
    assert isinstance(pane, SearchPane)
    with qtbot.waitSignal(controller.answered) as answered:
        pane.image_given.emit(image)
    assert answered.args is not None
    picture = answered.args[0].picture
    assert picture.parent == tmp_path
    assert picture.is_file()
    for _ in range(25):  # within one second: none overwrites another, and the oldest go
        with qtbot.waitSignal(controller.answered):
            pane.image_given.emit(image)
    assert len(list(tmp_path.iterdir())) == 20


def test_thumbnails_come_later_and_failures_say_why(qtbot: QtBot) -> None:
    def load(key: object, _side: int, _token: CancelToken, _early: object) -> bytes:
        if key == HITS[1]:
            raise AppError("The file is gone.")
        from io import BytesIO

        from PIL import Image

        buffer = BytesIO()
        Image.new("RGB", (64, 36), "red").save(buffer, "JPEG")
        return buffer.getvalue()

    runner = JobRunner()
    loader = ThumbnailLoader(runner, load)
    model = ResultsModel(loader)
    model.set_arrangement(Arrangement(is_grouped=False))
    model.set_answer(ANSWER)
    with qtbot.waitSignal(loader.changed):
        assert model.index(0).data(Role.THUMBNAIL) is None
    assert model.index(0).data(Role.THUMBNAIL).width() == 64
    with qtbot.waitSignal(loader.changed):
        assert model.index(1).data(Role.THUMBNAIL) is None
    assert model.index(1).data(Role.THUMBNAIL_PROBLEM) == "The file is gone."
    runner.shut_down()
