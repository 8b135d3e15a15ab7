"""What choosing a library means for the footage, in words."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from desktop_search.core.language import _
from desktop_search.core.library import CLOUD_ID, Library


def privacy_words(library: Library) -> str:
    """One line: whether footage leaves this computer."""
    if library.is_local:
        return _("Nothing leaves this computer")
    return _("Footage you add is sent to {library}").format(library=library.title)


def search_words(library: Library) -> str:
    """One line for searches that go to all libraries together."""
    return _("Searches go to all your libraries, footage to {library}").format(library=library.title)


def charge_mark(libraries: Sequence[Library]) -> str:
    """Which of the libraries charge for each search, to be put behind a choice that asks all; "" where none does."""
    paid = [library.title for library in libraries if library.is_paid]
    return _("({libraries} charges for each search)").format(libraries=", ".join(paid)) if paid else ""


def charge_words(library: Library) -> str:
    """What using the library costs, as far as this program can know."""
    if library.library_id == CLOUD_ID:
        return _(
            "memories.ai charges your account for indexing, searching and storage, at the prices on its website. "
            "Checking the key costs nothing."
        )
    return _("Whoever runs this server can tell you whether its use costs anything.")


def is_unencrypted(library: Library) -> bool:
    """Whether key and footage would travel readable for everybody on the way (plain http to another computer)."""
    parts = urlsplit(library.base_url)
    return parts.scheme == "http" and (parts.hostname or "") not in {"localhost", "127.0.0.1", "::1"}


def unencrypted_words(library: Library) -> str:
    """The warning for such a library; "" where there is nothing to warn of."""
    if not is_unencrypted(library):
        return ""
    return _(
        "The connection to {library} is not encrypted: others on the network can read the key "
        "and the footage. Use https where you can."
    ).format(library=library.title)
