#!/usr/bin/env bash
# Visits every state of a small world that moves by the production rules.
# ./explore.sh --help lists the options.
set -euo pipefail
# shellcheck source=eng/runtime.sh
source "$(dirname "${BASH_SOURCE[0]}")/eng/runtime.sh"

verify explore "$@"
