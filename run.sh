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
silo=$(program Silo Orleans.Paxos.Silo)
if is_stale "$silo"; then
  say "Building..."
  build Silo/Silo.csproj
  touch "$silo"
fi

if [[ -z "$processes" ]]; then
  exec dotnet "$silo" ${arguments[@]+"${arguments[@]}"}
fi
# shellcheck source=eng/processes.sh
source "$root/eng/processes.sh"
run_processes "$silo" "$processes" ${arguments[@]+"${arguments[@]}"}
