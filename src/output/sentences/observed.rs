//! How well the replicates meet what was observed.

use super::findings::RunFindings;
use super::words::{people, significant};
use crate::output::format::{count, thousands};
use crate::output::scores::{scored, skill};

/// "Of 12 observed values 10 lie in the band that holds 9 of 10 replicates; on average the replicates have 340 people more
/// than were observed. Their score (CRPS) is 210 people, that of no change since the first value 450."
pub fn observed(findings: &RunFindings<'_>) -> Option<String> {
    let skill = skill(&scored(findings.model, findings.summary))?;
    let values = count(skill.observed as u64, "observed value");
    let band = skill
        .inside
        .map(|[_, inside]| format!("Of {values} {} in the band that holds 9 of 10 replicates", lie(inside)));
    let bias = match significant(skill.bias.abs(), skill.mc_se).as_str() {
        "0" => "on average the replicates have as many people as were observed".to_string(),
        size => {
            let way = if skill.bias > 0.0 { "more" } else { "fewer" };
            format!("on average the replicates have {} {way} than were observed", people(size))
        }
    };
    let first = match band {
        Some(band) => format!("{band}; {bias}."),
        None => format!("Over {values}, {bias}."),
    };
    let compared = skill.against_naive.map(|(crps, naive)| {
        let number = |value| significant(value, skill.mc_se);
        format!(
            " Their score (CRPS) is {}, that of no change since the first value {}.",
            people(&number(crps)),
            number(naive)
        )
    });
    let gaps = findings.model.observed.as_ref().map_or(0, |observed| observed.gaps);
    let gaps = match gaps {
        0 => String::new(),
        1 => " 1 row without a figure is left out.".into(),
        n => format!(" {} rows without a figure are left out.", thousands(n as f64)),
    };
    Some(first + &compared.unwrap_or_default() + &gaps)
}

/// "1 lies", "10 lie"
fn lie(number: usize) -> String {
    format!("{} {}", thousands(number as f64), if number == 1 { "lies" } else { "lie" })
}
