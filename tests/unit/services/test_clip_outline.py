"""How a clip is built is asked of this computer in full, and of others only as far as it costs nothing."""

from __future__ import annotations

from typing import cast

import pytest

from desktop_search.core.footage import TranscriptLine
from desktop_search.core.hits import Hit
from desktop_search.core.library import CLOUD_ID, LOCAL_ID
from desktop_search.core.outline import Outline
from desktop_search.core.token import CancelToken
from desktop_search.services.clip_outline import ClipOutlines
from desktop_search.services.clip_texts import ClipTexts
from desktop_search.services.libraries import Libraries

_SAID = (TranscriptLine(500, 900, "cast off"),)
_SEEN = (TranscriptLine(0, 4000, "a boat"), TranscriptLine(4000, 9000, "a ball"), TranscriptLine(4000, 9000, "green"))


class Client:
    """Counts what is asked, for some of it is charged."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def client(self, library_id: str, token: CancelToken) -> Client:
        return self

    def transcript(self, video_no: str, namespace: str, *, token: CancelToken) -> tuple[TranscriptLine, ...]:
        self.asked.append("said")
        return _SAID

    def captions(self, video_no: str, namespace: str, *, token: CancelToken) -> tuple[TranscriptLine, ...]:
        self.asked.append("seen")
        return _SEEN

    def shots(self, video_no: str, namespace: str, token: CancelToken) -> tuple[int, ...]:
        self.asked.append(f"shots of {video_no} in {namespace}")
        return 0, 3000


@pytest.fixture
def client() -> Client:
    return Client()


@pytest.fixture
def texts(client: Client) -> ClipTexts:
    return ClipTexts(cast("Libraries", client))


def test_this_computer_is_asked_for_shots_and_speech(client: Client, texts: ClipTexts) -> None:
    hit = Hit("VI1", "a.mp4", 0, namespace="pier", library_id=LOCAL_ID)
    assert ClipOutlines(client.shots, texts).outline(hit, CancelToken()) == Outline((0, 3000), _SAID)
    assert client.asked == ["shots of VI1 in pier", "said"]


def test_of_a_library_that_charges_only_what_was_read_is_used(client: Client, texts: ClipTexts) -> None:
    hit, outlines = Hit("VI1", "a.mp4", 0, library_id=CLOUD_ID), ClipOutlines(client.shots, texts)
    assert outlines.outline(hit, CancelToken()) == Outline()
    assert client.asked == []
    texts.transcript(hit, CancelToken())
    texts.captions(hit, CancelToken())
    assert outlines.outline(hit, CancelToken()) == Outline((0, 4000), _SAID)
    assert client.asked == ["said", "seen"]
