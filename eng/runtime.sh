# shellcheck shell=bash
# Sourced by the scripts at the root. Chooses the Orleans runtime and tells where built programs are.
#
#   ORLEANS_RUNTIME=packages   the real Microsoft.Orleans packages, or an error if they cannot be restored
#   ORLEANS_RUNTIME=local      Orleans.Local, the in-process stand-in
#   (unset)                    packages if they can be restored, else local; found out once and remembered
#
#   Azure=true|false           with Azure storage or without
#   (unset)                    with it if its packages can be restored; found out once for each runtime and remembered

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

# Writes artifacts/runtime and artifacts/azure, which Directory.Build.props reads, and exports OrleansRuntime and Azure.
choose_runtime() {
  require_sdk
  mkdir -p "$root/artifacts"
  case "${ORLEANS_RUNTIME:-}" in
    packages | local) runtime=$ORLEANS_RUNTIME; say "Runtime: $runtime (ORLEANS_RUNTIME)." ;;
    "") remembered_runtime || probe_runtime ;;
    *) fail "ORLEANS_RUNTIME is '$ORLEANS_RUNTIME'; it takes packages or local." ;;
  esac
  case "${Azure:-}" in
    true | false) azure=$Azure ;;
    "") remembered_azure || probe_azure ;;
    *) fail "Azure is '$Azure'; it takes true or false." ;;
  esac
  printf '%s\n' "$runtime" >"$root/artifacts/runtime"
  # Written only when it changes: a program older than this file was built with the other answer.
  [[ "$azure" == "$(cat "$root/artifacts/azure" 2>/dev/null)" ]] || printf '%s\n' "$azure" >"$root/artifacts/azure"
  export OrleansRuntime=$runtime Azure=$azure
}

remembered_runtime() {
  local key
  [[ -f "$root/artifacts/runtime.found" ]] || return 1
  read -r runtime key <"$root/artifacts/runtime.found" || return 1
  [[ "$runtime" =~ ^(packages|local)$ && "$key" == "$(runtime_key)" ]] || return 1
  say "Runtime: $runtime (found before; delete artifacts/runtime.found to look again)."
}

probe_runtime() {
  local absent
  say "Looking for the Microsoft.Orleans packages..."
  if can_restore packages "${Azure:-true}" || { [[ -n "$missing" && -z "${Azure:-}" && -z "$(orleans_missing)" ]] && can_restore packages false; }; then
    runtime=packages
    say "Runtime: packages (the Microsoft.Orleans packages were restored)."
  else
    # Anything else is an error to be seen, not to be worked around.
    absent=$(orleans_missing)
    if [[ -z "$absent" ]]; then
      grep -E 'error' "$log" | sort -u | head -n 20 >&2 || cat "$log" >&2
      fail "the restore failed, and not for want of a Microsoft.Orleans package. See $log."
    fi
    runtime=local
    say "Runtime: local ($absent cannot be restored from the package sources of this machine)."
  fi
  printf '%s %s\n' "$runtime" "$(runtime_key)" >"$root/artifacts/runtime.found"
}

remembered_azure() {
  local key found="artifacts/azure-$runtime.found"
  [[ -f "$root/$found" ]] || return 1
  read -r azure key <"$root/$found" || return 1
  [[ "$azure" =~ ^(true|false)$ && "$key" == "$(runtime_key)" ]] || return 1
  [[ "$azure" == true ]] || say "Azure: left out (found before; delete $found to look again)."
}

# Azure is left out when the restore fails for want of a package and works without Azure: then it was Azure that wanted it.
probe_azure() {
  local absent
  azure=true
  if ! can_restore "$runtime" true; then
    absent=${missing%%$'\n'*}
    # Whatever else is wrong, the build shows it, and nothing is remembered.
    [[ -n "$absent" ]] && can_restore "$runtime" false || return 0
    azure=false
    say "Azure: left out ($absent cannot be restored from the package sources of this machine)."
  fi
  printf '%s %s\n' "$azure" "$(runtime_key)" >"$root/artifacts/azure-$runtime.found"
}

# can_restore RUNTIME AZURE: whether all packages can be had so. Sets $log, and $missing to the packages that cannot, a line each.
can_restore() {
  log="$root/artifacts/restore-$1.log"
  missing=""
  if OrleansRuntime=$1 Azure=$2 DOTNET_CLI_UI_LANGUAGE=en dotnet restore "$root/Orleans.Paxos.sln" >"$log" 2>&1; then return 0; fi
  # Not found at all, not in this version, only as a prerelease; or without something that it depends on in the version that it asks for.
  missing=$(sed -nE \
    -e 's/.*error NU110[123]: .*package ([A-Za-z0-9._]*[A-Za-z0-9])[. ].*/\1/p' \
    -e 's/.*error NU1603: (Warning As Error: )?([A-Za-z0-9._]+) [0-9][^ ]* depends on .* was not found.*/\2/p' "$log" | sort -u)
  return 1
}

# The first package of Orleans' own, without those for Azure, that is missing.
orleans_missing() { grep -E '^Microsoft\.Orleans\.' <<<"$missing" | grep -Ev '\.AzureStorage$' | head -n 1 || true; }

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

# is_stale PROGRAM: whether a source or the answer about Azure is newer than the program, or the program is not there.
is_stale() {
  [[ -f "$1" ]] || return 0
  [[ ! "$root/artifacts/azure" -nt "$1" ]] || return 0
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
