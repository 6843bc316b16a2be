//! Where people go, and what they become.

use super::table::{parts, render};
use super::telling::Telling;
use super::who::become_words;
use super::words::{percent, shares};
use crate::model::{NumberId, PlaceId, Target, Varying};
use crate::wording::list;

/// What people do who leave `from`: "go to Home", "leave: 85 % go to At large and 15 % go to Died"; `verb` is what they do where
/// there are several ways.
pub(super) fn go(telling: &Telling<'_>, from: &[PlaceId], targets: &[Target], verb: &str) -> String {
    match targets {
        [] => "leave".into(),
        [only] => way(telling, from, only),
        several => format!("{verb}: {}", divided(telling, from, several)),
    }
}

/// "85 % go to At large and 15 % go to Died"
pub(super) fn divided(telling: &Telling<'_>, from: &[PlaceId], targets: &[Target]) -> String {
    let ways: Vec<String> = targets.iter().map(|target| way(telling, from, target)).collect();
    let constant: Option<Vec<Vec<NumberId>>> = targets.iter().map(same).collect();
    let words: Vec<String> = match constant {
        Some(ids) => {
            let product = |ids: &Vec<NumberId>| ids.iter().map(|id| telling.value(*id)).product::<f64>();
            let products: Vec<f64> = ids.iter().map(product).collect();
            let whole: f64 = products.iter().sum();
            let whole = if whole > 0.0 { whole } else { 1.0 };
            let parts: Vec<(f64, String)> = products.iter().map(|part| part / whole).zip(ways).collect();
            let told = shares(&parts).into_iter().zip(&ids);
            told.map(|(words, ids)| telling.with_dependence(words, ids)).collect()
        }
        None => targets
            .iter()
            .zip(ways)
            .map(|(target, way)| {
                let factors: Vec<String> = target
                    .shares
                    .iter()
                    .map(|share| {
                        render(telling, &parts(telling, share, &[]), &percent, &|text| text.to_string())
                    })
                    .collect();
                format!("{} {way}", factors.join(" times "))
            })
            .collect(),
    };
    list(&words, words.len())
}

/// The numbers whose product is the share of a target; `None` where it differs by group.
fn same(target: &Target) -> Option<Vec<NumberId>> {
    let number = |share: &Varying| match share {
        Varying::Same(number) => Some(*number),
        Varying::By(_) | Varying::Series(_) => None,
    };
    target.shares.iter().map(number).collect()
}

fn way(telling: &Telling<'_>, from: &[PlaceId], target: &Target) -> String {
    let becomes = become_words(telling.model, &target.becomes);
    let stays = target.place.is_none_or(|place| from == [place]);
    let goes =
        target.place.filter(|_| !stays).map(|place| format!("go to {}", telling.model.places[place].label));
    let stays = (target.place.is_some() && stays && becomes.is_some()).then(|| "stay".to_string());
    let words: Vec<String> = [goes, stays, becomes].into_iter().flatten().collect();
    if words.is_empty() { "stay".into() } else { list(&words, words.len()) }
}
