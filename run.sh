#!/usr/bin/env bash
# Builds the silo and runs it: three silos with three acceptors in one process. ./run.sh --help lists the options.
set -euo pipefail
root=$(dirname "${BASH_SOURCE[0]}")
dotnet build "$root/Silo" --configuration Release --verbosity quiet --nologo >&2
exec dotnet "$root/artifacts/bin/Silo/release/Orleans.Paxos.Silo.dll" "$@"
