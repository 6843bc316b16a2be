//! What a script needs to know.

use crate::signs;
use crate::study::plan::StudyPlan;

/// A shard takes about so long unless its number is given.
const SHARD_SECONDS: f64 = 3600.0;

/// So many shards at most unless their number is given: the longest array that Slurm takes as it is delivered.
const MOST_UNASKED: u64 = LONGEST_ARRAY;

/// The largest index that an array of Slurm may have as it is delivered (`MaxArraySize` is one more).
pub const LONGEST_ARRAY: u64 = 1000;

/// So many where a plan does not say how long its points take.
const UNTIMED: u64 = 16;

/// A time limit leaves room for slower machines: so many times what is expected, and minutes at least.
const ROOM: f64 = 2.0;
const SHORTEST_LIMIT: u64 = 15;

/// What a script needs to know.
#[derive(Clone, Debug)]
pub struct Job {
    /// The study's title, one line.
    pub title: String,
    /// Its name, of letters, digits, dots, hyphens and underlines.
    pub name: String,
    /// The program's path.
    pub program: String,
    /// The path of the study's folder.
    pub folder: String,
    /// How many shards there are.
    pub shards: u64,
    /// How many units they share.
    pub units: u64,
    /// Seconds that the largest shard takes on one processor, where the plan says.
    pub seconds: Option<f64>,
    /// After so many minutes a scheduler may end a process.
    pub limit_minutes: u64,
    /// After so many a process takes up no new point.
    pub until_minutes: u64,
}

impl Job {
    /// What a script for a plan needs: of `shards`, or of as many as take an hour each.
    pub fn new(plan: &StudyPlan, program: String, folder: String, shards: Option<u64>) -> Job {
        let units = plan.unit_count();
        let shards = shards.unwrap_or_else(|| shards_of_an_hour(plan)).clamp(1, units);
        let points = (units.div_ceil(shards) * plan.points_a_unit).min(plan.points);
        let seconds = plan.seconds_a_point.map(|a_point| a_point * points as f64);
        let expected = seconds.unwrap_or(SHARD_SECONDS / ROOM);
        let quarters = (expected * ROOM / 900.0).ceil() as u64;
        let limit_minutes = (quarters * 15).max(SHORTEST_LIMIT);
        // The points at hand are finished after the time is up.
        let points_at_hand = (plan.seconds_a_point.unwrap_or(0.0) * ROOM * 2.0 / 60.0).ceil() as u64;
        let before = (limit_minutes / 12).max(1) + points_at_hand;
        Job {
            title: one_line(&plan.title),
            name: file_word(&plan.study),
            program,
            folder,
            shards,
            units,
            seconds,
            limit_minutes,
            until_minutes: limit_minutes.saturating_sub(before).max(1),
        }
    }

    /// How long a shard takes, in words.
    pub(super) fn takes(&self) -> String {
        match self.seconds {
            None => "The plan does not say how long a shard takes: look at the first ones".into(),
            Some(seconds) if seconds < 90.0 => format!("A shard takes about {seconds:.0} s on one processor"),
            Some(seconds) => format!("A shard takes about {:.0} minutes on one processor", seconds / 60.0),
        }
    }
}

fn shards_of_an_hour(plan: &StudyPlan) -> u64 {
    let all = plan.seconds_a_point.map(|a_point| a_point * plan.points as f64);
    let shards = all.map_or(UNTIMED, |all| (all / SHARD_SECONDS).ceil() as u64);
    shards.clamp(1, MOST_UNASKED)
}

/// A title as a comment: without what ends a line, and without what makes an editor show a line otherwise than it is.
fn one_line(title: &str) -> String {
    let shown = title.chars().filter(|c| !signs::turns(*c));
    shown.map(|c| if signs::controls(c) { ' ' } else { c }).collect()
}

/// A name without what a scheduler or a file system takes for more than a letter.
fn file_word(name: &str) -> String {
    let letter = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    name.chars().map(|c| if letter(c) { c } else { '_' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(points: u64, points_a_unit: u64, seconds_a_point: Option<f64>) -> StudyPlan {
        StudyPlan {
            version: "1".into(),
            engine: "1".into(),
            study: "my study".into(),
            title: "One\nline".into(),
            sha256: "0".into(),
            points,
            variants: vec!["baseline".into()],
            replicates: 10,
            points_a_unit,
            seconds_a_point,
        }
    }

    fn job(points: u64, points_a_unit: u64, seconds_a_point: Option<f64>, shards: Option<u64>) -> Job {
        Job::new(&plan(points, points_a_unit, seconds_a_point), "repatria".into(), "out".into(), shards)
    }

    #[test]
    fn shards_take_an_hour_and_are_no_more_than_units() {
        // 36,000 seconds of work.
        assert_eq!(job(3600, 10, Some(10.0), None).shards, 10);
        assert_eq!(job(3600, 1800, Some(10.0), None).shards, 2);
        assert_eq!(job(3600, 10, Some(0.001), None).shards, 1);
        assert_eq!(job(3600, 10, None, None).shards, 16);
        assert_eq!(job(10_000_000, 10, Some(3600.0), None).shards, 1000);
        assert_eq!(job(3600, 10, Some(10.0), Some(5000)).shards, 360);
    }

    #[test]
    fn a_process_stops_before_it_is_ended() {
        for seconds in [None, Some(0.001), Some(1.0), Some(10.0), Some(600.0), Some(7200.0)] {
            for shards in [None, Some(1), Some(7), Some(360)] {
                let job = job(3600, 10, seconds, shards);
                let point = seconds.unwrap_or(0.0);
                assert!(job.until_minutes < job.limit_minutes, "{job:?}");
                let left = (job.limit_minutes - job.until_minutes) as f64 * 60.0;
                assert!(left >= 2.0 * point, "{job:?}");
            }
        }
    }

    #[test]
    fn names_are_safe_in_scripts() {
        let job = job(10, 1, None, None);
        assert_eq!((job.title.as_str(), job.name.as_str()), ("One line", "my_study"));
    }
}
