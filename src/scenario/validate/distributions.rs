//! What parameters are drawn from.

use std::ops::Range;

use super::draft::Draft;
use crate::model::Distribution;
use crate::scenario::diagnostic::Diagnostic;
use crate::scenario::file::parameter::Distribution as WrittenDistribution;
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
    let WrittenDistribution { normal, lognormal, uniform, triangular, beta, gamma } = written.get();
    let mut found: Vec<Distribution> = Vec::new();
    let mut wrong: Vec<(Range<usize>, &str)> = Vec::new();
    let mut check = |good: bool, span: Range<usize>, rule: &'static str| {
        if !good {
            wrong.push((span, rule));
        }
    };
    if let Some(d) = normal {
        check(*d.sd > 0.0, d.sd.span(), "`sd` must be above 0");
        found.push(Distribution::Normal { mean: *d.mean, sd: *d.sd });
    }
    if let Some(d) = lognormal {
        check(*d.median > 0.0, d.median.span(), "`median` must be above 0");
        check(*d.sigma > 0.0, d.sigma.span(), "`sigma` must be above 0");
        found.push(Distribution::Lognormal { median: *d.median, sigma: *d.sigma });
    }
    if let Some(d) = uniform {
        check(*d.low < *d.high, d.high.span(), "`high` must be above `low`");
        found.push(Distribution::Uniform { low: *d.low, high: *d.high });
    }
    if let Some(d) = triangular {
        check(*d.low < *d.high, d.high.span(), "`high` must be above `low`");
        check(
            *d.low <= *d.mode && *d.mode <= *d.high,
            d.mode.span(),
            "`mode` must be between `low` and `high`",
        );
        found.push(Distribution::Triangular { low: *d.low, mode: *d.mode, high: *d.high });
    }
    if let Some(d) = beta {
        check(*d.mean > 0.0 && *d.mean < 1.0, d.mean.span(), "`mean` must be between 0 and 1");
        check(*d.sd > 0.0, d.sd.span(), "`sd` must be above 0");
        let possible = *d.sd * *d.sd < *d.mean * (1.0 - *d.mean);
        check(possible, d.sd.span(), "`sd` must be below the root of mean x (1 - mean)");
        found.push(Distribution::Beta { mean: *d.mean, sd: *d.sd });
    }
    if let Some(d) = gamma {
        check(*d.mean > 0.0, d.mean.span(), "`mean` must be above 0");
        check(*d.sd > 0.0, d.sd.span(), "`sd` must be above 0");
        found.push(Distribution::Gamma { mean: *d.mean, sd: *d.sd });
    }
    let mut problems: Vec<Diagnostic> = Vec::new();
    let mut error = |span, message: String, label: &str, help: &str| {
        problems.push(Diagnostic::error(message).at(span).label(label).help(help));
    };
    for (span, rule) in wrong {
        error(span, rule.into(), "there is no such distribution", "change this number, or one beside it");
    }
    if found.len() != 1 {
        error(
            written.span(),
            format!("a parameter is drawn from one distribution, not {}", found.len()),
            "expected exactly one",
            "write one of normal, lognormal, uniform, triangular, beta, gamma",
        );
    }
    (found.into_iter().next(), problems)
}
