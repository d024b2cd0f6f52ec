#!/usr/bin/env bash
# Puts each bug of this folder into a copy of the committed code, and runs seeds from 1 until one fails.
#   tests/Simulation.Tests/Planted/run.sh                 all bugs, 400 seeds at most
#   tests/Simulation.Tests/Planted/run.sh 100 16 17       100 seeds at most, of the bugs whose file names begin so
set -euo pipefail
root=$(git -C "$(dirname "$0")" rev-parse --show-toplevel)
seeds=${1:-400}
copy=$(mktemp -d)
trap 'git -C "$root" worktree remove --force "$copy"' EXIT
git -C "$root" worktree add --quiet --detach "$copy"
cd "$copy"
for patch in tests/Simulation.Tests/Planted/*.patch; do
  name=$(basename "$patch" .patch)
  if [ $# -gt 1 ] && [[ ! " ${*:2} " == *" ${name%%-*} "* ]]; then continue; fi
  git apply "$patch"
  dotnet build tests/Simulation.Tests -c Release -v q --nologo -p:RunAnalyzers=false >build.log 2>&1 || { echo "$name: does not build"; tail -5 build.log; exit 1; }
  found=$(dotnet run --no-build -c Release --project tests/Simulation.Tests -- shop --seeds "$seeds" --jobs 1 --stop || true)
  seed=$(sed -n 's/^seed \([0-9]*\) fails:.*/\1/p' <<<"$found" | head -1)
  checks=$(sed -n 's/^  \([A-Za-z]*\)[: ].*/\1/p' <<<"$found" | sort -u | paste -sd' ')
  if [ -n "$seed" ]; then echo "$name: seed $seed: $checks"; else echo "$name: not found in $seeds seeds"; fi
  [ -z "${VERBOSE:-}" ] || echo "$found"
  git apply -R "$patch"
done
