"""What a look into a file of the queue told, in words."""

from __future__ import annotations

from desktop_search.core.language import _, short_number
from desktop_search.core.media_types import codec_name
from desktop_search.core.uploads import MediaFacts, MediaKind, UploadItem
from desktop_search.models.upload_words import plain_line


def row_tip(item: UploadItem, state: str) -> str:
    """All about a row, a line for each: its file, its state, what is in it, why another file is sent in its place."""
    lines = [plain_line(str(item.path)), state, facts_words(item.facts, item.kind), item.proxy_reason]
    return "\n".join(line for line in lines if line)


def facts_words(facts: MediaFacts, kind: MediaKind = MediaKind.VIDEO) -> str:
    """In one line: "MOV · ProRes · 1920 × 1080 · 29.97 fps · 1:20 · PCM · starts at 10:04:13;05"."""
    if not facts.container:
        return ""
    words = [facts.container, f"{facts.width} × {facts.height}"]
    if kind is MediaKind.VIDEO:
        minutes, second = divmod(round(facts.duration_ms / 1000), 60)
        hours, minute = divmod(minutes, 60)
        words.insert(1, plain_line(codec_name(facts.video_codec)))
        words += [
            _("{rate} fps").format(rate=short_number(float(facts.rate))),
            f"{hours}:{minute:02d}:{second:02d}" if hours else f"{minute}:{second:02d}",
            plain_line(codec_name(facts.audio_codec)) or _("no sound"),
        ]
        if facts.start_timecode:
            words.append(_("starts at {timecode}").format(timecode=plain_line(facts.start_timecode)))
    return " · ".join(words)
