#!/usr/bin/env bash
# Builds the packages for Linux, tests them as new users have them, and writes the signed checksums:
#     packaging/release.sh [--without-tests] [OUT]      # OUT is dist/ where none is named; it must be empty
# The version is that of desktop_search/__init__.py. The key is given by the environment: see packaging/checksums.sh.
set -eu

project="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
. "$project/packaging/set-up.sh"

tests=yes
if [ "${1:-}" = --without-tests ]; then tests=""; shift; fi
out="$(mkdir -p "${1:-$project/dist}" && cd "${1:-$project/dist}" && pwd)"
[ -z "$(ls -A "$out")" ] || fail "$out is not empty."
version="$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$project/desktop_search/__init__.py")"
grep -q "^## $version" "$project/CHANGELOG.md" || fail "CHANGELOG.md says nothing of $version."
[ -z "$(git -C "$project" status --porcelain)" ] || fail "There are changes that are not committed."
SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git -C "$project" log -1 --format=%ct)}"
export SOURCE_DATE_EPOCH

need_test_environment
if [ -n "$tests" ]; then "$project/packaging/test.sh"; fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
say "Building Desktop Search $version, twice."
for folder in first second; do "$venv/bin/python" "$project/packaging/making/freeze.py" "$work/$folder" >&2; done
diff -r --no-dereference "$work/first/desktop-search" "$work/second/desktop-search" >&2 ||
    fail "The same source gave different bytes; what differs stands above."
rm -rf "$work/second"
program="$work/first/desktop-search"
"$venv/bin/python" "$project/packaging/linux/build_deb.py" --program "$program" "$out"
"$venv/bin/python" "$project/packaging/linux/build_portable.py" --program "$program" "$out"
cp "$program/_internal/sbom.cdx.json" "$out/desktop-search-$version-linux.cdx.json"
git -C "$project" archive --prefix="desktop-search-$version/" HEAD | gzip -n -9 >"$out/desktop-search-$version-source.tar.gz"
if [ -n "$tests" ]; then
    DESKTOP_SEARCH_PACKAGES="$out" "$project/packaging/test.sh" tests/packaging/test_packages_run.py
fi
"$project/packaging/checksums.sh" "$out"
ls -l "$out" >&2
