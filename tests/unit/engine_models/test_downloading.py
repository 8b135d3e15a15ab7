"""Fetching models by the real command and the real huggingface_hub, from a hub on the loopback."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_search.core.errors import DiskFull
from desktop_search.engine.model_store.catalogue import load_catalogue
from desktop_search.engine.model_store.fetching import fetch_model
from desktop_search.engine.model_store.hub import Hub
from desktop_search.engine.model_store.models import Models
from tests.support.model_folders import COMMIT, FILES, entry, sha256, write_catalogue
from tests.support.model_hub import ModelHub, model_hub
from tests.support.models_command import Ended, end, run, start
from tests.support.waiting import wait_until
from tests.unit.engine_models.conftest import make_work

VISION = "onnx/vision_model.onnx"


@pytest.fixture
def hub() -> Iterator[ModelHub]:
    with model_hub() as running:
        running.repos = {"tests/tiny": dict(FILES), "tests/loose": dict(FILES), "tests/shared": dict(FILES)}
        yield running


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    entries = entry("tiny"), entry("loose", pinned=False), entry("shared")
    return write_catalogue(tmp_path / "catalogue.json", *entries)


class Fetching:
    """`models download` with the catalogue of these tests."""

    def __init__(self, hub: ModelHub, folder: Path, own: Path) -> None:
        self._hub, self.folder = hub, folder
        self._more = ("--catalogue", str(own))

    def run(self, model_id: str = "tiny", **environment: str) -> Ended:
        return run(self.folder, "download", model_id, *self._more, **self._hub.environment | environment)

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        return start(self.folder, "download", "tiny", *self._more, *arguments, **self._hub.environment)

    def held_back(self, *arguments: str, at: int = 150_000) -> subprocess.Popen[str]:
        """A download that stands still after `at` bytes of the first file, all of which are on the disk."""
        self._hub.hold_after[VISION] = at
        process = self.start(*arguments)
        assert self._hub.holding.wait(60)
        part = self.folder / ".incoming/tiny" / f"{VISION}.part"
        wait_until(lambda: part.is_file() and part.stat().st_size == at, "the bytes that were sent are kept")
        self._hub.hold_after.clear()
        return process

    def is_whole(self, model_id: str = "tiny") -> bool:
        place = self.folder / model_id
        return all((place / path).read_bytes() == content for path, content in FILES.items())


@pytest.fixture
def fetching(hub: ModelHub, folder: Path, own: Path) -> Fetching:
    return Fetching(hub, folder, own)


def test_a_whole_download_is_verified_and_in_use(fetching: Fetching, hub: ModelHub, folder: Path) -> None:
    ended = fetching.run()
    assert ended.done["in_use"] is True
    assert ended.code == 0
    assert fetching.is_whole()
    chosen = Models(folder).chosen().seen
    assert chosen is not None
    assert chosen.revision == COMMIT
    fetched = [progress for progress in ended.progress if progress["stage"] == "fetching"]
    assert [progress["done_bytes"] for progress in fetched] == sorted(progress["done_bytes"] for progress in fetched)
    assert fetched[-1]["done_bytes"] == fetched[-1]["total_bytes"] == 300_014
    assert {progress["file"] for progress in fetched} == set(FILES)
    assert {progress["stage"] for progress in ended.progress} == {"fetching", "verifying", "trying"}
    assert not (folder / ".incoming" / "tiny").exists()


def test_what_is_pinned_needs_no_word_of_the_hub_and_no_secret_is_sent(
    fetching: Fetching, hub: ModelHub, profile_home: Path
) -> None:
    (profile_home / ".cache/huggingface").mkdir(parents=True)
    (profile_home / ".cache/huggingface/token").write_text("hf_secret")
    assert fetching.run(HF_TOKEN="hf_secret").code == 0
    assert [path for _, path, _ in hub.requests] == [f"/tests/tiny/resolve/{COMMIT}/{path}" for path in FILES]
    assert "hf_secret" not in json.dumps(hub.headers)
    assert [path.name for path in (profile_home / ".cache/huggingface").rglob("*") if path.is_file()] == ["token"]


def test_what_is_not_pinned_is_written_down_as_the_hub_says_it(fetching: Fetching, folder: Path) -> None:
    assert fetching.run("loose").done["revision"] == COMMIT
    manifest = json.loads((folder / "loose" / "model.json").read_text())
    assert manifest["revision"] == COMMIT
    assert [(file["path"], file["sha256"], file["sha256_from"]) for file in manifest["files"]] == [
        (path, sha256(content), "hub") for path, content in FILES.items()
    ]


@pytest.mark.parametrize("path", [VISION, "tokenizer.json"])
def test_what_the_hub_says_and_what_it_sends_must_agree(fetching: Fetching, hub: ModelHub, path: str) -> None:
    content = FILES[path]
    hub.sent_instead[path] = content[:-1] + b"!"
    ended = fetching.run("loose")
    assert ended.code == 2
    assert f"checksum of {path}" in ended.failed["message"]
    assert not Models(fetching.folder).installed()


def test_a_connection_that_is_cut_is_taken_up_again(fetching: Fetching, hub: ModelHub) -> None:
    hub.cut_after[VISION] = [70_000, 140_001]
    assert fetching.run().code == 0
    assert fetching.is_whole()
    assert hub.sent(VISION) == ["", "bytes=70000-", "bytes=140001-"]


def test_a_hub_that_sends_no_parts_is_asked_for_the_whole(fetching: Fetching, hub: ModelHub) -> None:
    hub.ranges = False
    hub.cut_after[VISION] = [70_000]
    assert fetching.run().code == 0
    assert fetching.is_whole()


def test_after_a_kill_it_goes_on_where_it_was(fetching: Fetching, hub: ModelHub) -> None:
    process = fetching.held_back()
    process.kill()
    end_code = process.wait(30)
    assert end_code == -signal.SIGKILL
    for stream in (process.stdin, process.stdout, process.stderr):
        assert stream is not None
        stream.close()
    listed = run(fetching.folder, "list", *fetching._more).lines[0]["models"]
    assert next(row for row in listed if row["id"] == "tiny")["partial_bytes"] >= 150_000
    ended = fetching.run()
    assert ended.code == 0
    assert fetching.is_whole()
    assert hub.sent(VISION) == ["", "bytes=150000-"]
    assert (
        next(each for each in ended.progress if each["stage"] == "fetching" and each["done_bytes"] > 0)["done_bytes"]
        >= 150_000
    )


def test_a_beginning_that_was_spoilt_is_fetched_again(fetching: Fetching, hub: ModelHub) -> None:
    process = fetching.held_back()
    process.terminate()
    assert end(process).code == 4
    part = fetching.folder / ".incoming/tiny" / f"{VISION}.part"
    part.write_bytes(b"\0" * part.stat().st_size)
    assert fetching.run().code == 0
    assert fetching.is_whole()
    assert hub.sent(VISION) == ["", "bytes=150000-", ""]


@pytest.mark.parametrize("way", ["terminate", "interrupt", "parent"])
def test_cancelling_ends_it_though_the_hub_is_silent(fetching: Fetching, way: str) -> None:
    process = fetching.held_back("--with-parent")
    if way == "terminate":
        process.terminate()
    elif way == "interrupt":
        process.send_signal(signal.SIGINT)
    ended = end(process)  # closes its standard input
    assert ended.code == 4
    assert (ended.failed["cancelled"], ended.failed["message"]) == (True, "Cancelled.")
    assert not Models(fetching.folder).installed()


def test_without_with_parent_a_closed_input_ends_nothing(fetching: Fetching, hub: ModelHub) -> None:
    process = fetching.held_back()
    assert process.stdin is not None
    process.stdin.close()
    process.stdin = None
    hub.let_go.set()
    assert end(process).code == 0


def test_two_at_once_are_refused(fetching: Fetching) -> None:
    process = fetching.held_back()
    second = fetching.run()
    assert second.code == 2
    assert second.failed["message"] == "Another process is working on the model “tiny”."
    process.terminate()
    assert end(process).code == 4


def test_a_pinned_file_that_is_another_is_refused(fetching: Fetching, hub: ModelHub) -> None:
    hub.sent_instead[VISION] = b"evil" * 50_000
    ended = fetching.run()
    assert ended.code == 2
    assert f"checksum of {VISION}" in ended.failed["message"]
    assert hub.sent(VISION) == [""], "not fetched twice for nothing"
    del hub.sent_instead[VISION]
    assert fetching.run().code == 0


def test_more_bytes_than_there_should_be_are_not_taken(fetching: Fetching, hub: ModelHub) -> None:
    hub.sent_instead[VISION] = FILES[VISION] + b"x" * 1_000_000
    ended = fetching.run()
    assert "more than the 200000 bytes" in ended.failed["message"]
    assert run(fetching.folder, "list").lines[0]["disk_bytes"] < 300_000


def test_a_repository_or_file_that_is_gone_is_said(fetching: Fetching, hub: ModelHub) -> None:
    hub.statuses["tokenizer.json"] = 404
    ended = fetching.run()
    assert (ended.code, ended.failed["retryable"]) == (2, False)
    assert "has no “tests/tiny/tokenizer.json”" in ended.failed["message"]
    del hub.repos["tests/loose"]
    assert "has no “tests/loose”" in fetching.run("loose").failed["message"]
    hub.repos["tests/loose"] = {VISION: FILES[VISION]}
    assert "has no onnx/text_model.onnx in “tests/loose”" in fetching.run("loose").failed["message"]


def test_a_hub_with_trouble_may_be_asked_later(fetching: Fetching, hub: ModelHub) -> None:
    hub.statuses["api"] = 503
    ended = fetching.run("loose")
    assert (ended.code, ended.failed["retryable"]) == (3, True)
    assert "has trouble (status 503)" in ended.failed["message"]


def test_without_a_network_it_says_so_and_keeps_what_it_has(
    fetching: Fetching, hub: ModelHub, folder: Path, own: Path
) -> None:
    process = fetching.held_back()
    process.terminate()
    end(process)
    nobody = {"HF_ENDPOINT": "http://127.0.0.1:9"}
    for model_id in ("tiny", "loose"):
        ended = fetching.run(model_id, **nobody)
        assert (ended.code, ended.failed["retryable"]) == (3, True)
        assert ended.failed["message"] == "The model hub cannot be reached."
        assert "What was fetched so far is kept" in ended.failed["hint"]
    assert fetching.run().code == 0
    assert hub.sent(VISION)[-1] == "bytes=150000-"


def test_a_model_that_is_here_is_not_fetched_again(fetching: Fetching, hub: ModelHub) -> None:
    assert fetching.run().code == 0
    asked = len(hub.requests)
    assert fetching.run().done["usable"] is True
    assert len(hub.requests) == asked


def test_settings_that_a_newer_catalogue_has_are_taken_over(
    fetching: Fetching, hub: ModelHub, folder: Path, own: Path
) -> None:
    assert fetching.run().code == 0
    asked = len(hub.requests)
    write_catalogue(own, entry("tiny", settings={"dim": 16}))
    assert fetching.run().code == 0
    assert len(hub.requests) == asked, "the files are the same"
    chosen = Models(folder).chosen().seen
    assert chosen is not None
    assert chosen.settings == {"dim": 16}


def test_files_that_another_model_has_are_taken_over(fetching: Fetching, hub: ModelHub, folder: Path) -> None:
    assert fetching.run().code == 0
    asked = len(hub.requests)
    (folder / "tiny" / "tokenizer.json").write_bytes(b'{"tokens": !}')  # as long, and spoilt: it must not spread
    assert fetching.run("shared").code == 0
    assert [path for _, path, _ in hub.requests[asked:]] == [f"/tests/shared/resolve/{COMMIT}/tokenizer.json"]
    assert fetching.is_whole("shared")


def test_a_spoilt_model_is_mended_by_fetching_it_again(fetching: Fetching, hub: ModelHub, folder: Path) -> None:
    assert fetching.run().code == 0
    os.truncate(folder / "tiny" / VISION, 10)
    asked = len(hub.requests)
    assert fetching.run().code == 0
    assert fetching.is_whole()
    assert len(hub.requests) == asked + 1


def test_a_branch_that_moved_brings_the_new_files(fetching: Fetching, hub: ModelHub, folder: Path) -> None:
    assert fetching.run("loose").code == 0
    hub.commit = "f" * 40
    hub.repos["tests/loose"]["tokenizer.json"] = b'{"tokens": [1]}'
    assert fetching.run("loose").done["revision"] == "f" * 40
    assert (folder / "loose" / "tokenizer.json").read_bytes() == b'{"tokens": [1]}'


def test_a_branch_that_moves_in_between_does_not_mix_two_revisions(fetching: Fetching, hub: ModelHub) -> None:
    hub.statuses["tokenizer.json"] = 404
    assert fetching.run("loose").code == 2
    hub.statuses.clear()
    hub.repos["tests/loose"][VISION] = b"other" * 50_000
    assert fetching.run("loose").done["revision"] == COMMIT
    assert fetching.is_whole("loose")


def test_a_disk_without_room_is_said_before_anything_is_fetched(
    hub: ModelHub, folder: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.ENDPOINT", hub.url)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(10**9, 10**9, 1000))
    with pytest.raises(DiskFull, match="no room for the model: 0 MB are needed, 0 MB are free"):
        fetch_model(make_work(Models(folder)), load_catalogue(own).get("tiny"), Hub())
    assert hub.requests == []


def test_a_check_that_hangs_can_be_cancelled(hub: ModelHub, folder: Path, own: Path) -> None:
    process = start(folder, "download", "tiny", "--catalogue", str(own), check="hangs", **hub.environment)
    wait_until(lambda: Models(folder).find("tiny") is not None, "the model is in its place")
    process.terminate()
    assert end(process).code == 4
    assert Models(folder).get("tiny").problem == "Its check did not come to an end."
    assert run(folder, "check", "tiny", "--catalogue", str(own)).done["in_use"] is True


def test_the_hub_is_not_asked_where_the_environment_forbids_it(fetching: Fetching, hub: ModelHub) -> None:
    ended = fetching.run(HF_HUB_OFFLINE="1")
    assert ended.code == 3
    assert "HF_HUB_OFFLINE is set" in ended.failed["message"]
    assert hub.requests == []


def test_a_model_that_fails_its_check_stays_but_is_not_used(hub: ModelHub, folder: Path, own: Path) -> None:
    asked: tuple[Any, ...] = ("download", "tiny", "--catalogue", str(own))
    ended = run(folder, *asked, check="fails", **hub.environment)
    assert ended.code == 2
    assert "did not pass its check: A picture of a boat was taken for a cat." in ended.failed["message"]
    assert Models(folder).chosen().seen is None
    assert run(folder, *asked, **hub.environment).done["usable"] is True
    assert len(hub.sent(VISION)) == 1, "its files are right and not fetched again"
