"""What the engine is doing and holds, in one answer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from desktop_search.engine.library.accounts import OWN_ACCOUNT, name_in
from desktop_search.engine.library.library import Library, clean_name
from desktop_search.engine.model_store.installed import Kind
from desktop_search.engine.store.places import Place
from desktop_search.engine.store.rows import FAILED, PARSE

LISTED_MAX = 100  # of a long list: its count says the rest
Json = dict[str, Any]


def state_of(library: Library) -> Json:
    """Plain values, ready for JSON. Everything here is read at once, nothing waits for work that is under way."""
    store, indexer = library.store, library.indexer
    running = indexer.running
    names = store.videos.some(running)
    return {
        "paused": indexer.paused,
        "waiting": indexer.waiting,
        "indexing": [
            {"video_no": video.video_no, "name": video.name, "permille": running[video_id]}
            for video_id, video in names.items()
        ],
        "models": _models(library),
        "transcripts": store.transcripts.sources(),
        "offline": [shown(place) for place in store.places.offline(LISTED_MAX)],
        "offline_count": store.places.offline_count(),
        "videos": store.videos.count(),
        **_own_videos(store.videos.totals()),
        "images": store.images.count(),
        "index_bytes": _index_bytes(library.files.data_dir),
    }


def _own_videos(totals: list[tuple[str, str, int, int]]) -> Json:
    """What the engine's own account can search, and what could not be indexed of its footage."""
    own = [(status, count, ms) for scope, status, count, ms in totals if name_in(OWN_ACCOUNT, scope) is not None]
    return {
        "searchable": sum(count for status, count, _ms in own if status == PARSE),
        "searchable_ms": sum(ms for status, _count, ms in own if status == PARSE),
        "failed": sum(count for status, count, _ms in own if status == FAILED),
    }


def _models(library: Library) -> Json:
    """How far footage has been gone through with each kind of model that is in use."""
    counts, heard = library.embedding.progress(), library.listening.progress()
    if heard is not None:
        counts[Kind.SPEECH] = heard
    described = library.captioning.progress()
    if described is not None:
        counts[Kind.CAPTION] = described
    looked_through = library.people.progress()
    if looked_through is not None:
        counts[Kind.PERSON] = looked_through
    return {kind.value: {"done": done, "total": total} for kind, (done, total) in counts.items()}


def relinked(library: Library, folder: Path) -> Json:
    """Look through a folder for the files that are away, and say what came of it."""
    result = library.watch.relink(folder)
    return {
        "found": [shown(place) for place in result.found[:LISTED_MAX]],
        "found_count": len(result.found),
        "offline_count": library.store.places.offline_count(),
        "looked_at": result.looked_at,
        "complete": result.complete,
    }


def shown(place: Place) -> Json:
    """A video that was indexed in place, and where its file is, or was."""
    return {"video_no": f"VI{place.video_id}", "name": place.name, "file": clean_name(str(place.file))}


def _index_bytes(data_dir: Path) -> int:
    """What the record and its caches take on disk; footage and key frames are not counted."""
    return sum(_size_bytes(file) for file in (*data_dir.glob("library.db*"), *data_dir.glob("cache/**/*")))


def _size_bytes(file: Path) -> int:
    try:
        return file.stat().st_size if file.is_file() else 0
    except OSError:  # it was there a moment ago
        return 0
