//! The promises of the samplers: exact inversion, monotone draws, the same values for the same keys.

use proptest::prelude::*;
use rand::Rng;
use rand_distr::Distribution;
use repatria::internals::random::beta::{self, BetaShape};
use repatria::internals::random::{
    Keys, Site, Uniform, binomial, hypergeometric, negative_binomial, normal, poisson,
};

/// 2^64, the number of words.
const WORDS: f64 = 18_446_744_073_709_551_616.0;

/// How near to a step of the distribution function, relative to its smaller tail, a uniform has to be for the
/// answer on either side to be accepted.
const MARGIN: f64 = 1e-12;

/// A number as the unevaluated sum of two doubles: 32 digits, for references that owe nothing to the sampler.
#[derive(Clone, Copy)]
struct Double {
    high: f64,
    low: f64,
}

impl Double {
    fn sum_of(a: f64, b: f64) -> Self {
        let high = a + b;
        let part = high - a;
        Self { high, low: (a - (high - part)) + (b - part) }
    }

    fn product_of(a: f64, b: f64) -> Self {
        let split = |x: f64| {
            let scaled = 134_217_729.0 * x;
            let top = scaled - (scaled - x);
            (top, x - top)
        };
        let ((a1, a2), (b1, b2), high) = (split(a), split(b), a * b);
        Self { high, low: ((a1 * b1 - high) + a1 * b2 + a2 * b1) + a2 * b2 }
    }

    fn plus(self, other: Self) -> Self {
        let sum = Self::sum_of(self.high, other.high);
        Self::sum_of(sum.high, sum.low + self.low + other.low)
    }

    fn times(self, other: Self) -> Self {
        let product = Self::product_of(self.high, other.high);
        Self::sum_of(product.high, product.low + self.high * other.low + self.low * other.high)
    }

    fn over(self, other: Self) -> Self {
        let first = self.high / other.high;
        let back = other.times(Self::from(-first));
        let rest = self.plus(back);
        Self::sum_of(first, rest.high / other.high)
    }
}

impl From<f64> for Double {
    fn from(high: f64) -> Self {
        Self { high, low: 0.0 }
    }
}

/// A distribution function as both of its tails at each `k` from `first` on, wherever either matters to a
/// 64-bit uniform. Made of ratios of neighbouring probabilities, added up outside in and divided by their sum.
struct Reference {
    first: u64,
    at_most: Vec<f64>,
    more_than: Vec<f64>,
}

impl Reference {
    /// `ratio(k)` is the probability of `k` over that of `k - 1`.
    fn new(least: u64, mode: u64, most: u64, ratio: impl Fn(u64) -> Double) -> Self {
        let mut below = vec![];
        let (mut k, mut term) = (mode, Double::from(1.0));
        while k > least && term.high > 1e-45 {
            term = term.over(ratio(k));
            below.push(term);
            k -= 1;
        }
        let first = k;
        let mut terms: Vec<Double> = below.into_iter().rev().chain([Double::from(1.0)]).collect();
        let (mut k, mut term) = (mode, Double::from(1.0));
        while k < most && term.high > 1e-45 {
            k += 1;
            term = term.times(ratio(k));
            terms.push(term);
        }
        let running = |terms: &mut dyn Iterator<Item = &Double>| {
            let sums = terms.scan(Double::from(0.0), |sum, term| {
                *sum = sum.plus(*term);
                Some(*sum)
            });
            sums.collect::<Vec<_>>()
        };
        let lower = running(&mut terms.iter());
        let upper = running(&mut terms.iter().rev());
        let total = lower[lower.len() - 1];
        let at_most = lower.iter().map(|sum| sum.over(total).high).collect();
        let mut more_than: Vec<f64> = upper.iter().rev().skip(1).map(|sum| sum.over(total).high).collect();
        more_than.push(0.0);
        Self { first, at_most, more_than }
    }

    fn binomial(n: u64, p: f64) -> Self {
        let odds = Double::from(p).over(Double::sum_of(1.0, -p));
        let mode = ((n as f64 + 1.0) * p) as u64;
        Self::new(0, mode.min(n), n, |k| Double::from((n - k + 1) as f64).times(odds).over((k as f64).into()))
    }

