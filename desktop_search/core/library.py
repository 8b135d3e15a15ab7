"""The libraries that one window can speak to. They differ in address and key, in nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_search.core.language import _

LOCAL_ID = "local"
CLOUD_ID = "memories.ai"
CLOUD_URL = "https://api.memories.ai"
BASE_PATH = "/serve/api/v1"


@dataclass(frozen=True, slots=True)
class Library:
    """A library: what it is called, where it is, and whether footage leaves this computer for it.

    `library_id` is "local", "memories.ai", or the address of a custom server. `base_url` has no path and no slash
    at its end; it is "" for *This computer* until the engine runs, because its port is chosen at each start.
    `fingerprint` is that of the one certificate the server may show, "" for any that the system vouches for.
    """

    library_id: str
    title: str
    base_url: str = ""
    fingerprint: str = ""

    @property
    def is_paid(self) -> bool:
        """True when uploading and asking cost the user money: nothing is sent before it was started."""
        return self.base_url == CLOUD_URL

    @property
    def is_local(self) -> bool:
        """True when files are indexed in place and nothing leaves this computer."""
        return self.library_id == LOCAL_ID


THIS_COMPUTER = Library(LOCAL_ID, _("This computer"))
MEMORIES_AI = Library(CLOUD_ID, "memories.ai", CLOUD_URL)
