#!/usr/bin/env bash
# Builds and runs every test. Arguments go to the test program: ./test.sh --help lists them.
set -euo pipefail
root=$(dirname "${BASH_SOURCE[0]}")
dotnet build "$root/Orleans.Paxos.sln" --configuration Release --verbosity quiet --nologo >&2
export DOTNET_TieredPGO=0 # the tests end before code that was instrumented first pays off
exec dotnet "$root/artifacts/bin/Tests/release/Orleans.Paxos.Tests.dll" --progress off "$@"
