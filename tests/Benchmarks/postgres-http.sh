#!/usr/bin/env bash
# Full checkouts over HTTP on PostgreSQL, beside the rival: tests/Benchmarks/postgres-http.sh [seconds per row] [passes]
# One private PostgreSQL with its defaults, a database for each contestant, one contestant after the other, the load from another
# process on the same cores; medians of the passes. CPU is that of all that serves a round (make a cart, fill it, check out, and over
# 10,000 SKUs read the order), PostgreSQL with it and the load without. ONLY="rival 3" runs some of: rival, 0 (one process), 1, 3 (silos with an API of
# their own); BUILT=1 takes what was built; WARM_UP=15 are the seconds of each load that goes before the rows.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:-3} passes=${2:-3} only=${ONLY:-rival 0 1 3}
port=${PORT:-18180}
bin=$root/artifacts/bin
folder=$(mktemp -d)
export ACTORSHOP_KEY=dev-admin-key DOTNET_NOLOGO=1

cli() { dotnet "$bin/Cli/release/ActorShop.Cli.dll" "$@"; }
load() { dotnet "$bin/Load/release/ActorShop.Load.dll" "$@"; }
bench() { dotnet "$bin/Chaos/release/ActorShop.Chaos.dll" "$@"; }

app= cluster=
stop() {
  [ -z "$cluster" ] || { bench cluster stop --folder "$cluster" >>"$folder/log" 2>&1 || true; cluster=; }
  [ -z "$app" ] || { kill "$app" 2>/dev/null || true; wait "$app" 2>/dev/null || true; app=; }
}
finish() {
  local code=$?
  [ $code -eq 0 ] || tail -n 20 "$folder/log" >&2 || true
  stop
  stop_postgres
  rm -rf "$folder"
}
. "$(dirname "$0")/postgres.sh"
trap finish EXIT
trap 'exit 130' INT TERM

[ -n "${BUILT:-}" ] || for project in Api Cli tests/Load tests/Chaos tests/Benchmarks/Rival; do dotnet build "$root/$project" -c Release -v q --nologo >&2; done

start_postgres rival shop0 shop1 shop3

await() {
  for _ in $(seq 600); do
    ! curl -fs -o /dev/null "$ACTORSHOP_SERVER/v1/products?limit=1" || return 0
    sleep 0.1
  done
  echo "$ACTORSHOP_SERVER does not answer" >&2
  return 1
}

start() {
  export ACTORSHOP_SERVER=http://127.0.0.1:$port
  mkdir -p "$folder/$1"
  case $1 in
    rival)
      dotnet "$bin/Rival/release/ActorShop.Rival.dll" "$(database rival)" "$ACTORSHOP_SERVER" 10000 1000000 >>"$folder/log" 2>&1 &
      app=$!
      ;;
    0)
      ( cd "$folder/0" && exec env ASPNETCORE_ENVIRONMENT=Development Dashboard__Enabled=false Logging__LogLevel__Default=Warning Shop__SampleCatalogue=false \
          "Storage__Postgres__ConnectionString=$(database shop0)" Storage__Postgres__MigrateAtStart=true \
          Silo__Port=$((port + 2)) Silo__GatewayPort=$((port + 3)) Api__Public=127.0.0.1:$port Api__Operators=127.0.0.1:$((port + 1)) \
          dotnet "$bin/Api/release/ActorShop.Api.dll" >>"$folder/log" 2>&1 ) &
      app=$!
      ;;
    *)
      cluster=$folder/$1
      bench cluster up --silos "$1" --apis 1 --no-sample --detach --connection "$(database "shop$1")" --folder "$cluster" \
        --set Logging:LogLevel:Default=Warning >>"$folder/log" 2>&1
      ACTORSHOP_SERVER=http://$(node -p 'require(process.argv[1]).members.find(m => m.name == "api-1").address' "$cluster/cluster.json")
      ;;
  esac
  await
  [ "$1" = rival ] || cli import "$folder/catalogue.csv" >>"$folder/log" 2>&1
}

