//! One ctrl-C stops a plan, whatever it is at.

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use crate::desk::{desk, start};

#[test]
fn one_ctrl_c_stops_a_plan() {
    for signal in ["-INT", "-TERM"] {
        // Points that take minutes.
        let house = desk(40, 10_000_000);
        let plan = start(&house, "study plan study.toml --out study");
        thread::sleep(Duration::from_millis(1500));
        let asked = Instant::now();
        assert!(Command::new("kill").args([signal, &plan.id().to_string()]).status().unwrap().success());
        let ended = plan.wait_with_output().unwrap();
        let said = String::from_utf8(ended.stderr).unwrap();
        assert_eq!(ended.status.code(), Some(130), "{said}");
        assert!(said.contains("Stopped. Nothing was written"), "{said}");
        assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
        assert!(!house.path("study").exists());
    }
}

/// Reading, too: here the values of a large table, each tried in the scenario.
#[test]
fn one_ctrl_c_stops_a_plan_that_reads() {
    let house = desk(4, 10);
    let rows: String = (0..400_000).map(|row| format!("{}\n", 0.5 + f64::from(row) * 1e-6)).collect();
    house.write("points.csv", &format!("rate\n{rows}"));
    let text = house
        .read("study.toml")
        .replace("kind = \"latin_hypercube\"\npoints = 4", "kind = \"file\"\nfile = \"points.csv\"");
    house.write("study.toml", &text);
    let plan = start(&house, "study plan study.toml");
    // It listens by then, and has not read all.
    thread::sleep(Duration::from_millis(200));
    let asked = Instant::now();
    assert!(Command::new("kill").args(["-INT", &plan.id().to_string()]).status().unwrap().success());
    let ended = plan.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(130), "{}", String::from_utf8_lossy(&ended.stderr));
    assert!(asked.elapsed() < Duration::from_secs(2), "{:?}", asked.elapsed());
}
