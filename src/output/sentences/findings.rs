//! What a run found, as sentences look at it.

use crate::ensemble::summary::{FlowSeries, GroupFilter, Mechanism, PeopleSeries, Summary, Where};
use crate::model::Model;
use crate::output::format::when;

/// What was found and is to be reported.
pub(super) struct RunFindings<'a> {
    pub(super) model: &'a Model,
    pub(super) summary: &'a Summary,
}

impl RunFindings<'_> {
    /// "in January 2025"
    pub(super) fn start(&self) -> String {
        when(self.model.calendar.start(), self.model.calendar.unit())
    }

    /// "in January 2031"
    pub(super) fn end(&self) -> String {
        when(self.model.calendar.end(), self.model.calendar.unit())
    }

    /// "By January 2031"
    pub(super) fn by_end(&self) -> String {
        let end = self.end();
        format!("By {}", end.split_once(' ').map_or(end.as_str(), |(_, date)| date))
    }

    /// Everybody at a place.
    pub(super) fn everybody_at(&self, place: Where) -> Option<&PeopleSeries> {
        self.summary.people.iter().find(|series| series.place == place && everybody(&series.groups))
    }

    /// The flow of everybody by a mechanism; of several, the one that contains the others.
    pub(super) fn total(&self, mechanism: Mechanism) -> Option<&FlowSeries> {
        let size = |series: &FlowSeries| series.to_date.last().map_or(0.0, |stat| stat.mean);
        (self.summary.flows.iter())
            .filter(|series| series.mechanism == mechanism && everybody(&series.groups))
            .max_by(|a, b| size(a).total_cmp(&size(b)))
    }
}

/// Whether a series counts all groups.
pub(super) fn everybody(groups: &GroupFilter) -> bool {
    groups.iter().all(Option::is_none)
}
