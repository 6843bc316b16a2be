//! A disk that is full, and files that were damaged.

use std::process::Command;

use crate::desk::{desk, done, merged, plan, rewritten, tidy, undisturbed};
use crate::house::program;

/// The limit of a file's size is as good as a full disk: the system refuses to write.
#[test]
fn a_full_disk_loses_nothing_that_was_done() {
    let house = desk(40, 20);
    let expected = undisturbed(&house, 10);
    plan(&house, "study", 10);
    house.good("study run study --shard 1/2 --quiet");
    let before = done(&house, "study");
    assert_eq!(before.len(), 2);
    let ended = Command::new("bash")
        .args(["-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" study run study --quiet"])
        .arg(program())
        .current_dir(house.path("."))
        .output()
        .unwrap();
    let said = String::from_utf8(ended.stderr).unwrap();
    assert_eq!(ended.status.code(), Some(1), "{said}");
    // Where, and what the system says.
    assert!(said.starts_with("error: failed to write to file `study/units/."), "{said}");
    assert!(said.contains(": File too large"), "{said}");
    tidy(&house, "study", 2);
    assert_eq!(done(&house, "study"), before);
    house.good("study run study --quiet");
    tidy(&house, "study", 4);
    assert!(before.iter().all(|unit| done(&house, "study").contains(unit)));
    assert!(merged(&house, "study") == expected);
}

#[test]
fn holes_are_named() {
    let house = desk(20, 20);
    plan(&house, "study", 3);
    let nothing = house.bad("study merge study --partial --charts none", 3, &["7 units are missing"]);
    assert!(
        nothing.err.starts_with("7 of 7 units are missing:\n  unit 1 (points 0 to 2): "),
        "{}",
        nothing.err
    );
    house.good("study run study --shard 1/2 --quiet");
    let said = [
        "3 of 7 units are missing:",
        "unit 2 (points 3 to 5): ",
        "unit 4 (points 9 to 11): ",
        "unit 6 (points 15 to 17): ",
        "repatria study run study",
        "--partial",
    ];
    house.bad("study merge study --charts none", 3, &said);
    assert!(!house.path("study/merged").exists());
    let ended = house.good("study merge study --charts none --partial");
    assert!(ended.err.contains("This is a part of the study: 3 of 7 units are missing"), "{}", ended.err);
}

#[test]
fn a_damaged_unit_is_found_and_fixed() {
    let house = desk(6, 20);
    let expected = undisturbed(&house, 3);
    plan(&house, "study", 3);
    house.good("study run study --quiet");
    let unit = format!("study/units/{}", house.files("study/units").remove(0));
    let text = house.read(&unit);
    let end = text.trim_end().rfind('\n').unwrap() + 1;
    for (broken, what) in [
        (text.as_bytes()[..text.len() / 2].to_vec(), "a line that cannot be read"),
        (text.as_bytes()[..end].to_vec(), "its end is missing"),
        (text.replacen("\"replicates\":20", "\"replicates\":19", 1).into_bytes(), "its hash is another"),
        (text.replacen("\"first\"", "\"last\"", 1).into_bytes(), "it does not begin as this unit does"),
        (Vec::new(), "it does not begin as this unit does"),
        ([&text.as_bytes()[..end], b"\xff\xfe\n"].concat(), "it is not text"),
    ] {
        fs_err::write(house.path(&unit), broken).unwrap();
        house.bad("study merge study --charts none", 1, &[&unit, "is damaged", what, "remove it"]);
    }
    fs_err::remove_file(house.path(&unit)).unwrap();
    house.good("study run study --quiet");
    assert!(merged(&house, "study") == expected);
}

#[test]
fn a_unit_with_other_numbers_and_a_good_hash_is_found_by_computing_it_again() {
    let house = desk(6, 20);
    plan(&house, "study", 3);
    house.good("study run study --quiet");
    let ended = house.good("study merge study --charts none --verify 100");
    assert!(ended.err.contains("2 units computed again: the same bytes."), "{}", ended.err);
    let unit = format!("study/units/{}", house.files("study/units").remove(0));
    let text = house.read(&unit);
    house.write(&unit, &rewritten(&text, |line| line.replacen("\"replicates\":20", "\"replicates\":19", 1)));
    house.good("study merge study --charts none --force");
    house.bad("study merge study --charts none --verify 100", 1, &["comes out otherwise", "Remove it"]);
}

/// Whatever its own hash says: points that are missing, there twice, out of order, or of another shape.
#[test]
fn a_unit_without_the_points_of_its_study_is_damaged() {
    let house = desk(6, 20);
    plan(&house, "study", 3);
    house.good("study run study --quiet");
    let unit = format!("study/units/{}", house.files("study/units").remove(0));
    let text = house.read(&unit);
    let points: Vec<&str> = text.lines().skip(1).take(3).collect();
    let with = |lines: &[&str]| {
        let head = text.lines().next().unwrap();
        let whole: Vec<&str> = [head].iter().chain(lines).chain(&["the hash"]).copied().collect();
        rewritten(&(whole.join("\n") + "\n"), str::to_string)
    };
    assert_eq!(with(&points), text);
    let [a, b, c] = points[..] else { panic!("three points") };
    let edited = |from: &str, to: &str| {
        let other = b.replacen(from, to, 1);
        assert_ne!(other, b, "{from}");
        with(&[a, &other, c])
    };
    let cells = b.find("{\"Ok\":[").unwrap() + 7;
    let one_variant = format!("{}{}]}}}}", &b[..cells], &b[cells..b.find("},{\"outcomes\"").unwrap() + 1]);
    assert!(serde_json::from_str::<serde_json::Value>(&one_variant).is_ok(), "{one_variant}");
    for (broken, what) in [
        (with(&[a, b]), "its last points are missing"),
        (with(&[a, c]), "a point is missing or there twice"),
        (with(&[b, c]), "a point is missing or there twice"),
        (with(&[]), "its last points are missing"),
        (with(&[a, b, b, c]), "a point is missing or there twice"),
        (with(&[a, b, c, c]), "a point is missing or there twice"),
        (with(&[a, a, c]), "a point is missing or there twice"),
        (with(&[c, b, a]), "a point is missing or there twice"),
        (with(&[a, &one_variant, c]), "has not what the study's points have"),
        (edited("{\"Ok\":[", "{\"Ok\":[],\"x\":["), "a line that cannot be read"),
        (edited("\"series\":[", "\"series\":[[],"), "has not what the study's points have"),
        (edited("\"series\":[[", "\"series\":[[[1,1,1,1,1,1,1,1],"), "has not what the study's points have"),
        (edited("\"batches\":[", "\"batches\":[1,"), "has not what the study's points have"),
        (edited("\"outcomes\":[", "\"outcomes\":[],\"x\":["), "has not what the study's points have"),
        (edited("\"stat\":[", "\"stat\":[1,"), "a line that cannot be read"),
        (text.clone() + &text, "something follows its end"),
        (text.clone() + "\n", "something follows its end"),
    ] {
        house.write(&unit, &broken);
        let said: &[&str] = &[&unit, "is damaged", what];
        house.bad("study merge study --charts none", 1, said);
        house.bad("study merge study --charts none --verify 9", 1, said);
    }
    fs_err::remove_file(house.path(&unit)).unwrap();
    house.good("study run study --quiet");
    assert_eq!(house.read(&unit), text);
}

/// One replicate has no standard error: what has none is written so that it can be read.
#[test]
fn cells_of_one_replicate_can_be_merged() {
    let house = desk(4, 1);
    plan(&house, "study", 2);
    house.good("study run study --quiet");
    house.good("study merge study --charts svg --verify 2");
}
