"""What selects can be exported as, where to, and what was chosen the last time."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_search.core.clip_names import TEMPLATE_DEFAULT, safe_name
from desktop_search.core.cutting import Cut
from desktop_search.core.editors import Editor
from desktop_search.core.errors import AppError
from desktop_search.core.handing_over import Arrangement, Form

Goal = Form | Cut | Editor

# In the order and the groups in which they are offered.
GOALS: tuple[tuple[Goal, ...], ...] = (
    (Form.FCPXML, Form.FCP7_XML, Form.OTIO, Form.OTIOZ, Form.EDL),
    (Form.RESOLVE_MARKERS, Form.PREMIERE_MARKERS, Form.AVID_LOCATORS, Form.CSV),
    (Form.HTML, Form.PDF),
    (Cut.PRORES, Cut.H264, Cut.COPY, Cut.PNG),
    (Editor.RESOLVE,),
)


class TargetThere(AppError):
    """There is a file of that name, and nobody said that it may be replaced."""


@dataclass(frozen=True, slots=True)
class ExportOrder:
    """What to make.

    Attributes:
        target: the file; of clip files their folder; without meaning for a program.
        title: what the list is called.
        template: names clip files.
        may_replace: whether a file that is there may be replaced. Clip files never replace anything.
    """

    goal: Goal
    target: Path
    title: str
    arrangement: Arrangement = Arrangement.TIMELINE
    template: str = TEMPLATE_DEFAULT
    may_replace: bool = False


def goal_of(value: str) -> Goal:
    """The goal with this value; the first where there is none."""
    return next((goal for group in GOALS for goal in group if goal.value == value), GOALS[0][0])


def arrangements_of(goal: Goal) -> tuple[Arrangement, ...]:
    """How ranges can be arranged in it."""
    if isinstance(goal, Form):
        return goal.arrangements
    return tuple(Arrangement) if isinstance(goal, Editor) else (Arrangement.TIMELINE,)


def default_target(goal: Goal, folder: Path, title: str) -> Path:
    """Where it goes where nobody says otherwise: a file called as the list, or the folder itself."""
    return folder / f"{safe_name(title) or 'selects'}{goal.suffix}" if isinstance(goal, Form) else folder


def typed_target(text: str, folder: Path) -> Path | None:
    """The place that was typed, in `folder` where it is no whole path; `None` where it is none at all."""
    try:
        typed = Path(text.strip()).expanduser()
    except RuntimeError:  # "~" and the name of nobody
        return None
    return folder / typed if text.strip() and "\0" not in text and typed.name else None
