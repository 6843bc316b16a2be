//! What comes before and after a run: reading and checking a scenario, drawing charts.

use std::hint::black_box;
use std::time::Duration;

use criterion::{Criterion, criterion_group, criterion_main};
use repatria::internals::engine::compile;
use repatria::internals::ensemble::answer::Answer;
use repatria::internals::ensemble::{Unwatched, simulate};
use repatria::internals::output::chart;
use repatria::internals::scenario::{Source, baseline, load, parse};

const TWO_PRISONS: &str = include_str!("../scenarios/two_prisons_and_a_camp.toml");
const FORTY: &str = include_str!("forty_countries.toml");

fn reading(c: &mut Criterion) {
    for (name, text) in [("two prisons and a camp", TWO_PRISONS), ("forty countries", FORTY)] {
        let source = Source::new("bench.toml", text);
        let mut group = c.benchmark_group(name);
        group.bench_function("parse", |b| b.iter(|| parse(black_box(&source))));
        group.bench_function("read and check", |b| b.iter(|| load(black_box(&source))));
        let Ok((model, _)) = baseline(&source) else { panic!("{name} is not accepted") };
        group.bench_function("compile", |b| b.iter(|| compile(black_box(&model))));
        group.finish();
    }
}

fn charts(c: &mut Criterion) {
    let source = Source::new("bench.toml", TWO_PRISONS);
    let Ok((model, _)) = baseline(&source) else { panic!("the README's scenario is not accepted") };
    let Ok(summary) = simulate(&compile(&model), 1, 0..64, 1, &Unwatched) else { panic!("the run failed") };
    let answer = Answer::alone(model, summary);
    let charts = chart::draw_all(&answer);
    c.bench_function(&format!("{} charts as SVG", charts.len()), |b| {
        b.iter(|| chart::draw_all(black_box(&answer)));
    });
    c.bench_function("one chart as PNG", |b| {
        b.iter(|| chart::picture(black_box(&charts[0].svg)));
    });
}

fn short() -> Criterion {
    Criterion::default()
        .sample_size(10)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_secs(1))
}

criterion_group! { name = benches; config = short(); targets = reading, charts }
criterion_main!(benches);
