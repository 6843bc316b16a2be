//! Compiles programmes: their offers, the lines that have them, and who is eligible for each.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::households::{Households, KnownSources};
use super::measures::ProgrammeMetrics;
use super::memory::ProgrammeWidths;
use super::programme::{
    Class, CompiledLine, CompiledProgramme, Eligible, FreePlaces, Offer, Programmes, Rank, Role,
};
use super::random_pause::{CompiledPauseLaw, RandomPause};
use super::register::Register;
use super::source::{SeatSource, SourceId};
use super::terms::CompiledTerms;
use super::timing::{CompiledSeats, Timing};
use crate::engine::builder::Builder;
use crate::engine::edge::Edge;
use crate::model::{self, CellId, Full, Mechanism, NumberId, Occasions, PauseLaw, PlaceId, Varying};
use crate::random::Site;

/// A value of a dimension: dimension, value.
type OfValue = Option<(usize, usize)>;

impl Programmes {
    /// Compiles programmes.
    pub fn compile(builder: &mut Builder) -> Programmes {
        let calendar = &builder.model.calendar;
        let year = |step: u32| calendar.date(step).year();
        let new_year = (0..calendar.steps()).map(|step| step > 0 && year(step) != year(step - 1)).collect();
        let mut programmes =
            Programmes { list: Vec::new(), ranks: Vec::new(), new_year, widths: ProgrammeWidths::default() };
        for (index, programme) in builder.model.programmes.iter().enumerate() {
            let address = builder.model.address(Mechanism::Programme(index));
            let sources = Vec::new();
            let mut compiler =
                Compiler { builder, index, programme, address, widths: &mut programmes.widths, sources };
            let programme = compiler.programme();
            programmes.list.push(programme);
        }
        programmes.ranks = programmes.ranks(builder.model);
        programmes
    }

    /// Makes known the ways by which people go, once all are there.
    pub fn connect(&mut self, model: &model::Model, edges: &[Edge]) {
        for (index, programme) in self.list.iter_mut().enumerate() {
            if let Some(register) = &mut programme.register {
                register.connect(index, model, edges);
            }
            let own =
                edges.iter().enumerate().filter(|(_, edge)| edge.mechanism == Mechanism::Programme(index));
            let own: Vec<_> = own.map(|(id, edge)| (id, edge.from)).collect();
            programme.edges = own.iter().map(|(id, _)| *id).collect();
            let sources = &programme.sources;
            for line in programme.offers.iter_mut().flat_map(|offer| &mut offer.lines) {
                let classes = line.classes.iter().flat_map(|class| &class.eligible);
                let cells: BTreeSet<_> = classes.map(|eligible| sources[eligible.source].cell).collect();
                let of_line = own.iter().filter(|(_, from)| from.is_some_and(|cell| cells.contains(&cell)));
                line.edges = match line.metrics {
                    Some(_) => of_line.map(|(id, _)| *id).collect(),
                    None => Vec::new(),
                };
            }
        }
    }

    /// The programmes by rank and name, those apart that may want the same people or the same free places.
    fn ranks(&self, model: &model::Model) -> Vec<Rank> {
        let mut by_rank: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (index, programme) in model.programmes.iter().enumerate() {
            by_rank.entry(programme.order.unwrap_or(u32::MAX)).or_default().push(index);
        }
        let cells = |index: usize| self.list[index].sources.iter().map(|source| source.cell);
        let place = |index: usize| self.list[index].free_places.as_ref().map(|free| free.place);
        let mut ranks = Vec::new();
        for mut members in by_rank.into_values() {
            members.sort_by_key(|index| &model.programmes[*index].name);
            // How many programmes want the people of a cell, and the free places of a place.
            let mut of_cell: BTreeMap<CellId, usize> = BTreeMap::new();
            let mut of_place: BTreeMap<usize, usize> = BTreeMap::new();
            for index in &members {
                cells(*index).for_each(|cell| *of_cell.entry(cell).or_default() += 1);
                place(*index).into_iter().for_each(|place| *of_place.entry(place).or_default() += 1);
            }
            let contested = |index: &usize| {
                cells(*index).any(|cell| of_cell[&cell] > 1)
                    || place(*index).is_some_and(|at| of_place[&at] > 1)
            };
            let (contested, alone) = members.into_iter().partition(contested);
            ranks.push(Rank { alone, contested });
        }
        ranks
    }
}

