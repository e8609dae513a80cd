#!/usr/bin/env bash
# Restores, builds and runs every test. Arguments go to the test program (--help lists them).
set -euo pipefail
# shellcheck source=eng/runtime.sh
source "$(dirname "${BASH_SOURCE[0]}")/eng/runtime.sh"
# shellcheck source=eng/azurite.sh
source "$root/eng/azurite.sh"

log="$root/artifacts/test.log"
code=0 passed=0 failed=0 skipped=0

# count WORD: what the summary of the last run says; nothing if the run did not get as far.
count() { sed -nE "s/^ *$1: ([0-9]+).*/\1/p" "$log" | tail -n 1; }

# run_tests ARGUMENT...: builds and runs the tests of the runtime that was chosen. A run that did not get to its end counts as a failure.
run_tests() {
  local ended=0
  dotnet build Orleans.Paxos.sln --configuration Release --verbosity quiet
  dotnet "$(program Tests Orleans.Paxos.Tests)" --no-progress "$@" 2>&1 | tee "$log" || ended=$?
  if [[ -z "$(count succeeded)" || -z "$(count failed)" || -z "$(count skipped)" ]]; then
    say "error: the tests did not run to their end (exit code $ended)."
    failed=$((failed + 1))
  fi
  passed=$((passed + $(count succeeded)+0)) failed=$((failed + $(count failed)+0)) skipped=$((skipped + $(count skipped)+0))
  if ((ended != 0)); then code=$ended; fi
}

choose_runtime
install_azurite
cd "$root"
run_tests "$@"

# Where real Orleans has no Azure storage to test, the stand-in has: the tests of accounts are run with it.
if (($# == 0)) && [[ "$runtime" == packages && "$azure" == false ]]; then
  say "Azure storage is tested on the local runtime."
  export ORLEANS_RUNTIME=local
  unset Azure
  choose_runtime
  if [[ "$azure" == true ]]; then run_tests --filter-namespace Orleans.Paxos.Tests.AzureStorage; fi
  export ORLEANS_RUNTIME=packages Azure=false
  choose_runtime
fi

# The last line is a summary for people and programs.
if ((failed > 0 && code == 0)); then code=1; fi
printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$skipped"
exit "$code"
