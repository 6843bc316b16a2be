//! The study as the EMA Workbench keeps results: an archive that its `load_results` opens.
//!
//! `experiments.csv` has one row a cell: the factors, then `scenario` (the point), `policy` (the variant) and `model`. A scalar
//! outcome is `<name>.cls`, one mean a row without a header; a time series is `<name>.csv`, one row a cell and one column a date,
//! with a header. Time series are the means of people at each place; `TIME`, which the workbench's charts look for, is the year.
//! `metadata.json` says which file is what.

use std::io::{self, Write};

use jiff::civil::Date;
use serde_json::json;

use super::archive::{Archive, UnnamedFile, unnamed_file};
use super::described::{FileDescription, Folder};
use super::findings::StudyFindings;
use crate::ensemble::comparison::SeriesKind;
use crate::ensemble::kept::{KeptName, KeptSeries};
use crate::output::csv;
use crate::output::format::shortest;
use crate::output::write::WriteError;
use crate::study::cell::PointResult;
use crate::study::table::names;
use crate::study::valid::Study;

const FILE: &str = "ema_workbench.tar.gz";

/// What the workbench calls the time of a series.
const TIME: &str = "TIME";

/// So many files are written at once; more take one more reading of the units each.
const AT_ONCE: usize = 64;

/// One file of the archive that has a row a cell.
enum CellColumn {
    Experiments,
    /// An outcome: its place among those that are kept.
    Scalar(usize),
    Time,
    /// People at a place: of each variant the place of the series among those that are kept.
    People(Vec<Option<usize>>),
}

struct ArchiveEntry {
    name: String,
    column: CellColumn,
}

/// Writes the archive.
pub(super) fn write(folder: &mut Folder<'_>, of: StudyFindings<'_>) -> Result<(), WriteError> {
    let described = FileDescription::new(FILE, "The study as results of the EMA Workbench").description(
        "Open it with ema_workbench.load_results. Experiments are cells: the factors, the point as scenario, the variant as policy. \
         Outcomes are means over replicates; time series are people at each place at the dates that are kept, and TIME is \
         the year of each.",
    );
    let beside = folder.results.folder().to_path_buf();
    folder.put(FILE, described, &mut |out| {
        let mut archive = Archive::new(out);
        let entries = entries(of.merge.study);
        for some in entries.chunks(AT_ONCE) {
            let mut files = Vec::new();
            for entry in some {
                let mut file = unnamed_file(&beside)?;
                head(of.merge.study, &entry.column, &mut file)?;
                files.push(file);
            }
            of.merge.each_point(&mut |values, result| {
                for (entry, file) in some.iter().zip(&mut files) {
                    rows(of.merge.study, &entry.column, values, result, file)?;
                }
                Ok(())
            })?;
            for (entry, file) in some.iter().zip(files) {
                archive.add(&entry.file(), file)?;
            }
        }
        archive.add_text("metadata.json", &metadata(of.merge.study, &entries))?;
        archive.finish()
    })
}

impl ArchiveEntry {
    fn file(&self) -> String {
        match self.column {
            CellColumn::Scalar(_) => format!("{}.cls", self.name),
            CellColumn::Experiments | CellColumn::Time | CellColumn::People(_) => {
                format!("{}.csv", self.name)
            }
        }
    }

    /// The workbench's class of it.
    fn class(&self) -> Option<&'static str> {
        match self.column {
            CellColumn::Experiments => None,
            CellColumn::Scalar(_) => Some("ScalarOutcome"),
            CellColumn::Time | CellColumn::People(_) => Some("TimeSeriesOutcome"),
        }
    }
}

