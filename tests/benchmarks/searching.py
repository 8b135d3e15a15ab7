"""Searches of a large library, over HTTP, each beside the least it could take."""

from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from desktop_search.engine.encoders.look_vector import look_vector
from desktop_search.engine.ranking import plan_query
from desktop_search.engine.store.look_words import unpacked
from desktop_search.engine.store.phrases import triples_of
from tests.benchmarks.footage import MadeFootage
from tests.benchmarks.measuring import Measured, compare
from tests.clips.scenes import Scene, Shape, draw_scene
from tests.contract.engine_child import EngineChild

_SEEN, _SAID, _PHRASE = "red ball on a green meadow", "the red ball", "red ball"


def searching(folder: Path, segments: int) -> Iterator[Measured]:
    """What is seen, what is said, an exact phrase, and a picture, in a library of so many segments."""
    picture = draw_scene(Scene(4, "skyblue", "#1050a0", Shape.BOAT, "white"), 0.5, (640, 360))
    data = io.BytesIO()
    picture.save(data, "PNG")
    look = look_vector(np.asarray(picture))
    MadeFootage(look).fill(folder / "data", segments)
    floors = Floors(folder / "data" / "library.db")
    parts = [("file", ("picture.png", data.getvalue(), "image/png"))]
    with EngineChild(folder / "data") as engine:
        asks: list[tuple[str, Callable[[], Any], str, Callable[[], object]]] = [
            ("seen", lambda: engine.search(_SEEN), "SQL alone chooses the same segments", floors.seen),
            ("said", lambda: engine.search(_SAID, search_type="BY_AUDIO"), "SQL reads the sentences", floors.said),
            ("exact phrase", lambda: engine.get("/search_audio_transcripts", query=_PHRASE).data,
             "SQL alone looks the phrase up", floors.phrase),
            ("picture", lambda: engine.post_parts("/search_similar_images", parts).data,
             "NumPy alone multiplies the same matrix", lambda: floors.picture(look)),
        ]  # fmt: skip
        for what, ours, floor, least in asks:
            assert ours(), what
            yield compare(f"{what}, {segments:,} segments", ours, floor, least)
    floors.connection.close()


class Floors:
    """The part of each search that cannot be left out, on the same data, without an engine."""

    def __init__(self, file: Path) -> None:
        self.connection = sqlite3.connect(file)
        self.connection.execute(
            "CREATE TEMP TABLE terms (term TEXT, segment_id INTEGER, PRIMARY KEY (term, segment_id))"
        )
        held = self.connection.execute("SELECT id, words FROM segments").fetchall()
        rows = ((term, segment_id) for segment_id, words in held for term in unpacked(words))
        self.connection.executemany("INSERT INTO terms VALUES (?, ?)", rows)
        self.connection.commit()
        blobs = self.connection.execute("SELECT dim, times_ms, vectors FROM frame_marks").fetchall()
        codes = [np.frombuffer(blob, np.int8, len(times) // 8 * dim).reshape(-1, dim) for dim, times, blob in blobs]
        self._matrix = np.concatenate(codes).astype(np.float32)

    def seen(self) -> object:
        asked = json.dumps(sorted({term for word in plan_query(_SEEN).words for term in word.look}))
        chosen = "SELECT segment_id FROM terms WHERE term IN (SELECT value FROM json_each(?))"
        return self.connection.execute(chosen, (asked,)).fetchall()

    def said(self) -> object:
        return self.connection.execute("SELECT id, text FROM utterances").fetchall()

    def phrase(self) -> object:
        chosen = "SELECT rowid FROM utterance_grams WHERE utterance_grams MATCH ?"
        return self.connection.execute(chosen, (triples_of(_PHRASE),)).fetchall()

    def picture(self, look: npt.NDArray[np.float16]) -> object:
        return self._matrix @ look.astype(np.float32)
