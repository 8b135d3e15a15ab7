"""Which libraries there are, and how their keys are asked for, checked, kept, hinted at and removed."""

from __future__ import annotations

from pathlib import Path

import keyring
import pytest
from keyring.backends import fail

from desktop_search.core.accounts import Server
from desktop_search.core.errors import KeyRejected, NetworkError, RequestRejected
from desktop_search.core.footage import FootageDetails
from desktop_search.core.library import LOCAL_ID, MEMORIES_AI, THIS_COMPUTER, Library
from desktop_search.core.token import CancelToken
from desktop_search.services.engine_process import EngineProcess
from desktop_search.services.libraries import Libraries
from desktop_search.settings.preferences import Preferences, PreferencesStore
from desktop_search.settings.secrets import Kept, SecretStore
from desktop_search.transfers.bandwidth import Bandwidth
from tests.support.fault_server import envelope
from tests.unit.services.conftest import Serve

KEY = "sk-mavi-0123456789abcdef1a2b"


def test_the_users_own_server_is_offered_when_it_is_set(libraries: Libraries, preferences: PreferencesStore) -> None:
    assert libraries.available() == (THIS_COMPUTER, MEMORIES_AI)
    preferences.save(Preferences(servers=(Server("http://studio:8080/"),)))
    studio = Library("http://studio:8080", "studio:8080", "http://studio:8080")
    assert libraries.available() == (THIS_COMPUTER, MEMORIES_AI, studio)


def test_a_custom_server_that_is_no_address_is_not_offered(libraries: Libraries, preferences: PreferencesStore) -> None:
    preferences.save(Preferences(servers=(Server("ftp://x"),)))
    assert libraries.available() == (THIS_COMPUTER, MEMORIES_AI)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("studio.example", "https://studio.example"),
        (" http://10.0.0.7:8080/serve/api/v1/ ", "http://10.0.0.7:8080"),
        ("HTTP://Studio", "http://studio"),
        ("http://[::1]:9000", "http://[::1]:9000"),
        ("memories.ai", "https://api.memories.ai"),
    ],
)
def test_addresses_are_tidied(libraries: Libraries, typed: str, address: str) -> None:
    assert libraries.library(typed).base_url == address


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "http://",
        "ftp://host",
        "http://host:99999",
        "http://a b",
        "http://u:p@host",
        "http://host/other",
        "http://[1",
    ],
)
def test_what_is_no_address_is_refused(libraries: Libraries, typed: str) -> None:
    with pytest.raises(RequestRejected, match="not a server address"):
        libraries.library(typed)


def test_without_a_key_it_is_asked_for(libraries: Libraries) -> None:
    with pytest.raises(KeyRejected, match=r"no API key for memories\.ai yet") as caught:
        libraries.client("memories.ai", CancelToken())
    assert caught.value.hint == "Enter a key."


def test_a_kept_key_opens_the_library_and_a_removed_one_does_not(libraries: Libraries, serve: Serve) -> None:
    server = serve(envelope({"unique_ids": ["default"]}))
    assert libraries.check_key(server.url, KEY, CancelToken()) == ("default",)
    assert libraries.keep_key(server.url, f" {KEY}\n") is Kept.KEYRING
    client = libraries.client(server.url, CancelToken())
    assert client.list_unique_ids() == ("default",)
    assert libraries.client(f"{server.url}/", CancelToken()) is client
    assert [seen.headers["Authorization"] for seen in server.seen] == [KEY, KEY]
    assert libraries.key_hint(server.url) == "sk-mavi-…1a2b"
    libraries.forget_key(server.url)
    assert libraries.key_hint(server.url) == ""
    with pytest.raises(KeyRejected):
        libraries.client(server.url, CancelToken())


def test_a_new_key_makes_a_new_client(libraries: Libraries, serve: Serve) -> None:
    server = serve(envelope(None))
    for key in ("sk-mavi-first-first-first", "sk-mavi-second-second"):
        libraries.keep_key(server.url, key)
        libraries.client(server.url, CancelToken()).list_unique_ids()
        assert server.seen[-1].headers["Authorization"] == key


def test_a_wrong_key_and_a_silent_server_are_told_apart(libraries: Libraries, serve: Serve) -> None:
    refusing = serve(envelope(None, "0401", "no"))
    with pytest.raises(KeyRejected):
        libraries.check_key(libraries.library(refusing.url), KEY, CancelToken())
    refusing.close()
    with pytest.raises(NetworkError):
        libraries.check_key(refusing.url, KEY, CancelToken())


@pytest.mark.parametrize(
    ("key", "hint"), [("short", "…"), ("sk-mavi-short", "sk-mavi-…"), ("0123456789abcdef", "…cdef")]
)
def test_a_hint_never_gives_much_of_a_key_away(libraries: Libraries, key: str, hint: str) -> None:
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    assert libraries.keep_key("memories.ai", key) is Kept.THIS_RUN
    assert libraries.key_hint("memories.ai") == hint
    assert key not in repr(libraries)


class _Watched(Bandwidth):
    asked_bytes = 0

    def take(self, wanted_bytes: int, token: CancelToken) -> int:
        self.asked_bytes += wanted_bytes
        return super().take(wanted_bytes, token)


class _Running(EngineProcess):
    address = ""

    def start(self, token: CancelToken) -> tuple[str, str]:
        return self.address, "local"


def test_uploads_to_all_but_this_computer_share_the_bandwidth(
    preferences: PreferencesStore, serve: Serve, tmp_path: Path
) -> None:
    footage, token, bandwidth = tmp_path / "pier.mp4", CancelToken(), _Watched(lambda: 0)
    footage.write_bytes(b"x" * 1000)
    engine = _Running(tmp_path / "engine", tmp_path / "engine.log")
    engine.address = serve(envelope({"videoNo": "VI1"})).url
    elsewhere = serve(envelope({"videoNo": "VI1"})).url
    libraries = Libraries(engine, SecretStore(), preferences, bandwidth=bandwidth)
    libraries.keep_key(elsewhere, KEY)
    for library_id, asked in ((LOCAL_ID, False), (elsewhere, True)):
        libraries.client(library_id, token).upload_video(footage, FootageDetails(), token=token, on_sent=lambda _: None)
        assert (bandwidth.asked_bytes > 1000) is asked
    libraries.close()
