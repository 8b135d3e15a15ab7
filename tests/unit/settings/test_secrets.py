"""Keys in a real keyring over D-Bus, in one in memory, and with keyrings that are absent, locked or slow."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import keyring
import keyring.errors
import pytest
from keyring.backends import fail
from keyring.backends.chainer import ChainerBackend

from desktop_search.core.errors import KeyringUnavailable
from desktop_search.settings.secrets import Kept, SecretStore
from tests.support import keyrings
from tests.support.keyrings import MemoryKeyring

KEY = "sk-mavi-0123456789abcdefSECRET"
CLOUD = "memories.ai"
STUDIO = "http://studio:8080"


class KeyringContract:
    """What the store promises with a keyring that works, whichever it is."""

    def test_a_kept_key_is_there_in_the_next_run_and_gone_when_removed(self) -> None:
        store = SecretStore()
        assert store.get(CLOUD) is None
        assert store.set(CLOUD, KEY) is Kept.KEYRING
        assert store.set(STUDIO, "other-ключ-🔑") is Kept.KEYRING
        assert SecretStore().get(CLOUD) == KEY
        assert SecretStore().get(STUDIO) == "other-ключ-🔑"
        assert store.set(CLOUD, "newer") is Kept.KEYRING
        assert SecretStore().get(CLOUD) == "newer"
        store.remove(CLOUD)
        store.remove(STUDIO)
        assert SecretStore().get(CLOUD) is None
        store.remove(CLOUD)

    def test_it_says_what_it_is(self) -> None:
        store = SecretStore()
        assert store.available()
        assert store.backend_name()

    def test_many_threads_may_ask(self) -> None:
        store = SecretStore()
        store.set(CLOUD, KEY)
        answers: list[str | None] = []
        threads = [threading.Thread(target=lambda: answers.append(store.get(CLOUD))) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [KEY] * 6
        store.remove(CLOUD)


class TestInMemory(KeyringContract):
    """The keyring that other tests use keeps the same promises."""


@pytest.mark.keyring
class TestSecretService(KeyringContract):
    """gnome-keyring over D-Bus."""

    def test_it_is_the_real_one(self) -> None:
        assert "SecretService" in SecretStore().backend_name()


class Broken(MemoryKeyring):
    """A keyring that refuses everything, and gossips about it."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"could not keep {password}")

    def delete_password(self, service: str, username: str) -> None:
        raise keyring.errors.PasswordDeleteError("locked")


class Slow(MemoryKeyring):
    """A keyring that does not answer until it is released."""

    def __init__(self) -> None:
        super().__init__()
        self.release = threading.Event()
        self.asked = 0

    def get_password(self, service: str, username: str) -> str | None:
        self.asked += 1
        self.release.wait(20)
        return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        self.asked += 1
        self.release.wait(20)
        super().set_password(service, username, password)


class Chain(ChainerBackend):
    """Several keyrings, each asked when the one before it could not."""

    priority = -1  # never chosen by itself
    backends: ClassVar[list[MemoryKeyring]] = []


@pytest.fixture
def slow() -> Iterator[Slow]:
    ring = Slow()
    keyring.set_keyring(ring)
    yield ring
    ring.release.set()


def test_without_a_keyring_the_key_lives_for_this_run(profile_home: Path) -> None:
    keyring.set_keyring(fail.Keyring())  # type: ignore[no-untyped-call]
    store = SecretStore()
    assert not store.available()
    assert store.backend_name() == ""
    assert store.get(CLOUD) is None
    assert store.set(CLOUD, KEY) is Kept.THIS_RUN
    assert store.get(CLOUD) == KEY
    assert SecretStore().get(CLOUD) is None
    assert [path for path in profile_home.rglob("*") if path.is_file()] == []
    store.remove(CLOUD)
    assert store.get(CLOUD) is None


def test_a_locked_keyring_is_told_from_an_empty_one(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    keyring.set_keyring(Broken())
    store = SecretStore()
    with pytest.raises(KeyringUnavailable, match="locked or does not answer") as caught:
        store.get(CLOUD)
    assert store.set(CLOUD, KEY) is Kept.THIS_RUN
    assert store.get(CLOUD) == KEY
    with pytest.raises(KeyringUnavailable):
        store.remove(CLOUD)
    with pytest.raises(KeyringUnavailable):
        store.get(CLOUD)
    assert KEY not in caplog.text + repr(store) + repr(caught.value) + str(caught.value)


def test_a_slow_keyring_is_waited_for_once_and_not_piled_upon(slow: Slow) -> None:
    store = SecretStore(deadline_s=0.05)
    with pytest.raises(KeyringUnavailable):
        store.get(CLOUD)
    assert store.set(CLOUD, KEY) is Kept.THIS_RUN
    assert store.get(CLOUD) == KEY
    assert not store.available()
    assert slow.asked == 1


def test_a_keyring_that_comes_back_is_used_again(slow: Slow) -> None:
    impatient = SecretStore(deadline_s=0.05)
    with pytest.raises(KeyringUnavailable):
        impatient.get(CLOUD)
    slow.release.set()
    for thread in threading.enumerate():
        if thread.name == "keyring":
            thread.join(20)
    assert impatient.set(CLOUD, KEY) is Kept.KEYRING
    assert slow.kept == {("Desktop Search", CLOUD): KEY}


def test_a_plain_file_is_no_keyring_not_even_behind_a_chain(monkeypatch: pytest.MonkeyPatch) -> None:
    plain, good = MemoryKeyring(), MemoryKeyring()
    monkeypatch.setattr(plain, "priority", 0.5)  # how `keyring` ranks those that write a file anybody can read
    keyring.set_keyring(plain)
    assert SecretStore().set(CLOUD, KEY) is Kept.THIS_RUN
    monkeypatch.setattr(Chain, "backends", [plain])
    keyring.set_keyring(Chain())  # type: ignore[no-untyped-call]
    assert SecretStore().set(CLOUD, KEY) is Kept.THIS_RUN
    monkeypatch.setattr(Chain, "backends", [good, plain])
    assert SecretStore().set(CLOUD, KEY) is Kept.KEYRING
    assert (plain.kept, list(good.kept.values())) == ({}, [KEY])


LOCKED = """
import secretstorage
from desktop_search.core.errors import KeyringUnavailable
from desktop_search.settings.secrets import SecretStore

store = SecretStore()
print(store.set("memories.ai", "first"))
secretstorage.get_default_collection(secretstorage.dbus_init()).lock()
try:
    store.get("memories.ai")
except KeyringUnavailable as error:
    print(error.message)
print(store.set("memories.ai", "newer"), store.get("memories.ai"))
"""


@pytest.mark.keyring
def test_a_real_keyring_that_is_locked(tmp_path: Path) -> None:
    # A Secret Service and a process of this test alone, since nothing here could unlock it again.
    session = keyrings._start_session(tmp_path)
    environment = os.environ | session.environment()
    wait = ["gdbus", "wait", "--session", "--timeout", "20", "org.freedesktop.secrets"]
    try:
        subprocess.run(wait, env=environment, check=True)
        program = [sys.executable, "-c", LOCKED]
        said = subprocess.run(program, env=environment, capture_output=True, text=True, check=True, timeout=60).stdout
    finally:
        for process in (session.daemon, session.bus):
            process.terminate()
            process.wait()
    assert said.splitlines() == [
        "Kept.KEYRING",
        "The system's keyring is locked or does not answer, so the key could not be read.",
        "Kept.THIS_RUN newer",
    ]
