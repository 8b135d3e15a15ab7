"""What there is to say of each model, as plain values: the lines of `models list --json`, and the table without it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

from desktop_search.engine.model_store.catalogue import Catalogue, CatalogueModel
from desktop_search.engine.model_store.installed import Kind
from desktop_search.engine.model_store.models import Installation, Models
from desktop_search.engine.model_store.speed import SLOW_MS, estimated_picture_ms

_HEADINGS = {
    Kind.SEEN: "What is seen",
    Kind.TEXT: "What is said, by meaning",
    Kind.SPEECH: "Speech into words",
    Kind.CAPTION: "Sentences about what is seen",
    Kind.FACE: "People: where faces are",
    Kind.PERSON: "People: whose faces they are",
}


def listed(models: Models, catalogue: Catalogue) -> list[dict[str, Any]]:
    """Every model of the catalogue, and those that are installed without being in it."""
    recommended = _recommended(models, catalogue)
    rows = [
        described(models, model, models.find(model.model_id), recommended=model.model_id in recommended)
        for model in catalogue.models
    ]
    others = [found for found in models.installed() if catalogue.find(found.manifest.model_id) is None]
    return rows + [described(models, None, found) for found in others]


def described(
    models: Models, model: CatalogueModel | None, found: Installation | None, *, recommended: bool = False
) -> dict[str, Any]:
    """One model: as the catalogue has it, and as it lies here. At least one of the two is given."""
    about = model if model is not None else found.manifest if found is not None else None
    assert about is not None
    checked = None if found is None else found.manifest.checked
    return {
        "id": about.model_id,
        "kind": about.kind.value,
        "family": about.family,
        "title": about.title,
        "purpose": "" if model is None else model.purpose,
        "licence": about.licence,
        "attribution": about.attribution,
        "repo": about.repo,
        "revision": about.revision if found is None else found.manifest.revision,
        "pinned": model is not None and model.pinned,
        "in_catalogue": model is not None,
        "recommended": recommended,
        "installed": found is not None,
        "usable": found is not None and found.usable,
        "in_use": found is not None and found.in_use,
        "problem": "" if found is None else found.problem,
        "disk_bytes": 0 if found is None else found.manifest.size_bytes,
        "partial_bytes": models.partial_bytes(about.model_id),
        "fetch_bytes": 0 if model is None else model.fetch_bytes,
        "fetch_bytes_exact": model is not None and model.sizes_known,
        "ms_per_item": None if checked is None else checked.ms_per_item,
        "checked_at": "" if checked is None else checked.at,
    }


def totals(models: Models) -> dict[str, Any]:
    """The folder, what all models take in it, and what is free on its disk (0 where that cannot be told)."""
    place = models.folder
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        free = shutil.disk_usage(place).free
    except OSError:
        free = 0
    return {"folder": str(models.folder), "disk_bytes": models.disk_bytes(), "free_bytes": free}


def _recommended(models: Models, catalogue: Catalogue) -> set[str]:
    """The first of each kind; on a slow computer the one that stands in for it there."""
    chosen: dict[Kind, str] = {}
    for model in catalogue.models:
        chosen.setdefault(model.kind, model.model_id)
    stand_ins = {model.faster_than: model for model in catalogue.models if model.faster_than}
    for kind, model_id in chosen.items():
        if model_id in stand_ins and _picture_ms(models, model_id) > SLOW_MS:
            chosen[kind] = stand_ins[model_id].model_id
    return set(chosen.values())


def _picture_ms(models: Models, model_id: str) -> float:
    """What the check of the installed model measured, or an estimate."""
    found = models.find(model_id)
    checked = None if found is None else found.manifest.checked
    measured = None if checked is None else checked.ms_per_item
    return estimated_picture_ms() if measured is None else measured


def table(rows: list[dict[str, Any]], total: dict[str, Any]) -> Iterator[str]:
    """The same for people, line by line."""
    for kind in Kind:
        of_kind = [row for row in rows if row["kind"] == kind.value]
        if of_kind:
            yield f"{_HEADINGS[kind]} ({kind.value})"
        for row in of_kind:
            yield f"  {row['id']:<32} {_state(row):<26} {_size(row):>10}  {row['licence']}"
            if row["problem"]:
                yield f"      {row['problem']}"
            if row["purpose"]:
                yield f"      {row['purpose']}"
    yield f"{mb(total['disk_bytes'])} in {total['folder']}, {mb(total['free_bytes'])} free"


def _state(row: dict[str, Any]) -> str:
    if row["installed"]:
        state = "in use" if row["in_use"] and row["usable"] else "installed" if row["usable"] else "cannot be used"
        return state if row["ms_per_item"] is None else f"{state}, {row['ms_per_item']:.0f} ms"
    started = "begun" if row["partial_bytes"] else "not installed"
    return f"{started}, recommended" if row["recommended"] else started


def _size(row: dict[str, Any]) -> str:
    if row["installed"]:
        return mb(row["disk_bytes"])
    about = "" if row["fetch_bytes_exact"] else "about "
    return about + mb(row["fetch_bytes"]) if row["fetch_bytes"] else "?"


def mb(size_bytes: int) -> str:
    """A size for people."""
    return f"{size_bytes / 1e6:,.0f} MB"
