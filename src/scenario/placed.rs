//! Problems with the file in which each stands.

use super::diagnostic::Diagnostic;
use super::file::base::Base;

/// Problems with the file in which each stands, and its place in that file.
pub(super) fn placed(base: Option<&Base>, problems: impl IntoIterator<Item = Diagnostic>) -> Vec<Diagnostic> {
    let place = |problem: Diagnostic| match (base, &problem.span) {
        (Some(base), Some(span)) if span.start >= base.shift => Diagnostic {
            span: Some(span.start - base.shift..span.end - base.shift),
            file: Some(base.source.clone()),
            ..problem
        },
        _ => problem,
    };
    problems.into_iter().map(place).collect()
}
