"""The libraries the window can choose from, and the way to each: address, key, client."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

from desktop_search.api.address import server_address
from desktop_search.api.certificates import look_at
from desktop_search.api.client import VisualSearchClient
from desktop_search.api.patience import LOCAL_PATIENCE, PATIENCE
from desktop_search.api.probing import probe
from desktop_search.core.accounts import Server, ServerLook
from desktop_search.core.calls import Gate, OpenGate
from desktop_search.core.errors import KeyRejected, KeyringUnavailable, RequestRejected
from desktop_search.core.language import _
from desktop_search.core.library import CLOUD_ID, LOCAL_ID, MEMORIES_AI, THIS_COMPUTER, Library
from desktop_search.core.token import CancelToken
from desktop_search.services.engine_process import EngineProcess
from desktop_search.services.named_keys import NamedKeyring, hint_of
from desktop_search.settings.preferences import PreferencesStore
from desktop_search.settings.secrets import Kept, SecretStore
from desktop_search.transfers.bandwidth import Bandwidth

_ENGINE_TITLE = _("the search engine of this computer")


class Libraries:
    """Gives out clients, one per library, and keeps keys. Safe from several threads; not for the GUI thread."""

    def __init__(
        self,
        engine: EngineProcess,
        secrets: SecretStore,
        preferences: PreferencesStore,
        gate_of: Callable[[Library], Gate] = lambda _: OpenGate(),
        bandwidth: Bandwidth | None = None,
        key_changes: Callable[[str], object] = lambda _library_id: None,
    ) -> None:
        """`gate_of` gives the gate of a library's account, which its clients pass; without it nothing is limited.

        `bandwidth` is shared by the uploads to all libraries but *This computer*. `key_changes` is called before a
        library gets another key, and so maybe another account, or none; what it raises stops that.
        """
        self._engine, self._preferences = engine, preferences
        self.keys = NamedKeyring(secrets, preferences)
        self._servers: dict[str, Server] = {server.address: server for server in preferences.load().servers}
        self._gate_of, self._bandwidth, self._key_changes = gate_of, bandwidth, key_changes
        self._lock = threading.Lock()
        self._clients: dict[str, tuple[tuple[str, str], VisualSearchClient]] = {}

    def servers(self) -> tuple[Server, ...]:
        """The user's own servers, as they are kept."""
        servers = self._preferences.load().servers
        self._servers = {server.address: server for server in servers}
        return servers

    def keep_server(self, server: Server, former_address: str = "") -> None:
        """Add a server, or change the one that has its address or `former_address`. Raises as the preferences do."""
        known = self.servers()
        same = {server.address, former_address}
        place = next((at for at, each in enumerate(known) if each.address in same), len(known))
        others = [each for each in known if each.address not in same]
        self._keep_servers((*others[:place], server, *others[place:]), same)

    def remove_server(self, address: str) -> None:
        """Remove a server; its keys stay in the keyring until they are removed. Raises as the preferences do."""
        self._keep_servers(tuple(each for each in self.servers() if each.address != address), {address})

    def look_at(self, typed: str, token: CancelToken) -> ServerLook:
        """What a server shows, before anything is sent to it. Raises as `certificates.look_at`."""
        return look_at(typed, token)

    def probe(self, server: Server, token: CancelToken) -> None:
        """Whether a server speaks our interface. Raises as `probing.probe`."""
        probe(server, token)

    def _keep_servers(self, servers: tuple[Server, ...], changed: set[str]) -> None:
        self._preferences.update(servers=servers)
        self.servers()
        for address in changed:
            self._forget_client(address)

    def available(self) -> tuple[Library, ...]:
        """This computer, memories.ai, and the user's own servers."""
        own = []
        for server in self.servers():
            with suppress(RequestRejected):
                own.append(self.library(server.address))
        return (THIS_COMPUTER, MEMORIES_AI, *own)

    def with_keys(self) -> tuple[Library, ...]:
        """The available libraries that can be asked: those with a key, and those of which nobody can tell now."""
        return tuple(library for library in self.available() if library.is_local or self._may_have_key(library))

    def _may_have_key(self, library: Library) -> bool:
        try:
            return bool(self.key_hint(library.library_id))
        except KeyringUnavailable:
            return True

    def library(self, library_id: str) -> Library:
        """The library of that id; anything but the two known ids is a server's address.

        Raises `RequestRejected` for what is no address.
        """
        known = {LOCAL_ID: THIS_COMPUTER, CLOUD_ID: MEMORIES_AI}
        if library_id in known:
            return known[library_id]
        address = server_address(library_id)
        kept = self._servers.get(address, Server(address))
        return Library(address, kept.name or urlsplit(address).netloc, address, kept.fingerprint)

    def client(self, library_id: str, token: CancelToken) -> VisualSearchClient:
        """A client that is ready to use. For *This computer* the engine is started if it does not run.

        Raises `EngineUnavailable`, `KeyRejected` when there is no key, `KeyringUnavailable`, or `Cancelled`.
        """
        library = self.library(library_id)
        if library.is_local:
            url, key = self._engine.start(token)
            return self._cached(library, url, key, _ENGINE_TITLE)
        with self._lock:
            known = self._clients.get(library.library_id)
        if known is not None:
            return known[1]
        kept = self.keys.get(library.library_id)
        if not kept:
            raise KeyRejected(
                _("There is no API key for {library} yet.").format(library=library.title), hint=_("Enter a key.")
            )
        return self._cached(library, library.base_url, kept, library.title)

    def check_key(self, library: Library | str, key: str, token: CancelToken) -> tuple[str, ...]:
        """Ask the library, by a harmless call, whether it takes the key. Returns its namespaces.

        Raises `KeyRejected` when it does not, and any other `AppError` when nobody can tell.
        """
        chosen = library if isinstance(library, Library) else self.library(library)
        client = VisualSearchClient(
            chosen.base_url, key, title=chosen.title, gate=self._gate_of(chosen), fingerprint=chosen.fingerprint
        )
        try:
            return client.list_unique_ids(token=token)
        finally:
            client.close()

    def keep_key(self, library_id: str, key: str, name: str | None = None) -> Kept:
        """Keep a key under its name, or in the place of the one in use. Says where: the keyring, or this run."""
        library_id = self.library(library_id).library_id
        used = self.keys.used(library_id)
        if name is None or name == used:
            self._change_key(library_id)
        return self.keys.put(library_id, used if name is None else name, key.strip())

    def use_key(self, library_id: str, name: str) -> None:
        """Speak to the library with the key of that name from now on."""
        library_id = self.library(library_id).library_id
        self._change_key(library_id)
        self.keys.choose(library_id, name)

    def forget_key(self, library_id: str, name: str | None = None) -> None:
        """Remove that key, or the one in use. Raises `KeyringUnavailable` when it may still be in the keyring."""
        library_id = self.library(library_id).library_id
        used = self.keys.used(library_id)
        if name is None or name == used:
            self._change_key(library_id)
        self.keys.remove(library_id, used if name is None else name)

    def test_key(self, library_id: str, name: str, token: CancelToken) -> tuple[str, ...]:
        """As `check_key`, with a key that is kept."""
        library = self.library(library_id)
        return self.check_key(library, self.keys.get(library.library_id, name), token)

    def key_hint(self, library_id: str) -> str:
        """Enough of the key in use to recognise it, such as "sk-mavi-…1a2b"; "" without one.

        Raises `KeyringUnavailable` when nobody can tell.
        """
        return hint_of(self.keys.get(self.library(library_id).library_id))

    def _change_key(self, library_id: str) -> None:
        self._key_changes(library_id)
        self._forget_client(library_id)

    def close(self) -> None:
        """Close all clients. The engine is ended by its owner."""
        with self._lock:
            clients, self._clients = self._clients, {}
        for _address, client in clients.values():
            client.close()

    def _cached(self, library: Library, url: str, key: str, title: str) -> VisualSearchClient:
        """The library's client; a new one when address or key changed, as they do when the engine was restarted."""
        with self._lock:
            known = self._clients.get(library.library_id)
            if known is not None and known[0] == (url, key):
                return known[1]
            patience = LOCAL_PATIENCE if library.is_local else PATIENCE
            throttle = None if library.is_local or self._bandwidth is None else self._bandwidth.take
            gate = self._gate_of(library)
            client = VisualSearchClient(
                url,
                key,
                title=title,
                gate=gate,
                patience=patience,
                throttle=throttle,
                fingerprint=library.fingerprint,
                knows_people=library.is_local,
            )
            self._clients[library.library_id] = ((url, key), client)
        if known is not None:
            known[1].close()
        return client

    def _forget_client(self, library_id: str) -> None:
        with self._lock:
            known = self._clients.pop(library_id, None)
        if known is not None:
            known[1].close()
