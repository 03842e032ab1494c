# shellcheck shell=bash
# What the commands share: steps that show their seconds, one clear sentence on a fault, Debian's
# packages. Sourced by scripts/setup, scripts/postgres and test; needs `root` set.

# Locale, Python and pip settings of the caller must not change what the commands do.
unset PYTHONHOME PYTHONPATH PYTHONSTARTUP PIP_USER PIP_TARGET PIP_PREFIX PIP_REQUIRE_VIRTUALENV
unset PIP_NO_DEPS PIP_CONSTRAINT UV_PYTHON UV_PROJECT_ENVIRONMENT UV_CONSTRAINT UV_SYSTEM_PYTHON
unset VIRTUAL_ENV CDPATH BASH_ENV ENV
export PYTHONUTF8=1 PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
export UV_NO_PROGRESS=1 UV_PYTHON_DOWNLOADS=never DEBIAN_FRONTEND=noninteractive

log=""
ticker=""

say() { printf '%s\n' "$*" >&2; }

# One sentence on what is wrong and what to do, and out.
refuse() {
    say "marra: $*"
    exit 1
}

now() {
    local time=${EPOCHREALTIME:-$SECONDS.000000}
    printf '%s' "${time/[.,]/}"
}

# Seconds since a moment given in microseconds, with one decimal.
since() {
    local tenths=$((($(now) - $1) / 100000))
    printf '%d.%d s' $((tenths / 10)) $((tenths % 10))
}

# step WORDS COMMAND...: runs the command, its output in the log; a dot every two seconds.
step() {
    local words=$1 began status=0
    shift
    began=$(now)
    printf '  %s ...' "$words" >&2
    # The sleep holds none of our streams, nor the lock: nobody must wait for it.
    (while sleep 2 </dev/null >/dev/null 2>&1; do printf '.' >&2; done) 9>&- &
    ticker=$!
    "$@" </dev/null >>"$log" 2>&1 || status=$?
    stop_ticker
    if [ "$status" -eq 0 ]; then
        say " $(since "$began")"
    else
        say " failed after $(since "$began")"
    fi
    return "$status"
}

stop_ticker() {
    [ -n "$ticker" ] || return 0
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    ticker=""
}

# Turns the log of a failed step into the sentence a person can act on.
explain() {
    local what=$1 said
    said=$(tail -c 20000 "$log" 2>/dev/null || true)
    if grep -qiE 'no space left|disk quota exceeded|ENOSPC' <<<"$said"; then
        refuse "$what: the disk is full. Free about 2 GB (in $root and in the home folder), then run again."
    elif grep -qiE 'permission denied|read-only file system|EACCES|EROFS' <<<"$said"; then
        refuse "$what: a file may not be written. Check who owns $root and the home folder. Details: $log"
    elif grep -qiE 'do not match the hashes|hash mismatch|EINTEGRITY' <<<"$said"; then
        refuse "$what: a package is not the one we checked (its hash differs), so nothing was installed. Try again later; if it stays, report it. Details: $log"
    elif grep -qiE 'resolve|network|connection|connect to|unreachable|timed out|timeout|proxy|tunnel|ENOTFOUND|ECONN|EAI_AGAIN|certificate|No matching distribution|Failed to fetch' <<<"$said"; then
        refuse "$what: the network did not answer. Connect this machine to the Internet (or check its proxy), then run again; what is done stays done. Details: $log"
    fi
    printf '%s\n' "$said" | tail -n 15 >&2
    refuse "$what failed; the last lines stand above, all of them in $log"
}

# How a command runs as root: as it is, by sudo without asking, or not at all.
as_root() {
    if [ "$(id -u)" -eq 0 ]; then
        "$@"
    elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
        sudo -n DEBIAN_FRONTEND=noninteractive "$@"
    else
        return 126
    fi
}

may_install() {
    command -v apt-get >/dev/null && as_root true 2>/dev/null
}

# debian PACKAGE...: installs from Debian's packages; the list is fetched once.
debian() {
    if [ -z "${packages_listed:-}" ]; then
        as_root apt-get -qq update || return
        packages_listed=yes
    fi
    as_root apt-get -qq -y --no-install-recommends -o Dpkg::Options::=--force-confold install "$@"
}

# A place for the log; also finds out whether we may write here at all.
open_log() {
    if ! mkdir -p "$root/var" 2>/dev/null || ! [ -w "$root/var" ]; then
        refuse "No right to write in $root/var. Run as the user who owns $root, or copy Marra to a folder of your own."
    fi
    log=$root/var/$1.log
    if ! { printf '%s\n' "$(date)" >"$log"; } 2>/dev/null; then
        refuse "Cannot write $log: the disk is full, or the file belongs to another user."
    fi
    # Caches go to the home folder, or to var where there is none.
    if ! [ -w "${HOME:-/nowhere}" ]; then
        export HOME=$root/var/home
        mkdir -p "$HOME"
    fi
}
