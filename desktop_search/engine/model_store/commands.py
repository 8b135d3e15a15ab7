"""`desktop-search models …`: which models there are, fetching, importing, choosing, checking and removing them."""

from __future__ import annotations

import argparse
import os
import signal
import sys
import threading
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from desktop_search.core.errors import AppError, Cancelled
from desktop_search.core.token import CancelToken
from desktop_search.engine.model_store.catalogue import Catalogue, load_catalogue
from desktop_search.engine.model_store.check import CHECKS
from desktop_search.engine.model_store.importing import import_model
from desktop_search.engine.model_store.installed import Kind
from desktop_search.engine.model_store.installing import Work, check
from desktop_search.engine.model_store.listing import described, listed, mb, totals
from desktop_search.engine.model_store.models import Installation, Models
from desktop_search.engine.model_store.speaking import JsonSpeaker, PlainSpeaker, Speaker
from desktop_search.engine.parent import end_with_parent

DONE, FAILED, TRY_LATER, CANCELLED = 0, 2, 3, 4
_LOOK_EVERY_S = 0.2
_GRACE_S = 0.7  # how long work that was cancelled may take to end in order


@dataclass(frozen=True, slots=True)
class _Desk:
    """What a command works with."""

    asked: argparse.Namespace
    models: Models
    catalogue: Catalogue
    speaker: Speaker
    checks: Mapping[Kind, str]
    token: CancelToken

    def work(self) -> Work:
        return Work(self.models, self.checks, self.token, self.speaker.progress)

    def say_installed(self, words: str, found: Installation) -> None:
        model_id = found.manifest.model_id
        values = described(self.models, self.catalogue.find(model_id), self.models.find(model_id))
        state = " It is in use." if values["in_use"] else ""
        self.speaker.done(f"{found.manifest.title} {words}.{state}", values)


def run_models(argv: list[str], *, default_folder: Path, checks: Mapping[Kind, str] = CHECKS) -> int:
    """Do what the arguments ask for.

    Returns the exit code: 0 done, 2 failed, 3 no network or the hub does not answer (later it may), 4 cancelled.
    """
    asked = _parser(default_folder).parse_args(argv)
    speaker: Speaker = JsonSpeaker() if asked.json else PlainSpeaker()
    token = CancelToken()
    try:
        models = Models(asked.models_dir.absolute())
        desk = _Desk(asked, models, load_catalogue(asked.catalogue), speaker, checks, token)
        _run_to_end(partial(asked.command, desk), token, with_parent=asked.with_parent)
    except Cancelled:
        speaker.failed(AppError("Cancelled.", hint="What was fetched is kept."), True)
        sys.stdout.flush()
        os._exit(CANCELLED)  # what was cancelled may still hang in a call of a library
    except AppError as problem:
        speaker.failed(problem)
        return TRY_LATER if problem.retryable else FAILED
    except Exception as error:  # noqa: BLE001 - whoever drives this must hear how it ended
        traceback.print_exc()
        speaker.failed(AppError(f"The command broke off: {type(error).__name__}.", hint="Please report it."))
        return FAILED
    return DONE


def _run_to_end(work: Callable[[], None], token: CancelToken, *, with_parent: bool) -> None:
    """Run `work` in a thread; signals, and with `with_parent` the end of standard input, cancel it.

    Raises what it raised, or `Cancelled` shortly after it was cancelled, whatever it is doing.
    """
    ended, raised = threading.Event(), []

    def run() -> None:
        try:
            work()
        except BaseException as error:  # noqa: BLE001 - raised again, in the thread that waits
            raised.append(error)
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: token.cancel())
    if with_parent:
        end_with_parent(token.cancel)
    threading.Thread(target=run, name="models", daemon=True).start()
    while not ended.wait(_LOOK_EVERY_S):
        if token.cancelled and not ended.wait(_GRACE_S):
            raise Cancelled
    if raised:
        raise raised[0]


def _list(desk: _Desk) -> None:
    desk.speaker.models(listed(desk.models, desk.catalogue), totals(desk.models))


def _download(desk: _Desk) -> None:
    from desktop_search.engine.model_store.fetching import fetch_model
    from desktop_search.engine.model_store.hub import Hub  # its library takes a while to load

    model = desk.catalogue.get(desk.asked.id)
    desk.say_installed("is installed", fetch_model(desk.work(), model, Hub()))


def _import(desk: _Desk) -> None:
    source = desk.asked.source.absolute()
    found = import_model(desk.work(), desk.catalogue, source, desk.asked.id or "")
    desk.say_installed("is installed", found)


def _check(desk: _Desk) -> None:
    desk.say_installed("is whole and works", check(desk.work(), desk.asked.id))


def _use(desk: _Desk) -> None:
    if desk.asked.none is not None:
        kind = Kind(desk.asked.none)
        desk.models.use_none(kind)
        desk.speaker.done(f"No model is used for “{kind.value}”.", {"id": None, "kind": kind.value})
        return
    desk.models.use(desk.asked.id)
    desk.say_installed("is chosen", desk.models.get(desk.asked.id))


def _remove(desk: _Desk) -> None:
    removed = desk.models.remove(desk.asked.id)
    desk.speaker.done(f"Removed, {mb(removed)}.", {"id": desk.asked.id, "removed_bytes": removed})


def _parser(default_folder: Path) -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument(
        "--models-dir", type=Path, default=default_folder, help="folder of the models (default: the program's own)"
    )
    common.add_argument("--catalogue", type=Path, help="file with other models to choose from, see docs/models.md")
    common.add_argument("--json", action="store_true", help="answer with one JSON object a line")
    common.add_argument("--with-parent", action="store_true", help="end when standard input closes")
    parser = argparse.ArgumentParser(
        prog="desktop-search models", description="Models for search by meaning and for speech, on this computer."
    )
    commands = parser.add_subparsers(required=True)

    def command(name: str, run: Callable[[_Desk], None], about: str) -> argparse.ArgumentParser:
        added = commands.add_parser(name, parents=[common], help=about, description=about)
        added.set_defaults(command=run)
        return added

    command("list", _list, "show all models, installed or not")
    download = command("download", _download, "fetch and install a model; goes on where it was interrupted")
    download.add_argument("id", help="the model")
    imported = command("import", _import, "install a model from a folder that holds its files")
    imported.add_argument("source", type=Path, metavar="FOLDER", help="where the files lie; it stays as it is")
    imported.add_argument("--id", help="which model it is (default: told from the files)")
    used = command("use", _use, "choose the model of its kind that is in use").add_mutually_exclusive_group(
        required=True
    )
    used.add_argument("id", nargs="?", help="the model")
    used.add_argument("--none", choices=[kind.value for kind in Kind], metavar="KIND", help="use none of this kind")
    command("check", _check, "compute the checksums again and try the model").add_argument("id", help="the model")
    command("remove", _remove, "delete a model, and what was fetched of it").add_argument("id", help="the model")
    return parser
