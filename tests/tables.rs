//! What leaves the program: the exact text of tables, a package whose hashes are right, a folder that never mixes two
//! results, sentences that say no more than the numbers.

#![expect(clippy::unwrap_used, reason = "helpers of tests are tests")]

mod fixture;

use std::path::Path;

use fixture::{identity, model, model_of, run, stat, summary};
use repatria::internals::ensemble::answer::{Answer, VariantAnswer};
use repatria::internals::ensemble::attribution::{
    Attribution, Contribution, Explained, ExplainedSubject, OrderCoverage,
};
use repatria::internals::ensemble::comparison::{
    Comparison, Difference, DifferenceSeries, OutcomeDifference, PairedSpread, SeriesKind, SeriesName,
};
use repatria::internals::ensemble::summary::{Mechanism, OutcomeResult, OutcomeUnit, Summary};
use repatria::internals::model::{Model, Outcome, OutcomeOf};
use repatria::internals::output::folder::{Before, Committed, FolderError, Identity, PACKAGE_FILE, Results};
use repatria::internals::output::known_formats::USUAL;
use repatria::internals::output::sentences::{of_answer, sentences};
use repatria::internals::output::table::{
    self, ByVariant, Events, FlowsTable, Parameters, PeopleTable, Rates, Table,
};
use repatria::internals::output::write::{ChartFile, WriteError, write};
use sha2::{Digest, Sha256};

fn text(table: &dyn Table, model: &Model, summary: &Summary) -> String {
    text_of(table, &alone(model, summary))
}

