"""Loads the recogniser of a model, whichever family it is of."""

from __future__ import annotations

from desktop_search.engine.model_store.installed import InstalledModel
from desktop_search.engine.speech.recogniser import ModelProblem, Recogniser

_loaded: dict[str, Recogniser] = {}  # the model used last stays for the next file of this process


def recogniser_of(model: InstalledModel) -> Recogniser:
    """The recogniser of an installed model. Raises ModelProblem; never reaches the network."""
    place = f"{model.identity} {model.folder}"
    if place not in _loaded:
        _loaded.clear()
        try:
            _loaded[place] = _load(model)
        except ModelProblem:
            raise
        except Exception as error:  # whatever the libraries make of damaged files
            raise ModelProblem(model, "could not be loaded", error) from error
    return _loaded[place]


def _load(model: InstalledModel) -> Recogniser:
    if model.family == "parakeet":
        from desktop_search.engine.speech.parakeet import Parakeet  # each brings a large library

        return Parakeet(model)
    if model.family == "whisper":
        from desktop_search.engine.speech.whisper import Whisper

        return Whisper(model)
    raise ModelProblem(model, f"is of a family that is not known here: {model.family}")
