#!/bin/sh
# Brings the Debian packages the project can use, where it may; else says what is missing and what that costs.
# usage: system_packages.sh run|test
set -u
wanted=""
need() { # command, packages, what it costs to be without
    command -v "$1" >/dev/null 2>&1 && return
    wanted="$wanted $2"
    costs="${costs:-}  $2: $3
"
}
need tesseract "tesseract-ocr tesseract-ocr-swe tesseract-ocr-eng" "scanned documents are kept and shown, but not read"
[ "${1:-run}" = test ] && need chromium "chromium" "the tests in a real browser are skipped"
[ -z "$wanted" ] && exit 0

if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing:$wanted"
    export DEBIAN_FRONTEND=noninteractive
    # shellcheck disable=SC2086
    if apt-get update -qq >/dev/null 2>&1 && apt-get install -y -qq --no-install-recommends $wanted >/dev/null 2>&1; then
        exit 0
    fi
    echo "That did not work; going on without:"
else
    echo "These Debian packages are missing (install them with apt-get as root to get everything):"
fi
printf '%s' "$costs"
exit 0