fn text_of(table: &dyn Table, answer: &Answer) -> String {
    let mut bytes = Vec::new();
    let rows = |sink: &mut repatria::internals::output::table::RowSink<'_>| table.rows(answer, sink);
    repatria::internals::output::csv::write(&table.columns(answer), rows, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The fixture twice, as if one were a variant of the other that has 12.5 people fewer at the end of the first step.
#[expect(clippy::too_many_lines, reason = "an answer is one value, read field by field")]
fn with_variant(model: &Model, summary: &Summary) -> Answer {
    let mut answer = alone(model, summary);
    let variant =
        VariantAnswer { name: "more".into(), label: "More flights".into(), ..answer.variants[0].clone() };
    answer.variants.push(variant);
    let spread = PairedSpread {
        pairs: 200,
        sd: 2.0,
        mc_se: 0.25,
        against_mc_se: 0.5,
        relative_mc_se: 0.005,
        quantiles: [-16.0, -14.0, -12.0, -11.0, -9.0],
        lower: 0.75,
        equal: 0.25,
        higher: 0.0,
        variance_ratio: Some(93.5),
    };
    let difference =
        Difference { mean: -12.5, against_mean: 100.0, relative: Some(-0.125), spread: Some(spread) };
    let name = |kind, subject: &str| SeriesName {
        kind,
        subject: subject.into(),
        measure: None,
        from: None,
        to: None,
        groups: Vec::new(),
    };
    let people = SeriesName { groups: vec![None], ..name(SeriesKind::People, "all_held") };
    let steps = model.calendar.steps() as usize;
    answer.comparisons.push(Comparison {
        variant: 1,
        against: 0,
        series: vec![
            DifferenceSeries {
                name: people,
                unit: "people".into(),
                points: vec![Some(difference); steps + 1],
            },
            DifferenceSeries {
                name: name(SeriesKind::Shock, "shocks.mass_escape"),
                unit: "share of replicates".into(),
                points: vec![None; steps],
            },
        ],
        outcomes: vec![OutcomeDifference {
            outcome: "left".into(),
            label: "Left in the camp".into(),
            unit: OutcomeUnit::Amount("people".into()),
            difference: Some(difference),
            order: None,
        }],
    });
    let part = |mean: f64| Contribution { mean, mc_se: Some(0.5) };
    answer.attributions.push(Attribution {
        variant: "more".into(),
        label: "More flights".into(),
        parts: vec!["Seats".into(), "Occasions".into()],
        orders: OrderCoverage::All,
        explained: vec![Explained {
            what: ExplainedSubject::HeldAtEnd,
            label: "Held in the end".into(),
            unit: OutcomeUnit::Amount("people".into()),
            replicates: 200,
            whole: part(-12.5),
            parts: vec![part(-10.0), part(-2.5)],
        }],
    });
    answer
}

#[test]
fn differences_of_every_step_and_outcome() {
    let model = model();
    let answer = with_variant(&model, &summary(&model, false));
    let text = text_of(&table::DifferencesTable, &answer);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines[0],
        "variant,against,date,step,kind,subject,measure,from,to,origin,unit,mean,sd,mc_se,against_mean,relative,\
         relative_mc_se,p05,p25,p50,p75,p95,share_lower,share_equal,share_higher,variance_ratio,replicates_with_value"
    );
    let numbers = "-12.5,2.0,0.25,100.0,-0.125,0.005,-16.0,-14.0,-12.0,-11.0,-9.0,0.75,0.25,0.0,93.5,200";
    assert_eq!(lines[1], format!("more,baseline,2026-01-01,12,outcome,left,,,,,people,{numbers}"));
    assert_eq!(lines[2], format!("more,baseline,2025-01-01,0,people,all_held,,,,all,people,{numbers}"));
    assert_eq!(
        lines[4],
        "more,baseline,2025-02-01,1,shock,shocks.mass_escape,,,,,share of replicates,,,,,,,,,,,,,,,,"
    );
    assert_eq!(lines.len(), 1 + 1 + 13 + 12);
    let people = text_of(&ByVariant(PeopleTable), &answer);
    assert!(people.lines().nth(66).unwrap().starts_with("more,2025-01-01,0,north_prison,all,"));
    assert_eq!(people.lines().count(), 1 + 2 * 65);
    assert_eq!(
        text_of(&table::Attributions, &answer).lines().skip(1).collect::<Vec<_>>(),
        [
            "more,all_held,Held in the end,0,all parts,people,-12.5,0.5,1.0,,200",
            "more,all_held,Held in the end,1,Seats,people,-10.0,0.5,0.8,,200",
            "more,all_held,Held in the end,2,Occasions,people,-2.5,0.5,0.2,,200",
        ]
    );
}

#[test]
fn sentences_of_a_variant() {
    let model = model();
    let all = of_answer(&with_variant(&model, &summary(&model, false)));
    assert_eq!(
        all[4..],
        [
            "More flights against Baseline: Left in the camp: 12.5 people fewer on average (13 %), in 9 of 10 replicates \
             between 9 and 16 fewer.",
            "For Left in the camp, paired replicates needed 1/94 of the replicates that independent ones would.",
            "More flights changes Held in the end by -13 people: Seats (-10); Occasions (-3).",
        ]
    );
}

/// A date that comes in some replicates of the variant and in others of the baseline, in none in both.
#[test]
fn a_date_that_comes_in_one_variant_alone_has_shares() {
    let mut model = model();
    let mut summary = summary(&model, false);
    model.outcomes.push(Outcome {
        name: "left".into(),
        label: "Left in the camp".into(),
        of: OutcomeOf::Sum(Vec::new()),
        is: None,
    });
    summary.outcomes.push(OutcomeResult { unit: OutcomeUnit::Date, stat: None, probability: None });
    let mut answer = with_variant(&model, &summary);
    for (variant, comes) in answer.variants.iter_mut().zip([0.0, 0.995]) {
        variant.summary.outcomes[0].probability = Some(comes);
    }
    let left = &mut answer.comparisons[0].outcomes[0];
    (left.unit, left.difference, left.order) = (OutcomeUnit::Date, None, Some([0.995, 0.005, 0.0]));
    let text = text_of(&table::DifferencesTable, &answer);
    let row = text.lines().nth(1).unwrap();
    assert!(row.ends_with(",months since the start,,,,,,,,,,,,0.995,0.005,0.0,,0"), "{row}");
    let reported = |answer: &Answer| {
        of_answer(answer).into_iter().find(|one| one.starts_with("More flights against")).unwrap()
    };
    let start = "More flights against Baseline: Left in the camp: comes in";
    assert_eq!(reported(&answer), format!("{start} 99.5 % of the replicates instead of none."));
    answer.variants[0].summary.outcomes[0].probability = Some(0.5);
    assert!(reported(&answer).starts_with(&format!(
        "{start} 99.5 % of the replicates instead of 50 %, and in no replicate in both"
    )));
    for variant in &mut answer.variants {
        variant.summary.outcomes[0].probability = Some(0.0);
    }
    assert_eq!(reported(&answer), format!("{start} no replicate of either."));
}

fn alone(model: &Model, summary: &Summary) -> Answer {
    Answer::alone(model.clone(), summary.clone())
}

/// The fixture's table as lines.
fn lines(table: &dyn Table, expected: bool) -> Vec<String> {
    let model = model();
    text(table, &model, &summary(&model, expected)).lines().map(String::from).collect()
}

#[test]
fn people_at_every_boundary() {
    let lines = lines(&ByVariant(PeopleTable), false);
    assert_eq!(lines[0], "variant,date,step,place,origin,mean,sd,mc_se,p05,p25,p50,p75,p95");
    assert_eq!(lines.len(), 1 + 13 * 5);
    assert_eq!(
        lines[1],
        "baseline,2025-01-01,0,north_prison,all,1000.0,0.0,0.0,1000.0,1000.0,1000.0,1000.0,1000.0"
    );
    assert_eq!(
        lines[1 + 5 + 4],
        "baseline,2025-02-01,1,all_held,\"third, \"\"country\"\"\",398.0,2.5,0.176777,394.0,396.0,398.0,400.0,402.0"
    );
    assert!(lines[65].starts_with("baseline,2026-01-01,12,all_held,"));
}

#[test]
fn flows_of_every_step_and_to_date() {
    let lines = lines(&ByVariant(FlowsTable), false);
    assert_eq!(
        lines[0],
        "variant,date,step,mechanism,from,to,origin,\
         per_step_mean,per_step_sd,per_step_mc_se,per_step_p05,per_step_p25,per_step_p50,per_step_p75,per_step_p95,\
         to_date_mean,to_date_sd,to_date_mc_se,to_date_p05,to_date_p25,to_date_p50,to_date_p75,to_date_p95"
    );
    assert_eq!(lines.len(), 1 + 12 * 5);
    assert_eq!(
        lines[1 + 5 + 1],
        "baseline,2025-03-01,2,programmes.flights,all,home,all,12.5,2.0,0.141421,9.0,11.0,13.0,14.0,16.0,\
         25.0,4.0,0.282843,18.0,22.0,25.0,28.0,32.0"
    );
    assert!(lines[4].starts_with("baseline,2025-02-01,1,births.camp,outside,river_camp,all,23.0,"));
    assert!(lines[5].starts_with("baseline,2025-02-01,1,shocks.mass_escape,north_prison,home,all,1.0,"));
}

#[test]
fn rates_are_empty_where_nobody_could_leave() {
    let lines = lines(&ByVariant(Rates), false);
    assert_eq!(
        lines[0],
        "variant,date,step,counts_as,origin,mean,sd,mc_se,p05,p25,p50,p75,p95,replicates_with_value"
    );
    assert_eq!(lines.len(), 1 + 12);
    assert_eq!(lines[1], "baseline,2025-02-01,1,repatriation,all,,,,,,,,,0");
    assert_eq!(
        lines[2],
        "baseline,2025-03-01,2,repatriation,all,0.0375,0.0625,0.0044,0.03125,0.03125,0.03125,0.03125,0.03125,199"
    );
}

#[test]
fn events_carry_the_day_on_which_they_take_place() {
    let lines = lines(&ByVariant(Events), false);
    assert_eq!(
        lines[0],
        "variant,date,step,kind,event,from_state,to_state,probability,probability_mc_se,\
         severity_mean,severity_sd,severity_mc_se,severity_p05,severity_p25,severity_p50,severity_p75,severity_p95,\
         severity_replicates"
    );
    assert_eq!(lines.len(), 1 + 12 * 5);
    assert_eq!(
        lines[1..6],
        [
            "baseline,2025-01-01,1,shock,shocks.mass_escape,,,0.0125,0.0078125,0.1,0.03,0.0175,0.1,0.1,0.1,0.1,0.1,3",
            "baseline,2025-02-01,1,switch,regimes.external_support,steady,reduced,0.25,0.0078125,,,,,,,,,",
            "baseline,2025-02-01,1,switch,regimes.external_support,reduced,steady,0.125,0.0078125,,,,,,,,,",
            "baseline,2025-01-01,1,state,regimes.external_support,,steady,0.5,0.0078125,,,,,,,,,",
            "baseline,2025-01-01,1,state,regimes.external_support,,reduced,0.5,0.0078125,,,,,,,,,",
        ]
    );
}

#[test]
fn parameters_say_where_they_come_from() {
    let lines = lines(&ByVariant(Parameters), false);
    assert_eq!(
        lines,
        [
            "variant,parameter,label,unit,value,expression,range_low,range_high,distribution,source",
            "baseline,will,\"Willingness, of \"\"them\"\"\",,1.0,,0.0,4.0,\
             \"lognormal, median 1, standard deviation of the logarithm 0.3\",\"illustrative, not sourced\"",
            "baseline,flights,,flights per year,6.0,6 * will,,,,\"A report, 2024\"",
        ]
    );
}

#[test]
fn expected_mode_has_means_alone() {
    assert_eq!(
        lines(&ByVariant(PeopleTable), true)[6],
        "baseline,2025-02-01,1,north_prison,all,995.0,,,,,,,"
    );
    assert_eq!(lines(&ByVariant(Rates), true)[1], "baseline,2025-02-01,1,repatriation,all,,,,,,,,,");
    assert_eq!(
        lines(&ByVariant(Events), true)[1],
        "baseline,2025-01-01,1,shock,shocks.mass_escape,,,0.0125,0.0,0.1,,,,,,,,"
    );
}

#[test]
fn every_exact_number_reads_back_the_same() {
    let model = model();
    let mut summary = summary(&model, false);
    let awkward = [0.1 + 0.2, 1.0 / 3.0, 1e-9, -0.0, 12_345_678.9, 5e-324];
    for (point, mean) in summary.people[0].points.iter_mut().zip(awkward) {
        (point.mean, point.spread) = (mean, None);
    }
    let text = text(&ByVariant(PeopleTable), &model, &summary);
    assert!(!text.contains("-0.0,") && !text.contains('\r') && text.ends_with('\n'));
    let means: Vec<f64> = csv::Reader::from_reader(text.as_bytes())
        .records()
        .map(Result::unwrap)
        .filter(|record| &record[3] == "north_prison")
        .map(|record| record[5].parse().unwrap())
        .collect();
    assert_eq!(means[..awkward.len()], awkward);
}

#[test]
fn every_row_has_a_value_for_every_column_and_keys_tell_rows_apart() {
    let model = model();
    let mut summary = summary(&model, false);
    // Without dimensions, a cell is its place: the engine may record both.
    let again = summary.people[0].clone();
    summary.people.push(again);
    let answer = with_variant(&model, &summary);
    for table in table::ALL.into_iter().filter(|table| table.applies(&answer)) {
        let columns = table.columns(&answer);
        let mut keys = std::collections::BTreeSet::new();
        let mut rows = 0;
        for record in csv::Reader::from_reader(text_of(table, &answer).as_bytes()).records() {
            // The reader itself insists on as many fields as the header has.
            let record = record.unwrap();
            for (column, cell) in columns.iter().zip(&record) {
                assert!(!column.required || !cell.is_empty(), "{}.{}", table.name(), column.name);
                let known = |words: &Vec<String>| words.iter().any(|word| word == cell);
                assert!(cell.is_empty() || column.words.as_ref().is_none_or(known), "{cell}");
            }
            let key = columns.iter().zip(&record).filter(|(column, _)| column.key);
            keys.insert(key.map(|(_, cell)| cell.to_string()).collect::<Vec<_>>());
            rows += 1;
        }
        let has_key = columns.iter().any(|column| column.key);
        assert_eq!(keys.len(), if has_key { rows } else { 1 }, "{}", table.name());
    }
}

/// A result folder with the fixture's results.
fn write_results(folder: &Path, charts: &[&str]) -> Result<Committed, WriteError> {
    let model = model();
    let charts: Vec<ChartFile> = (charts.iter())
        .map(|name| ChartFile {
            name: name.to_string(),
            title: "A picture".into(),
            bytes: b"<svg/>".to_vec(),
        })
        .collect();
    let results = Results::open(folder, &identity(), false)?;
    write(results, &alone(&model, &summary(&model, false)), &run(), &USUAL, &charts, &|| false)
}

/// The names of everything in a folder, hidden files too.
fn names(folder: &Path) -> Vec<String> {
    let entries = fs_err::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

const FILES: [&str; 8] = [
    PACKAGE_FILE,
    "events.csv",
    "flows.csv",
    "parameters.csv",
    "people.csv",
    "rates.csv",
    "scenario",
    "summary.txt",
];

#[test]
fn the_package_lists_every_file_with_its_hash() {
    let folder = tempfile::tempdir().unwrap();
    write_results(folder.path(), &["people.svg", "people.png"]).unwrap();
    let text = fs_err::read_to_string(folder.path().join(PACKAGE_FILE)).unwrap();
    let package: serde_json::Value = serde_json::from_str(&text).unwrap();
    let resources = package["resources"].as_array().unwrap();
    assert_eq!(resources.len(), 9);
    for resource in resources {
        let bytes = fs_err::read(folder.path().join(resource["path"].as_str().unwrap())).unwrap();
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(resource["hash"], format!("sha256:{hash}"));
        assert_eq!(resource["bytes"], bytes.len());
    }
    assert_eq!(resources[5]["mediatype"], "image/svg+xml");
    assert_eq!(resources[6]["mediatype"], "image/png");
    assert_eq!(resources[7]["path"], "summary.txt");
    assert_eq!(resources[8]["path"], "scenario/Prison & camp.toml");
    assert_eq!(resources[8]["mediatype"], "application/toml");
    assert_eq!(package["repatria"]["scenario"]["path"], "scenario/Prison & camp.toml");
    assert_eq!(package["name"], "prison---camp");
    assert_eq!(package["repatria"]["seed"], 7);
    assert_eq!(package["repatria"]["replicates"], 200);
    assert_eq!(package["repatria"]["parameters_without_source"], serde_json::json!(["will"]));
    let description = package["description"].as_str().unwrap();
    assert!(description.contains("Parameters are illustrative and not sourced"));
    assert!(description.contains("they are not all of the uncertainty"));
    assert!(description.ends_with("Parameters without a source: will."));
}

#[test]
fn the_package_describes_columns() {
    let folder = tempfile::tempdir().unwrap();
    write_results(folder.path(), &[]).unwrap();
    let text = fs_err::read_to_string(folder.path().join(PACKAGE_FILE)).unwrap();
    let package: serde_json::Value = serde_json::from_str(&text).unwrap();
    let schema = &package["resources"][0]["schema"];
    assert_eq!(schema["primaryKey"], serde_json::json!(["variant", "step", "place", "origin"]));
    assert_eq!(schema["missingValues"], serde_json::json!([""]));
    assert_eq!(
        schema["fields"][5],
        serde_json::json!({
            "name": "mean",
            "type": "number",
            "unit": "people",
            "description":
                "People present: mean over the replicates; in expected mode the expected value. Rounded by mc_se: to a \
                 thousandth of its first digit (ones at least), and with all digits where it is 0 or empty.",
            "constraints": { "minimum": 0 },
        })
    );
}

#[test]
fn the_same_run_writes_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let read = || {
        let files = FILES.into_iter().filter(|name| *name != "scenario");
        files.map(|name| fs_err::read(folder.path().join(name)).unwrap()).collect::<Vec<_>>()
    };
    write_results(folder.path(), &[]).unwrap();
    let first = read();
    write_results(folder.path(), &[]).unwrap();
    assert_eq!(first, read());
}

#[test]
fn the_same_run_again_keeps_the_charts_that_it_does_not_draw() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write_results(folder, &["people.svg", "flows.svg"]).unwrap();
    fs_err::write(folder.join("notes.txt"), "mine").unwrap();
    let written = write_results(folder, &["flows.svg"]).unwrap();
    assert_eq!(written.paths.len(), 9);
    assert_eq!(written.paths.last().unwrap(), &folder.join(PACKAGE_FILE));
    assert_eq!(written.before, Before::Same("2025-06-01T12:00:00Z".into()));
    assert_eq!(written.stayed, ["people.svg"]);
    let mut left = [&FILES[..], &["people.svg", "flows.svg", "notes.txt"]].concat();
    left.sort();
    assert_eq!(names(folder), left);
    let package: serde_json::Value =
        serde_json::from_slice(&fs_err::read(folder.join(PACKAGE_FILE)).unwrap()).unwrap();
    let listed = package["resources"].as_array().unwrap().last().unwrap();
    assert_eq!((&listed["path"], &listed["title"]), (&"people.svg".into(), &"A picture".into()));
}