    fn poisson(mean: f64) -> Self {
        Self::new(0, mean as u64, u64::MAX, |k| Double::from(mean).over((k as f64).into()))
    }

    fn hypergeometric(population: u64, marked: u64, drawn: u64) -> Self {
        let unmarked = population - marked;
        let (least, most) = (drawn.saturating_sub(unmarked), marked.min(drawn));
        let mode = u128::from(marked + 1) * u128::from(drawn + 1) / u128::from(population + 2);
        Self::new(least, (mode as u64).clamp(least, most), most, |k| {
            let above = Double::product_of((marked - k + 1) as f64, (drawn - k + 1) as f64);
            above.over(Double::product_of(k as f64, (unmarked + k - drawn) as f64))
        })
    }

    fn negative_binomial(mean: f64, dispersion: f64) -> Self {
        let over = Double::sum_of(dispersion, -1.0);
        let successes = Double::from(mean).over(over);
        let failure = over.over(dispersion.into());
        let mode = (mean - dispersion).max(0.0) as u64;
        Self::new(0, mode, u64::MAX, |k| {
            successes.plus((k as f64 - 1.0).into()).times(failure).over((k as f64).into())
        })
    }

    /// The last word that surely gives `first + i` or less, and the first that surely gives more.
    fn step(&self, i: usize) -> (Option<u64>, Option<u64>) {
        let down = |tail: f64| (tail * (1.0 - MARGIN) * WORDS - 0.5).floor();
        let up = |tail: f64| (tail * (1.0 + MARGIN) * WORDS - 0.5).ceil();
        let word = |x: f64| (x >= 0.0).then_some(x as u64);
        let (lower, upper) = (self.at_most[i], self.more_than[i]);
        if upper == 0.0 {
            (Some(u64::MAX), None)
        } else if lower <= upper {
            (word(down(lower)), word(up(lower)))
        } else {
            (word(up(upper)).map(|w| !w), word(down(upper)).map(|w| !w))
        }
    }

    /// Compares the quantile at both ends of the interval of words that belongs to each `stride`-th `k`.
    fn check(&self, name: &str, stride: usize, quantile: impl Fn(Uniform) -> u64) -> u32 {
        let mut checked = 0;
        for i in (0..self.at_most.len()).step_by(stride) {
            let from = if i == 0 { Some(0) } else { self.step(i - 1).1 };
            let (Some(from), Some(to)) = (from, self.step(i).0) else { continue };
            if from > to {
                continue;
            }
            for word in [from, to] {
                let k = self.first + i as u64;
                assert_eq!(quantile(Uniform(word)), k, "{name}: word {word:#x}");
                checked += 1;
            }
        }
        checked
    }
}

const TRIALS: [u64; 13] = [0, 1, 2, 3, 5, 10, 17, 50, 100, 1_000, 10_000, 100_000, 1_000_000];
const PROBABILITIES: [f64; 14] =
    [1e-9, 1e-6, 1e-4, 0.001, 0.01, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99, 0.999, 1.0 - 1e-6, 1.0 - 1e-9];

/// Every k that a 64-bit uniform can reach, for every pair up to a million trials.
#[test]
fn binomial_is_the_exact_inverse() {
    let mut checked = 0;
    for n in TRIALS {
        for p in PROBABILITIES {
            let reference = Reference::binomial(n, p);
            checked += reference.check(&format!("n = {n}, p = {p}"), 1, |u| binomial::quantile(n, p, u));
        }
    }
    assert!(checked > 90_000, "{checked}");
}

/// Ten million trials, at some 2,000 values of k spread over all that a 64-bit uniform can reach (9 standard
/// deviations on either side), and a billion, at some 300 values of k for fewer values of p.
#[test]
fn binomial_is_the_exact_inverse_for_huge_n() {
    for n in [10_000_000, 1_000_000_000] {
        for p in PROBABILITIES {
            if n > 10_000_000 && (1e-4..=1.0 - 1e-4).contains(&p) && p != 0.01 {
                continue;
            }
            let reference = Reference::binomial(n, p);
            let values = if n > 10_000_000 { 300 } else { 2_000 };
            let stride = reference.at_most.len() / values + 1;
            reference.check(&format!("n = {n}, p = {p}"), stride, |u| binomial::quantile(n, p, u));
        }
    }
}

