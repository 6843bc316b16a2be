//! What is recorded.

use repatria::internals::ensemble::summary::{FlowSeries, PeopleSeries, Summary, Where};

use repatria::internals::scenario::{self, Source};

use crate::monthly;
use crate::support::run;

/// Ten places with as many groups as `values`, a move, and this record.
fn recorded(values: usize, record: &str) -> Summary {
    let values: Vec<String> = (0..values).map(|k| format!("\"v{k}\"")).collect();
    let mut text = format!("[dimensions]\norigin = [{}]\nsex = [\"men\", \"women\"]\n", values.join(", "));
    for place in 0..10 {
        text += &format!(
            "[places.p{place}]\nkind = \"camp\"\npeople = [{{ who = {{ origin = \"v0\", sex = \"men\" }}, count = 10 }}]\n"
        );
    }
    text += "[moves.m]\nfrom = [\"p0\", \"p1\"]\nto = \"p2\"\nrate = { per_month = 0.1 }\n";
    run(&monthly("2 months", &format!("{record}\n{text}")), 2)
}

/// How many series of people there are: everybody held, held by value, places, cells.
fn people(summary: &Summary) -> [usize; 4] {
    let count = |held: bool, filters: fn(usize) -> bool| {
        let of = |series: &&PeopleSeries| {
            (series.place == Where::AllHeld) == held && filters(series.groups.iter().flatten().count())
        };
        summary.people.iter().filter(of).count()
    };
    [count(true, |n| n == 0), count(true, |n| n == 1), count(false, |n| n == 0), count(false, |n| n == 2)]
}

/// How many series of flows there are: in total and between two places, and by a value.
fn flows(summary: &Summary) -> [usize; 2] {
    let by_value = |series: &&FlowSeries| series.groups.iter().any(Option::is_some);
    let by_value = summary.flows.iter().filter(by_value).count();
    [summary.flows.len() - by_value, by_value]
}

#[test]
fn by_default_everything_up_to_200_cells() {
    let summary = recorded(10, "");
    assert_eq!(people(&summary), [1, 12, 10, 200]);
    // One total, two origins of people, and the values of both dimensions.
    assert_eq!(flows(&summary), [3, 12]);
    assert_eq!(people(&recorded(11, "")), [1, 13, 10, 0]);
}

#[test]
fn what_is_asked_for() {
    assert_eq!(people(&recorded(11, "[record]\ncells = true")), [1, 13, 10, 220]);
    assert_eq!(
        people(&recorded(10, "[record]\ncells = false\nplaces = false\ndimensions = [\"sex\"]")),
        [1, 2, 0, 0]
    );
    assert_eq!(flows(&recorded(10, "[record]\ndimensions = [\"sex\"]")), [3, 2]);
    assert_eq!(flows(&recorded(10, "[record]\ndimensions = []")), [3, 0]);
    assert_eq!(flows(&recorded(10, "[record]\nflows = \"totals\"")), [3, 0]);
    assert_eq!(flows(&recorded(10, "[record]\nflows = \"none\"")), [0, 0]);
    assert_eq!(flows(&recorded(10, "[record]\nflows = \"dimensions\"")), [3, 12]);
}

#[test]
fn what_is_recorded_does_not_change_what_happens() {
    let [all, little] = ["", "[record]\ncells = false\nplaces = false\ndimensions = []\nflows = \"none\""]
        .map(|r| recorded(10, r));
    assert_eq!(all.people[0].points, little.people[0].points);
}

#[test]
fn more_than_there_is_room_for_is_refused() {
    // 40 x 40 ways of one move over 1000 months, twice each: 3.2 million numbers.
    let places =
        |range: std::ops::Range<usize>, of: fn(usize) -> String| range.map(of).collect::<Vec<_>>().join("");
    let text = |ways: usize| {
        let mut text = places(0..80, |k| format!("[places.p{k}]\nkind = \"camp\"\n"));
        text += "[moves.m]\nrate = { per_year = 1 }\nfrom = [";
        text += &(0..ways).map(|k| format!("\"p{k}\", ")).collect::<String>();
        text += "]\nto = [";
        text += &places(40..80, |k| format!("{{ place = \"p{k}\", share = 0.025 }}, "));
        monthly("1000 months", &format!("{text}]\n"))
    };
    let load = |text: String| scenario::baseline(&Source::new("test.toml", text));
    assert!(load(text(30)).is_ok());
    let problems = load(text(40)).unwrap_err();
    assert!(problems.iter().any(|problem| problem.help.contains("flows = \"none\"")), "{problems:?}");
}
