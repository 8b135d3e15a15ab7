"""The encoders of a model, by its family."""

from __future__ import annotations

from desktop_search.core.errors import FileProblem
from desktop_search.engine.meaning.e5 import E5
from desktop_search.engine.meaning.siglip import SiglipPictures, SiglipTexts
from desktop_search.engine.model_store.installed import InstalledModel


def pictures_of(model: InstalledModel) -> SiglipPictures:
    """What reads pictures for a model of kind "seen". Raises FileProblem."""
    if model.family != "siglip2":
        raise _unknown(model)
    return SiglipPictures(model)


def texts_of(model: InstalledModel) -> E5:
    """What reads sentences for a model of kind "text". Raises FileProblem."""
    if model.family != "e5":
        raise _unknown(model)
    return E5(model)


def questions_of(model: InstalledModel) -> SiglipTexts | E5:
    """What reads the words of a search, for a model of either kind. Raises FileProblem."""
    return SiglipTexts(model) if model.family == "siglip2" else texts_of(model)


def _unknown(model: InstalledModel) -> FileProblem:
    return FileProblem(f"This version of Desktop Search cannot use models of the family “{model.family}”.")
