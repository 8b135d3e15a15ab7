"""The engine as a process: how it starts, whom it answers, how it ends."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import KEY, EngineChild
from tests.support.waiting import wait_until


def _children(pid: int) -> list[int]:
    lists = [file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/children")]
    return [int(each) for text in lists for each in text.split()]


def _is_gone(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except OSError:
        return True


def test_says_where_it_listens_and_who_it_is(engine: EngineChild) -> None:
    assert set(engine.ready) == {"url", "pid"}
    assert engine.ready["pid"] == engine.process.pid
    assert engine.url.startswith("http://127.0.0.1:")
    assert engine.get("/list_unique_ids").data == {"unique_ids": []}


def test_makes_a_private_key_where_none_is_given(tmp_path: Path) -> None:
    with EngineChild(tmp_path / "data", key=None) as child:
        file = tmp_path / "data" / "engine.key"
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        child.key = file.read_text().strip()
        assert len(child.key) > 30
        assert child.get("/list_unique_ids").status == 200


def test_reads_the_key_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "my.key"
    file.write_text("sk-from-file\n")
    with EngineChild(tmp_path / "data", "--key-file", str(file), key=None) as child:
        child.key = "sk-from-file"
        assert child.get("/list_unique_ids").status == 200
        assert not (tmp_path / "data" / "engine.key").exists()


@pytest.mark.parametrize("content", ["", " \n"])
def test_an_empty_key_file_is_refused(tmp_path: Path, content: str) -> None:
    file = tmp_path / "my.key"
    file.write_text(content)
    child = EngineChild(tmp_path / "data", "--key-file", str(file))
    assert child.stop() == 2
    assert "is empty" in child.log


def test_children_do_not_inherit_the_key(engine: EngineChild, clips: ClipCache) -> None:
    engine.wait_indexed(engine.add_in_place(clips.silent().path))
    children = _children(engine.process.pid)
    assert children
    for child in children:
        assert KEY.encode() not in Path(f"/proc/{child}/environ").read_bytes()
        assert KEY.encode() not in Path(f"/proc/{child}/cmdline").read_bytes()


def test_footage_is_read_with_lower_priority(engine: EngineChild, clips: ClipCache) -> None:
    own = os.getpriority(os.PRIO_PROCESS, engine.process.pid)
    engine.wait_indexed(engine.add_in_place(clips.silent().path))
    programs = {pid: Path(f"/proc/{pid}/cmdline").read_bytes() for pid in _children(engine.process.pid)}
    workers = [pid for pid, program in programs.items() if b"spawn_main" in program]
    assert workers
    assert {os.getpriority(os.PRIO_PROCESS, pid) for pid in workers} == {min(19, own + 10)}


def test_a_second_engine_on_the_same_folder_is_refused(engine: EngineChild) -> None:
    second = EngineChild(engine.data_dir)
    assert second.stop() == 2
    assert "Another engine is already running" in second.log
    assert "Traceback" not in second.log


@pytest.mark.parametrize("seconds", ["0", "often", "nan"])
def test_how_often_to_look_is_a_number_within_reason(tmp_path: Path, seconds: str) -> None:
    child = EngineChild(tmp_path / "data", "--look-every", seconds)
    assert child.stop() == 2
    assert "is no number of seconds from 0.05 to 86400" in child.log


def test_a_taken_port_is_said(engine: EngineChild, tmp_path: Path) -> None:
    second = EngineChild(tmp_path / "other", "--port", engine.url.rpartition(":")[2])
    assert second.stop() == 2
    assert "Cannot listen on" in second.log


def test_a_file_in_the_place_of_the_folder_is_said(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("not a folder")
    child = EngineChild(tmp_path / "data")
    assert child.stop() == 2
    assert "cannot be used" in child.log


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_it_cleanly(engine: EngineChild, clips: ClipCache, number: signal.Signals) -> None:
    engine.wait_indexed(engine.add_in_place(clips.silent().path))
    children = _children(engine.process.pid)
    engine.process.send_signal(number)
    assert engine.process.wait(30) == 0
    wait_until(lambda: all(_is_gone(child) for child in children), "its processes ended")
    assert "Traceback" not in engine.log


def test_ends_when_standard_input_closes(tmp_path: Path) -> None:
    with EngineChild(tmp_path / "data", "--with-parent") as child:
        assert child.process.stdin is not None
        child.process.stdin.close()
        assert child.process.wait(30) == 0


def test_ends_with_a_parent_that_is_killed(tmp_path: Path, clips: ClipCache) -> None:
    program = textwrap.dedent("""
        import os, subprocess, sys
        child = subprocess.Popen([sys.executable, "-m", "desktop_search", "engine", "--data-dir", sys.argv[1],
                                  "--with-parent"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        sys.stdout.write(child.stdout.readline().decode())
        sys.stdout.flush()
        child.wait()
    """)
    with subprocess.Popen(
        [sys.executable, "-c", program, str(tmp_path / "data")], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as parent:
        assert parent.stdout is not None
        pid = json.loads(parent.stdout.readline())["pid"]
        parent.kill()
    wait_until(lambda: _is_gone(pid), "the engine ended", 30)


def test_its_processes_end_when_it_is_killed(engine: EngineChild, clips: ClipCache) -> None:
    engine.add_in_place(clips.harbour().path)
    wait_until(lambda: len(_children(engine.process.pid)) >= 2, "a worker runs")
    children = _children(engine.process.pid)
    engine.process.kill()
    engine.process.wait(10)
    wait_until(lambda: all(_is_gone(child) for child in children), "its processes ended", 20)


def test_what_a_kill_left_unfinished_is_indexed_at_the_next_start(tmp_path: Path, clips: ClipCache) -> None:
    with EngineChild(tmp_path / "data") as first:
        video_no = first.add_in_place(clips.silent().path)
        os.kill(first.process.pid, signal.SIGKILL)
        first.process.wait(10)
    with EngineChild(tmp_path / "data") as second:
        assert second.wait_indexed(video_no)["status"] == "PARSE"


def test_an_unreadable_index_is_set_aside_and_said(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "library.db").write_bytes(b"this is no database" * 1000)
    with EngineChild(tmp_path / "data") as child:
        assert child.get("/list_unique_ids").data == {"unique_ids": []}
        assert "set aside as library.db.damaged-" in child.log
    assert len(list((tmp_path / "data").glob("library.db.damaged-*"))) == 1