#[test]
fn the_reference_agrees_with_the_incomplete_beta_function() {
    for (n, p) in [(10, 0.3), (1_000, 0.01), (100_000, 0.5), (1_000_000, 0.999)] {
        let reference = Reference::binomial(n, p);
        for i in (0..reference.at_most.len()).step_by(reference.at_most.len() / 7) {
            let k = reference.first + i as u64;
            let (lower, upper) = (reference.at_most[i], reference.more_than[i]);
            if k < n && lower.min(upper) > 1e-25 {
                let beta = statrs::function::beta::beta_reg((n - k) as f64, k as f64 + 1.0, 1.0 - p);
                assert!((lower - beta).abs() < 1e-8 * lower, "{n} {p} {k}: {lower} {beta}");
            }
        }
    }
}

#[test]
fn poisson_is_the_exact_inverse() {
    for mean in [1e-12, 1e-6, 0.01, 0.5, 1.0, 3.7, 11.9, 12.0, 12.1, 30.0, 100.0, 1e3, 1e4, 1e5, 1e6, 1e8] {
        let reference = Reference::poisson(mean);
        let stride = reference.at_most.len() / 1_000 + 1;
        reference.check(&format!("mean = {mean}"), stride, |u| poisson::quantile(mean, u));
    }
}

#[test]
fn negative_binomial_is_the_exact_inverse() {
    let mut checked = 0;
    for mean in [1e-9, 1e-3, 0.02, 0.5, 1.0, 3.7, 30.0, 250.0, 1e4] {
        for dispersion in [1.0625, 1.5, 2.0, 4.0, 64.0, 512.0] {
            let reference = Reference::negative_binomial(mean, dispersion);
            let stride = reference.at_most.len() / 100 + 1;
            let name = format!("mean = {mean}, dispersion = {dispersion}");
            checked += reference.check(&name, stride, |u| negative_binomial::quantile(mean, dispersion, u));
        }
    }
    assert!(checked > 3_000, "{checked}");
}

/// A second opinion on the distribution that the reference is made of.
#[test]
fn negative_binomial_agrees_with_statrs() {
    use statrs::distribution::{DiscreteCDF, NegativeBinomial};
    for (mean, dispersion) in
        [(0.3, 2.0), (3.0, 1.2), (30.0, 3.0), (30.0, 100.0), (2_000.0, 10.0), (1e5, 1.5)]
    {
        let known = NegativeBinomial::new(mean / (dispersion - 1.0), 1.0 / dispersion).unwrap();
        for thousandth in (1..1_000).step_by(7) {
            let u = f64::from(thousandth) / 1_000.0;
            let k = negative_binomial::quantile(mean, dispersion, Uniform((u * WORDS) as u64));
            assert!(known.cdf(k) > u - 1e-8, "{mean} {dispersion} {u}: {k}");
            assert!(k == 0 || known.cdf(k - 1) < u + 1e-8, "{mean} {dispersion} {u}: {k}");
        }
    }
}

#[test]
fn negative_binomial_grows_with_u_and_the_mean() {
    let mut random = Keys { seed: 5 }.stream(0, Site::of(&["negative binomial"]));
    for _ in 0..20_000 {
        let (mean, more) = (between(&mut random, 1e-3, 60.0), between(&mut random, 1e-6, 3.0));
        let dispersion = between(&mut random, 1.0, 20.0);
        let word = random.next_u64();
        let at = |mean: f64, word: u64| negative_binomial::quantile(mean, dispersion, Uniform(word));
        assert!(at(mean, word) <= at(mean + more, word), "{mean} {more} {dispersion} {word}");
        assert!(at(mean, word) <= at(mean, word.saturating_add(word >> 7)), "{mean} {dispersion} {word}");
    }
}

#[test]
fn hypergeometric_is_the_exact_inverse() {
    let urns = [
        (1_000, 10, 10),
        (1_000, 500, 500),
        (10_000, 9_000, 300),
        (100_000, 99_990, 50_000),
        (1_000_000, 1_000, 999_000),
        (1_000_000_000, 3, 500_000_000),
        (1_000_000_000, 1_000_000, 2_000),
        (1_000_000_000, 400_000_000, 100_000),
        (1_000_000_000, 999_999_000, 1_000_000),
    ];
    for (population, marked, drawn) in urns {
        let reference = Reference::hypergeometric(population, marked, drawn);
        let stride = reference.at_most.len() / 300 + 1;
        let name = format!("{drawn} of {population}, {marked} marked");
        reference.check(&name, stride, |u| hypergeometric::quantile(population, marked, drawn, u));
    }
}

