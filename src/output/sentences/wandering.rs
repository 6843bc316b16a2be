//! Parameters that wander.

use super::findings::RunFindings;

/// So many are named.
const MOST_NAMED: usize = 3;

/// "Displacement wanders about its value in every replicate." None in expected mode, where all keep their values.
pub fn wandering(findings: &RunFindings<'_>) -> Option<String> {
    if findings.summary.expected {
        return None;
    }
    let model = findings.model;
    let wandering = model.parameters.iter().zip(model.wandering()).filter(|(_, wander)| wander.is_some());
    let names: Vec<&str> = wandering
        .map(|(parameter, _)| parameter.label.as_ref().unwrap_or(&parameter.name).as_str())
        .collect();
    match names.as_slice() {
        [] => None,
        [one] => Some(format!("{one} wanders about its value in every replicate.")),
        [others @ .., last] if names.len() <= MOST_NAMED => {
            let others = others.join(", ");
            Some(format!("{others} and {last} wander about their values in every replicate."))
        }
        _ => Some("Several parameters wander about their values in every replicate.".into()),
    }
}
