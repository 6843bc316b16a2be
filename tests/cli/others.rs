//! Files of others in a result folder, and what is no file: neither is written to, followed, deleted or read.

use crate::house::{House, TABLES};

fn edit(house: &House, path: &str, change: impl Fn(&mut serde_json::Value)) {
    let mut package: serde_json::Value = serde_json::from_str(&house.read(path)).unwrap();
    change(&mut package);
    house.write(path, &package.to_string());
}

#[test]
fn an_edited_package_deletes_nothing() {
    let house = House::new();
    house.good("run camp.toml --charts none --out results");
    house.write("results/thesis.txt", "years of work");
    house.write("results/notes/ideas.txt", "more of it");
    house.write("outside.txt", "not even there");
    edit(&house, "results/datapackage.json", |package| {
        let listed = package["resources"].as_array_mut().unwrap();
        let mut like = listed[0].clone();
        for path in ["thesis.txt", "notes/ideas.txt", "../outside.txt", "notes/../thesis.txt", "scenario"] {
            like["path"] = path.into();
            listed.push(like.clone());
        }
    });
    house.bad("run camp.toml --charts none --out results --seed 3", 2, &["results/scenario is a directory"]);
    edit(&house, "results/datapackage.json", |package| {
        package["resources"].as_array_mut().unwrap().pop();
    });
    let said = ["results that were changed", "thesis.txt, notes/ideas.txt", "--force", "--out"];
    house.bad("run camp.toml --charts none --out results --seed 3", 2, &said);
    house.good("run camp.toml --charts none --out results --seed 3 --force");
    assert_eq!(house.read("results/thesis.txt"), "years of work");
    assert_eq!(house.read("results/notes/ideas.txt"), "more of it");
    assert_eq!(house.read("outside.txt"), "not even there");
}

#[test]
fn a_result_that_somebody_works_on_is_theirs() {
    let house = House::new();
    house.good("run camp.toml --charts svg --out results");
    house.write("results/people.csv", "sorted by me");
    house.write("results/events.csv", "with a remark");
    let said = ["changed after they were written (", "people.csv, events.csv", "rename", "--force"];
    house.bad("run camp.toml --out results", 2, &said);
    assert_eq!(house.read("results/people.csv"), "sorted by me");
    house.good("run camp.toml --out results --force --charts none --seed 2");
    let kept = house.kept("results");
    assert_eq!(kept.len(), 1);
    assert_eq!(house.read(&format!("{}/people.csv", kept[0])), "sorted by me");
    assert_eq!(house.read(&format!("{}/events.csv", kept[0])), "with a remark");
}

#[test]
fn files_with_our_temporary_names_are_left_alone() {
    let house = House::new();
    house.good("run camp.toml --charts none --out results");
    let mine = [".repatria-notes", ".repatria-new-people.csv", ".repatria-new-", ".repatria-lock", ".keep"];
    for name in mine {
        house.write(&format!("results/{name}"), "mine");
    }
    house.good("run camp.toml --charts none --out results --seed 3");
    for name in mine {
        assert_eq!(house.read(&format!("results/{name}")), "mine", "{name}");
    }
}

#[test]
fn files_with_temporary_names_that_no_killed_run_left_are_refused() {
    let house = House::new();
    for name in [".repatria-new-3", ".repatria-old-0", ".repatria-earlier/thesis.txt"] {
        house.write(&format!("results/{name}"), "mine");
        for force in ["", "--force"] {
            house.bad(
                &format!("run camp.toml --charts none --out results {force}"),
                2,
                &["of no run that was killed"],
            );
        }
        assert_eq!(house.read(&format!("results/{name}")), "mine", "{name}");
        fs_err::remove_dir_all(house.path("results")).unwrap();
    }
    house.write("results/.repatria-new-3", "of a run that was killed");
    house.write("results/.repatria-lock", "");
    house.good("run camp.toml --charts none --out results");
    assert!(!house.path("results/.repatria-new-3").exists());
}

#[test]
fn a_huge_package_is_not_read() {
    let house = House::new();
    fs_err::create_dir(house.path("results")).unwrap();
    let huge = fs_err::File::create(house.path("results/datapackage.json")).unwrap();
    huge.set_len(1 << 42).unwrap();
    for force in ["", "--force"] {
        let said = ["results/datapackage.json is 4.0 TiB large", "Move it away", "--out"];
        house.bad(&format!("run camp.toml --out results {force}"), 2, &said);
    }
}

#[test]
fn a_huge_file_in_place_of_a_result_is_not_read() {
    let house = House::new();
    house.good("run camp.toml --charts none --out results");
    // To read it would take hours.
    let huge = fs_err::File::create(house.path("results/people.csv")).unwrap();
    huge.set_len(1 << 42).unwrap();
    for force in ["", "--force"] {
        let said = ["results/people.csv is 4.0 TiB large, which no result is"];
        house.bad(&format!("run camp.toml --charts none --out results {force}"), 2, &said);
    }
}

