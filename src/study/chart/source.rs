//! What the charts of a study are made of, and what every one of them says about itself.

use crate::engine::compile;
use crate::ensemble::outcome_units;
use crate::model::OutcomeUnit;
use crate::output::chart::format::{change, decimal, list, number, with_minus};
use crate::output::chart::spec::{KeyEntry, Panel, Spec};
use crate::output::chart::{compared, groups, text};
use crate::output::format::{count, thousands};
use crate::output::full_stops::full_stop;
use crate::study::analysis::Analysed;
use crate::study::columns::{OutcomeColumn, OutcomeColumns};
use crate::study::design::FactorSpread;
use crate::study::valid::Study;

/// No chart has more panels of outcomes than this: the first outcomes are drawn, the others named.
pub const MOST_PANELS: usize = 6;

/// Of so many variants, the first, what changes is drawn.
const MOST_VARIANTS: usize = 6;

/// A study and its results.
pub struct StudyResults<'a> {
    /// The study.
    pub study: &'a Study,
    /// Its outcomes by column.
    pub columns: &'a OutcomeColumns,
    /// What they owe to which factor.
    pub analysed: &'a [Analysed],
    partial: bool,
    /// Of each outcome that is kept.
    units: Vec<OutcomeUnit>,
}

/// The outcomes of the baseline, or what a variant changes of them.
#[derive(Clone, Copy)]
pub struct ChartNumbers<'a> {
    /// Of which study.
    pub source: &'a StudyResults<'a>,
    /// 0 is the baseline.
    pub variant: usize,
}

/// What a chart says beside its panels.
pub struct ChartWords {
    /// Its kind, which its file is named by.
    pub kind: &'static str,
    /// Its heading.
    pub title: String,
    /// What is drawn of the points; ends the subtitle.
    pub how: String,
    /// Sentences under it.
    pub notes: Vec<String>,
    /// Whether it has bands of replicates.
    pub bands: bool,
}

impl<'a> StudyResults<'a> {
    /// Of a study.
    pub fn new(
        study: &'a Study,
        columns: &'a OutcomeColumns,
        analysed: &'a [Analysed],
        partial: bool,
    ) -> StudyResults<'a> {
        let all = outcome_units(&compile(&study.scenario.baseline));
        let units = study.keep.outcomes.iter().map(|outcome| all[*outcome].clone()).collect();
        StudyResults { study, columns, analysed, partial, units }
    }

    /// The outcomes of the baseline, then what each variant changes of them.
    pub fn numbers(&'a self) -> Vec<ChartNumbers<'a>> {
        let variants = self.study.variant_count().min(1 + MOST_VARIANTS);
        (0..variants).map(|variant| ChartNumbers { source: self, variant }).collect()
    }

    /// How many outcomes there are.
    pub fn outcomes(&self) -> usize {
        self.units.len()
    }

    /// The factors that have more than one value among the points.
    pub fn varying(&self) -> Vec<usize> {
        let varies = |factor: &usize| {
            let values = &self.columns.factors[*factor];
            values.iter().any(|value| *value != values[0])
        };
        (0..self.columns.factors.len()).filter(varies).collect()
    }

    /// A factor's name for people.
    pub fn factor(&self, factor: usize) -> String {
        text::clean(&self.study.fields[factor].label)
    }

    /// Whether a factor is spread evenly over its logarithm: then its axis is logarithmic.
    pub fn is_logarithmic(&self, factor: usize) -> bool {
        let known = self.study.factors.get(factor).map(|factor| &factor.spread);
        matches!(known, Some(FactorSpread::Range { log: true, .. }))
            && self.columns.factors[factor].iter().all(|value| *value > 0.0)
    }

    /// Where an outcome cannot be below 0, and nothing that is shown of it is, its errors are not drawn below 0 either; shares
    /// end at 1.
    pub fn possible(&self, outcome: usize, variant: usize) -> (f64, f64) {
        let column = &self.columns.variants[variant][outcome];
        let shown = column.mean.iter().chain(column.quantiles.iter().flatten());
        let low = if shown.copied().any(|value| value < 0.0) { f64::NEG_INFINITY } else { 0.0 };
        match self.units[outcome] {
            OutcomeUnit::Share | OutcomeUnit::Probability => (low, 1.0),
            _ => (low, f64::INFINITY),
        }
    }

    /// An outcome's name for people.
    pub fn label(&self, outcome: usize) -> String {
        let index = self.study.keep.outcomes[outcome];
        text::clean(&self.study.scenario.baseline.outcomes[index].label)
    }

    /// The name of a variant for people.
    pub fn variant(&self, variant: usize) -> String {
        text::clean(self.study.variant_label(variant))
    }

    /// A sentence that names outcomes which are in a table only; none where there are none.
    pub fn elsewhere(&self, outcomes: &[usize], table: &str) -> Option<String> {
        let names: Vec<String> = outcomes.iter().map(|outcome| text::inside(&self.label(*outcome))).collect();
        (!names.is_empty()).then(|| format!("In {table}: {}.", list(&names, 8)))
    }

    /// The sheet of some panels.
    pub fn spec(&self, words: ChartWords, key: Vec<KeyEntry>, panels: Vec<Panel>) -> Spec {
        let ChartWords { kind, title, how, mut notes, bands } = words;
        let study = self.study;
        let name = text::clean(&study.title);
        let points = count(self.columns.points.len() as u64, "point");
        let replicates = match study.replicates {
            1 => "one replicate (a simulated history) each".to_string(),
            many => format!("{} replicates (simulated histories) each", thousands(many as f64)),
        };
        let mut subtitle = format!("{points}, {replicates}; {how}.");
        if self.partial {
            subtitle.push_str(" A part of the study: units are missing.");
        }
        if self.columns.failed > 0 {
            notes.push(format!("{} could not be simulated.", count(self.columns.failed, "point")));
        }
        let models = (0..study.variant_count()).map(|variant| study.variant_model(variant));
        let parameters: Vec<_> = models.flat_map(|model| &model.parameters).collect();
        let sourced = !parameters.is_empty() && parameters.iter().all(|parameter| parameter.source.is_some());
        let parameters = match sourced {
            true => "Parameters: see the scenario's sources",
            false => "Illustrative parameters, not sourced",
        };
        notes.push(match bands {
            true => format!("{parameters}. Bands are of replicates, not all of the uncertainty."),
            false => format!("{parameters}. How far the replicates lie apart is not shown."),
        });
        Spec::new(kind, title, &study.scenario.baseline.calendar)
            .subtitle([full_stop(&name), subtitle])
            .footer(notes)
            .key(key)
            .panels(panels)
    }
}

