#!/usr/bin/env bash
# Starts Desktop Search, and sets up all it needs the first time. Arguments go to the program:
#     packaging/run.sh [arguments]
set -eu

project="$(cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.." && pwd)"
. "$project/packaging/set-up.sh"

has_display() { [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; }
# The tour reads the screen's pixels, which Wayland lets no program do.
has_readable_screen() { [ -n "${DISPLAY:-}" ] && [ -z "${WAYLAND_DISPLAY:-}" ]; }

# What the arguments ask for: "window", "tour", or "plain" for all that works without a display.
kind_of_run() {
    case "${1:-}" in engine | models) echo plain; return ;; esac
    local argument
    for argument in "$@"; do
        case "$argument" in
            --help | -h | --version | --self-check) echo plain; return ;;
            --tour | --tour=*) echo tour; return ;;
        esac
    done
    echo window
}

kind="$(kind_of_run "$@")"
if [ "$kind" = window ] && ! has_display; then
    say "Desktop Search needs a display, and there is none here."
    say "To see the main job done without one, with pictures of each step, run:"
    fail "    packaging/run.sh --tour DIR"
fi
if ! is_ready run packaging/requirements.lock; then
    need_system run
    make_environment packaging/requirements.lock
    mark_ready run packaging/requirements.lock
fi
if [ "$kind" = tour ] && ! has_readable_screen && ! command -v Xvfb >/dev/null; then
    need_system tour
fi
exec "$venv/bin/python" -m desktop_search "$@"
