"""Contact sheets: every range with its very first frame, as HTML and as PDF."""

from __future__ import annotations

import base64
import html
import io
import re
import resource
import subprocess
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest
from PIL import Image
from pytestqt.qtbot import QtBot

from desktop_search.core.errors import AppError, Cancelled
from desktop_search.core.handing_over import Form, Progress, Stage
from desktop_search.core.selects import Select
from desktop_search.core.token import CancelToken
from desktop_search.services.contact_sheets import ContactSheets
from desktop_search.services.handing_over import HandOver
from desktop_search.ui.selects.sheet_pdf import write_sheet_pdf
from tests.clips import Clip, Scene, Shape, read_frame_number
from tests.clips.fixtures import ClipCache

pytestmark = pytest.mark.display
FRAMES = (40, 3, 21, 60, 5, 33, 1, 2, 70, 44, 11, 12, 50)  # in no order; one more than fits on a page


@pytest.fixture
def clip(clips: ClipCache) -> Clip:
    scenes = [Scene(3, "teal", shape=Shape.BALL)]
    return clips.get("Köln <1> & 'x'.mov", scenes, rate=Fraction(25), timecode="10:00:00:00", clip_id=3)


@pytest.fixture
def selects(clip: Clip) -> list[Select]:
    return [
        Select(
            0, 1, "", clip.path, ("local", "default", "VI1"), clip.path.name, frame * 40, frame * 40 + 80,
            f"note <{frame}> & more", frame % 6, "red" if frame % 2 else "", ("night", "b&w"),
        )
        for frame in FRAMES
    ]  # fmt: skip


def export(selects: list[Select], form: Form, target: Path) -> list[Progress]:
    """As the window does it: in another thread."""
    told: list[Progress] = []

    def work() -> str:
        sheets = ContactSheets(HandOver(), write_sheet_pdf)
        return sheets.export(selects, form, target, CancelToken(), told.append).said

    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(work).result(timeout=60) == "13 entries written"
    return told


def test_html_holds_every_range_with_its_first_frame(selects: list[Select], tmp_path: Path) -> None:
    target = tmp_path / "Rough & cut.html"
    told = export(selects, Form.HTML, target)
    assert told[-1] == Progress(Stage.PICTURES, 13, 13)
    text = target.read_text(encoding="utf-8")
    pictures = re.findall(r'src="data:image/jpeg;base64,([^"]+)"', text)
    numbers = [read_frame_number(Image.open(io.BytesIO(base64.b64decode(data)))) for data in pictures]
    assert tuple(numbers) == FRAMES
    assert "<h1>Rough &amp; cut</h1>" in text
    said = html.unescape(re.sub(r"<[^>]*>", "", re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL)))
    assert "10:00:01:15 – 10:00:01:17 · 00:00:00:02" in said
    assert "note <40> & more" in said
    assert "13 ranges, 00:00:01:01 in all" in said
    assert not re.search(r'(src|href)="(?!data:)', text)


def test_pdf_holds_them_on_numbered_pages(qtbot: QtBot, selects: list[Select], tmp_path: Path) -> None:
    target = tmp_path / "cut.pdf"
    export(selects, Form.PDF, target)
    text = subprocess.run(["pdftotext", "-layout", target, "-"], check=True, capture_output=True, text=True).stdout
    assert "Page 1 of 2" in text
    assert "Page 2 of 2" in text
    for frame in FRAMES:
        assert f"note <{frame}> & more" in text
    assert "10:00:01:15 – 10:00:01:17 · 00:00:00:02" in text
    subprocess.run(["pdftoppm", "-png", "-r", "200", target, tmp_path / "page"], check=True)
    pages = sorted(tmp_path.glob("page*.png"))
    assert len(pages) == 2
    with Image.open(pages[1]) as page:
        assert read_frame_number(page) == FRAMES[12]


@pytest.mark.parametrize("form", [Form.HTML, Form.PDF])
def test_what_cannot_be_written_leaves_nothing(qtbot: QtBot, selects: list[Select], tmp_path: Path, form: Form) -> None:
    with pytest.raises(AppError, match="could not be written"):
        export(selects, form, tmp_path / "no" / f"a{form.suffix}")
    token = CancelToken()

    def stop(told: Progress) -> None:
        if told.stage is Stage.PICTURES:
            token.cancel()

    with pytest.raises(Cancelled):
        ContactSheets(HandOver(), write_sheet_pdf).export(selects, form, tmp_path / "a", token, stop)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("form", [Form.HTML, Form.PDF])
def test_a_full_disk_is_noticed(qtbot: QtBot, selects: list[Select], tmp_path: Path, form: Form) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, hard))  # room for each picture, not for the sheet
    try:
        with pytest.raises(AppError):
            export(selects, form, tmp_path / f"a{form.suffix}")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert not list(tmp_path.iterdir())
