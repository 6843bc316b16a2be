//! Who would go, and the seats that they would take.

/// Who of a cell would go.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    /// People of the cell.
    pub(super) people: f64,
    /// Those who would travel with them.
    pub(super) along: f64,
}

impl Waiting {
    /// Nobody.
    pub(super) const NOBODY: Waiting = Waiting { people: 0.0, along: 0.0 };

    /// The seats that they would take.
    pub(super) fn seats(&self) -> f64 {
        self.people + self.along
    }
}
