//! Nanoseconds a draw: one by one, the uniform included, and in rows of 64 replicates, beside rand_distr's rejection samplers.

use std::hint::black_box;
use std::time::Duration;

use criterion::measurement::{Measurement, WallTime};
use criterion::{BenchmarkGroup, Criterion, criterion_group, criterion_main};
use rand_distr::Distribution;
use repatria::internals::ensemble::Histogram;
use repatria::internals::random::lanes::InstructionLevel;
use repatria::internals::random::{Keys, Site, binomial, hypergeometric, poisson};

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
fn rows(group: &mut BenchmarkGroup<'_, WallTime>, draw: impl Fn(InstructionLevel, &[u64], &mut [f64])) {
    let words = words(256);
    for level in InstructionLevel::all() {
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

/// The rows of a step of camp12: of each of 12 cells those who are there from its start and those who enter within it, and the
/// probability of each of three ways out.
fn camp12() -> Vec<([f64; 2], f64)> {
    // Half-way through its ten years, where most cells are near their equilibrium.
    let there = [5720.0, 2180.0, 1180.0, 720.0, 7440.0, 1990.0, 520.0, 190.0, 4390.0, 1180.0, 260.0, 60.0];
    let entering = [42.0, 26.0, 21.0, 20.0, 29.0, 11.0, 6.0, 4.0, 37.0, 10.0, 3.0, 1.0];
    let release = [0.010, 0.015, 0.020, 0.030];
    (0..12)
        .flat_map(|cell| [0.0008, release[cell % 4], 0.005].map(|p| ([there[cell], entering[cell]], p)))
        .collect()
}

/// A draw with all that belongs to it: its random word, the inversion and the count in a tally. The numbers of people differ from lane
/// to lane, as they do after some steps.
fn whole_draws(c: &mut Criterion) {
    const WIDE: usize = 256;
    let site = Site::of(&["bench"]);
    let sites: Vec<Site> = (0..36).map(|row| site.at(row)).collect();
    let spread =
        |n: f64, lane: usize| (n + n.sqrt() * ((lane * 37 % 101) as f64 / 50.0 - 1.0)).round().max(0.0);
    let rows: Vec<[(Vec<f64>, Vec<f64>); 2]> = camp12()
        .into_iter()
        .map(|(people, p)| {
            [(people[0], p), (people[1], p / 2.0)].map(|(n, p)| {
                let of_each = |lane: usize| p * (1.0 + 0.002 * (lane % 17) as f64);
                ((0..WIDE).map(|lane| spread(n, lane)).collect(), (0..WIDE).map(of_each).collect())
            })
        })
        .collect();
    let mut group = c.benchmark_group("camp12's mix, word and tally included");
    for level in InstructionLevel::all() {
        for (name, lanes) in [("one p a row", 1), ("a p a lane", WIDE)] {
            let (mut even, mut odd, mut met) = ([0; WIDE], [0; WIDE], [0.0; WIDE]);
            let mut tallies = vec![[Histogram::default(), Histogram::default()]; rows.len()];
            group.bench_function(format!("{name}, {}", level.name()), |b| {
                b.iter_custom(|draws| {
                    let a_step = 2 * rows.len() as u64 * WIDE as u64;
                    let steps = draws.div_ceil(a_step);
                    let start = WallTime.start();
                    for step in 0..steps {
                        for ((row, site), tallies) in rows.iter().zip(&sites).zip(&mut tallies) {
                            KEYS.pairs(level, 0, *site, step as u32 % 1_000_000, 0, &mut even, &mut odd);
                            for (((n, p), words), tally) in row.iter().zip([&even, &odd]).zip(tallies) {
                                level.binomials(n, &p[..lanes], words, &mut met);
                                tally.add(level, &met);
                            }
                        }
                    }
                    WallTime.end(start).mul_f64(draws as f64 / (steps * a_step) as f64)
                });
            });
        }
    }
    group.finish();
}

/// Half a second each: a minute in all.
fn short() -> Criterion {
    Criterion::default()
        .sample_size(20)
        .warm_up_time(Duration::from_millis(200))
        .measurement_time(Duration::from_millis(500))
}

criterion_group! { name = benches; config = short(); targets = uniforms, binomials, poissons, hypergeometrics, whole_draws }
criterion_main!(benches);
