//! Whole histories: what a run costs apart from reading and writing, and what reading costs.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use repatria::engine::{Program, compile};
use repatria::ensemble::{Unwatched, expect, simulate};
use repatria::scenario::{Source, baseline as load};

const SCENARIO: &str = include_str!("../scenarios/two_prisons_and_a_camp.toml");

fn source() -> Source {
    Source::new("two_prisons_and_a_camp.toml", SCENARIO)
}

fn program() -> Option<Program> {
    load(&source()).ok().map(|(model, _)| compile(&model))
}

fn ensembles(c: &mut Criterion) {
    let Some(program) = program() else { panic!("the README's scenario is not accepted") };
    let mut group = c.benchmark_group("two prisons and a camp");
    let histories = 256;
    group.throughput(Throughput::Elements(histories * u64::from(program.steps())));
    group.sample_size(10);
    for threads in [1, 2] {
        group.bench_function(format!("256 histories, threads {threads}"), |b| {
            b.iter(|| simulate(black_box(&program), 7, 0..histories, threads, &Unwatched));
        });
    }
    group.finish();
    c.bench_function("expected mode", |b| b.iter(|| expect(black_box(&program))));
}

fn reading(c: &mut Criterion) {
    let source = source();
    c.bench_function("read and check a scenario", |b| b.iter(|| load(black_box(&source))));
    c.bench_function("compile a model", |b| {
        let Ok((model, _)) = load(&source) else { panic!("the README's scenario is not accepted") };
        b.iter(|| compile(black_box(&model)));
    });
}

/// 800 cells by month for ten years, with and without stays: as long as a thousand histories take, less a factor of 7.8.
fn forty_countries(c: &mut Criterion) {
    let mut group = c.benchmark_group("forty countries");
    let histories = 128;
    group.sample_size(10);
    for (name, text) in [
        ("without stays", include_str!("forty_countries.toml")),
        ("with stays", include_str!("forty_countries_with_stays.toml")),
    ] {
        let Ok((model, _)) = load(&Source::new("forty_countries.toml", text)) else {
            panic!("{name} is not accepted")
        };
        let program = compile(&model);
        group.throughput(Throughput::Elements(histories * u64::from(program.steps())));
        group.bench_function(format!("{name}, 128 histories, threads 2"), |b| {
            b.iter(|| simulate(black_box(&program), 1, 0..histories, 2, &Unwatched));
        });
    }
    group.finish();
}

criterion_group!(benches, ensembles, forty_countries, reading);
criterion_main!(benches);
