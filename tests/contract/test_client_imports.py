"""Imports and the public library by the client: real yt-dlp against a platform on the loopback."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_search.api.client import VisualSearchClient
from desktop_search.core.errors import RequestRejected
from desktop_search.core.query import Platform as Place
from desktop_search.core.query import Scope, Strictness
from desktop_search.core.tasks import TaskReport, TaskState
from desktop_search.core.token import CancelToken
from tests.clips import Clip, clip_frame
from tests.clips.fixtures import ClipCache
from tests.contract.engine_child import EngineChild
from tests.support.platform import Platform
from tests.support.receiver import Receiver
from tests.support.waiting import wait_until


@dataclass(frozen=True)
class Importing:
    """A client of an engine that takes posts from a platform of ours, as if it were TikTok."""

    client: VisualSearchClient
    engine: EngineChild
    platform: Platform
    harbour: Clip

    def ended(self, task_id: str, namespace: str = "default") -> TaskReport:
        def report() -> TaskReport:
            return self.client.imports.task(task_id, namespace)

        wait_until(lambda: report().state is not TaskState.RUNNING, f"{task_id} has ended", 120)
        return report()


@pytest.fixture(scope="module")
def importing(clips: ClipCache, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Importing]:
    feeds = {"/@harbourmaster": ["dawn", "noon"], "/tag/fog": ["noon", "dawn"]}
    posts = dict.fromkeys(("dawn", "noon"), clips.silent().path) | {"harbour": clips.harbour().path}
    data = tmp_path_factory.mktemp("imports") / "data"
    with Platform(posts, feeds) as platform:
        options = ("--scraper-hosts", f"{platform.place}=TIKTOK", "--allow-private-callbacks")
        with EngineChild(data, *options) as engine:
            client = VisualSearchClient(engine.url, engine.key)
            yield Importing(client, engine, platform, clips.harbour())
            client.close()


def test_posts_arrive_in_their_namespace_and_what_failed_is_told(importing: Importing) -> None:
    addresses = [importing.platform.post(name) for name in ("dawn", "missing")]
    with Receiver() as receiver:
        task_id = importing.client.imports.posts(
            addresses, namespace="sea", quality="480", callback=f"{receiver.url}/hook"
        )
        report = importing.ended(task_id, "sea")
        wait_until(lambda: bool(receiver.heard), "the callback has come")
        assert receiver.heard[0].json["taskId"] == task_id
    (video,) = report.videos
    assert (video.name, video.url, video.namespace) == ("dawn", addresses[0], "sea")
    (failure,) = report.failures
    assert failure.address == addresses[1]
    assert "404" in failure.cause
    assert report.state is TaskState.DONE
    assert importing.client.imports.task(task_id) == TaskReport()  # in another namespace it is unknown
    assert importing.client.imports.task("no such task") == TaskReport()


def test_creators_and_hashtags_bring_as_many_as_asked(importing: Importing) -> None:
    imports = importing.client.imports
    profile = f"{importing.platform.url}/@harbourmaster"
    tasks = {
        ("dawn",): imports.creator(profile, 1, namespace="creator"),
        ("noon", "dawn"): imports.hashtags(["fog"], 2, namespace="tag"),
    }
    for (names, task_id), namespace in zip(tasks.items(), ("creator", "tag"), strict=True):
        assert tuple(video.name for video in importing.ended(task_id, namespace).videos) == names


def test_what_is_no_post_is_refused_with_words(importing: Importing) -> None:
    with pytest.raises(RequestRejected, match=r"\w"):
        importing.client.imports.posts([])
    with pytest.raises(RequestRejected, match=r"\w"):
        importing.client.imports.creator("http://127.0.0.1:9/@elsewhere")


def test_public_imports_are_found_by_the_public_searches(importing: Importing, tmp_path: Path) -> None:
    client, platform = importing.client, importing.platform
    tasks = [
        client.imports.posts([platform.post("harbour")], public=True),
        client.imports.creator(f"{platform.url}/@harbourmaster", 1, public=True),
        client.imports.hashtags(["fog"], 1, public=True),
    ]
    numbers = [video.video_no for task_id in tasks for video in importing.ended(task_id).videos]
    assert len(numbers) == 3
    assert all(number.startswith("PI-") for number in numbers)

    def found() -> set[str]:
        return {hit.video_no for hit in client.public.search("red", top_k=50)}

    wait_until(lambda: numbers[0] in found(), "the public post is indexed", 120)
    assert client.list_videos("default")[0] == ()
    best = client.public.search("red", top_k=5, strictness=Strictness.LOW)[0]
    assert (best.video_no, best.found_by) == (numbers[0], Scope.SEEN)
    assert client.public.search("red", platform=Place.INSTAGRAM) == ()
    with pytest.raises(RequestRejected):
        client.public.search("red", Scope.IMAGE)
    frame = tmp_path / "frame.png"
    clip_frame(importing.harbour, importing.harbour.starts[1]).save(frame)
    like = client.public.search_picture(frame, similarity=0.9)[0]
    assert like.video_no == numbers[0]
    assert like.end_ms is not None
    said = importing.engine.get("/get_public_audio_transcription", video_no=numbers[0]).data["transcriptions"]
    word = max(said[0]["content"].split(), key=len)
    hits, total = client.public.search_phrase(word)
    assert total >= 1
    assert {hit.video_no for hit in hits} == {numbers[0]}
    assert any(hit.video_no == numbers[0] for hit in client.public.search(word, Scope.SAID))
    target = tmp_path / "post.mp4"
    client.download_video(numbers[0], "", target, token=CancelToken(), on_received=lambda *_: None)
    assert target.read_bytes() == importing.harbour.path.read_bytes()
