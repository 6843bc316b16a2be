//! Numbers by lane: a row holds one value for each replicate of a block, or one value that all of them share.

/// Many rows in one flat array. A shared row has width 1 and is read at every lane.
#[derive(Clone, Debug, Default)]
pub struct LaneRows {
    lanes: usize,
    /// Where each row starts, and 1 if it has a value for every lane, else 0.
    layout: Vec<(usize, usize)>,
    values: Vec<f64>,
}

impl LaneRows {
    /// Rows of zeros; those with `true` get a value for each of `lanes` lanes.
    pub fn new(lanes: usize, varying: &[bool]) -> LaneRows {
        let mut layout = Vec::with_capacity(varying.len());
        let mut end = 0;
        for varies in varying {
            layout.push((end, usize::from(*varies)));
            end += if *varies { lanes } else { 1 };
        }
        LaneRows { lanes, layout, values: vec![0.0; end] }
    }

    /// How many values row `row` has: the number of lanes, or 1.
    #[inline]
    pub fn width(&self, row: usize) -> usize {
        if self.layout[row].1 == 1 { self.lanes } else { 1 }
    }

    /// The value of `row` at `lane`.
    #[inline]
    pub fn at(&self, row: usize, lane: usize) -> f64 {
        let (start, stride) = self.layout[row];
        self.values[start + lane * stride]
    }

    /// The values of `row`: one for each lane, or the one of all.
    #[inline]
    pub fn row(&self, row: usize) -> &[f64] {
        let start = self.layout[row].0;
        &self.values[start..start + self.width(row)]
    }

    /// Sets the value of `row` at `lane`, which is below its width.
    #[inline]
    pub fn set(&mut self, row: usize, lane: usize, value: f64) {
        self.values[self.layout[row].0 + lane] = value;
    }
}
