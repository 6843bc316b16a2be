//! The promises of draws in rows: the same integers as one by one and as the slow search, at every level of instructions,
//! and the distributions that they say.

use rand::{Rng, RngExt};
use repatria::internals::random::lanes::InstructionLevel;
use repatria::internals::random::{Keys, Site, Uniform, binomial, poisson};

/// Rows of this many lanes: whole vectors, and some lanes that are left over.
const LANES: usize = 75;

/// A word whose uniform lies at any distance from 0 or from 1, each power of two as often as the next.
fn word_in_a_tail(random: &mut impl Rng) -> u64 {
    let word = random.next_u64() >> random.random_range(0..50);
    if random.random() { word } else { !word }
}

/// `low` to `high`, each order of magnitude as often as the next.
fn between(random: &mut impl Rng, low: f64, high: f64) -> f64 {
    libm::exp(libm::log(low) + random.random::<f64>() * libm::log(high / low))
}

/// Of one row: trials, probabilities (one for all lanes or one for each) and words.
struct Row {
    n: Vec<f64>,
    p: Vec<f64>,
    words: Vec<u64>,
}

impl Row {
    /// Any row whose variances are below about `most`, with trials up to 1e9.
    fn any(random: &mut impl Rng, most: f64) -> Row {
        let each = random.random();
        let rare = between(random, 1e-9, 0.5);
        let largest = (most / rare).clamp(1.0, 1e9);
        // A row has trials of one size, or of all: the sizes decide which way a vector goes.
        let size = between(random, 0.5, largest);
        let alike = random.random();
        let n = |random: &mut _| {
            if alike {
                size * (1.0 + 0.1 * between(random, 0.01, 1.0))
            } else {
                between(random, 0.5, largest)
            }
        };
        let mirrored: bool = random.random();
        let p = |random: &mut _| {
            let p: f64 = if each { rare * between(random, 0.3, 1.0) } else { rare };
            if mirrored { 1.0 - p } else { p }
        };
        let tails: bool = random.random();
        Row {
            n: (0..LANES).map(|_| n(random).floor()).collect(),
            p: (0..if each { LANES } else { 1 }).map(|_| p(random)).collect(),
            words: (0..LANES)
                .map(|_| if tails { word_in_a_tail(random) } else { random.next_u64() })
                .collect(),
        }
    }

    fn probability(&self, lane: usize) -> f64 {
        if self.p.len() == 1 { self.p[0] } else { self.p[lane] }
    }

    /// What every level draws, which is the same.
    fn drawn(&self) -> Vec<f64> {
        let mut met = vec![f64::NAN; LANES];
        let mut first = None;
        for level in InstructionLevel::all() {
            level.binomials(&self.n, &self.p, &self.words, &mut met);
            let first = first.get_or_insert_with(|| met.clone());
            assert_eq!(*first, met, "{level:?}: {:?} {:?}", self.n, self.p);
        }
        met
    }
}

/// Draws `draws` numbers at every level and compares each with the slow search.
fn compare(seed: u64, draws: usize, most: f64) {
    let mut random = Keys { seed }.stream(0, Site::of(&["lanes"]));
    for _ in 0..draws / LANES {
        let row = Row::any(&mut random, most);
        for (lane, drawn) in row.drawn().into_iter().enumerate() {
            let (n, p, u) = (row.n[lane] as u64, row.probability(lane), Uniform(row.words[lane]));
            assert_eq!(drawn as u64, binomial::quantile_by_search(n, p, u), "n = {n}, p = {p}, {u:?}");
        }
    }
}

/// Ten million in all, in parts so that they run side by side.
#[test]
fn small_counts_equal_the_slow_search() {
    compare(1, 3_500_000, 6.0);
}

#[test]
fn middling_counts_equal_the_slow_search() {
    compare(2, 3_500_000, 30.0);
}

#[test]
fn counts_equal_the_slow_search() {
    compare(3, 3_000_000, 2000.0);
}

