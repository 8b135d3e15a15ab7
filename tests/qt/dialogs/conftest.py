"""The desk of the library tests serves the dialogs as well."""

from __future__ import annotations

from tests.qt.library.conftest import desk, server

__all__ = ["desk", "server"]
