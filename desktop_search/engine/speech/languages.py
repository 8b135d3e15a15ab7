"""Names of languages as they come in files, brought to the short codes that speech models use."""

from __future__ import annotations

# Both three-letter codes of ISO 639-2 where there are two; the rest keeps the code it has.
_SHORT = {
    "eng": "en", "deu": "de", "ger": "de", "fra": "fr", "fre": "fr", "spa": "es", "ita": "it", "por": "pt", "nld": "nl",
    "dut": "nl", "dan": "da", "swe": "sv", "nor": "no", "nob": "no", "fin": "fi", "isl": "is", "ice": "is", "pol": "pl",
    "ces": "cs", "cze": "cs", "slk": "sk", "slo": "sk", "slv": "sl", "hrv": "hr", "srp": "sr", "hun": "hu", "ron": "ro",
    "rum": "ro", "bul": "bg", "ell": "el", "gre": "el", "tur": "tr", "rus": "ru", "ukr": "uk", "est": "et", "lav": "lv",
    "lit": "lt", "jpn": "ja", "zho": "zh", "chi": "zh", "kor": "ko", "ara": "ar", "heb": "he", "hin": "hi", "vie": "vi",
    "tha": "th", "ind": "id", "cat": "ca", "eus": "eu", "baq": "eu", "glg": "gl", "gle": "ga", "cym": "cy", "wel": "cy",
    "mlt": "mt", "und": "", "mul": "", "zxx": "", "mis": "",
}  # fmt: skip


def short_code(tag: str | None) -> str:
    """ "en" for "eng", "en-GB" and "EN"; "" where no language is named."""
    first = (tag or "").strip().lower().replace("_", "-").partition("-")[0]
    return _SHORT.get(first, first)
