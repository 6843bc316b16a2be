//! Rates over next to nobody, for `repatria check`.

use crate::ensemble::summary::{Summary, Where};
use crate::model::{Mechanism, Model, PlaceId, Route};
use crate::scenario::Code;
use crate::scenario::{Diagnostic, ScenarioFile};

/// A rate over less than this, in person-years, is one of very few people.
const FEW: f64 = 1.0;

/// A warning for each word that people count as by leaving places where next to nobody is expected to be in the first twelve months (or
/// until the end): in each replicate the rate divides by those few. `summary` has the people of every place and the flow of every
/// mechanism; `length` is that of the file's text.
pub fn thin_rates(file: &ScenarioFile, length: usize, model: &Model, summary: &Summary) -> Vec<Diagnostic> {
    let calendar = &model.calendar;
    let steps = calendar.steps_in(1.0).min(calendar.steps()) as usize;
    let person_years = |place: usize| -> f64 {
        let everybody = |series: &&crate::ensemble::summary::PeopleSeries| {
            series.place == Where::Place(place) && series.groups.iter().all(Option::is_none)
        };
        let points = summary.people.iter().find(everybody).map_or(&[][..], |series| &series.points);
        points
            .windows(2)
            .take(steps)
            .map(|ends| (ends[0].mean + ends[1].mean) / 2.0 * calendar.step_years())
            .sum()
    };
    let from = |mechanism: Mechanism| match model.mover(mechanism).route {
        Route::Leave { from, .. } => from.into_owned(),
        Route::Arrive { .. } | Route::Born { .. } | Route::Correct { .. } => Vec::new(),
    };
    let mut counted: Vec<(&str, Vec<PlaceId>, Mechanism)> =
        model.counted().map(|(mechanism, word)| (word.as_str(), from(mechanism), mechanism)).collect();
    counted.sort_by_key(|(.., mechanism)| *mechanism);
    let mut words: Vec<&str> = counted.iter().map(|(word, ..)| *word).collect();
    words.sort_unstable();
    words.dedup();
    let mut warnings = Vec::new();
    for word in words {
        let of_this = || counted.iter().filter(|(other, ..)| *other == word);
        let mut places: Vec<usize> = of_this().flat_map(|(_, places, _)| places).copied().collect();
        places.sort_unstable();
        places.dedup();
        let people = |mechanism: Mechanism| {
            let flow = summary.flows.iter().find(|flow| flow.mechanism == mechanism);
            flow.map_or(0.0, |flow| flow.to_date[steps - 1].mean)
        };
        let gone: f64 = of_this().map(|(.., mechanism)| people(*mechanism)).sum();
        let time: f64 = places.into_iter().map(person_years).sum();
        if gone > 0.0 && time < FEW {
            let span = of_this().next().and_then(|(.., mechanism)| written_at(file, *mechanism));
            let warning = Diagnostic::warning(
                Code::ThinRate.of(&word),
                format!(
                    "the rate of `{word}` is over next to nobody: {time:.2} person-years in the first twelve months"
                ),
            );
            let warning = warning
                .label("few people are ever where they can leave by this")
                .help("in rates.csv its mean is of a few large numbers: look at people and flows instead");
            // Words of a file that this one extends stand elsewhere.
            warnings.push(Diagnostic { span: span.filter(|span| span.end <= length), ..warning });
        }
    }
    warnings
}

/// Where the word stands that a mechanism counts as.
fn written_at(file: &ScenarioFile, mechanism: Mechanism) -> Option<std::ops::Range<usize>> {
    let counts_as = file.section(mechanism.section()?).counts_as(mechanism.index());
    counts_as.map(|word| word.span())
}
