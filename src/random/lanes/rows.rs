//! Rows of draws: vector by vector in the lanes, and again one by one what they cannot decide.

use super::deviate::Centred;
use super::law::{BinomialLaw, LaneLaw, OneP, PoissonLaw};
use super::level::levels;
use super::vector::Vector;
use super::{expansion, walk};
use crate::random::walk::LARGEST_VARIANCE;
use crate::random::{Uniform, binomial, poisson};

levels! {
    /// Of each lane's `n` people, whole and below 2^53, how many are met by something of probability `p`: one value for all
    /// lanes or one for each. The same as [`binomial::quantile`] at the uniforms of `words`.
    pub fn binomials(n: &[f64], p: &[f64], words: &[u64], met: &mut [f64]) = binomials_in in vectors
}

levels! {
    /// Takes those whom [`Level::binomials`](super::InstructionLevel::binomials) would find among `left` from them, and adds them to those who are
    /// `counted` and to those who are `there`.
    pub fn depart(p: &[f64], words: &[u64], left: &mut [f64], counted: &mut [f64], there: &mut [f64]) = depart_in in vectors
}

levels! {
    /// Poisson counts, of one mean for all lanes or one for each. The same as [`poisson::quantile`] at the uniforms of `words`.
    pub fn poissons(mean: &[f64], words: &[u64], counts: &mut [f64]) = poissons_in in vectors
}

#[inline(always)]
fn binomials_in<V: Vector>(n: &[f64], p: &[f64], words: &[u64], met: &mut [f64]) {
    go::<V>(p, n.first(), words, &mut Write { n, met });
}

#[inline(always)]
fn depart_in<V: Vector>(p: &[f64], words: &[u64], left: &mut [f64], counted: &mut [f64], there: &mut [f64]) {
    let first = left.first().copied();
    go::<V>(p, first.as_ref(), words, &mut Depart { left, counted, there });
}

/// Draws binomials for the people of `rows`, of whom lane 0 has about `typical`.
#[inline(always)]
fn go<V: Vector>(p: &[f64], typical: Option<&f64>, words: &[u64], rows: &mut impl DrawnRows) {
    let typical = typical.copied().unwrap_or(0.0);
    match p {
        [p] if p.is_nan() || *p <= 0.0 => by_vector::<V>(&NobodyDrawn, words, rows),
        [p] if *p >= 1.0 => by_vector::<V>(&Everybody, words, rows),
        [p] => by_vector::<V>(&OneRow::<V>::new(*p, typical), words, rows),
        _ => by_vector::<V>(
            &EachRow { p, steps: walk::first_steps(typical * p.first().copied().unwrap_or(0.0)) },
            words,
            rows,
        ),
    }
}

#[inline(always)]
fn poissons_in<V: Vector>(mean: &[f64], words: &[u64], counts: &mut [f64]) {
    let steps = walk::first_steps(mean.first().copied().unwrap_or(0.0));
    by_vector::<V>(&PoissonRow { steps }, words, &mut Write { n: mean, met: counts });
}

/// What is drawn. Traits and no closures, because they must become parts of the function that has the instructions.
trait DrawRow<V: Vector> {
    /// The probabilities of the lanes, where each has its own.
    fn probabilities(&self) -> &[f64] {
        &[]
    }
    /// The counts among `people`, with the first of the words and of the probabilities, and where they are decided.
    fn draw(&self, people: V::Wide, words: &[u64], p: &[f64]) -> (V::Wide, V::Mask);
    /// The count of one lane, decided.
    fn alone(&self, lane: usize, people: f64, word: u64) -> f64;
}

/// Binomials of one probability.
struct OneRow<V: Vector> {
    p: f64,
    law: OneP<V>,
    mirrored: bool,
    /// What turns the upper halves of words into those of 1 - u.
    flip: u32,
    steps: usize,
}

impl<V: Vector> OneRow<V> {
    #[inline(always)]
    fn new(p: f64, typical: f64) -> Self {
        // 1 - p is exact for p above 1/2.
        let mirrored = p > 0.5;
        let (rare, common) = if mirrored { (1.0 - p, p) } else { (p, 1.0 - p) };
        let flip = if mirrored { u32::MAX } else { 0 };
        OneRow { p, law: OneP::new(rare, common), mirrored, flip, steps: walk::first_steps(typical * rare) }
    }
}

impl<V: Vector> DrawRow<V> for OneRow<V> {
    #[inline(always)]
    fn draw(&self, people: V::Wide, words: &[u64], _: &[f64]) -> (V::Wide, V::Mask) {
        if !V::any_above_0(people) {
            return nobody::<V>();
        }
        let halves = V::turned(V::upper_halves(words), V::whole(self.flip));
        let (rares, decided) = quantiles::<V>(&self.law.of(people), Centred::new(halves), self.steps);
        (if self.mirrored { V::wide_minus(people, rares) } else { rares }, decided)
    }
    #[inline(always)]
    fn alone(&self, _: usize, people: f64, word: u64) -> f64 {
        binomial::quantile(people as u64, self.p, Uniform(word)) as f64
    }
}

