"""A library that answers each search when it is let, or refuses it for a while."""

from __future__ import annotations

import json
import threading
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager

import keyring

from desktop_search.core.accounts import Server
from desktop_search.settings.folders import Folders
from desktop_search.settings.preferences import Preferences, PreferencesStore
from tests.support.fault_server import DEADLINE_S, FaultServer, Handler, envelope


class SlowLibrary:
    """Finds one moment for everything, in a video that is called as the words.

    Attributes:
        asked, served: the words of the searches that came, and of those whose answers have been written.
        may_answer: set the event of some words, and they are answered.
        refuse_s: seconds for which the next searches are refused, one after the other.
    """

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.served: list[str] = []
        self.may_answer: dict[str, threading.Event] = defaultdict(threading.Event)
        self.refuse_s: list[int] = []
        self.server = FaultServer([envelope(None)], before_body=self._serve)

    def _serve(self, handler: Handler) -> None:
        body = handler.rfile.read(int(handler.headers.get("Content-Length", 0)))
        if not handler.path.endswith("/search"):
            envelope({"unique_ids": [], "videos": [], "total_count": 0})(handler)
            return
        words = json.loads(body)["search_param"]
        self.asked.append(words)
        if self.refuse_s:
            envelope(None, "0429", "Request has exceeded the limit.", Retry_After=str(self.refuse_s.pop(0)))(handler)
            return
        assert self.may_answer[words].wait(DEADLINE_S)
        row = {"videoNo": f"VI{len(words)}", "videoName": words, "startTime": "1", "endTime": "2", "score": 0.5}
        try:
            envelope([row])(handler)
        finally:
            self.served.append(words)


@contextmanager
def slow_library(profile: Folders) -> Iterator[SlowLibrary]:
    """The library, chosen in the profile with its key kept."""
    library = SlowLibrary()
    url = library.server.url
    keyring.set_password("Desktop Search", url, "sk-studio-0123456789abcdef")
    PreferencesStore(profile.preferences_file).save(Preferences(library_id=url, servers=(Server(url),)))
    try:
        yield library
    finally:
        for may_answer in library.may_answer.values():
            may_answer.set()
        library.server.close()
