# What the tests of clusters share: a small study, and what one process makes of it. Sourced, not run.
# Expects $root (the repository) and $work (a folder that is removed in the end); sets $program.

say() { printf '[%3ds] %s\n' "$SECONDS" "$*"; }
fail() { printf 'FAILED: %s\n' "$*" >&2; exit 1; }

program=${REPATRIA:-$root/target/release/repatria}
[ -x "$program" ] || fail "$program is not there: cargo build --release, or set REPATRIA"
SHARDS=8

# 192 points in 32 units: four for each of eight shards.
write_study() {
  cat > "$work/study.toml" <<STUDY
title = "A small study for a cluster"
scenario = "$root/scenarios/external_support_ends.toml"
replicates = ${REPLICATES:-200}
[design]
kind = "grid"
[factors.support]
field = "parameters.end_of_support"
levels = [0.1, 0.16, 0.22, 0.28, 0.34, 0.4, 0.46, 0.52]
[factors.danger]
field = "parameters.danger"
levels = [1, 2, 3, 4, 5, 6]
[factors.flights]
field = "programmes.flights.occasions"
times = true
levels = [0.5, 1, 2, 3]
STUDY
}

plan() { "$program" study plan "$work/study.toml" --unit-points 6 --out "$1" --quiet; }
missing() { "$program" study status "$1" --missing-shards "$SHARDS"; }
# The hash of all merged tables: the last line that merge says.
digest() { "$program" study merge "$1" --charts none 2>&1 | sed -n 's/.*sha256 //p'; }

# The digest that a single process comes to.
reference() {
  plan "$work/single"
  "$program" study run "$work/single" --quiet
  digest "$work/single"
}
