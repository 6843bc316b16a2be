//! What is drawn: the counts of one vector of lanes.

use super::functions::log2_1_minus;
use super::vector::Vector;

/// The counts of the lanes.
pub trait LaneLaw<V: Vector> {
    /// The means, with all their digits.
    fn mean(&self) -> V::Wide;
    /// The variances.
    fn variance(&self) -> V;
    /// What their probabilities depend on beside mean and variance.
    fn shape(&self) -> ExpansionShape<V>;
    /// The binary logarithms of the probabilities of 0.
    fn log2_none(&self) -> V;
    /// With [`decline`](LaneLaw::decline): the probability of `k + 1` over that of `k` is `(first - k decline) / (k + 1)`.
    fn first(&self) -> V;
    /// See [`first`](LaneLaw::first).
    fn decline(&self) -> V;
}

/// The coefficients of the [expansion](super::expansion) that follow from `q - p` (1 of a Poisson) and `p q` (0 of a Poisson); they are
/// explained beside the formula for single draws.
#[derive(Clone, Copy)]
pub struct ExpansionShape<V> {
    /// `(q - p) / 6`.
    pub sixth: V,
    /// Of the first correction: the coefficients of w and w^3.
    pub first: [V; 2],
    /// Of the second: of 3 w^4 + 7 w^2 - 16.
    pub second: V,
    /// Of the third: of w and w^3.
    pub third: [V; 2],
}

impl<V: Vector> ExpansionShape<V> {
    /// Of `q - p` and `p q`.
    #[inline(always)]
    pub fn new(skew: V, pq: V) -> Self {
        let line = |at_0: f32, slope: f32| pq.times_plus(V::all(slope), V::all(at_0));
        ExpansionShape {
            sixth: skew.times(V::all(1.0 / 6.0)),
            first: [line(1.0 / 72.0, 14.0 / 72.0), line(-1.0 / 72.0, -2.0 / 72.0)],
            second: skew.times(line(2.0 / 1620.0, 1.0 / 1620.0)),
            third: [line(11.0 / 864.0, -26.0 / 864.0), line(-5.0 / 864.0, 14.0 / 864.0)],
        }
    }
}

/// What all lanes of binomials of one `p`, at most 1/2, share.
#[derive(Clone, Copy)]
pub struct OneP<V: Vector> {
    p: V::Wide,
    pq: V,
    odds: V,
    log2_q: V,
    shape: ExpansionShape<V>,
}

impl<V: Vector> OneP<V> {
    /// For `p` and `q = 1 - p`.
    #[inline(always)]
    pub fn new(p: f64, q: f64) -> Self {
        let all = |number: f64| V::all(number as f32);
        OneP {
            p: V::wide(p),
            pq: all(p * q),
            odds: all(p / q),
            log2_q: log2_1_minus(all(p)),
            shape: ExpansionShape::new(all(q - p), all(p * q)),
        }
    }

    /// The law of the lanes among `people`.
    #[inline(always)]
    pub fn of(&self, people: V::Wide) -> BinomialLaw<V> {
        let n = V::narrow(people);
        BinomialLaw {
            n,
            mean: V::wide_times(people, self.p),
            pq: self.pq,
            odds: self.odds,
            log2_q: self.log2_q,
            shape: self.shape,
        }
    }
}

/// Binomials.
#[derive(Clone, Copy)]
pub struct BinomialLaw<V: Vector> {
    n: V,
    mean: V::Wide,
    pq: V,
    odds: V,
    log2_q: V,
    shape: ExpansionShape<V>,
}

impl<V: Vector> BinomialLaw<V> {
    /// Those with a `p` of each lane's own, at most 1/2.
    #[inline(always)]
    pub fn each(people: V::Wide, p: V::Wide) -> Self {
        let mean = V::wide_times(people, p);
        let p = V::narrow(p);
        let q = V::all(1.0).minus(p);
        let pq = p.times(q);
        let shape = ExpansionShape::new(q.minus(p), pq);
        BinomialLaw { n: V::narrow(people), mean, pq, odds: p.over(q), log2_q: log2_1_minus(p), shape }
    }
}

impl<V: Vector> LaneLaw<V> for BinomialLaw<V> {
    #[inline(always)]
    fn mean(&self) -> V::Wide {
        self.mean
    }
    #[inline(always)]
    fn variance(&self) -> V {
        self.n.times(self.pq)
    }
    #[inline(always)]
    fn shape(&self) -> ExpansionShape<V> {
        self.shape
    }
    #[inline(always)]
    fn log2_none(&self) -> V {
        self.n.times(self.log2_q)
    }
    #[inline(always)]
    fn first(&self) -> V {
        self.n.times(self.odds)
    }
    #[inline(always)]
    fn decline(&self) -> V {
        self.odds
    }
}

/// Poisson counts.
#[derive(Clone, Copy)]
pub struct PoissonLaw<V: Vector> {
    mean: V::Wide,
    narrow: V,
}

impl<V: Vector> PoissonLaw<V> {
    /// Of these means.
    #[inline(always)]
    pub fn new(mean: V::Wide) -> Self {
        PoissonLaw { mean, narrow: V::narrow(mean) }
    }
}

impl<V: Vector> LaneLaw<V> for PoissonLaw<V> {
    #[inline(always)]
    fn mean(&self) -> V::Wide {
        self.mean
    }
    #[inline(always)]
    fn variance(&self) -> V {
        self.narrow
    }
    #[inline(always)]
    fn shape(&self) -> ExpansionShape<V> {
        ExpansionShape::new(V::all(1.0), V::all(0.0))
    }
    #[inline(always)]
    fn log2_none(&self) -> V {
        self.narrow.times(V::all(-std::f32::consts::LOG2_E))
    }
    #[inline(always)]
    fn first(&self) -> V {
        self.narrow
    }
    #[inline(always)]
    fn decline(&self) -> V {
        V::all(0.0)
    }
}
