"""The application: every path of the contract, and what happens to failures."""

from __future__ import annotations

import errno
import logging
import sqlite3
from collections.abc import Awaitable, Callable

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from desktop_search.core.library import BASE_PATH
from desktop_search.engine.http import (
    captions,
    downloads,
    folders,
    imports,
    pictures,
    public,
    scrapers,
    searches,
    tasks,
    uploads,
    videos,
)
from desktop_search.engine.http.compat import Handler, as_in_2025
from desktop_search.engine.http.context import Context
from desktop_search.engine.http.envelope import ApiError, failure
from desktop_search.engine.http.openapi.document import served_description
from desktop_search.engine.http.openapi.model import OPENAPI_PATH
from desktop_search.engine.http.people import people_routes
from desktop_search.engine.http.receiving import disk_refusal
from desktop_search.engine.http.signing import SIGNED_PREFIX
from desktop_search.engine.http.state import state_routes
from desktop_search.engine.store.namespaces import NamespaceGone

_log = logging.getLogger(__name__)
_V2_DOWNLOAD = "/serve/api/v2/download"  # some pages name this one (contract §20, C14)
_ROUTES: tuple[tuple[str, str, Handler], ...] = (
    ("POST", "/upload", uploads.upload),
    ("POST", "/upload_url", imports.upload_url),
    ("POST", "/upload_img", uploads.upload_img),
    ("POST", "/search", searches.search),
    ("POST", "/search_similar_images", pictures.search_similar_images),
    ("POST", "/search_clips_by_image", pictures.search_clips_by_image),
    ("GET", "/search_audio_transcripts", videos.search_audio_transcripts),
    ("POST", "/search_public", public.search_public),
    ("POST", "/search_public_similar_images", public.search_public_similar_images),
    ("GET", "/search_public_audio_transcripts", public.search_public_audio_transcripts),
    ("GET", "/get_public_audio_transcription", public.get_public_audio_transcription),
    ("GET", "/get_public_video_transcription", public.get_public_video_transcription),
    ("POST", "/scraper_url", scrapers.scraper_url(public=False)),
    ("POST", "/scraper", scrapers.scraper(public=False)),
    ("POST", "/scraper_tag", scrapers.scraper_tag(public=False)),
    ("POST", "/scraper_url_public", scrapers.scraper_url(public=True)),
    ("POST", "/scraper_public", scrapers.scraper(public=True)),
    ("POST", "/scraper_tag_public", scrapers.scraper_tag(public=True)),
    ("GET", "/get_video_ids_by_task_id", tasks.get_video_ids_by_task_id),
    ("POST", "/list_videos", videos.list_videos),
    ("GET", "/get_metadata", videos.get_metadata),
    ("GET", "/get_audio_transcription", videos.get_audio_transcription),
    ("GET", "/get_video_caption", captions.get_video_caption),
    ("GET", "/get_video_transcription", captions.get_video_caption),  # its old name
    ("POST", "/download", downloads.download_video),
    ("GET", "/download", downloads.download_blob),
    ("POST", "/delete_videos", videos.delete_videos),
    ("GET", "/list_unique_ids", videos.list_unique_ids),
    ("GET", "/folders", folders.list_folders),
    ("POST", "/folders/create", folders.create),
    ("POST", "/folders/rename", folders.rename),
    ("POST", "/folders/delete", folders.delete),
    ("GET", "/folders/videos", folders.videos),
    ("POST", "/folders/move", folders.move),
)


def all_routes(*, compat_2025: bool = False) -> list[Route]:
    """Every path of the contract, with its one method."""
    routes = [
        Route(BASE_PATH + path, as_in_2025(path, method, handler) if compat_2025 else handler, methods=[method])
        for method, path, handler in _ROUTES
    ]
    routes.append(Route(_V2_DOWNLOAD, downloads.download_blob, methods=["GET"]))
    routes.append(Route(SIGNED_PREFIX + "{blob}", downloads.signed_image, methods=["GET"]))
    routes.append(Route(OPENAPI_PATH, served_description, methods=["GET"]))
    return routes


def build_app(context: Context) -> Starlette:
    """The ASGI application, without its guard."""
    handlers: dict[type[Exception], Callable[[Request, Exception], Awaitable[Response]]] = {
        ApiError: _on_refusal,
        NamespaceGone: _on_namespace_gone,
        HTTPException: _on_http_exception,
        ClientDisconnect: _on_disconnect,
        sqlite3.OperationalError: _on_store_failure,
        Exception: _on_failure,
    }
    app = Starlette(
        routes=[*all_routes(compat_2025=context.manner.compat_2025), *state_routes(), *people_routes()],
        exception_handlers=handlers,
    )
    app.router.redirect_slashes = False
    app.state.context = context
    return app


async def _on_refusal(_request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    return failure(error)


async def _on_namespace_gone(_request: Request, _error: Exception) -> Response:
    return failure(ApiError("The folder was renamed or deleted meanwhile."))


async def _on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if error.status_code == 405:
        return failure(ApiError(f"Request method '{request.method}' is not supported."))
    if error.status_code == 404:
        return failure(ApiError(f"No static resource {request.url.path.lstrip('/')}."))
    return failure(ApiError(error.detail))


async def _on_disconnect(request: Request, _error: Exception) -> Response:
    _log.info("a client went away during %s", request.url.path)
    return Response(status_code=499)


async def _on_store_failure(_request: Request, error: Exception) -> Response:
    _log.error("the index could not be used: %s", error)
    if getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_FULL:
        return failure(disk_refusal(OSError(errno.ENOSPC, "")))
    return failure(ApiError(f"The index on this computer could not be used: {error}."))


async def _on_failure(_request: Request, _error: Exception) -> Response:
    return failure(ApiError("Something went wrong inside the engine.", http_status=500))
