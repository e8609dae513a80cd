# shellcheck shell=bash
# Sourced by the scripts at the root. Chooses the Orleans runtime and tells where built programs are.
#
#   ORLEANS_RUNTIME=packages   the real Microsoft.Orleans packages, or an error if they cannot be restored
#   ORLEANS_RUNTIME=local      Orleans.Local, the in-process stand-in
#   (unset)                    packages if they can be restored, else local; found out once and remembered

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

say() { printf '%s\n' "$*" >&2; }
fail() { say "error: $*"; exit 1; }

require_sdk() {
  command -v dotnet >/dev/null || fail "the .NET SDK 10 is not installed: https://dotnet.microsoft.com/download"
  (cd "$root" && dotnet --version >/dev/null 2>&1) || fail "the .NET SDK 10 is not installed (global.json names the version): https://dotnet.microsoft.com/download"
}

# What the answer depends on: when one of these files changes, the question is asked again.
runtime_key() {
  cat "$root/Directory.Packages.props" "$root/global.json" "$root"/[Nn]u[Gg]et.[Cc]onfig 2>/dev/null | cksum | tr ' ' '-'
}

# Writes artifacts/runtime, which Directory.Build.props reads, and exports OrleansRuntime.
choose_runtime() {
  require_sdk
  mkdir -p "$root/artifacts"
  case "${ORLEANS_RUNTIME:-}" in
    packages) runtime=packages; say "Runtime: packages (ORLEANS_RUNTIME)." ;;
    local) runtime=local; say "Runtime: local (ORLEANS_RUNTIME)." ;;
    "") remembered_runtime || probe_runtime ;;
    *) fail "ORLEANS_RUNTIME is '$ORLEANS_RUNTIME'; it takes packages or local." ;;
  esac
  printf '%s\n' "$runtime" >"$root/artifacts/runtime"
  export OrleansRuntime=$runtime
}

remembered_runtime() {
  local key
  [[ -f "$root/artifacts/runtime.found" ]] || return 1
  read -r runtime key <"$root/artifacts/runtime.found" || return 1
  [[ "$runtime" =~ ^(packages|local)$ && "$key" == "$(runtime_key)" ]] || return 1
  say "Runtime: $runtime (found before; delete artifacts/runtime.found to look again)."
}

probe_runtime() {
  local log="$root/artifacts/restore-packages.log" missing
  say "Looking for the Microsoft.Orleans packages..."
  if OrleansRuntime=packages dotnet restore "$root/Orleans.Paxos.sln" >"$log" 2>&1; then
    runtime=packages
    say "Runtime: packages (the Microsoft.Orleans packages were restored)."
  else
    # Not found at all, not in this version, or only as a prerelease. Anything else is an error to be seen, not to be worked around.
    missing=$(grep -Eo 'error NU110[123]: .*' "$log" | grep -Eo 'Microsoft\.Orleans\.[A-Za-z.]*[A-Za-z]' | head -n 1 || true)
    if [[ -z "$missing" ]]; then
      grep -E 'error' "$log" | sort -u | head -n 20 >&2 || cat "$log" >&2
      fail "the restore failed, and not for want of a Microsoft.Orleans package. See $log."
    fi
    runtime=local
    say "Runtime: local ($missing cannot be restored from the package sources of this machine)."
  fi
  printf '%s %s\n' "$runtime" "$(runtime_key)" >"$root/artifacts/runtime.found"
}

# program PROJECT ASSEMBLY: the path of a built program.
program() { printf '%s/artifacts/%s/bin/%s/release/%s.dll' "$root" "$runtime" "$1" "$2"; }

# build PROJECT...: builds quietly; the whole output is shown when it fails.
build() {
  local log="$root/artifacts/build.log" project
  for project in "$@"; do
    if ! dotnet build "$root/$project" --configuration Release --verbosity quiet >"$log" 2>&1; then
      cat "$log" >&2
      fail "$project did not build."
    fi
  done
}

# is_stale PROGRAM: whether a source is newer than the program, or the program is not there.
is_stale() {
  [[ -f "$1" ]] || return 0
  local newer
  newer=$(find "$root" \( -name artifacts -o -name bin -o -name obj -o -name .git -o -name data -o -name Tests -o -name docs \) -prune -o \
    -type f \( -name '*.cs' -o -name '*.csproj' -o -name '*.props' -o -name 'appsettings.json' \) -newer "$1" -print -quit)
  [[ -n "$newer" ]]
}

# ensure_built PROJECT ASSEMBLY: sets $built to the path of a program, which is built first if it is stale.
ensure_built() {
  built=$(program "$1" "$2")
  if is_stale "$built"; then
    say "Building..."
    build "$1/$1.csproj"
    touch "$built"
  fi
}

# commit: the commit that is checked out, and whether files differ from it.
commit() {
  local name
  name=$(git -C "$root" rev-parse --short HEAD 2>/dev/null) || { printf 'unknown'; return; }
  if [[ -n "$(git -C "$root" status --porcelain 2>/dev/null)" ]]; then name="$name, with changes"; fi
  printf '%s' "$name"
}

# verify COMMAND ARGUMENT...: runs a command of the verification program, which is built if it is stale.
verify() {
  local command=$1
  shift
  choose_runtime
  ensure_built Verification Orleans.Paxos.Verification
  cd "$root"
  exec dotnet "$built" "$command" --commit "$(commit)" "$@"
}
