//! Queues: who waits outside a full place.

use std::collections::VecDeque;

/// Those who wait outside one place, by lane.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlaceQueue {
    lanes: Vec<ReplicateQueue>,
}

/// The queue of one replicate.
#[derive(Clone, Debug, Default, PartialEq)]
struct ReplicateQueue {
    cohorts: VecDeque<Cohort>,
    people: f64,
}

/// Those who came in one step.
#[derive(Clone, Debug, PartialEq)]
pub struct Cohort {
    /// The step.
    pub step: u32,
    /// People by way into the place.
    pub people: Vec<f64>,
}

impl ReplicateQueue {
    /// So many have left; cohorts of nobody are forgotten.
    fn tidy(&mut self, gone: f64) {
        self.people -= gone;
        self.cohorts.retain(|cohort| cohort.people.iter().sum::<f64>() > 0.0);
        if self.cohorts.is_empty() {
            // What sums of fractions leave is nobody.
            self.people = 0.0;
        }
    }
}

impl PlaceQueue {
    /// Nobody waits.
    pub fn new(lanes: usize) -> PlaceQueue {
        PlaceQueue { lanes: vec![ReplicateQueue::default(); lanes] }
    }

    /// How many wait.
    pub fn people(&self, lane: usize) -> f64 {
        self.lanes.get(lane).map_or(0.0, |line| line.people)
    }

    /// Those who came in a step join the queue, by way.
    pub fn join(&mut self, lane: usize, step: u32, people: &[f64]) {
        let joining: f64 = people.iter().sum();
        if joining > 0.0 {
            self.lanes[lane].people += joining;
            self.lanes[lane].cohorts.push_back(Cohort { step, people: people.to_vec() });
        }
    }

    /// Serves so many, those who came first before others: hands each step of coming to `serve` with its people by way. `share` says
    /// of a cohort, where only so many of it are served, how many of each way.
    pub fn serve(
        &mut self,
        lane: usize,
        count: f64,
        mut share: impl FnMut(&[f64], f64, &mut Vec<f64>),
        mut serve: impl FnMut(u32, &[f64]),
    ) {
        let line = &mut self.lanes[lane];
        // At most one cohort is shared out.
        let mut shares = Vec::new();
        let mut left = count;
        while left > 0.0 {
            let Some(first) = line.cohorts.front_mut() else { break };
            let size: f64 = first.people.iter().sum();
            if size <= left {
                left -= size;
                line.people -= size;
                serve(first.step, &first.people);
                line.cohorts.pop_front();
                continue;
            }
            share(&first.people, left, &mut shares);
            for (waiting, served) in first.people.iter_mut().zip(&shares) {
                *waiting -= served;
            }
            line.people -= left;
            left = 0.0;
            serve(first.step, &shares);
        }
        if line.cohorts.is_empty() {
            // What sums of fractions leave is nobody.
            line.people = 0.0;
        }
    }

    /// Serves so many, whoever they are. `share` says how many of each of some numbers of people; the numbers are first those of
    /// cohorts, by the step in which they came, and then of each of these by way.
    pub fn serve_any(
        &mut self,
        lane: usize,
        count: f64,
        mut share: impl FnMut(Option<u32>, &[f64], f64, &mut Vec<f64>),
        mut serve: impl FnMut(u32, &[f64]),
    ) {
        let line = &mut self.lanes[lane];
        let count = count.min(line.people);
        let sizes: Vec<f64> = line.cohorts.iter().map(|cohort| cohort.people.iter().sum()).collect();
        let (mut by_cohort, mut by_way) = (Vec::new(), Vec::new());
        share(None, &sizes, count, &mut by_cohort);
        for (cohort, count) in line.cohorts.iter_mut().zip(by_cohort) {
            if count <= 0.0 {
                continue;
            }
            share(Some(cohort.step), &cohort.people, count, &mut by_way);
            cohort.people.iter_mut().zip(&by_way).for_each(|(waiting, served)| *waiting -= served);
            serve(cohort.step, &by_way);
        }
        line.tidy(count);
    }

    /// Those of every cohort who give up leave the queue: `leaving` says how many of those who came in a step by a way, of so
    /// many who wait.
    pub fn give_up(&mut self, lane: usize, mut leaving: impl FnMut(u32, usize, f64) -> f64) {
        let line = &mut self.lanes[lane];
        let mut gone = 0.0;
        for cohort in &mut line.cohorts {
            for (way, waiting) in cohort.people.iter_mut().enumerate() {
                if *waiting > 0.0 {
                    let leaving = leaving(cohort.step, way, *waiting);
                    *waiting -= leaving;
                    gone += leaving;
                }
            }
        }
        line.tidy(gone);
    }

    /// Everybody leaves the queue.
    pub fn dissolve(&mut self, lane: usize) -> Vec<Cohort> {
        let line = std::mem::take(&mut self.lanes[lane]);
        line.cohorts.into()
    }
}
