//! Where everything is linear in people, the mean over replicates is that of expected mode.

use crate::monthly;
use crate::support::{expected, run};

/// A scenario whose numbers come from `draw`: nothing in it runs out.
#[expect(clippy::too_many_lines, reason = "a file is written section by section, in the file's order")]
fn scenario(mut draw: impl FnMut(u32, u32) -> u32) -> String {
    let mut tenths = |from, to| f64::from(draw(from, to)) / 10.0;
    let convoy = format!("convoy = {{ mean = {}, sd = {} }}", tenths(5, 60), tenths(5, 80));
    let seats = [
        format!("{{ mean = {}, sd = {} }}", tenths(5, 90), tenths(5, 90)),
        format!("{}", tenths(5, 150)),
        format!("{}", tenths(5, 400)),
    ];
    let family = format!(
        "{{ head = {{ c = \"women\" }}, with = {{ c = \"children\" }}, mean_size = {} }}",
        tenths(12, 45)
    );
    monthly(
        "6 months",
        &format!(
            r#"
[dimensions]
c = ["men", "women", "children"]
[places.camp]
kind = "camp"
people = [{{ who = {{ c = "men" }}, count = 20000 }}, {{ who = {{ c = "women" }}, count = 20000 }}, {{ who = {{ c = "children" }}, count = 60000 }}]
[places.prison]
kind = "prison"
people = [{{ who = {{ c = "men" }}, count = 400 }}]
[places.home]
kind = "community"
[places.out]
kind = "at_large"
[arrivals.convoys]
to = "prison"
who = {{ c = "men" }}
rate = {{ per_month = {} }}
{convoy}
[births.camp]
at = "home"
mothers = {{ c = "women" }}
newborn = {{ c = "children" }}
rate = {{ per_year = 0.1 }}
[moves.release]
from = "prison"
to = "home"
rate = {{ per_month = {} }}
[moves.back]
from = "home"
to = "prison"
rate = {{ per_month = {} }}
[programmes.a]
from = "camp"
to = "home"
who = {{ c = "men" }}
occasions = {{ per_month = {} }}
seats = {}
[programmes.b]
from = "camp"
to = "home"
who = {{ c = ["women", "children"] }}
occasions = {{ every = "1 month" }}
seats = {}
family = {family}
[programmes.c]
from = "camp"
to = "prison"
who = {{ c = ["women", "children"] }}
occasions = {{ every = "2 weeks" }}
seats = {}
family = {family}
[shocks.escape]
at = "prison"
rate = {{ per_month = {} }}
share = {{ beta = {{ mean = 0.3, sd = 0.2 }} }}
to = "out"
[shocks.raid]
at = ["prison", "out"]
hits = "one"
rate = {{ per_month = {} }}
share = 0.7
to = "home"
"#,
            tenths(1, 80),
            tenths(0, 5),
            tenths(0, 5),
            tenths(1, 60),
            seats[0],
            seats[1],
            seats[2],
            tenths(0, 8),
            tenths(0, 8),
        ),
    )
}

#[test]
fn the_mean_over_replicates_is_expected_mode() {
    let mut state = 1u64;
    let mut draw = |from: u32, to: u32| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        from + (state >> 33) as u32 % (to - from + 1)
    };
    let (mut checked, mut worst) = (0, 0.0f64);
    for _ in 0..12 {
        let text = scenario(&mut draw);
        let (summary, means) = (run(&text, 3_000), expected(&text));
        for (found, known) in summary.people.iter().zip(&means.people) {
            for month in [1, 3, 6] {
                let (found, known) = (found.points[month], known.points[month].mean);
                let error = found.spread.unwrap().mc_se;
                let off = (found.mean - known).abs();
                if error == 0.0 {
                    assert!(off < 1e-6 * (1.0 + known), "{} for {known}\n{text}", found.mean);
                    continue;
                }
                checked += 1;
                worst = worst.max(off / error);
                assert!(off < 4.5 * error, "{} +- {error} for {known}\n{text}", found.mean);
            }
        }
    }
    println!("{checked} means, the worst {worst:.2} standard errors off");
}