#[test]
fn results_of_another_scenario_are_refused_and_kept_by_force() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write_results(folder, &["people.svg"]).unwrap();
    let other = Identity { name: "other".into(), title: "Another".into() };
    let error = Results::open(folder, &other, false).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "{} holds the results of another scenario, \"A prison and a camp\" (Prison & camp): name another folder \
             with --out, or add --force, which keeps them in `earlier` there",
            folder.display()
        )
    );
    let mut results = Results::open(folder, &other, true).unwrap();
    results.write(PACKAGE_FILE, |out| out.write_all(b"{}")).unwrap();
    let Before::Kept { folder: kept, .. } = results.commit().unwrap().before else { panic!("not kept") };
    assert_eq!(names(folder), [PACKAGE_FILE, "earlier"]);
    assert_eq!(kept, folder.join("earlier/2025-06-01T120000Z-200-replicates-seed-7"));
    let mut all = [&FILES[..], &["people.svg"]].concat();
    all.sort();
    assert_eq!(names(&kept), all);
}

#[test]
fn files_of_others_are_refused_and_left_alone_by_force() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    for name in ["a.txt", "b.txt", "c.txt", "d.txt", ".hidden"] {
        fs_err::write(folder.join(name), "mine").unwrap();
    }
    let error = Results::open(folder, &identity(), false).unwrap_err();
    assert_eq!(
        error.to_string(),
        format!(
            "{} holds files that are not results of repatria (a.txt, b.txt, c.txt and 1 more): name a new or empty \
             folder with --out, or add --force to write among them",
            folder.display()
        )
    );
    let before = names(folder);
    let results = Results::open(folder, &identity(), true).unwrap();
    drop(results);
    assert_eq!(names(folder), before);
}

