"""The engine put together: what works in the background, and the application that answers."""

from __future__ import annotations

from starlette.types import ASGIApp

from desktop_search.engine.arguments import Arguments
from desktop_search.engine.callbacks.posting import Poster
from desktop_search.engine.callbacks.sender import CallbackSender
from desktop_search.engine.http.app import build_app
from desktop_search.engine.http.context import Context, Manner
from desktop_search.engine.http.guard import Guard
from desktop_search.engine.http.limits import DOCUMENTED, Limiter, Limits
from desktop_search.engine.http.signing import Signer
from desktop_search.engine.library.captioning import Captioning
from desktop_search.engine.library.embedding import Embedding
from desktop_search.engine.library.files import Files
from desktop_search.engine.library.indexer import Indexer
from desktop_search.engine.library.library import Library
from desktop_search.engine.library.listening_again import ListeningAgain
from desktop_search.engine.library.people import PeopleInFootage
from desktop_search.engine.library.search import Search
from desktop_search.engine.library.tidying import Tidying
from desktop_search.engine.library.trials import Trials
from desktop_search.engine.library.watching import Watch
from desktop_search.engine.meaning.queries import QueryEncoder
from desktop_search.engine.model_store.models import Models
from desktop_search.engine.scraping.importer import Importer
from desktop_search.engine.scraping.platforms import Platforms
from desktop_search.engine.store.keys import Keys
from desktop_search.engine.store.store import Store


class Engine:
    """Everything but the server. The stores stay their owner's; they are in use from `start` until `close` returns."""

    def __init__(self, arguments: Arguments, files: Files, store: Store, keys: Keys) -> None:
        models = Models(arguments.models_dir)
        self._arguments, self._keys = arguments, keys
        self._callbacks = CallbackSender(store.callbacks, Poster(allow_private=arguments.allow_private_callbacks))
        self._indexer = Indexer(
            store, files, video_workers=arguments.workers, models=models.chosen, on_ended=self._on_ended
        )
        self._watch = Watch(store, self._indexer, every_s=arguments.look_every_s)
        self._tidying = Tidying(store)
        self._trials = Trials(arguments.data_dir / "models-on-trial")
        self._take_models(store, files, models)
        self._library = Library(
            store,
            files,
            self._indexer,
            self._watch,
            self._tidying,
            self._embedding,
            self._listening,
            self._captioning,
            self._people,
        )
        self._questions = QueryEncoder(self._embedding.answering)
        self._search = Search(store, self._questions, self._embedding.answering)
        self._trials.compare(self._search, self._embedding.before, models.chosen)
        self._importer = Importer(
            self._library,
            Platforms(arguments.scraper_hosts),
            inside=arguments.allow_private_imports,
            on_news=self._callbacks.wake,
        )

    def context(self, signer: Signer) -> Context:
        """What the routes answer from."""
        asked = self._arguments
        manner = Manner(asked.lenient, asked.failed_word, asked.string_numbers, asked.compat_2025)
        return Context(
            self._library, self._search, signer, self._importer, self._trials, manner, asked.allow_private_imports
        )

    def application(self, context: Context, key: str, port: int) -> ASGIApp:
        """The routes, behind the guard that lets nothing through but the key at that port."""
        asked = self._arguments
        app: ASGIApp = build_app(context)
        if asked.documented_limits:
            app = Limits(app, Limiter(DOCUMENTED))
        return Guard(
            app,
            key=key,
            host=asked.host,
            port=port,
            lenient=asked.lenient,
            is_secure=asked.tls_cert is not None,
            account_of=self._keys.account_of,
        )

    def start(self) -> None:
        """Take up what an earlier run left, and work in the background from now on."""
        self._library.clean_up()
        self._search.start_loading()
        self._callbacks.start()
        self._indexer.resume()
        later = (self._embedding, self._listening, self._captioning, self._people)
        for part in (self._watch, self._tidying, self._importer, *later):
            part.start()

    def close(self) -> None:
        """End all of it. What asks the indexer for work ends before it, and what it tells of its work after it."""
        asking = (self._importer, self._watch, self._embedding, self._listening, self._captioning, self._people)
        for part in (*asking, self._search, self._questions, self._trials):
            part.close()
        self._indexer.close()
        for last in (self._callbacks, self._tidying):
            last.close()

    def _take_models(self, store: Store, files: Files, models: Models) -> None:
        """What goes over footage in the background by the models that are chosen."""
        self._embedding = Embedding(
            store,
            files,
            self._indexer,
            models=models.chosen,
            installed=models.usable,
            keeps_others=lambda: self._trials.is_on,
        )
        self._listening = ListeningAgain(store, self._indexer, models=models.chosen, on_heard=self._embedding.wake)
        self._captioning = Captioning(store, files, self._indexer, models=models.chosen)
        self._people = PeopleInFootage(store, files, self._indexer, self._tidying, models=models.chosen)

    def _on_ended(self) -> None:
        self._callbacks.wake()
        self._embedding.wake()
