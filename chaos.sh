#!/usr/bin/env bash
# Kills, pauses and restarts real silo processes under load, and checks what their clients were told.
# ./chaos.sh --help lists the options.
set -euo pipefail
# shellcheck source=eng/runtime.sh
source "$(dirname "${BASH_SOURCE[0]}")/eng/runtime.sh"

choose_runtime
verification=$(program Verification Orleans.Paxos.Verification)
if is_stale "$verification"; then
  say "Building..."
  build Verification/Verification.csproj
  touch "$verification"
fi

output=(--out "$root/artifacts/chaos")
for argument in "$@"; do
  if [[ "$argument" == --out || "$argument" == --out=* ]]; then output=(); fi
done
exec dotnet "$verification" chaos --commit "$(commit)" ${output[@]+"${output[@]}"} "$@"