/// A word whose magnitude, or that of its distance from the top, is spread over all 64 powers of 2.
fn word_in_a_tail(random: &mut impl Rng) -> u64 {
    let word = random.next_u64() >> (random.next_u32() % 64);
    if random.next_u32().is_multiple_of(2) { word } else { !word }
}

fn between(random: &mut impl Rng, low: f64, high: f64) -> f64 {
    let share = random.next_u64() as f64 / WORDS;
    low * libm::pow(high / low, share)
}

/// One uniform in four is in a tail, down to 2^-64.
#[test]
fn the_fast_paths_equal_the_exact_search_a_million_times() {
    let mut random = Keys { seed: 99 }.stream(0, Site::of(&["equality"]));
    for i in 0..1_000_000u32 {
        let largest = if i % 100 == 0 { 1e6 } else { 1e4 };
        let n = between(&mut random, 1.0, largest) as u64;
        let p = if i % 3 == 0 { between(&mut random, 1e-6, 1.0) } else { random.next_u64() as f64 / WORDS };
        let u = Uniform(if i % 4 == 0 { word_in_a_tail(&mut random) } else { random.next_u64() });
        let (fast, slow) = (binomial::quantile(n, p, u), binomial::quantile_by_search(n, p, u));
        assert_eq!(fast, slow, "n = {n}, p = {p}, {u:x?}");
    }
    for i in 0..100_000u32 {
        let mean = between(&mut random, 0.1, 1e4);
        let u = Uniform(if i % 4 == 0 { word_in_a_tail(&mut random) } else { random.next_u64() });
        assert_eq!(poisson::quantile(mean, u), poisson::quantile_by_search(mean, u), "{mean}, {u:x?}");
    }
}

/// Any word, the tails and the neighbourhood of 1/2 being as likely as the middle.
fn any_uniform() -> impl Strategy<Value = Uniform> {
    prop_oneof![
        any::<u64>(),
        (any::<u64>(), 0u32..64).prop_map(|(word, shift)| word >> shift),
        (any::<u64>(), 0u32..64).prop_map(|(word, shift)| !(word >> shift)),
        (any::<u64>(), 1u32..64).prop_map(|(word, shift)| (1 << 63) ^ (word >> shift)),
    ]
    .prop_map(Uniform)
}

fn any_trials() -> impl Strategy<Value = u64> {
    prop_oneof![0u64..40, 0u64..3_000, 0u64..1_000_000]
}

fn any_probability() -> impl Strategy<Value = f64> {
    prop_oneof![0.0..=1.0, 0.0..1e-3, 0.49..0.51, Just(0.5), Just(0.0), Just(1.0)]
}

