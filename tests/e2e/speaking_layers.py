"""What the layers below the window say, keep and send, for `speaking_child`."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from desktop_search.api.client import VisualSearchClient
from desktop_search.api.errors import refused
from desktop_search.api.forms import details_form, search_body
from desktop_search.catalog.database import Catalog
from desktop_search.catalog.searches import RecentTable, SavedTable
from desktop_search.catalog.uploads import UploadsTable
from desktop_search.core.commands import COMMANDS, Place
from desktop_search.core.errors import AppError, RequestRejected
from desktop_search.core.footage import FootageDetails, Readiness, VideoRecord
from desktop_search.core.handing_over import Form
from desktop_search.core.library import LOCAL_ID, THIS_COMPUTER
from desktop_search.core.places import Place as GlobePlace
from desktop_search.core.places import place_of
from desktop_search.core.query import Scope, SearchFilters, SearchQuery, Strictness
from desktop_search.core.query_texts import query_text
from desktop_search.core.token import CancelToken
from desktop_search.core.uploads import MediaKind, UploadItem, UploadState
from desktop_search.core.when import Clock, span_of, words_of
from desktop_search.models.upload_words import state_words
from desktop_search.services.engine_process import EngineProcess
from desktop_search.settings.preferences import PreferencesStore
from tests.support.waiting import wait_until

CLOCK = Clock(datetime(2026, 11, 21, tzinfo=UTC), UTC)
TOWER = GlobePlace(48.8583, 2.2945)
ROW = UploadItem(0, LOCAL_ID, Path("/footage/harbour.mp4"), MediaKind.VIDEO, UploadState.INDEXING, added_ms=1)
QUERY = SearchQuery(
    "Tür dann Fenster -Nacht",
    Scope.ALL,
    SearchFilters(
        strictness=Strictness.HIGH,
        tag="Hafen",
        taken_after=span_of("seit 1. März 2026", CLOCK).start,
        latitude=TOWER.latitude,
        longitude=TOWER.longitude,
    ),
)


def shown() -> dict[str, Any]:
    """Texts of every kind that a user reads."""
    march = span_of("1 to 3 march 2026", CLOCK)
    assert span_of(words_of(march, UTC), CLOCK) == march, "what is shown can be typed"
    assert place_of(TOWER.described) == TOWER
    return {
        "command": next(each.name for each in COMMANDS if each.command_id == "search.find"),
        "place": Place.RESULTS.title,
        "library": THIS_COMPUTER.title,
        "error": str(refused("0403", "no")),
        "state": state_words(ROW),
        "one": FootageDetails(tags=("a", "b")).problems(tags_max=1)["tags"],
        "several": FootageDetails(tags=("a", "b", "c")).problems(tags_max=2)["tags"],
        "number": SearchQuery("x" * 5000).problems()["words"],
        "time": words_of(march, UTC),
        "coordinates": TOWER.described,
        "problem": SearchQuery("").problems()["words"],
    }


def kept(folder: Path) -> dict[str, Any]:
    """What is written to files or goes to a library."""
    store = PreferencesStore(folder / "preferences.json")
    store.save(replace(store.load(), shortcuts={"player.mute": ("Ctrl+M",)}))
    catalog = Catalog(folder / "catalog.db")
    UploadsTable(catalog).add([ROW])
    RecentTable(catalog).add(QUERY, 1)
    SavedTable(catalog).add("Hafen", QUERY, (LOCAL_ID,))
    catalog.close()
    with closing(sqlite3.connect(folder / "catalog.db")) as connection:
        rows = [
            list(row) for table in ("uploads", "saved_searches", "recent_searches") for row in _all(connection, table)
        ]
    return {
        "preferences": (folder / "preferences.json").read_text(),
        "catalog": repr(rows),
        "query": query_text(QUERY),
        "search": repr(search_body(QUERY)),
        "details": repr(details_form(FootageDetails(tags=("Hafen",), taken=QUERY.filters.taken_after))),
        "forms": [form.value for form in Form],
        "commands": [(each.command_id, each.keys) for each in COMMANDS],
    }


def told_by_the_engine(folder: Path) -> dict[str, str]:
    """What the real engine says, on the wire and as it is shown: it speaks English to whomever asks."""
    damaged = folder / "damaged.mp4"
    damaged.write_bytes(b"no video" * 1000)
    engine, token = EngineProcess(folder / "engine", folder / "engine.log"), CancelToken()
    url, key = engine.start(token)
    client = VisualSearchClient(url, key)
    refusal = AppError("")
    try:
        try:
            client.upload_url((folder / "missing.mp4").as_uri(), FootageDetails(), token=token)
        except RequestRejected as error:
            refusal = error
        video_no = client.upload_url(damaged.as_uri(), FootageDetails(), token=token)

        def record() -> VideoRecord:
            found = client.metadata(video_no, "default")
            assert found is not None
            return found

        wait_until(lambda: record().readiness is Readiness.FAILED, "the file to fail")
        cause = record().cause
    finally:
        client.close()
        engine.stop()
    row = replace(ROW, state=UploadState.FAILED, cause=cause)
    return {"refused": refusal.details, "says": refusal.message, "cause": cause, "row": state_words(row)}


def _all(connection: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    return connection.execute(f"SELECT * FROM {table}").fetchall()
