"""Extracts the texts of the program, updates `resources/locale/*/LC_MESSAGES/desktop_search.po` and compiles them."""

from __future__ import annotations

import io
import sys
from datetime import UTC, datetime
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

PROJECT = Path(__file__).resolve().parents[1]
LOCALE = PROJECT / "resources" / "locale"
_KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}
_MARK = "Translators:"
_HEADER = """# Desktop Search in {name}. How translations are made: docs/translations.md.
msgid ""
msgstr ""
"Language: {locale}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plurals}\\n"
"""


def extracted() -> Catalog:
    """The texts that the code has now, none of them translated."""
    found = Catalog(project="Desktop Search", charset="utf-8")
    for _file, _line, message, comments, context in extract_from_dir(
        PROJECT / "desktop_search", keywords=_KEYWORDS, comment_tags=[_MARK], strip_comment_tags=True
    ):
        found.add(message, auto_comments=comments, context=context)
    return found


def po_file(language: str) -> Path:
    """Where the translation into the language is kept."""
    return LOCALE / language / "LC_MESSAGES" / "desktop_search.po"


def read(language: str) -> Catalog:
    """The translation into the language, as it is kept."""
    with po_file(language).open("rb") as file:
        catalog = read_po(file, locale=language)
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)  # or the bytes would change
    return catalog


def compiled(catalog: Catalog) -> bytes:
    """The translation as the program reads it; the same bytes for the same texts."""
    content = io.BytesIO()
    write_mo(content, catalog)
    return content.getvalue()


def save(language: str, catalog: Catalog) -> None:
    """Write the translation down, in the order of the texts, without places and times: those would always change."""
    target, texts = po_file(language), io.BytesIO()
    write_po(texts, catalog, sort_output=True, no_location=True, ignore_obsolete=True, omit_header=True, width=116)
    header = _header(target, catalog)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(f"{header}\n{texts.getvalue().decode().strip()}\n", encoding="utf-8")
    target.with_suffix(".mo").write_bytes(compiled(read(language)))


def _header(target: Path, catalog: Catalog) -> str:
    """What the file begins with, as its translators left it."""
    if target.exists():
        return target.read_text(encoding="utf-8").split("\n\n", 1)[0] + "\n"
    return _HEADER.format(name=catalog.locale.english_name, locale=catalog.locale, plurals=catalog.plural_forms)


def languages() -> list[str]:
    """The languages that there is a translation for."""
    return sorted(folder.name for folder in LOCALE.iterdir() if folder.is_dir())


def update(language: str) -> None:
    """Bring one language up to date and say what is left to be translated."""
    catalog = read(language) if po_file(language).exists() else Catalog(locale=language)
    catalog.update(extracted(), no_fuzzy_matching=True)
    save(language, catalog)
    left = [str(message.id) for message in read(language) if message.id and not is_translated(message.string)]
    print(f"{language}: {len(left)} of {len(catalog)} texts are not translated")
    for text in left:
        print(f"    {text}")


def is_translated(text: str | tuple[str, ...]) -> bool:
    """Whether there is a translation, in all forms."""
    return all(text) if isinstance(text, tuple) else bool(text)


if __name__ == "__main__":
    for name in sys.argv[1:] or languages():
        update(name)
