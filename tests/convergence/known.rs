//! What the scenarios of convergence come to, worked out without the engine.

/// The integral of a smooth function, by Simpson's rule.
pub fn integral(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    let n = 20_000;
    let h = (to - from) / f64::from(n);
    let weight = |k| {
        if k == 0 || k == n {
            1.0
        } else if k % 2 == 1 {
            4.0
        } else {
            2.0
        }
    };
    (0..=n).map(|k| weight(k) * f(from + f64::from(k) * h)).sum::<f64>() * h / 3.0
}

/// The part of gamma lengths, mean 2 years and shape 4, that is longer than so many years.
pub fn longer(years: f64) -> f64 {
    let x = 2.0 * years;
    libm::exp(-x) * (1.0 + x + x * x / 2.0 + x * x * x / 6.0)
}

/// People in the third of three places after so many years (Bateman).
pub fn chained(t: f64) -> f64 {
    let [a, b, c] = [0.8, 1.1, 0.5];
    let term = |x: f64, y: f64, z: f64| libm::exp(-x * t) / ((y - x) * (z - x));
    1000.0 * a * b * (term(a, b, c) + term(b, a, c) + term(c, a, b))
}

/// People in the second of two places whose hazards go by the month, by Runge and Kutta.
pub fn seasonal(years: f64) -> f64 {
    let (mut a, mut b) = (1000.0, 0.0);
    let substeps = 100;
    let h = 1.0 / 12.0 / f64::from(substeps);
    for month in 0..(years * 12.0).round() as u32 {
        let x = 0.6 * [3.0, 3.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 1.0, 1.0, 1.0, 1.0][(month % 12) as usize];
        let y = 0.5 * [1.0, 1.0, 4.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0, 1.0][(month % 12) as usize];
        let slope = |a: f64, b: f64| (-x * a, x * a - y * b);
        for _ in 0..substeps {
            let k1 = slope(a, b);
            let k2 = slope(a + h / 2.0 * k1.0, b + h / 2.0 * k1.1);
            let k3 = slope(a + h / 2.0 * k2.0, b + h / 2.0 * k2.1);
            let k4 = slope(a + h * k3.0, b + h * k3.1);
            a += h / 6.0 * (k1.0 + 2.0 * k2.0 + 2.0 * k3.0 + k4.0);
            b += h / 6.0 * (k1.1 + 2.0 * k2.1 + 2.0 * k3.1 + k4.1);
        }
    }
    b
}

/// Deaths of 1,000 who entered a stay at once, after so many years.
pub fn died(t: f64) -> f64 {
    300.0 * integral(0.0, t, |u| longer(u) * libm::exp(-0.3 * u))
}

/// Deaths in remand after so many years where people press towards a prison of 200 places, 100 of them taken at the start, that is left at
/// 0.6 a year, and those without a place to `spare` places that nobody leaves: by very small steps. `late` is whether they press
/// once a stay is over (gamma, mean 9 months, shape 3, new at the start), each until let in, and not at a hazard of 1.5.
pub fn before_the_door(years: f64, mut spare: f64, late: bool) -> f64 {
    let n = 400_000;
    let dt = years / f64::from(n);
    let (mut remand, mut pressing, mut prison, mut died) = (1000.0, 0.0, 100.0, 0.0);
    for k in 0..n {
        let t = (f64::from(k) + 0.5) * dt;
        let wanted = if late {
            // Those whose stay ends now, and all who are overdue.
            let over = 1000.0 * 32.0 * t * t * libm::exp(-4.0 * t - 0.2 * t) * dt;
            pressing += over;
            pressing
        } else {
            1.5 * remand * dt
        };
        let served = 0.6 * prison * dt;
        let admitted = f64::min(wanted, 200.0 - prison + served);
        let diverted = f64::min(wanted - admitted, spare);
        let dies = 0.2 * remand * dt;
        pressing -=
            if late { admitted + diverted + 0.2 * (pressing - admitted - diverted) * dt } else { 0.0 };
        remand -= dies + admitted + diverted;
        prison += admitted - served;
        spare -= diverted;
        died += dies;
    }
    died
}

/// Released of a place that fills at 300 a year up to 200 and is left at 0.6, after so many years.
pub fn filled(t: f64) -> f64 {
    let full = -libm::log1p(-200.0 * 0.6 / 300.0) / 0.6;
    0.6 * (500.0 * (full - -libm::expm1(-0.6 * full) / 0.6) + 200.0 * (t - full))
}

/// Deaths of 900 in 300 places, whose hazard goes with occupancy to the power 1.5 above 1, after so many years.
pub fn crowded_out(t: f64) -> f64 {
    let full = (1.0 - libm::pow(3.0, -1.5)) / 0.3;
    match t < full {
        true => 900.0 - 300.0 * libm::pow(libm::pow(3.0, -1.5) + 0.3 * t, -2.0 / 3.0),
        false => 900.0 - 300.0 * libm::exp(-0.2 * (t - full)),
    }
}
