use repatria::random::lanes::Level;
use repatria::random::{Keys, Site, Uniform, binomial};
struct Instant(u64);
fn cpu() -> u64 {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .unwrap()
        .split_whitespace()
        .next()
        .unwrap()
        .parse()
        .unwrap()
}
impl Instant {
    fn now() -> Self {
        std::thread::yield_now();
        Instant(cpu())
    }
    fn elapsed(&self) -> std::time::Duration {
        std::thread::yield_now();
        std::time::Duration::from_nanos(cpu() - self.0)
    }
}
fn main() {
    let keys = Keys { seed: 3 };
    let lanes = 64usize;
    for level in Level::all() {
        println!("{level:?}");
        let mut even = vec![0u64; lanes];
        let mut odd = vec![0u64; lanes];
        let reps = 400000u32;
        let t = Instant::now();
        let mut x = 0u64;
        for i in 0..reps {
            keys.pairs(level, (i as u64) * 64, Site::of(&["a"]), 3, 0, &mut even, &mut odd);
            x ^= even[3];
        }
        println!(
            "  words {:.2} ns per pair ({x})",
            t.elapsed().as_nanos() as f64 / (reps as f64 * lanes as f64)
        );
        for (n, p) in [
            (20.0, 0.008),
            (50.0, 0.008),
            (60.0, 0.016),
            (300.0, 0.016),
            (700.0, 0.016),
            (1200.0, 0.016),
            (5000.0, 0.0158),
            (20000.0, 0.0158),
            (300.0, 0.63),
            (100.0, 0.05),
        ] {
            for each in [false, true] {
                let n_row: Vec<f64> = (0..lanes).map(|l| (n + (l % 7) as f64 - 3.0f64).max(0.0)).collect();
                let p_row: Vec<f64> =
                    if each { (0..lanes).map(|l| p * (1.0 + 1e-4 * l as f64)).collect() } else { vec![p] };
                let mut out = vec![0.0; lanes];
                let mut sum = 0.0;
                let rows: Vec<Vec<u64>> = (0..64u64)
                    .map(|i| {
                        keys.pairs(level, i * 64, Site::of(&["b"]), 3, 0, &mut even, &mut odd);
                        even.clone()
                    })
                    .collect();
                let mut ns = 1e9f64;
                for _ in 0..40 {
                    let t = std::time::Instant::now();
                    for i in 0..2000usize {
                        level.binomials(&n_row, &p_row, &rows[i & 63], &mut out);
                        sum += out[5];
                    }
                    ns = ns.min(t.elapsed().as_nanos() as f64 / (2000.0 * lanes as f64));
                }
                let mut bad = 0;
                for row in &rows {
                    level.binomials(&n_row, &p_row, row, &mut out);
                    for l in 0..lanes {
                        let pp = if each { p_row[l] } else { p };
                        if out[l] != binomial::quantile(n_row[l] as u64, pp, Uniform(row[l])) as f64 {
                            bad += 1;
                        }
                    }
                }
                print!("  n {n} p {p} each {each}: {ns:.2} ns bad {bad} ({})", sum as u64 % 2);
            }
            println!();
        }
    }
}
