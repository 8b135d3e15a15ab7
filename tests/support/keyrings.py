"""Keyrings for tests: one in memory for most, a real Secret Service for tests marked `keyring`."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import keyring
import keyring.backend
import keyring.core
import keyring.errors
import pytest

from tests.support.dbus import start_bus


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A whole keyring that lives as long as the test."""

    priority = -1  # never chosen by itself

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self.kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError("not found")


class LockedKeyring(MemoryKeyring):
    """One that its owner did not unlock."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.KeyringLocked

    def delete_password(self, service: str, username: str) -> None:
        raise keyring.errors.KeyringLocked


@dataclass
class SecretServiceSession:
    """A D-Bus session with gnome-keyring in it, of this test process alone."""

    address: str
    home: Path
    bus: subprocess.Popen[bytes]
    daemon: subprocess.Popen[bytes]

    def environment(self) -> dict[str, str]:
        """The variables by which a program finds this session."""
        return {"DBUS_SESSION_BUS_ADDRESS": self.address}


def _start_session(home: Path) -> SecretServiceSession:
    bus, address = start_bus()
    environment = os.environ | {
        "DBUS_SESSION_BUS_ADDRESS": address,
        "HOME": str(home),
        "XDG_DATA_HOME": str(home / "data"),
        "XDG_RUNTIME_DIR": str(home / "run"),
    }
    (home / "run").mkdir(mode=0o700)
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert daemon.stdin is not None
    daemon.stdin.write(b"only for tests\n")
    daemon.stdin.close()
    return SecretServiceSession(address, home, bus, daemon)


@pytest.fixture(scope="session")
def secret_service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SecretServiceSession]:
    """An unlocked gnome-keyring on a D-Bus of its own."""
    session = _start_session(tmp_path_factory.mktemp("secret-service"))
    # D-Bus queues calls only for services that it can start; so wait until the daemon has its name.
    subprocess.run(
        ["gdbus", "wait", "--session", "--timeout", "20", "org.freedesktop.secrets"],
        env=os.environ | session.environment(),
        check=True,
        capture_output=True,
    )
    yield session
    for process in (session.daemon, session.bus):
        process.terminate()
        process.wait()


@pytest.fixture(autouse=True)
def keyring_of_the_test(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Puts the memory keyring in place; for tests marked `keyring`, the real one."""
    if request.node.get_closest_marker("keyring") is None:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        keyring.set_keyring(MemoryKeyring())
    else:
        session: SecretServiceSession = request.getfixturevalue("secret_service")
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", session.address)
        keyring.core.init_backend()
    yield
    keyring.set_keyring(MemoryKeyring())