fn any_urn() -> impl Strategy<Value = (u64, u64, u64)> {
    prop_oneof![1u64..60, 1u64..100_000].prop_flat_map(|all| (Just(all), 0..=all, 0..=all))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn binomial_grows_with_the_uniform(n in any_trials(), p in any_probability(), u in any_uniform(), v in any_uniform()) {
        let (least, most) = (u.min(v), u.max(v));
        let (few, many) = (binomial::quantile(n, p, least), binomial::quantile(n, p, most));
        prop_assert!(few <= many && many <= n);
        prop_assert!(binomial::quantile(n, p, Uniform(least.0.saturating_add(1))) >= few);
    }

    #[test]
    fn binomial_grows_with_n(n in any_trials(), more in 0u64..5_000, p in any_probability(), u in any_uniform()) {
        let k = binomial::quantile(n, p, u);
        prop_assert!(k <= binomial::quantile(n + 1, p, u));
        prop_assert!(k <= binomial::quantile(n + more, p, u));
        // An added trial adds at most one success.
        prop_assert!(binomial::quantile(n + 1, p, u) <= k + 1);
    }

    #[test]
    fn binomial_grows_with_p(n in any_trials(), p in any_probability(), more in 0.0..0.1, u in any_uniform()) {
        let k = binomial::quantile(n, p, u);
        for above in [p.next_up(), p + 1e-9, p * (1.0 + more), p + more] {
            prop_assert!(k <= binomial::quantile(n, above.min(1.0), u));
        }
    }

    #[test]
    fn poisson_grows_with_uniform_and_mean(mean in 0.0..20_000.0, more in 0.0..30.0, u in any_uniform(), v in any_uniform()) {
        for mean in [mean, mean / 1_000.0] {
            prop_assert!(poisson::quantile(mean, u.min(v)) <= poisson::quantile(mean, u.max(v)));
            prop_assert!(poisson::quantile(mean, u) <= poisson::quantile(mean + more, u));
            prop_assert!(poisson::quantile(mean, u) <= poisson::quantile(mean.next_up(), u));
        }
    }

    #[test]
    fn hypergeometric_grows_with_the_uniform_inside_its_support((all, marked, drawn) in any_urn(), u in any_uniform(), v in any_uniform()) {
        let few = hypergeometric::quantile(all, marked, drawn, u.min(v));
        let many = hypergeometric::quantile(all, marked, drawn, u.max(v));
        prop_assert!(few <= many);
        prop_assert!((drawn + marked).saturating_sub(all) <= few && many <= marked.min(drawn));
    }

    /// All the subsets counted, and compared with the word in integers.
    #[test]
    fn hypergeometric_counts_small_cases(all in 1u64..40, marked in 0u64..40, drawn in 0u64..40, u in any_uniform()) {
        let (marked, drawn) = (marked.min(all), drawn.min(all));
        let choose = |n: u64, k: u64| (0..k).fold(1u128, |c, i| c * u128::from(n - i) / u128::from(i + 1));
        // cumulated / total >= (w + 1/2) / 2^64
        let reached = (u128::from(u.0) * 2 + 1) * choose(all, drawn);
        let mut cumulated = 0;
        let mut k = (drawn + marked).saturating_sub(all);
        loop {
            cumulated += (choose(marked, k) * choose(all - marked, drawn - k)) << 65;
            // Nearer than the precision of the sampler, either answer will do.
            prop_assume!(cumulated.abs_diff(reached) > reached >> 45);
            if cumulated >= reached {
                break;
            }
            k += 1;
        }
        prop_assert_eq!(hypergeometric::quantile(all, marked, drawn, u), k);
    }

    #[test]
    fn beta_grows_with_the_uniform(a in 0.05..200.0, b in 0.05..200.0, u in any_uniform(), v in any_uniform()) {
        let (low, high) = (beta::quantile(a, b, u.min(v)), beta::quantile(a, b, u.max(v)));
        prop_assert!(low <= high * (1.0 + 1e-12), "{} {}", low, high);
        prop_assert!((0.0..=1.0).contains(&low) && (0.0..=1.0).contains(&high));
    }
}

/// Two samples of 100,000, one ours by key and one of rand_distr, compared over the counts common in both.
#[test]
fn keyed_draws_look_like_those_of_rand_distr() {
    const DRAWS: u32 = 100_000;
    let keys = Keys { seed: 4 };
    for (n, p) in [(3, 0.4), (20, 0.05), (100, 0.5), (500, 0.97), (2_000, 0.02)] {
        let site = Site::of(&["chi square", &n.to_string()]);
        let mut stream = keys.stream(0, site);
        let theirs = rand_distr::Binomial::new(n, p).unwrap();
        let mut counts = vec![[0.0f64; 2]; n as usize + 1];
        let (mut sum, mut squares) = (0.0, 0.0);
        for replicate in 0..u64::from(DRAWS) {
            let step = (replicate % 100) as u32;
            let k = binomial::quantile(n, p, keys.uniform(replicate / 100, site, step, 3));
            counts[k as usize][0] += 1.0;
            counts[theirs.sample(&mut stream) as usize][1] += 1.0;
            sum += k as f64;
            squares += (k * k) as f64;
        }
        let draws = f64::from(DRAWS);
        let (mean, variance) = (n as f64 * p, n as f64 * p * (1.0 - p));
        let found = sum / draws;
        assert!((found - mean).abs() < 4.0 * (variance / draws).sqrt(), "{n} {p}: mean {found}");
        let spread = squares / draws - found * found;
        assert!((spread / variance - 1.0).abs() < 0.025, "{n} {p}: variance {spread}");
        let common: Vec<_> = counts.iter().filter(|[a, b]| a + b >= 40.0).collect();
        let chi_square: f64 = common.iter().map(|[a, b]| (a - b) * (a - b) / (a + b)).sum();
        let freedom = common.len() as f64;
        assert!(
            chi_square < freedom + 4.0 * (2.0 * freedom).sqrt() + 4.0,
            "{n} {p}: {chi_square} of {freedom}"
        );
    }
}

