"""The models that make the search of *This computer* better, as a user sees them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class ModelKind(StrEnum):
    """What a model is for. One of each kind is in use at a time, or none."""

    SEEN = "seen"
    TEXT = "text"
    SPEECH = "speech"
    CAPTION = "caption"
    FACE = "face"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class SearchModel:
    """A model that is on this computer, or can be fetched.

    Attributes:
        purpose: one sentence, what it is good for.
        download_bytes: what is still to be fetched; `None` when that is not known before.
        size_bytes: what it takes on the disk now.
        is_recommended: the one of its kind that suits this computer best.
        problem: why it cannot be used although it is here; "" for none.
    """

    model_id: str
    kind: ModelKind
    title: str
    purpose: str = ""
    licence: str = ""
    download_bytes: int | None = None
    size_bytes: int = 0
    is_installed: bool = False
    is_used: bool = False
    is_recommended: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class FetchProgress:
    """How far fetching or copying a model is. `total_bytes` is 0 while it is not known; `stage` is one word for it."""

    done_bytes: int
    total_bytes: int
    stage: str = ""


def disk_use_bytes(models: Iterable[SearchModel]) -> int:
    """What all of them take on the disk."""
    return sum(model.size_bytes for model in models)
