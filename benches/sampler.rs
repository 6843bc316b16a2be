//! Nanoseconds a draw: one by one, the uniform included, and in rows of 64 histories, beside rand_distr's rejection samplers.

use std::hint::black_box;
use std::time::Duration;

use criterion::measurement::{Measurement, WallTime};
use criterion::{BenchmarkGroup, Criterion, criterion_group, criterion_main};
use rand_distr::Distribution;
use repatria::random::lanes::Level;
use repatria::random::{Keys, Site, binomial, hypergeometric, poisson};

const KEYS: Keys = Keys { seed: 1 };
const LANES: usize = 64;

/// Random words for `rows` rows of lanes: so many that the branches of one row are not learnt by heart.
fn words(rows: usize) -> Vec<[u64; LANES]> {
    let site = Site::of(&["bench"]);
    (0..rows as u64)
        .map(|row| std::array::from_fn(|lane| KEYS.uniform(row * LANES as u64 + lane as u64, site, 0, 0).0))
        .collect()
}

/// Times `draw`, which fills a row of counts from a row of words, by the draw.
fn rows(group: &mut BenchmarkGroup<'_, WallTime>, draw: impl Fn(Level, &[u64], &mut [f64])) {
    let words = words(256);
    for level in Level::all() {
        let mut counts = [0.0; LANES];
        group.bench_function(format!("rows, {}", level.name()), |b| {
            b.iter_custom(|draws| {
                let rows = draws.div_ceil(LANES as u64);
                let start = WallTime.start();
                for row in 0..rows {
                    draw(level, black_box(&words[row as usize % words.len()]), black_box(&mut counts));
                }
                WallTime.end(start).mul_f64(draws as f64 / (rows * LANES as u64) as f64)
            });
        });
    }
}

fn uniforms(c: &mut Criterion) {
    let site = Site::of(&["bench"]);
    let mut replicate = 0;
    c.bench_function("uniform", |b| {
        b.iter(|| {
            replicate += 1;
            KEYS.uniform(replicate, site, 0, 0)
        });
    });
}

fn binomials(c: &mut Criterion) {
    let site = Site::of(&["bench"]);
    for (n, p) in [(50, 0.01), (500, 0.01), (2_000, 0.01), (2_000, 0.1), (50_000, 0.1), (200, 0.7)] {
        let mut group = c.benchmark_group(format!("binomial {n} {p}"));
        let mut replicate = 0;
        group.bench_function("one by one", |b| {
            b.iter(|| {
                replicate += 1;
                binomial::quantile(black_box(n), black_box(p), KEYS.uniform(replicate, site, 0, 0))
            });
        });
        let people = [n as f64; LANES];
        rows(&mut group, |level, words, met| level.binomials(black_box(&people), &[p], words, met));
        let mut stream = KEYS.stream(0, site);
        // The distribution is built for each draw, as a simulator whose n changes at each step has to.
        group.bench_function("rand_distr", |b| {
            b.iter(|| rand_distr::Binomial::new(black_box(n), black_box(p)).map(|d| d.sample(&mut stream)));
        });
        group.finish();
    }
}

fn poissons(c: &mut Criterion) {
    let site = Site::of(&["bench"]);
    for mean in [0.5, 20.0, 5_000.0] {
        let mut group = c.benchmark_group(format!("poisson {mean}"));
        let mut replicate = 0;
        group.bench_function("one by one", |b| {
            b.iter(|| {
                replicate += 1;
                poisson::quantile(black_box(mean), KEYS.uniform(replicate, site, 0, 0))
            });
        });
        rows(&mut group, |level, words, counts| level.poissons(&[black_box(mean)], words, counts));
        let mut stream = KEYS.stream(0, site);
        group.bench_function("rand_distr", |b| {
            b.iter(|| rand_distr::Poisson::new(black_box(mean)).map(|d| d.sample(&mut stream)));
        });
        group.finish();
    }
}

fn hypergeometrics(c: &mut Criterion) {
    let site = Site::of(&["bench"]);
    for (population, marked, drawn) in [(100, 20, 10), (10_000, 2_000, 500)] {
        let mut replicate = 0;
        c.bench_function(&format!("hypergeometric {population} {marked} {drawn}"), |b| {
            b.iter(|| {
                replicate += 1;
                let u = KEYS.uniform(replicate, site, 0, 0);
                hypergeometric::quantile(black_box(population), marked, drawn, u)
            });
        });
    }
}

/// Half a second each: a minute in all.
fn short() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(500))
}

criterion_group! { name = benches; config = short(); targets = uniforms, binomials, poissons, hypergeometrics }
criterion_main!(benches);
