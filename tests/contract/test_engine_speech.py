"""A speech model comes into use while the engine runs: new footage is heard by it, and what was heard before again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from desktop_search.core.token import CancelToken
from desktop_search.engine.model_store.catalogue import load_catalogue
from desktop_search.engine.model_store.check import CHECKS
from desktop_search.engine.model_store.importing import import_model
from desktop_search.engine.model_store.installed import InstalledModel
from desktop_search.engine.model_store.installing import Work
from desktop_search.engine.model_store.models import Models
from tests.clips import Scene, Spoken
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild
from tests.support.model_folders import entry, write_catalogue
from tests.support.tiny_speech import SENTENCE, tiny_parakeet
from tests.support.tiny_whisper import tiny_whisper
from tests.support.waiting import wait_until

STATE, LISTEN = "/serve/engine/v1/state", "/serve/engine/v1/listen_again"


def install(models: Models, made: InstalledModel) -> str:
    """As a user would: imported, checked, in use when it is the first; its identity."""
    files = {path.name: path.read_bytes() for path in made.folder.iterdir()}
    named = entry(made.model_id, files, kind="speech", family=made.family, settings={})
    catalogue = load_catalogue(write_catalogue(made.folder.with_suffix(".json"), named))
    work = Work(models, CHECKS, CancelToken(), lambda progress: None)
    installed = import_model(work, catalogue, made.folder, made.model_id)
    assert installed.usable
    return replace(made, revision=installed.manifest.revision).identity


def transcript(engine: EngineChild, video_no: str) -> list[dict[str, Any]]:
    data = engine.get("/get_audio_transcription", video_no=video_no).data
    return list(data["transcriptions"])


def test_models_come_into_use_one_after_the_other(tmp_path: Path, clips: ClipCache) -> None:
    first = clips.get("once.mp4", [Scene(5, "gray")], speech=[Spoken(SENTENCE, 1.0)], size=(320, 180))
    second = clips.get("later.mp4", [Scene(6, "gray")], speech=[Spoken(SENTENCE, 2.0)], size=(320, 180))
    models = Models(tmp_path / "data" / "models")
    with EngineChild(tmp_path / "data", "--workers", "1") as engine:
        old = engine.add_in_place(first.path)
        assert engine.wait_indexed(old)["status"] == "PARSE"
        assert engine.get(STATE).data["transcripts"] == {"pocketsphinx": 1}
        assert transcript(engine, old)

        parakeet = install(models, tiny_parakeet(tmp_path / "tiny-parakeet"))
        wait_until(lambda: engine.get(STATE).data["transcripts"] == {parakeet: 1}, "it is heard again")
        (line,) = transcript(engine, old)
        assert line["content"].strip() == SENTENCE
        assert 700 <= line["startMs"] <= 1300

        new = engine.add_in_place(second.path)
        assert engine.wait_indexed(new)["status"] == "PARSE"
        about = engine.metadata(new)
        assert (about["transcriptSource"], about["transcriptLanguage"]) == (parakeet, "en")
        (line,) = transcript(engine, new)
        assert line["content"].strip() == SENTENCE
        assert 1700 <= line["startMs"] <= 2300
        assert engine.get(STATE).data["transcripts"] == {parakeet: 2}
        assert engine.get(STATE).data["models"] == {"speech": {"done": 2, "total": 2}}

        whisper = install(models, tiny_whisper(tmp_path / "tiny-whisper"))
        models.use("tiny-whisper")
        assert engine.post_json(LISTEN, {}).data == {"videos": 2}
        wait_until(lambda: engine.get(STATE).data["transcripts"] == {whisper: 2}, "both are heard again")
        hits = engine.get("/search_audio_transcripts", query="leaving the harbour").data["videos"]
        assert {hit["videoNo"] for hit in hits} == {old, new}


def test_without_a_model_nothing_is_heard_again(engine: EngineChild) -> None:
    assert engine.post_json(LISTEN, {}).data == {"videos": 0}
    engine.key = "sk-nobody"
    assert engine.post_json(LISTEN, {}).refusal[0] == "0401"


def test_a_model_that_is_damaged_later_is_not_used(tmp_path: Path, clips: ClipCache) -> None:
    clip = clips.get("once.mp4", [Scene(5, "gray")], speech=[Spoken(SENTENCE, 1.0)], size=(320, 180))
    models = Models(tmp_path / "data" / "models")
    install(models, tiny_parakeet(tmp_path / "tiny-parakeet"))
    (models.folder / "tiny-parakeet" / "vocab.txt").write_bytes(b"damaged")
    with EngineChild(tmp_path / "data") as engine:
        video_no = engine.add_in_place(clip.path)
        assert engine.wait_indexed(video_no)["status"] == "PARSE"
        assert engine.get(STATE).data["transcripts"] == {"pocketsphinx": 1}
