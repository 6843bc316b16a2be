//! A process that judges mutants, so that one which hangs, aborts or eats memory costs a process and names itself.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::chance::Chance;
use crate::judge::{Judge, PANIC, Way};
use crate::seeds::{Case, Seeds};
use crate::setting;

/// A command takes no longer of its processor.
const LONGEST: u64 = 5;
/// Nor of anybody's clock, however busy the machine is.
const LONGEST_WAIT: Duration = Duration::from_secs(60);
/// Kilobytes of address space that a process may have.
const MEMORY: &str = "3000000";
/// Commands start threads that only end with their process.
pub const MUTANTS_OF_A_WORKER: u64 = 300;
/// One mutant in so many is given to the program itself, too.
const SAMPLE: u64 = 100;

/// What is mutated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Scenario,
    Study,
}

/// The mutant of a number.
pub fn mutant(seeds: &Seeds, kind: Kind, seed: u64, number: u64) -> Case {
    let mut chance = Chance::of(seed, number);
    match kind {
        Kind::Scenario => seeds.scenario(&mut chance),
        Kind::Study => seeds.study(&mut chance),
    }
}

/// What went wrong with a mutant.
#[derive(Clone, Debug)]
pub struct Finding {
    pub kind: String,
    pub more: String,
}

const FOLDER: &str = "REPATRIA_FUZZ_FOLDER";
/// Another build of the program, which is judged instead.
pub const PROGRAM: &str = "REPATRIA_FUZZ_PROGRAM";
const TASK: &str = "REPATRIA_FUZZ_TASK";

/// Where a worker says what it is about.
static STATE: Mutex<Option<(PathBuf, String)>> = Mutex::new(None);

fn about(command: usize) {
    if let Some((path, mutant)) = &*STATE.lock().unwrap() {
        fs_err::write(path, format!("{mutant} {command}")).unwrap();
    }
}

/// What a worker does: the mutants of a task "KIND SEED FROM UNTIL", or the files in the folder of "PATH". Its findings and
/// how many of them were good go to files.
pub fn work() {
    let (Some(folder), Ok(task)) = (std::env::var_os(FOLDER), std::env::var(TASK)) else { return };
    let folder = PathBuf::from(folder);
    std::panic::set_hook(Box::new(|panicked| {
        let place = panicked.location().map_or(String::new(), |at| format!("{}:{}", at.file(), at.line()));
        let payload = panicked.payload();
        let text = payload.downcast_ref::<String>().map(String::as_str);
        let said = text.or_else(|| payload.downcast_ref::<&str>().copied()).unwrap_or_default();
        let said: String = said.chars().take(300).collect();
        let place = place.rsplit_once("/src/").map_or(place.clone(), |(_, rest)| format!("src/{rest}"));
        *PANIC.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = format!("{place}: {said}");
    }));
    let (out, err) = (folder.join("stdout"), folder.join("stderr"));
    let inside = std::env::var_os(PROGRAM).is_none();
    let way = if inside { Way::Inside { out, err } } else { Way::Program };
    let mut judge = Judge::new(way, folder.join("work"), about);
    let words: Vec<&str> = task.split(' ').collect();
    if let [path] = words.as_slice() {
        *STATE.lock().unwrap() = Some((folder.join("state"), "0".into()));
        let found = judge.case(&case_at(Path::new(path)));
        tell(&folder, 0, found.err());
        return;
    }
    let kind = if words[0] == "study" { Kind::Study } else { Kind::Scenario };
    let number = |at: usize| words[at].parse::<u64>().unwrap();
    let seeds = Seeds::read();
    let mut good = 0;
    for n in number(2)..number(3) {
        *STATE.lock().unwrap() = Some((folder.join("state"), n.to_string()));
        let case = mutant(&seeds, kind, number(1), n);
        let mut found = judge.case(&case);
        if inside && n % SAMPLE == 0 && found.is_ok() {
            let mut sample = Judge::new(Way::Program, folder.join("work"), about);
            found = sample.case(&case);
        }
        good += u64::from(matches!(found, Ok(true)));
        tell(&folder, n, found.err());
    }
    fs_err::write(folder.join("good"), good.to_string()).unwrap();
    fs_err::write(folder.join("state"), "done 0").unwrap();
}

fn tell(folder: &Path, number: u64, found: Option<(String, String)>) {
    if let Some((kind, more)) = found {
        fs_err::write(folder.join(format!("found-{number}")), format!("{kind}\n{more}")).unwrap();
    }
}

