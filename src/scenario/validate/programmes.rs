//! Programmes.

use super::draft::Draft;
use super::limits::MOST_WAITING;
use crate::model::{
    Model, NumberId, Occasions, PlaceId, Programme, ProgrammeLine, ProgrammeLines, Seats, Target, Terms,
    Varying, Who,
};
use crate::scenario::code::Code;
use crate::scenario::file::number::WrittenNumber;
use crate::scenario::file::programme::WrittenProgramme as Written;
use crate::scenario::file::words::Key;
use crate::scenario::located::Located;
use crate::scenario::words::{shortened, thousands};

/// The last place in the order of programmes.
const LAST: i64 = 1_000;

/// Classes of a programme.
const MOST_CLASSES: usize = 100;

impl Draft<'_> {
    pub(super) fn programmes(&mut self) -> Vec<Programme> {
        let file = self.file;
        file.programmes.iter().map(|(key, written)| self.programme(key, written)).collect()
    }

    fn programme(&mut self, key: &Key, written: &Written) -> Programme {
        let (name, label) = self.named(key, written.label.as_ref());
        let address = format!("programmes.{name}");
        let (from, who, targets) = self.leavers(&address, &written.leavers());
        let window = self.open(&address, written.starts.as_ref(), written.ends.as_ref(), None);
        let occasions = written.occasions.as_ref().map(|occasions| {
            self.occasions(&format!("{address}.occasions"), occasions, Some(&who), written.starts.as_ref())
        });
        let seats =
            written.seats.as_ref().map(|seats| self.seats(&format!("{address}.seats"), seats, Some(&who)));
        if let (Some(occasions), Some(seats), Some(span)) = (&occasions, &seats, &written.seats) {
            self.lines_agree(occasions, seats, span.span());
        }
        let priority = self.classes(written);
        let terms = Terms {
            cap_per_year: written.cap_per_year.as_ref().map(|cap| self.cap(&address, cap)),
            consent: written.consent.as_ref().map(|consent| self.consent(&address, consent)),
            open: window,
            pauses: written.pauses.iter().filter_map(|pause| self.pause(&address, pause)).collect(),
            random_pauses: written.random_pauses.as_ref().map(|pauses| self.random_pauses(&address, pauses)),
        };
        let into_free_places = self.free_places(written, &from, &targets);
        let lines = self.lines(&address, key, written, (&who, &terms));
        self.says_when_and_how_many(key, &address, written, lines.as_ref());
        let family = written.family.as_ref().and_then(|family| {
            let by = lines.as_ref().map(|lines| lines.dimension).or(by_table(&occasions, &seats));
            self.family(&address, family, &who, by)
        });
        let counts_as = written.counts_as.as_ref().map(|word| self.counts_as(word));
        let order = written.order.as_ref().and_then(|order| self.place_in_order(&address, order));
        Programme {
            name,
            label,
            from,
            who,
            targets,
            occasions,
            seats,
            terms,
            order,
            priority,
            longest_first: written.serves_longest_first(),
            lines,
            family,
            into_free_places,
            counts_as,
        }
    }

    /// The people who are served one class after the other.
    fn classes(&mut self, written: &Written) -> Vec<Who> {
        let classes = written.priority.as_ref().map(|classes| classes.items()).unwrap_or_default();
        let one_more = classes.get(MOST_CLASSES).map(|(span, _)| span.clone());
        let help = "put people who are served together into one class";
        self.few_enough((classes.len(), "classes"), MOST_CLASSES, one_more, help);
        classes.into_iter().take(MOST_CLASSES).map(|(_, who)| self.selected(who)).collect()
    }

    /// Says so where neither a programme nor each of its lines says when it takes place, or how many seats it has.
    fn says_when_and_how_many(
        &mut self,
        key: &Key,
        address: &str,
        written: &Written,
        lines: Option<&ProgrammeLines>,
    ) {
        let needs = |own: fn(&ProgrammeLine) -> bool| {
            lines.is_none_or(|lines| lines.lines.is_empty() || lines.lines.iter().any(|line| !own(line)))
        };
        if written.occasions.is_none() && needs(|line| line.occasions.is_some()) {
            self.lacks(key, address, "occasions", "when it takes place");
        }
        let free = written.free_places_only.as_ref().is_some_and(|only| *only.get());
        if written.seats.is_none() && !free && needs(|line| line.seats.is_some()) {
            self.lacks(key, address, "seats", "how many seats each occasion has");
        }
    }

    /// Says so where those who wait for a programme would be told apart by too many steps.
    pub(super) fn books_in_bounds(&mut self, model: &Model) {
        let steps = u64::from(model.calendar.steps());
        for (programme, (_, written)) in model.programmes.iter().zip(&self.file.programmes) {
            let groups = programme.from.len() * model.groups.matching(&programme.who).count();
            let Some(who_first) = written.who_first.as_ref().filter(|_| programme.longest_first) else {
                continue;
            };
            if groups as u64 * steps > MOST_WAITING {
                self.error(
                    Code::TooMany,
                    who_first.span(),
                    format!(
                        "{} groups that wait over {} steps cannot be told apart by the time waited",
                        thousands(groups as u64),
                        thousands(steps)
                    ),
                    "each step's newcomers wait by place and group",
                    format!(
                        "their product may be {}: use a longer `step`, leave out a dimension, or write `who`",
                        thousands(MOST_WAITING)
                    ),
                );
            }
        }
    }

    fn lacks(&mut self, key: &Key, address: &str, word: &str, about: &str) {
        self.error(
            Code::MissingKey.of(&address).and(&word),
            key.span(),
            format!("`{}` lacks `{word}`", shortened(address)),
            &format!("nothing here says `{word}`"),
            format!("add `{word}`: {about}"),
        );
    }

    /// The place among programmes that want the same people.
    fn place_in_order(&mut self, address: &str, written: &Located<i64>) -> Option<u32> {
        let order = *written.get();
        if (1..=LAST).contains(&order) {
            return u32::try_from(order).ok();
        }
        let help = "write 1 for the programme that chooses first, 2 for the next; leave it out where programmes share";
        let message = format!("`{}.order` is {order}", shortened(address));
        self.out_of_range(&format!("{address}.order"), written.span(), message, (1.0, LAST as f64), help);
        None
    }

    pub(super) fn cap(&mut self, address: &str, written: &Located<WrittenNumber>) -> NumberId {
        self.amount(address, "cap_per_year", written)
    }

    pub(super) fn consent(&mut self, address: &str, written: &Located<WrittenNumber>) -> NumberId {
        self.part(address, "consent", written)
    }

    /// The place whose free places bound the seats.
    fn free_places(&mut self, written: &Written, from: &[PlaceId], targets: &[Target]) -> Option<PlaceId> {
        let only = written.free_places_only.as_ref().filter(|only| *only.get())?;
        let mut places: Vec<PlaceId> = targets.iter().filter_map(|target| target.place).collect();
        places.dedup();
        let (message, label, help) = match places[..] {
            [place] => {
                let name = &self.place_names[place];
                let written = self.file.places.get_index(place);
                if from.contains(&place) {
                    (
                        format!("nobody needs a free place who is in `{name}` already"),
                        "`from` and `to` are the same place",
                        "take it out, or send them elsewhere",
                    )
                } else if written.is_some_and(|(_, place)| place.capacity.is_none()) {
                    (
                        format!("`{name}` has no capacity, so nobody knows its free places"),
                        "free places of what?",
                        "write `capacity = ...` at that place, or take this out",
                    )
                } else {
                    return Some(place);
                }
            }
            [] => return None,
            _ => (
                "free places of several destinations cannot be counted together".into(),
                "`to` names several places",
                "write a programme for each destination",
            ),
        };
        self.error(Code::NoCapacity, only.span(), message, label, help.into());
        None
    }
}

/// The dimension whose values have lines by tables.
fn by_table(occasions: &Option<Occasions>, seats: &Option<Seats>) -> Option<usize> {
    let rate = match occasions {
        Some(Occasions::Random(rate)) => Some(&rate.amount),
        _ => None,
    };
    let seats = seats.iter().flat_map(|seats| std::iter::once(&seats.mean).chain(&seats.sd));
    seats.chain(rate).find_map(|varying| match varying {
        Varying::By(table) => Some(table.dimension),
        _ => None,
    })
}

/// Whether a selection may name somebody whom `who` names too.
pub(super) fn overlap(a: &Who, b: &Who) -> bool {
    a.allowed.iter().zip(&b.allowed).all(|pair| match pair {
        (Some(a), Some(b)) => a.iter().any(|value| b.contains(value)),
        _ => true,
    })
}
