"""The envelope around every JSON answer, and the failures that end up in it (contract §2, §3)."""

from __future__ import annotations

import json

from starlette.responses import Response

OK = "0000"
WRONG_PARAMETER = "0001"  # also the catch-all
NOT_READABLE = "0003"
WRONG_KEY = "0401"
ACCOUNT_DISABLED = "0403"
TOO_MANY_REQUESTS = "0429"
NOT_PERMITTED = "9009"


class ApiError(Exception):
    """A refusal that the client gets to read. Business refusals travel with HTTP 200."""

    def __init__(self, message: str, code: str = WRONG_PARAMETER, *, http_status: int = 200) -> None:
        super().__init__(message)
        self.message, self.code, self.http_status = message, code, http_status


def success(data: object) -> Response:
    """HTTP 200, code 0000."""
    return answer(OK, "success", data, 200)


def failure(error: ApiError) -> Response:
    """The refusal in the envelope."""
    return answer(error.code, error.message, None, error.http_status)


def answer(code: str, message: str, data: object, http_status: int, *, failed_first: bool = False) -> Response:
    """Any envelope."""
    verdict = {"success": code == OK, "failed": code != OK}
    if failed_first:
        verdict = dict(reversed(verdict.items()))
    body = {"code": code, "msg": message, "data": data, **verdict}
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(text.encode("utf-8", "replace"), http_status, media_type="application/json")