/// One programme as it is compiled.
struct Compiler<'c, 'b, 'm> {
    builder: &'c mut Builder<'m>,
    index: usize,
    programme: &'b model::Programme,
    address: String,
    widths: &'c mut ProgrammeWidths,
    sources: Vec<SeatSource>,
}

impl Compiler<'_, '_, '_> {
    fn programme(&mut self) -> CompiledProgramme {
        let programme = self.programme;
        let terms = self.terms(&programme.terms, "");
        let mut offers = match &programme.lines {
            Some(lines) => self.written(lines),
            None => match dimension(programme) {
                None => self.offer(None, None).into_iter().collect(),
                Some(dimension) => (0..self.builder.model.groups.dimensions[dimension].values.len())
                    .filter_map(|value| self.offer(Some((dimension, value)), None))
                    .collect(),
            },
        };
        let common = matches!(programme.occasions, Some(Occasions::Regular { .. }))
            || matches!(&programme.occasions, Some(Occasions::Random(rate)) if !matches!(rate.amount, Varying::By(_)));
        if programme.lines.is_none() && common && offers.len() > 1 {
            offers.iter_mut().for_each(|offer| offer.shares_occasions = true);
        }
        let free_places = programme.into_free_places.and_then(|place| {
            let model = self.builder.model;
            let groups = model.groups.count();
            let cells = place * groups..(place + 1) * groups;
            let site = self.site("free places");
            Some(FreePlaces { place, capacity: model.places[place].capacity?, cells, site })
        });
        let classes = offers.iter().flat_map(|offer| &offer.lines).flat_map(|line| &line.classes);
        let cells = self.cells(classes);
        let address = self.address.clone();
        let metrics = self.metrics(&address, cells);
        let sources = std::mem::take(&mut self.sources);
        let doors = doors(self.builder, programme);
        let register = programme.longest_first.then(|| {
            let mut long_waits = vec![vec![metrics.long_waits.clone()]; sources.len()];
            for line in offers.iter().flat_map(|offer| &offer.lines) {
                let Some(metrics) = &line.metrics else { continue };
                let eligible = line.classes.iter().flat_map(|class| &class.eligible);
                eligible.for_each(|of| long_waits[of.source].push(metrics.long_waits.clone()));
            }
            Register::new(&self.address, &sources, long_waits)
        });
        CompiledProgramme { terms, free_places, offers, doors, sources, edges: Vec::new(), register, metrics }
    }

    /// The metrics of the programme or of a line.
    fn metrics(&mut self, subject: &str, cells: Vec<CellId>) -> ProgrammeMetrics {
        let metrics = ProgrammeMetrics::new(self.builder, subject, cells);
        if self.programme.longest_first { metrics.with_long_waits(self.builder, subject) } else { metrics }
    }

    /// The cells of classes.
    fn cells<'a>(&self, classes: impl IntoIterator<Item = &'a Class>) -> Vec<CellId> {
        let eligible = classes.into_iter().flat_map(|class| &class.eligible);
        eligible.map(|eligible| self.sources[eligible.source].cell).collect()
    }

    /// The offers of lines that are written one by one: one for each that has seats, one for all others together.
    fn written(&mut self, lines: &model::ProgrammeLines) -> Vec<Offer> {
        let mut offers = Vec::new();
        let (own, sharing): (Vec<_>, Vec<_>) = lines.lines.iter().partition(|line| line.seats.is_some());
        for line in own {
            offers.extend(self.offer(Some((lines.dimension, line.value)), Some(line)));
        }
        let shared: Vec<CompiledLine> = sharing
            .into_iter()
            .map(|line| self.line(Some((lines.dimension, line.value)), Some(line)))
            .collect();
        if !shared.is_empty() {
            let values = vec![0; self.builder.model.groups.dimensions.len()];
            let site = self.site("");
            let seats = self.seats(self.programme.seats.as_ref(), &values, site);
            let timing = self.timing(None, &values, site);
            let classes = self.programme.priority.len() + 1;
            if let (Some(seats), Some(timing)) = (seats, timing) {
                offers.push(Offer { timing, seats, lines: shared, shares_occasions: true, classes });
            }
        }
        offers
    }

    /// The offer for the people of one value of a dimension, or for everybody; `None` where a table has nothing for the
    /// value.
    fn offer(&mut self, of: OfValue, written: Option<&model::ProgrammeLine>) -> Option<Offer> {
        let mut values = vec![0; self.builder.model.groups.dimensions.len()];
        if let Some((dimension, value)) = of {
            values[dimension] = value;
        }
        let name = self.name_of(of);
        let site = self.site(&name);
        let own_seats = written.and_then(|line| line.seats.as_ref());
        let own_occasions = written.and_then(|line| line.occasions.as_ref());
        let seats = self.seats(own_seats.or(self.programme.seats.as_ref()), &values, site)?;
        let timing = self.timing(own_occasions, &values, site)?;
        let shares_occasions = written.is_some() && own_occasions.is_none();
        let classes = self.programme.priority.len() + 1;
        Some(Offer { timing, seats, lines: vec![self.line(of, written)], shares_occasions, classes })
    }

    fn name_of(&self, of: OfValue) -> String {
        of.map_or(String::new(), |(d, value)| self.builder.model.groups.dimensions[d].values[value].clone())
    }

    fn site(&self, line: &str) -> Site {
        Site::of(&[&self.address, "line", line])
    }

    /// The seats for somebody with `values`; the outer `None` where a table has none for them.
    fn seats(
        &self,
        seats: Option<&model::Seats>,
        values: &[usize],
        site: Site,
    ) -> Option<Option<CompiledSeats>> {
        let Some(seats) = seats else { return Some(None) };
        let mean = seats.mean.pick(values)?;
        let sd = match &seats.sd {
            Some(varying) => Some(varying.pick(values)?),
            None => None,
        };
        Some(Some(CompiledSeats { site, mean, sd, factor: seats.factor }))
    }

    /// When seats are offered: on the occasions of a line of its own, or on those of the programme.
    fn timing(&mut self, own: Option<&Occasions>, values: &[usize], line: Site) -> Option<Timing> {
        match own.or(self.programme.occasions.as_ref())? {
            Occasions::Regular { per_step, factor, .. } => {
                self.widths.clocks += 1;
                let clock = self.widths.clocks - 1;
                Some(Timing::Regular { per_step: per_step.clone(), speed: *factor, clock })
            }
            Occasions::Random(rate) => {
                let own = own.is_some() || matches!(rate.amount, Varying::By(_));
                let site = if own { line } else { Site::of(&[&self.address, "occasions"]) };
                Some(Timing::Random { hazard: self.builder.hazards.of(rate, values)?, site })
            }
        }
    }

    fn line(&mut self, of: OfValue, written: Option<&model::ProgrammeLine>) -> CompiledLine {
        let name = self.name_of(of);
        let terms = written.map(|line| self.terms(&line.terms, &name)).unwrap_or_default();
        let consent = written.map_or(self.programme.terms.consent, |line| line.terms.consent);
        let classes = self.classes(of, &name);
        let metrics = written.map(|_| {
            let subject = format!("{}.lines.{name}", self.address);
            let cells = self.cells(&classes);
            self.metrics(&subject, cells)
        });
        CompiledLine { terms, consent, classes, edges: Vec::new(), metrics }
    }

    /// The terms of the programme (an empty name) or of a line.
    fn terms(&mut self, terms: &model::Terms, line: &str) -> CompiledTerms {
        let cap = terms.cap_per_year.map(|cap| {
            self.widths.caps += 1;
            (cap, self.widths.caps - 1)
        });
        let nobody = vec![0; self.builder.model.groups.dimensions.len()];
        let random_pause = terms.random_pauses.as_ref().and_then(|pauses| {
            let law = match pauses.law {
                PauseLaw::Fixed => CompiledPauseLaw::Fixed,
                PauseLaw::Exponential => CompiledPauseLaw::Exponential,
                PauseLaw::Lognormal(sd, unit) => CompiledPauseLaw::Lognormal(sd, unit.years()),
            };
            let hazard = self.builder.hazards.of(&pauses.rate, &nobody)?;
            self.widths.pauses += 1;
            Some(RandomPause {
                site: Site::of(&[&self.address, "pauses", line]),
                hazard,
                mean: (pauses.mean.0, pauses.mean.1.years()),
                law,
                row: self.widths.pauses - 1,
            })
        });
        CompiledTerms { cap, open: terms.open, pauses: terms.pauses.clone(), random_pause }
    }

    /// The eligible cells of a line by class; those that no class names come last, together.
    fn classes(&mut self, of: OfValue, line: &str) -> Vec<Class> {
        let model = self.builder.model;
        let programme = self.programme;
        let mut cells: Vec<Vec<CellId>> = vec![Vec::new(); programme.priority.len() + 1];
        let mut known = KnownSources::new();
        for place in &programme.from {
            for group in model.groups.matching(&programme.who) {
                let values = model.groups.values(group);
                if of.is_some_and(|(dimension, value)| values[dimension] != value) {
                    continue;
                }
                let class = programme.priority.iter().position(|who| who.includes(&values));
                let cell = model.cell(*place, group);
                cells[class.unwrap_or(programme.priority.len())].push(cell);
                known.insert(cell, self.source(cell, &values));
            }
        }
        let households = programme.family.as_ref().map(|family| Households::new(model, family, &known));
        let class = |(rank, cells): (usize, Vec<CellId>)| Class {
            site: Site::of(&[&self.address, "line", line, "class", &rank.to_string()]),
            eligible: cells
                .into_iter()
                .map(|cell| Eligible {
                    source: known[&cell],
                    role: households.as_ref().map_or(Role::Single, |all| all.role(cell, &known)),
                })
                .collect(),
        };
        cells.into_iter().enumerate().map(class).collect()
    }

    /// Adds a cell whose people may go.
    fn source(&mut self, cell: CellId, values: &[usize]) -> SourceId {
        let site = Site::of(&[&self.address, &self.builder.model.cell_name(cell)]);
        let targets = &self.programme.targets;
        let parts = self.builder.split(targets, values);
        let mechanism = Mechanism::Programme(self.index);
        let branches = parts
            .zip(targets)
            .map(|(part, target)| (self.builder.edge_to(mechanism, cell, target), part))
            .collect();
        self.sources.push(SeatSource { cell, site, branches });
        self.sources.len() - 1
    }
}

