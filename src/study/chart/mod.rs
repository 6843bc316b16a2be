//! Charts of a study: what its outcomes owe to which factor, for people. Each type is one file that makes specs, drawn as
//! the charts of a run are ([`crate::output::chart`]).

mod bars;
mod fan;
mod groups;
mod heat;
mod heat_scale;
mod morris;
mod scatter;
mod sobol;
mod source;
mod tornado;
mod uncertainty;

use super::analysis::Analysed;
use super::columns::OutcomeColumns;
use super::valid::Study;
use crate::output::chart::spec::Spec;
use crate::output::chart::{self, Chart};

/// Every chart that a study has numbers for, the most telling first. `partial`: units are missing, which every chart then
/// says.
pub fn draw_all(study: &Study, columns: &OutcomeColumns, analysed: &[Analysed], partial: bool) -> Vec<Chart> {
    chart::draw(specs(study, columns, analysed, partial))
}

/// What [`draw_all`] draws.
pub fn specs(study: &Study, columns: &OutcomeColumns, analysed: &[Analysed], partial: bool) -> Vec<Spec> {
    let source = source::StudyResults::new(study, columns, analysed, partial);
    let all = source.numbers();
    let mut specs: Vec<Spec> = uncertainty::spec(&source).into_iter().collect();
    specs.extend(all.iter().filter_map(sobol::spec));
    specs.extend(all.iter().filter_map(morris::spec));
    specs.extend(all.iter().filter_map(tornado::spec));
    specs.extend(fan::spec(&source));
    specs.extend(all.iter().flat_map(heat::specs));
    specs.extend(all.iter().flat_map(scatter::specs));
    specs
}
