//! The course of a rate: what each step is made of, where a dated series or a season changes within steps.
//!
//! The hazard of a step is the mean over it of amount times season, each in its unit made a hazard first: so the integral over
//! the step, which is what arrivals come to, is that of the rate as it is written.

use crate::calendar::Calendar;

/// Index of a course.
pub type CourseId = usize;

/// Part of a step in which nothing changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// The share of the step; of all pieces of a step it adds up to 1.
    pub share: f64,
    /// Which of the amounts holds.
    pub number: usize,
    /// The month of the year, 1 to 12.
    pub month: usize,
}

/// The pieces of every step, in order.
#[derive(Clone, Debug)]
pub struct Course {
    /// Where each step's pieces start, and where the last one's end.
    first: Vec<usize>,
    pieces: Vec<Piece>,
}

/// When a rate changes.
#[derive(Clone, Debug, PartialEq)]
pub struct Changing {
    /// From which position each amount holds, the first also before.
    pub since: Vec<f64>,
    /// Whether months matter.
    pub by_month: bool,
}

/// The courses of a program, shared by the rates that have the same dates.
#[derive(Clone, Debug, Default)]
pub struct Courses {
    asked: Vec<Changing>,
    run: Vec<Course>,
}

impl Courses {
    /// The course of a rate; `None` where there is one amount and no season.
    pub fn of(&mut self, asked: Changing) -> Option<CourseId> {
        if asked.since.len() < 2 && !asked.by_month {
            return None;
        }
        let known = self.asked.iter().position(|known| *known == asked);
        Some(known.unwrap_or_else(|| {
            self.asked.push(asked);
            self.asked.len() - 1
        }))
    }

    /// Cuts the steps of a calendar into pieces.
    pub fn run(&mut self, calendar: &Calendar) {
        self.run = self.asked.iter().map(|asked| Course::new(calendar, asked)).collect();
    }

    /// What a step is made of.
    pub fn pieces(&self, course: CourseId, step: u32) -> &[Piece] {
        let Course { first, pieces } = &self.run[course];
        &pieces[first[step as usize]..first[step as usize + 1]]
    }
}

impl Course {
    /// One amount and no season.
    pub const ALWAYS: [Piece; 1] = [Piece { share: 1.0, number: 0, month: 1 }];

    fn new(calendar: &Calendar, Changing { since, by_month }: &Changing) -> Course {
        let mut course = Course { first: vec![0], pieces: Vec::new() };
        for step in 0..calendar.steps() {
            let (start, end) = (f64::from(step), f64::from(step + 1));
            let months = if *by_month { calendar.months(step) } else { vec![(start, 1)] };
            let until = |end: f64| since.partition_point(|at| *at < end);
            let within = since[until(start)..until(end)].iter().copied();
            let mut cuts: Vec<f64> = months.iter().map(|(at, _)| *at).chain(within).chain([end]).collect();
            cuts.sort_by(f64::total_cmp);
            cuts.dedup();
            let first = course.pieces.len();
            for cut in cuts.windows(2) {
                let number = since.partition_point(|at| *at <= cut[0]).max(1) - 1;
                let month = months[months.partition_point(|(at, _)| *at <= cut[0]).max(1) - 1].1;
                let share = cut[1] - cut[0];
                // A year that starts within a month ends in the same.
                let same = |piece: &&mut Piece| (piece.number, piece.month) == (number, month);
                match course.pieces[first..].iter_mut().find(same) {
                    Some(piece) => piece.share += share,
                    None => course.pieces.push(Piece { share, number, month }),
                }
            }
            course.first.push(course.pieces.len());
        }
        course
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::TimeUnit;
    use jiff::civil::date;

    fn pieces(unit: TimeUnit, since: &[f64], seasonal: bool) -> Vec<Vec<(f64, usize, usize)>> {
        let calendar = Calendar::new(date(2025, 1, 1), unit, date(2026, 1, 1)).unwrap();
        let mut courses = Courses::default();
        let course = courses.of(Changing { since: since.to_vec(), by_month: seasonal }).unwrap();
        courses.run(&calendar);
        let of = |step| courses.pieces(course, step).iter().map(|p| (p.share, p.number, p.month)).collect();
        (0..calendar.steps()).map(of).collect()
    }

    #[test]
    fn steps_are_cut_where_numbers_or_months_change() {
        let quarters = pieces(TimeUnit::Quarter, &[0.0, 0.5, 2.0], false);
        assert_eq!(
            quarters,
            [vec![(0.5, 0, 1), (0.5, 1, 1)], vec![(1.0, 1, 1)], vec![(1.0, 2, 1)], vec![(1.0, 2, 1)]]
        );
        let months: Vec<usize> =
            pieces(TimeUnit::Year, &[0.0], true)[0].iter().map(|piece| piece.2).collect();
        assert_eq!(months, (1..=12).collect::<Vec<_>>());
        for (k, step) in pieces(TimeUnit::Month, &[0.0, 3.0], true).iter().enumerate() {
            assert_eq!(step, &[(1.0, usize::from(k >= 3), k + 1)]);
        }
        let weeks = pieces(TimeUnit::Week, &[0.0], true);
        assert_eq!(weeks[0], [(1.0, 0, 1)]);
        let [(january, 0, 1), (february, 0, 2)] = weeks[4][..] else { panic!("{:?}", weeks[4]) };
        assert!((january - 3.0 / 7.0).abs() < 1e-15 && (february - 4.0 / 7.0).abs() < 1e-15);
    }
}
