//! Whole replicates: a step, a run without reading and writing, and what of a run is counting.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Duration;

use criterion::measurement::WallTime;
use criterion::{
    BatchSize, BenchmarkGroup, Criterion, SamplingMode, Throughput, criterion_group, criterion_main,
};
use repatria::internals::engine::chance::MonteCarlo;
use repatria::internals::engine::{Program, Workspace, compile, step};
use repatria::internals::ensemble::{BLOCK, Unwatched, expect, simulate};
use repatria::internals::random::Keys;
use repatria::internals::random::lanes::InstructionLevel;
use repatria::internals::scenario::{Source, baseline};

const CAMP12: &str = include_str!("camp12.toml");
const TWO_PRISONS: &str = include_str!("../scenarios/two_prisons_and_a_camp.toml");
const FORTY: &str = include_str!("forty_countries.toml");
const FORTY_WITH_STAYS: &str = include_str!("forty_countries_with_stays.toml");

fn program(text: &str) -> Arc<Program> {
    match baseline(&Source::new("bench.toml", text)) {
        Ok((model, _)) => compile(&model),
        Err(problems) => panic!("the scenario is not accepted: {problems}"),
    }
}

/// Times a run of `replicates`, by the step of one replicate.
fn run(
    group: &mut BenchmarkGroup<'_, WallTime>,
    name: &str,
    program: &Arc<Program>,
    replicates: u64,
    threads: usize,
) {
    group.throughput(Throughput::Elements(replicates * u64::from(program.steps())));
    group.bench_function(format!("{name}, {replicates} replicates, threads {threads}"), |b| {
        b.iter(|| simulate(black_box(program), 1, 0..replicates, threads, &Unwatched));
    });
}

/// The first step of one block of replicates, at each instruction set.
fn steps(c: &mut Criterion) {
    let mut group = c.benchmark_group("step");
    let lanes = BLOCK as usize;
    group.throughput(Throughput::Elements(BLOCK));
    for (name, text) in [("camp12", CAMP12), ("two prisons and a camp", TWO_PRISONS)] {
        let program = program(text);
        let keys = Keys { seed: 1 };
        let drawn = program.draw(&keys, 0, lanes);
        let (mut workspace, mut flows) = (Workspace::new(&program, lanes), program.flows(lanes));
        for level in InstructionLevel::all() {
            let chance = MonteCarlo { keys, first: 0, level };
            group.bench_function(format!("{name}, {}", level.name()), |b| {
                b.iter_batched_ref(
                    || program.start(drawn.clone(), &chance),
                    |start| step(&program, 0, &chance, start, &mut workspace, &mut flows),
                    BatchSize::SmallInput,
                );
            });
        }
    }
    group.finish();
}

fn ensembles(c: &mut Criterion) {
    let mut group = c.benchmark_group("run");
    group.sampling_mode(SamplingMode::Flat);
    let camp12 = program(CAMP12);
    // The difference of these two is what counting costs.
    run(&mut group, "camp12, every cell", &camp12, 512, 1);
    run(
        &mut group,
        "camp12, the total alone",
        &program(&CAMP12.replace("cells = true", "cells = false")),
        512,
        1,
    );
    run(&mut group, "camp12, every cell", &camp12, 512, 2);
    run(&mut group, "two prisons and a camp", &program(TWO_PRISONS), 256, 1);
    // 800 cells by month for ten years.
    run(&mut group, "forty countries", &program(FORTY), BLOCK, 1);
    run(&mut group, "forty countries with stays", &program(FORTY_WITH_STAYS), BLOCK, 1);
    group.finish();
    let program = program(TWO_PRISONS);
    c.bench_function("expected mode", |b| b.iter(|| expect(black_box(&program))));
}

/// Some seconds each, for runs of up to half a second.
fn short() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(500))
        .measurement_time(Duration::from_secs(2))
}

criterion_group! { name = benches; config = short(); targets = steps, ensembles }
criterion_main!(benches);
