#!/usr/bin/env bash
# Makes the .deb in dist/, or in the folder that is named; sets up all that needs the first time.
#     packaging/linux/build-deb.sh [OUT]
set -eu

project="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/../.." && pwd)"
. "$project/packaging/set-up.sh"

need_test_environment
exec "$venv/bin/python" "$project/packaging/linux/build_deb.py" "$@"