#[test]
fn a_package_of_others_is_no_result_of_ours() {
    let folder = tempfile::tempdir().unwrap();
    fs_err::write(folder.path().join(PACKAGE_FILE), r#"{"name": "theirs", "resources": []}"#).unwrap();
    assert!(matches!(
        Results::open(folder.path(), &identity(), false),
        Err(FolderError::NotOurs { files, .. }) if files == [PACKAGE_FILE]
    ));
}

#[test]
fn a_file_of_others_with_the_name_of_a_result_is_in_the_way() {
    let folder = tempfile::tempdir().unwrap();
    write_results(folder.path(), &[]).unwrap();
    fs_err::write(folder.path().join("people.svg"), "mine").unwrap();
    let error = write_results(folder.path(), &["people.svg"]).unwrap_err();
    assert!(
        matches!(&error, WriteError::Folder(FolderError::Occupied { path }) if path.ends_with("people.svg"))
    );
    assert_eq!(fs_err::read_to_string(folder.path().join("people.svg")).unwrap(), "mine");
}

#[test]
fn a_list_that_points_outside_the_folder_is_not_believed() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("results");
    write_results(&folder, &[]).unwrap();
    let outside = parent.path().join("thesis.txt");
    fs_err::write(&outside, "mine").unwrap();
    let package = folder.join(PACKAGE_FILE);
    let text = fs_err::read_to_string(&package).unwrap().replace("people.csv", "../thesis.txt");
    fs_err::write(&package, text).unwrap();
    // What the list no longer names is somebody's file now.
    assert!(matches!(
        write_results(&folder, &[]),
        Err(WriteError::Folder(FolderError::Occupied { path })) if path.ends_with("people.csv")
    ));
    assert!(outside.exists());
}

