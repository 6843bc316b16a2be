//! Rows of draws: vector by vector in the lanes, and again one by one what they cannot decide.

use super::arithmetic::{Arithmetic, Fused, Separate};
use super::law::{EachP, Law, OneP, Poisson, any, each};
use super::level::levels;
use super::words::blocks;
use super::{Lanes, WIDTH, expansion, few, walk};
use crate::random::walk::LARGEST_VARIANCE;
use crate::random::{Uniform, binomial, poisson};

/// The philox counters and key of a row, see [`Keys::pairs`](crate::random::Keys::pairs).
#[derive(Clone, Copy, Debug)]
pub struct Block {
    /// The first word of the counter of lane 0; those of the others follow, without passing 2^32.
    pub first: u32,
    /// The other words of the counter.
    pub counter: [u32; 3],
    /// The key.
    pub key: [u32; 2],
}

levels! {
    /// The random words of a row of lanes: of the even and of the odd ordinal of a pair.
    pub fn words(block: &Block, even: &mut [u64], odd: &mut [u64]) = words_in::<8>, words_in::<16>
}

levels! {
    /// Of each lane's `n` people, whole and below 2^53, how many are met by something of probability `p`: one value for all
    /// lanes or one for each. The same as [`binomial::quantile`] at the uniforms of `words`.
    pub fn binomials(n: &[f64], p: &[f64], words: &[u64], met: &mut [f64]) = binomials_in::<Fused>, binomials_in::<Separate>
}

levels! {
    /// Poisson counts, of one mean for all lanes or one for each. The same as [`poisson::quantile`] at the uniforms of `words`.
    pub fn poissons(mean: &[f64], words: &[u64], counts: &mut [f64]) = poissons_in::<Fused>, poissons_in::<Separate>
}

#[inline(always)]
fn words_in<const N: usize>(block: &Block, even: &mut [u64], odd: &mut [u64]) {
    for (chunk, (even, odd)) in even.chunks_mut(N).zip(odd.chunks_mut(N)).enumerate() {
        let mut first = [0; N];
        for (lane, first) in first.iter_mut().enumerate() {
            *first = u64::from(block.first) + (chunk * N + lane) as u64;
        }
        let [evens, odds] = blocks(&first, block.counter, block.key);
        match (even.first_chunk_mut(), odd.first_chunk_mut()) {
            (Some(even), Some(odd)) => (*even, *odd) = (evens, odds),
            _ => {
                even.copy_from_slice(&evens[..even.len()]);
                odd.copy_from_slice(&odds[..odd.len()]);
            }
        }
    }
}

#[inline(always)]
fn binomials_in<A: Arithmetic>(n: &[f64], p: &[f64], words: &[u64], met: &mut [f64]) {
    match p {
        [p] => one_p::<A>(n, *p, words, met),
        _ => each_p::<A>(n, p, words, met),
    }
}

#[inline(always)]
fn one_p<A: Arithmetic>(n: &[f64], p: f64, words: &[u64], met: &mut [f64]) {
    if p.is_nan() || p <= 0.0 {
        return met.fill(0.0);
    }
    if p >= 1.0 {
        return met.copy_from_slice(n);
    }
    // 1 - p is exact for p above 1/2.
    let mirrored = p > 0.5;
    let (rare, common) = if mirrored { (1.0 - p, p) } else { (p, 1.0 - p) };
    let ln_q = libm::log1p(-rare);
    let flip = if mirrored { u64::MAX } else { 0 };
    by_vector::<A>(&OneRow { p, rare, common, ln_q, mirrored, flip }, n, &[], words, met);
}

/// What is drawn for a vector of lanes. A trait and no closure, because it must become a part of the function that has
/// the instructions.
trait Draw {
    fn draw<A: Arithmetic>(&self, n: &Lanes, p: &Lanes, words: &[u64; WIDTH]) -> Lanes;
}

/// Binomials of one probability.
struct OneRow {
    p: f64,
    rare: f64,
    common: f64,
    ln_q: f64,
    mirrored: bool,
    flip: u64,
}

impl Draw for OneRow {
    #[inline(always)]
    fn draw<A: Arithmetic>(&self, n: &Lanes, _: &Lanes, words: &[u64; WIDTH]) -> Lanes {
        if nobody(n) {
            return [0.0; WIDTH];
        }
        let u = each(|lane| uniform(words[lane] ^ self.flip));
        let (rares, decided) = if any(|lane| n[lane] > 2.0) {
            quantiles::<A>(&OneP::new(n, self.rare, self.common, self.ln_q), &u)
        } else {
            few::counts(n, self.rare, self.common, &u)
        };
        let mut met = if self.mirrored { each(|lane| n[lane] - rares[lane]) } else { rares };
        let again = |lane: usize| binomial::quantile(n[lane] as u64, self.p, Uniform(words[lane])) as f64;
        repair(&mut met, &decided, again);
        met
    }
}

/// Binomials of a probability of each lane's own.
struct EachRow;

