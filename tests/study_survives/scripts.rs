//! Scripts for clusters: they say what they should, and those that need no cluster run as they are printed.

use std::process::Command;

use crate::desk::{desk, merged, plan, tidy, undisturbed};
use crate::house::{House, program};

const ENGINES: [&str; 4] = ["slurm", "hyperqueue", "dask", "parallel"];

fn script(house: &House, folder: &str, engine: &str) -> String {
    house.words(&["study", "script", folder, "--engine", engine, "--shards", "4"]).out
}

/// Whether a shell, or Python, can read it.
fn readable(house: &House, name: &str, engine: &str) -> bool {
    let (reader, option) = if engine == "dask" { ("python3", "-mpy_compile") } else { ("bash", "-n") };
    Command::new(reader)
        .arg(option)
        .arg(name)
        .current_dir(house.path("."))
        .status()
        .is_ok_and(|it| it.success())
}

#[test]
fn scripts_give_every_process_its_shard_of_a_number_that_is_written() {
    let house = desk(20, 20);
    plan(&house, "study", 2);
    for engine in ENGINES {
        let text = script(&house, "study", engine);
        house.write("script", &text);
        assert!(readable(&house, "script", engine), "{text}");
        assert!(text.starts_with("#!"), "{text}");
        assert!(!text.contains("TASK_COUNT") && !text.contains("TASK_MAX"), "{text}");
        // Where it is, how to go on, how to merge.
        let folder = house.path("study");
        for said in [folder.to_str().unwrap(), program().to_str().unwrap(), "missing-shards", "merge", "EDIT"]
        {
            assert!(text.contains(said), "no {said} in\n{text}");
        }
    }
    let text = script(&house, "study", "slurm");
    for line in [
        "#SBATCH --array=1-4",
        "#SBATCH --time=01:00:00",
        "exec \"$repatria\" study run \"$folder\" --shard \"$SLURM_ARRAY_TASK_ID/4\" --until 55m --quiet",
    ] {
        assert!(text.lines().any(|other| other == line), "no {line} in\n{text}");
    }
}

#[test]
fn paths_with_blanks_and_quotation_marks_survive() {
    let house = desk(8, 20);
    let folder = "it's a \"study\" $HOME";
    let ended =
        house.words(&["study", "plan", "study.toml", "--out", folder, "--unit-points", "2", "--quiet"]);
    assert_eq!(ended.code, 0, "{}", ended.err);
    for engine in ENGINES {
        house.write("script", &script(&house, folder, engine));
        assert!(readable(&house, "script", engine), "{}", house.read("script"));
    }
    // The array's task, as Slurm would start it.
    for task in ["1", "2", "3", "4"] {
        house.write("script", &script(&house, folder, "slurm"));
        let mut shell = Command::new("bash");
        shell.arg("script").env("SLURM_ARRAY_TASK_ID", task).env("SLURM_CPUS_PER_TASK", "1");
        assert!(shell.current_dir(house.path(".")).status().unwrap().success());
    }
    tidy(&house, folder, 4);
    let status = house.words(&["study", "status", folder, "--missing-shards", "4"]);
    assert_eq!(status.out, "\n");
}

#[cfg(target_os = "linux")]
#[test]
fn a_path_of_two_lines_is_refused() {
    let house = desk(4, 20);
    let folder = "two\nlines";
    house.words(&["study", "plan", "study.toml", "--out", folder, "--unit-points", "2", "--quiet"]);
    let ended = house.words(&["study", "script", folder, "--engine", "slurm"]);
    assert_eq!(ended.code, 2);
    assert!(ended.err.contains("cannot be written into a script"), "{}", ended.err);
    assert_eq!(ended.out, "");
}

#[test]
fn more_shards_than_units_are_not_written() {
    let house = desk(6, 20);
    plan(&house, "study", 2);
    let ended = house.good("study script study --engine slurm --shards 50");
    assert!(ended.out.contains("#SBATCH --array=1-3\n"), "{}", ended.out);
    assert!(ended.err.contains("50 shards are more than there are units: 3 were written"), "{}", ended.err);
}

#[test]
fn gnu_parallel_runs_what_is_printed() {
    let house = desk(20, 20);
    let said = Command::new("parallel").arg("--version").output();
    // It is on few machines: the script was read by a shell above.
    if !said.is_ok_and(|said| String::from_utf8_lossy(&said.stdout).contains("GNU parallel")) {
        return;
    }
    let expected = undisturbed(&house, 2);
    plan(&house, "study", 2);
    house.write("script", &script(&house, "study", "parallel"));
    for _ in 0..2 {
        // The second time nothing is missing.
        let ended = Command::new("bash").arg("script").current_dir(house.path(".")).output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        tidy(&house, "study", 10);
        assert!(merged(&house, "study") == expected);
    }
}

