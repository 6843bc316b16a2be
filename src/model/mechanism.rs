//! Which mechanism moved somebody.

/// A mechanism that moves people.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mechanism {
    /// Index in `Model::moves`.
    Move(usize),
    /// Index in `Model::stays`.
    Stay(usize),
    /// Index in `Model::ageing`.
    Ageing(usize),
    /// Index in `Model::arrivals`.
    Arrival(usize),
    /// Index in `Model::births`.
    Birth(usize),
    /// Index in `Model::programmes`.
    Programme(usize),
    /// Index in `Model::shocks`.
    Shock(usize),
    /// The closure of a place: index in `Model::places`.
    Closure(usize),
}
