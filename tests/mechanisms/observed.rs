//! Observed data and how well replicates meet it.

use repatria::internals::engine::compile;
use repatria::internals::ensemble::summary::Summary;
use repatria::internals::ensemble::{Unwatched, expect, simulate};
use repatria::internals::model::Model;
use repatria::internals::output::scores::{scored, skill};
use repatria::internals::scenario::{self, Source};

use crate::monthly;

/// A camp whose every one of 400 people is still there after a month with a probability of 1/2, with observed values.
fn observed(values: &str) -> Model {
    let text = monthly(
        "2 months",
        "[dimensions]\nsex = [\"men\", \"women\"]\n[observed]\nfile = \"observed.csv\"\n[places.camp]\nkind = \"camp\"\npeople = [{ count = 400, split = { by = \"sex\", shares = { men = 0.25, women = 0.75 } } }]\n[places.home]\nkind = \"community\"\n[moves.leave]\nfrom = \"camp\"\nto = \"home\"\nrate = { monthly_probability = 0.5 }\n",
    );
    match scenario::baseline(&Source::new("test.toml", text).with_file("observed.csv", values)) {
        Ok((model, _)) => model,
        Err(problems) => panic!("{problems:#?}"),
    }
}

fn replicates(model: &Model) -> Summary {
    simulate(&compile(model), 1, 0..4_000, 2, &Unwatched).unwrap()
}

#[test]
fn figures_keep_their_dates() {
    let model = observed(
        "place,date,sex,value\ncamp,2025-01-10,,400\ncamp,2025-02,men,50.5\nall_held,2025-01-20,all,7\ncamp,2024-12-20,women,1\n",
    );
    let points = &model.observed.unwrap().points;
    let all: Vec<_> = points
        .iter()
        .map(|p| (p.place, p.groups[0], p.date.to_string(), p.boundary, (p.part * 31.0).round(), p.value))
        .collect();
    let date = String::from;
    assert_eq!(
        all,
        [
            (Some(0), None, date("2025-01-10"), 0, 9.0, 400.0),
            (Some(0), Some(0), date("2025-02-01"), 1, 0.0, 50.5),
            (None, None, date("2025-01-20"), 0, 19.0, 7.0),
            (Some(0), Some(1), date("2024-12-20"), 0, 0.0, 1.0)
        ]
    );
    let steps: Vec<u32> = points.iter().map(|point| point.step()).collect();
    assert_eq!(steps, [1, 1, 1, 0]);
}

#[test]
fn replicates_are_compared_at_the_date() {
    // 400 people are 200 after a month and 100 after two: in the middle of a month, the mean of its ends.
    let model = observed(
        "date,place,value\n2025-01-01,camp,400\n2025-01-11,camp,0\n2025-01-16,camp,0\n2025-02-15,camp,0\n2025-03-01,camp,0\n",
    );
    let summary = expect(&compile(&model)).unwrap();
    let means: Vec<f64> = summary.scores.iter().map(|score| score.stat.mean).collect();
    let known =
        [400.0, 400.0 - 200.0 * 10.0 / 31.0, 400.0 - 200.0 * 15.0 / 31.0, 200.0 - 100.0 * 14.0 / 28.0, 100.0];
    for (mean, known) in means.iter().zip(known) {
        assert!((mean - known).abs() < 1e-9, "{means:?}");
    }
    // Each replicate is interpolated, not the quantiles: a sd of 10 at the end of the step is one of 5 in its middle.
    let spreads: Vec<f64> =
        replicates(&model).scores.iter().map(|score| score.stat.spread.unwrap().sd).collect();
    assert_eq!(spreads[0], 0.0);
    assert!(
        (spreads[1] - 10.0 * 10.0 / 31.0).abs() < 0.3 && (spreads[2] - 10.0 * 15.0 / 31.0).abs() < 0.3,
        "{spreads:?}"
    );
}

#[test]
fn what_was_written_is_no_forecast() {
    let model = observed("date,place,value\n2025-01,camp,400\n2025-03,camp,50\n");
    let summary = replicates(&model);
    let all = scored(&model, &summary);
    assert_eq!((all[0].inside(0, 4), all[0].crps(), all[0].naive), (None, None, None));
    let skill = skill(&all).unwrap();
    assert_eq!((skill.observed, skill.inside), (1, Some([0, 0])));
    assert_eq!(skill.against_naive, Some((skill.crps, 350.0)));
}

#[test]
fn the_score_of_a_normal_forecast_is_known() {
    // Binomial with 400 and 1/2 is nearly normal with mean 200 and sd 10; the score of a normal forecast is
    // sd (z (2 Phi(z) - 1) + 2 phi(z) - 1 / sqrt(pi)): Gneiting and Raftery (2007), equation 5.
    let model = observed("date,place,value\n2025-02,camp,200\n2025-02,all_held,210\n2025-02,home,230\n");
    let summary = replicates(&model);
    let scores: Vec<f64> = summary.scores.iter().map(|score| score.crps).collect();
    let phi = |z: f64| libm::exp(-z * z / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
    let normal =
        |z: f64, cdf: f64| 10.0 * (z * (2.0 * cdf - 1.0) + 2.0 * phi(z) - 1.0 / std::f64::consts::PI.sqrt());
    // The standard normal distribution at 0, 1 and 3.
    let known = [normal(0.0, 0.5), normal(1.0, 0.841_344_746), normal(3.0, 0.998_650_102)];
    for (score, known) in scores.iter().zip(known) {
        // What 4,000 replicates leave: the standard error of a mean distance is below 10 / sqrt(4,000).
        assert!((score - known).abs() < 4.0 * 10.0 / 4_000f64.sqrt(), "{score} for {known}");
    }
}

#[test]
fn skill_adds_up() {
    // The replicates have 400 people at the start; after a month 200, after two 100, each with a sd of about 10.
    let model = observed("date,place,value\n2025-01,camp,390\n2025-02,camp,203\n2025-03,camp,160\n");
    let summary = replicates(&model);
    let all = scored(&model, &summary);
    assert_eq!(all.iter().map(|it| it.naive).collect::<Vec<_>>(), [None, Some(187.0), Some(230.0)]);
    let skill = skill(&all).unwrap();
    // What is of the start does not count.
    let errors = [-3.0, -60.0];
    assert!((skill.bias - errors.iter().sum::<f64>() / 2.0).abs() < 1.0, "{skill:?}");
    assert!((skill.mean_absolute_error - 63.0 / 2.0).abs() < 1.0);
    // 60 is 7 sd away; 3 is within half of the replicates.
    assert_eq!((skill.observed, skill.inside), (2, Some([1, 1])));
    let (crps, naive) = skill.against_naive.unwrap();
    assert_eq!(naive, (187.0 + 230.0) / 2.0);
    assert_eq!(crps, skill.crps);
}

#[test]
fn in_expected_mode_there_are_errors_alone() {
    let model = observed("date,place,value\n2025-02,camp,190\n2025-03,camp,130\n");
    let summary = expect(&compile(&model)).unwrap();
    let skill = skill(&scored(&model, &summary)).unwrap();
    assert_eq!((skill.bias, skill.crps, skill.inside), (-10.0, 20.0, None));
    assert_eq!(skill.against_naive, Some((30.0, 60.0)));
}

#[test]
fn groups_are_compared_with_groups() {
    let model = observed("date,place,sex,value\n2025-01,camp,women,300\n2025-01,camp,men,99\n");
    let summary = expect(&compile(&model)).unwrap();
    let errors: Vec<f64> = scored(&model, &summary).iter().map(|it| it.error()).collect();
    assert_eq!(errors, [0.0, 1.0]);
}
