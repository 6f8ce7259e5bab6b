#!/usr/bin/env bash
# Takes the pictures of the README and the guide anew: starts the built program on a database of its own, without feeds, and writes docs/images/*.png.
#   dotnet build src/Planner.Web && tools/take-pictures.sh [FOLDER]
# Needs Node.js, as the build does, and a Chromium, Chrome or Edge (PLANNER_BROWSER, else the one that is found), as reports do. Playwright comes with the program.
# PLANNER_PROGRAM names another Planner.Web.dll, such as a published one.
set -euo pipefail
cd "$(dirname "$0")/.."
program=$(realpath "${PLANNER_PROGRAM:-artifacts/bin/Planner.Web/debug/Planner.Web.dll}" 2>/dev/null) && [ -f "$program" ] || { echo "Build first: dotnet build src/Planner.Web" >&2; exit 1; }
out=$(realpath -m "${1:-docs/images}")
mkdir -p "$out"
tool=$(realpath tools/take-pictures.mjs)
for name in "${PLANNER_BROWSER:-}" chromium chromium-browser google-chrome google-chrome-stable microsoft-edge; do
  [ -n "$name" ] && browser=$(command -v "$name") && break
done
[ -n "${browser:-}" ] || { echo "No Chromium, Chrome or Edge was found: install one, or name it in PLANNER_BROWSER." >&2; exit 1; }

work=$(mktemp -d)
server=""
end() { [ -z "$server" ] || kill "$server" 2>/dev/null || true; [ -z "$server" ] || wait "$server" 2>/dev/null || true; rm -rf "$work"; }
trap end EXIT
url=http://127.0.0.1:$(( 20000 + RANDOM % 20000 ))
# Built programs find their pages' files by the development settings, published ones without.
(cd "$(dirname "$program")" && exec env "Database__Path=$work/planner.db" Feeds__Enabled=false Backups__Enabled=false ASPNETCORE_ENVIRONMENT=Development dotnet "$program" --urls "$url") >"$work/log" 2>&1 &
server=$!
for _ in $(seq 600); do
  curl -sf -o /dev/null "$url/health/live" && break
  kill -0 "$server" 2>/dev/null || { cat "$work/log" >&2; exit 1; }
  sleep 0.1
done
node "$tool" "$(dirname "$program")/.playwright/package/index.mjs" "$browser" "$url" "$out"
