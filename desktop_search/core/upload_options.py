"""What may be asked of a library about one video beside its details (contract §5.1)."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_search.core.language import ngettext

CALLBACK_MAX_CHARS = 299


@dataclass(frozen=True, slots=True)
class UploadOptions:
    """Choices for the library's treatment of one video.

    Attributes:
        keep_original: without it the library keeps no file, and nothing can be fetched from it later.
        callback: an address that the library tells when indexing has ended; "" for none. This program asks instead.
        caption_prompt: guidance for the sentences that describe what is seen; "" for none.
    """

    keep_original: bool = True
    callback: str = ""
    caption_prompt: str = ""

    def problems(self) -> dict[str, str]:
        """What is wrong, by field name; empty when the service would accept it."""
        if len(self.callback) > CALLBACK_MAX_CHARS:
            return {
                "callback": ngettext("At most {count} character.", "At most {count} characters.", CALLBACK_MAX_CHARS)
            }
        return {}
