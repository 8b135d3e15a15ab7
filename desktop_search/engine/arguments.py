"""The command line of the engine."""

from __future__ import annotations

import argparse
import math
import os
from dataclasses import dataclass
from pathlib import Path

from desktop_search.engine.library.watching import EVERY_S
from desktop_search.engine.scraping.platforms import InHouse, in_house_of


@dataclass(frozen=True, slots=True)
class Arguments:
    """What was asked on the command line. The key never is."""

    data_dir: Path
    models_dir: Path
    host: str
    port: int
    key_file: Path | None
    with_parent: bool
    lenient: bool
    failed_word: str
    string_numbers: bool
    compat_2025: bool
    workers: int
    documented_limits: bool
    allow_private_callbacks: bool
    allow_private_imports: bool
    scraper_hosts: tuple[InHouse, ...]
    look_every_s: float


def parse_arguments(argv: list[str]) -> Arguments:
    """Read the command line; ends the process with a usage text where it cannot be read."""
    parser = argparse.ArgumentParser(
        prog="desktop-search engine",
        description="Answer the Visual Search API from an index on this computer.",
        epilog="Keys for others: desktop-search engine keys --help",
    )
    parser.add_argument("--data-dir", type=Path, required=True, help="folder of the index and of uploaded files")
    parser.add_argument("--models-dir", type=Path, help="folder of the models (default: models in the data folder)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on (default: this computer alone)")
    parser.add_argument("--port", type=int, default=0, help="0 chooses a free one (default)")
    parser.add_argument("--key-file", type=Path, help="file that holds the API key")
    parser.add_argument("--with-parent", action="store_true", help="end when standard input closes")
    parser.add_argument("--lenient", action="store_true", help="accept encodings that clients send by mistake")
    parser.add_argument("--failed-word", choices=("FAILED", "FAIL"), default="FAILED", help="status of failed videos")
    parser.add_argument(
        "--string-numbers", action="store_true", help="numbers as text in lists, as the service once did"
    )
    parser.add_argument(
        "--compat-2025", action="store_true", help="answer with all the oddities of the service in 2025; implies both"
    )
    default_workers = 2 if (os.cpu_count() or 1) >= 4 else 1
    parser.add_argument("--workers", type=int, choices=range(1, 9), default=default_workers, help="videos read at once")
    parser.add_argument(
        "--limits", choices=("off", "documented"), default="off", help="refuse calls that come too fast (default: off)"
    )
    parser.add_argument(
        "--allow-private-callbacks", action="store_true", help="send callbacks to this computer and its network too"
    )
    parser.add_argument(
        "--look-every",
        type=_seconds,
        default=EVERY_S,
        metavar="SECONDS",
        help=f"how often to look whether files indexed in place moved or changed (default: {EVERY_S:g})",
    )
    parser.add_argument(
        "--allow-private-imports", action="store_true", help="fetch footage from this computer and its network too"
    )
    parser.add_argument(
        "--scraper-hosts",
        type=_in_house,
        action="append",
        default=[],
        metavar="HOST:PORT=PLATFORM",
        help="a server of your own that stands for TIKTOK, YOUTUBE or INSTAGRAM, also inside your network",
    )
    found = parser.parse_args(argv)
    return Arguments(
        data_dir=found.data_dir.absolute(),
        models_dir=(found.models_dir or found.data_dir / "models").absolute(),
        host=found.host,
        port=found.port,
        key_file=found.key_file,
        with_parent=found.with_parent,
        lenient=found.lenient,
        failed_word="FAIL" if found.compat_2025 else found.failed_word,
        string_numbers=found.string_numbers or found.compat_2025,
        compat_2025=found.compat_2025,
        workers=found.workers,
        documented_limits=found.limits == "documented",
        allow_private_callbacks=found.allow_private_callbacks,
        allow_private_imports=found.allow_private_imports,
        scraper_hosts=tuple(found.scraper_hosts),
        look_every_s=found.look_every,
    )


def _seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0.05 <= seconds <= 86_400:
        raise argparse.ArgumentTypeError(f"{text!r} is no number of seconds from 0.05 to 86400")
    return seconds


def _in_house(text: str) -> InHouse:
    try:
        return in_house_of(text)
    except ValueError:
        raise argparse.ArgumentTypeError("HOST:PORT=TIKTOK, =YOUTUBE or =INSTAGRAM") from None
