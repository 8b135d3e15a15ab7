"""The client and the engine speak the same contract: every call of the one, answered by the other."""

from __future__ import annotations

import os
import signal
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from desktop_search.api.client import VisualSearchClient
from desktop_search.catalog.database import Catalog
from desktop_search.core.areas import Area
from desktop_search.core.errors import FileProblem, KeyRejected, NotFound, RequestRejected
from desktop_search.core.footage import FootageDetails, Readiness, VideoRecord
from desktop_search.core.listing import ListFilters
from desktop_search.core.query import Scope, SearchFilters, SearchQuery, Strictness
from desktop_search.core.token import CancelToken
from desktop_search.services.engine_process import EngineProcess
from desktop_search.services.finding import Finder
from desktop_search.services.libraries import Libraries
from desktop_search.settings.preferences import PreferencesStore
from desktop_search.settings.secrets import SecretStore
from desktop_search.transfers.origins import Origins
from tests.clips import Scene, make_picture
from tests.clips.fixtures import ClipCache
from tests.contract.conftest import Harbour
from tests.contract.engine_child import EngineChild
from tests.support.waiting import wait_until

TAKEN = datetime(2026, 3, 14, 9, 20)  # noqa: DTZ001 - wall time in UTC, as the contract has it
DETAILS = FootageDetails("field work", ("sea", 'say "ahoy"'), "X100", TAKEN, 57.7, 11.97)


def _indexed(client: VisualSearchClient, video_no: str, namespace: str) -> VideoRecord:
    def record() -> VideoRecord:
        found = client.metadata(video_no, namespace)
        assert found is not None
        return found

    wait_until(lambda: record().readiness is not Readiness.WORKING, "the video is indexed", 120)
    return record()


def test_a_video_sent_is_listed_searched_fetched_and_deleted(
    client: VisualSearchClient, clips: ClipCache, tmp_path: Path
) -> None:
    clip = clips.silent()
    odd = tmp_path / 'two\nlines "100%" #1 Möwe 🐦.mp4'
    odd.write_bytes(clip.path.read_bytes())
    sent: list[int] = []
    video_no = client.upload_video(odd, DETAILS, token=CancelToken(), on_sent=sent.append)
    assert sent[-1] == odd.stat().st_size
    record = _indexed(client, video_no, "field work")
    assert (record.readiness, record.cause) == (Readiness.SEARCHABLE, "")
    assert set(record.tags) == {"sea", 'say "ahoy"', "api"}
    assert (record.camera, record.taken_ms, record.latitude) == ("X100", 1773480000000, 57.7)
    assert (record.width, record.height) == clip.size
    assert record.size_bytes == odd.stat().st_size
    assert client.list_unique_ids() == ("field work",)
    records, total = client.list_videos("field work", filters=ListFilters(video_name=record.name))
    assert ([each.video_no for each in records], total) == ([video_no], 1)
    target = tmp_path / "fetched.mp4"
    client.download_video(video_no, "field work", target, token=CancelToken(), on_received=lambda *_: None)
    assert target.read_bytes() == odd.read_bytes()
    client.delete_videos([video_no, "VI1"], "field work")
    assert client.metadata(video_no, "field work") is None
    with pytest.raises(NotFound):
        client.download_video(video_no, "field work", target, token=CancelToken(), on_received=lambda *_: None)


def test_pictures_are_sent_found_and_fetched_without_the_key(client: VisualSearchClient, tmp_path: Path) -> None:
    paths = [tmp_path / "red pier.png", tmp_path / "blue pier.png"]
    for path, colour in zip(paths, ("red", "blue"), strict=True):
        make_picture(path, Scene(1, colour))
    ids = client.upload_images(paths, DETAILS, token=CancelToken(), on_sent=lambda _: None)
    filters = SearchFilters(namespace="field work", cameras=("X100",))

    def found() -> tuple[str, ...]:
        answer = client.search(SearchQuery("red", Scope.IMAGE, filters))
        return tuple(image.image_id for image in answer.images)

    wait_until(lambda: bool(found()), "the picture is found", 60)
    best = client.search(SearchQuery("red", Scope.IMAGE, filters)).images[0]
    assert best.image_id == ids[0]
    assert (best.name.removesuffix(".png"), best.camera, best.taken_ms) == ("red pier", "X100", 1773480000000)
    target = tmp_path / "fetched.png"
    client.fetch_url(best.image_url, target, token=CancelToken(), on_received=lambda *_: None)
    assert target.read_bytes() == paths[0].read_bytes()
    assert best.blob is not None
    client.download_blob(best.blob, target, token=CancelToken(), on_received=lambda *_: None)
    assert target.read_bytes() == paths[0].read_bytes()


def test_what_is_seen_has_exact_times_and_a_key_frame(
    reader: VisualSearchClient, harbour: Harbour, tmp_path: Path
) -> None:
    hits = reader.search(SearchQuery("red", filters=SearchFilters(top_k=5))).hits
    assert hits
    best = hits[0]
    assert best.video_no == harbour.video_no
    assert best.score is not None
    assert 0 < best.score <= 1
    assert abs(best.start_ms - harbour.clip.start_ms(1)) <= 1
    assert best.keyframe is not None
    target = tmp_path / "key.jpg"
    reader.download_blob(best.keyframe, target, token=CancelToken(), on_received=lambda *_: None)
    assert target.read_bytes()[:2] == b"\xff\xd8"
    assert best.video is not None
    reader.download_blob(best.video, target, token=CancelToken(), on_received=lambda *_: None)
    assert target.read_bytes() == harbour.clip.path.read_bytes()


