"""Several keys of a library, each by its name: the keys in the keyring, the names in the preferences."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import replace

from desktop_search.core.accounts import FIRST_KEY, NAME_MAX_CHARS, KeptKey, NamedKeys
from desktop_search.core.errors import KeyringUnavailable, RequestRejected
from desktop_search.core.language import _
from desktop_search.settings.preferences import PreferencesStore
from desktop_search.settings.secrets import Kept, SecretStore

_KEY_PREFIX = "sk-mavi-"
_HINT_CHARS = 4


class NamedKeyring:
    """Not for the GUI thread. Methods raise `KeyringUnavailable` when nobody can tell, and as the preferences do."""

    def __init__(self, secrets: SecretStore, preferences: PreferencesStore) -> None:
        self._secrets, self._preferences = secrets, preferences

    def used(self, library_id: str) -> str:
        """The name of the key that is in use; the first key's is ""."""
        return self._named(library_id).chosen

    def get(self, library_id: str, name: str | None = None) -> str:
        """The key of that name, or the one in use; "" where there is none."""
        return self._secrets.get(slot(library_id, self.used(library_id) if name is None else name)) or ""

    def all(self, library_id: str) -> tuple[KeptKey, ...]:
        """Every key of the library, as it may be shown; the first one only while there is one."""
        named = self._named(library_id)
        found = [self._shown(library_id, name, named.chosen) for name in (FIRST_KEY, *named.names)]
        return tuple(key for key in found if key.name or key.hint or key.problem)

    def every(self, library_ids: Iterable[str]) -> tuple[str, ...]:
        """All keys of these libraries that can be read now: to be taken out of texts. Raises nothing."""
        found = set()
        for library_id in library_ids:
            for name in (FIRST_KEY, *self._named(library_id).names):
                with suppress(KeyringUnavailable):
                    found.add(self.get(library_id, name))
        return tuple(found - {""})

    def put(self, library_id: str, name: str, key: str) -> Kept:
        """Keep a key under that name, in the place of one that has it; says where. It is not in use by that."""
        if name != FIRST_KEY:
            self._change(library_id, lambda named: replace(named, names=tuple(dict.fromkeys((*named.names, name)))))
        return self._secrets.set(slot(library_id, name), key)

    def choose(self, library_id: str, name: str) -> None:
        """Use the key of that name from now on."""
        self._change(library_id, lambda named: replace(named, chosen=name))

    def remove(self, library_id: str, name: str) -> None:
        """Forget the key. If it was in use, another one that is there is used, the first key before others."""
        self._secrets.remove(slot(library_id, name))

        def without(named: NamedKeys) -> NamedKeys:
            names = tuple(each for each in named.names if each != name)
            return NamedKeys(names, named.chosen if named.chosen != name else FIRST_KEY)

        self._change(library_id, without)
        if self.used(library_id) == FIRST_KEY and not self._secrets.get(slot(library_id, FIRST_KEY)):
            names = self._named(library_id).names
            if names:
                self.choose(library_id, names[0])

    def _shown(self, library_id: str, name: str, chosen: str) -> KeptKey:
        try:
            return KeptKey(name, hint_of(self.get(library_id, name)), name == chosen)
        except KeyringUnavailable as error:
            return KeptKey(name, "", name == chosen, error.message)

    def _named(self, library_id: str) -> NamedKeys:
        return self._preferences.load().keys.get(library_id, NamedKeys())

    def _change(self, library_id: str, change: Callable[[NamedKeys], NamedKeys]) -> None:
        before = self._named(library_id)
        after = change(before)
        if after != before:
            self._preferences.change_keys(library_id, change)


def slot(library_id: str, name: str) -> str:
    """Under which name the keyring has a key. No library's id has a "#"."""
    return f"{library_id}#{name}" if name else library_id


def hint_of(key: str) -> str:
    """Enough of a key to recognise it, such as "sk-mavi-…1a2b"; "" for none."""
    if not key:
        return ""
    prefix = _KEY_PREFIX if key.startswith(_KEY_PREFIX) else ""
    body = key.removeprefix(prefix)
    return f"{prefix}…{body[-_HINT_CHARS:] if len(body) >= 3 * _HINT_CHARS else ''}"


def key_name(typed: str, taken: tuple[str, ...]) -> str:
    """The name for a further key. Raises `RequestRejected` for none, one too long, and one that is taken."""
    name = " ".join(typed.split())
    if not name or not name.isprintable():
        raise RequestRejected(_("A further key needs a name."))
    if len(name) > NAME_MAX_CHARS:
        raise RequestRejected(_("The name is too long: {most} letters at most.").format(most=NAME_MAX_CHARS))
    if name.casefold() in {each.casefold() for each in taken}:
        raise RequestRejected(_("There is a key “{name}” already.").format(name=name))
    return name
