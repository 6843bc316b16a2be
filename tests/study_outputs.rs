//! Promise: what a study writes is described, the same bytes each time, and never a part that looks like the whole.
#![allow(clippy::unwrap_used, reason = "a test that cannot unwrap has failed")]

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

const CAMP: &str = r#"
title = "A camp"
start = "2025-01"
horizon = "3 months"
step = "month"
seed = 1

[parameters.pace]
value = 0.5
range = [0.1, 2]

[places.camp]
kind = "camp"
people = [{ count = 200 }]
[places.home]
kind = "community"

[moves.leave]
from = "camp"
to = "home"
rate = { per_year = "pace" }

[outcomes.left]
flow = { by = "moves.leave" }
[outcomes.empty]
label = "When the camp is empty"
people = { at = "camp" }
take = { first_below = 1 }

[variants.faster]
changes = [{ field = "moves.leave.rate", times = 2 }]
"#;

const HEAD: &str = r#"
title = "How fast do they leave?"
question = "And then?"
scenario = "camp.toml"
variants = "all"
replicates = 10
[factors.pace]
field = "parameters.pace"
"#;

/// A folder with a study of this design that has been run, in units of four points.
fn study(rest: &str) -> TempDir {
    let folder = TempDir::new().unwrap();
    fs_err::write(folder.path().join("camp.toml"), CAMP).unwrap();
    fs_err::write(folder.path().join("fast.toml"), format!("{HEAD}{rest}")).unwrap();
    repatria(&folder, &["study", "plan", "fast.toml", "--out", "fast", "--unit-points", "4", "--quiet"]);
    repatria(&folder, &["study", "run", "fast", "--quiet", "--threads", "2"]);
    folder
}

const SOBOL: &str = "[design]\nkind = \"sobol\"\npoints = 4\n";

fn repatria(folder: &TempDir, words: &[&str]) {
    Command::new(env!("CARGO_BIN_EXE_repatria")).current_dir(folder.path()).args(words).assert().success();
}

fn merge(folder: &TempDir, out: &str, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let words = ["study", "merge", "fast", "--charts", "none", "--quiet", "--out", out];
    repatria(folder, &[&words, more].concat());
    files(&folder.path().join(out))
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap());
    let file = |entry: fs_err::DirEntry| {
        (entry.file_name().into_string().unwrap(), fs_err::read(entry.path()).unwrap())
    };
    entries.map(file).collect()
}

fn package(files: &BTreeMap<String, Vec<u8>>) -> Value {
    serde_json::from_slice(&files["datapackage.json"]).unwrap()
}

fn lines(file: &[u8]) -> Vec<&str> {
    std::str::from_utf8(file).unwrap().lines().collect()
}

