#!/usr/bin/env bash
# Kills, pauses and restarts real silo processes under load, and checks what their clients were told.
# ./chaos.sh --help lists the options.
set -euo pipefail
# shellcheck source=eng/runtime.sh
source "$(dirname "${BASH_SOURCE[0]}")/eng/runtime.sh"

verify chaos "$@"
