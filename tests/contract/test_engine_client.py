"""The window's client of what is not part of the contract, against a real engine."""

from __future__ import annotations

import pytest

from desktop_search.api.engine_client import EngineClient
from desktop_search.core.engine_state import EngineState
from desktop_search.core.errors import AppError
from desktop_search.core.token import CancelToken
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import KEY, EngineChild


def test_the_state_is_read_and_indexing_paused(engine: EngineChild) -> None:
    client = EngineClient(engine.url, KEY, title="the engine")
    assert client.state(CancelToken()) == EngineState()
    assert client.set_paused(True, CancelToken()).paused
    assert client.state(CancelToken()).paused
    assert not client.set_paused(False, CancelToken()).paused
    client.close()


def test_the_shots_of_a_video_are_told(engine: EngineChild, clips: ClipCache) -> None:
    clip = clips.harbour()
    video_no = engine.add_in_place(clip.path)
    client = EngineClient(engine.url, KEY, title="the engine")
    engine.wait_indexed(video_no)
    assert client.shots(video_no, "default", CancelToken()) == (0, clip.start_ms(1), clip.start_ms(2))
    assert client.shots(video_no, "elsewhere", CancelToken()) == client.shots("VI1", "default", CancelToken()) == ()
    client.close()


def test_a_wrong_key_learns_nothing(engine: EngineChild) -> None:
    client = EngineClient(engine.url, "sk-wrong", title="the engine")
    with pytest.raises(AppError):
        client.state(CancelToken())
    with pytest.raises(AppError):
        client.shots("VI1", "default", CancelToken())
    client.close()
