"""The program's start-up, step by step; each step imports what it needs and nothing before it."""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
from contextlib import nullcontext
from pathlib import Path

from desktop_search import __version__
from desktop_search.bootstrap import environment
from desktop_search.bootstrap.logs import start_logging, stop_logging
from desktop_search.core.errors import AppError, FileProblem
from desktop_search.core.known_texts import reason_of
from desktop_search.core.language import _
from desktop_search.player.picture_way import VARIABLE, PictureWay, wanted_way
from desktop_search.settings.first_choices import first_choices
from desktop_search.settings.folders import Folders

NO_DISPLAY = _("""Desktop Search needs a display, and there is none here.
To see the main job done without one, with pictures of each step:  desktop-search --tour DIR""")


def main(argv: list[str]) -> int:
    """Run what the arguments ask for; the exit code is the result."""
    options = _parser().parse_args(argv)
    try:
        return _run(options)
    except AppError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _run(options: argparse.Namespace) -> int:
    if options.picture is not None:
        os.environ[VARIABLE] = options.picture
    if options.self_check:
        from desktop_search.bootstrap.self_check import run_self_check

        return run_self_check(Folders.for_user(options.profile_dir))
    if options.tour is not None:
        return _run_tour(options.tour)
    if not environment.has_display():
        sys.stderr.write(f"{NO_DISPLAY}\n")
        return 2
    folders = Folders.for_user(options.profile_dir)
    preferred = first_choices(folders.preferences_file).picture_way
    environment.apply(os.environ, sys.platform, wanted_way(os.environ, preferred))
    log = start_logging(folders.logs)
    gc.disable()  # until the window is whole: nothing is garbage yet, and looking for it takes a tenth of the time
    try:
        from desktop_search.bootstrap.window import run_window

        return run_window(folders, [path.absolute() for path in options.footage])
    finally:
        gc.unfreeze()
        gc.enable()
        stop_logging(log)


def _run_tour(target: Path) -> int:
    try:
        target.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise FileProblem(
            _("The folder {folder} cannot be made: {reason}.").format(folder=target, reason=reason_of(error)),
            hint=_("Name another one."),
        ) from error
    from desktop_search.bootstrap.virtual_display import VirtualDisplay

    with tempfile.TemporaryDirectory(prefix="desktop-search-tour-") as profile:
        folders = Folders.for_user(Path(profile))
        folders.create()
        with nullcontext() if environment.has_readable_screen() else VirtualDisplay():
            environment.apply(os.environ, sys.platform)
            from desktop_search.bootstrap.tour import run_tour

            return run_tour(folders, target)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="desktop-search",
        description=_("Find moments in your footage by what is seen, said, or pictured."),
        epilog=_("“desktop-search engine --help” tells about the engine on its own."),
    )
    parser.add_argument("footage", nargs="*", type=Path, help=_("files and folders to add to the upload queue"))
    parser.add_argument(
        "--tour", type=Path, metavar="DIR", help=_("do the main job by itself and save pictures of it in DIR")
    )
    parser.add_argument("--self-check", action="store_true", help=_("check this installation; JSON on stdout"))
    parser.add_argument("--profile-dir", type=Path, metavar="DIR", help=_("keep data, cache and logs below DIR"))
    parser.add_argument(
        "--picture",
        choices=[way.value for way in PictureWay],
        help=_("who draws the video: VLC into a window, or this program ({variable} does the same)").format(
            variable=VARIABLE
        ),
    )
    parser.add_argument("--version", action="version", version=f"Desktop Search {__version__}")
    return parser
