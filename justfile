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

# Nanoseconds a draw, and seconds a run.
bench:
    cargo bench

# Repatria beside NumPy and Numba, in one sitting.
bench-peers *options:
    benches/peers/compare {{options}}

# How a run grows with cells, people, steps, histories and what is recorded.
bench-growth *options:
    benches/growth {{options}}

# Writes the schema anew after a change of the language.
schema:
    cargo run --release -- schema > schemas/scenario.schema.json

# The README's scenario.
demo:
    cargo run --release -- run scenarios/two_prisons_and_a_camp.toml
