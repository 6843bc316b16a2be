//! Shared among processes and threads.

use crate::desk::{desk, done, merged, plan, start, study, tidy, undisturbed};

#[test]
fn shards_in_any_order_are_the_whole() {
    let house = desk(20, 50);
    let expected = undisturbed(&house, 3);
    for order in [[1, 2, 3], [3, 1, 2], [2, 3, 1]] {
        plan(&house, "study", 3);
        let mut left = vec![1, 2, 3];
        for shard in order {
            house.good(&format!("study run study --shard {shard}/3 --quiet"));
            left.retain(|other| *other != shard);
            let words: Vec<String> = left.iter().map(u64::to_string).collect();
            let status = house.good("study status study --missing-shards 3");
            assert_eq!(status.out, format!("{}\n", words.join(",")));
        }
        tidy(&house, "study", 7);
        assert!(merged(&house, "study") == expected);
        fs_err::remove_dir_all(house.path("study")).unwrap();
    }
}

#[test]
fn units_of_any_size_and_any_number_of_threads_are_the_same() {
    let house = desk(12, 50);
    let expected = undisturbed(&house, 4);
    for (unit_points, threads) in [(1, 2), (5, 1), (12, 3), (12, 16)] {
        plan(&house, "study", unit_points);
        house.good(&format!("study run study --threads {threads} --quiet"));
        assert!(merged(&house, "study") == expected, "{unit_points} points a unit, {threads} threads");
        fs_err::remove_dir_all(house.path("study")).unwrap();
    }
}

#[test]
fn two_processes_share_a_folder() {
    let house = desk(60, 500);
    let expected = undisturbed(&house, 2);
    plan(&house, "study", 2);
    let runs: Vec<_> = (0..2).map(|_| start(&house, "study run study --threads 1")).collect();
    for run in runs {
        let ended = run.wait_with_output().unwrap();
        assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
    }
    tidy(&house, "study", 30);
    assert!(merged(&house, "study") == expected);
}

/// One of many plans first; the others find its plan.
#[test]
fn eight_processes_plan_into_one_new_folder() {
    let house = desk(8, 20);
    let expected = undisturbed(&house, 2);
    for round in 0..4 {
        let folder = format!("study_{round}");
        let line = format!("study plan study.toml --out {folder} --unit-points 2 --quiet");
        let plans: Vec<_> = (0..8).map(|_| start(&house, &line)).collect();
        for plan in plans {
            let ended = plan.wait_with_output().unwrap();
            assert!(ended.status.success(), "{}", String::from_utf8_lossy(&ended.stderr));
        }
        tidy(&house, &folder, 0);
        house.good(&format!("study run {folder} --quiet"));
        assert!(merged(&house, &folder) == expected);
    }
}

/// Of two studies one is first, and the other is refused: never some files of each.
#[test]
fn one_of_two_studies_gets_a_folder() {
    let house = desk(8, 20);
    house.write("other.toml", &study(6, 20));
    for round in 0..4 {
        let folder = format!("study_{round}");
        let plans: Vec<_> = (0..8)
            .map(|index| {
                let study = if index % 2 == 0 { "study.toml" } else { "other.toml" };
                start(&house, &format!("study plan {study} --out {folder} --unit-points 2 --quiet"))
            })
            .collect();
        let mut good = 0;
        for plan in plans {
            let ended = plan.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&ended.stderr);
            let refused = ended.status.code() == Some(2) && said.contains("belongs to another plan");
            assert!(ended.status.success() || refused, "{said}");
            good += u32::from(ended.status.success());
        }
        assert_eq!(good, 4);
        house.good(&format!("study run {folder} --quiet"));
        assert!([3, 4].contains(&done(&house, &folder).len()));
    }
}
