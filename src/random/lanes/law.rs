//! What is drawn: the counts of one vector of lanes.

use super::arithmetic::Arithmetic;
use super::functions::ln_1_minus;
use super::{Lanes, WIDTH};

/// The counts of the lanes. Where a lane's numbers are those of all lanes, the compiler takes them out of the loops.
pub trait Law {
    /// The mean.
    fn mean(&self, lane: usize) -> f64;
    /// The variance.
    fn variance(&self, lane: usize) -> f64;
    /// `q - p`; 1 of a Poisson.
    fn skew(&self, lane: usize) -> f64;
    /// `p q`; 0 of a Poisson.
    fn pq(&self, lane: usize) -> f64;
    /// The logarithms of the probabilities of 0.
    fn ln_none<A: Arithmetic>(&self) -> Lanes;
    /// With [`decline`](Law::decline): the probability of `k + 1` over that of `k` is `(first - k decline) / (k + 1)`.
    fn first(&self, lane: usize) -> f64;
    /// See [`first`](Law::first).
    fn decline(&self, lane: usize) -> f64;
}

/// Binomials of one `p`, at most 1/2.
#[derive(Clone, Copy, Debug)]
pub struct OneP<'a> {
    pub n: &'a Lanes,
    pub p: f64,
    pub q: f64,
    pub odds: f64,
    pub ln_q: f64,
}

impl<'a> OneP<'a> {
    #[inline(always)]
    pub fn new(n: &'a Lanes, p: f64, q: f64, ln_q: f64) -> Self {
        OneP { n, p, q, odds: p / q, ln_q }
    }
}

impl Law for OneP<'_> {
    #[inline(always)]
    fn mean(&self, lane: usize) -> f64 {
        self.n[lane] * self.p
    }
    #[inline(always)]
    fn variance(&self, lane: usize) -> f64 {
        self.n[lane] * self.p * self.q
    }
    #[inline(always)]
    fn skew(&self, _: usize) -> f64 {
        self.q - self.p
    }
    #[inline(always)]
    fn pq(&self, _: usize) -> f64 {
        self.p * self.q
    }
    #[inline(always)]
    fn ln_none<A: Arithmetic>(&self) -> Lanes {
        each(|lane| self.n[lane] * self.ln_q)
    }
    #[inline(always)]
    fn first(&self, lane: usize) -> f64 {
        self.n[lane] * self.odds
    }
    #[inline(always)]
    fn decline(&self, _: usize) -> f64 {
        self.odds
    }
}

/// Binomials with a `p` of each lane's own, at most 1/2.
#[derive(Clone, Copy, Debug)]
pub struct EachP<'a> {
    pub n: &'a Lanes,
    pub p: &'a Lanes,
    pub q: &'a Lanes,
}

impl Law for EachP<'_> {
    #[inline(always)]
    fn mean(&self, lane: usize) -> f64 {
        self.n[lane] * self.p[lane]
    }
    #[inline(always)]
    fn variance(&self, lane: usize) -> f64 {
        self.n[lane] * self.p[lane] * self.q[lane]
    }
    #[inline(always)]
    fn skew(&self, lane: usize) -> f64 {
        self.q[lane] - self.p[lane]
    }
    #[inline(always)]
    fn pq(&self, lane: usize) -> f64 {
        self.p[lane] * self.q[lane]
    }
    #[inline(always)]
    fn ln_none<A: Arithmetic>(&self) -> Lanes {
        let ln_q = ln_1_minus::<A>(self.p);
        each(|lane| self.n[lane] * ln_q[lane])
    }
    #[inline(always)]
    fn first(&self, lane: usize) -> f64 {
        self.n[lane] * self.decline(lane)
    }
    #[inline(always)]
    fn decline(&self, lane: usize) -> f64 {
        self.p[lane] / self.q[lane]
    }
}

/// Poisson counts.
#[derive(Clone, Copy, Debug)]
pub struct Poisson<'a> {
    pub mean: &'a Lanes,
}

impl Law for Poisson<'_> {
    #[inline(always)]
    fn mean(&self, lane: usize) -> f64 {
        self.mean[lane]
    }
    #[inline(always)]
    fn variance(&self, lane: usize) -> f64 {
        self.mean[lane]
    }
    #[inline(always)]
    fn skew(&self, _: usize) -> f64 {
        1.0
    }
    #[inline(always)]
    fn pq(&self, _: usize) -> f64 {
        0.0
    }
    #[inline(always)]
    fn ln_none<A: Arithmetic>(&self) -> Lanes {
        each(|lane| -self.mean[lane])
    }
    #[inline(always)]
    fn first(&self, lane: usize) -> f64 {
        self.mean[lane]
    }
    #[inline(always)]
    fn decline(&self, _: usize) -> f64 {
        0.0
    }
}

/// The value of every lane.
#[inline(always)]
pub fn each(mut value: impl FnMut(usize) -> f64) -> Lanes {
    let mut lanes = [0.0; WIDTH];
    for (lane, place) in lanes.iter_mut().enumerate() {
        *place = value(lane);
    }
    lanes
}

/// The whole number of every lane.
#[inline(always)]
pub fn whole(mut value: impl FnMut(usize) -> u64) -> [u64; WIDTH] {
    let mut lanes = [0; WIDTH];
    for (lane, place) in lanes.iter_mut().enumerate() {
        *place = value(lane);
    }
    lanes
}

/// Whether something holds in any lane. By integers: the compiler may not reorder comparisons of floats, so that a largest
/// value would be sought lane after lane.
#[inline(always)]
pub fn any(holds: impl Fn(usize) -> bool) -> bool {
    let mut any = 0;
    for lane in 0..WIDTH {
        any |= u64::from(holds(lane));
    }
    any != 0
}
