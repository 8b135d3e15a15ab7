"""A real engine as a child process, spoken to in plain HTTP."""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode, urlsplit

from urllib3.filepost import encode_multipart_formdata

from tests.support.waiting import wait_until

BASE = "/serve/api/v1"
KEY = "sk-test-engine"
Parts = Sequence[tuple[str, Any]]


@dataclass(frozen=True)
class Answer:
    """One HTTP answer."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def envelope(self) -> dict[str, Any]:
        value = json.loads(self.body)
        assert set(value) == {"code", "msg", "data", "success", "failed"}
        assert isinstance(value["code"], str)
        assert value["success"] is (value["code"] == "0000")
        assert value["failed"] is not value["success"]
        return dict(value)

    @property
    def data(self) -> Any:
        assert self.envelope["code"] == "0000", self.body
        assert self.status == 200
        return self.envelope["data"]

    @property
    def refusal(self) -> tuple[str, str]:
        """Code and message of a refusal."""
        assert self.envelope["data"] is None
        return self.envelope["code"], self.envelope["msg"]


class EngineChild:
    """Starts the engine; `with` ends it."""

    def __init__(self, data_dir: Path, *arguments: str, key: str | None = KEY, cwd: Path | None = None) -> None:
        self.data_dir, self.key = data_dir, key or ""
        environment = {name: value for name, value in os.environ.items() if name != "DESKTOP_SEARCH_ENGINE_KEY"}
        if key is not None:
            environment["DESKTOP_SEARCH_ENGINE_KEY"] = key
        command = [sys.executable, "-m", "desktop_search", "engine", "--data-dir", str(data_dir), *arguments]
        self._errors = data_dir.with_name(data_dir.name + ".log").open("ab")
        self.process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._errors, cwd=cwd
        )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        self.ready: dict[str, Any] = json.loads(line) if line else {}
        self.url = str(self.ready.get("url", ""))

    def __enter__(self) -> Self:
        if not self.ready:
            self.stop()
            raise AssertionError(self.log)
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def log(self) -> str:
        return Path(self._errors.name).read_text()

    def stop(self) -> int:
        """SIGTERM if it got ready, and wait; the exit code."""
        if self.ready and self.process.poll() is None:
            self.process.terminate()
        code = self.process.wait(30)
        for stream in (self.process.stdin, self.process.stdout, self._errors):
            assert stream is not None
            stream.close()
        return code

    def connect(self) -> http.client.HTTPConnection:
        address = urlsplit(self.url)
        return http.client.HTTPConnection(address.hostname or "", address.port, timeout=90)

    def send(
        self, method: str, path: str, body: bytes | Iterable[bytes] | None = None, headers: dict[str, str] | None = None
    ) -> Answer:
        """One request, with the key unless `headers` has its own; `path` is below the base path unless it says so."""
        sent = {"Authorization": self.key} | (headers or {})
        sent = {name: value for name, value in sent.items() if value}
        connection = self.connect()
        try:
            connection.request(
                method, path if path.startswith(("/serve", "/signed", "/openapi")) else BASE + path, body, sent
            )
            answer = connection.getresponse()
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            connection.close()

    def get(self, path: str, **query: Any) -> Answer:
        return self.send("GET", f"{path}?{urlencode(query)}" if query else path)

    def post_json(self, path: str, value: Any) -> Answer:
        return self.send("POST", path, json.dumps(value).encode(), {"Content-Type": "application/json"})

    def post_form(self, path: str, pairs: Parts) -> Answer:
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return self.send("POST", path, urlencode(list(pairs)).encode(), headers)

    def post_parts(self, path: str, parts: Parts) -> Answer:
        """Multipart; a file is `(name, bytes, type)`."""
        body, content_type = encode_multipart_formdata(parts)
        return self.send("POST", path, body, {"Content-Type": content_type})

    def add_in_place(self, path: Path, **fields: str) -> str:
        """Add a file where it lies; its id."""
        answer = self.post_form("/upload_url", [("url", path.as_uri()), *fields.items()])
        return str(answer.data["videoNo"])

    def metadata(self, video_no: str, namespace: str = "default") -> dict[str, Any]:
        return dict(self.get("/get_metadata", video_no=video_no, unique_id=namespace).data or {})

    def pause(self, *, paused: bool) -> Answer:
        """Let nothing be read from now on, or let it go on."""
        return self.post_json("/serve/engine/v1/state", {"paused": paused})

    def wait_indexed(self, video_no: str, namespace: str = "default") -> dict[str, Any]:
        """Wait until it is searchable or failed; its metadata."""
        ended = ("PARSE", "FAILED", "FAIL")
        wait_until(lambda: self.metadata(video_no, namespace).get("status") in ended, f"{video_no} is indexed", 120)
        return self.metadata(video_no, namespace)

    def search(self, words: str, **fields: Any) -> Any:
        return self.post_json("/search", {"search_param": words, **fields}).data
