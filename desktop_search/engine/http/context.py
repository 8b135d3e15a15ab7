"""What every route needs, handed over by the one who builds the application."""

from __future__ import annotations

import ipaddress
import threading
from dataclasses import dataclass, field, replace

from starlette.requests import Request

from desktop_search.core.query import DEFAULT_NAMESPACE
from desktop_search.engine.http import rules
from desktop_search.engine.http.envelope import NOT_PERMITTED, ApiError
from desktop_search.engine.http.signing import Signer
from desktop_search.engine.library import accounts
from desktop_search.engine.library.library import Library
from desktop_search.engine.library.search import Search
from desktop_search.engine.library.trials import Trials
from desktop_search.engine.scraping.importer import Importer
from desktop_search.engine.store.rows import Image, Video

DEFAULT_FOLDER, LEGACY_FOLDER = -1, -2
NAMESPACE_MAX_CHARS = 255
TRIED_HEADER = "x-desktop-search-models"


@dataclass(frozen=True, slots=True)
class Manner:
    """How the engine behaves where sources of the contract disagree (§20 C18, C22; §18)."""

    lenient: bool = False
    failed_word: str = "FAILED"
    string_numbers: bool = False
    compat_2025: bool = False


@dataclass(frozen=True, slots=True)
class Context:
    """The library, the searches over it, imports into it, the manner of speaking, and whose request it is."""

    library: Library
    search: Search
    signer: Signer
    importer: Importer
    trials: Trials
    manner: Manner = Manner()
    allow_private_imports: bool = False
    stopping: threading.Event = field(default_factory=threading.Event)
    account: str = accounts.OWN_ACCOUNT

    def scope(self, name: str) -> str:
        """What the store calls a namespace of this account."""
        try:
            return accounts.scope_of(self.account, name)
        except ValueError:
            raise ApiError("The name of a namespace must not hold a record separator (U+001E).") from None

    def name(self, scope: str) -> str | None:
        """What this account calls a namespace of the store; `None` when it is none of its own."""
        return accounts.name_in(self.account, scope)

    def owns(self, item: Video | Image | None) -> bool:
        """Whether there is such an item, and it is this account's."""
        return item is not None and self.name(item.namespace) is not None


def context_of(request: Request) -> Context:
    """The context of the application that got the request, for the account whose key came with it."""
    context = request.app.state.context
    assert isinstance(context, Context)
    account = request.scope.get("account", accounts.OWN_ACCOUNT)
    return context if account == context.account else replace(context, account=account)


def own_context(request: Request) -> Context:
    """The context for what the engine's own key alone may ask; others are refused."""
    context = context_of(request)
    if context.account != accounts.OWN_ACCOUNT:
        raise ApiError("Only the engine's own key may ask this.", NOT_PERMITTED)
    return context


def tried_context(request: Request) -> Context:
    """As `context_of`, with the search by the models that the engine's own key asks for by a header."""
    context, which = context_of(request), request.headers.get(TRIED_HEADER)
    if which is None or context.account != accounts.OWN_ACCOUNT:
        return context
    if which not in ("before", "after"):
        raise ApiError(f"The header {TRIED_HEADER} must be before or after.")
    return replace(context, search=context.trials.search("before" if which == "before" else "after"))


def is_from_this_computer(request: Request) -> bool:
    """Whether the request came over the loopback."""
    return request.client is not None and ipaddress.ip_address(request.client.host).is_loopback


def namespace_of(context: Context, unique_id: str | None, folder_id: int | None = None) -> str:
    """The scope of the namespace a request speaks of: `folder_id` wins, then `unique_id`, else the default (§13).

    The legacy folder is for reading; who adds footage asks `refuse_legacy` first.
    """
    if folder_id == DEFAULT_FOLDER:
        return context.scope(DEFAULT_NAMESPACE)
    if folder_id == LEGACY_FOLDER:
        return accounts.LEGACY_FOLDER_SCOPE
    if folder_id is not None:
        scope = context.library.store.namespaces.name_of(folder_id)
        if scope is None or context.name(scope) is None:
            raise ApiError("The folder does not exist.")
        return scope
    if unique_id is None:
        return context.scope(DEFAULT_NAMESPACE)
    if not unique_id.strip():
        raise ApiError("The unique_id parameter cannot be empty!")
    return context.scope(rules.at_most("unique_id", unique_id, NAMESPACE_MAX_CHARS))


def refuse_legacy(folder_id: int | None) -> None:
    """Nothing can be put into the legacy folder."""
    if folder_id == LEGACY_FOLDER:
        raise ApiError("The legacy folder is read-only.")