impl Draw for EachRow {
    #[inline(always)]
    fn draw<A: Arithmetic>(&self, n: &Lanes, p: &Lanes, words: &[u64; WIDTH]) -> Lanes {
        if nobody(n) {
            return [0.0; WIDTH];
        }
        let rare = each(|lane| if p[lane] > 0.5 { 1.0 - p[lane] } else { p[lane] });
        let common = each(|lane| if p[lane] > 0.5 { p[lane] } else { 1.0 - p[lane] });
        let u = each(|lane| uniform(if p[lane] > 0.5 { !words[lane] } else { words[lane] }));
        let (rares, decided) = quantiles::<A>(&EachP { n, p: &rare, q: &common }, &u);
        let mut met = each(|lane| if p[lane] > 0.5 { n[lane] - rares[lane] } else { rares[lane] });
        let again = |lane: usize| binomial::quantile(n[lane] as u64, p[lane], Uniform(words[lane])) as f64;
        repair(&mut met, &decided, again);
        met
    }
}

/// Poisson counts, whose means stand where others have numbers of people.
struct PoissonRow;

impl Draw for PoissonRow {
    #[inline(always)]
    fn draw<A: Arithmetic>(&self, mean: &Lanes, _: &Lanes, words: &[u64; WIDTH]) -> Lanes {
        let u = each(|lane| uniform(words[lane]));
        let (mut counts, decided) = quantiles::<A>(&Poisson { mean }, &u);
        repair(&mut counts, &decided, |lane| poisson::quantile(mean[lane], Uniform(words[lane])) as f64);
        counts
    }
}

#[inline(always)]
fn each_p<A: Arithmetic>(n: &[f64], p: &[f64], words: &[u64], met: &mut [f64]) {
    by_vector::<A>(&EachRow, n, p, words, met);
}

#[inline(always)]
fn poissons_in<A: Arithmetic>(mean: &[f64], words: &[u64], counts: &mut [f64]) {
    by_vector::<A>(&PoissonRow, mean, &[], words, counts);
}

/// Goes through rows a vector at a time; the last, where it is not full, with nobody in the lanes that are not there. A row
/// of one value has it for all lanes, an empty one is not looked at.
#[inline(always)]
fn by_vector<A: Arithmetic>(draw: &impl Draw, n: &[f64], p: &[f64], words: &[u64], out: &mut [f64]) {
    let same = [n.first().copied().unwrap_or(0.0); WIDTH];
    for (chunk, out) in out.chunks_mut(WIDTH).enumerate() {
        let start = chunk * WIDTH;
        let lanes = start..start + out.len();
        let n = if n.len() <= 1 { same } else { padded(&n[lanes.clone()]) };
        let p = if p.is_empty() { same } else { padded(&p[lanes.clone()]) };
        let counts = draw.draw::<A>(&n, &p, &padded_words(&words[lanes]));
        match out.first_chunk_mut() {
            Some(whole) => *whole = counts,
            None => out.copy_from_slice(&counts[..out.len()]),
        }
    }
}

/// The counts at the uniforms, and by how much each was decided; not above 0, nor a number, where it was not.
#[inline(always)]
fn quantiles<A: Arithmetic>(law: &impl Law, u: &Lanes) -> (Lanes, Lanes) {
    let variance = each(|lane| law.variance(lane));
    let small = |lane: usize| variance[lane] < LARGEST_VARIANCE;
    if !any(small) {
        return expansion::counts::<A>(law, u);
    }
    if !any(|lane| !small(lane)) {
        return walk::counts::<A>(law, |_| true, u);
    }
    let (few, few_decided) = walk::counts::<A>(law, small, u);
    let (many, many_decided) = expansion::counts::<A>(law, u);
    (
        each(|lane| if small(lane) { few[lane] } else { many[lane] }),
        each(|lane| if small(lane) { few_decided[lane] } else { many_decided[lane] }),
    )
}

/// Draws the lanes again that were not decided.
#[inline(always)]
fn repair(counts: &mut Lanes, decided: &Lanes, again: impl Fn(usize) -> f64) {
    // Or not a number: no comparison holds of one.
    let undecided = |lane: usize| decided[lane] <= 0.0 || decided[lane].is_nan();
    if any(undecided) {
        for lane in (0..WIDTH).filter(|lane| undecided(*lane)) {
            counts[lane] = again(lane);
        }
    }
}

/// The uniform of a word, to 2^-52 below it.
#[inline(always)]
fn uniform(word: u64) -> f64 {
    f64::from_bits(word >> 12 | 1.0f64.to_bits()) - 1.0
}

#[inline(always)]
fn nobody(n: &Lanes) -> bool {
    !any(|lane| n[lane] > 0.0)
}

/// A vector of what may be the last few lanes of a row.
#[inline(always)]
fn padded(row: &[f64]) -> Lanes {
    match row.first_chunk() {
        Some(whole) => *whole,
        None => each(|lane| row.get(lane).copied().unwrap_or(0.0)),
    }
}

#[inline(always)]
fn padded_words(row: &[u64]) -> [u64; WIDTH] {
    match row.first_chunk() {
        Some(whole) => *whole,
        None => std::array::from_fn(|lane| row.get(lane).copied().unwrap_or(1 << 63)),
    }
}
