# shellcheck shell=bash
# Sourced by run.sh: a cluster of silo processes on this machine, none of them special.

started=()

# run_processes PROGRAM COUNT [--data DIR] [--url URL]
run_processes() {
  local program=$1 count=$2 data=data url=http://127.0.0.1:8080
  shift 2
  [[ "$runtime" == packages ]] || { say "error: --processes needs the packages build, and this is the local one: all its silos run in one process. Set ORLEANS_RUNTIME=packages where NuGet can be reached."; exit 2; }
  [[ "$count" =~ ^([1-9]|1[0-5])$ ]] || { say "error: --processes takes a whole number from 1 to 15, not '$count'."; exit 2; }
  while (($# > 0)); do
    case "$1" in
      --data) data=${2:?--data needs a value}; shift 2 ;;
      --data=*) data=${1#*=}; shift ;;
      --url) url=${2:?--url needs a value}; shift 2 ;;
      --url=*) url=${1#*=}; shift ;;
      *) say "error: With --processes the options are --data and --url, not '$1'."; exit 2 ;;
    esac
  done
  [[ "$url" =~ ^(http://([^:/]+)):([0-9]+)/?$ ]] || { say "error: With --processes --url takes http://HOST:PORT, not '$url'."; exit 2; }
  local base=${BASH_REMATCH[1]} host=${BASH_REMATCH[2]} first=${BASH_REMATCH[3]}
  mkdir -p "$data"

  local names=() number
  for ((number = 1; number <= count; number++)); do names+=("a$number"); done
  local set
  set=$(IFS=,; printf '%s' "${names[*]}")

  trap 'stop_processes; exit 0' INT TERM
  trap stop_processes EXIT
  for ((number = 1; number <= count; number++)); do
    dotnet "$program" --silo "a$number" --acceptor-set "$set" --url "$base:$((first + number - 1))" --data "$data" >"$data/a$number.log" 2>&1 &
    started+=($!)
  done

  for ((number = 1; number <= count; number++)); do
    await_ready "$host" $((first + number - 1)) "${started[number - 1]}" "$data/a$number.log"
  done
  printf '\n%s silo processes serve:\n\n' "$count"
  for ((number = 1; number <= count; number++)); do
    printf '  a%s  %s:%s  pid %s  log %s\n' "$number" "$base" $((first + number - 1)) "${started[number - 1]}" "$data/a$number.log"
  done
  printf '\n  curl -X PUT --data on %s:%s/v1/registers/flags/dark-mode\n  curl %s:%s/v1/registers/flags/dark-mode\n' "$base" "$first" "$base" $((first + count - 1))
  printf '\nKill any minority of them and go on. One comes back with its own options, for example:\n'
  printf '  ./run.sh --silo a1 --acceptor-set %s --data %s --url %s:%s\n\nCtrl-C stops all.\n' "$set" "$data" "$base" "$first"
  while any_runs; do wait -n "${started[@]}" 2>/dev/null || sleep 1; done
  say "error: All silo processes have ended. Their logs are in $data."
  exit 1
}

# await_ready HOST PORT PID LOG: until the readiness path answers 200, or the process ends.
await_ready() {
  local answer deadline=$((SECONDS + 60))
  until answer=$( { exec 3<>"/dev/tcp/$1/$2" && printf 'GET /health/ready HTTP/1.0\r\n\r\n' >&3 && head -n 1 <&3; } 2>/dev/null) && [[ "$answer" == *" 200 "* ]]; do
    kill -0 "$3" 2>/dev/null || { cat "$4" >&2; fail "the silo on port $2 has ended; its log is $4."; }
    ((SECONDS < deadline)) || { cat "$4" >&2; fail "the silo on port $2 was not ready within 60 s; its log is $4."; }
    sleep 0.2
  done
}

any_runs() {
  local pid
  for pid in "${started[@]}"; do
    if kill -0 "$pid" 2>/dev/null; then return 0; fi
  done
  return 1
}

stop_processes() {
  trap - EXIT INT TERM
  local pid
  for pid in "${started[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  for pid in "${started[@]}"; do wait "$pid" 2>/dev/null || true; done
}