/// The dimension whose values have lines by tables.
fn dimension(programme: &model::Programme) -> Option<usize> {
    let seats = programme.seats.iter().flat_map(|seats| std::iter::once(&seats.mean).chain(&seats.sd));
    let occasions = match &programme.occasions {
        Some(Occasions::Random(rate)) => Some(&rate.amount),
        _ => None,
    };
    seats.chain(occasions).find_map(|varying| match varying {
        Varying::By(table) => Some(table.dimension),
        _ => None,
    })
}

/// The places that bound how many a programme can take anywhere: `None` where there is no such bound as the step begins.
fn doors(builder: &Builder, programme: &model::Programme) -> Option<Vec<(NumberId, Range<CellId>)>> {
    let model = builder.model;
    let mut places: BTreeSet<PlaceId> = BTreeSet::new();
    for target in &programme.targets {
        let place = target.place?;
        let rule = &model.places[place].when_full;
        if rule.otherwise == Full::Crowd {
            return None;
        }
        places.insert(place);
        places.extend(&rule.divert);
    }
    let mut doors = Vec::new();
    for place in places {
        // Who leaves a place as the step begins frees places that are not known yet.
        let left = model.programmes.iter().any(|other| other.from.contains(&place));
        if left || model.places[place].closes.is_some() {
            return None;
        }
        let cells = model.cell(place, 0)..model.cell(place + 1, 0);
        doors.push((model.places[place].capacity?, cells));
    }
    (!doors.is_empty()).then_some(doors)
}