/// A level of a factor: with as many digits as tell it from its neighbours.
pub fn level(value: f64) -> String {
    let size = value.abs();
    let text = if (0.001..1000.0).contains(&size) { decimal(size, 4) } else { number(size) };
    with_minus(value, text)
}

impl<'a> ChartNumbers<'a> {
    /// Whether the numbers are what a variant changes.
    pub fn differ(&self) -> bool {
        self.variant > 0
    }

    /// The column of an outcome.
    pub fn column(&self, outcome: usize) -> &'a OutcomeColumn {
        &self.source.columns.variants[self.variant][outcome]
    }

    /// A number for every point, in the outcome's own unit.
    pub fn values(&self, outcome: usize) -> &'a [f64] {
        let column = self.column(outcome);
        if self.differ() { &column.difference } else { &column.mean }
    }

    /// What values are multiplied by for people, and what they then count.
    pub fn way(&self, outcome: usize) -> (f64, String) {
        let unit = &self.source.units[outcome];
        match unit {
            unit if self.differ() => compared::way(unit),
            OutcomeUnit::Amount(words) => (1.0, text::clean(words)),
            OutcomeUnit::Share => (100.0, "%".to_string()),
            OutcomeUnit::Probability => (100.0, "% of replicates".to_string()),
            OutcomeUnit::Date => (1.0, "months since the start".to_string()),
        }
    }

    /// A number of this kind for people.
    pub fn text(&self, value: f64) -> String {
        if self.differ() { change(value) } else { number(value) }
    }

    /// "each outcome", or "the effect of “X” on each outcome".
    pub fn subject(&self, outcome: &str) -> String {
        match self.differ() {
            true => format!("the effect of “{}” on {outcome}", self.source.variant(self.variant)),
            false => outcome.to_string(),
        }
    }

    /// The analysis of an outcome.
    pub fn analysed(&self, outcome: usize) -> Option<&'a Analysed> {
        let is = |one: &&Analysed| {
            one.variant == self.variant && one.outcome == outcome && one.difference == self.differ()
        };
        self.source.analysed.iter().find(is)
    }

    /// The sheet of some panels of one outcome, after which it is called.
    pub fn spec_of(&self, outcome: usize, words: ChartWords, key: Vec<KeyEntry>, panels: Vec<Panel>) -> Spec {
        let index = self.source.study.keep.outcomes[outcome];
        let own = groups::file_word(&self.source.study.scenario.baseline.outcomes[index].name);
        self.named(Some(own), words, key, panels)
    }

    /// The sheet of some panels.
    pub fn spec(&self, words: ChartWords, key: Vec<KeyEntry>, panels: Vec<Panel>) -> Spec {
        self.named(None, words, key, panels)
    }

    fn named(&self, own: Option<String>, words: ChartWords, key: Vec<KeyEntry>, panels: Vec<Panel>) -> Spec {
        let mut spec = self.source.spec(words, key, panels);
        if let Some(own) = own {
            spec.name = format!("{}_{own}", spec.name);
        }
        if self.differ() {
            let variant = groups::file_word(self.source.study.variant_name(self.variant));
            spec.name = format!("{}_{variant}", spec.name);
        }
        spec
    }
}
