"""Our FCPXML is as Apple publishes that it must be; and the checks notice when it is not."""

from __future__ import annotations

import re
from fractions import Fraction
from pathlib import Path, PurePosixPath, PureWindowsPath
from xml.etree import ElementTree as ET

import pytest

from desktop_search.core.timecode import Timebase
from desktop_search.core.timeline import SourceClip, Timeline, TimelineEvent
from desktop_search.handoff.edl import edl_text, reel_names
from desktop_search.handoff.fcp7xml import fcp7_text
from desktop_search.handoff.fcpxml import fcpxml_sources_text, fcpxml_text
from desktop_search.handoff.words import url_of
from tests.unit.handoff.fcpxml_rules import broken_rules
from tests.unit.handoff.test_second_reader import RATES

NAMES = ["A & B.mov", "Köln <1>.mp4", 'the "best".mxf', "日本 #1 100%.mov", "c;d?e.mkv"]


def timeline(rate: Fraction, drop: bool, tracks: tuple[int, ...] = (1, 1, 2)) -> Timeline:
    events: list[TimelineEvent] = []
    for number, (other, other_drops) in enumerate(RATES):
        path = Path(f"/footage/card {number}") / NAMES[number % len(NAMES)]
        clip = SourceClip(path, Timebase(other, other_drops, 86_390 * number), 500, 1920, 1080, tracks, 48_000, "A001")
        events += [
            TimelineEvent(clip, begin, begin + 100, "a <note> & more", number % 6, "red", ("x, y", "z"))
            for begin in (0, 20 + number)
        ]
    return Timeline("Rough & <cut>", Timebase(rate, drop, 86_400), tuple(events))


@pytest.mark.parametrize(("rate", "drop"), RATES, ids=str)
def test_documents_keep_the_rules(rate: Fraction, drop: bool) -> None:
    made = timeline(rate, drop)
    assert broken_rules(fcpxml_text(made)) == []
    assert broken_rules(fcpxml_sources_text(made)) == []


@pytest.mark.parametrize(
    ("found", "instead"),
    [
        (r'(<asset-clip [^>]*)format="\w+"', r'\1format="r99"'),
        (r'(<asset-clip [^>]*)ref="\w+"', r'\1ref="r1"'),
        (r"<spine>", "<spine><clip/>"),
        (r'srcFrameRate="23.98"', 'srcFrameRate="23.976"'),
        (r'(<asset-clip [^>]*)start="\w+"', r'\1start="1/100s"'),
        (r'(<asset-clip [^>]*)offset="\w+"', r'\1offset="1s"'),
        (r"file:///", "file:// /"),
        (r'tcStart="', 'begins="'),
        (r"<note>.*?</note>(\s*)(<conform-rate[^>]*>)", r"\2<note/>"),
        (r'(<keyword [^>]*)start="\w+"', r'\1start="9999s"'),
        (r'(<media-rep [^>]*)src="[^"]*"', r"\1"),
    ],
)
def test_the_checks_notice(found: str, instead: str) -> None:
    text = fcpxml_text(timeline(Fraction(24), drop=False))
    changed = re.sub(found, instead, text, count=1)
    assert changed != text
    assert broken_rules(changed)


@pytest.mark.parametrize("tracks", [(), (1,), (2,), (1, 1, 1, 1), (6,)])
def test_sound_is_described_as_it_is(tracks: tuple[int, ...]) -> None:
    made, channels = timeline(Fraction(25), drop=False, tracks=tracks), sum(tracks)
    asset = next(ET.fromstring(fcpxml_text(made)).iter("asset"))
    assert asset.get("audioSources") == (str(len(tracks)) if tracks else None)
    assert asset.get("audioChannels") == (str(max(tracks)) if tracks else None)
    document = ET.fromstring(fcp7_text(made))
    file = next(each for each in document.iter("file") if len(each))
    assert [int(each.text or "") for each in file.iterfind("media/audio/channelcount")] == list(tracks)
    assert len(document.findall("sequence/media/audio/track")) == channels
    event = edl_text(made).splitlines()[3].split()[2]
    assert event == {0: "V", 1: "B"}.get(channels, "AA/V")
    assert ("AUD  3     4" in edl_text(made)) == (channels > 3)


def test_reels_are_eight_letters_and_comments_hold_the_whole_names() -> None:
    clips = [
        SourceClip(Path(f"/{folder}/Interview with Ömer, day {day}.mov"), Timebase(), 100)
        for folder in "ab"
        for day in range(12)
    ]
    names = reel_names(tuple(clips))
    assert len(set(names.values())) == len(clips)
    assert all(len(name) <= 8 and name.isascii() and name.isalnum() for name in names.values())
    text = edl_text(Timeline("Cut", Timebase(), tuple(TimelineEvent(clip, 0, 10) for clip in clips)))
    for clip in clips:
        assert f"* FROM CLIP NAME: {clip.path.name}\n* SOURCE FILE: {clip.path}\n" in text


def test_a_reel_is_one_name_unless_its_timecode_is_there_twice() -> None:
    def clip(name: str, start: int, reel: str) -> SourceClip:
        return SourceClip(Path(f"/a/{name}.mov"), Timebase(start_frame=start), 100, reel=reel)

    one, two, three = clip("one", 0, "A001"), clip("two", 100, "A001"), clip("three", 0, "B002")
    names = reel_names((one, two, three))
    assert [names[each] for each in (one, two, three)] == ["A001", "A001", "B002"]
    twice = clip("twice", 50, "B002")
    assert len(set(reel_names((one, two, three, twice)).values())) == 3


@pytest.mark.parametrize(
    ("path", "url"),
    [
        (PurePosixPath("/Volumes/X 1/ü & 'a'.mov"), "file:///Volumes/X%201/%C3%BC%20%26%20%27a%27.mov"),
        (PurePosixPath("/mnt/100% #1?.mp4"), "file:///mnt/100%25%20%231%3F.mp4"),
        (PureWindowsPath(r"D:\Card 1\a&b.mov"), "file:///D:/Card%201/a%26b.mov"),
        (PureWindowsPath(r"\\server\share\日 本.mov"), "file://server/share/%E6%97%A5%20%E6%9C%AC.mov"),
    ],
)
def test_addresses_on_every_system(path: PurePosixPath | PureWindowsPath, url: str) -> None:
    assert url_of(path) == url
