"""What can be done with items of a library, put into their menu."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtGui import QGuiApplication

from desktop_search.bootstrap.services import Services
from desktop_search.core.hits import Hit
from desktop_search.core.language import _, ngettext
from desktop_search.core.library_items import ItemKind, ItemState, LibraryItem
from desktop_search.core.query import VIDEO_NOS_MAX, Scope
from desktop_search.core.token import CancelToken
from desktop_search.jobs.runner import JobRunner, Report
from desktop_search.services.file_manager import show_in_folder
from desktop_search.services.trying_again import send_again
from desktop_search.transfers.originals import Originals
from desktop_search.ui.browse.browse_controller import BrowseController
from desktop_search.ui.browse.deleting import LANE, DeleteController
from desktop_search.ui.browse.downloading import DownloadController, DownloadStrip
from desktop_search.ui.browse.folders_controller import FoldersController
from desktop_search.ui.browse.library_menu import ItemEntry, Items, LibraryMenu
from desktop_search.ui.browse.library_page import LibraryPage
from desktop_search.ui.imports.imports_controller import ImportsController
from desktop_search.ui.notices import NoticeBar
from desktop_search.ui.revealing import Revealer
from desktop_search.ui.search.likeness_controller import LikenessController
from desktop_search.ui.search.search_pane import SearchPane
from desktop_search.ui.search.sheet_controller import SheetController
from desktop_search.ui.uploads.uploads_controller import UploadsController
from desktop_search.ui.watch.player_pane import PlayerPane
from desktop_search.ui.watch.watch_controller import WatchController


class ItemActs:
    """Deleting, saving and trying again, each with its controller."""

    def __init__(
        self, services: Services, runner: JobRunner, page: LibraryPage, notices: NoticeBar, browse: BrowseController
    ) -> None:
        self._services, self._runner, self._notices = services, runner, notices
        self.deleting = DeleteController(runner, services.deletions, page, notices)
        self.revealer = Revealer(runner, show_in_folder, page)
        self.revealer.failed.connect(notices.show_error)
        self.revealer.busy.connect(notices.show_progress)
        strip = DownloadStrip()
        page.put_below(strip)
        originals = Originals(services.libraries.client, services.files.image_path)
        self.downloads = DownloadController(runner, originals, strip, notices, self.revealer.reveal)
        self.folders = FoldersController(runner, services.library_folders, page, notices)
        self.folders.changing.connect(browse.set_held)
        self.deleting.deleted.connect(lambda items: browse.outdate(items[0].library_id))

    def fill(
        self,
        menu: LibraryMenu,
        watch: WatchController,
        player: PlayerPane,
        search: SearchPane,
        sheets: SheetController,
        likeness: LikenessController,
        imports: ImportsController,
        uploads: UploadsController,
    ) -> None:
        """Put all that can be done into the menu, in its order."""
        entry = ItemEntry
        for each in (
            entry("library.play", lambda items: _play(items[0], watch, player), "play", _why_not_shown),
            entry("library.sheet", lambda items: sheets.open((_start_of(items[0]),)), "film", _why_no_sheet),
            entry("library.search-inside", lambda items: _search_in(items, search), "search", _why_not_inside, True),
            entry("library.like-this", lambda items: likeness.like_result(items[0].poster), "by-picture", _why_not_one),
            entry("library.import", lambda items: imports.open(_addresses(items)), "globe", _why_no_post),
            entry("library.download", self.downloads.ask, "down", _why_not_saved, True),
            entry("library.reveal", self._reveal, "folder", _why_no_file),
            entry("library.copy-id", _copy_ids),
            entry(
                "library.move",
                self.folders.ask_where,
                "folder",
                self.folders.why_not_moved,
                is_offered=lambda: self.folders.has_folders,
            ),
            entry("library.retry", lambda items: self._try_again(items, uploads), "retry", _why_not_again, True),
            entry("library.delete", self.deleting.strip.ask, "remove", self.deleting.why_not),
        ):
            menu.add(each)
        self.folders.renamed.connect(lambda old, new: _follow(old, new, search, uploads))

    def _reveal(self, items: Items) -> None:
        self.revealer.reveal([item.original for item in items if item.original is not None and item.has_original])

    def _try_again(self, items: Items, uploads: UploadsController) -> None:
        services = self._services

        def work(token: CancelToken, _report: Report) -> int:
            failed = services.library_items.failed_uploads(items)
            return send_again(items, failed, services.queue, token)

        def done(count: int) -> None:
            uploads.show_added()
            self._notices.show_info(ngettext("{count} file is sent again.", "{count} files are sent again.", count))

        self._runner.start(work, lane=LANE, done=done, failed=self._notices.show_error)


def _follow(old: str, new: str, search: SearchPane, uploads: UploadsController) -> None:
    """A folder has another name: what waits for it goes along, and so does where the search looks."""
    uploads.show_added()
    filters = search.query().filters
    if filters.namespace == old:
        search.set_filters(replace(filters, namespace=new))


def _play(item: LibraryItem, watch: WatchController, player: PlayerPane) -> None:
    found = item.as_found
    if isinstance(found, Hit):
        watch.play(found)
        player.setFocus()
    else:
        watch.show_image(found)


def _start_of(item: LibraryItem) -> Hit:
    """The first moment of a video: one that is as long as the clip would mark every still of its sheet."""
    found = item.as_found
    assert isinstance(found, Hit)
    return replace(found, end_ms=found.start_ms + 1)


def _search_in(items: Items, search: SearchPane) -> None:
    query = search.query()
    ids = tuple(item.item_id for item in items)
    filters = replace(query.filters, namespace=items[0].namespace, video_nos=ids)
    scope = Scope.ALL if query.scope in {Scope.IMAGE, Scope.PUBLIC} else query.scope
    search.set_query(replace(query, filters=filters, scope=scope, inside=None, inside_name=""))
    search.focus_field()


def _addresses(items: Items) -> str:
    return "\n".join(dict.fromkeys(item.url for item in items if item.url))


def _copy_ids(items: Items) -> None:
    QGuiApplication.clipboard().setText("\n".join(item.item_id for item in items))


def _why_not_one(items: Items) -> str:
    return _("one at a time") if len(items) > 1 else ""


def _why_not_shown(items: Items) -> str:
    if len(items) > 1:
        return _("one at a time")
    return _("its file is not where it was") if items[0].state is ItemState.OFFLINE else ""


def _why_no_sheet(items: Items) -> str:
    return _("images have none") if items[0].kind is ItemKind.IMAGE else _why_not_shown(items)


def _why_not_inside(items: Items) -> str:
    if any(item.kind is not ItemKind.VIDEO for item in items):
        return _("in videos of the library alone")
    if len({item.namespace for item in items}) > 1:
        return _("in one namespace at a time")
    if len(items) > VIDEO_NOS_MAX:
        return _("at most {count} at a time").format(count=VIDEO_NOS_MAX)
    return ""


def _why_no_post(items: Items) -> str:
    if any(item.kind is not ItemKind.POST for item in items):
        return _("of public posts alone")
    return "" if any(item.url for item in items) else _("its address is not known here")


def _why_not_saved(items: Items) -> str:
    is_away = all(item.state is ItemState.OFFLINE for item in items)
    return _("its file is not where it was") if is_away else ""


def _why_no_file(items: Items) -> str:
    return "" if any(item.has_original for item in items) else _("not on this computer")


def _why_not_again(items: Items) -> str:
    if any(item.state is not ItemState.FAILED for item in items):
        return _("only what failed")
    return "" if any(item.has_original for item in items) else _("its file is not on this computer")
