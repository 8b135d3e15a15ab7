"""Names of exported files: made from a template, and such that every system takes them."""

from __future__ import annotations

import re
from collections.abc import Mapping

TEMPLATE_DEFAULT = "{n} {name} {in}"
TEMPLATE_MAX_CHARS = 200
FIELDS = ("n", "name", "in", "out", "note", "stars", "tags", "reel", "bin")
_NOT_IN_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]')
# Windows' own, with any ending.
_DEVICES = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_MOST_BYTES = 200  # of 255 on most systems; " (2)", an ending and a name while it is written have to fit, too


def template_problem(template: str) -> str:
    """The field in a template that there is none of, "" where all is well."""
    return next((name for name in re.findall(r"\{([^{}]*)\}", template) if name not in FIELDS), "")


def file_stem(template: str, fields: Mapping[str, str]) -> str:
    """The name without its ending: `{name}` and so on filled in, what no file's name may hold replaced."""
    filled = re.sub(r"\{([^{}]*)\}", lambda match: fields.get(match[1], ""), template)
    return safe_name(filled) or safe_name(fields.get("name", "")) or "clip"


def safe_name(text: str) -> str:
    """`text` as every system takes it for a file's name; "" where nothing is left."""
    # A timecode's colons become points, which are easier to read than what else is allowed.
    plain = _NOT_IN_NAMES.sub("-", re.sub(r"(?<=\d)[:;](?=\d)", ".", text))
    plain = " ".join(plain.split())
    while len(plain.encode("utf-8")) > _MOST_BYTES:
        plain = plain[:-1]
    plain = plain.strip(" .-") if not plain.strip(" .-") else plain.strip().rstrip(" .").lstrip(".")
    return f"_{plain}" if _DEVICES.match(plain) else plain
