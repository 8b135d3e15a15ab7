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
    tls_cert: Path | None
    tls_key: Path | None
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
    found = _parser().parse_args(argv)
    return Arguments(
        data_dir=found.data_dir.absolute(),
        models_dir=(found.models_dir or found.data_dir / "models").absolute(),
        host=found.host,
        port=found.port,
        tls_cert=found.tls_cert,
        tls_key=found.tls_key,
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


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="desktop-search engine",
        description="Answer the Visual Search API from an index on this computer.",
        epilog="Keys for others: desktop-search engine keys --help",
    )
    add = parser.add_argument
    add("--data-dir", type=Path, required=True, help="folder of the index and of uploaded files")
    add("--models-dir", type=Path, help="folder of the models (default: models in the data folder)")
    add("--host", default="127.0.0.1", help="address to listen on (default: this computer alone)")
    add("--port", type=int, default=0, help="0 chooses a free one (default)")
    add(
        "--tls-cert",
        type=Path,
        metavar="FILE",
        help="certificate to show, in PEM form",
    )
    add("--tls-key", type=Path, metavar="FILE", help="its private key, in PEM form, without a password")
    add("--key-file", type=Path, help="file that holds the API key")
    add("--with-parent", action="store_true", help="end when standard input closes")
    add("--limits", choices=("off", "documented"), default="off", help="refuse calls that come too fast (default: off)")
    default_workers = 2 if (os.cpu_count() or 1) >= 4 else 1
    add("--workers", type=int, choices=range(1, 9), default=default_workers, help="videos read at once")
    look_every = f"how often to look whether files indexed in place moved or changed (default: {EVERY_S:g})"
    add("--look-every", type=_seconds, default=EVERY_S, metavar="SECONDS", help=look_every)
    _add_manners(parser)
    _add_network(parser)
    return parser


def _add_manners(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("--lenient", action="store_true", help="accept encodings that clients send by mistake")
    add("--failed-word", choices=("FAILED", "FAIL"), default="FAILED", help="status of failed videos")
    add("--string-numbers", action="store_true", help="numbers as text in lists, as the service once did")
    oddities = "answer with all the oddities of the service in 2025; implies both"
    add("--compat-2025", action="store_true", help=oddities)


def _add_network(parser: argparse.ArgumentParser) -> None:
    """What may be reached inside the own network, which is nothing unless said."""
    add = parser.add_argument
    add("--allow-private-callbacks", action="store_true", help="send callbacks to this computer and its network too")
    add("--allow-private-imports", action="store_true", help="fetch footage from this computer and its network too")
    stands_for = "a server of your own that stands for TIKTOK, YOUTUBE or INSTAGRAM, also inside your network"
    add("--scraper-hosts", type=_in_house, action="append", default=[], metavar="HOST:PORT=PLATFORM", help=stands_for)


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
