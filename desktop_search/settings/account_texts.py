"""Servers and the names of keys as the JSON that the preferences file keeps."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desktop_search.core.accounts import FIRST_KEY, NAME_MAX_CHARS, NamedKeys, Server, is_fingerprint
from desktop_search.core.json_texts import made_of, plain

_SERVERS_MAX, _ADDRESS_MAX_CHARS = 50, 300


def servers_to_json(servers: tuple[Server, ...]) -> list[Any]:
    """As they are kept."""
    return [plain(server) for server in servers]


def servers_from_json(content: object, former: object) -> tuple[Server, ...]:
    """The servers; `former` is the one address of earlier versions, for a file that has no list yet."""
    if not isinstance(content, list):
        return (Server(former),) if isinstance(former, str) and 0 < len(former) <= _ADDRESS_MAX_CHARS else ()
    found: dict[str, Server] = {}
    for value in content[:_SERVERS_MAX]:
        server = made_of(Server, value)
        if server is not None and _makes_sense(server):
            found.setdefault(server.address, server)
    return tuple(found.values())


def _makes_sense(server: Server) -> bool:
    # A pin that cannot be read must not become trust in whatever the system trusts.
    fits = 0 < len(server.address) <= _ADDRESS_MAX_CHARS and len(server.name) <= NAME_MAX_CHARS
    return fits and (not server.fingerprint or is_fingerprint(server.fingerprint))


def keys_to_json(keys: Mapping[str, NamedKeys]) -> dict[str, Any]:
    """As they are kept: names, never keys."""
    return {library_id: plain(named) for library_id, named in keys.items() if named != NamedKeys()}


def keys_from_json(content: object) -> dict[str, NamedKeys]:
    """The names by library; a choice of a name that is not there is the first key."""
    found = {}
    for library_id, value in (content if isinstance(content, dict) else {}).items():
        named = made_of(NamedKeys, value)
        if named is not None:
            names = tuple(dict.fromkeys(name for name in named.names if 0 < len(name) <= NAME_MAX_CHARS))
            found[library_id] = NamedKeys(names, named.chosen if named.chosen in names else FIRST_KEY)
    return found
