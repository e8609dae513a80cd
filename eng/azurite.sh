# shellcheck shell=bash
# Sourced by test.sh: installs Azurite, whose processes are the storage accounts of the tests, into artifacts/azurite.
# Where that cannot be done the tests that need it are skipped; nothing else depends on it.

install_azurite() {
  local to="$root/artifacts/azurite" from="$root/Tests/Azurite" log="$root/artifacts/azurite.log" major
  if cmp -s "$from/package-lock.json" "$to/installed.json"; then return 0; fi
  if ! major=$(node --version 2>/dev/null) || ! command -v npm >/dev/null; then
    say "Azurite: not installed, because Node 18 or later and npm are not. The tests of Azure storage are skipped."
    return 0
  fi
  major=${major#v} major=${major%%.*}
  if ((major < 18)); then
    say "Azurite: not installed, because it needs Node 18 or later and this is $major. The tests of Azure storage are skipped."
    return 0
  fi
  say "Installing Azurite for the tests of Azure storage..."
  rm -rf "$to"
  mkdir -p "$to"
  cp "$from/package.json" "$from/package-lock.json" "$to/"
  if (cd "$to" && npm ci --no-audit --no-fund --ignore-scripts) >"$log" 2>&1; then
    cp "$from/package-lock.json" "$to/installed.json"
  else
    rm -rf "$to"
    say "Azurite: not installed, because npm failed; see $log. The tests of Azure storage are skipped."
  fi
}
