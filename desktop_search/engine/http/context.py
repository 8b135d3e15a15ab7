"""What every route needs, handed over by the one who builds the application."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from starlette.requests import Request

from desktop_search.core.query import DEFAULT_NAMESPACE
from desktop_search.engine.http import rules
from desktop_search.engine.http.envelope import ApiError
from desktop_search.engine.http.signing import Signer
from desktop_search.engine.library.library import Library
from desktop_search.engine.library.search import Search

_DEFAULT_FOLDER = -1
_NAMESPACE_MAX_CHARS = 255


@dataclass(frozen=True, slots=True)
class Manner:
    """How the engine behaves where sources of the contract disagree (§20 C18, C22; §18.20)."""

    lenient: bool = False
    failed_word: str = "FAILED"
    string_numbers: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """The library, the searches over it, and the manner of speaking."""

    library: Library
    search: Search
    signer: Signer
    manner: Manner = Manner()
    stopping: threading.Event = field(default_factory=threading.Event)


def context_of(request: Request) -> Context:
    """The context of the application that got the request."""
    context = request.app.state.context
    assert isinstance(context, Context)
    return context


def namespace_of(context: Context, unique_id: str | None, folder_id: int | None = None) -> str:
    """The namespace a request speaks of: `folder_id` wins, then `unique_id`, else the default (contract §13)."""
    if folder_id == _DEFAULT_FOLDER:
        return DEFAULT_NAMESPACE
    if folder_id is not None:
        name = context.library.store.namespaces.name_of(folder_id)
        if name is None:
            raise ApiError("The folder does not exist.")
        return name
    if unique_id is None:
        return DEFAULT_NAMESPACE
    if not unique_id.strip():
        raise ApiError("The unique_id parameter cannot be empty!")
    return rules.at_most("unique_id", unique_id, _NAMESPACE_MAX_CHARS)
