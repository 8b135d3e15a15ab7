from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from desktop_search.core.accounts import NamedKeys, Server
from desktop_search.core.arranging import Sort
from desktop_search.core.errors import DiskFull, FileProblem
from desktop_search.core.handles import Handles, HandleUnit
from desktop_search.core.result_rows import PER_CLIP_MAX, Arrangement
from desktop_search.player.picture_way import PictureWay
from desktop_search.settings.preferences import PICTURE_WAYS, Preferences, PreferencesStore
from tests.support.logs import ExpectedLogs

STUDIO = (Server("https://studio:8080", "Studio", "a1" * 32), Server("http://attic"))
CHOSEN = Preferences("light", "memories.ai", STUDIO, 35, "layout==")


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "preferences.json"


def test_what_was_saved_is_loaded(file: Path) -> None:
    PreferencesStore(file).save(CHOSEN)
    assert PreferencesStore(file).load() == CHOSEN
    assert [path.name for path in file.parent.iterdir()] == ["preferences.json"]


def test_defaults_without_a_file_and_without_a_notice(file: Path) -> None:
    store = PreferencesStore(file)
    assert store.load() == Preferences()
    assert store.notice == ""
    assert not file.exists()


def test_updating_changes_one_thing(file: Path) -> None:
    store = PreferencesStore(file)
    store.save(CHOSEN)
    assert store.update(volume=10).volume == 10
    assert store.load() == Preferences("light", "memories.ai", STUDIO, 10, "layout==")


def test_the_ways_to_draw_video_are_those_of_the_player() -> None:
    assert set(PICTURE_WAYS) == {way.value for way in PictureWay}


def test_a_glance_changes_nothing(file: Path) -> None:
    store = PreferencesStore(file)
    assert store.glance() == Preferences()
    store.save(CHOSEN)
    assert store.glance() == CHOSEN
    for content in (b"{", b"[1]"):
        file.write_bytes(content)
        assert store.glance() == Preferences()
        assert file.read_bytes() == content
    assert store.notice == ""


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[1]", b"null", b"[" * 100_000, b"\x00" * 500])
def test_a_damaged_file_is_set_aside_and_said(file: Path, content: bytes, expected_logs: ExpectedLogs) -> None:
    expected_logs.expect("preferences damaged")
    file.parent.mkdir()
    for number in (1, 2):
        file.write_bytes(content)
        store = PreferencesStore(file)
        assert store.load() == Preferences()
        assert f"preferences.json.damaged-{number}" in store.notice
        assert file.with_name(f"preferences.json.damaged-{number}").read_bytes() == content
        assert not file.exists()


def test_values_that_make_no_sense_become_defaults_and_the_rest_stays(file: Path) -> None:
    file.parent.mkdir()
    said = {
        "theme": "neon",
        "volume": 900,
        "library_id": 3,
        "custom_server": None,
        "window_layout": "g",
        "new": 1,
        "picture_way": "oil",
    }
    file.write_text(json.dumps(said))
    assert PreferencesStore(file).load() == Preferences(volume=100, window_layout="g")
    file.write_text(json.dumps({"handles_amount": 10**9, "handles_unit": "metres"}))
    assert PreferencesStore(file).load().handles == Handles(600, HandleUnit.FRAMES)
    file.write_text(json.dumps({"picture_way": "oil on canvas", "hardware_decoding": "yes"}))
    assert PreferencesStore(file).load() == Preferences()


def test_the_one_server_of_earlier_versions_is_kept(file: Path) -> None:
    file.parent.mkdir()
    file.write_text(json.dumps({"custom_server": "https://studio"}))
    assert PreferencesStore(file).load().servers == (Server("https://studio"),)


def test_a_pin_that_cannot_be_read_does_not_become_trust(file: Path) -> None:
    file.parent.mkdir()
    servers = [{"address": "https://a", "fingerprint": "ab"}, {"address": "https://b"}, {"name": "c"}, 7]
    file.write_text(json.dumps({"servers": servers, "keys": {"x": {"names": ["A", ""], "chosen": "B"}, "y": 3}}))
    assert PreferencesStore(file).load().servers == (Server("https://b"),)
    assert PreferencesStore(file).load().keys == {"x": NamedKeys(("A",), "")}


def test_a_file_that_cannot_be_read_is_said(file: Path) -> None:
    file.mkdir(parents=True)  # opening a folder fails for every user, root too
    store = PreferencesStore(file)
    assert store.load() == Preferences()
    assert "could not be read" in store.notice


def test_saving_where_nothing_can_be_saved(file: Path) -> None:
    file.parent.write_bytes(b"a file where a folder should be")
    with pytest.raises(FileProblem, match="could not be saved"):
        PreferencesStore(file).save(CHOSEN)


def test_a_full_disk_is_said_and_the_old_file_stays(file: Path) -> None:
    store = PreferencesStore(file)
    store.save(CHOSEN)
    file.with_name("preferences.json.new").symlink_to("/dev/full")
    with pytest.raises(DiskFull):
        store.save(Preferences())
    assert store.load() == CHOSEN


def test_savers_and_readers_at_the_same_time_never_meet_half_a_file(file: Path) -> None:
    store = PreferencesStore(file)
    store.save(CHOSEN)
    seen: list[Preferences] = []

    def work(number: int) -> None:
        for _ in range(10):
            store.save(Preferences(volume=number))
            seen.append(PreferencesStore(file).load())

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {each.volume for each in seen} <= set(range(4))


def test_changed_keys_are_kept_and_nonsense_is_ignored(file: Path) -> None:
    store = PreferencesStore(file)
    store.save(Preferences(shortcuts={"player.mute": ("X",), "file.quit": ()}, recent_commands=("player.mute",)))
    kept = PreferencesStore(file).load()
    assert (dict(kept.shortcuts), kept.recent_commands) == ({"player.mute": ("X",), "file.quit": ()}, ("player.mute",))
    said = {"player.mute": "X", "file.quit": [1], "no.such": ["F9"], "queue.edit": ["F9"], "queue.up": ["x" * 1000]}
    file.write_text(json.dumps({"shortcuts": said, "recent_commands": ["a", 3, None]}))
    odd = PreferencesStore(file).load()
    assert (dict(odd.shortcuts), odd.recent_commands) == ({"queue.edit": ("F9",), "queue.up": ()}, ("a",))
    file.write_text(json.dumps({"shortcuts": [], "recent_commands": {"a": 1}}))
    assert PreferencesStore(file).load() == Preferences()


def test_the_arrangement_of_results_is_kept_and_nonsense_is_ignored(file: Path) -> None:
    store = PreferencesStore(file)
    chosen = Arrangement(is_grid=True, sort=Sort.NAME, is_grouped=False, per_clip=7, shows_below=False)
    store.save(Preferences(results=chosen))
    assert PreferencesStore(file).load().results == chosen
    odd = {"is_grid": "yes", "sort": "by colour", "per_clip": 9000, "is_folded": False, "else": 1}
    file.write_text(json.dumps({"results": odd}))
    assert PreferencesStore(file).load().results == Arrangement(per_clip=PER_CLIP_MAX, is_folded=False)
    nonsense: object
    for nonsense in ([], None, "list", {"sort": []}, {"per_clip": True}):
        file.write_text(json.dumps({"results": nonsense}))
        assert PreferencesStore(file).load().results == Arrangement()
