"""The Qt-free half of the program, put together: settings, catalog, engine, libraries, queue, files, search."""

from __future__ import annotations

from desktop_search.catalog.answers import AnswersTable
from desktop_search.catalog.database import Catalog
from desktop_search.catalog.library_items import LibraryItemsTable
from desktop_search.core.token import CancelToken
from desktop_search.core.transfer_settings import TransferSettings
from desktop_search.media.fingerprint import fingerprint
from desktop_search.services.account_gate import AccountGates
from desktop_search.services.backups import Backups
from desktop_search.services.books import AccountBooks
from desktop_search.services.clip_texts import ClipTexts
from desktop_search.services.deletions import Deletions
from desktop_search.services.engine_process import EngineProcess
from desktop_search.services.engine_status import EngineStatus
from desktop_search.services.finding import Finder
from desktop_search.services.finding_together import TogetherFinder
from desktop_search.services.footage_places import FootagePlaces
from desktop_search.services.libraries import Libraries
from desktop_search.services.library_folders import LibraryFolders
from desktop_search.services.library_items import LibraryItems
from desktop_search.services.library_tasks import LibraryTasks
from desktop_search.services.marks import Marks
from desktop_search.services.model_commands import ModelCommands
from desktop_search.services.search_memory import SearchMemory
from desktop_search.services.selects import Selects
from desktop_search.services.test_set import TestSet
from desktop_search.services.transfer_log import TransferLog
from desktop_search.services.upload_limit import UploadLimit
from desktop_search.services.usage import UsageLedger
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import PreferencesStore
from desktop_search.settings.secrets import SecretStore
from desktop_search.transfers.bandwidth import Bandwidth
from desktop_search.transfers.downloads import FootageFiles
from desktop_search.transfers.importing import Imports
from desktop_search.transfers.origins import Origins
from desktop_search.transfers.preparing import Preparer
from desktop_search.transfers.timebases import Timebases
from desktop_search.transfers.upload_queue import UploadQueue
from desktop_search.transfers.watching import Watcher
from desktop_search.ui.local_clock import local_clock


class Services:
    """Everything below the window. Built once; each part gets what it needs by its constructor."""

    def __init__(self, folders: Folders) -> None:
        """Open the catalog and prepare the rest; nothing is started and no network is used yet."""
        self.folders, self.preferences = folders, PreferencesStore(folders.preferences_file)
        self.catalog = Catalog(folders.catalog_file)
        self.usage = UsageLedger(self.catalog, self._transfers)
        self._origins = Origins(self.catalog)
        self._reach_libraries()
        self._find()
        self._send_and_fetch()
        self._look_after_libraries()
        self._keep_what_is_chosen()

    def close(self) -> None:
        """End the engine and close what is open. Call it when no job runs any more."""
        self.libraries.close()
        self.usage.close()
        self.engine.stop()
        self.catalog.close()

    def _reach_libraries(self) -> None:
        self.engine = EngineProcess(
            self.folders.engine_data, self.folders.logs / "engine.log", models_dir=self.folders.models
        )
        self.engine_status, self.models = EngineStatus(self.engine), ModelCommands(self.folders.models)
        self.bandwidth = Bandwidth(UploadLimit(self.preferences).bytes_s)
        self._answers = AnswersTable(self.catalog)
        gates = AccountGates(self._transfers, self.usage, self.catalog)
        self.libraries = Libraries(
            self.engine, SecretStore(), self.preferences, gates.gate_of, self.bandwidth, self._forget_account
        )

    def _find(self) -> None:
        libraries, answers, origins = self.libraries, self._answers, self._origins
        one = Finder(libraries, origins)
        self.finder = TogetherFinder(one, libraries, answers, origins, self._transfers, self._keeps_answers)
        self.memory = SearchMemory(
            self.catalog, self.finder, libraries, self.preferences, self.folders.data / "searches", local_clock
        )
        self.test_set = TestSet(self.catalog, origins, self.engine_status)
        self.clip_texts = ClipTexts(libraries)

    def _send_and_fetch(self) -> None:
        clients, catalog = self.libraries.client, self.catalog
        books = AccountBooks(catalog, self.usage, self._transfers, self._is_paid)
        self.queue = UploadQueue(
            catalog,
            clients,
            is_paid=self._is_paid,
            proxies=Preparer(self.folders.cache / "proxies"),
            settings=self._transfers,
            books=books,
        )
        self.imports = Imports(catalog, clients, books=books)
        self.watcher = Watcher(catalog, self.queue.add)
        self.files = FootageFiles(catalog, clients, self.folders.downloads, self.folders.thumbnails)
        self.timebases = Timebases(catalog, self.files.arriving)
        self.transfer_log = TransferLog(catalog)

    def _look_after_libraries(self) -> None:
        clients, catalog = self.libraries.client, self.catalog
        self.library_items = LibraryItems(catalog, clients)
        self.deletions = Deletions(catalog, self.library_items)
        self.library_folders, self.library_tasks = LibraryFolders(catalog, clients), LibraryTasks(catalog)
        self.footage_places = FootagePlaces(catalog)

    def _keep_what_is_chosen(self) -> None:
        catalog = self.catalog
        self.marks = Marks(catalog)
        self.selects = Selects(catalog, self.timebases.look, lambda path: fingerprint(path, CancelToken()))
        self.backups = Backups(catalog, self.folders)

    def _transfers(self) -> TransferSettings:
        return self.preferences.load().transfers

    def _keeps_answers(self) -> bool:
        return self.preferences.load().keep_answers

    def _forget_account(self, library_id: str) -> None:
        """Another key may be another account."""
        self._answers.forget(library_id)
        LibraryItemsTable(self.catalog).forget_listed(library_id)

    def _is_paid(self, library_id: str) -> bool:
        return self.libraries.library(library_id).is_paid
