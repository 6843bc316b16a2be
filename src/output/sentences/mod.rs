//! What the numbers say, in a few plain sentences for the end of a run.

mod attribution;
mod differences;
mod digits;
mod leaving;
mod observed;
mod outcomes;
mod people;
mod precision;
mod shock;
mod wandering;
pub mod words;

use crate::ensemble::answer::Answer;
use crate::ensemble::summary::{FlowSeries, GroupFilter, Mechanism, PeopleSeries, Summary, Where};
use crate::model::Model;
use crate::output::format::when;
use crate::output::stops::one_stop;

/// Three sentences about a result: how many are held in the end, how the largest place changes, and how people leave;
/// with a fourth about a shock where there are shocks, and then those about the first outcomes and observed values,
/// and one about parameters that wander. What is not recorded is left out.
pub fn sentences(model: &Model, summary: &Summary) -> Vec<String> {
    let findings = RunFindings { model, summary };
    [
        people::held(&findings),
        people::largest_place(&findings),
        leaving::leaving(&findings),
        shock::shock(&findings),
    ]
    .into_iter()
    .flatten()
    .chain(outcomes::outcomes(&findings))
    .chain(observed::observed(&findings))
    .chain(wandering::wandering(&findings))
    .collect()
}

/// What a run says: the sentences of the baseline, then what variants change and what their parts contribute, what precision
/// was reached, and a warning where a number is reported with more digits than its standard error supports.
pub fn of_answer(answer: &Answer) -> Vec<String> {
    let first = answer.first();
    let mut all = sentences(&first.model, &first.summary);
    all.extend(differences::differences(answer));
    all.extend(attribution::attributions(answer));
    all.extend(precision::precision(answer));
    all.extend(digits::unsupported(&first.model, &first.summary));
    all.iter().map(|sentence| one_stop(sentence)).collect()
}

/// What was found and is to be reported.
struct RunFindings<'a> {
    model: &'a Model,
    summary: &'a Summary,
}

impl RunFindings<'_> {
    /// "in January 2025"
    fn start(&self) -> String {
        when(self.model.calendar.start(), self.model.calendar.unit())
    }

    /// "in January 2031"
    fn end(&self) -> String {
        when(self.model.calendar.end(), self.model.calendar.unit())
    }

    /// "By January 2031"
    fn by_end(&self) -> String {
        let end = self.end();
        format!("By {}", end.split_once(' ').map_or(end.as_str(), |(_, date)| date))
    }

    /// Everybody at a place.
    fn everybody_at(&self, place: Where) -> Option<&PeopleSeries> {
        self.summary.people.iter().find(|series| series.place == place && everybody(&series.groups))
    }

    /// The flow of everybody by a mechanism; of several, the one that contains the others.
    fn total(&self, mechanism: Mechanism) -> Option<&FlowSeries> {
        let size = |series: &FlowSeries| series.to_date.last().map_or(0.0, |stat| stat.mean);
        (self.summary.flows.iter())
            .filter(|series| series.mechanism == mechanism && everybody(&series.groups))
            .max_by(|a, b| size(a).total_cmp(&size(b)))
    }
}

/// Whether a series counts all groups.
fn everybody(groups: &GroupFilter) -> bool {
    groups.iter().all(Option::is_none)
}
