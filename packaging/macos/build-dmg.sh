#!/usr/bin/env bash
# Makes the app with libVLC inside, signs it, has it notarised, and packs it into a disk image. To be run on macOS:
#     VLC_FOLDER=/Applications/VLC.app/Contents/MacOS packaging/macos/build-dmg.sh [OUT]
#
# CODESIGN_IDENTITY  "Developer ID Application: …"; without it the app is signed for this machine alone
# NOTARY_PROFILE     a profile that `xcrun notarytool store-credentials` has put into the keychain
#
# The order matters: every library first, then the programs, then the app, then the image; notarise the image, and staple
# the ticket to it. Whatever is changed after it was signed is refused by the system.
set -eu

project="$(cd "$(dirname "$0")/../.." && pwd)"
out="${1:-$project/dist}"
python="${PYTHON:-$project/.venv/bin/python}"
identity="${CODESIGN_IDENTITY:--}"
version="$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$project/desktop_search/__init__.py")"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
: "${VLC_FOLDER:?is the folder of libVLC and its plugins, as in VLC.app/Contents/MacOS}"
export VLC_FOLDER
mkdir -p "$out"

"$python" "$project/packaging/making/freeze.py" "$work"
app="$work/Desktop Search.app"
"$app/Contents/MacOS/desktop-search" --self-check

sign() { codesign --force --timestamp --options runtime --sign "$identity" "$@"; }
if [ "$identity" = - ]; then
    sign() { codesign --force --sign - "$@"; }
fi
find "$app" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 | while IFS= read -r -d '' library; do
    sign "$library"
done
sign --entitlements "$project/packaging/macos/entitlements.plist" "$app/Contents/MacOS/desktop-search"
sign --entitlements "$project/packaging/macos/entitlements.plist" "$app"
codesign --verify --deep --strict "$app"

image="$out/desktop-search-$version-macos-$(uname -m).dmg"
mkdir "$work/image"
mv "$app" "$work/image/"
ln -s /Applications "$work/image/Applications"
hdiutil create -volname "Desktop Search $version" -srcfolder "$work/image" -fs HFS+ -format UDZO -ov "$image"
if [ "$identity" != - ]; then
    codesign --force --timestamp --sign "$identity" "$image"
    xcrun notarytool submit "$image" --keychain-profile "${NOTARY_PROFILE:?}" --wait
    xcrun stapler staple "$image"
    spctl --assess --type open --context context:primary-signature --verbose "$image"
fi
echo "$image"
