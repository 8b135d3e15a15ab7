#!/usr/bin/env bash
# Builds the packages for Linux, tests them as new users have them, and writes the signed checksums:
#     packaging/release.sh [--without-tests] [OUT]      # OUT is dist/ where none is named; it must be empty
#
# It wants a commit without changes, whose version CHANGELOG.md knows, and 8 GB of room for its work (TMPDIR says where).
# Two cores take half an hour for everything, half of it for the tests; --without-tests is for trying it out.
#
# The environment may say, and need not:
#   RELEASE_KEY, RELEASE_GPG_KEY      what signs the checksums; without either they are not signed, and that is said
#   DESKTOP_SEARCH_HOME_PAGE          where the packages are published
#   DESKTOP_SEARCH_MAINTAINER         who answers for them, as "Name <address>"
#   SOURCE_DATE_EPOCH                 the time of the release; that of the commit where it is not set
# docs/packaging.md says more.
set -eu

project="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
. "$project/packaging/set-up.sh"

help() { sed -n '2,/^set -eu/{s/^# \{0,1\}//p;}' "${BASH_SOURCE[0]}"; }
tests=yes
out=""
for argument in "$@"; do
    case "$argument" in
        --help | -h) help; exit 0 ;;
        --without-tests) tests="" ;;
        -*) fail "There is no option $argument; see packaging/release.sh --help" ;;
        *) [ -z "$out" ] || fail "One folder is enough: $out or $argument?"; out="$argument" ;;
    esac
done
out="${out:-$project/dist}"

version="$(sed -n 's/^__version__ = "\(.*\)"/\1/p' "$project/desktop_search/__init__.py")"
git -C "$project" rev-parse --verify --quiet HEAD >/dev/null || fail "$project is no clone of the repository."
[ -z "$(git -C "$project" status --porcelain)" ] || fail "There are changes that are not committed."
grep -q "^## $version" "$project/CHANGELOG.md" || fail "CHANGELOG.md says nothing of $version."
mkdir -p "$out" || fail "$out cannot be made."
out="$(cd "$out" && pwd)"
[ -z "$(ls -A "$out")" ] || fail "$out is not empty."
SOURCE_DATE_EPOCH="${SOURCE_DATE_EPOCH:-$(git -C "$project" log -1 --format=%ct)}"
export SOURCE_DATE_EPOCH

need_test_environment
if [ -n "$tests" ]; then "$project/packaging/test.sh"; fi

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
making() { "$venv/bin/python" "$project/packaging/$1" "${@:2}" >&2; }
# Everything twice, from the source to the packed files, which must be the same to the last byte.
for time in first second; do
    say "Building Desktop Search $version, the $time time."
    mkdir "$work/$time"
    making making/freeze.py "$work/$time/made"
    making linux/build_deb.py --program "$work/$time/made/desktop-search" "$work/$time"
    making linux/build_portable.py --program "$work/$time/made/desktop-search" "$work/$time"
done
diff -r --no-dereference "$work/first" "$work/second" >&2 ||
    fail "The same source gave different bytes; what differs stands above."
mv "$work"/first/*.deb "$work"/first/*.tar.gz "$out"
cp "$work/first/made/desktop-search/_internal/sbom.cdx.json" "$out/desktop-search-$version-linux.cdx.json"
git -C "$project" archive --prefix="desktop-search-$version/" HEAD | gzip -n -9 >"$out/desktop-search-$version-source.tar.gz"
if [ -n "$tests" ]; then
    DESKTOP_SEARCH_PACKAGES="$out" "$project/packaging/test.sh" tests/packaging/test_packages_run.py
fi
"$project/packaging/checksums.sh" "$out"
ls -l "$out" >&2
