//! Property: the error of any quantile is below a hundredth of p95 - p05, whatever the size of the stock.

use repatria::internals::ensemble::summary::{QUANTILES, Spread};
use repatria::internals::ensemble::{Unwatched, simulate};

use crate::support::{at, program};

/// People of whom a part leaves in a month.
fn stock(people: u64, part: f64) -> String {
    format!(
        "title = \"A stock\"\nstart = \"2025-01\"\nhorizon = \"1 month\"\nstep = \"month\"\n[places.camp]\nkind = \"camp\"\npeople = [{{ count = {people} }}]\n\
         [places.home]\nkind = \"community\"\n[moves.leave]\nfrom = \"camp\"\nto = \"home\"\nrate = {{ monthly_probability = {part} }}\n"
    )
}

/// The smallest values that at least these shares of some numbers do not exceed.
fn of_sorted(sorted: &[f64]) -> [f64; 5] {
    QUANTILES.map(|share| sorted[(share * sorted.len() as f64).ceil() as usize - 1])
}

/// The smallest k with P(X <= k) >= share, of a binomial number.
fn of_binomial(n: u64, p: f64) -> [f64; 5] {
    use statrs::distribution::{Binomial, DiscreteCDF};
    let binomial = Binomial::new(p, n).unwrap();
    QUANTILES.map(|share| {
        let (mut low, mut high) = (0, n);
        while low < high {
            let middle = (low + high) / 2;
            if binomial.cdf(middle) >= share { high = middle } else { low = middle + 1 }
        }
        low as f64
    })
}

fn spread(text: &str, replicates: std::ops::Range<u64>, threads: usize) -> Spread {
    at(&simulate(&program(text), 1, replicates, threads, &Unwatched).unwrap(), 0).points[1].spread.unwrap()
}

const SIZES: [u64; 8] = [10, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

#[test]
fn quantiles_are_those_of_the_replicates() {
    for people in SIZES {
        for part in [0.01, 0.3] {
            let text = stock(people, part);
            let program = program(&text);
            let one = |replicate| {
                at(&simulate(&program, 1, replicate..replicate + 1, 1, &Unwatched).unwrap(), 0).points[1].mean
            };
            let mut alone: Vec<f64> = (0..500).map(one).collect();
            alone.sort_by(f64::total_cmp);
            let known = of_sorted(&alone);
            let found = spread(&text, 0..500, 2).quantiles;
            println!("{people} people, {part}: {found:?} for {known:?}");
            for (found, known) in found.iter().zip(known) {
                assert!(
                    (found - known).abs() <= 0.01 * (of_sorted(&alone)[4] - of_sorted(&alone)[0]),
                    "{people} people, {part}: {found} for {known}"
                );
            }
        }
    }
}

#[test]
fn quantiles_are_those_of_the_binomial() {
    let replicates = 10_000;
    for people in SIZES {
        for part in [0.01, 0.3] {
            let known = of_binomial(people, 1.0 - part);
            let found = spread(&stock(people, part), 0..replicates, 2).quantiles;
            let sd = (people as f64 * part * (1.0 - part)).sqrt();
            for ((found, known), error) in found.iter().zip(known).zip([2.11, 1.36, 1.25, 1.36, 2.11]) {
                // Numbers of people are whole: chance may make one more or fewer.
                let noise = 4.5 * error * sd / (replicates as f64).sqrt() + 1.0;
                assert!(
                    (found - known).abs() <= 0.01 * 3.29 * sd + noise,
                    "{people} people, {part}: {found} for {known}, sd {sd}"
                );
            }
        }
    }
}

#[test]
fn a_split_of_the_replicates_does_not_move_them() {
    let text = stock(1_000_000, 0.3);
    let (one, four) = (spread(&text, 0..1_000, 1), spread(&text, 0..1_000, 4));
    assert_eq!(one.quantiles, four.quantiles);
}
