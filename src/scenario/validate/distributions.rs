//! What parameters are drawn from.

use super::draft::Draft;
use crate::model::Distribution;
use crate::scenario::code::Code;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::file::parameter::WrittenDistribution;
use crate::scenario::located::Located;

impl Draft<'_> {
    pub(super) fn distribution(&mut self, written: &Located<WrittenDistribution>) -> Option<Distribution> {
        let (distribution, problems) = distribution(written);
        problems.into_iter().for_each(|problem| self.report(problem));
        distribution
    }
}

/// The distribution that is written, if one is, and what is wrong with it.
pub fn distribution(written: &Located<WrittenDistribution>) -> (Option<Distribution>, Vec<Diagnostic>) {
    let found = written.written();
    let mut problems: Vec<Diagnostic> = Vec::new();
    for one in &found {
        for broken in one.distribution.broken_rules() {
            let place = one.place(broken.number).unwrap_or_else(|| written.span());
            problems.push(
                Diagnostic::error(Code::BadDistribution, broken.rule)
                    .at(place)
                    .label("there is no such distribution")
                    .help("change this number, or one beside it"),
            );
        }
    }
    if found.len() != 1 {
        problems.push(
            Diagnostic::error(
                Code::BadDistribution,
                format!("a parameter is drawn from one distribution, not {}", found.len()),
            )
            .at(written.span())
            .label("expected exactly one")
            .help(format!("write one of {}", Distribution::NAMES.join(", "))),
        );
    }
    (found.first().map(|one| one.distribution), problems)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the list calls a distribution and its numbers is what a file calls them.
    #[test]
    fn every_distribution_is_read_by_its_names() {
        for (distribution, ..) in Distribution::examples() {
            let numbers: Vec<String> =
                distribution.numbers().iter().map(|(name, number)| format!("{name} = {number:?}")).collect();
            let text = format!("it = {{ {} = {{ {} }} }}", distribution.name(), numbers.join(", "));
            let file: std::collections::BTreeMap<String, Located<WrittenDistribution>> =
                toml::from_str(&text).unwrap();
            let (found, problems) = super::distribution(&file["it"]);
            assert_eq!((found, problems.len()), (Some(distribution), 0), "{text}");
        }
    }
}
