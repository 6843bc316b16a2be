//! Nanoseconds per draw, the uniform included, beside rand_distr's rejection samplers.

use std::hint::black_box;

use criterion::{Criterion, criterion_group, criterion_main};
use rand_distr::Distribution;
use repatria::random::{Keys, Site, binomial, hypergeometric, poisson};

const KEYS: Keys = Keys { seed: 1 };

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
    for (n, p) in [(500, 0.001), (500, 0.01), (2_000, 0.01), (2_000, 0.1), (50_000, 0.1)] {
        let mut group = c.benchmark_group(format!("binomial n p = {}", n as f64 * p));
        let mut replicate = 0;
        group.bench_function("inversion", |b| {
            b.iter(|| {
                replicate += 1;
                binomial::quantile(black_box(n), black_box(p), KEYS.uniform(replicate, site, 0, 0))
            });
        });
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
    for mean in [0.5, 5.0, 20.0, 200.0, 5_000.0] {
        let mut group = c.benchmark_group(format!("poisson {mean}"));
        let mut replicate = 0;
        group.bench_function("inversion", |b| {
            b.iter(|| {
                replicate += 1;
                poisson::quantile(black_box(mean), KEYS.uniform(replicate, site, 0, 0))
            });
        });
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

criterion_group!(benches, uniforms, binomials, poissons, hypergeometrics);
criterion_main!(benches);
