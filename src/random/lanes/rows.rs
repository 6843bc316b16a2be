//! Rows of draws: vector by vector in the lanes, and again one by one what they cannot decide.

use super::arithmetic::{Arithmetic, Fused, Separate};
use super::law::{EachP, Law, OneP, Poisson, each};
use super::level::Kind;
use super::words::blocks;
use super::{Lanes, Level, WIDTH, expansion, walk};
use crate::random::{Uniform, binomial, poisson};
use crate::random::walk::LARGEST_VARIANCE;

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

/// Of a function of the lanes one version for each level, and the choice between them.
macro_rules! levels {
    ($(#[$about:meta])* $visible:vis fn $name:ident($($argument:ident: $type:ty),*) = $inner:ident) => {
        impl Level {
            $(#[$about])*
            $visible fn $name(self, $($argument: $type),*) {
                #[cfg(target_arch = "x86_64")]
                #[target_feature(enable = "avx2,fma")]
                fn avx2($($argument: $type),*) {
                    $inner::<Fused>($($argument),*);
                }
                #[cfg(target_arch = "x86_64")]
                #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx2,fma")]
                fn avx512($($argument: $type),*) {
                    $inner::<Fused>($($argument),*);
                }
                match self.kind() {
                    // Every machine of these has fused multiplication; where it may be missing, two roundings are quicker.
                    Kind::Plain if cfg!(target_arch = "aarch64") => $inner::<Fused>($($argument),*),
                    Kind::Plain => $inner::<Separate>($($argument),*),
                    #[cfg(target_arch = "x86_64")]
                    // SAFETY: a level exists only where the machine was found to have its instructions.
                    #[allow(unsafe_code)]
                    Kind::Avx2 => unsafe { avx2($($argument),*) },
                    #[cfg(target_arch = "x86_64")]
                    // SAFETY: as above.
                    #[allow(unsafe_code)]
                    Kind::Avx512 => unsafe { avx512($($argument),*) },
                }
            }
        }
    };
}

levels! {
    /// The random words of a row of lanes: of the even and of the odd ordinal of a pair.
    pub fn words(block: &Block, even: &mut [u64], odd: &mut [u64]) = words_in
}

levels! {
    /// Of each lane's `n` people, whole and below 2^53, how many are met by something of probability `p`: one value for all
    /// lanes or one for each. The same as [`binomial::quantile`] at the uniforms of `words`.
    pub fn binomials(n: &[f64], p: &[f64], words: &[u64], met: &mut [f64]) = binomials_in
}

levels! {
    /// Poisson counts, of one mean for all lanes or one for each. The same as [`poisson::quantile`] at the uniforms of `words`.
    pub fn poissons(mean: &[f64], words: &[u64], counts: &mut [f64]) = poissons_in
}

#[inline(always)]
fn words_in<A: Arithmetic>(block: &Block, even: &mut [u64], odd: &mut [u64]) {
    for (chunk, (even, odd)) in even.chunks_mut(WIDTH).zip(odd.chunks_mut(WIDTH)).enumerate() {
        let start = u64::from(block.first) + (chunk * WIDTH) as u64;
        let mut first = [0; WIDTH];
        for (lane, first) in first.iter_mut().enumerate() {
            *first = start + lane as u64;
        }
        let [evens, odds] = blocks(&first, block.counter, block.key);
        even.copy_from_slice(&evens[..even.len()]);
        odd.copy_from_slice(&odds[..odd.len()]);
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
    let again = |n: f64, word: u64| binomial::quantile(n as u64, p, Uniform(word)) as f64;
    for ((n, words), met) in n.chunks(WIDTH).zip(words.chunks(WIDTH)).zip(met.chunks_mut(WIDTH)) {
        let (n, words, count) = (padded(n), padded_words(words), met.len());
        if nobody(&n) {
            met.fill(0.0);
            continue;
        }
        let u = each(|lane| uniform(if mirrored { !words[lane] } else { words[lane] }));
        let (rares, decided) = quantiles::<A>(&OneP::new(&n, rare, common, ln_q), &u);
        let mut counts = each(|lane| if mirrored { n[lane] - rares[lane] } else { rares[lane] });
        repair(&mut counts, &decided, count, |lane| again(n[lane], words[lane]));
        met.copy_from_slice(&counts[..count]);
    }
}

#[inline(always)]
fn each_p<A: Arithmetic>(n: &[f64], p: &[f64], words: &[u64], met: &mut [f64]) {
    let again = |n: f64, p: f64, word: u64| binomial::quantile(n as u64, p, Uniform(word)) as f64;
    let rows = n.chunks(WIDTH).zip(p.chunks(WIDTH)).zip(words.chunks(WIDTH)).zip(met.chunks_mut(WIDTH));
    for (((n, p), words), met) in rows {
        let (n, p, words, count) = (padded(n), padded(p), padded_words(words), met.len());
        if nobody(&n) {
            met.fill(0.0);
            continue;
        }
        let rare = each(|lane| if p[lane] > 0.5 { 1.0 - p[lane] } else { p[lane] });
        let common = each(|lane| if p[lane] > 0.5 { p[lane] } else { 1.0 - p[lane] });
        let u = each(|lane| uniform(if p[lane] > 0.5 { !words[lane] } else { words[lane] }));
        let (rares, decided) = quantiles::<A>(&EachP { n: &n, p: &rare, q: &common }, &u);
        let mut counts = each(|lane| if p[lane] > 0.5 { n[lane] - rares[lane] } else { rares[lane] });
        repair(&mut counts, &decided, count, |lane| again(n[lane], p[lane], words[lane]));
        met.copy_from_slice(&counts[..count]);
    }
}

#[inline(always)]
fn poissons_in<A: Arithmetic>(mean: &[f64], words: &[u64], counts: &mut [f64]) {
    let again = |mean: f64, word: u64| poisson::quantile(mean, Uniform(word)) as f64;
    for (chunk, (words, places)) in words.chunks(WIDTH).zip(counts.chunks_mut(WIDTH)).enumerate() {
        let (words, count) = (padded_words(words), places.len());
        let mean = match mean {
            [one] => [*one; WIDTH],
            all => padded(&all[chunk * WIDTH..chunk * WIDTH + count]),
        };
        if nobody(&mean) {
            places.fill(0.0);
            continue;
        }
        let u = each(|lane| uniform(words[lane]));
        let (mut counts, decided) = quantiles::<A>(&Poisson { mean: &mean }, &u);
        repair(&mut counts, &decided, count, |lane| again(mean[lane], words[lane]));
        places.copy_from_slice(&counts[..count]);
    }
}

/// The counts at the uniforms, and by how much each was decided; not above 0, nor a number, where it was not.
#[inline(always)]
fn quantiles<A: Arithmetic>(law: &impl Law, u: &Lanes) -> (Lanes, Lanes) {
    let variance = each(|lane| law.variance(lane));
    let (mut least, mut most) = (variance[0], variance[0]);
    for variance in variance {
        least = if variance < least { variance } else { least };
        most = if variance > most { variance } else { most };
    }
    if least >= LARGEST_VARIANCE {
        return expansion::counts::<A>(law, u);
    }
    if most < LARGEST_VARIANCE {
        return walk::counts::<A>(law, |_| true, u);
    }
    let small = |lane: usize| variance[lane] < LARGEST_VARIANCE;
    let (few, few_decided) = walk::counts::<A>(law, small, u);
    let (many, many_decided) = expansion::counts::<A>(law, u);
    (
        each(|lane| if small(lane) { few[lane] } else { many[lane] }),
        each(|lane| if small(lane) { few_decided[lane] } else { many_decided[lane] }),
    )
}

/// Draws the first `count` lanes again that were not decided.
#[inline(always)]
fn repair(counts: &mut Lanes, decided: &Lanes, count: usize, again: impl Fn(usize) -> f64) {
    let mut all = true;
    for decided in decided {
        all &= *decided > 0.0;
    }
    if all {
        return;
    }
    for lane in 0..count {
        let undecided = !(decided[lane] > 0.0);
        if undecided {
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
    let mut most = 0.0;
    for n in n {
        most = if *n > most { *n } else { most };
    }
    most <= 0.0
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