fn entries(study: &Study) -> Vec<ArchiveEntry> {
    let mut entries = vec![ArchiveEntry { name: "experiments".into(), column: CellColumn::Experiments }];
    entries.extend((study.outcomes().enumerate()).map(|(index, outcome)| ArchiveEntry {
        name: outcome.name.clone(),
        column: CellColumn::Scalar(index),
    }));
    if study.keep.series == KeptSeries::None {
        return entries;
    }
    entries.push(ArchiveEntry { name: TIME.into(), column: CellColumn::Time });
    let variants: Vec<Vec<KeptName>> =
        (0..study.variant_count()).map(|variant| names(study, variant)).collect();
    let is_people = |kept: &&KeptName| {
        kept.name.kind == SeriesKind::People && kept.name.groups.iter().all(Option::is_none)
    };
    let mut places: Vec<&str> = Vec::new();
    for kept in variants.iter().flatten().filter(is_people) {
        if !places.contains(&kept.name.subject.as_str()) {
            places.push(&kept.name.subject);
        }
    }
    for place in places {
        let of_variant =
            |kept: &Vec<KeptName>| kept.iter().position(|it| is_people(&it) && it.name.subject == place);
        let series = variants.iter().map(of_variant).collect();
        // No outcome has a name with a blank.
        entries.push(ArchiveEntry { name: format!("people {place}"), column: CellColumn::People(series) });
    }
    entries
}

/// The first line, of what has one.
fn head(study: &Study, column: &CellColumn, out: &mut UnnamedFile) -> io::Result<()> {
    match column {
        CellColumn::Scalar(_) => Ok(()),
        CellColumn::Experiments => {
            let factors: Vec<&str> = study.factors.iter().map(|factor| factor.name.as_str()).collect();
            writeln!(out, "{},scenario,policy,model", factors.join(","))
        }
        CellColumn::Time | CellColumn::People(_) => {
            let dates: Vec<String> = dates(study).iter().map(Date::to_string).collect();
            writeln!(out, "{}", dates.join(","))
        }
    }
}

/// A row for each cell of a point.
fn rows(
    study: &Study,
    column: &CellColumn,
    values: &[f64],
    result: &PointResult,
    out: &mut UnnamedFile,
) -> io::Result<()> {
    for variant in 0..study.variant_count() {
        let cell = result.cells.as_ref().ok().map(|cells| &cells[variant]);
        let numbers: Vec<String> = match column {
            CellColumn::Experiments => {
                let mut row: Vec<String> = values.iter().copied().map(shortest).collect();
                row.extend([
                    result.point.to_string(),
                    study.variant_name(variant).into(),
                    csv::cell(&study.name),
                ]);
                row
            }
            CellColumn::Scalar(outcome) => {
                vec![number(cell.and_then(|cell| cell.outcomes[*outcome].stat[0]))]
            }
            CellColumn::Time => dates(study).into_iter().map(year).map(shortest).collect(),
            CellColumn::People(series) => {
                let points =
                    cell.zip(series[variant]).map_or(&[][..], |(cell, index)| &cell.series[index][..]);
                let count = dates(study).len();
                (0..count).map(|date| number(points.get(date).and_then(|point| point[0]))).collect()
            }
        };
        writeln!(out, "{}", numbers.join(","))?;
    }
    Ok(())
}

/// The dates that are kept. No variant has others.
fn dates(study: &Study) -> Vec<Date> {
    let calendar = &study.variant_model(0).calendar;
    let steps = (0..=calendar.steps()).filter(|step| study.keeps(0, *step));
    steps.map(|step| calendar.date(step)).collect()
}

/// A date as a number of years.
fn year(date: Date) -> f64 {
    f64::from(date.year()) + f64::from(date.day_of_year() - 1) / f64::from(date.days_in_year())
}

/// Never nothing: a line of one column without a number would be taken for none.
fn number(number: Option<f64>) -> String {
    number.map_or_else(|| "NaN".into(), shortest)
}

fn metadata(study: &Study, entries: &[ArchiveEntry]) -> String {
    let outcomes: Vec<[String; 3]> = (entries.iter())
        .filter_map(|entry| Some([entry.class()?.into(), entry.name.clone(), entry.file()]))
        .collect();
    let mut types = serde_json::Map::new();
    for factor in &study.factors {
        types.insert(factor.name.clone(), "float64".into());
    }
    for (name, kind) in [("scenario", "int64"), ("policy", "category"), ("model", "category")] {
        types.insert(name.into(), kind.into());
    }
    json!({ "version": 0.1, "outcomes": outcomes, "experiments": types }).to_string()
}
