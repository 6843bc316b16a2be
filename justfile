# The commands that we use every day: `just` lists them.

_default:
    @just --list

# Everything that continuous integration checks.
ci:
    .ci/run

# The tests.
test:
    cargo test

# The slow checks of the samplers' error bounds, on denser grids than the tests take.
test-dense:
    cargo test --release -- --ignored

# Ten minutes of broken scenarios, and ten of broken studies at the same time; other ones with every seed.
fuzz seed="1" seconds="600":
    REPATRIA_FUZZ_SEED={{seed}} REPATRIA_FUZZ_SECONDS={{seconds}} cargo test --locked --test fuzz

# Nanoseconds a draw, and seconds a run.
bench:
    cargo bench

# Repatria beside NumPy and Numba, in one sitting.
bench-peers *options:
    benches/peers/compare {{options}}

# How a run grows with cells, people, steps, histories and what is recorded.
bench-growth *options:
    benches/growth {{options}}

# Writes the schemas anew after a change of the language.
schema:
    cargo run --release -- schema > schemas/scenario.schema.json
    cargo run --release -- schema --study > schemas/study.schema.json

# Studies on a real Slurm and a local cluster of Dask, started here; the first needs root.
test-clusters:
    tests/cluster/slurm
    tests/cluster/dask

# The README's scenario.
demo:
    cargo run --release -- run scenarios/two_prisons_and_a_camp.toml

# Two builds of the program on everything that the project ships: every table must have the same bytes.
side-by-side old new *options:
    tests/side_by_side/compare {{old}} {{new}} {{options}}

# The engine that pages carry: target/engine/repatria-engine.wasm.gz. Needs `rustup target add wasm32-unknown-unknown`.
engine:
    tools/engine

# The engine of pages and the program on everything that the project ships: the same bytes. Needs Node.
test-engine program="target/release/repatria":
    tests/page/run {{program}}

# The guide as a book with a search, in target/book; its links are checked. Needs `cargo install mdbook`.
book:
    mdbook build docs
    tests/book target/book
