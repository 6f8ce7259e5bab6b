#!/usr/bin/env bash
# Sets up what the tests need, builds, checks the form of the code and runs every test. Ends with "N passed, N failed".
set -euo pipefail
cd "$(dirname "$0")"

command -v dotnet >/dev/null || { echo "dotnet was not found: install the .NET 10 SDK (https://dotnet.microsoft.com/download), then run this again." >&2; exit 1; }
dotnet --list-sdks | grep -q '^10\.' || { echo "The .NET 10 SDK was not found: install it (https://dotnet.microsoft.com/download), then run this again." >&2; exit 1; }
command -v npm >/dev/null || { echo "npm was not found: install Node.js 20 or later (https://nodejs.org), then run this again." >&2; exit 1; }

find_browser() {
  local name
  for name in "${PLANNER_BROWSER:-}" chromium chromium-browser google-chrome google-chrome-stable microsoft-edge; do
    [ -n "$name" ] && command -v "$name" && return
  done
  return 1
}

install_debian() {
  [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq "$@"; } >/dev/null 2>&1
}

if ! browser=$(find_browser); then
  echo "No Chromium found; installing it ..."
  install_debian chromium fonts-liberation || true
  browser=$(find_browser) || { echo "No Chromium, Chrome or Edge was found: install one (Debian: apt-get install chromium), then run this again." >&2; exit 1; }
fi
export PLANNER_BROWSER="$browser"
command -v curl >/dev/null || install_debian curl || { echo "curl was not found: install it, then run this again." >&2; exit 1; }
command -v pdftotext >/dev/null || install_debian poppler-utils || { echo "pdftotext was not found: install poppler-utils, then run this again." >&2; exit 1; }

command -v soffice >/dev/null || { echo "No LibreOffice Calc found; installing it ..."; install_debian libreoffice-calc; } \
  || { echo "LibreOffice Calc was not found: install it (Debian: apt-get install libreoffice-calc), then run this again." >&2; exit 1; }

# The tests start servers of their own in temporary folders, on free ports of the loopback address.
compgen -G "/usr/lib/postgresql/*/bin/initdb" >/dev/null || command -v initdb >/dev/null || { echo "No PostgreSQL found; installing it ..."; install_debian postgresql; } \
  || { echo "PostgreSQL's server was not found: install it (Debian: apt-get install postgresql), then run this again." >&2; exit 1; }
[ -x /usr/sbin/clickhouse-server ] || [ -x /usr/bin/clickhouse-server ] || install_debian clickhouse-server || echo "No ClickHouse server could be installed; its tests will be skipped."

dotnet build Planner.sln
dotnet format Planner.sln --no-restore --verify-no-changes
# For whoever reads this: an advisory of today breaks no build of yesterday.
if faults=$(dotnet list Planner.sln package --no-restore --vulnerable --include-transitive 2>&1); then
  grep -E '^ +>' <<<"$faults" || echo "No package with a known fault, as far as the registry lists them."
else
  echo "The registry could not be asked for known faults of packages."
fi
dotnet tool restore >/dev/null
dotnet ef migrations has-pending-model-changes --no-build --project src/Planner.Data --startup-project tools/Migrations
dotnet ef migrations has-pending-model-changes --no-build --project src/Planner.Data --startup-project tools/Migrations -- PostgreSql

if [ "${1:-}" = --faults ]; then
  # The tests that are named for kills and faults alone, about an hour: what the suite kills a few times is killed a thousand times. PLANNER_KILLS says otherwise.
  export PLANNER_KILLS="${PLANNER_KILLS:-1000}"
  set -- --filter-class '*KillTests' --filter-class '*FaultTests' --ignore-exit-code 8
fi

log=$(mktemp)
trap 'rm -f "$log"' EXIT
status=0
# One after the other: on a small machine the suite would starve the pages that the browser waits for.
dotnet test --solution Planner.sln --no-build --max-parallel-test-modules 1 "$@" | tee "$log" || status=$?
# What stores data, once more on PostgreSQL; a selection of tests by the caller is one for the run above.
[ $# -gt 0 ] || PLANNER_TEST_STORE=postgresql dotnet test --project tests/Planner.Tests --no-build $(printf -- '--filter-namespace Planner.Tests.Data%s ' '' .Accounts .Actuals .Audits .Feeds .Seed .Sqlite .Stores) | tee -a "$log" || status=$?
# What is published, as a user without rights runs it.
if [ $# -eq 0 ]; then
  if tools/try-package.sh --once; then echo "succeeded: 1" >> "$log"; else echo "failed: 1" >> "$log"; status=1; fi
fi
count() { awk -v name="$1:" '$1 == name { sum += $2 } END { print sum + 0 }' "$log"; }
# Once more at the end, where a cut log still shows them: which failed and why, without what the app logged meanwhile.
grep -A4 '^failed ' "$log" | cut -c -300 || true
echo "$(count succeeded) passed, $(count failed) failed, $(count skipped) skipped"
exit "$status"
