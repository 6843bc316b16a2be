//! Chance: how a count is drawn. One program runs with either kind.

use crate::random::lanes::InstructionLevel;
use crate::random::rounded_normal::RoundedNormal;
use crate::random::{
    Keys, Site, Uniform, beta, binomial, hypergeometric, negative_binomial, overflow, poisson,
};

/// Which of the numbers of a site is meant.
#[derive(Clone, Copy, Debug)]
pub struct Draw {
    /// Who draws.
    pub site: Site,
    /// The step.
    pub step: u32,
    /// Which draw of this site in this step.
    pub ordinal: u32,
}

/// Draws counts for the replicates of a block; lane `l` is replicate `first + l`.
pub trait Chance {
    /// Of `n` people, how many are met by something of probability `p`.
    fn binomial(&self, draw: Draw, lane: usize, n: f64, p: f64) -> f64;
    /// The instructions that rows of lanes are worked on with.
    fn level(&self) -> InstructionLevel;
    /// Whether people are whole; else they are fractional, and sums are as exact as rounding leaves them.
    fn is_whole(&self) -> bool;
    /// The random numbers of a row of lanes, at the ordinals `2 pair` and `2 pair + 1`.
    fn words(&self, site: Site, step: u32, pair: u32, even: &mut [u64], odd: &mut [u64]);
    /// [`binomial`](Chance::binomial) for a row of lanes, with their random numbers: of one probability or one for each. Those who are
    /// met among `left` are taken from them, and added to those who are `counted` and to those who are `there`.
    fn depart(&self, p: &[f64], words: &[u64], left: &mut [f64], counted: &mut [f64], there: &mut [f64]);
    /// [`poisson`](Chance::poisson) for a row of lanes: of one mean or one for each.
    fn poissons(&self, mean: &[f64], words: &[u64], counts: &mut [f64]);
    /// How many events of this mean.
    fn poisson(&self, draw: Draw, lane: usize, mean: f64) -> f64;
    /// How many events of this mean, with `dispersion` times the mean as their variance.
    fn negative_binomial(&self, draw: Draw, lane: usize, mean: f64, dispersion: f64) -> f64;
    /// How many of those `coming` find no place, while `going` leave one each in random order and `room` are free.
    fn overflow(&self, draw: Draw, lane: usize, coming: f64, going: f64, room: f64) -> f64;
    /// How many of the `marked` are among `drawn` taken from a `population`.
    fn hypergeometric(&self, draw: Draw, lane: usize, population: f64, marked: f64, drawn: f64) -> f64;
    /// A whole number of mean `mean`: the one below or the one above.
    fn rounded(&self, draw: Draw, lane: usize, mean: f64) -> f64;
    /// The sum of so many independent normal numbers, each rounded and never below its least; each draws for itself.
    fn normal_sum(&self, draw: Draw, lane: usize, many: f64, each: &RoundedNormal) -> f64;
    /// A beta number; the mean where no beta has this mean and standard deviation.
    fn beta(&self, draw: Draw, lane: usize, mean: f64, sd: f64) -> f64;
    /// The whole occasions in what has added up.
    fn whole(&self, added_up: f64) -> f64;
    /// One of `n` people, from 0, each equally likely; `None` where there is nobody, or people are fractional and nobody is picked.
    fn pick(&self, draw: Draw, lane: usize, n: f64) -> Option<f64>;
    /// The random number itself, for who draws by a law of its own; `None` where nothing is drawn.
    fn uniform(&self, draw: Draw, lane: usize) -> Option<Uniform>;
}

/// The real thing: whole people, keyed randomness, exact inversion.
#[derive(Clone, Copy, Debug)]
pub struct MonteCarlo {
    /// Turns names into numbers.
    pub keys: Keys,
    /// The replicate of lane 0.
    pub first: u64,
    /// The instructions that rows of lanes are drawn with; any gives the same.
    pub level: InstructionLevel,
}

