//! Makes a case that goes wrong smaller, as long as it goes wrong in the same way.

use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::seeds::{Case, SCENARIO, STUDY};
use crate::worker::{Finding, Worker};

/// How long one case is made smaller.
const PATIENCE: Duration = Duration::from_secs(20);

/// What goes wrong with a case, in a process of its own.
pub fn judged(folder: &Path, case: &Case) -> Option<Finding> {
    let inputs = folder.join("inputs");
    save(&inputs, case, "");
    let mut worker = Worker::start(&folder.join("worker"), &inputs.display().to_string());
    loop {
        if let Some(lost) = worker.ended() {
            return lost.or_else(|| worker.findings().0.pop()).map(|(_, finding)| finding);
        }
        sleep(Duration::from_millis(5));
    }
}

/// Writes a case to a folder, with what is wrong with it.
pub fn save(folder: &Path, case: &Case, reported: &str) {
    let _ = fs_err::remove_dir_all(folder);
    fs_err::create_dir_all(folder).unwrap();
    for (name, bytes) in case {
        let path = folder.join(name);
        fs_err::create_dir_all(path.parent().unwrap()).unwrap();
        fs_err::write(path, bytes).unwrap();
    }
    if !reported.is_empty() {
        fs_err::write(folder.join("found.txt"), reported).unwrap();
    }
}

/// The smallest case that is found in time: without sections, then without lines.
pub fn shrink(folder: &Path, mut case: Case, kind: &str) -> Case {
    let started = Instant::now();
    let still = |case: &Case| judged(folder, case).is_some_and(|finding| finding.kind == kind);
    if !still(&case) {
        return case;
    }
    for name in [STUDY, SCENARIO] {
        for as_sections in [true, false] {
            let Some(text) = case.get(name).and_then(|bytes| String::from_utf8(bytes.clone()).ok()) else {
                continue;
            };
            let mut pieces = pieces(&text, as_sections);
            let mut size = pieces.len().div_ceil(2);
            while size > 0 {
                let mut at = 0;
                while at < pieces.len() && started.elapsed() < PATIENCE {
                    let mut fewer = pieces.clone();
                    fewer.drain(at..(at + size).min(fewer.len()));
                    let mut smaller = case.clone();
                    smaller.insert(name.into(), fewer.concat().into_bytes());
                    if still(&smaller) {
                        (pieces, case) = (fewer, smaller);
                    } else {
                        at += size;
                    }
                }
                size /= 2;
            }
        }
    }
    case
}

/// A text in sections or in lines, each with its end.
fn pieces(text: &str, as_sections: bool) -> Vec<String> {
    let mut pieces: Vec<String> = Vec::new();
    for line in text.split_inclusive('\n') {
        match pieces.last_mut().filter(|_| as_sections && !line.starts_with('[')) {
            Some(last) => last.push_str(line),
            None => pieces.push(line.to_string()),
        }
    }
    pieces
}
