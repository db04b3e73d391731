#!/bin/sh
# Makes a virtual environment with the first Python that is new enough, or says what to install.
# PYTHON=/path/to/python picks one.
set -eu

folder=$1
new_enough='import sys; sys.exit(sys.version_info < (3, 11))'
has_venv='import venv, ensurepip'

works() {
    command -v "$1" >/dev/null 2>&1 && "$1" -c "$2" >/dev/null 2>&1
}

if works "$folder/bin/python" "$new_enough" && works "$folder/bin/python" 'import pip'; then
    exit 0
fi

python=
for candidate in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if works "$candidate" "$new_enough"; then
        python=$candidate
        break
    fi
done
if [ -z "$python" ]; then
    echo 'Rapporteur needs Python 3.11 or newer, and none was found. Install it (on Debian or' >&2
    echo 'Ubuntu: sudo apt-get install python3 python3-venv), or name one: make PYTHON=/path/to/python' >&2
    exit 1
fi

if ! works "$python" "$has_venv"; then
    # Debian keeps this part of Python in a package of its own.
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    package="python$version-venv"
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
        echo "Installing $package"
        apt-get update -qq || true
        DEBIAN_FRONTEND=noninteractive apt-get install -qq --yes --no-install-recommends "$package" \
            >/dev/null || true
    fi
    if ! works "$python" "$has_venv"; then
        echo "$python cannot make virtual environments: its module venv is missing. Run:" >&2
        echo "  sudo apt-get install $package" >&2
        exit 1
    fi
fi

echo "Making the environment in $folder with $("$python" --version)"
"$python" -m venv --clear "$folder"