#[test]
fn a_failure_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    write_results(folder, &["people.svg"]).unwrap();
    let before = names(folder);
    let old = fs_err::read(folder.join("people.csv")).unwrap();

    let mut results = Results::open(folder, &identity(), false).unwrap();
    results.write("people.csv", |out| out.write_all(b"new")).unwrap();
    let full = results.write("flows.csv", |_| Err(std::io::Error::other("disk full"))).unwrap_err();
    assert!(matches!(full, FolderError::Unwritable { .. }));
    drop(results);
    assert_eq!(names(folder), before);

    // A folder where a file should go cannot be replaced, not even by force; also one that appears meanwhile.
    let mut results = Results::open(folder, &identity(), true).unwrap();
    for name in ["people.csv", "new.csv", "rates.png", PACKAGE_FILE] {
        results.write(name, |out| out.write_all(b"new")).unwrap();
    }
    fs_err::create_dir(folder.join("rates.png")).unwrap();
    assert!(matches!(results.commit(), Err(FolderError::Odd { path, .. }) if path.ends_with("rates.png")));
    let mut results = Results::open(folder, &identity(), true).unwrap();
    assert!(matches!(results.write("rates.png", |_| Ok(())), Err(FolderError::Odd { .. })));
    drop(results);
    fs_err::remove_dir(folder.join("rates.png")).unwrap();
    assert_eq!(names(folder), before);
    assert_eq!(fs_err::read(folder.join("people.csv")).unwrap(), old);
}

