#!/usr/bin/env bash
# Tries what an image or a service would run: publishes the program into an empty folder, moves it, and starts it from another empty folder, by a user without rights
# and with a root file system that is read-only but for /tmp and its data folder (as root on Linux; otherwise as whoever calls). Asks for the first page, health and a PDF.
#   tools/try-package.sh [--once] [PUBLISHED]   PUBLISHED: a folder of `dotnet publish` to use in place of a new one
# --once starts it once and measures nothing. Else it ends with the median of five starts on the same database: process to first page, what of it the processors worked, and memory 20 s after it; and with the first start, which makes the database.
set -euo pipefail
cd "$(dirname "$0")/.."
work=$(mktemp -d /tmp/planner-package-XXXXXX)
server=""
end() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; [ -z "$server" ] || wait "$server" 2>/dev/null || true; server=""; }
trap 'end; rm -rf "$work"' EXIT
once=false
[ "${1:-}" != --once ] || { once=true; shift; }
fail() { echo "FAILED: $1" >&2; [ -f "$work/log" ] && tail -20 "$work/log" >&2; exit 1; }

if [ $# -gt 0 ]; then cp -r "$1" "$work/app"; else
  dotnet publish src/Planner.Web -c Release -o "$work/published" >"$work/publish.log" || { cat "$work/publish.log"; exit 1; }
  mv "$work/published" "$work/app"
fi
port=$(( 20000 + RANDOM % 20000 ))
url=http://127.0.0.1:$port

jailed=false
if [ "$(id -u)" = 0 ] && unshare -m true 2>/dev/null && command -v setpriv >/dev/null; then jailed=true; chmod 755 "$work"; fi

mkdir "$work/data"
start() {
  local command=(env "Urls=$url" "Database__Path=$work/data/planner.db" Feeds__Enabled=false Pdf__Sandbox=false DOTNET_EnableDiagnostics=0 dotnet "$work/app/Planner.Web.dll")
  began=$(date +%s%N)
  if $jailed; then
    chown -R 10001:10001 "$work/data"
    # /tmp holds the programs of this trial too, so it stays as it is: what a container mounts there can be written as well.
    unshare -m bash -c 'set -e; mount --make-rprivate /; mount --bind /tmp /tmp; mount --bind "$0" "$0"; mount -o remount,bind,ro /; cd "$0"
      exec setpriv --reuid 10001 --regid 10001 --clear-groups --no-new-privs --inh-caps=-all -- env HOME=/tmp "$@"' "$work/data" "${command[@]}" >"$work/log" 2>&1 &
  else
    (cd "$work/data" && exec "${command[@]}") >"$work/log" 2>&1 &
  fi
  server=$!
  until curl -sf -o "$work/page" "$url/" 2>/dev/null; do
    kill -0 "$server" 2>/dev/null || fail "the program ended"
    [ $(( ($(date +%s%N) - began) / 1000000 )) -lt 60000 ] || fail "no page after 60 s"
    sleep 0.02
  done
  took=$(( ($(date +%s%N) - began) / 1000000 ))
  worked=$(awk -v tick="$(getconf CLK_TCK)" '{print int(($14 + $15) * 1000 / tick)}' "/proc/$server/stat")
}
memory() { awk '/^VmRSS/ {print int($2 / 1024)}' "/proc/$server/status"; }

start
first="$took ms, $worked ms of a processor"
$jailed && echo "read-only root, user $(stat -c %u "/proc/$server")" || echo "without a read-only root: not root, or no namespaces"
if $jailed && nsenter -t "$server" -m touch /usr/planner-probe 2>/dev/null; then rm -f /usr/planner-probe; fail "the root can be written"; fi
grep -q "<title>" "$work/page" || fail "the first page has no title"
for asset in $(grep -oE '(href|src)="[^"]+\.(css|js)"' "$work/page" | cut -d'"' -f2 | sort -u); do
  curl -sf -o /dev/null "$url/${asset#/}" || fail "the page's $asset is not served"
done
curl -sf "$url/health/live" >/dev/null || fail "not live"
Urls=$url dotnet "$work/app/Planner.Web.dll" health || fail "health"
curl -sf "$url/api/v1/examples/high-volume-chat" -o "$work/example.json"
id=$(curl -sf -X POST -H 'Content-Type: application/json' --data-binary @"$work/example.json" "$url/api/v1/scenarios" | grep -o '"id":"[^"]*"' | head -1 | cut -d'"' -f4)
[ -n "$id" ] || fail "no scenario was stored"
if curl -s -o "$work/report.pdf" -w '%{http_code}' "$url/api/v1/scenarios/$id/report.pdf" | grep -q 200 && head -c 5 "$work/report.pdf" | grep -q '%PDF-'; then
  echo "PDF of $(stat -c %s "$work/report.pdf") bytes"
else
  head -c 400 "$work/report.pdf" >&2; fail "no PDF"
fi
[ -z "$(find "$work/app" -newer "$work/example.json" -type f)" ] || fail "the program wrote into its own folder"
end
if Urls=$url dotnet "$work/app/Planner.Web.dll" health >/dev/null 2>&1; then fail "health answers without a program"; fi

$once && { echo "The package works."; exit; }

starts=() works=() sizes=()
for _ in 1 2 3 4 5; do start; sleep 20; starts+=("$took"); works+=("$worked"); sizes+=("$(memory)"); end; done
median() { printf '%s\n' "$@" | sort -n | sed -n 3p; }
echo "first start, with the database made: $first"
echo "work until the first page: ${works[*]} ms of a processor, median $(median "${works[@]}") ms; load of the machine $(cut -d' ' -f1-3 /proc/loadavg)"
echo "start to first page: ${starts[*]} ms, median $(median "${starts[@]}") ms (goal 3000)"
echo "memory when idle: ${sizes[*]} MiB, median $(median "${sizes[@]}") MiB (goal 250)"
echo "The package works. Figures are those of this machine at this load; the goals are for one that does nothing else."
