"""What macOS wants to know of the app (`Info.plist`), beside what PyInstaller writes by itself.

python packaging/making/information.py      # as a property list, to look at
"""

from __future__ import annotations

import plistlib
import sys

from footage_types import BY_SUFFIX
from identity import TITLE, VERSION

# macOS knows most footage by uniform types; what it has no type for is named by its suffix.
_TYPES = [
    "public.movie",
    "public.mpeg-4",
    "com.apple.quicktime-movie",
    "public.avi",
    "org.matroska.mkv",
    "org.webmproject.webm",
    "org.smpte.mxf",
    "public.mpeg-2-transport-stream",
]


def info_plist() -> dict[str, object]:
    """The values. Footage may be opened with the app, which is never the one that it opens with by itself."""
    return {
        "CFBundleName": TITLE,
        "CFBundleDisplayName": TITLE,
        "CFBundleShortVersionString": VERSION,
        "CFBundleVersion": VERSION,
        "LSMinimumSystemVersion": "13.0",
        "LSApplicationCategoryType": "public.app-category.video",
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,
        "NSPrincipalClass": "NSApplication",
        "NSHumanReadableCopyright": "Free software under the GNU General Public License, version 3 or later",
        "CFBundleDocumentTypes": [
            {
                "CFBundleTypeName": "Footage",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": _TYPES,
            },
            {
                "CFBundleTypeName": "Other footage",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "CFBundleTypeExtensions": [suffix[1:] for suffix in BY_SUFFIX],
            },
            {
                "CFBundleTypeName": "Folder of footage",
                "CFBundleTypeRole": "Viewer",
                "LSHandlerRank": "Alternate",
                "LSItemContentTypes": ["public.folder"],
            },
        ],
    }


if __name__ == "__main__":
    sys.stdout.write(plistlib.dumps(info_plist()).decode())
