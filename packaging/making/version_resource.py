"""What Windows shows in the properties of the program's file, in PyInstaller's form."""

from __future__ import annotations

from identity import NAME, SUMMARY, TITLE, VERSION

_TEXT = """VSVersionInfo(
  ffi=FixedFileInfo(
    filevers={numbers}, prodvers={numbers}, mask=0x3f, flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0
  ),
  kids=[
    StringFileInfo([StringTable('040904B0', [
{strings}
    ])]),
    VarFileInfo([VarStruct('Translation', [1033, 1200])]),
  ],
)
"""


def version_resource() -> str:
    """The text of the file that PyInstaller reads it from."""
    numbers = tuple(([int(part) for part in VERSION.split(".")] + [0, 0, 0, 0])[:4])
    strings = {
        "CompanyName": TITLE,
        "FileDescription": TITLE,
        "FileVersion": VERSION,
        "InternalName": NAME,
        "LegalCopyright": "Free software under the GNU General Public License, version 3 or later",
        "OriginalFilename": f"{NAME}.exe",
        "ProductName": TITLE,
        "ProductVersion": VERSION,
        "Comments": SUMMARY,
    }
    lines = ",\n".join(f"      StringStruct({name!r}, {value!r})" for name, value in strings.items())
    return _TEXT.format(numbers=numbers, strings=lines)