impl MonteCarlo {
    #[inline]
    fn keyed(&self, draw: Draw, lane: usize) -> Uniform {
        self.keys.uniform(self.first + lane as u64, draw.site, draw.step, draw.ordinal)
    }
}

/// Of more numbers than this the sum is one normal number with the exact mean and variance. By Berry and Esseen its
/// distribution function is wrong by at most 0.0106 times the third absolute moment of a single number over its cubed
/// standard deviation: by 0.02 where that is nearly normal, and in fact far less, as the skewness of the sum is a 45th of it.
const MOST_SUMMED: f64 = 2_000.0;

/// Above this mean so many come, without a draw: such a replicate is stopped, see [`overload`](super::overload).
const LARGEST_MEAN: f64 = 2e9;

impl Chance for MonteCarlo {
    fn level(&self) -> InstructionLevel {
        self.level
    }

    fn is_whole(&self) -> bool {
        true
    }

    fn words(&self, site: Site, step: u32, pair: u32, even: &mut [u64], odd: &mut [u64]) {
        self.keys.pairs(self.level, self.first, site, step, pair, even, odd);
    }

    fn depart(&self, p: &[f64], words: &[u64], left: &mut [f64], counted: &mut [f64], there: &mut [f64]) {
        self.level.depart(p, words, left, counted, there);
    }

    fn poissons(&self, mean: &[f64], words: &[u64], counts: &mut [f64]) {
        if mean.iter().all(|mean| *mean <= LARGEST_MEAN) {
            return self.level.poissons(mean, words, counts);
        }
        let cut: Vec<f64> = mean.iter().map(|mean| mean.min(LARGEST_MEAN)).collect();
        self.level.poissons(&cut, words, counts);
    }

    #[inline]
    fn binomial(&self, draw: Draw, lane: usize, n: f64, p: f64) -> f64 {
        // A draw that can only come out one way needs no number; keyed numbers need no alignment.
        if n <= 0.0 || p <= 0.0 {
            return 0.0;
        }
        if p >= 1.0 {
            return n;
        }
        binomial::quantile(n as u64, p, self.keyed(draw, lane)) as f64
    }

    #[inline]
    fn poisson(&self, draw: Draw, lane: usize, mean: f64) -> f64 {
        if mean <= 0.0 {
            return 0.0;
        }
        if mean > LARGEST_MEAN {
            return LARGEST_MEAN;
        }
        poisson::quantile(mean, self.keyed(draw, lane)) as f64
    }

    fn negative_binomial(&self, draw: Draw, lane: usize, mean: f64, dispersion: f64) -> f64 {
        if mean <= 0.0 {
            return 0.0;
        }
        if mean > LARGEST_MEAN {
            return LARGEST_MEAN;
        }
        negative_binomial::quantile(mean, dispersion, self.keyed(draw, lane)) as f64
    }

    fn overflow(&self, draw: Draw, lane: usize, coming: f64, going: f64, room: f64) -> f64 {
        if coming <= room {
            return 0.0;
        }
        overflow::quantile(coming as u64, going as u64, room as u64, self.keyed(draw, lane)) as f64
    }

    #[inline]
    fn hypergeometric(&self, draw: Draw, lane: usize, population: f64, marked: f64, drawn: f64) -> f64 {
        if drawn <= 0.0 || marked <= 0.0 {
            return 0.0;
        }
        if drawn >= population {
            return marked;
        }
        if marked >= population {
            return drawn;
        }
        let u = self.keyed(draw, lane);
        hypergeometric::quantile(population as u64, marked as u64, drawn as u64, u) as f64
    }

    #[inline]
    fn rounded(&self, draw: Draw, lane: usize, mean: f64) -> f64 {
        let below = mean.floor();
        let part = mean - below;
        if part == 0.0 { below } else { below + f64::from(self.keyed(draw, lane).upper() < part) }
    }