#[test]
fn extreme_parameters_have_their_obvious_answers() {
    for u in [Uniform(0), Uniform(1 << 63), Uniform(u64::MAX)] {
        assert_eq!(binomial::quantile(0, 0.3, u), 0);
        assert_eq!(binomial::quantile(7, 0.0, u), 0);
        assert_eq!(binomial::quantile(7, 1.0, u), 7);
        assert_eq!(binomial::quantile(1_000_000_000, 0.0, u), 0);
        assert_eq!(binomial::quantile(1_000_000_000, 1.0, u), 1_000_000_000);
        assert_eq!(binomial::quantile(1_000_000_000, f64::MIN_POSITIVE, u), 0);
        assert_eq!(poisson::quantile(0.0, u), 0);
        assert_eq!(hypergeometric::quantile(9, 9, 4, u), 4);
        assert_eq!(hypergeometric::quantile(9, 0, 4, u), 0);
        assert_eq!(hypergeometric::quantile(0, 0, 0, u), 0);
    }
}

#[test]
#[expect(clippy::excessive_precision, reason = "more digits than a double holds, so that it is the nearest")]
fn normal_quantile_inverts_the_normal_distribution() {
    // From 60-digit arithmetic.
    for (word, deviate) in [
        (0, -9.155293772686072546),
        (0x1fff_ffff_ffff, -4.6212310014992501043),
        (0x1333_3333_3333_3333, -1.4395314709384559152),
        (0x4ccc_cccc_cccc_cccc, -0.52440051270804078409),
    ] {
        let w = normal::quantile(Uniform(word));
        assert!((w / deviate - 1.0).abs() < 1e-15, "{word:#x}: {w}");
    }
    for i in 1..400 {
        let u = Uniform((i as f64 / 400.0 * WORDS) as u64);
        let back = 0.5 * statrs::function::erf::erfc(-normal::quantile(u) / 2f64.sqrt());
        assert!((back - u.lower()).abs() < 1e-10, "{i}: {back}");
        assert_eq!(normal::quantile(u.mirrored()), -normal::quantile(u));
    }
}

#[test]
#[expect(clippy::excessive_precision, reason = "more digits than a double holds, so that it is the nearest")]
fn beta_quantile_inverts_the_beta_distribution() {
    for (a, b) in
        [(0.5, 0.5), (1.0, 1.0), (2.0, 5.0), (0.3, 12.0), (80.0, 3.0), (400.0, 600.0), (9_000.0, 20.0)]
    {
        for i in 1..100 {
            let u = Uniform((i as f64 / 100.0 * WORDS) as u64);
            let x = beta::quantile(a, b, u);
            let back = statrs::function::beta::beta_reg(a, b, x);
            assert!((back - u.lower()).abs() < 1e-10, "{a} {b} {i}: {x} {back}");
        }
    }
    // From 40-digit arithmetic.
    for (a, b, word, quantile) in [
        (0.5, 0.5, 0, 1.8127600341142698921e-39),
        (2.0, 5.0, 0x100_0000_0000, 6.3042137245503432514e-5),
        (2.0, 5.0, 0x4000_0000_0000_0000, 0.16116291679032652322),
        (0.25, 3.0, 0x4_0000_0000_0000, 3.5487066552944679747e-18),
        (30.0, 70.0, 1, 0.035907393358648517321),
        (30.0, 70.0, 0xf000_0000_0000_0000, 0.37181159553069014682),
        (1_000.0, 200_000.0, 0x2b_dc54_5d6b_4b87, 0.0044869487945677578959),
    ] {
        let x = beta::quantile(a, b, Uniform(word));
        assert!((x / quantile - 1.0).abs() < 2e-13, "{a} {b} {word:#x}: {x}");
    }
}

