#!/usr/bin/env bash
# Measures Orleans.Paxos beside what is used in its place, and writes a report. ./bench.sh --help lists the options;
# ./bench.sh --micro measures its parts, with the options of BenchmarkDotNet.
set -euo pipefail
# shellcheck source=eng/runtime.sh
source "$(dirname "${BASH_SOURCE[0]}")/eng/runtime.sh"

choose_runtime
cd "$root"
if [[ "${1:-}" == --micro ]]; then
  shift
  ensure_built Benchmarks.Micro Orleans.Paxos.Benchmarks.Micro
  exec dotnet "$built" "$@"
fi
ensure_built Benchmarks Orleans.Paxos.Benchmarks
exec dotnet "$built" --commit "$(commit)" "$@"