/// Binomials of a probability of each lane's own.
struct EachRow<'a> {
    p: &'a [f64],
    steps: usize,
}

impl<V: Vector> DrawRow<V> for EachRow<'_> {
    #[inline(always)]
    fn probabilities(&self) -> &[f64] {
        self.p
    }
    #[inline(always)]
    fn draw(&self, people: V::Wide, words: &[u64], p: &[f64]) -> (V::Wide, V::Mask) {
        if !V::any_above_0(people) {
            return nobody::<V>();
        }
        let p = V::load(p);
        // Where p is above 1/2, 1 - p, which is exact, and 1 - u: multiplied by -1, and added to 1.
        let mirrored = V::all(0.5).below(V::narrow(p));
        let sign = V::all(-1.0).where_or(mirrored, V::all(1.0));
        let (wide_sign, one) = (sign.widen(), V::all(1.0).where_or(mirrored, V::all(0.0)).widen());
        let rare = V::wide_plus(one, V::wide_times(wide_sign, p));
        let mut centred = Centred::<V>::new(V::upper_halves(words));
        centred.from_middle = centred.from_middle.times(sign);
        let (rares, decided) = quantiles::<V>(&BinomialLaw::each(people, rare), centred, self.steps);
        (V::wide_plus(V::wide_times(one, people), V::wide_times(wide_sign, rares)), decided)
    }
    #[inline(always)]
    fn alone(&self, lane: usize, people: f64, word: u64) -> f64 {
        binomial::quantile(people as u64, self.p[lane], Uniform(word)) as f64
    }
}

/// Binomials of probability 0.
struct NobodyDrawn;

impl<V: Vector> DrawRow<V> for NobodyDrawn {
    #[inline(always)]
    fn draw(&self, _: V::Wide, _: &[u64], _: &[f64]) -> (V::Wide, V::Mask) {
        nobody::<V>()
    }
    #[inline(always)]
    fn alone(&self, _: usize, _: f64, _: u64) -> f64 {
        0.0
    }
}

/// Binomials of probability 1.
struct Everybody;

impl<V: Vector> DrawRow<V> for Everybody {
    #[inline(always)]
    fn draw(&self, people: V::Wide, _: &[u64], _: &[f64]) -> (V::Wide, V::Mask) {
        (people, nobody::<V>().1)
    }
    #[inline(always)]
    fn alone(&self, _: usize, people: f64, _: u64) -> f64 {
        people
    }
}

/// Poisson counts, whose means stand where others have numbers of people.
struct PoissonRow {
    steps: usize,
}

impl<V: Vector> DrawRow<V> for PoissonRow {
    #[inline(always)]
    fn draw(&self, mean: V::Wide, words: &[u64], _: &[f64]) -> (V::Wide, V::Mask) {
        quantiles::<V>(&PoissonLaw::new(mean), Centred::new(V::upper_halves(words)), self.steps)
    }
    #[inline(always)]
    fn alone(&self, _: usize, mean: f64, word: u64) -> f64 {
        poisson::quantile(mean, Uniform(word)) as f64
    }
}

/// No count above 0 in any lane, all decided.
#[inline(always)]
fn nobody<V: Vector>() -> (V::Wide, V::Mask) {
    (V::wide(0.0), V::all(0.0).below(V::all(1.0)))
}

/// What is drawn from, and what becomes of the counts.
trait DrawnRows {
    /// How many lanes.
    fn lanes(&self) -> usize;
    /// The people of the lanes from `lane` on.
    fn people<V: Vector>(&self, lane: usize) -> V::Wide;
    /// The people of one lane.
    fn people_alone(&self, lane: usize) -> f64;
    /// Takes the counts among `people`, of the lanes from `lane` on.
    fn take<V: Vector>(&mut self, lane: usize, people: V::Wide, counts: V::Wide);
    /// Takes the count of a lane, on top of what was taken of it before.
    fn take_alone(&mut self, lane: usize, count: f64);
}

/// Writes counts down. A row of one value has it for all lanes.
struct Write<'a> {
    n: &'a [f64],
    met: &'a mut [f64],
}

impl DrawnRows for Write<'_> {
    #[inline(always)]
    fn lanes(&self) -> usize {
        self.met.len()
    }
    #[inline(always)]
    fn people<V: Vector>(&self, lane: usize) -> V::Wide {
        match self.n {
            [n] => V::wide(*n),
            _ => V::load(&self.n[lane..]),
        }
    }
    #[inline(always)]
    fn people_alone(&self, lane: usize) -> f64 {
        if self.n.len() == 1 { self.n[0] } else { self.n[lane] }
    }
    #[inline(always)]
    fn take<V: Vector>(&mut self, lane: usize, _: V::Wide, counts: V::Wide) {
        V::store(counts, &mut self.met[lane..]);
    }
    #[inline(always)]
    fn take_alone(&mut self, lane: usize, count: f64) {
        self.met[lane] = count;
    }
}

