//! Circles of files inside a room: of arrows between files (`use crate::room::file`, `super::file`), which go round.
//!
//! A plain type, a constant or a helper that two files need of each other belongs in a third.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{read, sources};

/// Circles that may be, each with its reason; all files of such a circle lie under these.
const MAY_BE: [(&str, &[&str]); 3] = [
    (
        "a programme is one mechanism in many files: families, lines and the hall take seats from the same book, and the state \
         of a step remembers it",
        &["engine"],
    ),
    (
        "a clock is one thing in several files: what it is, how it begins, its lengths; and so are those whom full places \
         held back",
        &["engine/clocks", "engine/full"],
    ),
    ("a panel is drawn by its parts, which are drawn where the panel says", &["output/chart"]),
];

/// A file by its path in modules: `["scenario", "file"]`.
type Module = Vec<String>;

/// The arrows of all files, by the names that they use.
struct House {
    /// Every file, with the paths that it names and what it gives away of others by `pub use`.
    files: BTreeMap<Module, (Vec<Module>, BTreeMap<String, Module>)>,
}

impl House {
    fn read(src: &Path) -> House {
        let mut found = Vec::new();
        sources(src, &mut found);
        let mut texts: BTreeMap<Module, String> = BTreeMap::new();
        for path in found {
            let inside = path.strip_prefix(src).unwrap().with_extension("");
            let mut module: Module = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            if module.last().is_some_and(|last| last == "mod") {
                module.pop();
            }
            texts.insert(module, code(&read(&path)));
        }
        let known: BTreeSet<Module> = texts.keys().cloned().collect();
        let files = texts.into_iter().map(|(own, text)| {
            let (mut named, mut given) = (Vec::new(), BTreeMap::new());
            for (public, tree) in uses(&text) {
                for (path, name) in paths(&tree) {
                    let Some(path) = absolute(&path, &own, &known) else { continue };
                    if public {
                        given.insert(name, path.clone());
                    }
                    // What a room gives away of its own files is no arrow.
                    if !(public && path.starts_with(&own)) {
                        named.push(path);
                    }
                }
            }
            named.extend(inline(&text).iter().filter_map(|path| absolute(path, &own, &known)));
            (own, (named, given))
        });
        House { files: files.collect() }
    }

    /// The file that a path leads to, through whatever is given away on the way.
    fn file(&self, path: &[String], depth: usize) -> Module {
        let end = (0..=path.len()).rev().find(|end| self.files.contains_key(&path[..*end]));
        let (file, rest) = path.split_at(end.unwrap_or(0));
        let given = rest.first().and_then(|name| self.files.get(file)?.1.get(name));
        match given {
            Some(given) if depth < 6 => self.file(&[given, &rest[1..]].concat(), depth + 1),
            _ => file.to_vec(),
        }
    }

    /// The files of its own room that a file needs.
    fn arrows(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let of_file = |(own, (named, _)): (&Module, &(Vec<Module>, _))| {
            let to = named.iter().map(|path| self.file(path, 0));
            (own.clone(), to.filter(|to| to != own && !own.is_empty() && to.first() == own.first()).collect())
        };
        self.files.iter().map(of_file).collect()
    }
}

/// A text without comments and tests.
fn code(text: &str) -> String {
    let text = text.split("\nmod tests {").next().unwrap_or_default();
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// What is used by statements: whether it is given away, and the tree.
fn uses(text: &str) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    for statement in text.split(';') {
        let start = statement.rfind("\nuse ").map(|at| at + 1);
        let public = statement.rfind("\npub").filter(|at| {
            let rest = &statement[at + 1..];
            rest.starts_with("pub use ") || (rest.starts_with("pub(") && rest.contains(") use "))
        });
        if let Some(at) = start.max(public.map(|at| at + 1)).or(statement.starts_with("use ").then_some(0)) {
            let (head, tree) = statement[at..].split_once("use ").unwrap();
            found.push((head.starts_with("pub"), tree.split_whitespace().collect::<Vec<_>>().join(" ")));
        }
    }
    found
}

/// The paths of a tree, each with the name under which it is known then.
fn paths(tree: &str) -> Vec<(Module, String)> {
    let tree = tree.trim();
    let Some((head, rest)) = tree.split_once('{') else {
        let (path, name) = tree.split_once(" as ").unwrap_or((tree, ""));
        let path: Module = path.split("::").map(|part| part.trim().to_string()).collect();
        let name = if name.is_empty() { path.last().cloned().unwrap_or_default() } else { name.to_string() };
        return vec![(path, name)];
    };
    let (mut depth, mut parts) = (0, vec![String::new()]);
    for sign in rest.trim_end().strip_suffix('}').unwrap_or(rest).chars() {
        match sign {
            ',' if depth == 0 => parts.push(String::new()),
            _ => {
                depth += i32::from(sign == '{') - i32::from(sign == '}');
                parts.last_mut().unwrap().push(sign);
            }
        }
    }
    let head: Module =
        head.split("::").map(|part| part.trim().to_string()).filter(|it| !it.is_empty()).collect();
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts.flat_map(|part| paths(&part)).map(|(path, name)| ([head.clone(), path].concat(), name)).collect()
}

