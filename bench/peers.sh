#!/bin/sh
# Makes .venv-peers, where the rivals run (requirements/peers.in): they need Python 3.12, looked for on the PATH
# (PYTHON312=/path/to/python3.12 names another; with pyenv, PYENV_VERSION chooses the version).
set -eu
cd "$(dirname "$0")/.."
python="${PYTHON312:-python3.12}"
if ! "$python" -c "" 2>/dev/null; then
    echo "peers: skipped, there is no working $python"
    exit 0
fi
"$python" -m venv .venv-peers
.venv-peers/bin/python -m pip install --quiet --requirement requirements/peers.in
echo "peers: installed in .venv-peers"
