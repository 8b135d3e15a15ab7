"""The filter of voices, over sound that is long, broken, or begins elsewhere than the picture."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from desktop_search.core.token import CancelToken
from desktop_search.engine.speech.listening import listen_with
from desktop_search.engine.speech.recogniser import LONGEST_S
from desktop_search.engine.speech.sound import Piece, Samples
from desktop_search.engine.speech.voice import Stretch, speech_in
from tests.clips import Scene, Spoken
from tests.clips.fixtures import ClipCache
from tests.clips.speech import SAMPLE_RATE_HZ, say
from tests.support.tiny_speech import SENTENCE, tiny_parakeet

_PIECE = 1024


def pieces(sound: Samples, times: int = 1, at_ms: int = 0, drift: float = 1.0) -> Iterator[Piece]:
    """The sound again and again, as a decoder gives it; `drift` is how fast its clock runs."""
    done = 0
    for _ in range(times):
        for begin in range(0, len(sound), _PIECE):
            yield Piece(at_ms + round(done * drift * 1000 / SAMPLE_RATE_HZ), sound[begin : begin + _PIECE])
            done += len(sound[begin : begin + _PIECE])


def spoken(*gaps_s: float) -> Samples:
    """A sentence after each of these silences, and one silence at the end."""
    parts = [part for gap in gaps_s for part in (np.zeros(round(gap * SAMPLE_RATE_HZ), np.int16), say(SENTENCE))]
    return np.concatenate([*parts, np.zeros(SAMPLE_RATE_HZ, np.int16)])


def found(sound: Iterator[Piece]) -> list[Stretch]:
    return list(speech_in(sound, longest_s=LONGEST_S))


def test_talk_without_end_takes_no_more_memory_than_one_stretch() -> None:
    talk = say(SENTENCE)
    minutes = 7
    times = minutes * 60 * SAMPLE_RATE_HZ // len(talk)
    count = total_ms = 0
    tracemalloc.start()
    try:
        for stretch in speech_in(pieces(talk, times), longest_s=LONGEST_S):
            count, total_ms = count + 1, total_ms + stretch.end_ms - stretch.start_ms
            assert len(stretch.samples) <= LONGEST_S * SAMPLE_RATE_HZ
        peak_bytes = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert count > minutes * 60 / LONGEST_S
    assert total_ms == pytest.approx(minutes * 60_000, rel=0.05)
    one_stretch = 2 * LONGEST_S * SAMPLE_RATE_HZ
    assert peak_bytes < 6 * one_stretch < 2 * len(talk) * times  # less than the sound is


def test_stretches_begin_and_end_where_somebody_speaks() -> None:
    length_ms = len(say(SENTENCE)) * 1000 // SAMPLE_RATE_HZ
    stretches = found(pieces(spoken(1.0, 3.0), at_ms=700))
    starts_ms = [1700, 1700 + length_ms + 3000]
    assert len(stretches) == 2
    for stretch, start_ms in zip(stretches, starts_ms, strict=True):
        assert abs(stretch.start_ms - start_ms) < 400
        assert abs(stretch.end_ms - start_ms - length_ms) < 400


def test_stretches_are_cut_in_the_quietest_moment_and_lose_nothing() -> None:
    sentence = say(SENTENCE)
    talk = np.tile(np.concatenate([sentence, np.zeros(4000, np.int16)]), 16)
    stretches = found(pieces(talk))
    assert len(stretches) > 1
    for before, after in pairwise(stretches):
        assert before.end_ms == after.start_ms
        around = np.concatenate([before.samples[-1600:], after.samples[:1600]])
        assert np.abs(around.astype(int)).mean() < np.abs(sentence.astype(int)).mean() / 4


def test_a_clock_that_runs_a_little_off_does_not_add_up() -> None:
    sound = spoken(2.0)
    sentences = 12
    stretches = found(pieces(sound, sentences, drift=1.02))  # 20 ms for every second
    lasts_ms = len(sound) * 1.02 * 1000 / SAMPLE_RATE_HZ
    assert len(stretches) == sentences
    for number, stretch in enumerate(stretches):
        assert abs(stretch.start_ms - (number * lasts_ms + 2000)) < 250


def test_a_click_and_a_breath_are_no_speech() -> None:
    quiet = np.zeros(3 * SAMPLE_RATE_HZ, np.int16)
    quiet[20_000:20_400] = 20_000
    assert found(pieces(quiet)) == []
    assert found(iter([])) == []


def test_sound_that_begins_after_the_picture_keeps_its_times(clips: ClipCache, tmp_path: Path) -> None:
    clip = clips.get("once.mp4", [Scene(5, "gray")], speech=[Spoken(SENTENCE, 1.0)], size=(320, 180))
    late_s = Fraction(3, 2)
    path = tmp_path / "late.mkv"
    with av.open(str(clip.path)) as source, av.open(str(path), "w") as made:
        streams = [source.streams.video[0], source.streams.audio[0]]
        copies = {stream.index: made.add_stream_from_template(stream) for stream in streams}
        for packet in source.demux(streams):
            if packet.dts is None or packet.pts is None:
                continue
            if packet.stream.type == "audio":
                later = round(late_s / packet.time_base)
                packet.pts, packet.dts = packet.pts + later, packet.dts + later
            packet.stream = copies[packet.stream.index]
            made.mux(packet)
    model = tiny_parakeet(tmp_path / "model")
    said = listen_with(model, path, duration_ms=7000, report=lambda done: None, token=CancelToken())
    assert [one.text for one in said.utterances] == [SENTENCE]
    assert abs(said.utterances[0].start_ms - 2500) < 400
