# Sourced by run.sh and test.sh: brings the system's packages and the virtual environment, once.
# Needs $project (the folder of the project). Safe to interrupt at any time: the next start repairs what was left.

venv="$project/.venv"
unfinished="$venv/.set-up-unfinished"

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

# --- system packages -------------------------------------------------------------------------------------------

# The lines of the named sections of system-packages.txt.
packages_of() {
    local section
    for section in "$@"; do
        sed -n "/^\[$section\]\$/,/^\[/{/^[a-z]/p;}" "$project/packaging/system-packages.txt"
    done | sort -u
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# Which of the given "a|b" lines have none of their alternatives installed.
missing_of() {
    local line name found
    for line in "$@"; do
        found=""
        for name in ${line//|/ }; do
            if is_installed "$name"; then found=yes; fi
        done
        if [ -z "$found" ]; then printf '%s\n' "$line"; fi
    done
}

# The first alternative of each line that apt knows.
known_names() {
    local line name
    for line in "$@"; do
        for name in ${line//|/ }; do
            if apt-cache show "$name" >/dev/null 2>&1; then break; fi
        done
        printf '%s\n' "$name"
    done
}

# Runs a command as root: directly, through sudo, or not at all (then it says which command is wanted).
as_root() {
    if [ "$(id -u)" = 0 ]; then
        "$@"
    elif command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
        sudo DEBIAN_FRONTEND=noninteractive "$@"
    else
        return 77
    fi
}

apt_install() {
    local try names status
    export DEBIAN_FRONTEND=noninteractive
    for try in 1 2; do
        status=0
        as_root apt-get update -q >&2 || status=$?
        if [ "$status" = 77 ]; then break; fi
        mapfile -t names < <(known_names "$@")
        status=0
        as_root apt-get install -q -y --no-install-recommends "${names[@]}" >&2 && return 0 || status=$?
        say "Installing failed (attempt $try of 2)."
    done
    mapfile -t names < <(known_names "$@")
    say "These system packages are needed. Please run this, then start again:"
    fail "    sudo apt-get update && sudo apt-get install --no-install-recommends ${names[*]}"
}

# Installs what is missing of the given sections.
need_system() {
    local wanted missing
    if [ -n "${DESKTOP_SEARCH_KEEP_SYSTEM:-}" ]; then return 0; fi
    mapfile -t wanted < <(packages_of "$@")
    if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
        say "This is not Debian or Ubuntu, so system libraries are not installed by this script."
        say "Desktop Search needs what these Debian packages hold: ${wanted[*]}"
        say "(Python 3.11, 3.12 or 3.13 with venv, libVLC 3 with its plugins, and the XCB libraries of Qt.) Going on."
        return 0
    fi
    mapfile -t missing < <(missing_of "${wanted[@]}")
    if [ "${#missing[@]}" != 0 ]; then
        say "Installing system packages: ${missing[*]}"
        apt_install "${missing[@]}"
    fi
}

# --- Python ----------------------------------------------------------------------------------------------------

suits() {
    "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' >/dev/null 2>&1
}

# Prints the first suitable Python; DESKTOP_SEARCH_PYTHON goes first.
suitable_python() {
    local name
    for name in "${DESKTOP_SEARCH_PYTHON:-}" python3 python3.13 python3.12 python3.11 /usr/bin/python3; do
        if [ -n "$name" ] && command -v "$name" >/dev/null && suits "$name"; then
            command -v "$name"
            return 0
        fi
    done
    return 1
}

need_python() {
    local version
    if python="$(suitable_python)"; then return 0; fi
    if command -v apt-get >/dev/null && [ -z "${DESKTOP_SEARCH_KEEP_SYSTEM:-}" ]; then
        say "Installing Python."
        apt_install python3 python3-venv
        if python="$(suitable_python)"; then return 0; fi
        for version in 3.13 3.12 3.11; do
            if apt-cache show "python$version-venv" >/dev/null 2>&1; then
                apt_install "python$version" "python$version-venv"
                if python="$(suitable_python)"; then return 0; fi
            fi
        done
    fi
    fail "Python 3.11, 3.12 or 3.13 with its venv module is needed; set DESKTOP_SEARCH_PYTHON to where it is."
}

# --- the virtual environment -----------------------------------------------------------------------------------

# What the environment is made from. The folder counts: an environment does not survive being moved.
recipe_of() {
    (
        cd "$project"
        printf '%s\n' "$project"
        cat pyproject.toml desktop_search/__init__.py packaging/set-up.sh packaging/system-packages.txt "$1"
    ) | sha256sum | cut -d ' ' -f 1
}

# is_ready PURPOSE LOCK: whether nothing has changed since the set-up for this purpose was finished.
is_ready() {
    [ -x "$venv/bin/python" ] && [ ! -e "$unfinished" ] && [ -f "$venv/.ready-for-$1" ] &&
        [ "$(cat "$venv/.ready-for-$1")" = "$(recipe_of "$2")" ]
}

mark_ready() {
    recipe_of "$2" >"$venv/.ready-for-$1.new"
    mv "$venv/.ready-for-$1.new" "$venv/.ready-for-$1"
}

# make_environment LOCK: a virtual environment with exactly the packages of the lock, and the program itself.
make_environment() {
    local requirements="$project/$1"
    trap 'fail "Interrupted. Start again to go on."' INT TERM
    need_python
    if [ -e "$unfinished" ] || ! suits "$venv/bin/python" || ! "$venv/bin/python" -m pip --version >/dev/null 2>&1; then
        say "Making a virtual environment in $venv"
        rm -rf "$venv"
        mkdir -p "$venv"
        : >"$unfinished"
        "$python" -m venv "$venv"
    fi
    : >"$unfinished"
    rm -f "$venv"/.ready-for-*
    say "Installing Python packages (the first time takes a few minutes)."
    pip_install --require-hashes --no-deps -r "$requirements" ||
        pip_install --require-hashes --no-deps -r "$requirements" ||
        fail "Python packages could not be installed. Is the network up? Start again to go on."
    pip_install --no-deps --no-build-isolation -e "$project" || fail "Desktop Search could not be installed into $venv."
    rm -f "$unfinished"
    trap - INT TERM
}

# Everything that tests and packages are made with.
need_test_environment() {
    if is_ready test packaging/requirements-dev.lock; then return 0; fi
    need_system run tour test
    make_environment packaging/requirements-dev.lock
    # All that a run needs is there too.
    mark_ready run packaging/requirements.lock
    mark_ready test packaging/requirements-dev.lock
}

pip_install() {
    "$venv/bin/python" -m pip --disable-pip-version-check --no-input install --quiet --retries 5 "$@" >&2
}
