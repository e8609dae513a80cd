#!/usr/bin/env bash
# Restores, builds and runs every test. Arguments go to the test program (--help lists them).
set -euo pipefail
# shellcheck source=eng/runtime.sh
source "$(dirname "${BASH_SOURCE[0]}")/eng/runtime.sh"

# shellcheck source=eng/azurite.sh
source "$root/eng/azurite.sh"

choose_runtime
install_azurite
cd "$root"
dotnet build Orleans.Paxos.sln --configuration Release --verbosity quiet

log="$root/artifacts/test.log"
code=0
dotnet "$(program Tests Orleans.Paxos.Tests)" --no-progress "$@" 2>&1 | tee "$log" || code=$?

# The last line is a summary for people and programs; a run that did not get as far as its own counts is a failure.
count() { sed -nE "s/^ *$1: ([0-9]+).*/\1/p" "$log" | tail -n 1; }
passed=$(count succeeded) failed=$(count failed) skipped=$(count skipped)
if [[ -z "$passed" || -z "$failed" || -z "$skipped" ]]; then
  say "error: the tests did not run to their end (exit code $code)."
  passed=${passed:-0} failed=${failed:-1} skipped=${skipped:-0}
  ((code != 0)) || code=1
fi
if ((failed > 0 && code == 0)); then code=1; fi
printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
exit "$code"