/// Takes people from those who are left.
struct Depart<'a> {
    left: &'a mut [f64],
    counted: &'a mut [f64],
    there: &'a mut [f64],
}

impl DrawnRows for Depart<'_> {
    #[inline(always)]
    fn lanes(&self) -> usize {
        self.left.len()
    }
    #[inline(always)]
    fn people<V: Vector>(&self, lane: usize) -> V::Wide {
        V::load(&self.left[lane..])
    }
    #[inline(always)]
    fn people_alone(&self, lane: usize) -> f64 {
        self.left[lane]
    }
    #[inline(always)]
    fn take<V: Vector>(&mut self, lane: usize, people: V::Wide, counts: V::Wide) {
        V::store(V::wide_minus(people, counts), &mut self.left[lane..]);
        for row in [&mut *self.counted, &mut *self.there] {
            let row = &mut row[lane..];
            V::store(V::wide_plus(V::load(row), counts), row);
        }
    }
    #[inline(always)]
    fn take_alone(&mut self, lane: usize, count: f64) {
        self.left[lane] -= count;
        self.counted[lane] += count;
        self.there[lane] += count;
    }
}

/// The most lanes of a vector.
const MOST: usize = 32;

/// Goes through rows a vector at a time; the last, where it is not full, with nobody in the lanes that are not there.
#[inline(always)]
fn by_vector<V: Vector>(draw: &impl DrawRow<V>, words: &[u64], rows: &mut impl DrawnRows) {
    let (p, lanes) = (draw.probabilities(), rows.lanes());
    let all = V::bits(nobody::<V>().1);
    let last = Last::new(p, words, rows, lanes / V::LANES * V::LANES);
    for lane in (0..lanes).step_by(V::LANES) {
        let rest = lanes - lane;
        let full = rest >= V::LANES;
        // One way to the draw for all, so that the function has it once.
        let people = if full { rows.people::<V>(lane) } else { V::load(&last.people) };
        let these_words = if full { &words[lane..] } else { &last.words };
        let these_p = match p {
            [] => p,
            _ if full => &p[lane..],
            _ => &last.p,
        };
        let (counts, decided) = draw.draw(people, these_words, these_p);
        let undecided = all & !V::bits(decided);
        if full & (undecided == 0) {
            rows.take::<V>(lane, people, counts);
            continue;
        }
        // Nobody yet in the lanes that are not decided.
        let decided = V::wide_or_0(counts, decided);
        if full {
            rows.take::<V>(lane, people, decided);
            again(draw, words, rows, lane, undecided);
        } else {
            let mut taken = [0.0; MOST];
            V::store(decided, &mut taken);
            (0..rest).for_each(|behind| rows.take_alone(lane + behind, taken[behind]));
            again(draw, words, rows, lane, undecided & ((1 << rest) - 1));
        }
    }
}

/// The last lanes of a row, which do not fill a vector.
struct Last {
    people: [f64; MOST],
    words: [u64; MOST],
    p: [f64; MOST],
}

impl Last {
    /// Those from `first` on.
    #[inline(always)]
    fn new(p: &[f64], words: &[u64], rows: &impl DrawnRows, first: usize) -> Self {
        let mut last = Last { people: [0.0; MOST], words: [1 << 63; MOST], p: [0.0; MOST] };
        for (behind, lane) in (first..rows.lanes()).enumerate() {
            last.people[behind] = rows.people_alone(lane);
            last.words[behind] = words[lane];
            last.p[behind] = p.get(lane).copied().unwrap_or(0.0);
        }
        last
    }
}

/// Draws again those of the lanes from `lane` on that are not decided.
#[inline(always)]
fn again<V: Vector>(
    draw: &impl DrawRow<V>,
    words: &[u64],
    rows: &mut impl DrawnRows,
    lane: usize,
    mut undecided: u32,
) {
    while undecided != 0 {
        let lane = lane + undecided.trailing_zeros() as usize;
        rows.take_alone(lane, draw.alone(lane, rows.people_alone(lane), words[lane]));
        undecided &= undecided - 1;
    }
}

/// The counts at the uniforms, and where they are decided.
#[inline(always)]
fn quantiles<V: Vector>(law: &impl LaneLaw<V>, centred: Centred<V>, steps: usize) -> (V::Wide, V::Mask) {
    let small = law.variance().below(V::all(LARGEST_VARIANCE as f32));
    let (never, always) = (V::all(1.0).below(V::all(0.0)), V::all(0.0).below(V::all(1.0)));
    if V::bits(small) == 0 {
        return expansion::counts(law, centred);
    }
    if V::bits(small) == V::bits(always) {
        let (few, decided) = walk::counts(law, None, centred.uniform(), steps);
        return (few.widen(), decided);
    }
    let (few, few_decided) = walk::counts(law, Some(small), centred.uniform(), steps);
    let (many, many_decided) = expansion::counts(law, centred);
    let counts = V::wide_plus(few.widen(), V::wide_or_0(many, V::choose(small, never, always)));
    (counts, V::choose(small, few_decided, many_decided))
}
