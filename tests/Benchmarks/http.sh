#!/usr/bin/env bash
# The shop over HTTP on this machine, as a table: tests/Benchmarks/http.sh [seconds per row] [passes]
# One process with its state in SQLite in a private folder, the load from another process on the same cores; medians of the passes.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:-8} passes=${2:-3}
folder=$(mktemp -d)
port=${PORT:-18080}
export ACTORSHOP_SERVER=http://127.0.0.1:$port ACTORSHOP_KEY=dev-admin-key

dotnet build "$root/Api" -c Release -v q --nologo >&2
for project in Cli tests/Load; do dotnet build "$root/$project" -c Release -v q --nologo >&2; done
bin=$root/artifacts/bin
cli() { dotnet "$bin/Cli/release/ActorShop.Cli.dll" "$@"; }
load() { dotnet "$bin/Load/release/ActorShop.Load.dll" "$@"; }

api=
stop() { [ -z "$api" ] || { kill "$api" 2>/dev/null || true; wait "$api" 2>/dev/null || true; api=; }; }
trap 'stop; rm -rf "$folder"' EXIT

# Prints the milliseconds from the start of the process to its first answer.
start() {
  local begin=$(date +%s%N)
  ( cd "$folder" && exec env ASPNETCORE_ENVIRONMENT=Development Dashboard__Enabled=false Logging__LogLevel__Default=Warning \
      Api__Public=127.0.0.1:$port Api__Operators=127.0.0.1:$((port + 1)) dotnet "$bin/Api/release/ActorShop.Api.dll" >>"$folder/log" 2>&1 ) &
  api=$!
  for _ in $(seq 600); do
    curl -s -o /dev/null "$ACTORSHOP_SERVER/v1/products?limit=1" && break
    sleep 0.01
  done
  started=$(( ($(date +%s%N) - begin) / 1000000 ))
}

memory() { awk '/^VmRSS/ { printf "%d MiB", $2 / 1024 }' "/proc/$api/status"; }

# The median of each column over the passes: row <label> <operation> <arguments of load>
row() {
  local label=$1 operation=$2 pass; shift 2
  for pass in $(seq "$passes"); do
    load "$@" --duration "${seconds}s" --json 2>>"$folder/log" | node -e '
      const result = JSON.parse(require("fs").readFileSync(0)), row = result.operations.find(o => o.operation === process.argv[1]);
      const errors = Object.values(result.errors).reduce((sum, n) => sum + n, 0);
      console.log([row.perSecond, row.p50, row.p99, errors].join(" "));' "$operation"
  done | sort -n | awk -v label="$label" '{ n[NR] = $1; p50[NR] = $2; p99[NR] = $3; errors += $4 }
    END { m = int((NR + 1) / 2); printf "| %s | %.0f | %.2f | %.2f | %d |\n", label, n[m], p50[m], p99[m], errors }'
}

start
echo "Cold start to the first answer on an empty folder: $started ms; memory then: $(memory)"
stop
start
echo "Start on that folder: $started ms"
{ echo sku,name,price,currency,stock; seq 10000 | awk '{ printf "BENCH-%d,Bench %d,%d.99,GBP,1000000\n", $1, $1, $1 % 90 + 1 }'; } >"$folder/catalogue.csv"
skus=$(seq -f 'BENCH-%.0f' -s, 10000)
cli import "$folder/catalogue.csv" >>"$folder/log" 2>&1
echo
echo "| work | per second | p50 ms | p99 ms | errors |"
echo "| --- | --- | --- | --- | --- |"
for clients in 1 16 64; do row "add a line to a cart, $clients clients" add --mix cart --skus "$skus" --clients $clients; done
for clients in 1 16 64; do row "full checkout (cart, 2 lines, check out, read), $clients clients: orders" order --mix checkout --skus "$skus" --clients $clients; done
for clients in 1 16 64; do row "the same: the checkout itself, $clients clients" checkout --mix checkout --skus "$skus" --clients $clients; done
row "read (products, lists, stock), 64 clients" all --mix browse --clients 64
row "check out one unit, 256 clients over 10,000 SKUs" checkout --mix spread --skus "$skus" --clients 256
row "check out one unit, 256 clients, all the same SKU" checkout --mix hot --skus BENCH-1 --clients 256
row "the 10th line of a cart" "add, 10th" --mix long --skus "$skus" --clients 1
row "the 1,000th line of a cart" "add, 1000th" --mix long --skus "$skus" --clients 1
row "the 10th line of a cart, Prefer: return=minimal" "add, 10th, minimal" --mix long --skus "$skus" --clients 1
row "the 1,000th line of a cart, Prefer: return=minimal" "add, 1000th, minimal" --mix long --skus "$skus" --clients 1
row "read a cart of 1,000 lines, with every offer" "read, 1000 lines" --mix long --skus "$skus" --clients 1
row "the same cart as an answer without offers" "set again, 1000 lines" --mix long --skus "$skus" --clients 1
echo
echo "Memory after it: $(memory); $(nproc) cores, shared by both processes."