/// Slurm bounds the index of an array: more shards are several arrays, whose tasks add an offset to their index.
#[test]
fn no_index_of_an_array_is_larger_than_slurm_takes() {
    let house = desk(3000, 4);
    plan(&house, "study", 1);
    let ended = house.good("study script study --engine slurm --shards 3000");
    let numbers = |text: &str| -> Vec<u64> {
        text.split(|c: char| !c.is_ascii_digit()).filter_map(|word| word.parse().ok()).collect()
    };
    for line in ended.out.lines().filter(|line| line.contains("--array=")) {
        assert!(numbers(line).into_iter().all(|index| index <= 1000), "{line}");
    }
    house.write("study.slurm", &ended.out);
    assert!(readable(&house, "study.slurm", "slurm"));
    // A Slurm that notes what it is sent, and starts nothing.
    house.write("bin/sbatch", "#!/bin/bash\necho \"$@\" >> sent\n");
    Command::new("chmod").arg("+x").arg(house.path("bin/sbatch")).status().unwrap();
    let submit = || {
        house.write("sent", "");
        let path = format!("{}:{}", house.path("bin").display(), std::env::var("PATH").unwrap());
        let mut shell = Command::new("bash");
        shell
            .arg("study.slurm")
            .env("PATH", path)
            .env_remove("SLURM_ARRAY_TASK_ID")
            .current_dir(house.path("."));
        assert!(shell.status().unwrap().success());
        let sent = house.read("sent");
        let arrays = sent.lines().map(|line| {
            let (array, rest) = line.strip_prefix("--array=").unwrap().split_once(' ').unwrap();
            (numbers(array), rest.strip_prefix("study.slurm ").unwrap().parse::<u64>().unwrap())
        });
        arrays.collect::<Vec<_>>()
    };
    let arrays = submit();
    assert_eq!(arrays.len(), 3);
    let shards: Vec<u64> =
        arrays.iter().flat_map(|(indices, offset)| indices.iter().map(move |index| index + offset)).collect();
    assert!(shards.into_iter().eq(1..=3000), "{arrays:?}");
    // A task of the second array does the shard of its index and offset.
    let mut task = Command::new("bash");
    task.args(["study.slurm", "1000"]).env("SLURM_ARRAY_TASK_ID", "7").env("SLURM_CPUS_PER_TASK", "1");
    assert!(task.current_dir(house.path(".")).status().unwrap().success());
    let arrays = submit();
    assert_eq!(arrays.iter().map(|(indices, _)| indices.len()).sum::<usize>(), 2999);
    assert!(!arrays[1].0.contains(&7) && arrays[0].0.contains(&7));
}

#[test]
fn a_cluster_may_take_shorter_arrays() {
    let house = desk(20, 20);
    plan(&house, "study", 1);
    let script = house.good("study script study --engine slurm --shards 20 --longest-array 8").out;
    assert!(script.contains("3 arrays of up to 8 tasks") && !script.contains("#SBATCH --array"), "{script}");
    let script = house.good("study script study --engine slurm --shards 8 --longest-array 8").out;
    assert!(script.contains("#SBATCH --array=1-8\n"), "{script}");
}

#[test]
fn processors_of_a_job_have_the_bound_of_threads() {
    let house = desk(4, 5);
    plan(&house, "study", 2);
    let with = |given: &str, line: &str| {
        let mut program = house.program();
        let output = program.args(line.split(' ')).env("SLURM_CPUS_PER_TASK", given).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    for wrong in ["0", "4097", "1000000", "-1", "99999999999999999999", "many"] {
        for line in ["study run study --quiet", "study merge study --charts none --partial --verify 1"] {
            if line.contains("merge") {
                house.good("study run study --shard 1/2 --quiet --threads 1");
            }
            let (code, said) = with(wrong, line);
            assert_eq!(code, Some(2), "{said}");
            assert!(said.contains("SLURM_CPUS_PER_TASK") && said.contains("from 1 to 4096"), "{said}");
        }
    }
    for good in ["", "2", " 2 "] {
        assert_eq!(with(good, "study run study --quiet").0, Some(0), "{good}");
    }
    assert_eq!(with("many", "study run study --quiet --threads 1").0, Some(0));
}