/// The paths within the code that begin at a room.
fn inline(text: &str) -> Vec<Module> {
    let mut found = Vec::new();
    for start in ["crate::", "super::"] {
        for (at, _) in text.match_indices(start) {
            let before = text[..at].chars().next_back().unwrap_or(' ');
            let line = text[..at].rsplit('\n').next().unwrap_or_default();
            if before.is_alphanumeric() || before == '_' || before == ':' || line.ends_with("(in ") {
                continue;
            }
            let end = text[at..].find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':');
            let path = &text[at..at + end.unwrap_or(text.len() - at)];
            // The beginning of a tree is no path.
            if path.ends_with("::") {
                continue;
            }
            let path: Module = path.split("::").filter(|it| !it.is_empty()).map(str::to_string).collect();
            if path.len() > 1 && path.last().is_some_and(|last| last != "super") {
                found.push(path);
            }
        }
    }
    found
}

/// A path from the root of the house; `None` where it leads out of it.
fn absolute(path: &[String], own: &[String], known: &BTreeSet<Module>) -> Option<Module> {
    let words: Vec<&str> = path.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["crate", ..] => Some(path[1..].to_vec()),
        ["self", ..] => Some([own, &path[1..]].concat()),
        ["super", ..] => {
            let up = words.iter().take_while(|word| **word == "super").count();
            Some([own.get(..own.len().checked_sub(up)?)?, &path[up..]].concat())
        }
        [first, ..] => {
            let child = [own, &[first.to_string()]].concat();
            known.contains(&child).then(|| [own, path].concat())
        }
        [] => None,
    }
}

/// The files that reach each other, with more than one in each circle.
fn circles(arrows: &BTreeMap<Module, BTreeSet<Module>>) -> Vec<BTreeSet<Module>> {
    let reach = |from: &Module| {
        let (mut seen, mut next) = (BTreeSet::new(), vec![from]);
        while let Some(file) = next.pop() {
            for to in arrows.get(file).into_iter().flatten() {
                if seen.insert(to.clone()) {
                    next.push(to);
                }
            }
        }
        seen
    };
    let reached: BTreeMap<&Module, BTreeSet<Module>> =
        arrows.keys().map(|file| (file, reach(file))).collect();
    let mut found: Vec<BTreeSet<Module>> = Vec::new();
    for (file, to) in &reached {
        let circle: BTreeSet<Module> = to
            .iter()
            .filter(|to| reached.get(to).is_some_and(|back| back.contains(*file)))
            .cloned()
            .collect();
        if circle.len() > 1 && !found.contains(&circle) {
            found.push(circle);
        }
    }
    found
}

#[test]
fn files_of_a_room_form_no_circles() {
    let house = House::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let arrows = house.arrows();
    assert!(arrows.values().map(BTreeSet::len).sum::<usize>() > 1000, "does this test still see the code?");
    let mut needed = [false; MAY_BE.len()];
    for circle in circles(&arrows) {
        let files: Vec<String> = circle.iter().map(|file| file.join("/")).collect();
        let within = |(_, under): &(&str, &[&str])| {
            files
                .iter()
                .all(|file| under.iter().any(|under| file == under || file.starts_with(&format!("{under}/"))))
        };
        // The narrowest exception comes last.
        match MAY_BE.iter().rposition(within) {
            Some(excuse) => needed[excuse] = true,
            None => {
                let arrows: Vec<String> = circle
                    .iter()
                    .flat_map(|file| arrows[file].intersection(&circle).map(move |to| (file, to)))
                    .map(|(file, to)| format!("  {} needs {}", file.join("/"), to.join("/")))
                    .collect();
                panic!("a circle of files:\n{}", arrows.join("\n"));
            }
        }
    }
    for (needed, (reason, _)) in needed.into_iter().zip(MAY_BE) {
        assert!(needed, "no circle any more, so this exception can go: {reason}");
    }
}

#[test]
fn circles_are_found() {
    let file = |name: &str| vec!["room".to_string(), name.to_string()];
    let arrows = BTreeMap::from([
        (file("a"), BTreeSet::from([file("b")])),
        (file("b"), BTreeSet::from([file("c"), file("leaf")])),
        (file("c"), BTreeSet::from([file("a")])),
        (file("leaf"), BTreeSet::new()),
    ]);
    assert_eq!(circles(&arrows), [BTreeSet::from([file("a"), file("b"), file("c")])]);
    let of = |tree: &str| -> Vec<String> {
        paths(tree).into_iter().map(|(path, name)| format!("{} {name}", path.join("::"))).collect()
    };
    assert_eq!(of("crate::{a::{b, c as d}, e::f}"), ["crate::a::b b", "crate::a::c d", "crate::e::f f"]);
    let text = "use super::x::Y;\npub(super) use z::{A, B};\nfn f() { super::g::h(1); crate::m::N }\n";
    assert_eq!(uses(text), [(false, "super::x::Y".into()), (true, "z::{A, B}".into())]);
    assert_eq!(inline("fn f() { super::g::h(1); crate::m::N }").len(), 2);
}
