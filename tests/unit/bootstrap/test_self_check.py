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
from desktop_search.bootstrap.self_check import Check, run_self_check
from desktop_search.core.errors import EngineUnavailable
from desktop_search.player.locator import Missing
from desktop_search.settings.folders import Folders


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
    assert set(report["checks"]) == {"libvlc", "libvlc_plugins", "keyring", "folders", "resources", "engine"}
    assert Path(report["checks"]["folders"]["data"]).is_relative_to(profile_home)


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
