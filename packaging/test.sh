#!/usr/bin/env bash
# Runs all checks and tests, and sets up all they need the first time. Arguments go to pytest:
#     packaging/test.sh [pytest arguments]
# The tests bring their own display (Xvfb), D-Bus session and keyring; nothing of the user's is touched.
set -eu

project="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
. "$project/packaging/set-up.sh"

need_test_environment
cd "$project"
# An Xvfb for each worker, also where there is a desktop: windows popping up would disturb the user, and the tests.
unset DISPLAY WAYLAND_DISPLAY
export QT_QPA_PLATFORM=xcb
if [ "$#" = 0 ]; then
    # One more than the smallest machine has cores: most tests wait for an engine, a player or a limit now and then.
    # A test that fails is tried once more, named as RERUN and counted in the closing line: see docs/contributing.md.
    exec "$venv/bin/python" -m pytest -n 3 --dist worksteal --reruns 1
fi
exec "$venv/bin/python" -m pytest "$@"