/// Shapes above 1e9 take an expansion: it meets the fraction there, and is normal far above.
#[test]
fn a_narrow_beta_is_nearly_normal() {
    let deviation = |a: f64, b: f64, u: f64| {
        let n = a + b;
        (beta::quantile(a, b, Uniform((u * WORDS) as u64)) - a / n) / (a / n * (b / n) / (n + 1.0)).sqrt()
    };
    for u in [1e-15, 1e-6, 0.1, 0.4, 0.9, 1.0 - 1e-6] {
        for (a, b) in [(1.0, 1.0), (1.0, 9.0), (1e4, 1.0)] {
            let (below, above) = (deviation(a * 1e9, b * 1e9, u), deviation(a * 1.0001e9, b * 1.0001e9, u));
            assert!((below - above).abs() < 1e-7, "{a} {b} {u}: {below} {above}");
        }
        let w = normal::quantile(Uniform((u * WORDS) as u64));
        assert!((deviation(1e18, 1e18, u) - w).abs() < 1e-6, "{u}");
    }
}

#[test]
fn beta_shape_has_the_mean_and_deviation_asked_for() {
    for (mean, sd) in [(0.1, 0.05), (0.5, 0.4), (0.97, 0.01), (1e-4, 1e-5)] {
        let BetaShape { a, b } = BetaShape::from_mean_sd(mean, sd).unwrap();
        let n = a + b;
        assert!((a / n - mean).abs() < 1e-14);
        assert!(((a * b / (n * n * (n + 1.0))).sqrt() / sd - 1.0).abs() < 1e-10);
    }
    for (mean, sd) in
        [(0.0, 0.1), (1.0, 0.1), (-0.1, 0.1), (0.5, 0.0), (0.5, -0.1), (0.5, 0.5), (0.5, f64::NAN)]
    {
        assert_eq!(BetaShape::from_mean_sd(mean, sd), None, "{mean} {sd}");
    }
}

/// Numbers that published runs rest on: a change here is a change of every result.
#[test]
fn the_same_keys_give_the_same_values() {
    let keys = Keys { seed: 2026 };
    let site = Site::of(&["moves", "death", "river_camp/local/men"]);
    assert_eq!(site.bits(), 0x52ba_0f43_b23f_beb5);
    let words = [0, 1, 2].map(|ordinal| keys.uniform(5, site, 17, ordinal).0);
    assert_eq!(words, [0xdb20_460e_6ec0_665e, 0x3f17_f7c3_b534_d608, 0x1b83_7f0a_7b87_6827]);
    assert_eq!(keys.uniform(1 << 40, site, 17, 0).0, 0x7c8f_0e31_9dec_f83d);
    let mut stream = keys.stream(5, site);
    let words = [stream.next_u64(), stream.next_u64(), stream.next_u64()];
    assert_eq!(words, [0x186d_edf0_0e7f_5db6, 0x312d_be57_9025_6d24, 0xfbc6_7cfa_fd36_ff51]);
    let draws = |quantile: &dyn Fn(Uniform) -> u64| {
        [0, 1, 2, 3, 4, 5].map(|replicate| quantile(keys.uniform(replicate, site, 0, 0)))
    };
    assert_eq!(draws(&|u| binomial::quantile(1_000, 0.004, u)), [1, 7, 3, 1, 4, 5]);
    assert_eq!(
        draws(&|u| binomial::quantile(1_000_000, 0.7, u)),
        [699_267, 700_657, 699_914, 699_047, 700_020, 700_187]
    );
    assert_eq!(draws(&|u| poisson::quantile(2.5, u)), [0, 5, 2, 0, 2, 3]);
    assert_eq!(draws(&|u| poisson::quantile(2_500.0, u)), [2_420, 2_572, 2_490, 2_397, 2_502, 2_520]);
    assert_eq!(draws(&|u| hypergeometric::quantile(5_000, 1_200, 300, u)), [61, 82, 71, 57, 72, 75]);
    let u = keys.uniform(0, site, 0, 0);
    assert_eq!(normal::quantile(u), -1.5992713027993732);
    assert_eq!(beta::quantile(2.0, 5.0, u), 0.06614309794261557);
}