def test_what_is_written_is_told_where_it_was_asked_for(reader: VisualSearchClient, harbour: Harbour) -> None:
    hit = reader.search(SearchQuery("scene four"), CancelToken()).hits[0]
    assert hit.start_ms == harbour.clip.start_ms(2)
    assert hit.read == hit.words_there == "SCENE FOUR"
    assert not any(hit.read for hit in reader.search(SearchQuery("dark"), CancelToken()).hits)


def test_what_is_said_is_found_by_words_by_phrase_and_in_the_transcript(
    reader: VisualSearchClient, harbour: Harbour
) -> None:
    lines = reader.transcript(harbour.video_no, "default")
    assert lines
    assert all(line.start_ms <= line.end_ms for line in lines)
    word = max(lines[0].text.split(), key=len).strip(".,!?")
    said = reader.search(SearchQuery(word, Scope.SAID)).hits
    quoted = reader.search(SearchQuery(f'"{word}"', Scope.SAID)).hits
    for hits in (said, quoted):
        assert {hit.video_no for hit in hits} == {harbour.video_no}
        assert any(word.lower() in hit.excerpt.lower() for hit in hits)
    other = SearchFilters(tag="nothing has this tag")
    assert reader.search(SearchQuery(f'"{word}"', Scope.SAID, other)).hits == ()
    assert reader.transcript(harbour.silent_no, "default") == ()


FILTERS: dict[str, tuple[SearchFilters, bool]] = {
    "tag": (SearchFilters(tag="sea"), True),
    "other tag": (SearchFilters(tag="city"), False),
    "camera": (SearchFilters(cameras=("X100",)), True),
    "other camera": (SearchFilters(cameras=("Q2",)), False),
    "several cameras": (SearchFilters(cameras=("Q2", "X100")), True),
    "several other cameras": (SearchFilters(cameras=("Q2", "Q3")), False),
    "taken before": (SearchFilters(taken_before=TAKEN + timedelta(seconds=1)), True),
    "taken too late": (SearchFilters(taken_before=TAKEN), False),
    "taken between": (SearchFilters(taken_after=TAKEN, taken_before=TAKEN + timedelta(seconds=1)), True),
    "taken after": (SearchFilters(taken_after=TAKEN), True),
    "taken too early": (SearchFilters(taken_after=datetime(2026, 3, 14, 9, 21)), False),  # noqa: DTZ001
    "place": (SearchFilters(latitude=57.7, longitude=11.97), True),
    "other place": (SearchFilters(latitude=-57.7, longitude=11.97), False),
    "area": (SearchFilters(area=Area(57, 11, 58, 12)), True),
    "other area": (SearchFilters(area=Area(57.8, 11, 58, 12)), False),
    "namespace": (SearchFilters(namespace="nobody's"), False),
    "low": (SearchFilters(strictness=Strictness.LOW), True),
}


@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_holds_for_words_and_for_pictures(
    reader: VisualSearchClient, harbour: Harbour, tmp_path: Path, name: str
) -> None:
    filters, passes = FILTERS[name]
    frame = tmp_path / "frame.jpg"
    best = reader.search(SearchQuery("red")).hits[0]
    assert best.keyframe is not None
    reader.download_blob(best.keyframe, frame, token=CancelToken(), on_received=lambda *_: None)
    for query in (SearchQuery("red", filters=filters), SearchQuery(picture=frame, filters=filters)):
        numbers = {hit.video_no for hit in reader.search(query).hits}
        assert (harbour.video_no in numbers) is passes


def test_refusals_are_readable(client: VisualSearchClient, engine: EngineChild, tmp_path: Path) -> None:
    with pytest.raises(RequestRejected, match=r"\w"):
        client.search(SearchQuery("x", filters=SearchFilters(top_k=5000)))
    (tmp_path / "a.txt").write_bytes(b"text")
    with pytest.raises(RequestRejected, match=r"\w"):
        client.upload_video(tmp_path / "a.txt", FootageDetails(), token=CancelToken(), on_sent=lambda _: None)
    with pytest.raises((RequestRejected, FileProblem)):
        client.upload_url((tmp_path / "missing.mp4").as_uri(), FootageDetails())
    wrong = VisualSearchClient(engine.url, "sk-wrong")
    with pytest.raises(KeyRejected):
        wrong.list_unique_ids()
    wrong.close()


def test_a_search_goes_on_after_the_engine_was_killed(clips: ClipCache, tmp_path: Path) -> None:
    engine = EngineProcess(tmp_path / "data", tmp_path / "logs" / "engine.log")
    libraries = Libraries(engine, SecretStore(), PreferencesStore(tmp_path / "preferences.json"))
    catalog = Catalog(tmp_path / "catalog.db")
    finder = Finder(libraries, Origins(catalog))
    try:
        client = libraries.client("local", CancelToken())
        video_no = client.upload_url(clips.harbour().path.as_uri(), FootageDetails())
        _indexed(client, video_no, "default")
        before = finder.search("local", SearchQuery("red"), CancelToken())
        pid = engine.pid
        assert pid is not None
        os.kill(pid, signal.SIGKILL)
        after = finder.search("local", SearchQuery("red"), CancelToken())
        assert after == before
        assert engine.pid not in (pid, None)
    finally:
        libraries.close()
        engine.stop()
        catalog.close()
    assert "Traceback" not in (tmp_path / "logs" / "engine.log").read_text()
