//! Spreads of factors in the words of a study file, for the package.

use serde_json::{Value, json};

use crate::model::Distribution;
use crate::study::design::Spread;

/// What a factor may be.
pub(super) fn described(spread: &Spread) -> Value {
    match spread {
        Spread::Levels(levels) => json!({ "levels": levels }),
        Spread::Range { low, high, log } => json!({ "range": [low, high], "log": log }),
        Spread::Drawn(drawn) => {
            let (low, high) = drawn.range();
            let end = |end: f64| if end.is_finite() { json!(end) } else { Value::Null };
            let mut told = json!({ "distribution": distribution(drawn.distribution()) });
            if low.is_finite() || high.is_finite() {
                told["within"] = json!([end(low), end(high)]);
            }
            told
        }
    }
}

fn distribution(distribution: Distribution) -> Value {
    match distribution {
        Distribution::Normal { mean, sd } => json!({ "normal": { "mean": mean, "sd": sd } }),
        Distribution::Lognormal { median, sigma } => {
            json!({ "lognormal": { "median": median, "sigma": sigma } })
        }
        Distribution::Uniform { low, high } => json!({ "uniform": { "low": low, "high": high } }),
        Distribution::Triangular { low, mode, high } => {
            json!({ "triangular": { "low": low, "mode": mode, "high": high } })
        }
        Distribution::Beta { mean, sd } => json!({ "beta": { "mean": mean, "sd": sd } }),
        Distribution::Gamma { mean, sd } => json!({ "gamma": { "mean": mean, "sd": sd } }),
    }
}
