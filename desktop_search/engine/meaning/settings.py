"""Numbers and names of a model, from its settings or as its family usually has them."""

from __future__ import annotations

from pathlib import Path

from desktop_search.engine.model_store.installed import InstalledModel

_DIMS = {"siglip2": 768, "e5": 384}


def number(model: InstalledModel, name: str, usual: int) -> int:
    """A whole number."""
    return int(model.settings.get(name, usual))


def file(model: InstalledModel, name: str, usual: str) -> Path:
    """The path of one of its files."""
    return model.folder / str(model.settings.get(name, usual))


def dim_of(model: InstalledModel) -> int:
    """How many numbers its vectors have."""
    return number(model, "dim", _DIMS.get(model.family, 0))
