"""Selects as files of their own: clips that are cut out, and still frames."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from desktop_search.core.clip_names import file_stem, template_problem
from desktop_search.core.cutting import Cut, CutClip, CutJob
from desktop_search.core.errors import FileProblem, RequestRejected
from desktop_search.core.handing_over import HandedOver, Progress, Stage
from desktop_search.core.language import _, ngettext
from desktop_search.core.selects import Select
from desktop_search.core.timeline import TimelineEvent
from desktop_search.core.token import CancelToken
from desktop_search.media.cutting import cut_clip, suffix_of
from desktop_search.services.handing_over import HandOver

Report = Callable[[Progress], object]


class ClipFiles:
    """Safe from any thread; may take long."""

    def __init__(self, hand_over: HandOver) -> None:
        self._hand_over = hand_over

    def export(
        self,
        selects: Sequence[Select],
        cut: Cut,
        folder: Path,
        template: str,
        bin_name: str,
        token: CancelToken,
        report: Report,
    ) -> HandedOver:
        """Write a file for each into `folder`, named by `template`; what is there already is not touched.

        Raises `RequestRejected` for a template with a field that there is none of, `NothingWritten` where a file is
        gone or a range makes no sense, `DiskFull`, and `FileProblem` where nothing can be written; `Cancelled`, which
        leaves the files that were complete and no part of another.
        """
        if wrong := template_problem(template):
            said = _("There is no “{field}” that a name could be made of.").format(field=wrong)
            raise RequestRejected(said, hint=_("Take one of those that are named below the field."))
        events = self._hand_over.events_of(selects, token, report)
        if not folder.is_dir():
            raise FileProblem(_("{folder} is no folder.").format(folder=folder), hint=_("Choose another folder."))
        problems, made = list[str](), 0
        for number, event in enumerate(events, 1):
            report(Progress(Stage.CLIPS, number - 1, len(events)))
            name = file_stem(template, fields_of(number, len(events), event, bin_name)) + suffix_of(
                event.clip.path, cut
            )
            try:
                said = self._cut(event, cut, folder / name, token, _Part(report, number, len(events)))
                made += 1
            except FileProblem as error:
                said = str(error)
            if said:
                problems.append(f"{number} ({event.clip.path.name}): {said}")
        words = ngettext("{count} file written", "{count} files written", made)
        return HandedOver(folder, made, words, tuple(problems))

    def _cut(
        self, event: TimelineEvent, cut: Cut, target: Path, token: CancelToken, on_permille: Callable[[int], None]
    ) -> str:
        """What there is to say of the file; "" where it is what was chosen."""
        base = event.clip.timebase
        job = CutJob(event.clip.path, target, base.time_ms(event.in_frame), base.time_ms(event.out_frame), cut)
        return remark(cut_clip(job, token, on_permille))


def save_still(source: Path, at_ms: int, target: Path, token: CancelToken) -> Path:
    """The frame on screen at `at_ms` as PNG; returns where it is. Raises `FileProblem`, `DiskFull`, `Cancelled`."""
    place = target if target.suffix.lower() == ".png" else target.with_name(f"{target.name}.png")
    return cut_clip(CutJob(source, place, at_ms, at_ms, Cut.PNG), token, lambda _: None).path


def remark(made: CutClip) -> str:
    """Where a copied clip begins and ends elsewhere than was chosen; "" where it does not."""
    said = []
    if made.early:
        words = ngettext(
            "It begins {count} frame early, at the key frame at {timecode}.",
            "It begins {count} frames early, at the key frame at {timecode}.",
            made.early,
            timecode=made.timecode,
        )
        said.append(words)
    if made.late > 0:
        said.append(ngettext("It ends {count} frame late.", "It ends {count} frames late.", made.late))
    return " ".join(said)


def fields_of(number: int, of: int, event: TimelineEvent, bin_name: str) -> dict[str, str]:
    """What a template can name."""
    base = event.clip.timebase
    return {
        "n": str(number).zfill(max(3, len(str(of)))),
        "name": event.clip.path.stem,
        "in": base.timecode(event.in_frame),
        "out": base.timecode(event.out_frame),
        "note": event.note,
        "stars": str(event.rating),
        "tags": " ".join(event.tags),
        "reel": event.clip.reel,
        "bin": bin_name,
    }


class _Part:
    """Tells how far one file is as a part of all."""

    def __init__(self, report: Report, number: int, of: int) -> None:
        self._report, self._number, self._of = report, number, of

    def __call__(self, permille: int) -> None:
        self._report(Progress(Stage.CLIPS, self._number - 1, self._of, permille))
