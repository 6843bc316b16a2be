//! Circles of files inside a room: of arrows between files, which go round.
//!
//! A plain type, a constant or a helper that two files need of each other belongs in a third. An arrow is any path that leads to
//! another file of the room: in a `use` at any depth of braces or of the code, in the code itself from `crate`, `super`, a child or
//! whatever was imported, and a name that a file gives away by `pub use` and needs itself. What a file only gives away is no arrow:
//! who asks for it needs the file where it stands. Methods are not seen, since they have no path.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::{read, sources};

/// Circles that may be: the files of each, all of them and no other, and the reason.
const MAY_BE: [(&[&str], &str); 1] = [(
    &["scenario/file", "scenario/file/variant"],
    "a file has variants, and a variant adds what a file has: the sections of both stand one below the other in file/mod.rs, so \
     that a new one is listed in one place",
)];

/// A file by its path in modules: `["scenario", "file"]`.
type Module = Vec<String>;

/// What a file names.
#[derive(Default)]
struct Named {
    paths: Vec<Module>,
    /// What it gives away of others by `pub use`, by the names that it has then.
    given: BTreeMap<String, Module>,
}

/// All files.
struct House(BTreeMap<Module, Named>);

impl House {
    fn read(src: &Path) -> House {
        let mut found = Vec::new();
        sources(src, &mut found);
        House::of(found.iter().map(|path| {
            let inside = path.strip_prefix(src).unwrap().with_extension("");
            let mut module: Module = inside.iter().map(|part| part.to_string_lossy().into_owned()).collect();
            if module.last().is_some_and(|last| last == "mod") {
                module.pop();
            }
            (module, read(path))
        }))
    }

    fn of(texts: impl Iterator<Item = (Module, String)>) -> House {
        let texts: BTreeMap<Module, String> = texts.collect();
        let known: BTreeSet<Module> = texts.keys().cloned().collect();
        House(texts.iter().map(|(own, text)| (own.clone(), Named::of(text, own, &known))).collect())
    }

    /// The file that a path leads to, through whatever is given away on the way.
    fn file(&self, path: &[String], depth: usize) -> Module {
        let end = (0..=path.len()).rev().find(|end| self.0.contains_key(&path[..*end]));
        let (file, rest) = path.split_at(end.unwrap_or(0));
        let given = rest.first().and_then(|name| self.0.get(file)?.given.get(name));
        match given {
            Some(given) if depth < 6 => self.file(&[given, &rest[1..]].concat(), depth + 1),
            _ => file.to_vec(),
        }
    }

    /// The files of its own room that a file needs.
    fn arrows(&self) -> BTreeMap<Module, BTreeSet<Module>> {
        let of_file = |(own, named): (&Module, &Named)| {
            let to = named.paths.iter().map(|path| self.file(path, 0));
            (own.clone(), to.filter(|to| to != own && !own.is_empty() && to.first() == own.first()).collect())
        };
        self.0.iter().map(of_file).collect()
    }
}

impl Named {
    fn of(text: &str, own: &[String], known: &BTreeSet<Module>) -> Named {
        let (statements, code) = split(text);
        let (mut named, mut imported) = (Named::default(), BTreeMap::new());
        for (public, tree) in statements {
            for (path, name) in paths(&tree) {
                let Some(path) = absolute(&path, own, known, &BTreeMap::new()) else { continue };
                imported.insert(name.clone(), path.clone());
                // What a room gives away of its own files is no arrow, unless it needs that itself.
                if !(public && path.starts_with(own)) || words(&code).any(|word| word == name) {
                    named.paths.push(path.clone());
                }
                if public {
                    named.given.insert(name, path);
                }
            }
        }
        named.paths.extend(inline(&code).iter().filter_map(|path| absolute(path, own, known, &imported)));
        named
    }
}

/// The `use` statements of a text, each with whether it gives away what it names, and the code without them, without comments,
/// tests and lists of modules.
fn split(text: &str) -> (Vec<(bool, String)>, String) {
    let text = text.split("\nmod tests {").next().unwrap_or_default();
    let (mut statements, mut code) = (Vec::new(), String::new());
    let mut open: Option<(bool, String)> = None;
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with("//")) {
        let (public, rest) = bare(line);
        let (public, words) = match open.take() {
            Some((public, before)) => (public, format!("{before} {line}")),
            None if rest.starts_with("use ") => (public, rest["use ".len()..].to_string()),
            None => {
                if !(rest.starts_with("mod ") && rest.ends_with(';')) {
                    // Who may look is not what is looked at.
                    let mut parts = line.split("pub(in ");
                    code.push_str(parts.next().unwrap_or_default());
                    code.extend(parts.filter_map(|part| part.split_once(')')).map(|(_, rest)| rest));
                    code.push('\n');
                }
                continue;
            }
        };
        match words.split_once(';') {
            Some((tree, _)) => statements.push((public, tree.to_string())),
            None => open = Some((public, words)),
        }
    }
    (statements, code)
}

/// Whether a line begins with `pub` or `pub(...)`, and the line without it.
fn bare(line: &str) -> (bool, &str) {
    let Some(rest) = line.strip_prefix("pub") else { return (false, line) };
    let rest = match rest.strip_prefix('(') {
        Some(rest) => rest.split_once(')').map_or(rest, |(_, rest)| rest),
        None => rest,
    };
    (true, rest.trim_start())
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
    let within = |(path, name): (Module, String)| {
        // `a::{self}` is `a`.
        let is_self = path.len() == 1 && path[0] == "self";
        let name = if is_self && name == "self" { head.last().cloned().unwrap_or_default() } else { name };
        (if is_self { head.clone() } else { [head.clone(), path].concat() }, name)
    };
    parts.flat_map(|part| paths(&part)).map(within).collect()
}

