"""The engine's process: from the command line to the last answer."""

from __future__ import annotations

import json
import logging
import os
import sqlite3
import sys
from functools import partial
from typing import TextIO

from starlette.types import ASGIApp

from desktop_search.engine.arguments import Arguments, parse_arguments
from desktop_search.engine.callbacks.posting import Poster
from desktop_search.engine.callbacks.sender import CallbackSender
from desktop_search.engine.http.app import build_app
from desktop_search.engine.http.context import Context, Manner
from desktop_search.engine.http.guard import Guard
from desktop_search.engine.http.limits import DOCUMENTED, Limiter, Limits
from desktop_search.engine.http.signing import Signer
from desktop_search.engine.key_commands import run_key_command
from desktop_search.engine.keys import choose_key, take_key_from_environment
from desktop_search.engine.library.embedding import Embedding
from desktop_search.engine.library.files import Files
from desktop_search.engine.library.indexer import Indexer
from desktop_search.engine.library.library import Library
from desktop_search.engine.library.listening_again import ListeningAgain
from desktop_search.engine.library.search import Search
from desktop_search.engine.library.tidying import Tidying
from desktop_search.engine.library.watching import Watch
from desktop_search.engine.lock import lock_folder
from desktop_search.engine.meaning.queries import QueryEncoder
from desktop_search.engine.model_store.models import Models
from desktop_search.engine.parent import end_with_parent
from desktop_search.engine.problems import StartProblem
from desktop_search.engine.scraping.importer import Importer
from desktop_search.engine.scraping.platforms import Platforms
from desktop_search.engine.serving import Server, bound_socket
from desktop_search.engine.store.database import StoreTooNew
from desktop_search.engine.store.keys import Keys
from desktop_search.engine.store.store import Store

_log = logging.getLogger(__name__)


def run_engine(argv: list[str]) -> int:
    """Serve until asked to end. Returns the exit code: 0, or 2 when the engine could not start."""
    if argv[:1] == ["keys"]:
        return run_key_command(argv[1:])
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
        store, keys = Store(arguments.data_dir / "library.db"), Keys(arguments.data_dir)
    except StoreTooNew as error:
        raise StartProblem(str(error)) from None
    except (OSError, sqlite3.Error) as error:
        raise StartProblem(f"The data folder {arguments.data_dir} cannot be used: {error}") from None
    for database in (store.database, keys.database):
        if database.notice:
            _log.warning(database.notice)
    listener = bound_socket(arguments.host, arguments.port)
    callbacks = CallbackSender(store.callbacks, Poster(allow_private=arguments.allow_private_callbacks))
    models = Models(arguments.models_dir)

    def wake() -> None:
        callbacks.wake()
        embedding.wake()

    indexer = Indexer(store, files, video_workers=arguments.workers, models=models.chosen, on_ended=wake)
    watch = Watch(store, indexer, every_s=arguments.look_every_s)
    tidying = Tidying(store)
    embedding = Embedding(store, files, indexer, models=models.chosen, installed=models.usable)
    listening = ListeningAgain(store, indexer, models=models.chosen, on_heard=embedding.wake)
    library = Library(store, files, indexer, watch, tidying, embedding, listening)
    manner = Manner(arguments.lenient, arguments.failed_word, arguments.string_numbers, arguments.compat_2025)
    questions = QueryEncoder(embedding.answering)
    search = Search(store, questions, embedding.answering)
    importer = Importer(
        library,
        Platforms(arguments.scraper_hosts),
        inside=arguments.allow_private_imports,
        on_news=callbacks.wake,
    )
    context = Context(library, search, Signer(key), importer, manner, arguments.allow_private_imports)
    port = listener.getsockname()[1]
    app: ASGIApp = build_app(context)
    if arguments.documented_limits:
        app = Limits(app, Limiter(DOCUMENTED))
    guard = Guard(app, key=key, host=arguments.host, port=port, lenient=arguments.lenient, account_of=keys.account_of)
    server = Server(guard, on_ready=partial(_say_ready, ready_line, arguments.host, port), on_end=context.stopping.set)
    if arguments.with_parent:
        end_with_parent(server.end)
    library.clean_up()
    search.start_loading()
    callbacks.start()
    indexer.resume()
    watch.start()
    tidying.start()
    embedding.start()
    importer.start()
    listening.start()
    server.run(sockets=[listener])
    importer.close()
    watch.close()
    embedding.close()
    listening.close()
    search.close()
    questions.close()
    indexer.close()
    callbacks.close()
    tidying.close()
    store.close()
    keys.close()


def _keep_stdout_for_the_ready_line() -> TextIO:
    """Standard output carries one line and then ends; whatever a library prints goes to standard error."""
    kept = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    return kept


def _say_ready(ready_line: TextIO, host: str, port: int) -> None:
    shown = f"[{host}]" if ":" in host else host
    try:
        with ready_line:
            ready_line.write(json.dumps({"url": f"http://{shown}:{port}", "pid": os.getpid()}) + "\n")
    except BrokenPipeError:
        _log.warning("nobody reads where the engine listens: http://%s:%s", shown, port)
