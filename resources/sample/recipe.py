"""Makes the sample footage: four clips, two pictures, and `samples.json`, which says what is in them.

Run with the program's own environment; festival with festvox-us-slt-hts speaks the sentences:

    .venv/bin/python resources/sample/recipe.py [FOLDER]

Every frame carries its number and its clip's number in a strip along the bottom edge
(`desktop_search.media.frame_code`), so that the tour can tell from the screen which frame is shown.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import wave
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import scenery
from av.video.frame import PictureType
from numpy.typing import NDArray
from PIL import ExifTags, Image

from desktop_search.media import frame_code

RATE, SOUND_HZ = 25, 16_000
VOICE = "(voice_cmu_us_slt_arctic_hts)"


@dataclass(frozen=True)
class Scene:
    """One shot; `words` are to be read on the screen."""

    title: str
    draw: scenery.Scenery
    seconds: int
    words: str = ""


@dataclass(frozen=True)
class Clip:
    """One file; `said` are sentences with the second that each begins at."""

    file: str
    number: int
    scenes: tuple[Scene, ...]
    said: tuple[tuple[float, str], ...] = ()

    @property
    def starts(self) -> list[int]:
        """The first frame of each scene, and the number of frames."""
        frames = [0]
        for scene in self.scenes:
            frames.append(frames[-1] + scene.seconds * RATE)
        return frames


CLIPS = (
    Clip(
        "harbour.mp4",
        1,
        (
            Scene("A white sailing boat on the blue sea", scenery.harbour_day, 4),
            Scene("Sunset over the harbour, orange sky, dark boats", scenery.harbour_sunset, 4),
            Scene("A red and white lighthouse on a green cliff", scenery.lighthouse, 4),
        ),
        ((4.6, "The boat is leaving the harbour at sunset."),),
    ),
    Clip(
        "city at night.mp4",
        2,
        (
            Scene("A city skyline at night, lights of cars", scenery.city_night, 5),
            Scene("Rain and a neon sign in a dark street", scenery.neon_rain, 4, "OPEN ALL NIGHT"),
        ),
        ((0.8, "Welcome to the city at night. The street lights are on."),),
    ),
    Clip(
        "slate and title.mp4",
        3,
        (
            Scene("A slate with scene and take", scenery.slate, 4, "SCENE 12 TAKE 3 THE LONG WAY HOME"),
            Scene("A title card", scenery.title, 4, "CHAPTER ONE a journey along the coast"),
        ),
    ),
    Clip(
        "meadow.mp4",
        4,
        (
            Scene("Yellow flowers in the wind, on green", scenery.flowers, 4),
            Scene("A red ball rolls over green hills under a blue sky", scenery.meadow, 4),
        ),
        ((4.5, "We follow the red ball across the green field."),),
    ),
)
PICTURES: tuple[dict[str, Any], ...] = (
    {
        "file": "sunset still.jpg",
        "title": "A frame of the sunset in harbour.mp4",
        "of": {"file": "harbour.mp4", "frame": 150},
    },
    {
        "file": "lighthouse.jpg",
        "title": "A photograph of the lighthouse, with camera, time and place",
        "camera": "X100V",
        "maker": "FUJIFILM",
        "taken": "2026-03-01 17:42:10",
        "latitude": 43.6231,
        "longitude": -70.2079,
    },
)
SEARCHES: tuple[dict[str, Any], ...] = (
    {"kind": "seen", "words": "sunset", "file": "harbour.mp4", "scene": 1},
    {"kind": "seen", "words": "red ball on green", "file": "meadow.mp4", "scene": 1},
    {"kind": "seen", "words": "chapter one", "file": "slate and title.mp4", "scene": 1},
    {"kind": "seen", "words": "city at night", "file": "city at night.mp4"},
    {"kind": "seen", "words": "open all night", "file": "city at night.mp4", "scene": 1},
    {"kind": "said", "words": "leaving the harbor", "file": "harbour.mp4", "spoken": 0},
    {"kind": "said", "words": "street lights", "file": "city at night.mp4", "spoken": 0},
    {"kind": "picture", "picture": "sunset still.jpg", "file": "harbour.mp4", "scene": 1},
    {"kind": "image", "words": "lighthouse", "file": "lighthouse.jpg"},
)


def frame_picture(clip: Clip, number: int) -> Image.Image:
    """Frame `number` of a clip, without the strip."""
    scene = max(index for index, start in enumerate(clip.starts[:-1]) if start <= number)
    shot = clip.scenes[scene]
    return scenery.draw_scene(shot.draw, (number - clip.starts[scene]) / RATE, shot.seconds)


def say(text: str) -> NDArray[np.int16]:
    """A sentence as samples."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "said.wav"
        command = ["text2wave", "-eval", VOICE, "-F", str(SOUND_HZ), "-o", str(file)]
        subprocess.run(command, input=text.encode(), check=True)
        with wave.open(str(file)) as recording:
            return np.frombuffer(recording.readframes(recording.getnframes()), dtype=np.int16)


