"""The engine's process: from the command line to the last answer."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import sys
from functools import partial
from typing import TextIO

from desktop_search.engine.arguments import Arguments, parse_arguments
from desktop_search.engine.assembly import Engine
from desktop_search.engine.http.signing import Signer
from desktop_search.engine.keys import choose_key, take_key_from_environment
from desktop_search.engine.library.files import Files
from desktop_search.engine.lock import lock_folder
from desktop_search.engine.parent import end_with_parent
from desktop_search.engine.problems import StartProblem
from desktop_search.engine.serving import Server, bound_socket
from desktop_search.engine.store.database import StoreTooNew
from desktop_search.engine.store.keys import Keys
from desktop_search.engine.store.store import Store
from desktop_search.engine.tls import Tls, refuse_open_doors, tls_of

_log = logging.getLogger(__name__)


def run_engine(argv: list[str]) -> int:
    """Serve until asked to end. Returns the exit code: 0, or 2 when the engine could not start."""
    key_given = take_key_from_environment()
    arguments = parse_arguments(argv)
    logging.basicConfig(level=logging.INFO, stream=sys.stderr, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    ready_line = _keep_stdout_for_the_ready_line()
    try:
        _serve(arguments, key_given, ready_line)
    except StartProblem as problem:
        sys.stderr.write(f"desktop-search engine: {problem}\n")
        return 2
    return 0


def _serve(arguments: Arguments, key_given: str, ready_line: TextIO) -> None:
    files = Files(arguments.data_dir)
    try:
        arguments.data_dir.mkdir(parents=True, exist_ok=True)
        lock_folder(arguments.data_dir)
        files.create()
        key = choose_key(key_given, arguments.key_file, arguments.data_dir)
        tls = tls_of(arguments.tls_cert, arguments.tls_key)
        keys = Keys(arguments.data_dir)
        has_key = bool(key_given or arguments.key_file) or keys.has_any()
        refuse_open_doors(arguments.host, has_tls=tls is not None, has_key=has_key)
        store = Store(arguments.data_dir / "library.db")
    except StoreTooNew as error:
        raise StartProblem(str(error)) from None
    except (OSError, sqlite3.Error) as error:
        raise StartProblem(f"The data folder {arguments.data_dir} cannot be used: {error}") from None
    for database in (store.database, keys.database):
        if database.notice:
            _log.warning(database.notice)
    listener = bound_socket(arguments.host, arguments.port)
    port = listener.getsockname()[1]
    engine = Engine(arguments, files, store, keys)
    context = engine.context(Signer(key))
    say_ready = partial(_say_ready, ready_line, arguments.host, port, tls)
    application = engine.application(context, key, port)
    server = Server(application, on_ready=say_ready, on_end=context.stopping.set, tls=tls)
    if arguments.with_parent:
        end_with_parent(server.end)
    engine.start()
    server.run(sockets=[listener])
    engine.close()
    store.close()
    keys.close()


def _keep_stdout_for_the_ready_line() -> TextIO:
    """Standard output carries one line and then ends; whatever a library prints goes to standard error."""
    kept = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return kept


def _say_ready(ready_line: TextIO, host: str, port: int, tls: Tls | None) -> None:
    shown = f"[{host}]" if ":" in host else host
    url = f"{'https' if tls else 'http'}://{shown}:{port}"
    fingerprint = {"fingerprint": tls.fingerprint} if tls else {}
    if tls:
        _log.info("the certificate's fingerprint (SHA-256): %s", tls.fingerprint)
    try:
        with ready_line:
            ready_line.write(json.dumps({"url": url, "pid": os.getpid(), **fingerprint}) + "\n")
    except BrokenPipeError:
        _log.warning("nobody reads where the engine listens: %s", url)
