//! Shared among processes and threads.

use crate::desk::{desk, merged, plan, start, tidy, undisturbed};

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