#[test]
fn stopping_leaves_no_new_folder() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("output").join("results");
    let model = model();
    let results = Results::open(&folder, &identity(), false).unwrap();
    assert!(folder.exists(), "a bad path fails before the work starts");
    let error =
        write(results, &alone(&model, &summary(&model, false)), &run(), &USUAL, &[], &|| true).unwrap_err();
    assert_eq!(error.to_string(), "stopped: nothing was written");
    assert!(!folder.exists());
}

/// A merge of all of a study replaces that of a part; a package that was edited does not take somebody's file along.
#[test]
fn a_part_of_a_study_is_replaced_and_nothing_else_is_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let merge = |name: &str, partial: bool, more: &[&str]| {
        let mut results = Results::open(folder, &identity(), false).unwrap();
        results.write(name, |out| out.write_all(b"figures")).unwrap();
        let listed = |path: &&str| {
            let hash: String = Sha256::digest("figures").iter().map(|byte| format!("{byte:02x}")).collect();
            serde_json::json!({ "path": path, "hash": format!("sha256:{hash}") })
        };
        let resources: Vec<_> = [name].iter().chain(more).map(listed).collect();
        let study = serde_json::to_value(identity()).unwrap();
        let unit = serde_json::json!({ "first_point": 1, "last_point": 1 });
        let missing = serde_json::json!({ "units": 1, "points": 1, "first": [unit] });
        let facts = serde_json::json!({
            "study": study, "version": "1", "engine": "1", "points": 2, "partial": partial,
            "missing": if partial { missing } else { serde_json::Value::Null },
        });
        let package = serde_json::json!({ "resources": resources, "repatria": facts });
        results.write(PACKAGE_FILE, |out| out.write_all(package.to_string().as_bytes())).unwrap();
        results.commit().unwrap().before
    };
    merge("partial_a.csv", true, &["thesis.txt"]);
    fs_err::write(folder.join("thesis.txt"), "figures").unwrap();
    let Before::Kept { folder: kept, .. } = merge("a.csv", false, &[]) else { panic!("not kept") };
    assert_eq!(names(folder), ["a.csv", PACKAGE_FILE, "earlier"]);
    assert_eq!(names(&kept), ["thesis.txt"]);
}

