"""Several keys of a library: in the keyring each under its own name, in the preferences their names alone."""

from __future__ import annotations

import keyring
import pytest

from desktop_search.core.accounts import KeptKey, NamedKeys
from desktop_search.core.errors import KeyRejected, RequestRejected
from desktop_search.core.token import CancelToken
from desktop_search.services.libraries import Libraries
from desktop_search.services.named_keys import key_name
from desktop_search.settings.preferences import PreferencesStore
from tests.support.fault_server import envelope
from tests.unit.services.conftest import Serve

FIRST, CLIENT = "sk-mavi-0123456789abcdef1a2b", "sk-mavi-fedcba9876543210c3d4"
SERVICE = "Desktop Search"


def test_each_key_is_kept_under_its_name_and_the_one_in_use_is_sent(
    libraries: Libraries, preferences: PreferencesStore, serve: Serve
) -> None:
    server = serve(envelope({"unique_ids": ["default"]}))
    libraries.keep_key(server.url, FIRST)
    libraries.keep_key(server.url, CLIENT, "Client A")
    assert keyring.get_password(SERVICE, server.url) == FIRST
    assert keyring.get_password(SERVICE, f"{server.url}#Client A") == CLIENT
    for name, key in (("", FIRST), ("Client A", CLIENT)):
        libraries.use_key(server.url, name)
        libraries.client(server.url, CancelToken()).list_unique_ids()
        assert server.seen[-1].headers["Authorization"] == key
    assert libraries.keys.all(server.url) == (
        KeptKey("", "sk-mavi-…1a2b", is_used=False),
        KeptKey("Client A", "sk-mavi-…c3d4", is_used=True),
    )
    assert preferences.load().keys == {server.url: NamedKeys(("Client A",), "Client A")}
    assert not any(key in preferences._file.read_text() for key in (FIRST, CLIENT))


def test_a_test_asks_with_the_key_that_is_meant(libraries: Libraries, serve: Serve) -> None:
    server = serve(envelope({"unique_ids": ["a", "b"]}), envelope(None, "0401", "invalid"))
    libraries.keep_key(server.url, FIRST)
    libraries.keep_key(server.url, CLIENT, "Client A")
    assert libraries.test_key(server.url, "Client A", CancelToken()) == ("a", "b")
    assert server.seen[-1].headers["Authorization"] == CLIENT
    with pytest.raises(KeyRejected):
        libraries.test_key(server.url, "", CancelToken())


def test_where_the_key_in_use_is_removed_another_one_is_used_and_after_the_last_none(libraries: Libraries) -> None:
    libraries.keep_key("memories.ai", FIRST)
    libraries.keep_key("memories.ai", CLIENT, "Client A")
    libraries.use_key("memories.ai", "Client A")
    libraries.forget_key("memories.ai", "Client A")
    assert libraries.key_hint("memories.ai") == "sk-mavi-…1a2b"
    libraries.keep_key("memories.ai", CLIENT, "Client B")
    libraries.forget_key("memories.ai", "")
    assert libraries.key_hint("memories.ai") == "sk-mavi-…c3d4"
    libraries.forget_key("memories.ai")
    assert libraries.keys.all("memories.ai") == ()
    with pytest.raises(KeyRejected, match="no API key"):
        libraries.client("memories.ai", CancelToken())


@pytest.mark.parametrize("typed", ["", "  ", "x" * 61, "client a", " Client  A "])
def test_names_that_are_none_or_taken_are_refused(typed: str) -> None:
    with pytest.raises(RequestRejected):
        key_name(typed, ("", "Client A"))


def test_a_key_that_vanished_from_the_keyring_stays_named_so_that_it_can_be_removed(libraries: Libraries) -> None:
    libraries.keep_key("memories.ai", CLIENT, "Client A")
    keyring.delete_password(SERVICE, "memories.ai#Client A")
    assert libraries.keys.all("memories.ai") == (KeptKey("Client A", "", is_used=False),)
    libraries.forget_key("memories.ai", "Client A")
    assert libraries.keys.all("memories.ai") == ()
