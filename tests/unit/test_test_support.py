"""The guards of the tests themselves: each lets the good through and stops the bad."""

from __future__ import annotations

import logging
import os
import socket
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import QStandardPaths

from tests.support.logs import ExpectedLogs
from tests.support.network import is_loopback


def test_the_profile_is_empty_and_the_environment_points_to_it(profile_home: Path) -> None:
    assert Path.home() == profile_home
    where = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    assert Path(where).is_relative_to(profile_home)
    assert not any(path.is_file() for path in profile_home.rglob("*"))


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.9.1", "::1", "localhost", "", None, b"localhost"])
def test_the_loopback_is_open(host: object) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "api.memories.ai", "0.0.0.1", b"example.org"])
def test_the_rest_of_the_world_is_not(host: object) -> None:
    assert not is_loopback(host)


def test_sockets_still_work_on_the_loopback() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), 5) as client:
        assert client.getpeername() == server.getsockname()


def test_an_unexpected_warning_fails_and_an_expected_one_does_not() -> None:
    logs = ExpectedLogs()
    logs.expect("disk .* full")
    logs.handle(logging.makeLogRecord({"name": "desktop_search.x", "levelno": 30, "msg": "disk sda full"}))
    logs.verify()
    logs.handle(logging.makeLogRecord({"name": "desktop_search.x", "levelno": 40, "msg": "surprise"}))
    with pytest.raises(AssertionError, match="surprise"):
        logs.verify()


def test_an_expected_warning_that_does_not_come_fails() -> None:
    logs = ExpectedLogs()
    logs.expect("never")
    with pytest.raises(AssertionError, match="never"):
        logs.verify()


def test_the_keyring_in_memory_is_a_whole_keyring() -> None:
    keyring.set_password("service", "user", "secret")
    assert keyring.get_password("service", "user") == "secret"
    keyring.delete_password("service", "user")
    assert keyring.get_password("service", "user") is None
    with pytest.raises(keyring.errors.PasswordDeleteError):
        keyring.delete_password("service", "user")


@pytest.mark.keyring
def test_a_test_marked_keyring_meets_a_real_secret_service() -> None:
    assert "SecretService" in type(keyring.get_keyring()).__module__
    keyring.set_password("desktop-search-test", "user", "geheim ✓")
    assert keyring.get_password("desktop-search-test", "user") == "geheim ✓"
    keyring.delete_password("desktop-search-test", "user")


@pytest.mark.display
def test_there_is_a_display() -> None:
    assert os.environ["DISPLAY"]
