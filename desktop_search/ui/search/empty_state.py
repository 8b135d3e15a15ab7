"""What stands where results would be: a welcome, nothing found, or an error, each with what to do next."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_search.core.errors import AppError
from desktop_search.core.hits import Found
from desktop_search.core.language import _, number
from desktop_search.core.library import THIS_COMPUTER, Library
from desktop_search.core.query import Scope, SearchQuery
from desktop_search.core.query_words import steps_of
from desktop_search.models.filter_words import WAYS_OUT_MAX, WayOut, ways_out
from desktop_search.models.result_words import floor_words, name_of, times_of
from desktop_search.ui.style.icons import icon

_WITHOUT_MODEL = _("Without a model, this computer knows colours, light, shapes, faces and motion, but not things.")


class EmptyState(QWidget):
    """A heading, a sentence or two, and buttons.

    Signals:
        add_footage_requested(), try_samples_requested(), connect_cloud_requested(), retry_requested(),
        models_requested(), closest_requested()
        filters_relaxed(SearchFilters): the same is to be searched under these.
    """

    add_footage_requested = Signal()
    try_samples_requested = Signal()
    connect_cloud_requested = Signal()
    retry_requested = Signal()
    models_requested = Signal()
    closest_requested = Signal()
    filters_relaxed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._details = ""
        self._offers_models = False
        self._unanswered: SearchQuery | None = None  # the query that found nothing, while that is said
        self._heading = _label("heading")
        self._text = _label("caption")
        self._add = _button(_("Add footage…"), "add", "primary")
        self._samples = _button(_("Try the sample footage"), "film")
        self._cloud = _button(_("Connect memories.ai…"), "cloud")
        self._retry = _button(_("Try again"), "retry", "primary")
        self._models = _button(_("Models for this computer…"), "eye")
        self._closest = _button(_("Show the closest"), "down", "primary")
        self._copy = _button(_("Copy details"), "", "quiet")
        self._ways_out: tuple[WayOut, ...] = ()
        self._is_incomplete = False
        self._without = tuple(_button("", "filter") for _ in range(WAYS_OUT_MAX))
        self._buttons = (
            *(self._add, self._samples, self._cloud, self._retry, *self._without),
            *(self._models, self._closest, self._copy),
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 24, 24, 24)
        layout.setSpacing(8)
        layout.addStretch(2)
        layout.addWidget(self._heading)
        layout.addWidget(self._text)
        layout.addSpacing(8)
        for button in self._buttons:
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        for place, button in enumerate(self._without):
            button.clicked.connect(partial(self._on_without_clicked, place))
        self._add.clicked.connect(self.add_footage_requested)
        self._samples.clicked.connect(self.try_samples_requested)
        self._cloud.clicked.connect(self.connect_cloud_requested)
        self._retry.clicked.connect(self.retry_requested)
        self._models.clicked.connect(self.models_requested)
        self._closest.clicked.connect(self.closest_requested)
        self._copy.clicked.connect(self._on_copy_clicked)

    def offer_models(self, offered: bool) -> None:
        """Whether a model would help where nothing is found for what is seen."""
        changed, self._offers_models = offered != self._offers_models, offered
        if changed and self._unanswered is not None:
            self.show_nothing_found(self._unanswered)

    def set_incomplete(self, is_incomplete: bool) -> None:
        """Whether there is footage that is not indexed yet."""
        changed, self._is_incomplete = is_incomplete != self._is_incomplete, is_incomplete
        if changed and self._unanswered is not None:
            self.show_nothing_found(self._unanswered)

    def show_welcome(self, library: Library = THIS_COMPUTER) -> None:
        """The first run, or a library that nothing was added to yet."""
        where = _("It is indexed on this computer, and nothing leaves it.")
        if not library.is_local:
            where = _("It is sent to {library}.").format(library=library.title)
        self._say(
            _("Find the shot you remember"),
            _("Drop footage on the left. {where} Then search for what is seen, what is said, or by a picture.").format(
                where=where
            ),
            self._add,
            self._samples,
            *((self._cloud,) if library.is_local else ()),
        )

    def show_indexing(self) -> None:
        """There is footage on its way, and none of it can be searched yet."""
        self._say(
            _("Your footage is being indexed"),
            _(
                "Each file can be searched as soon as the list on the left says “searchable”; there is no need to wait "
                "for the others."
            ),
        )

    def show_not_started(self, library: Library) -> None:
        """There is footage in the list, and nothing of it goes anywhere before the user starts it."""
        self._say(
            _("Nothing was sent yet"),
            _("The list on the left says what sending to {library} takes and costs. Start it there.").format(
                library=library.title
            ),
        )

    def show_ready(self) -> None:
        """There is footage, and nothing has been asked yet."""
        self._say(_("Ready to search"), _("Type what you remember of the shot, and press Enter."))

    def show_nothing_found(self, query: SearchQuery) -> None:
        """An empty answer, and what may help."""
        steps = steps_of(query.words)
        is_phrase = bool(steps) and not any(step.words for step in steps)
        asked = query.picture_name or (steps[0].phrases[0] if is_phrase and len(steps) == 1 else query.words.strip())
        tips = [_("Footage that is still being indexed is not searched yet.")] if self._is_incomplete else []
        if query.scope is Scope.PUBLIC:
            tips = [] if query.platform is None else [_("There may be something on another platform.")]
        if query.inside is not None:
            tips.insert(0, _("Only one clip was searched."))
        if query.floor and len(steps) > 1:
            tips.insert(0, _("What follows one another must all be close enough; a lower strictness lets weaker in."))
        if query.picture is not None:
            tips.insert(0, _("A lower similarity lets less alike frames in."))
        self._ways_out = ways_out(query)
        without = self._without[: len(self._ways_out)]
        for button, (words, _filters) in zip(without, self._ways_out, strict=True):
            button.setText(words.replace("&", "&&"))
        if self._ways_out:
            tips.insert(0, _("Filters are on; without one of them there may be something."))
        if is_phrase:
            tips.insert(0, _("Words in quotes are found only where speech was understood exactly so."))
        is_seen = query.picture is None and not is_phrase and query.scope in {Scope.ALL, Scope.SEEN, Scope.IMAGE}
        helps = self._offers_models and is_seen
        if helps:
            tips.insert(0, _WITHOUT_MODEL)
        self._say(
            _("Nothing found for “{asked}”").format(asked=asked),
            " ".join(tips),
            *without,
            *([self._models] if helps else []),
        )
        self._unanswered = query

    def show_closest(self, best: Found, floor: float) -> None:
        """Everything that was found is below the floor: the best of it."""
        begins = times_of(best, None).split(" – ", maxsplit=1)[0]
        where = _("“{name}” at {time}") if begins else _("“{name}”")
        text = _("The closest was {moment}, with a score of {score}. {floor} was asked for.").format(
            moment=where.format(name=name_of(best), time=begins),
            score=number(best.score or 0, 2),
            floor=floor_words(floor),
        )
        self._say(_("Nothing is close enough"), text, self._closest)

    def show_error(self, error: AppError) -> None:
        """A search that failed."""
        self._details = error.details
        shown = [self._retry] if error.retryable else []
        hint = error.hint.replace(":", ":\u200b")  # a fingerprint must not ask for more room than there is
        self._say(error.message, hint, *shown, *([self._copy] if error.details else []))

    def _say(self, heading: str, text: str, *buttons: QPushButton) -> None:
        self._unanswered = None
        self._heading.setText(heading)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        for button in self._buttons:
            button.setVisible(button in buttons)

    def _on_without_clicked(self, number: int, *_checked: bool) -> None:
        self.filters_relaxed.emit(self._ways_out[number][1])

    def _on_copy_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._details)


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return label


def _button(text: str, icon_name: str, role: str = "") -> QPushButton:
    button = QPushButton(text)
    button.setProperty("role", role)
    button.setMinimumWidth(200)
    if icon_name and role != "primary":
        button.setIcon(icon(icon_name))
    return button
