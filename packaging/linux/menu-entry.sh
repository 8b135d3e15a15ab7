#!/bin/sh
# Puts Desktop Search into the menu of this user, and takes it out again:
#     ./menu-entry.sh [--remove]
set -eu

here="$(cd "$(dirname "$(readlink -f "$0")")" && pwd)"
data="${XDG_DATA_HOME:-$HOME/.local/share}"
entry="$(basename "$here"/share/applications/*.desktop)"

if [ "${1:-}" = --remove ]; then
    rm -f "$data/applications/$entry"
    find "$data/icons/hicolor" -path '*/apps/desktop-search.*' -delete 2>/dev/null || true
    echo "Desktop Search is out of the menu. To remove the program, delete $here"
    exit 0
fi
mkdir -p "$data/applications" "$data/icons"
cp -R "$here/share/icons/hicolor" "$data/icons/"
# In a value of a desktop entry, a backslash is doubled; inside quotes four characters want one before them.
program="$(printf '%s' "$here/desktop-search" | sed 's/[\\"`$]/\\\\&/g; s/%/%%/g; s/[&|\\]/\\&/g')"
sed "s|^Exec=.*|Exec=\"$program\" %F|" "$here/share/applications/$entry" >"$data/applications/$entry"
echo "Desktop Search is in the menu now."
