#!/usr/bin/env bash
# Starts Orleans.Paxos on this machine. ./run.sh --help lists the options.
set -euo pipefail
# shellcheck source=eng/runtime.sh
source "$(dirname "${BASH_SOURCE[0]}")/eng/runtime.sh"

processes=""
arguments=()
while (($# > 0)); do
  case "$1" in
    --processes) (($# > 1)) || { say "error: The option --processes needs a value."; exit 2; }; processes=$2; shift 2 ;;
    --processes=*) processes=${1#*=}; shift ;;
    *) arguments+=("$1"); shift ;;
  esac
done

choose_runtime
ensure_built Silo Orleans.Paxos.Silo

if [[ -z "$processes" ]]; then
  exec dotnet "$built" ${arguments[@]+"${arguments[@]}"}
fi
# shellcheck source=eng/processes.sh
source "$root/eng/processes.sh"
run_processes "$built" "$processes" ${arguments[@]+"${arguments[@]}"}