    fn normal_sum(&self, draw: Draw, lane: usize, many: f64, each: &RoundedNormal) -> f64 {
        let first = self.keyed(draw, lane);
        if many > MOST_SUMMED {
            let [mean, variance] = each.moments();
            let sum = RoundedNormal {
                mean: many * mean,
                sd: (many * variance).sqrt(),
                least: (many * each.least).floor(),
            };
            return sum.quantile(first);
        }
        let more = (1..many as u64).map(|n| {
            let site = draw.site.at(n);
            each.quantile(self.keyed(Draw { site, ..draw }, lane))
        });
        each.quantile(first) + more.sum::<f64>()
    }

    #[inline]
    fn beta(&self, draw: Draw, lane: usize, mean: f64, sd: f64) -> f64 {
        match beta::BetaShape::from_mean_sd(mean, sd) {
            Some(shape) => beta::quantile(shape.a, shape.b, self.keyed(draw, lane)),
            None => mean,
        }
    }

    #[inline]
    fn whole(&self, added_up: f64) -> f64 {
        // Halves and thirds that have added up to one must count as one.
        (added_up + 1e-9).floor()
    }

    #[inline]
    fn pick(&self, draw: Draw, lane: usize, n: f64) -> Option<f64> {
        (n > 0.0).then(|| (self.keyed(draw, lane).lower() * n).floor().min(n - 1.0))
    }

    #[inline]
    fn uniform(&self, draw: Draw, lane: usize) -> Option<Uniform> {
        Some(self.keyed(draw, lane))
    }
}

/// No noise: people are fractional and every draw is its mean.
#[derive(Clone, Copy, Debug)]
pub struct Expected;

impl Chance for Expected {
    fn level(&self) -> InstructionLevel {
        InstructionLevel::PLAIN
    }
    fn is_whole(&self) -> bool {
        false
    }
    fn words(&self, _: Site, _: u32, _: u32, _: &mut [u64], _: &mut [u64]) {}
    fn depart(&self, p: &[f64], _: &[u64], left: &mut [f64], counted: &mut [f64], there: &mut [f64]) {
        for (lane, left) in left.iter_mut().enumerate() {
            let gone = *left * p[lane.min(p.len() - 1)].clamp(0.0, 1.0);
            *left -= gone;
            counted[lane] += gone;
            there[lane] += gone;
        }
    }
    fn poissons(&self, mean: &[f64], _: &[u64], counts: &mut [f64]) {
        for (lane, count) in counts.iter_mut().enumerate() {
            *count = mean[lane.min(mean.len() - 1)];
        }
    }
    fn binomial(&self, _: Draw, _: usize, n: f64, p: f64) -> f64 {
        n * p.clamp(0.0, 1.0)
    }
    fn poisson(&self, _: Draw, _: usize, mean: f64) -> f64 {
        mean
    }
    fn negative_binomial(&self, _: Draw, _: usize, mean: f64, _: f64) -> f64 {
        mean
    }
    fn overflow(&self, _: Draw, _: usize, coming: f64, going: f64, room: f64) -> f64 {
        (coming - going - room).max(0.0)
    }
    fn hypergeometric(&self, _: Draw, _: usize, population: f64, marked: f64, drawn: f64) -> f64 {
        // What rounding leaves of a seat or a person is nobody.
        if population > 0.0 { (drawn * (marked / population)).clamp(0.0, marked.max(0.0)) } else { 0.0 }
    }
    fn rounded(&self, _: Draw, _: usize, mean: f64) -> f64 {
        mean
    }
    fn normal_sum(&self, _: Draw, _: usize, many: f64, each: &RoundedNormal) -> f64 {
        many * each.moments()[0]
    }
    fn beta(&self, _: Draw, _: usize, mean: f64, _: f64) -> f64 {
        mean
    }
    fn whole(&self, added_up: f64) -> f64 {
        added_up
    }
    fn pick(&self, _: Draw, _: usize, _: f64) -> Option<f64> {
        None
    }
    fn uniform(&self, _: Draw, _: usize) -> Option<Uniform> {
        None
    }
}
