"""The self-check: the truth about an installation, as JSON, whole or broken."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import keyring
import keyring.backends.fail
import pytest

from desktop_search.bootstrap import self_check
from desktop_search.bootstrap.self_check import Check, check_folders, check_picture, check_plugins, run_self_check
from desktop_search.core import journals
from desktop_search.core.drives import Drive
from desktop_search.core.errors import EngineUnavailable
from desktop_search.player import vlc_binding
from desktop_search.player.decoding import has_graphics_processor
from desktop_search.player.locator import Missing, find_libvlc
from desktop_search.player.picture_way import VARIABLE
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import Preferences


def report_of(folders: Folders) -> tuple[int, dict[str, Any]]:
    out = io.StringIO()
    code = run_self_check(folders, out)
    return code, json.loads(out.getvalue())


def test_a_whole_installation_passes_without_a_display(profile_home: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in ("DISPLAY", "QT_QPA_PLATFORM")}
    run = subprocess.run(
        [sys.executable, "-m", "desktop_search", "--self-check"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    report = json.loads(run.stdout)
    assert (run.returncode, report["failing"], report["ok"]) == (0, [], True), run.stdout
    assert all(report["versions"][name] for name in ("desktop_search", "python", "qt", "libvlc"))
    assert set(report["checks"]) == {"libvlc", "libvlc_plugins", "picture", "keyring", "folders", "resources", "engine"}
    assert Path(report["checks"]["folders"]["data"]).is_relative_to(profile_home)


@pytest.mark.parametrize(
    ("environment", "kept", "said"),
    [
        ({"DISPLAY": ":9"}, {}, ("xcb", "window", "automatic")),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":9"}, {}, ("xcb", "window", "automatic")),
        ({"WAYLAND_DISPLAY": "w"}, {}, ("wayland", "painted", "automatic")),
        ({"WAYLAND_DISPLAY": "w"}, {"picture_way": "window"}, ("wayland", "painted", "window")),
        ({"DISPLAY": ":9"}, {"picture_way": "painted"}, ("xcb", "painted", "painted")),
        (
            {"DISPLAY": ":9", VARIABLE: "window"},
            {"picture_way": "painted"},
            ("xcb", "window", "window"),
        ),
        (
            {
                "DISPLAY": ":9",
                "WAYLAND_DISPLAY": "w",
                "QT_QPA_PLATFORM": "wayland",
                VARIABLE: "painted",
            },
            {},
            ("wayland", "painted", "painted"),
        ),
    ],
)
def test_it_says_who_draws_the_video(
    monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], kept: dict[str, Any], said: tuple[str, str, str]
) -> None:
    monkeypatch.setattr(os, "environ", environment)
    facts = check_picture(Preferences(**kept)).facts
    assert (facts["platform"], facts["way"], facts["wanted"]) == said
    assert facts["reason"]
    assert "note" not in facts


def test_a_way_that_is_none_is_passed_over_and_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", {"DISPLAY": ":9", VARIABLE: "oil on canvas"})
    facts = check_picture(Preferences()).facts
    assert facts["way"] == "window"
    assert "oil on canvas" in str(facts["note"])


def test_it_says_who_decodes(monkeypatch: pytest.MonkeyPatch) -> None:
    assert check_picture(Preferences(hardware_decoding=False)).facts["decoding"] == "switched off"
    assert check_picture(Preferences()).facts["hardware_decoding"] is has_graphics_processor()


def test_a_broken_one_names_what_fails_and_checks_the_rest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_engine() -> Check:
        raise EngineUnavailable("It did not start.", details="its last words")

    def slip() -> Check:
        raise OSError("no such thing")

    monkeypatch.setattr(self_check, "find_libvlc", lambda: Missing("Install VLC."))
    monkeypatch.setattr(self_check, "check_engine", no_engine)
    monkeypatch.setattr(self_check, "check_resources", slip)
    (tmp_path / "data").write_text("in the way")
    code, report = report_of(Folders.for_user(tmp_path))
    assert code == 1
    assert report["failing"] == ["libvlc", "libvlc_plugins", "folders", "resources", "engine"]
    assert report["checks"]["libvlc"]["problem"] == "Install VLC."
    assert report["checks"]["engine"]["details"] == "its last words"
    assert report["checks"]["resources"]["problem"] == "OSError: no such thing"
    assert report["checks"]["keyring"]["ok"]


def test_a_vlc_that_cannot_decode_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "environ", dict(os.environ))  # it is told there where libVLC is
    monkeypatch.setattr(vlc_binding, "OPTIONS", (*vlc_binding.OPTIONS, "--codec=none"))
    assert "codecs are missing" in check_plugins(find_libvlc()).problem


@pytest.mark.parametrize(("is_network", "journal"), [(False, "wal"), (True, "truncate")])
def test_a_drive_of_the_network_is_said_but_is_no_failure(
    is_network: bool, journal: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in (self_check, journals):
        monkeypatch.setattr(module, "drive_of", lambda _folder: Drive("nfs4", is_network))
    check = check_folders(Folders.for_user(tmp_path))
    assert check.problem == ""
    assert (check.facts["drive"], check.facts["journal"]) == ("nfs4", journal)
    assert ("--profile-dir" in str(check.facts.get("note"))) is is_network


def test_no_keyring_is_said_but_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keyring.set_keyring(keyring.backends.fail.Keyring())  # type: ignore[no-untyped-call]
    monkeypatch.setattr(self_check, "check_engine", lambda: Check("engine"))
    code, report = report_of(Folders.for_user(tmp_path))
    assert code == 0
    assert report["checks"]["keyring"]["available"] is False
    assert "only until the program ends" in report["checks"]["keyring"]["note"]


@pytest.mark.keyring
def test_a_real_keyring_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(self_check, "check_engine", lambda: Check("engine"))
    _code, report = report_of(Folders.for_user(tmp_path))
    assert report["checks"]["keyring"]["available"] is True
    assert "SecretService" in report["checks"]["keyring"]["backend"]
