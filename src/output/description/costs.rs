//! What places and mechanisms cost.

use super::telling::Telling;
use super::words::{number, percent};
use crate::model::{Costs, NumberId};
use crate::wording::list;

/// A sentence for each thing that costs something.
pub(super) fn of_costs(telling: &Telling<'_>, costs: &Costs) -> Vec<String> {
    let model = telling.model;
    let price = |id: Option<NumberId>, of: &str| {
        id.map(|id| {
            format!("{} {of}", telling.told(id, |value| format!("{} {}", number(value), costs.currency)))
        })
    };
    let sentence = |label: &str, prices: [Option<String>; 3]| {
        let prices: Vec<String> = prices.into_iter().flatten().collect();
        (!prices.is_empty()).then(|| format!("{label} costs {}", list(&prices, prices.len())))
    };
    let places = costs.places.iter().filter_map(|it| {
        let prices = [
            price(it.per_person_month, "for each person and month"),
            price(it.fixed_per_month, "a month whoever is there"),
            None,
        ];
        sentence(&model.places[it.place].label, prices)
    });
    let mechanisms = costs.mechanisms.iter().filter_map(|it| {
        let prices = [
            price(it.per_occasion, "for each occasion"),
            price(it.per_person, "for each person"),
            price(it.fixed_per_month, "a month whatever happens"),
        ];
        sentence(model.mover(it.mechanism).label, prices)
    });
    let discount = costs
        .discount_rate
        .map(|rate| format!("What is paid later is discounted by {} a year", telling.told(rate, percent)));
    places.chain(mechanisms).chain(discount).collect()
}