# Milliseconds of processor that the contestant and PostgreSQL have used: processes that serve, with those that PostgreSQL had.
cpu() {
  local own=$app
  [ -z "$cluster" ] || own=$(node -p 'require(process.argv[1]).members.map(m => m.process.id).join(" ")' "$cluster/cluster.json")
  { cat /proc/[0-9]*/stat 2>/dev/null || true; } | sed 's/(.*)/x/' | awk -v own=" $own " -v server="$server" -v tick="$(getconf CLK_TCK)" '
    index(own, " " $1 " ") || $4 == server { used += $14 + $15 }
    $1 == server { used += $14 + $15 + $16 + $17 }
    END { printf "%d", used * 1000 / tick }'
}

# One line a load: <load> <checkouts/s> <p50> <p99> <CPU each> <errors>, the median of each over the passes.
measure() {
  local load=$1 pass before; shift
  for pass in $(seq "$passes"); do
    before=$(cpu)
    load "$@" --warm-up 1s --duration "${seconds}s" --json >"$folder/load.json" 2>>"$folder/log" || [ $? -eq 1 ]
    node -e '
      const result = require(`${process.argv[1]}/load.json`), row = result.operations.find(o => o.operation === "checkout");
      const errors = Object.values(result.errors).reduce((sum, n) => sum + n, 0);
      console.log([row.perSecond, row.p50, row.p99, process.argv[2] / result.rounds, errors].join(" "));' "$folder" $(( $(cpu) - before ))
  done | node -e '
    const rows = require("fs").readFileSync(0, "utf8").trim().split("\n").map(line => line.split(" ").map(Number));
    const median = i => rows.map(row => row[i]).sort((a, b) => a - b)[(rows.length - 1) >> 1];
    console.log([process.argv[1], median(0), median(1), median(2), median(3), rows.reduce((sum, row) => sum + row[4], 0)].join("\t"));' "$load"
}

{ echo sku,name,price,currency,stock; seq 10000 | awk '{ printf "BENCH-%d,Bench %d,%d.99,GBP,1000000\n", $1, $1, $1 % 90 + 1 }'; } >"$folder/catalogue.csv"
skus=$(seq -f 'BENCH-%.0f' -s, 10000)
for who in $only; do
  echo "$(date +%T) $who" >&2
  start "$who"
  # All contestants alike start cold, and tiered compilation would make the first rows those of the compiler.
  for mix in checkout hot; do
    load --mix $mix --skus "$([ $mix = hot ] && echo BENCH-1 || echo "$skus")" --clients 64 --duration "${WARM_UP:-15}s" --json >>"$folder/log" 2>&1 || true
  done
  for clients in 1 16 64; do measure "10,000 SKUs, $clients clients" --mix checkout --skus "$skus" --clients $clients; done >"$folder/$who.rows"
  for clients in 64 256; do measure "one SKU, $clients clients" --mix hot --skus BENCH-1 --clients $clients; done >>"$folder/$who.rows"
  stop
done

echo
echo "| load | who | checkouts/s | p50 ms | p99 ms | rate beside the rival's | CPU ms each | errors |"
echo "| --- | --- | --- | --- | --- | --- | --- | --- |"
node -e '
  const names = { rival: "rival", 0: "shop, one process", 1: "shop, 1 silo and 1 API", 3: "shop, 3 silos and 1 API" };
  const read = who => require("fs").readFileSync(`${process.argv[1]}/${who}.rows`, "utf8").trim().split("\n").map(line => line.split("\t"));
  const all = process.argv.slice(2).map(who => [who, read(who)]);
  const rates = new Map((all.find(([who]) => who === "rival")?.[1] ?? []).map(row => [row[0], Number(row[1])]));
  for (const [load] of all[0][1])
    for (const [who, rows] of all) {
      const [, rate, p50, p99, cpu, errors] = rows.find(row => row[0] === load);
      const ratio = rates.has(load) ? (rate / rates.get(load)).toFixed(2) : "";
      console.log(`| ${load} | ${names[who]} | ${Math.round(rate).toLocaleString("en")} | ${Number(p50).toFixed(1)} | ${Number(p99).toFixed(1)} | ${ratio} | ${Number(cpu).toFixed(2)} | ${errors} |`);
    }' "$folder" $only
echo
echo "$(nproc) cores, shared by all processes; load average $(cut -d' ' -f1-3 /proc/loadavg) at the end."
