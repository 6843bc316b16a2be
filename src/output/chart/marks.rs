//! What happens on dates that everybody knows beforehand: policies, pauses, dated shocks, corrections and switches of regimes.

use super::possible;
use super::spec::{Mark, MarkKind};
use super::text;
use super::time_axis::boundary;
use crate::ensemble::answer::VariantAnswer;
use crate::ensemble::summary::Mechanism;
use crate::model::{Layer, Model, PlaceId, SwitchTime, Target};

/// A mark and what it is about.
struct DatedMark {
    mark: Mark,
    /// The mechanism that it belongs to; `None`: to everything.
    of: Option<Mechanism>,
    /// The places that it reaches; `None`: any.
    at: Option<Vec<PlaceId>>,
}

impl DatedMark {
    /// A mark of one date that belongs to everything.
    fn moment(at: f64, kind: MarkKind, label: String) -> DatedMark {
        DatedMark { mark: Mark { at, until: None, kind, label }, of: None, at: None }
    }
}

/// The marks that matter to people at `place`.
pub fn at_place(model: &Model, place: PlaceId) -> Vec<Mark> {
    let reaches = |dated: &DatedMark| dated.at.as_ref().is_none_or(|places| places.contains(&place));
    sorted(all(model).into_iter().filter(reaches))
}

/// The marks that matter to people at any place where they are held.
pub fn at_held_places(model: &Model) -> Vec<Mark> {
    let held = |place: &PlaceId| model.places[*place].kind.is_held();
    let reaches = |dated: &DatedMark| dated.at.as_ref().is_none_or(|places| places.iter().any(held));
    sorted(all(model).into_iter().filter(reaches))
}

/// The marks that matter to what `mechanisms` do.
pub fn of_mechanisms(model: &Model, mechanisms: &[Mechanism]) -> Vec<Mark> {
    let concerns = |dated: &DatedMark| dated.of.is_none_or(|of| mechanisms.contains(&of));
    sorted(all(model).into_iter().filter(concerns))
}

/// The dates on which what `variant` changes begins, under its name; none where it is different from the start.
pub fn of_variant(variant: &VariantAnswer) -> Vec<Mark> {
    let calendar = &variant.model.calendar;
    let begins = variant.model.changes.iter().filter_map(|change| match change.layer {
        Layer::Variant { window } => Some(window.from),
        _ => None,
    });
    let mut steps: Vec<u32> = begins.filter(|step| *step > 0 && *step < calendar.steps()).collect();
    steps.sort_unstable();
    steps.dedup();
    let label = text::label(&variant.label, &variant.name);
    let mark = |step| Mark {
        at: boundary(calendar, step),
        until: None,
        kind: MarkKind::Policy,
        label: label.clone(),
    };
    steps.into_iter().map(mark).collect()
}

fn sorted(dated: impl Iterator<Item = DatedMark>) -> Vec<Mark> {
    let mut marks: Vec<Mark> = dated.map(|dated| dated.mark).collect();
    marks.sort_by(|a, b| a.at.total_cmp(&b.at).then_with(|| a.label.cmp(&b.label)));
    marks.dedup();
    marks
}

fn all(model: &Model) -> Vec<DatedMark> {
    let dates = Dates { model, steps: model.calendar.steps() };
    let mut dated = dates.policies();
    dated.extend(dates.pauses());
    dated.extend(dates.shocks());
    dated.extend(dates.corrections());
    dated.extend(dates.switches());
    dated
}

/// What has dates, one kind after the other.
struct Dates<'m> {
    model: &'m Model,
    steps: u32,
}

impl Dates<'_> {
    /// Whether a chart could show what a date changes: at the start or the end of the horizon it could not.
    fn inside(&self, step: u32) -> bool {
        step > 0 && step < self.steps
    }

    fn at(&self, step: u32) -> f64 {
        boundary(&self.model.calendar, step)
    }

    fn policies(&self) -> Vec<DatedMark> {
        let mut dated = Vec::new();
        let policies = self.model.policies.iter().enumerate().filter(|(_, policy)| policy.when.is_none());
        for (_, policy) in policies.filter(|(index, _)| possible::policy(self.model, *index)) {
            let label = text::label(&policy.label, &policy.name);
            let ends = policy.until.map(|until| (until, format!("End: {label}")));
            for (step, label) in [Some((policy.from, label)), ends].into_iter().flatten() {
                if self.inside(step) {
                    dated.push(DatedMark::moment(self.at(step), MarkKind::Policy, label));
                }
            }
        }
        dated
    }

    fn pauses(&self) -> Vec<DatedMark> {
        let mut dated = Vec::new();
        for (index, programme) in self.model.programmes.iter().enumerate() {
            for (from, until) in
                programme.terms.pauses.iter().filter(|(from, until)| from < until && *from < self.steps)
            {
                if !possible::programme(self.model, programme, *from, (*until).min(self.steps)) {
                    continue;
                }
                let label = format!("{}: paused", text::label(&programme.label, &programme.name));
                let until = Some(self.at(*until));
                dated.push(DatedMark {
                    mark: Mark { at: self.at(*from), until, kind: MarkKind::Pause, label },
                    of: Some(Mechanism::Programme(index)),
                    at: Some(ends_of(&programme.from, &programme.targets)),
                });
            }
        }
        dated
    }

    fn shocks(&self) -> Vec<DatedMark> {
        let mut dated = Vec::new();
        for (index, shock) in self.model.shocks.iter().enumerate() {
            for step in shock.on.iter().filter(|step| **step < self.steps) {
                if !possible::shock(self.model, shock, *step) {
                    continue;
                }
                let middle = (self.at(*step) + self.at(step + 1)) / 2.0;
                let label = text::label(&shock.label, &shock.name);
                dated.push(DatedMark {
                    of: Some(Mechanism::Shock(index)),
                    at: Some(ends_of(&shock.at, &shock.targets)),
                    ..DatedMark::moment(middle, MarkKind::Shock, label)
                });
            }
        }
        dated
    }

    fn corrections(&self) -> Vec<DatedMark> {
        let mut dated = Vec::new();
        for (index, correction) in self.model.corrections.iter().enumerate() {
            let places = [Some(correction.at), correction.to, correction.from];
            for step in correction.on.iter().filter(|step| self.inside(**step)) {
                let label = text::label(&correction.label, &correction.name);
                dated.push(DatedMark {
                    of: Some(Mechanism::Correction(index)),
                    at: Some(places.into_iter().flatten().collect()),
                    ..DatedMark::moment(self.at(*step), MarkKind::Policy, label)
                });
            }
        }
        dated
    }

    fn switches(&self) -> Vec<DatedMark> {
        let mut dated = Vec::new();
        for regime in &self.model.regimes {
            for switch in &regime.switches {
                if let SwitchTime::Step(step) = &switch.when
                    && self.inside(*step)
                    && possible::switch(self.model, regime, switch, *step)
                {
                    let name = text::label(&regime.label, &regime.name);
                    let label = format!("{name}: {}", text::inside(&text::words(&regime.states[switch.to])));
                    dated.push(DatedMark::moment(self.at(*step), MarkKind::Switch, label));
                }
            }
        }
        dated
    }
}

fn ends_of(from: &[PlaceId], targets: &[Target]) -> Vec<PlaceId> {
    from.iter().copied().chain(targets.iter().filter_map(|target| target.place)).collect()
}
