#!/usr/bin/env bash
# Brings the translations up to date with the code, and compiles them; after every change of a text that is shown:
#     packaging/translations.sh              # all languages
#     packaging/translations.sh fr           # begins a language, or brings this one alone up to date
# See docs/translations.md.
set -eu

project="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
exec "$project/.venv/bin/python" "$project/packaging/translations.py" "$@"