#[test]
fn what_a_killed_run_left_is_cleared_away() {
    let folder = tempfile::tempdir().unwrap();
    for name in [".repatria-new-0", ".repatria-old-12", ".repatria-earlier/half.csv", ".repatria-lock"] {
        let path = folder.path().join(name);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, "").unwrap();
    }
    write_results(folder.path(), &[]).unwrap();
    assert_eq!(names(folder.path()), FILES);
}

#[test]
fn two_runs_at_once_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let first = Results::open(folder.path(), &identity(), false).unwrap();
    let second = Results::open(folder.path(), &identity(), true);
    assert!(matches!(second, Err(FolderError::Busy { .. })));
    drop(first);
    Results::open(folder.path(), &identity(), false).unwrap();
}

#[test]
fn paths_that_cannot_be_folders_fail_at_once() {
    let parent = tempfile::tempdir().unwrap();
    let file = parent.path().join("file");
    fs_err::write(&file, "").unwrap();
    let open = |path: &Path| Results::open(path, &identity(), false).unwrap_err();
    assert!(matches!(open(&file), FolderError::NotAFolder { .. }));
    let below = file.join("results");
    assert_eq!(
        open(&below).to_string(),
        format!(
            "cannot write to {}: make room and check permissions, or name another folder with --out",
            below.display()
        )
    );
    let mut results = Results::open(&parent.path().join("new"), &identity(), false).unwrap();
    for name in ["", "../people.csv", ".hidden", "a/../b.svg", "/people.csv", "a//b.svg", "a/"] {
        assert!(matches!(results.write(name, |_| Ok(())), Err(FolderError::BadName { .. })), "{name}");
    }
}

