"""Models that lie ready, and the ones that are in use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Kind(StrEnum):
    """What a model is for. One of each kind is in use at a time, or none."""

    SEEN = "seen"  # pictures and words into one space
    TEXT = "text"  # sentences and questions into one space, for what is said
    SPEECH = "speech"  # sound into words
    CAPTION = "caption"  # pictures into sentences
    FACE = "face"  # where faces are
    PERSON = "person"  # faces into a space in which those of one person lie together


@dataclass(frozen=True, slots=True)
class InstalledModel:
    """A model whose files lie in a folder of this computer. Plain values: it travels to worker processes.

    Attributes:
        model_id: its name in the catalogue.
        family: how it is loaded: "siglip2", "e5", "parakeet", "whisper", "vit-gpt2", "yunet" or "sface".
        folder: where its files are, below the names they have where they come from.
        revision: of what was fetched.
        settings: numbers and names its family needs, from the catalogue.
    """

    model_id: str
    kind: Kind
    family: str
    folder: Path
    revision: str
    settings: Mapping[str, int | float | str] = field(default_factory=dict)

    @property
    def identity(self) -> str:
        """What its vectors are stored under: those of another model, or of another revision, are not comparable."""
        return f"{self.model_id}@{self.revision[:12]}"


@dataclass(frozen=True, slots=True)
class ChosenModels:
    """The models in use."""

    seen: InstalledModel | None = None
    text: InstalledModel | None = None
    speech: InstalledModel | None = None
    caption: InstalledModel | None = None
    face: InstalledModel | None = None
    person: InstalledModel | None = None