#[test]
fn large_counts_equal_the_slow_search() {
    compare(4, 30_000, 2.5e8);
}

#[test]
fn poisson_rows_equal_the_slow_search() {
    let mut random = Keys { seed: 5 }.stream(0, Site::of(&["lanes"]));
    for _ in 0..1_000_000 / LANES {
        let size = between(&mut random, 1e-6, 1e4);
        let shared = random.random();
        let mean: Vec<f64> =
            (0..if shared { 1 } else { LANES }).map(|_| size * between(&mut random, 0.5, 2.0)).collect();
        let words: Vec<u64> = (0..LANES).map(|_| word_in_a_tail(&mut random)).collect();
        let mut counts = vec![f64::NAN; LANES];
        for level in InstructionLevel::all() {
            level.poissons(&mean, &words, &mut counts);
            for (lane, count) in counts.iter().enumerate() {
                let mean = if shared { mean[0] } else { mean[lane] };
                let slow = poisson::quantile_by_search(mean, Uniform(words[lane]));
                assert_eq!(*count as u64, slow, "{level:?}: mean {mean}, word {}", words[lane]);
            }
        }
    }
}

#[test]
fn rows_grow_with_the_uniform_and_with_the_probability() {
    let mut random = Keys { seed: 6 }.stream(0, Site::of(&["lanes"]));
    for _ in 0..20_000 {
        let mut row = Row::any(&mut random, 1e4);
        let n = row.n[0];
        row.n.fill(n);
        if row.p.len() == 1 {
            row.words.sort_unstable();
        } else {
            row.p.sort_by(f64::total_cmp);
            let word = row.words[0];
            row.words.fill(word);
        }
        let drawn = row.drawn();
        assert!(drawn.is_sorted(), "{n} {:?}: {drawn:?}", row.p);
    }
}

#[test]
fn what_can_only_come_out_one_way_does() {
    let n: Vec<f64> = (0..LANES).map(|lane| (lane % 5) as f64 * 1e5).collect();
    let words = [0, u64::MAX].repeat(LANES);
    let mut met = vec![f64::NAN; LANES];
    for level in InstructionLevel::all() {
        for (p, all) in [(0.0, 0.0), (1.0, 1.0), (f64::NAN, 0.0)] {
            for p in [vec![p], vec![p; LANES]] {
                if p[0].is_nan() && p.len() > 1 && cfg!(debug_assertions) {
                    continue; // A caller's error, which debug builds stop at.
                }
                level.binomials(&n, &p, &words[..LANES], &mut met);
                let expected: Vec<f64> = n.iter().map(|n| n * all).collect();
                assert_eq!(met, expected, "{level:?} {p:?}");
            }
        }
        level.binomials(&[0.0; LANES], &[0.3], &words[..LANES], &mut met);
        assert_eq!(met, [0.0; LANES]);
        level.poissons(&[0.0], &words[..LANES], &mut met);
        assert_eq!(met, [0.0; LANES]);
    }
}

#[test]
fn departing_is_drawing_and_moving() {
    let mut random = Keys { seed: 7 }.stream(0, Site::of(&["lanes"]));
    for draw in 0..6_000 {
        // Rows of any length, so that the last vector is full, or holds any number of lanes.
        let (row, lanes) = (Row::any(&mut random, 300.0), 1 + draw % LANES);
        let (n, words) = (&row.n[..lanes], &row.words[..lanes]);
        let p = &row.p[..lanes.min(row.p.len())];
        for level in InstructionLevel::all() {
            let mut met = vec![f64::NAN; lanes];
            level.binomials(n, p, words, &mut met);
            let (mut left, mut counted, mut there) = (n.to_vec(), vec![3.0; lanes], vec![5.0; lanes]);
            level.depart(p, words, &mut left, &mut counted, &mut there);
            for lane in 0..lanes {
                let one =
                    binomial::quantile(n[lane] as u64, row.probability(lane), Uniform(words[lane])) as f64;
                assert_eq!(met[lane], one, "{level:?}, lane {lane} of {lanes}");
                let found = [left[lane], counted[lane], there[lane]];
                assert_eq!(found, [n[lane] - one, 3.0 + one, 5.0 + one], "{level:?}, lane {lane} of {lanes}");
            }
        }
    }
}

