//! Spreads of factors in the words of a study file, for the package.

use serde_json::{Map, Value, json};

use crate::model::Distribution;
use crate::study::design::FactorSpread;

/// What a factor may be.
pub(super) fn described(spread: &FactorSpread) -> Value {
    match spread {
        FactorSpread::Levels(levels) => json!({ "levels": levels }),
        FactorSpread::Range { low, high, log } => json!({ "range": [low, high], "log": log }),
        FactorSpread::Drawn(drawn) => {
            let (low, high) = drawn.range();
            let end = |end: f64| if end.is_finite() { json!(end) } else { Value::Null };
            let mut described = json!({ "distribution": distribution(drawn.distribution()) });
            if low.is_finite() || high.is_finite() {
                described["within"] = json!([end(low), end(high)]);
            }
            described
        }
    }
}

fn distribution(distribution: Distribution) -> Value {
    let numbers: Map<String, Value> =
        distribution.numbers().into_iter().map(|(name, number)| (name.into(), json!(number))).collect();
    json!({ distribution.name(): numbers })
}