/// The files of a folder as a case.
pub fn case_at(folder: &Path) -> Case {
    let entries = fs_err::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files =
        entries.filter(|path| path.is_file() && path.file_name().is_some_and(|name| name != "found.txt"));
    files
        .map(|path| (path.file_name().unwrap().to_string_lossy().into_owned(), fs_err::read(path).unwrap()))
        .collect()
}

/// A worker as its parent sees it.
#[derive(Debug)]
pub struct Worker {
    child: Child,
    folder: PathBuf,
    last: String,
    since: Instant,
    spent: f64,
}

impl Worker {
    /// Starts one for a task, with a folder of its own.
    pub fn start(folder: &Path, task: &str) -> Worker {
        let _ = fs_err::remove_dir_all(folder);
        fs_err::create_dir_all(folder.join("work")).unwrap();
        fs_err::write(folder.join("state"), "start 0").unwrap();
        let file = |name: &str| {
            let file = fs_err::OpenOptions::new().create(true).append(true).open(folder.join(name)).unwrap();
            Stdio::from(file.into_parts().0)
        };
        let program = std::env::current_exe().unwrap();
        let mut command = if cfg!(target_os = "linux") {
            let mut shell = Command::new("sh");
            shell.args(["-c", "ulimit -v $0 && ulimit -c 0 && exec \"$@\"", MEMORY]).arg(&program);
            shell
        } else {
            Command::new(&program)
        };
        command.args(["--exact", "a_worker", "--ignored", "--nocapture", "--test-threads", "1"]);
        // What threads reserve is not what they use.
        command
            .env(FOLDER, folder)
            .env(TASK, task)
            .env("RAYON_NUM_THREADS", "1")
            .env("MALLOC_ARENA_MAX", "2");
        command.stdin(Stdio::null()).stdout(file("stdout")).stderr(file("stderr"));
        let child = command.spawn().unwrap();
        Worker { child, folder: folder.to_path_buf(), last: String::new(), since: Instant::now(), spent: 0.0 }
    }

    /// Whether it has ended, and the number of a mutant that it did not survive.
    pub fn ended(&mut self) -> Option<Option<(u64, Finding)>> {
        let ended = self.child.try_wait().unwrap();
        let state = fs_err::read_to_string(self.folder.join("state")).unwrap_or_default();
        let number = state.split(' ').next().and_then(|word| word.parse().ok());
        let spent = processor_seconds(self.child.id());
        if let Some(status) = ended {
            if status.success() {
                return Some(None);
            }
            let said = fs_err::read(self.folder.join("stderr")).unwrap_or_default();
            let said = String::from_utf8_lossy(&said).chars().take(500).collect::<String>();
            let Some(number) = number else { panic!("no worker starts: {said}") };
            let kind = match () {
                () if said.contains("memory allocation") => "eats memory".to_string(),
                () if said.contains("overflowed its stack") => "overflows its stack".to_string(),
                () => format!("aborts: {status}"),
            };
            return Some(Some((number, Finding { kind, more: said })));
        }
        if state != self.last {
            (self.last, self.since, self.spent) = (state, Instant::now(), spent.unwrap_or(0.0));
        }
        let long = match spent {
            Some(spent) => spent - self.spent > setting("REPATRIA_FUZZ_LONGEST", LONGEST) as f64,
            None => false,
        };
        if number.is_some() && (long || self.since.elapsed() > LONGEST_WAIT) {
            self.stop();
            let more = format!("{:.1} s after its start", self.since.elapsed().as_secs_f64());
            return number.map(|number| {
                Some((
                    number,
                    Finding {
                        kind: format!("hangs in command {}", self.last.split(' ').nth(1).unwrap_or("?")),
                        more,
                    },
                ))
            });
        }
        None
    }

    /// What it found, and how many mutants were good.
    pub fn findings(&self) -> (Vec<(u64, Finding)>, u64) {
        let mut found = Vec::new();
        for entry in fs_err::read_dir(&self.folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if let Some(number) = name.strip_prefix("found-") {
                let text = fs_err::read_to_string(&path).unwrap();
                let (kind, more) = text.split_once('\n').unwrap_or((&text, ""));
                found.push((number.parse().unwrap(), Finding { kind: kind.into(), more: more.into() }));
            }
        }
        let good = fs_err::read_to_string(self.folder.join("good")).ok().and_then(|text| text.parse().ok());
        (found, good.unwrap_or(0))
    }

    /// Ends it.
    pub fn stop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Seconds that a process has had of processors; `None` where the system does not tell.
fn processor_seconds(process: u32) -> Option<f64> {
    let stat = fs_err::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<f64>().ok());
    Some((ticks(11)? + ticks(12)?) / 100.0)
}
