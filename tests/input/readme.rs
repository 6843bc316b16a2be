//! The README's table of scenarios.

use std::collections::BTreeSet;
use std::path::Path;

/// The table has a row for every scenario that is shipped, no other, and each has its question.
#[test]
fn the_readme_lists_the_scenarios_that_there_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let there: BTreeSet<String> = fs_err::read_dir(root.join("scenarios"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "toml"))
        .map(|path| path.file_stem().unwrap().to_string_lossy().into_owned())
        .collect();
    let readme = fs_err::read_to_string(root.join("README.md")).unwrap();
    let (_, table) = readme.split_once("| scenario | its question |\n").unwrap();
    let mut listed = BTreeSet::new();
    for row in table.lines().skip(1).take_while(|line| !line.trim().is_empty()) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        let ["", name, question, ""] = cells[..] else { panic!("no row of the table: {row}") };
        assert!(question.ends_with('?') && question.len() > 20, "{row}");
        assert!(listed.insert(name.trim_matches('`').to_string()), "{name} is listed twice");
    }
    assert_eq!(listed, there);
    let words = ["nine", "ten", "eleven", "twelve", "thirteen", "fourteen"];
    let count = words[there.len() - 9];
    assert!(readme.contains(&format!("`scenarios/` has {count} complete ones")), "there are {count}");
}