/// Words and paths of a code: `a`, `b::C::d`.
fn words(code: &str) -> impl Iterator<Item = &str> {
    let is_part = |c: char| c.is_alphanumeric() || c == '_' || c == ':';
    let words = code.split(move |c: char| !is_part(c)).map(|word| word.trim_matches(':'));
    words.filter(|word| !word.is_empty())
}

/// The paths within a code.
fn inline(code: &str) -> Vec<Module> {
    let paths = words(code).map(|word| word.split("::").map(str::to_string).collect::<Module>());
    paths.filter(|path| path.len() > 1 && path.last().is_some_and(|last| last != "super")).collect()
}

/// A path from the root of the house; `None` where it leads out of it.
fn absolute(
    path: &[String],
    own: &[String],
    known: &BTreeSet<Module>,
    imported: &BTreeMap<String, Module>,
) -> Option<Module> {
    let words: Vec<&str> = path.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["crate", ..] => Some(path[1..].to_vec()),
        ["self", ..] => Some([own, &path[1..]].concat()),
        ["super", ..] => {
            let up = words.iter().take_while(|word| **word == "super").count();
            Some([own.get(..own.len().checked_sub(up)?)?, &path[up..]].concat())
        }
        [first, ..] => {
            if let Some(before) = imported.get(*first) {
                return Some([before, &path[1..]].concat());
            }
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

/// What is wrong: circles that may not be, with their arrows, and circles that may be and are not.
fn problems(arrows: &BTreeMap<Module, BTreeSet<Module>>, may_be: &[(&[&str], &str)]) -> Vec<String> {
    let names = |circle: &BTreeSet<Module>| circle.iter().map(|file| file.join("/")).collect::<Vec<_>>();
    let found = circles(arrows);
    let unexcused = found.iter().filter(|circle| may_be.iter().all(|(files, _)| names(circle) != *files));
    let there = unexcused.map(|circle| {
        let within = circle
            .iter()
            .flat_map(|file| arrows[file].intersection(circle).map(move |to| (file, to)))
            .map(|(file, to)| format!("  {} needs {}", file.join("/"), to.join("/")));
        format!("a circle of files:\n{}", within.collect::<Vec<_>>().join("\n"))
    });
    let gone = may_be.iter().filter(|(files, _)| found.iter().all(|circle| names(circle) != *files));
    let gone = gone.map(|(files, _)| format!("these are no circle, so the exception can go: {files:?}"));
    there.chain(gone).collect()
}

#[test]
fn files_of_a_room_form_no_circles() {
    let house = House::read(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"));
    let arrows = house.arrows();
    assert!(arrows.values().map(BTreeSet::len).sum::<usize>() > 2000, "does this test still see the code?");
    let problems = problems(&arrows, &MAY_BE);
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

/// A room of three files: its own, `a` and `b`.
fn room(own: &str, a: &str, b: &str) -> BTreeMap<Module, BTreeSet<Module>> {
    let files = [(vec!["room"], own), (vec!["room", "a"], a), (vec!["room", "b"], b)];
    let files = files.map(|(path, text)| (path.into_iter().map(str::to_string).collect(), text.to_string()));
    House::of(files.into_iter()).arrows()
}

#[test]
fn every_way_to_name_a_file_is_seen() {
    for names_b in [
        "use super::b::X;",
        "use super::b;",
        "pub(super) use super::b::X;",
        "use crate::room::b::X;",
        "use crate::room::b as other;",
        "use crate::{calendar::Date, room::{self, b::{X, Y}}};",
        "use super::{\n    b::{self, X},\n};",
        "fn f() {\n    use super::b::X;\n}",
        "fn f() -> super::b::X {\n    g()\n}",
        "use crate::room;\nfn f() {\n    room::b::g()\n}",
    ] {
        let of = |b: &str| problems(&room("mod a;\nmod b;\n", names_b, b), &[]);
        let found = of("use super::a::Z;\n");
        assert!(found.len() == 1 && found[0].contains("room/a needs room/b"), "{names_b}: {found:?}");
        // One way alone is no circle.
        assert!(of("// use super::a::Z;\npub(in crate::room::a) fn f() {}\n").is_empty(), "{names_b}");
        assert!(of("use std::fmt;\nmod tests {\n    use super::super::a::Z;\n}\n").is_empty(), "{names_b}");
    }
}

#[test]
fn what_a_room_gives_away_stands_where_it_stands() {
    let gives = "mod a;\nmod b;\npub use b::X;\n";
    // Who asks the room for `X` needs the file that has it.
    assert!(problems(&room(gives, "use super::X;", ""), &[]).is_empty());
    assert_eq!(problems(&room(gives, "use super::X;", "use super::a::Z;"), &[]).len(), 1);
    // The room's own file needs `b` when it calls it, or names what it gives away.
    for needs in ["fn f() {\n    b::g()\n}\n", "struct Y(X);\n"] {
        let own = format!("{gives}{needs}");
        assert!(problems(&room(&own, "", ""), &[]).is_empty());
        assert_eq!(problems(&room(&own, "", "use super::Y;"), &[]).len(), 1, "{needs}");
    }
}

#[test]
fn an_exception_is_for_its_files_alone() {
    let arrows = room("", "use super::b::X;", "use super::a::Z;");
    assert!(problems(&arrows, &[(&["room/a", "room/b"], "")]).is_empty());
    assert_eq!(problems(&arrows, &[(&["room", "room/a", "room/b"], "")]).len(), 2);
    assert_eq!(problems(&arrows, &[(&["room/a"], "")]).len(), 2);
    assert_eq!(problems(&room("", "", ""), &[(&["room/a", "room/b"], "")]).len(), 1);
}
