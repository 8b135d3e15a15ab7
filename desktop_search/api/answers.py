"""The envelope around every answer (contract §2), and what comes in its place when something in between fails."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from desktop_search.api.errors import BY_STATUS, SUCCESS, code_of, not_an_envelope, refused
from desktop_search.core.errors import AppError


@dataclass(frozen=True)
class Answer:
    """An HTTP answer, read whole. `retry_after` is the header's text, if any."""

    status: int
    body: bytes
    retry_after: str | None = None

    def data(self, key: str) -> object:
        """The envelope's `data`, which may be `None`. Success is decided on `code`, not on the HTTP status.

        Raises an `AppError` for a failure and for anything that is no envelope; `key` is blotted out of its text.
        """
        content = self._content
        code = code_of(content.get("code")) if isinstance(content, Mapping) else ""
        if not code or not isinstance(content, Mapping):
            raise self._strange(content, key)
        if code in SUCCESS:
            return content.get("data")
        said = content.get("msg")
        raise refused(code, _without(str(said) if said is not None else "", key), self.retry_after)

    @property
    def code(self) -> str:
        """The answer's code as the contract writes it; "" for what is no envelope and no twin of one."""
        content = self._content
        said = code_of(content.get("code")) if isinstance(content, Mapping) else ""
        if not said:
            return BY_STATUS.get(self.status, "")
        return "0000" if said in SUCCESS else said

    @cached_property
    def _content(self) -> object:
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            return None

    def _strange(self, content: object, key: str) -> AppError:
        if isinstance(content, Mapping) and "error" in content:  # a gateway's own body (contract §3)
            said = str(content["error"])
        else:
            said = self.body[:4000].decode("utf-8", "replace") or "empty answer"
        return not_an_envelope(self.status, _without(said, key), self.retry_after)


def _without(text: str, key: str) -> str:
    return text.replace(key, "…") if key else text
