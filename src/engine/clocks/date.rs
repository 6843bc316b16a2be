//! In which step people are due: drawn once, when they come.

use crate::engine::chance::Chance;
use crate::engine::now::Now;
use crate::random::Site;

/// Up to so many people each have a random number of their own. More are drawn step after step from those who are left: by inversion,
/// so that variants with a few more or fewer people, or with a slightly other length, have more random numbers in
/// common than if each person had one.
const FEW: f64 = 16.0;

/// People who draw together: so many of one replicate, by the numbers of a site.
#[derive(Clone, Copy, Debug)]
pub struct Lot {
    pub site: Site,
    pub lane: usize,
    pub count: f64,
}

/// Draws in which of the coming steps people leave, of whom `still` says how many (of any number) are there after
/// 0, 1, ... of them. Hands out steps from 0 with people, a step perhaps several times; `None`: those who are there after all.
pub fn date(
    now: &Now<impl Chance>,
    Lot { site, lane, count }: Lot,
    still: &[f64],
    mut give: impl FnMut(Option<usize>, f64),
) {
    if count <= 0.0 {
        return;
    }
    let all = still.first().copied().unwrap_or(0.0);
    if all <= 0.0 {
        // Nobody could be there any more.
        return give(Some(0), count);
    }
    let last = still.len() - 1;
    if count <= FEW && now.chance.uniform(now.draw(site, 0), lane).is_some() {
        for ordinal in 0..count as u32 {
            let Some(u) = now.chance.uniform(now.draw(site, ordinal), lane) else { return };
            let bar = all * u.upper();
            // The first boundary at which somebody with this number is no longer there.
            let gone = still.partition_point(|there| *there > bar).max(1);
            give((gone <= last).then(|| gone - 1), 1.0);
        }
        return;
    }
    let mut left = count;
    for step in 0..last {
        let (there, then) = (still[step], still[step + 1]);
        if there <= then {
            continue;
        }
        let gone = now.chance.binomial(now.draw(site.at(step as u64), 0), lane, left, (there - then) / there);
        if gone > 0.0 {
            give(Some(step), gone);
            left -= gone;
        }
        if left <= 0.0 || then <= 0.0 {
            break;
        }
    }
    if left > 0.0 {
        give(None, left);
    }
}

/// Divides people over `weights` at random, and hands out how many each gets.
pub fn divide(
    now: &Now<impl Chance>,
    Lot { site, lane, count }: Lot,
    weights: &[f64],
    mut give: impl FnMut(usize, f64),
) {
    let mut behind: f64 = weights.iter().sum();
    let mut left = count;
    let last = weights.iter().rposition(|weight| *weight > 0.0).unwrap_or(0);
    for (index, weight) in
        weights.iter().enumerate().filter(|(index, weight)| *index == last || **weight > 0.0)
    {
        // The last one takes whatever rounding has left.
        let share = if index == last { 1.0 } else { (weight / behind).min(1.0) };
        let taken = now.chance.binomial(now.draw(site.at(index as u64), 0), lane, left, share);
        behind -= weight;
        if taken > 0.0 {
            give(index, taken);
            left -= taken;
        }
        if left <= 0.0 {
            return;
        }
    }
}
