"""Made clips, kept for the whole run and shared by its processes, since making one takes a while."""

from __future__ import annotations

import hashlib
import os
import pickle
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from tests.clips.make import Clip, make_clip
from tests.clips.scenes import Scene, Shape
from tests.clips.speech import Spoken


class ClipCache:
    """Makes each different clip once per run. The files are shared: copy one before changing it."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._folder.mkdir(parents=True, exist_ok=True)

    def get(self, name: str, scenes: Sequence[Scene], **options: Any) -> Clip:
        """`make_clip` with these scenes and options, as a file called `name` (with its suffix)."""
        recipe = repr((name, tuple(scenes), sorted(options.items())))
        folder = self._folder / hashlib.blake2b(recipe.encode(), digest_size=8).hexdigest()
        record = folder / "clip.pickle"
        if not record.exists():
            # Two processes may make the same clip; each renames its own finished folder, and the first one stays.
            own = self._folder / f"{folder.name}.{os.getpid()}"
            clip = make_clip(own / name, scenes, **options)
            (own / "clip.pickle").write_bytes(pickle.dumps(_moved(clip, folder / name)))
            try:
                own.rename(folder)
            except OSError:
                if not record.exists():
                    raise
        found = pickle.loads(record.read_bytes())
        assert isinstance(found, Clip)
        return found

    def harbour(self) -> Clip:
        """Three scenes with speech: a white boat on a blue sea, a red ball on a meadow, a dark slate with words."""
        scenes = [
            Scene(4, "skyblue", "#1050a0", Shape.BOAT, "white"),
            Scene(4, "#a0d0ff", "green", Shape.BALL, "red"),
            Scene(4, "#101018", words="SCENE FOUR"),
        ]
        said = [
            Spoken("The boat is leaving the harbor at sunset.", 0.5),
            Spoken("We follow the red ball across the green field.", 4.5),
        ]
        return self.get("harbour.mp4", scenes, speech=said, clip_id=1)

    def silent(self) -> Clip:
        """Two seconds of moving boxes on purple, without sound: small and quick."""
        return self.get("silent.mp4", [Scene(2, "purple", shape=Shape.BOXES)], size=(320, 180), clip_id=2)


def _moved(clip: Clip, path: Path) -> Clip:
    return Clip(path, clip.scenes, clip.rate, clip.size, clip.starts, clip.frame_count, clip.clip_id)


@pytest.fixture(scope="session")
def clips(tmp_path_factory: pytest.TempPathFactory) -> ClipCache:
    """The made clips of this run."""
    base = tmp_path_factory.getbasetemp()
    # A distributed run gives each worker a folder inside the run's own.
    run = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    return ClipCache(run / "clips")