#[test]
fn huge_inputs_are_not_read() {
    let house = House::new();
    fs_err::File::create(house.path("huge.toml")).unwrap().set_len(1 << 42).unwrap();
    house.bad("run huge.toml", 2, &["`huge.toml` has 4.0 TiB; a scenario has at most 4 MiB"]);
    house.write("more.toml", "extends = \"huge.toml\"\n");
    house.bad("run more.toml", 2, &["more.toml:1:11", "a scenario has at most 4 MiB"]);
    house.write("seen.toml", &format!("{}\n[observed]\nfile = \"huge.toml\"\n", crate::house::CAMP));
    house.bad("run seen.toml", 2, &["seen.toml:", "a table has at most 4 MiB"]);
    house.write("seen.toml", &format!("{}\n[observed]\nfile = \"folder\"\n", crate::house::CAMP));
    fs_err::create_dir(house.path("folder")).unwrap();
    house.bad("run seen.toml", 2, &["`folder` is a directory, not a table"]);
}

#[cfg(unix)]
mod links {
    use std::os::unix::fs::symlink;
    use std::process::Command;

    use super::*;

    fn pipe(house: &House, name: &str) {
        assert!(Command::new("mkfifo").arg(house.path(name)).status().unwrap().success());
    }

    #[test]
    fn links_in_a_folder_are_not_followed() {
        let house = House::new();
        house.write("mine/thesis.txt", "years of work");
        for name in ["people.csv", ".repatria-lock", "datapackage.json", "scenario/camp.toml"] {
            let out = format!("results-of-{}", name.replace(['/', '.'], "-"));
            house.good(&format!("run camp.toml --charts none --out {out}"));
            let path = house.path(&out).join(name);
            let _ = fs_err::remove_file(&path);
            symlink(house.path("mine/thesis.txt"), &path).unwrap();
            for force in ["", "--force"] {
                let said = [name, "is a symbolic link", "Move it away"];
                house.bad(&format!("run camp.toml --charts none --out {out} --seed 2 {force}"), 2, &said);
            }
            assert!(path.symlink_metadata().unwrap().is_symlink());
            assert_eq!(house.read("mine/thesis.txt"), "years of work");
        }
        for folder in ["scenario", "earlier"] {
            let out = format!("with-{folder}");
            house.good(&format!("run camp.toml --charts none --out {out}"));
            let path = house.path(&out).join(folder);
            let _ = fs_err::remove_dir_all(&path);
            symlink(house.path("mine"), &path).unwrap();
            let line = format!("run camp.toml --charts none --out {out} --seed 2");
            house.bad(&line, 2, &[folder, "a symbolic link"]);
            assert_eq!(house.files("mine"), ["thesis.txt"]);
        }
        // Where a new file would be put for a moment.
        house.good("run camp.toml --charts none --out staged");
        for number in 0..20 {
            symlink(house.path("mine/thesis.txt"), house.path(&format!("staged/.repatria-new-{number}")))
                .unwrap();
        }
        house.good("run camp.toml --charts none --out staged --seed 2");
        assert_eq!(house.read("mine/thesis.txt"), "years of work");
    }

    #[test]
    fn a_folder_that_the_user_names_may_be_a_link() {
        let house = House::new();
        fs_err::create_dir(house.path("disk")).unwrap();
        symlink(house.path("disk"), house.path("results")).unwrap();
        house.good("run camp.toml --charts none --out results");
        assert_eq!(house.files("disk"), TABLES);
        symlink(house.path("nowhere"), house.path("lost")).unwrap();
        house.bad(
            "run camp.toml --charts none --out lost",
            2,
            &["lost is a link that leads nowhere", "--out"],
        );
    }

    #[test]
    fn what_is_no_file_is_not_opened() {
        let house = House::new();
        for name in ["datapackage.json", ".repatria-lock"] {
            let out = format!("results{name}");
            fs_err::create_dir(house.path(&out)).unwrap();
            pipe(&house, &format!("{out}/{name}"));
            for force in ["", "--force"] {
                let said = [name, "is a pipe", "Move it away"];
                house.bad(&format!("run camp.toml --charts none --out {out} {force}"), 2, &said);
            }
            assert_eq!(house.files(&out), [name]);
        }
        pipe(&house, "pipe.toml");
        house.bad("run pipe.toml", 2, &["`pipe.toml` is a pipe, not a regular file"]);
        house.bad("check /dev/zero", 2, &["`/dev/zero` is a device, not a regular file"]);
        house.write("more.toml", "extends = \"pipe.toml\"\n");
        house.bad("check more.toml", 2, &["more.toml:1:11", "is a pipe"]);
        house.write("seen.toml", &format!("{}\n[observed]\nfile = \"pipe.toml\"\n", crate::house::CAMP));
        house.bad("check seen.toml", 2, &["seen.toml:", "is a pipe"]);
    }
}
