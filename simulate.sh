#!/usr/bin/env bash
# Runs the production classes in simulated clusters under faults, and checks what clients were told.
# ./simulate.sh --help lists the options.
set -euo pipefail
# shellcheck source=eng/runtime.sh
source "$(dirname "${BASH_SOURCE[0]}")/eng/runtime.sh"

verify simulate "$@"
