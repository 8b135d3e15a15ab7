"""The lines that the command for models answers with, read into what the window shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from desktop_search.core.known_texts import localised
from desktop_search.core.search_models import FetchProgress, ModelKind, SearchModel


def models_of(entries: Iterable[Any]) -> tuple[SearchModel, ...]:
    """The models of a list; entries of kinds that this program does not know are left out."""
    kinds = {kind.value for kind in ModelKind}
    return tuple(_model(entry) for entry in entries if isinstance(entry, dict) and entry.get("kind") in kinds)


def progress_of(entry: Mapping[str, Any]) -> FetchProgress:
    """How far a fetch is."""
    return FetchProgress(
        int(entry.get("done_bytes") or 0), int(entry.get("total_bytes") or 0), str(entry.get("stage") or "")
    )


def _model(entry: Mapping[str, Any]) -> SearchModel:
    partial_bytes = int(entry.get("partial_bytes") or 0)
    fetch_bytes = int(entry.get("fetch_bytes") or 0)
    licence, attribution = str(entry.get("licence") or ""), str(entry.get("attribution") or "")
    return SearchModel(
        model_id=str(entry["id"]),
        kind=ModelKind(entry["kind"]),
        title=str(entry.get("title") or entry["id"]),
        purpose=localised(str(entry.get("purpose") or "")),
        licence=f"{licence}; {attribution}" if licence and attribution else licence or attribution,
        download_bytes=max(0, fetch_bytes - partial_bytes) or None,
        size_bytes=int(entry.get("disk_bytes") or 0) or partial_bytes,
        is_installed=bool(entry.get("installed")),
        is_used=bool(entry.get("in_use") and entry.get("usable")),
        is_recommended=bool(entry.get("recommended")),
        problem=localised(str(entry.get("problem") or "")),
    )
