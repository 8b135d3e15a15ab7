#!/usr/bin/env bash
# Puts the manifest of the Flatpak beside the portable build that it is made from:
#     packaging/flatpak/prepare.sh FOLDER
set -eu

here="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")" && pwd)"
cd "${1:?is the folder of the packages}"
ln -sf "$(find . -maxdepth 1 -name 'desktop-search-*-linux-*.tar.gz' -print -quit)" desktop-search-linux.tar.gz
sum="$(sha256sum desktop-search-linux.tar.gz | cut -d ' ' -f 1)"
for manifest in "$here"/*.yml; do
    sed "s/^\( *\)path: desktop-search-linux.tar.gz.*/&\n\1sha256: $sum/" "$manifest" >"$(basename "$manifest")"
done