def soundtrack(clip: Clip) -> tuple[NDArray[np.int16], list[dict[str, Any]]]:
    """The clip's samples, and what is said when."""
    track = np.zeros(clip.starts[-1] * SOUND_HZ // RATE, dtype=np.int16)
    lines = []
    for seconds, text in clip.said:
        samples, start = say(text), round(seconds * SOUND_HZ)
        track[start : start + len(samples)] = samples
        end_ms = round(1000 * (start + len(samples)) / SOUND_HZ)
        lines.append({"start_ms": round(1000 * seconds), "end_ms": end_ms, "text": text})
    return track, lines


def write_clip(clip: Clip, folder: Path) -> dict[str, Any]:
    """Encode a clip; returns its entry of `samples.json`."""
    track, lines = soundtrack(clip)
    with av.open(str(folder / clip.file), "w", options={"movflags": "+faststart"}) as container:
        video = container.add_stream("libx264", rate=RATE)
        assert isinstance(video, av.VideoStream)
        video.width, video.height = scenery.SIZE
        video.pix_fmt, video.time_base, video.gop_size = "yuv420p", Fraction(1, RATE), 50
        # One thread: the same pictures give the same bytes.
        video.options = {"preset": "slow", "crf": "20", "threads": "1", "forced-idr": "1"}
        sound = container.add_stream("aac", rate=SOUND_HZ, layout="mono")
        assert isinstance(sound, av.AudioStream)
        sound.bit_rate = 48_000
        for number in range(clip.starts[-1]):
            pixels = np.array(frame_picture(clip, number))
            frame_code.draw(pixels, number, clip.number)
            frame = av.VideoFrame.from_ndarray(pixels, format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            frame.pict_type = PictureType.I if number in clip.starts else PictureType.NONE
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        samples = av.AudioFrame.from_ndarray(track[None, :], format="s16", layout="mono")
        samples.sample_rate, samples.pts, samples.time_base = SOUND_HZ, 0, Fraction(1, SOUND_HZ)
        container.mux(sound.encode(samples))
        container.mux(sound.encode(None))
    scenes = [
        {"title": shot.title, "start_frame": start, "end_frame": end, "words": shot.words}
        for shot, start, end in zip(clip.scenes, clip.starts[:-1], clip.starts[1:], strict=True)
    ]
    return {"file": clip.file, "clip": clip.number, "rate": RATE, "scenes": scenes, "said": lines}


def write_still(folder: Path) -> None:
    """The picture to search by: a frame as an editor would save it."""
    about = PICTURES[0]
    clip = next(clip for clip in CLIPS if clip.file == about["of"]["file"])
    frame_picture(clip, about["of"]["frame"]).save(folder / about["file"], quality=88)


def write_photograph(folder: Path) -> None:
    """A drawn photograph with what a camera writes into it."""
    about = PICTURES[1]
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = about["maker"], about["camera"]
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = about["taken"].replace("-", ":")
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    for axis, signs, reference, angle in (
        ("latitude", "NS", ExifTags.GPS.GPSLatitudeRef, ExifTags.GPS.GPSLatitude),
        ("longitude", "EW", ExifTags.GPS.GPSLongitudeRef, ExifTags.GPS.GPSLongitude),
    ):
        degrees, rest = divmod(abs(about[axis]) * 60, 60)
        minutes, seconds = divmod(rest * 60, 60)
        gps[reference] = signs[about[axis] < 0]
        gps[angle] = (degrees, minutes, round(seconds, 2))
    image = scenery.lighthouse(2.2, 4)
    image.crop((image.width // 8, 0, image.width, image.height)).save(folder / about["file"], quality=86, exif=exif)


def expected(search: dict[str, Any], entries: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """A search with the range of frames that its first hit begins in."""
    entry = entries.get(search["file"])
    found = {key: value for key, value in search.items() if key not in ("scene", "spoken")}
    if entry is not None and "scene" in search:
        scene = entry["scenes"][search["scene"]]
        found |= {"start_frame": scene["start_frame"], "end_frame": scene["end_frame"]}
    elif entry is not None and "spoken" not in search:
        found |= {"start_frame": 0, "end_frame": entry["scenes"][-1]["end_frame"]}
    elif entry is not None:
        line = entry["said"][search["spoken"]]
        # A recogniser may hear a sentence begin a little early.
        begin = max(0, line["start_ms"] - 700) * RATE // 1000
        found |= {"start_frame": begin, "end_frame": line["end_ms"] * RATE // 1000}
    return found


def main(folder: Path) -> None:
    """Write everything into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    entries = [write_clip(clip, folder) for clip in CLIPS]
    write_still(folder)
    write_photograph(folder)
    by_file = {entry["file"]: entry for entry in entries}
    about = {
        "clips": entries,
        "pictures": list(PICTURES),
        "searches": [expected(search, by_file) for search in SEARCHES],
    }
    (folder / "samples.json").write_text(json.dumps(about, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
