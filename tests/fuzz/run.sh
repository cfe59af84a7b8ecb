#!/usr/bin/env bash
# Runs fuzz targets for so many minutes of processor time each, and says how each ended:
#
#   tests/fuzz/run.sh 30                  all targets, one after the other
#   tests/fuzz/run.sh 30 pages overlay    these
#
# Inputs are kept in corpus/, so that a later run goes on where this one stopped. SIGTERM ends a
# run early. It needs cargo-fuzz.
set -euo pipefail
cd "$(dirname "$0")"

if ! [[ "${1-}" =~ ^[0-9]+$ ]]; then
  echo "usage: $0 MINUTES [TARGET...]" >&2
  exit 2
fi
minutes=$1
shift
if [ $# = 0 ]; then
  all=$(cargo fuzz list --fuzz-dir .)
  # shellcheck disable=SC2086 # names without spaces
  set -- $all
fi

# The code is safe Rust: there is nothing for a sanitizer to find.
cargo fuzz build --fuzz-dir . --sanitizer none
triple=$(rustc -vV | sed -n 's/^host: //p')
ticks=$(getconf CLK_TCK)

stopped=no
fuzzer=
trap 'stopped=yes' TERM INT
trap '[ -z "$fuzzer" ] || kill "$fuzzer" 2>/dev/null || true' EXIT

printf '%-18s %8s %14s  %s\n' target minutes inputs ended
for target; do
  mkdir -p "corpus/$target" "artifacts/$target"
  # Changes are chosen by bytes: a few hundred say all of them.
  length=4096
  [ "$target" != document_changes ] || length=300
  "target/$triple/release/$target" "corpus/$target" "seeds/$target" \
    -artifact_prefix="artifacts/$target/" -timeout=25 -rss_limit_mb=3000 \
    -max_len=$length -len_control=0 -print_final_stats=1 2>"artifacts/$target/log" &
  fuzzer=$!
  used=0
  while kill -0 $fuzzer 2>/dev/null; do
    # What it has computed, in ticks: the system's part left out.
    used=$(awk '{ print $14 }' "/proc/$fuzzer/stat" 2>/dev/null || echo "$used")
    if [ $stopped = yes ] || [ "$used" -ge $((minutes * 60 * ticks)) ]; then
      kill -USR1 $fuzzer 2>/dev/null || true
      break
    fi
    sleep 2 || true
  done
  code=0
  wait $fuzzer || code=$?
  if [ $stopped = yes ]; then
    ended=stopped
  elif [ $code = 0 ]; then
    ended=time
  else
    ended="a finding: artifacts/$target"
  fi
  fuzzer=
  inputs=$(sed -n 's/^stat::number_of_executed_units: *//p' "artifacts/$target/log")
  printf '%-18s %8s %14s  %s\n' "$target" \
    "$(awk "BEGIN { printf \"%.1f\", $used / $ticks / 60 }")" "${inputs:-?}" "$ended"
  [ $stopped = no ] || break
done
