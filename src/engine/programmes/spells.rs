//! The spells of one step in which a programme or a line pauses.

/// Spells of a step, which runs from 0 to 1.
#[derive(Clone, Debug)]
pub struct Spells {
    /// From, until, in any order; they may overlap.
    list: Vec<(f64, f64)>,
    /// The probability that there is no further pause at any moment of the step: 1 in Monte Carlo.
    running: f64,
}

/// Up to this many occasions in a step are looked at one by one.
const MOST_LOOKED_AT: f64 = 1_000.0;

impl Spells {
    /// No pause, but for what is probable only.
    pub fn none(running: f64) -> Spells {
        Spells { list: Vec::new(), running }
    }

    /// Adds a pause.
    pub fn add(&mut self, from: f64, until: f64) {
        self.list.push((from, until));
    }

    /// These and those, which come about independently.
    pub fn with(&self, other: &Spells) -> Spells {
        let list = self.list.iter().chain(&other.list).copied().collect();
        Spells { list, running: self.running * other.running }
    }

    /// Whether the whole step is a planned pause.
    pub fn whole_step(&self) -> bool {
        self.list.iter().any(|(from, until)| *from <= 0.0 && *until >= 1.0)
    }

    /// The share of the step that is paused.
    pub fn share(&self) -> f64 {
        if self.list.is_empty() {
            return 1.0 - self.running;
        }
        let mut sorted = self.list.clone();
        sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
        let (mut paused, mut end) = (0.0, 0.0f64);
        for (from, until) in sorted {
            paused += (until - from.max(end)).max(0.0);
            end = end.max(until);
        }
        1.0 - self.running * (1.0 - paused).max(0.0)
    }

    /// How many of a step's occasions, which are spread evenly over it, fall into no pause.
    pub fn outside(&self, occasions: f64) -> f64 {
        if self.list.is_empty() {
            return occasions * self.running;
        }
        if self.running < 1.0 || occasions > MOST_LOOKED_AT || occasions.fract() != 0.0 {
            return (occasions * (1.0 - self.share())).floor();
        }
        let paused = |moment: f64| self.list.iter().any(|(from, until)| (*from..*until).contains(&moment));
        let count = occasions as u32;
        let moments = (0..count).map(|n| (f64::from(n) + 0.5) / occasions);
        moments.filter(|moment| !paused(*moment)).count() as f64
    }
}
