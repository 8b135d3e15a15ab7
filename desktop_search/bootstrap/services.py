"""The Qt-free half of the program, put together: settings, catalog, engine, libraries, queue, files, search."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_search.catalog.answers import AnswersTable
from desktop_search.catalog.database import Catalog
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
from desktop_search.ui.search.filter_fields import local_clock


@dataclass(frozen=True)
class Services:
    """Everything below the window. Built once; each part gets what it needs by its constructor."""

    folders: Folders
    preferences: PreferencesStore
    catalog: Catalog
    engine: EngineProcess
    engine_status: EngineStatus
    libraries: Libraries
    queue: UploadQueue
    imports: Imports
    watcher: Watcher
    files: FootageFiles
    timebases: Timebases
    finder: TogetherFinder
    memory: SearchMemory
    clip_texts: ClipTexts
    models: ModelCommands
    usage: UsageLedger
    bandwidth: Bandwidth
    transfer_log: TransferLog
    marks: Marks
    selects: Selects
    footage_places: FootagePlaces
    library_items: LibraryItems
    deletions: Deletions
    library_folders: LibraryFolders
    library_tasks: LibraryTasks
    backups: Backups
    test_set: TestSet

    def close(self) -> None:
        """End the engine and close what is open. Call it when no job runs any more."""
        self.libraries.close()
        self.usage.close()
        self.engine.stop()
        self.catalog.close()


def build_services(folders: Folders) -> Services:
    """Open the catalog and prepare the rest; nothing is started and no network is used yet."""
    preferences = PreferencesStore(folders.preferences_file)
    catalog = Catalog(folders.catalog_file)

    def transfers() -> TransferSettings:
        return preferences.load().transfers

    engine = EngineProcess(folders.engine_data, folders.logs / "engine.log", models_dir=folders.models)
    usage = UsageLedger(catalog, transfers)
    bandwidth = Bandwidth(UploadLimit(preferences).bytes_s)
    answers, origins = AnswersTable(catalog), Origins(catalog)
    gates = AccountGates(transfers, usage, catalog)
    libraries = Libraries(engine, SecretStore(), preferences, gates.gate_of, bandwidth, answers.forget)

    def keeps_answers() -> bool:
        return preferences.load().keep_answers

    finder = TogetherFinder(Finder(libraries, origins), libraries, answers, origins, transfers, keeps_answers)

    def is_paid(library_id: str) -> bool:
        return libraries.library(library_id).is_paid

    files = FootageFiles(catalog, libraries.client, folders.downloads, folders.thumbnails)
    timebases = Timebases(catalog, files.arriving)
    books = AccountBooks(catalog, usage, transfers, is_paid)
    queue = UploadQueue(
        catalog,
        libraries.client,
        is_paid=is_paid,
        proxies=Preparer(folders.cache / "proxies"),
        settings=transfers,
        books=books,
    )
    engine_status = EngineStatus(engine)
    library_items = LibraryItems(catalog, libraries.client)
    return Services(
        folders=folders,
        preferences=preferences,
        catalog=catalog,
        engine=engine,
        engine_status=engine_status,
        libraries=libraries,
        queue=queue,
        imports=Imports(catalog, libraries.client, books=books),
        watcher=Watcher(catalog, queue.add),
        files=files,
        timebases=timebases,
        finder=finder,
        memory=SearchMemory(catalog, finder, libraries, preferences, folders.data / "searches", local_clock),
        clip_texts=ClipTexts(libraries),
        models=ModelCommands(folders.models),
        usage=usage,
        bandwidth=bandwidth,
        transfer_log=TransferLog(catalog),
        marks=Marks(catalog),
        test_set=TestSet(catalog, origins, engine_status),
        backups=Backups(catalog, folders),
        library_items=library_items,
        deletions=Deletions(catalog, library_items),
        footage_places=FootagePlaces(catalog),
        library_folders=LibraryFolders(catalog, libraries.client),
        library_tasks=LibraryTasks(catalog),
        selects=Selects(catalog, timebases.look, lambda path: fingerprint(path, CancelToken())),
    )
