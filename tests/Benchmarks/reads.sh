#!/usr/bin/env bash
# Reads over HTTP on PostgreSQL, beside bare Kestrel: tests/Benchmarks/reads.sh [seconds per row] [passes]
# One process of the shop on a private PostgreSQL with its defaults and 100,000 products (PRODUCTS=n), 1,000 of which can also be read by id; 64
# clients without an API key (CLIENTS=n) in another process on the same cores. Bare Kestrel serves JSON of a product's length from a process of its own.
# Every pass runs all rows; the table has the medians. CPU is that of the shop and PostgreSQL, without the load's. Callers keep their limits, set to a number
# that is never reached. KEEP=<folder> keeps the filled database there for the next run; ROWS="product list" runs some rows; BUILT=1 takes what was built.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
seconds=${1:-3} passes=${2:-3} products=${PRODUCTS:-100000} clients=${CLIENTS:-64}
port=${PORT:-18280}
bin=$root/artifacts/bin
api=${API:-$bin/Api/release}
folder=$(mktemp -d)
export ACTORSHOP_SERVER=http://127.0.0.1:$port DOTNET_NOLOGO=1
key=dev-admin-key
progress() { echo "$(date +%T) $*" >&2; }

load() { dotnet "$bin/Load/release/ActorShop.Load.dll" "$@"; }
bench() { dotnet "$bin/Benchmarks/release/ActorShop.Benchmarks.dll" "$@"; }

app= kestrel=
finish() {
  local code=$?
  [ $code -eq 0 ] || tail -n 20 "$folder/log" >&2 || true
  for process in $app $kestrel; do kill "$process" 2>/dev/null || true; wait "$process" 2>/dev/null || true; done
  stop_postgres
  rm -rf "$folder"
}
. "$(dirname "$0")/postgres.sh"
trap finish EXIT
trap 'exit 130' INT TERM

[ -n "${BUILT:-}" ] || for project in Api Cli tests/Load tests/Benchmarks; do dotnet build "$root/$project" -c Release -v q --nologo >&2; done

start_postgres reads
if [ -z "$filled" ]; then
  progress "writing $products products"
  bench fill "$products" "$(database reads)" >>"$folder/log"
fi

progress "starting the shop"
( cd "$folder" && exec env ASPNETCORE_ENVIRONMENT=Development Dashboard__Enabled=false Logging__LogLevel__Default=Warning Shop__SampleCatalogue=false \
    Api__Limits__Browse=2000000000 Api__Limits__Cart=2000000000 \
    "Storage__Postgres__ConnectionString=$(database reads)" Storage__Postgres__MigrateAtStart=true \
    Silo__Port=$((port + 2)) Silo__GatewayPort=$((port + 3)) Api__Public=127.0.0.1:$port Api__Operators=127.0.0.1:$((port + 1)) \
    dotnet "$api/ActorShop.Api.dll" >>"$folder/log" 2>&1 ) &
app=$!
for _ in $(seq 600); do ! curl -fs -o /dev/null "$ACTORSHOP_SERVER/v1/products?limit=1" || break; kill -0 $app; sleep 0.1; done

