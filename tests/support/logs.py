"""Silence is a test: a record of WARNING or above from the program fails the test unless it was expected."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator

import pytest

_WATCHED = ("desktop_search", "asyncio", "py.warnings", "qt")


class ExpectedLogs(logging.Handler):
    """Collects records of WARNING or above. `expect` names those that are meant to come."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []
        self._expected: list[re.Pattern[str]] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.name.partition(".")[0] in _WATCHED or record.name in _WATCHED:
            self.records.append(record)

    def expect(self, pattern: str) -> None:
        """A record whose message matches `pattern` (searched for) must come, once or more."""
        self._expected.append(re.compile(pattern))

    def verify(self) -> None:
        """Fail for a record that was not expected, and for an expectation that was not met."""
        messages = [record.getMessage() for record in self.records]
        surprising = [
            f"{record.levelname} {record.name}: {text}"
            for record, text in zip(self.records, messages, strict=True)
            if not any(pattern.search(text) for pattern in self._expected)
        ]
        assert not surprising, "unexpected in the log:\n" + "\n".join(surprising)
        unmet = [pattern.pattern for pattern in self._expected if not any(pattern.search(text) for text in messages)]
        assert not unmet, f"expected in the log, but did not come: {unmet}"


@pytest.fixture(autouse=True)
def expected_logs() -> Iterator[ExpectedLogs]:
    """Call `expected_logs.expect("pattern")` before the code that logs a warning on purpose."""
    handler = ExpectedLogs()
    root = logging.getLogger()
    root.addHandler(handler)
    yield handler
    root.removeHandler(handler)
    handler.verify()
