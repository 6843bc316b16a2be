//! Ctrl-C and a polite kill.

use std::io::{BufRead, BufReader, Read};
use std::process::{Child, ChildStderr, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::house::{House, program};

/// A run that does not end by itself.
struct Endless {
    child: Child,
    err: BufReader<ChildStderr>,
}

impl Endless {
    /// Starts it and waits until it simulates.
    fn start(house: &House, out: &str) -> Endless {
        let mut child = Command::new(program())
            .args(["run", "camp.toml", "--replicates", "100000000", "--seed", "77", "--out", out])
            .current_dir(house.path("."))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut err = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("100,000,000 replicates") {
            line.clear();
            assert_ne!(err.read_line(&mut line).unwrap(), 0, "it ended");
        }
        thread::sleep(Duration::from_millis(100));
        Endless { child, err }
    }

    fn send(&self, signal: &str) {
        let sent = Command::new("kill").args([signal, &self.child.id().to_string()]).status().unwrap();
        assert!(sent.success());
    }

    /// Waits for its end: its exit code, what it said, and how long it took.
    fn end(mut self) -> (Option<i32>, String, Duration) {
        let started = Instant::now();
        let mut said = String::new();
        self.err.read_to_string(&mut said).unwrap();
        let code = self.child.wait().unwrap().code();
        (code, said, started.elapsed())
    }
}

fn stops_cleanly(signals: &[&str]) {
    let house = House::new();
    house.good("run camp.toml --charts none --out earlier");
    let (files, tables) = (house.files("earlier"), house.tables("earlier"));
    for (out, there) in [("earlier", true), ("new", false)] {
        let run = Endless::start(&house, out);
        signals.iter().for_each(|signal| run.send(signal));
        let (code, said, time) = run.end();
        assert_eq!(code, Some(130), "{said}");
        assert!(said.contains("Stopped. Nothing was written"), "{said}");
        assert!(time < Duration::from_secs(1), "{time:?}");
        assert_eq!(house.path(out).exists(), there);
    }
    assert_eq!(house.files("earlier"), files);
    assert_eq!(house.tables("earlier"), tables);
}

#[test]
fn ctrl_c_stops_cleanly() {
    stops_cleanly(&["-INT"]);
}

#[test]
fn a_polite_kill_stops_cleanly() {
    stops_cleanly(&["-TERM"]);
}

#[test]
fn an_impatient_ctrl_c_stops_cleanly() {
    stops_cleanly(&["-INT", "-INT"]);
}

#[test]
fn what_a_killed_run_leaves_is_cleared_by_the_next() {
    let house = House::new();
    let run = Endless::start(&house, "results");
    run.send("-KILL");
    assert_eq!(run.end().0, None, "a signal has no exit code");
    house.write("results/.repatria-new-3", "half a fi");
    house.good("run camp.toml --charts none --out results");
    assert_eq!(house.files("results"), crate::house::TABLES);
}

#[test]
fn two_runs_do_not_write_to_one_folder() {
    let house = House::new();
    let run = Endless::start(&house, "results");
    house.bad("run camp.toml --out results", 1, &["another run is writing to results", "--out"]);
    run.send("-INT");
    assert_eq!(run.end().0, Some(130));
    assert_eq!(house.files("."), ["camp.toml"]);
}