progress "importing 1,000 products and filling $clients carts"
{ echo sku,name,price,currency,stock; seq 1000 | awk '{ printf "BENCH-%d,Bench %d,%d.99,GBP,1000000\n", $1, $1, $1 % 90 + 1 }'; } >"$folder/catalogue.csv"
dotnet "$bin/Cli/release/ActorShop.Cli.dll" import "$folder/catalogue.csv" --key $key >>"$folder/log" 2>&1
node -e '
  const [folder, server, clients] = process.argv.slice(1), fs = require("fs");
  const ask = async (method, path, body) => {
    const answer = await fetch(server + path, { method, body: body && JSON.stringify(body), headers: body && { "Content-Type": "application/json" } });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status}`);
    return answer.json();
  };
  (async () => {
    const ids = [];
    for (let path = "/v1/products?query=bench&limit=100"; path && ids.length < 1000;) {
      const page = await ask("GET", path);
      ids.push(...page.data.map(product => product.id));
      path = page.hasMore ? `/v1/products?query=bench&limit=100&cursor=${page.nextCursor}` : null;
    }
    if (ids.length < 1000) throw new Error(`${ids.length} products are listed`);
    const carts = [];
    for (let i = 0; i < clients; i++) {
      const { id } = await ask("POST", "/v1/carts", { currency: "GBP" });
      for (const n of [1, 2, 3]) await ask("PUT", `/v1/carts/${id}/items/BENCH-${i * 3 + n}`, { quantity: n });
      carts.push(id);
    }
    const write = (name, paths) => fs.writeFileSync(`${folder}/${name}.paths`, paths.join("\n") + "\n");
    write("product", [`/v1/products/${ids[0]}`]);
    write("products", ids.map(id => `/v1/products/${id}`));
    write("stock", Array.from({ length: 1000 }, (_, n) => `/v1/stock/BENCH-${n + 1}`));
    write("cart", carts.map(id => `/v1/carts/${id}`));
    write("list", ["/v1/products?limit=25"]);
  })().catch(fault => { console.error(fault.message); process.exit(1); });' "$folder" "$ACTORSHOP_SERVER" "$clients" 2>>"$folder/log"
bench searches 4000 >"$folder/search.paths"

product=$(head -n 1 "$folder/product.paths")
etag=$(curl -s -D - -o "$folder/body" "$ACTORSHOP_SERVER$product" | tr -d '\r' | awk 'tolower($1) == "etag:" { print $2 }')
bytes=$(wc -c <"$folder/body")
dotnet "$bin/Benchmarks/release/ActorShop.Benchmarks.dll" kestrel "http://127.0.0.1:$((port + 4))" "$bytes" >>"$folder/log" 2>&1 &
kestrel=$!
for _ in $(seq 100); do ! curl -fs -o /dev/null "http://127.0.0.1:$((port + 4))/" || break; sleep 0.1; done

# Microseconds of processor that the shop and PostgreSQL, or the process of bare Kestrel, have used.
cpu() {
  { cat /proc/[0-9]*/stat 2>/dev/null || true; } | sed 's/(.*)/x/' | awk -v app="$1" -v server="$2" -v tick="$(getconf CLK_TCK)" '
    $1 == app || (server != "" && $4 == server) { used += $14 + $15 }
    $1 == server { used += $14 + $15 + $16 + $17 }
    END { printf "%d", used * 1000000 / tick }'
}

# One line: <row> <per second> <p50> <p99> <CPU µs each> <errors>
measure() {
  local row=$1 process=$app database=$server before; shift
  [ "$row" != kestrel ] || { process=$kestrel database=; set -- --server "http://127.0.0.1:$((port + 4))" "$@"; }
  before=$(cpu $process "$database")
  load --mix get --clients "$clients" --duration "${seconds}s" --json "$@" >"$folder/load.json" 2>>"$folder/log" || [ $? -eq 1 ]
  node -e '
    const [file, row, used] = process.argv.slice(1), result = require(file), [all] = result.operations;
    console.log([row, all.perSecond, all.p50, all.p99, used / result.rounds, Object.values(result.errors).reduce((sum, n) => sum + n, 0)].join("\t"));' \
    "$folder/load.json" "$row" $(( $(cpu $process "$database") - before )) >>"$folder/rows"
}

rows=${ROWS:-product products unchanged stock cart list search list-new search-new}
for pass in $(seq 0 "$passes"); do
  for row in kestrel $rows; do
    case $row in
      unchanged) with=(--paths "$folder/product.paths" --header "If-None-Match: $etag") ;;
      *-new) with=(--paths "$folder/${row%-new}.paths" --header "Cache-Control: no-cache") ;;
      kestrel) with=(--paths "$folder/product.paths") ;;
      *) with=(--paths "$folder/$row.paths") ;;
    esac
    if [ "$pass" = 0 ]; then
      # All start cold, and tiered compilation would make the first rows those of the compiler.
      progress "warming up: $row"
      server_of=$ACTORSHOP_SERVER; [ "$row" != kestrel ] || server_of=http://127.0.0.1:$((port + 4))
      load --mix get --clients "$clients" --duration "${WARM_UP:-3}s" --json --server "$server_of" "${with[@]}" >>"$folder/log" 2>&1 || [ $? -eq 1 ]
    else
      progress "pass $pass of $passes: $row"
      measure "$row" --warm-up 1s "${with[@]}"
    fi
  done
done

echo
echo "| read, $clients clients | per second | of bare Kestrel's | p50 ms | p99 ms | CPU µs each | errors |"
echo "| --- | --- | --- | --- | --- | --- | --- |"
node -e '
  const names = {
    kestrel: `bare Kestrel, ${process.argv[2]} bytes of JSON`, product: "one product", products: "any of 1,000 products", unchanged: "one product, 304",
    stock: "the stock of any of 1,000 SKUs", cart: "any of the clients\u2019 carts, 3 lines", list: "the first page of 25 products by name", search: "a search of two words",
    "list-new": "the first page, no-cache", "search-new": "a search of two words, no-cache",
  };
  const lines = require("fs").readFileSync(`${process.argv[1]}/rows`, "utf8").trim().split("\n").map(line => line.split("\t"));
  const rows = name => lines.filter(([row]) => row === name).map(([, ...figures]) => figures.map(Number));
  const median = (name, i) => rows(name).map(row => row[i]).sort((a, b) => a - b)[(rows(name).length - 1) >> 1];
  for (const name of Object.keys(names).filter(name => rows(name).length > 0))
    console.log(`| ${names[name]} | ${Math.round(median(name, 0)).toLocaleString("en")} | ${Math.round(100 * median(name, 0) / median("kestrel", 0))} % | ${median(name, 1).toFixed(2)} | ${median(name, 2).toFixed(2)} | ${median(name, 3).toFixed(1)} | ${rows(name).reduce((sum, row) => sum + row[4], 0)} |`);' "$folder" "$bytes"
echo
echo "$products products in the lists. $(nproc) cores, shared by all processes; load average $(cut -d' ' -f1-3 /proc/loadavg) at the end."
