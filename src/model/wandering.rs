//! How parameters of a model wander: what becomes of their standard deviations.

use super::{Change, Effect, Expression, Model, NumberId, Wander};

impl Wander {
    /// Whether it ever moves its parameter: not by a standard deviation that is always 0.
    pub(super) fn is_felt(&self, model: &Model) -> bool {
        let constant = |id: NumberId| matches!(model.numbers[id].value, Expression::Constant(_));
        let reported = constant(self.sd)
            && self.changes(model).all(|change| change.is_throughout() && constant(change.amount));
        !reported || self.sd_before_policies(model, &[]) > 0.0
    }

    /// Its standard deviation before any policy, where parameters have `parameters`.
    fn sd_before_policies(&self, model: &Model, parameters: &[f64]) -> f64 {
        let mut sd = model.numbers[self.sd].value_in(parameters);
        for effect in [Effect::Set, Effect::Times] {
            let changes = self.changes(model).filter(|change| change.effect == effect);
            for change in changes.filter(|change| change.is_throughout()) {
                sd = effect.apply(sd, model.numbers[change.amount].value_in(parameters), 1.0);
            }
        }
        sd
    }

    /// The changes of its standard deviation.
    fn changes<'m>(&self, model: &'m Model) -> impl Iterator<Item = &'m Change> + use<'m> {
        let sd = self.sd;
        model.changes.iter().filter(move |change| change.targets.contains(&sd))
    }

    /// As a reader would say it before any policy, where parameters have `parameters`, with numbers as `number` writes them.
    pub fn words(&self, model: &Model, parameters: &[f64], number: &dyn Fn(f64) -> String) -> String {
        let sd = number(self.sd_before_policies(model, parameters));
        let half_life = number(model.numbers[self.halves_in.number].value_in(parameters));
        let plural = if half_life == "1" { "" } else { "s" };
        let (of, unit) = (self.scale.words(), self.halves_in.unit.name());
        format!("standard deviation of {of} {sd}, half of a deviation gone in {half_life} {unit}{plural}")
    }
}