#[test]
fn sentences_of_many_replicates() {
    let model = model_of(6);
    assert_eq!(
        sentences(&model, &summary(&model, false)),
        [
            "In 9 of 10 replicates between 4,100 and 4,700 people are held in January 2031.",
            "The median at River camp rises from 3,000 people in January 2025 to 3,760 in January 2031.",
            "By January 2031 the programme Flights home has moved a median of 900 people; the repatriation rate over \
             the last twelve months averages 4 per 100 people and year.",
            "The shock Mass escape happens with a probability of 1.2 % per month on average, 0.9 times in 6 years.",
        ]
    );
}

#[test]
fn sentences_of_expected_mode() {
    let model = model();
    assert_eq!(
        sentences(&model, &summary(&model, true)),
        [
            "On average 4,066 people are held in January 2026.",
            "The mean at River camp rises from 3,000 people in January 2025 to 3,126 in January 2026.",
            "By January 2026 the programme Flights home has moved 150 people on average; the repatriation rate over \
             the last twelve months is 3.75 per 100 people and year.",
            "The shock Mass escape happens with a probability of 1.25 % per month on average, 0.15 times in 1 year.",
        ]
    );
}

#[test]
fn sentences_without_anything_that_counts() {
    let mut model = model();
    model.moves[0].counts_as = None;
    model.programmes[0].counts_as = None;
    model.shocks[0].rate = None;
    model.shocks[0].on = vec![2];
    let mut summary = summary(&model, false);
    let births = summary.flows.iter_mut().find(|flow| flow.mechanism == Mechanism::Birth(0)).unwrap();
    *births.to_date.last_mut().unwrap() = stat(1.0, 0.5, false);
    let sentences = sentences(&model, &summary);
    assert_eq!(
        sentences[2..],
        [
            "By January 2026, on average, 1 person is born and 220 people leave prisons, camps and centres.",
            "The shock Mass escape happens in March 2025.",
        ]
    );
}

#[test]
fn what_is_not_recorded_is_not_spoken_of() {
    let mut model = model();
    model.shocks.clear();
    let empty = Summary {
        replicates: 200,
        expected: false,
        people: Vec::new(),
        flows: Vec::new(),
        totals: Vec::new(),
        rates: Vec::new(),
        events: Vec::new(),
        measures: Vec::new(),
        outcomes: Vec::new(),
        scores: Vec::new(),
    };
    assert_eq!(sentences(&model, &empty), Vec::<String>::new());
}

#[test]
fn digits_that_the_error_does_not_support_are_warned_of() {
    let mut model = model();
    let mut summary = summary(&model, false);
    for (name, mean, sd) in [("rare", 0.005, 0.07), ("sure", 120.0, 2.0)] {
        model.outcomes.push(Outcome {
            name: name.into(),
            label: format!("It is {name}"),
            of: OutcomeOf::Sum(Vec::new()),
            is: None,
        });
        let unit = OutcomeUnit::Amount("people".into());
        summary.outcomes.push(OutcomeResult { unit, stat: Some(stat(mean, sd, false)), probability: None });
    }
    let all = of_answer(&alone(&model, &summary));
    assert_eq!(
        all.last().unwrap(),
        "200 replicates do not support even the first digit of It is rare: ask for more with --replicates, or for a \
         precision with --precision."
    );
}
