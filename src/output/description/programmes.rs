//! Programmes: who goes when, with how many seats, on which terms.

use super::names::{places, spaced};
use super::rate::of_events;
use super::table::{parts, render};
use super::targets::go;
use super::telling::Telling;
use super::terms;
use super::who::{people, value_words};
use super::words::{number, of};
use crate::model::{Occasions, Programme, ProgrammeLine, ProgrammeLines, Seats};
use crate::wording::list;

/// More lines than this with terms of their own are not told one by one.
const MOST_LINES: usize = 12;

/// Sentences about one programme.
pub(super) fn of_programme(telling: &Telling<'_>, programme: &Programme) -> Vec<String> {
    let (model, label) = (telling.model, &programme.label);
    let go = go(telling, &programme.from, &programme.targets, "leave");
    let when =
        programme.occasions.as_ref().map(|it| format!(", {}", occasions(telling, it))).unwrap_or_default();
    let seats = match (&programme.seats, programme.into_free_places) {
        (Some(it), _) => format!(", with {}", seats(telling, it)),
        (None, Some(place)) => format!(", as many as there are free places at {}", model.places[place].label),
        (None, None) => String::new(),
    };
    let who = people(model, &programme.who);
    let mut sentences =
        vec![format!("{label}: {who} at {} {go}{when}{seats}", places(model, &programme.from))];
    if let (Some(_), Some(place)) = (&programme.seats, programme.into_free_places) {
        sentences
            .push(format!("{label}: no more go than there are free places at {}", model.places[place].label));
    }
    sentences.extend(first(telling, programme));
    sentences.extend(programme.family.as_ref().map(|family| {
        let (head, with) = (people(model, &family.head), people(model, &family.with));
        let size = telling.told(family.mean_size, |value| of(&number(value), "seat"));
        format!("{label}: {head} and {with} travel together; a family takes {size} on average")
    }));
    sentences.extend(
        programme
            .order
            .map(|order| format!("{label}: has choice number {order} where programmes want the same people")),
    );
    sentences.extend(terms::of_terms(telling, label, &programme.terms));
    if let Some(lines) = &programme.lines {
        sentences.extend(of_lines(telling, programme, lines));
    }
    sentences
}

/// When it takes place: "on about 6 occasions a year", "every 2 months, first in March 2025".
fn occasions(telling: &Telling<'_>, occasions: &Occasions) -> String {
    match occasions {
        Occasions::Random(rate) => format!("at random, {}", of_events(telling, rate, "occasion")),
        Occasions::Regular { per_step, factor, words } => {
            let times = match telling.value(*factor) {
                1.0 => String::new(),
                factor => format!(", {} times as often", number(factor)),
            };
            let first = per_step.iter().position(|occasions| *occasions > 0).filter(|step| *step > 0);
            let first = first.and_then(|step| u32::try_from(step).ok());
            let first = first.map(|step| format!(", first {}", telling.on(step))).unwrap_or_default();
            format!("{}{first}{times}", words.replace("every 1 ", "every "))
        }
    }
}

/// "60 seats each time"
fn seats(telling: &Telling<'_>, seats: &Seats) -> String {
    let mean = parts(telling, &seats.mean, &[seats.factor]);
    let spread = seats.sd.as_ref().map(|sd| {
        let sd = render(telling, &parts(telling, sd, &[seats.factor]), &number, &|text| text.to_string());
        format!(" on average (standard deviation {sd})")
    });
    let spread = spread.unwrap_or_default();
    render(telling, &mean, &number, &|text| format!("{} each time{spread}", of(text, "seat")))
}

/// Who has the first seats.
fn first(telling: &Telling<'_>, programme: &Programme) -> Option<String> {
    let classes: Vec<String> = programme.priority.iter().map(|class| people(telling.model, class)).collect();
    let first = (!classes.is_empty()).then(|| format!("seats go first to {}", classes.join(", then to ")));
    let longest = programme.longest_first.then(|| "those who have waited longest go first".to_string());
    let words: Vec<String> = [first, longest].into_iter().flatten().collect();
    (!words.is_empty()).then(|| format!("{}: {}", programme.label, list(&words, words.len())))
}

/// What each value of a dimension has of its own; values that have the same are told together.
fn of_lines(telling: &Telling<'_>, programme: &Programme, lines: &ProgrammeLines) -> Vec<String> {
    let axis = &telling.model.groups.dimensions[lines.dimension];
    let mut told: Vec<(Vec<String>, Vec<usize>)> = Vec::new();
    for line in &lines.lines {
        let words = of_line(telling, line);
        match told.iter_mut().find(|(known, _)| *known == words) {
            Some((_, values)) => values.push(line.value),
            None => told.push((words, vec![line.value])),
        }
    }
    let mut sentences: Vec<String> = told
        .iter()
        .take(MOST_LINES)
        .map(|(words, values)| {
            let own = if words.is_empty() { "the seats that all share".into() } else { words.join(", ") };
            format!("{}, {}: {own}", programme.label, value_words(axis, values))
        })
        .collect();
    if told.len() > MOST_LINES {
        let more = told.len() - MOST_LINES;
        sentences.push(format!(
            "{}: {more} more of {} have terms of their own",
            programme.label,
            spaced(&axis.name)
        ));
    }
    sentences
}

fn of_line(telling: &Telling<'_>, line: &ProgrammeLine) -> Vec<String> {
    let mut words: Vec<String> = line.occasions.iter().map(|it| occasions(telling, it)).collect();
    words.extend(line.seats.iter().map(|it| seats(telling, it)));
    words.extend(terms::words(telling, &line.terms));
    words
}
