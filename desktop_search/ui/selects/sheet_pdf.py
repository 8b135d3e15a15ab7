"""A contact sheet as a PDF: three by four ranges on a page of A4, with page numbers. Works off the GUI thread too."""

from __future__ import annotations

import errno
import os
from itertools import islice
from pathlib import Path

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop_search.core.contact_sheet import Sheet, SheetEntry
from desktop_search.core.language import _

_DPI = 144
_MARGIN_MM = 14.0
_COLUMNS, _ROWS = 3, 4
_GAP, _HEAD, _FOOT = 14.0, 60.0, 24.0  # in dots
_TITLE_PT, _TEXT_PT = 13.0, 7.5
_END_BYTES = 1024
_INK, _GREY, _STARS, _BLACK = QColor("#111111"), QColor("#666666"), QColor("#a86f00"), QColor("#000000")


def write_sheet_pdf(sheet: Sheet, target: Path) -> None:
    """Write the file. Raises OSError."""
    target.touch(exist_ok=False)
    writer = QPdfWriter(str(target))
    writer.setResolution(_DPI)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    size = QPageSize(QPageSize.PageSizeId.A4)
    writer.setPageLayout(QPageLayout(size, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    writer.setTitle(sheet.title)
    writer.setCreator("Desktop Search")
    painter = QPainter()
    if not painter.begin(writer):
        raise OSError("no page could be begun")
    try:
        _Pages(sheet, writer, painter).paint()
    finally:
        is_whole = painter.end()
    if not is_whole or not _has_end(target):  # Qt says nothing of a disk that is full
        raise OSError(errno.ENOSPC, "the file is not whole")


def _has_end(target: Path) -> bool:
    with target.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(0, file.tell() - _END_BYTES))
        return b"%%EOF" in file.read()


class _Pages:
    def __init__(self, sheet: Sheet, writer: QPdfWriter, painter: QPainter) -> None:
        self._sheet, self._writer, self._painter = sheet, writer, painter
        self._width, self._height = float(writer.width()), float(writer.height())

    def paint(self) -> None:
        entries, per_page = iter(self._sheet.entries), _COLUMNS * _ROWS
        pages = -(-len(self._sheet.entries) // per_page)
        for page in range(1, 1 + pages):
            if page > 1:
                self._writer.newPage()
            self._frame(page, pages)
            for place, entry in enumerate(islice(entries, per_page)):
                self._entry(entry, self._cell(place))

    def _frame(self, page: int, pages: int) -> None:
        head = QRectF(0, 0, self._width, _HEAD)
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        self._text(head, self._sheet.title, _INK, _TITLE_PT, top, bold=True)
        self._text(head.adjusted(0, _TITLE_PT * 2, 0, 0), self._sheet.summary, _GREY, _TEXT_PT, top)
        said = _("Page {page} of {pages}").format(page=page, pages=pages)
        foot = QRectF(0, self._height - _FOOT, self._width, _FOOT)
        self._text(foot, said, _GREY, _TEXT_PT, bottom | Qt.AlignmentFlag.AlignRight)

    def _cell(self, place: int) -> QRectF:
        row, column = divmod(place, _COLUMNS)
        width = (self._width - _GAP * (_COLUMNS - 1)) / _COLUMNS
        height = (self._height - _HEAD - _FOOT - _GAP * (_ROWS - 1)) / _ROWS
        return QRectF(column * (width + _GAP), _HEAD + row * (height + _GAP), width, height)

    def _entry(self, entry: SheetEntry, cell: QRectF) -> None:
        picture = QRectF(cell.x(), cell.y(), cell.width(), cell.width() * 9 / 16)
        self._painter.fillRect(picture, _BLACK)
        self._picture(QImage(str(entry.picture)), picture)
        colour = QColor.fromString(entry.colour) if entry.colour else QColor()
        if colour.isValid():
            self._painter.fillRect(QRectF(picture.x(), picture.bottom(), picture.width(), 4), colour)
        times = f"{entry.begins} – {entry.ends} · {entry.length}"
        lines = [(f"{entry.number} · {entry.name}", _INK, True), (times, _GREY, False)]
        lines += [("★" * entry.rating, _STARS, False)] * bool(entry.rating)
        top = picture.bottom() + 7
        for words, ink, bold in lines:
            top += self._text(QRectF(cell.x(), top, cell.width(), cell.bottom() - top), words, ink, bold=bold)
        rest = " · ".join(filter(None, (entry.note, ", ".join(entry.tags))))
        room = QRectF(cell.x(), top, cell.width(), cell.bottom() - top)
        if rest and room.height() > 0:
            self._wrapped(room, rest)

    def _picture(self, image: QImage, place: QRectF) -> None:
        if image.isNull():
            return
        size = image.size().scaled(place.size().toSize(), Qt.AspectRatioMode.KeepAspectRatio)
        fitted = QRectF(0, 0, size.width(), size.height())
        fitted.moveCenter(place.center())
        self._painter.drawImage(fitted, image)

    def _text(
        self,
        place: QRectF,
        words: str,
        ink: QColor,
        points: float = _TEXT_PT,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignTop,
        *,
        bold: bool = False,
    ) -> float:
        """One line, cut off in its middle where it is too long. Returns its height."""
        metrics = self._set_font(points, bold=bold)
        self._painter.setPen(ink)
        fitted = metrics.elidedText(words, Qt.TextElideMode.ElideMiddle, place.width())
        self._painter.drawText(place, int(align | Qt.TextFlag.TextSingleLine), fitted)
        return metrics.height()

    def _wrapped(self, place: QRectF, words: str) -> None:
        """As many lines as there is room for."""
        metrics = self._set_font(_TEXT_PT)
        room = int(place.height() / metrics.lineSpacing()) * metrics.lineSpacing()
        self._painter.setPen(_INK)
        clipped = QRectF(place.x(), place.y(), place.width(), room)
        self._painter.save()
        self._painter.setClipRect(clipped)
        self._painter.drawText(clipped, int(Qt.TextFlag.TextWrapAnywhere | Qt.TextFlag.TextWordWrap), words)
        self._painter.restore()

    def _set_font(self, points: float, *, bold: bool = False) -> QFontMetricsF:
        font = QFont()
        font.setPointSizeF(points)
        font.setBold(bold)
        self._painter.setFont(font)
        return QFontMetricsF(font, self._writer)
