"""ExifTool and MediaInfo: stand-ins print what the real ones do; one that hangs, fails or babbles costs nothing."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_search.core.errors import Cancelled
from desktop_search.core.token import CancelToken
from desktop_search.media.outside_tools import Told, ask_tools, has_tool
from tests.support.programs import write_program

EXIFTOOL = [
    {
        "SourceFile": "/card/00001.MTS",
        "Make": "Panasonic",
        "Model": "HC-X2000",
        "DateTimeOriginal": "2026:03:14 10:20:00+01:00 DST",
        "GPSLatitude": 48.8577,
        "GPSLongitude": -2.295,
        "TimeCode": "01:02:03:04",
    },
    {
        "SourceFile": "/card/C0001.MP4",
        "DeviceManufacturer": "Sony",
        "DeviceModelName": "ILME-FX6V",
        "CreationDateValue": "2026:03:14 10:20:00+01:00",
        "DateTimeOriginal": "0000:00:00 00:00:00",
    },
    {"SourceFile": "/card/bare.avi"},
]
GENERAL = {
    "@type": "General",
    "Encoded_Date": "2026-03-14 09:20:00 UTC",
    "Encoded_Hardware_CompanyName": "Sony",
    "Encoded_Hardware_Name": "ILME-FX6V",
    "Recorded_Location": "+48.8577-002.2950/",
}
TIME_CODE = {"@type": "Other", "Type": "Time code", "TimeCode_FirstFrame": "01:02:03:04"}
TAKEN = datetime(2026, 3, 14, 9, 20, tzinfo=UTC)
HANG = "threading.Event().wait()"
PATHS = [Path("/card/00001.MTS"), Path("/card/C0001.MP4"), Path("/card/bare.avi"), Path("/card/unknown.avi")]


@pytest.fixture
def tools(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder in which programs are looked for."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))
    return folder


def stand_in(tools: Path, name: str, code: str) -> None:
    write_program(tools / name, f"import sys, threading\n{code}\n")


def printing(answer: object) -> str:
    return f"print({json.dumps(answer)!r})"


def test_without_a_tool_nothing_is_told(tools: Path) -> None:
    assert not has_tool()
    assert ask_tools(PATHS, CancelToken(), 10) == {}


def test_exiftool_is_asked_once_for_all_files(tools: Path) -> None:
    log = tools / "asked"
    stand_in(tools, "exiftool", f"open({str(log)!r}, 'a').write(repr(sys.argv[1:]) + '\\n')\n{printing(EXIFTOOL)}")
    told = ask_tools(PATHS, CancelToken(), 10)
    assert told == {
        PATHS[0]: Told(TAKEN, "Panasonic HC-X2000", 48.8577, -2.295, "01:02:03:04"),
        PATHS[1]: Told(TAKEN, "Sony ILME-FX6V"),
        PATHS[2]: Told(),
    }
    (asked,) = log.read_text().splitlines()
    assert "'-json'" in asked
    assert all(repr(str(path)) in asked for path in PATHS)


@pytest.mark.parametrize("encoded", ["2026-03-14 09:20:00 UTC", "UTC 2026-03-14 09:20:00"])
def test_mediainfo_of_one_and_of_many(tools: Path, encoded: str) -> None:
    media = {"media": {"@ref": "/card/00001.MTS", "track": [GENERAL | {"Encoded_Date": encoded}, TIME_CODE]}}
    bare = {"media": {"@ref": "/card/bare.avi", "track": [{"@type": "General"}]}}
    expected = Told(TAKEN, "Sony ILME-FX6V", 48.8577, -2.295, "01:02:03:04")
    stand_in(tools, "mediainfo", printing(media))
    assert ask_tools(PATHS[:1], CancelToken(), 10) == {PATHS[0]: expected}
    stand_in(tools, "mediainfo", printing([media, bare]))
    assert ask_tools(PATHS, CancelToken(), 10) == {PATHS[0]: expected, PATHS[2]: Told()}


@pytest.mark.parametrize(
    "code",
    ["threading.Event().wait()", "sys.exit(1)", "print('no JSON')", "print('{}')", "print('[1]')", "print('[{}]')"],
)
@pytest.mark.parametrize("name", ["exiftool", "mediainfo"])
def test_a_tool_that_misbehaves_tells_nothing(tools: Path, name: str, code: str) -> None:
    stand_in(tools, name, code)
    assert ask_tools(PATHS, CancelToken(), 1) == {}


def test_a_tool_that_cannot_be_started_tells_nothing(tools: Path) -> None:
    (tools / "exiftool").write_text("#!/nowhere/at-all\n")
    (tools / "exiftool").chmod(0o755)
    assert ask_tools(PATHS, CancelToken(), 10) == {}


def test_asking_can_be_cancelled(tools: Path) -> None:
    stand_in(tools, "exiftool", HANG)
    token = CancelToken()
    token.cancel()
    with pytest.raises(Cancelled):
        ask_tools(PATHS, token, 60)
