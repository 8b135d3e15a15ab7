"""What to import from the web: addresses, creators or hashtags; each problem stands by its field."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_search.core.footage import FootageDetails
from desktop_search.core.import_wishes import Reading, Source, Typed, cost_words, read
from desktop_search.core.imports import POSTS_MAX, POSTS_OF_CREATOR, POSTS_OF_TAG, QUALITIES, QUALITY_DEFAULT
from desktop_search.core.language import _
from desktop_search.core.library import THIS_COMPUTER, Library
from desktop_search.core.query import DEFAULT_NAMESPACE
from desktop_search.core.transfer_settings import PriceTable
from desktop_search.core.web_addresses import Site
from desktop_search.models.import_words import library_words
from desktop_search.ui.style.labels import say, wrapped_label
from desktop_search.ui.style.spins import indent

_TITLES = {Source.ADDRESSES: _("Addresses"), Source.CREATORS: _("Creators"), Source.HASHTAGS: _("Hashtags")}
_EXAMPLES = {
    Source.ADDRESSES: "https://media.example/pier.mp4\nhttps://www.youtube.com/watch?v=…",
    Source.CREATORS: "https://www.tiktok.com/@harbourmaster",
    Source.HASHTAGS: _("#harbour, #fog"),
}
_TIPS = {
    Source.ADDRESSES: _("Video files, and posts on TikTok, YouTube or Instagram; one address to a line"),
    Source.CREATORS: _("The newest posts of each profile; one address to a line"),
    Source.HASHTAGS: _("The newest posts with each hashtag on TikTok; separated by commas or lines"),
}
_COUNTS = {Source.CREATORS: POSTS_OF_CREATOR, Source.HASHTAGS: POSTS_OF_TAG}
_TEXT_HEIGHT_PX = 78
_WARNING = _("What goes there is permanent and visible to everybody who uses {library}; nobody can take it back.")
NOT_CONFIRMED = _("Tick this first: what is public stays public.")


class ImportForm(QWidget):
    """Collects what to import; sends nothing before its own button is pressed.

    Signals:
        import_asked(object): the tuple of `ImportWish` that the user wants.
    """

    import_asked = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._library, self._prices = THIS_COMPUTER, PriceTable()
        self._texts = dict.fromkeys(Source, "")
        self._counts = dict(_COUNTS)
        self._source = Source.ADDRESSES
        self._make_fields()
        self._lay_out()
        self._show_source()
        self._on_changed()

    def set_library(self, library: Library) -> None:
        """What is imported from now on goes there."""
        self._library = library
        self._warning.setText(_WARNING.format(library=library.title))
        self._on_changed()

    def set_prices(self, prices: PriceTable) -> None:
        """What is said about costs goes by these."""
        self._prices = prices
        self._on_changed()

    def offer(self, addresses: str) -> None:
        """Add lines to the addresses, as when links are dropped."""
        self.sources[Source.ADDRESSES].click()
        before = self.text.toPlainText().rstrip()
        self.text.setPlainText(f"{before}\n{addresses}" if before else addresses)
        self.text.setFocus(Qt.FocusReason.OtherFocusReason)

    def problem(self, name: str) -> str:
        """What stands below that field ("text", "namespace", "tags", "confirm"); "" when it is in order."""
        return self._problems[name].text()

    @property
    def recognised(self) -> str:
        """What the lines will be."""
        return self._recognised.text()

    @property
    def cost(self) -> str:
        """What importing may cost."""
        return self._cost.text()

    @property
    def warning(self) -> str:
        """What importing publicly means."""
        return self._warning.text()

    def typed(self) -> Typed:
        """The content of the form."""
        tags = tuple(dict.fromkeys(tag.strip() for tag in self.tags.text().split(",") if tag.strip()))
        return Typed(
            self._source,
            self.text.toPlainText(),
            is_public=self.public.isChecked(),
            count=self.count.value(),
            quality=str(self.quality.currentData()),
            details=FootageDetails(namespace=self.namespace.text().strip(), tags=tags),
        )

    def submit(self) -> None:
        """Ask for what is typed, or show what is wrong with it."""
        typed = self.typed()
        reading = read(typed, self._library)
        problems = {"text": reading.problem}
        if not typed.is_public:
            problems |= typed.details.problems()
        elif not self.confirm.isChecked():
            problems["confirm"] = NOT_CONFIRMED
        for name, label in self._problems.items():
            say(label, problems.get(name, ""))
        wrong = next((name for name in self._problems if problems.get(name)), "")
        if wrong:
            self._fields[wrong].setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.text.clear()
        self.confirm.setChecked(False)
        self.import_asked.emit(reading.wishes)

    def _on_changed(self) -> None:
        for label in self._problems.values():
            say(label, "")
        typed = self.typed()
        reading = read(typed, self._library)
        self._recognised.setText(reading.words or _TIPS[self._source])
        say(self._cost, cost_words(reading, typed, self._library, self._prices))
        self._show_what_applies(reading)
        words = _("Import publicly into {library}") if typed.is_public else _("Import into {library}")
        self.submit_button.setText(words.format(library=library_words(self._library.library_id)))

    def _show_what_applies(self, reading: Reading) -> None:
        is_public = self.public.isChecked()
        rows = (
            (self.count, self._source is not Source.ADDRESSES),
            (
                self.quality,
                self._source is Source.ADDRESSES and bool(reading.sites - {Site.FILE, Site.TIKTOK, Site.INSTAGRAM}),
            ),
            (self.namespace, not is_public),
            (self.tags, Site.FILE in reading.sites and not is_public),
        )
        for field, applies in rows:
            self._form.setRowVisible(field, applies)
        for widget in (self._warning, self.confirm):
            widget.setVisible(is_public)

    def _on_source_clicked(self, number: int) -> None:
        self._texts[self._source] = self.text.toPlainText()
        if self._source in self._counts:
            self._counts[self._source] = self.count.value()
        self._source = tuple(Source)[number]
        self._show_source()
        self._on_changed()

    def _show_source(self) -> None:
        self.text.setPlaceholderText(_EXAMPLES[self._source])
        self.text.setAccessibleName(_TITLES[self._source])
        self.text.setAccessibleDescription(_TIPS[self._source])
        self.text.setPlainText(self._texts[self._source])
        if self._source in self._counts:
            self.count.setValue(self._counts[self._source])

    def _make_fields(self) -> None:
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(_TEXT_HEIGHT_PX)
        self.text.textChanged.connect(self._on_changed)
        self.count = QSpinBox()
        self.count.setRange(1, POSTS_MAX)
        self.count.setAccessibleName(_("Posts of each"))
        indent(self.count)
        self.count.valueChanged.connect(self._on_changed)
        self.quality = QComboBox()
        self.quality.setAccessibleName(_("Quality of YouTube posts"))
        for height in QUALITIES:
            self.quality.addItem(_("{height} lines").format(height=height), height)
        self.quality.setCurrentIndex(QUALITIES.index(QUALITY_DEFAULT))
        self.namespace, self.tags = QLineEdit(DEFAULT_NAMESPACE), QLineEdit()
        self.namespace.setAccessibleName(_("Namespace"))
        self.tags.setAccessibleName(_("Tags of video files"))
        self.tags.setPlaceholderText(_("harbour, day 3 — for video files only; posts take none"))
        for field in (self.namespace, self.tags):
            field.textChanged.connect(self._on_changed)
            field.returnPressed.connect(self.submit)
        self.public = QCheckBox(_("Into the public library, for everybody"))
        self.confirm = QCheckBox(_("I know that, and want it all the same"))
        for box in (self.public, self.confirm):
            box.toggled.connect(self._on_changed)
        self.submit_button = QPushButton()
        self.submit_button.setProperty("role", "primary")
        self.submit_button.setAutoDefault(False)
        self.submit_button.clicked.connect(self.submit)
        self._recognised, self._cost = wrapped_label("caption"), wrapped_label("caption")
        self._warning = wrapped_label("problem", _WARNING.format(library=self._library.title))
        self._fields: dict[str, QWidget] = {
            "text": self.text,
            "namespace": self.namespace,
            "tags": self.tags,
            "confirm": self.confirm,
        }
        self._problems: dict[str, QLabel] = {name: wrapped_label("problem") for name in self._fields}

    def _source_buttons(self) -> QWidget:
        box = QWidget()
        row = QHBoxLayout(box)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        group = QButtonGroup(self)
        self.sources: dict[Source, QToolButton] = {}
        for number, source in enumerate(Source):
            button = self.sources[source] = QToolButton()
            button.setText(_TITLES[source])
            button.setToolTip(_TIPS[source])
            button.setProperty("role", "segment")
            button.setProperty("place", ("first", "middle", "last")[number])
            button.setCheckable(True)
            button.setChecked(source is self._source)
            button.setAccessibleName(_("Import: {kind}").format(kind=_TITLES[source]))
            group.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        group.idClicked.connect(self._on_source_clicked)
        return box

    def _lay_out(self) -> None:
        self._form = form = QFormLayout()
        form.setVerticalSpacing(6)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        form.addRow(_("Posts of each"), self.count)
        form.addRow(_("Quality"), self.quality)
        form.addRow(_("Namespace"), self.namespace)
        form.addRow(self._problems["namespace"])
        form.addRow(_("Tags"), self.tags)
        form.addRow(self._problems["tags"])
        foot = QHBoxLayout()
        foot.addWidget(self._cost, 1)
        foot.addWidget(self.submit_button, 0, Qt.AlignmentFlag.AlignRight)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for widget in (self._source_buttons(), self.text, self._problems["text"], self._recognised):
            column.addWidget(widget)
        column.addLayout(form)
        for widget in (self.public, self._warning, self.confirm, self._problems["confirm"]):
            column.addWidget(widget)
        column.addLayout(foot)