#[test]
fn every_file_is_described_and_every_column() {
    let folder = study(SOBOL);
    let files = merge(&folder, "out", &[]);
    let package = package(&files);
    let mut reported: Vec<&str> =
        package["resources"].as_array().unwrap().iter().map(|it| it["path"].as_str().unwrap()).collect();
    reported.push("datapackage.json");
    reported.sort_unstable();
    assert_eq!(reported, files.keys().collect::<Vec<_>>());
    for resource in package["resources"].as_array().unwrap() {
        let path = resource["path"].as_str().unwrap();
        assert_eq!(resource["bytes"].as_u64().unwrap() as usize, files[path].len());
        if let Some(header) = path.ends_with(".csv").then(|| lines(&files[path])[0]) {
            let fields = resource["schema"]["fields"].as_array().unwrap();
            let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
            assert_eq!(names.join(","), header);
            assert!(fields.iter().all(|field| !field["description"].as_str().unwrap().is_empty()));
        }
    }
    let words = package["description"].as_str().unwrap();
    for said in ["And then?", "illustrative and not sourced", "not all of the uncertainty", "source: pace."] {
        assert!(words.contains(said), "{words}");
    }
    let from = &package["repatria"];
    assert_eq!(from["partial"], false);
    assert_eq!(from["design"]["kind"], "sobol");
    assert_eq!(from["design"]["base_points"], 4);
    assert_eq!(from["factors"][0]["spread"]["range"], serde_json::json!([0.1, 2.0]));
    assert_eq!(from["study"]["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(from["variants"][1]["name"], "faster");
}

#[test]
fn the_same_study_gives_the_same_bytes() {
    let folder = study(SOBOL);
    let (mut one, mut two) = (merge(&folder, "one", &[]), merge(&folder, "two", &[]));
    let without_clock = |files: &mut BTreeMap<String, Vec<u8>>| {
        let mut package: Value = serde_json::from_slice(&files.remove("datapackage.json").unwrap()).unwrap();
        for fact in ["command", "created", "seconds"] {
            package["repatria"].as_object_mut().unwrap().remove(fact).unwrap();
        }
        package
    };
    assert_eq!(without_clock(&mut one), without_clock(&mut two));
    assert_eq!(one, two);
}

#[test]
fn salib_gets_whole_rows_and_no_hole_is_hidden() {
    let folder = study(SOBOL);
    let files = merge(&folder, "out", &[]);
    let problem: Value = serde_json::from_slice(&files["salib_problem.json"]).unwrap();
    assert_eq!(problem["names"], serde_json::json!(["pace"]));
    assert_eq!(problem["dists"], serde_json::json!(["unif"]));
    assert_eq!(lines(&files["salib_values.txt"]).len(), 4 * 3);
    assert_eq!(lines(&files["salib_baseline.left.txt"]).len(), 4 * 3);
    assert!(files.contains_key("salib_faster.left.txt"));
    // Within three months no camp is empty: there is no date to be analysed.
    assert!(!files.keys().any(|name| name.contains(".empty.")));
    let left_out = package(&files)["repatria"]["left_out"].clone();
    assert_eq!(left_out[0]["file"], "salib_baseline.empty.txt");
    assert!(left_out[0]["why"].as_str().unwrap().contains("at 12 of 12 points"), "{left_out}");
}

#[test]
fn the_workbench_finds_its_archive_laid_out_as_it_writes_one() {
    let folder = study("[design]\nkind = \"grid\"\nlevels = 2\n");
    let files = merge(&folder, "out", &[]);
    assert!(!files.keys().any(|name| name.starts_with("salib")), "a grid is no design of SALib's");
    let unpacked = flate2::read::GzDecoder::new(files["ema_workbench.tar.gz"].as_slice());
    let mut archive = tar::Archive::new(unpacked);
    let mut entries = BTreeMap::new();
    for entry in archive.entries().unwrap() {
        let mut entry = entry.unwrap();
        assert_eq!(entry.header().mtime().unwrap(), 0);
        let name = entry.path().unwrap().to_string_lossy().into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).unwrap();
        entries.insert(name, text);
    }
    let names: Vec<&str> = entries.keys().map(String::as_str).collect();
    let people = ["people all_held.csv", "people camp.csv", "people home.csv"];
    let known =
        [&["TIME.csv", "empty.cls", "experiments.csv", "left.cls", "metadata.json"][..], &people].concat();
    assert_eq!(names, known);
    // Two points, each in the baseline and in one variant.
    assert_eq!(
        entries["experiments.csv"],
        "pace,scenario,policy,model\n0.1,0,baseline,fast\n0.1,0,faster,fast\n2,1,baseline,fast\n2,1,faster,fast\n"
    );
    assert_eq!(entries["left.cls"].lines().count(), 4);
    assert_eq!(entries["empty.cls"], "NaN\nNaN\nNaN\nNaN\n");
    let camp: Vec<&str> = entries["people camp.csv"].lines().collect();
    assert_eq!(camp[0], "2025-01-01,2025-02-01,2025-03-01,2025-04-01");
    assert!(camp.len() == 5 && camp[1..].iter().all(|row| row.starts_with("200,")), "{camp:?}");
    assert!(entries["TIME.csv"].contains("\n2025,2025.08"), "{}", entries["TIME.csv"]);
    let metadata: Value = serde_json::from_str(&entries["metadata.json"]).unwrap();
    assert_eq!(metadata["version"], 0.1);
    assert_eq!(metadata["outcomes"][0], serde_json::json!(["ScalarOutcome", "left", "left.cls"]));
}

#[test]
fn a_part_is_named_a_part() {
    let folder = study(SOBOL);
    let units = files(&folder.path().join("fast/units"));
    fs_err::remove_file(folder.path().join("fast/units").join(units.keys().next().unwrap())).unwrap();
    let files = merge(&folder, "out", &["--partial"]);
    assert!(files.keys().all(|name| name.starts_with("partial_") || name == "datapackage.json"));
    assert!(!files.keys().any(|name| name.contains("salib")), "SALib takes whole designs");
    let package = package(&files);
    assert!(package["title"].as_str().unwrap().ends_with("(a part of the study)"));
    assert!(package["description"].as_str().unwrap().starts_with("This is a part of the study: 1 of 3"));
    let missing = &package["repatria"]["missing"];
    assert_eq!((&missing["units"], &missing["points"]), (&Value::from(1), &Value::from(4)));
    assert_eq!(missing["first"][0]["name"], units.keys().next().unwrap().trim_end_matches(".jsonl"));
    // The whole takes its place.
    repatria(&folder, &["study", "run", "fast", "--quiet"]);
    assert!(!merge(&folder, "out", &[]).keys().any(|name| name.starts_with("partial_")));
}

#[cfg(not(feature = "parquet"))]
#[test]
fn without_the_feature_parquet_says_how_to_build_it() {
    let folder = study(SOBOL);
    let mut command = Command::new(env!("CARGO_BIN_EXE_repatria"));
    let words = ["study", "merge", "fast", "--tables", "csv,parquet"];
    let output = command.current_dir(folder.path()).args(words).assert().code(2).get_output().clone();
    assert!(String::from_utf8_lossy(&output.stderr).contains("--features parquet"));
    assert!(!folder.path().join("fast/merged").exists());
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_has_the_rows_of_the_csv_with_their_types() {
    use parquet::basic::{LogicalType, Type};
    use parquet::file::reader::{FileReader, SerializedFileReader};

    let folder = study(SOBOL);
    let files = merge(&folder, "out", &["--tables", "csv,parquet"]);
    for table in ["outcomes", "cells", "sensitivity"] {
        let path = folder.path().join("out").join(format!("{table}.parquet"));
        let reader = SerializedFileReader::new(std::fs::File::open(path).unwrap()).unwrap();
        let metadata = reader.metadata().file_metadata();
        assert_eq!(metadata.num_rows() as usize + 1, lines(&files[&format!("{table}.csv")]).len());
        let header: Vec<&str> = metadata.schema_descr().columns().iter().map(|it| it.name()).collect();
        assert_eq!(header.join(","), lines(&files[&format!("{table}.csv")])[0]);
        let of = |name: &str| {
            let column = metadata.schema_descr().columns().iter().find(|it| it.name() == name)?;
            Some((column.physical_type(), column.logical_type_ref().cloned(), column.max_def_level()))
        };
        match table {
            "cells" => {
                assert_eq!(of("date"), Some((Type::INT32, Some(LogicalType::Date), 0)));
                assert_eq!(of("mean"), Some((Type::DOUBLE, None, 1)));
            }
            "outcomes" => {
                assert_eq!(of("cell"), Some((Type::INT64, None, 0)));
                assert_eq!(of("variant"), Some((Type::BYTE_ARRAY, Some(LogicalType::String), 0)));
            }
            _ => {}
        }
    }
    let again = merge(&folder, "again", &["--tables", "csv,parquet"]);
    for name in files.keys().filter(|name| name.ends_with(".parquet")) {
        assert_eq!(files[name], again[name], "{name}");
    }
}