/// Draws of `n` and `p` at keyed words, by each level.
fn keyed(level: InstructionLevel, n: f64, p: f64, draws: u64) -> Vec<f64> {
    let keys = Keys { seed: 99 };
    let site = Site::of(&["chi-square", &n.to_string(), &p.to_string()]);
    let (mut even, mut odd, mut met) = (vec![0; LANES], vec![0; LANES], vec![0.0; LANES]);
    let mut all = Vec::new();
    for first in (0..draws).step_by(LANES) {
        keys.pairs(level, first, site, 0, 0, &mut even, &mut odd);
        level.binomials(&vec![n; LANES], &[p], &even, &mut met);
        all.extend_from_slice(&met);
    }
    all
}

#[test]
fn draws_have_the_binomial_distribution() {
    use statrs::distribution::{Binomial, DiscreteCDF};
    const DRAWS: u64 = 60_000;
    // Two by comparison, walks, the border, expansions, mirrored ones, and the largest that are counted.
    let grid = [
        (1.0, 0.3),
        (2.0, 0.02),
        (2.0, 0.9),
        (20.0, 0.008),
        (50.0, 0.03),
        (700.0, 0.008),
        (1e9, 4e-9),
        (378.0, 0.0162),
        (60.0, 0.4),
        (300.0, 0.63),
        (5000.0, 0.0158),
        (1e6, 0.5),
        (1e9, 1e-7),
        (1e9, 0.37),
        (1e7, 0.999),
    ];
    for (n, p) in grid {
        let reference = Binomial::new(p, n as u64).unwrap();
        let (mean, sd) = (n * p, (n * p * (1.0 - p)).sqrt());
        // Bins between counts that are some standard deviations from the mean.
        let mut edges: Vec<u64> =
            (-9..10).map(|i| (mean + 0.25 * sd * f64::from(i)).max(0.0) as u64).collect();
        edges.dedup();
        for level in InstructionLevel::all() {
            let drawn = keyed(level, n, p, DRAWS);
            let count = drawn.len() as f64;
            let (mut chi_square, mut below, mut passed, mut bins) = (0.0, 0.0, 0.0, 0);
            for edge in edges.iter().map(|edge| Some(*edge)).chain([None]) {
                let up_to = edge.map_or(1.0, |edge| reference.cdf(edge));
                let found =
                    drawn.iter().filter(|k| edge.is_none_or(|edge| **k <= edge as f64)).count() as f64;
                let expected = count * (up_to - below);
                if expected > 5.0 {
                    chi_square += (found - passed - expected).powi(2) / expected;
                    bins += 1;
                    (below, passed) = (up_to, found);
                }
            }
            let freedom = f64::from(bins - 1);
            // Five standard deviations of a chi-square: fixed keys, so this holds or it does not.
            assert!(
                chi_square < freedom + 5.0 * (2.0 * freedom).sqrt() + 5.0,
                "{level:?} {n} {p}: {chi_square} of {freedom}"
            );
            let found = drawn.iter().sum::<f64>() / count;
            assert!(
                (found - mean).abs() < 4.5 * sd / count.sqrt(),
                "{level:?} {n} {p}: mean {found}, not {mean}"
            );
            let variance = drawn.iter().map(|k| (k - mean).powi(2)).sum::<f64>() / count;
            // The variance of a squared deviation is (kurtosis - 1) sd^4.
            let kurtosis = 3.0 + (1.0 - 6.0 * p * (1.0 - p)) / (sd * sd);
            let error = sd * sd * ((kurtosis - 1.0) / count).sqrt();
            assert!(
                (variance - sd * sd).abs() < 4.5 * error,
                "{level:?} {n} {p}: variance {variance}, not {}",
                sd * sd
            );
        }
    }
}
