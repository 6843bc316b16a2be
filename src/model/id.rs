//! How things of a model are referred to.

/// Index of a place in [`Model::places`](super::Model::places).
pub type PlaceId = usize;

/// Index of a cell: `place * groups + group`.
pub type CellId = usize;

/// What a mechanism that moves people counts as in `rates.csv`, in the words of the scenario:
/// `"repatriation"`, `"release"`, ...
pub type CountsAs = String;
