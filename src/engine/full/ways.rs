//! The ways into places that fill or close, and those that lead on from them.

use std::collections::BTreeMap;

use super::measures::{PlaceMetrics, cells_of};
use crate::engine::builder::Builder;
use crate::engine::edge::{Edge, EdgeId};
use crate::engine::hazard::HazardId;
use crate::engine::split::PartId;
use crate::model::{Admission, CellId, Full, Mechanism, Model, NumberId, PlaceId};
use crate::random::Site;

/// Index of a way.
pub type WayId = usize;

/// A way into a place that fills or closes.
#[derive(Clone, Debug)]
pub struct WayIn {
    /// Its edge.
    pub edge: EdgeId,
    /// The cell that it leads to.
    pub to: CellId,
    /// Whether people come from outside the model.
    pub outside: bool,
    /// Whether people come at the start of a step.
    pub early: bool,
    /// Where people go instead when the place is closed.
    pub redirect: Vec<(EdgeId, PartId)>,
    /// Who draws how many of its people find no room.
    pub site: Site,
}

/// A place that fills or closes.
#[derive(Clone, Debug)]
pub struct Limited {
    /// Its cells.
    pub cells: std::ops::Range<CellId>,
    /// Its capacity, where that is a limit.
    pub limit: Option<NumberId>,
    /// What happens to those who are not diverted.
    pub otherwise: Full,
    /// The first step in which it is closed.
    pub closed: Option<u32>,
    /// The ways into it.
    pub ways: Vec<WayId>,
    /// Of these, those from outside.
    pub outside: Vec<WayId>,
    /// The edges by which people free places in a step.
    pub out: Vec<EdgeId>,
    /// The ways by which people leave it for places that are looked at later, and may yet send them back.
    pub pending: Vec<WayId>,
    /// Who draws how many find it full.
    pub site: Site,
    /// What is measured of it.
    pub metrics: PlaceMetrics,
    /// Of those who wait, by way from outside: how fast they give up, and where they go. Empty where nobody does.
    pub giving_up: Vec<GivingUp>,
    /// Whether free places fall to those who wait at random.
    pub random: bool,
}

/// How those who wait for a place give up who came by one way.
#[derive(Clone, Debug)]
pub struct GivingUp {
    /// `None` where they never do.
    pub hazard: Option<HazardId>,
    /// Where they go.
    pub branches: Vec<(EdgeId, PartId)>,
    /// Who draws how many.
    pub site: Site,
}

/// Those who may be diverted to one place as their first, second, ... choice.
#[derive(Clone, Debug)]
pub struct Diversion {
    /// The cells of the place that they go to.
    pub cells: std::ops::Range<CellId>,
    /// Its capacity, which is respected whatever its own rule: room without end where it has none.
    pub capacity: Option<NumberId>,
    /// Its position in the gate's order, if it is there.
    pub limited: Option<usize>,
    /// The place that they found full (its position in the gate's order), their way and the edge that they take.
    pub people: Vec<(usize, WayId, EdgeId)>,
}

/// All of it.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    /// Every way.
    pub all: Vec<WayIn>,
    /// The places, downstream ones first: who they send back counts upstream.
    pub places: Vec<Limited>,
    /// The diversions, first choices first.
    pub diversions: Vec<Diversion>,
}

/// Whether people of a mechanism go at the start of a step; `None` where they are forced in.
fn early(model: &Model, mechanism: Mechanism) -> Option<bool> {
    match model.mover(mechanism).admission {
        Admission::First => Some(true),
        Admission::During => Some(false),
        Admission::Forced => None,
    }
}

impl Ways {
    /// Compiles the ways, with edges for those who are sent on.
    pub fn compile(builder: &mut Builder) -> Ways {
        let model = builder.model;
        let fills = |place: PlaceId| !model.places[place].when_full.is_crowding();
        let concerned: Vec<PlaceId> = (0..model.places.len())
            .filter(|place| fills(*place) || model.places[*place].closes.is_some())
            .collect();
        if concerned.is_empty() {
            return Ways::default();
        }
        let redirects = redirects(builder);
        let mut all: Vec<WayIn> = Vec::new();
        let mut into: BTreeMap<PlaceId, Vec<WayId>> = BTreeMap::new();
        for (id, edge) in builder.edges.iter().enumerate() {
            let Some((to, place)) = edge.to.zip(edge.to_place(model)) else { continue };
            let Some(early) = early(model, edge.mechanism).filter(|_| concerned.contains(&place)) else {
                continue;
            };
            if from(builder, edge) == Some(place) {
                continue;
            }
            into.entry(place).or_default().push(all.len());
            all.push(WayIn {
                edge: id,
                to,
                outside: edge.from.is_none(),
                early,
                redirect: redirects.get(&id).cloned().unwrap_or_default(),
                site: Site::of(&["full", &edge.site.bits().to_string()]),
            });
        }
        // Who gets the last room is drawn way after way: by name, so that the order of the file does not matter.
        into.values_mut().for_each(|ways| ways.sort_by_key(|way| all[*way].site));
        let order = downstream_first(builder, &concerned, &all);
        let diversions = diversions(builder, &order, &all, &into);
        let mut places = Vec::new();
        for (position, place) in order.iter().enumerate() {
            let ways = into.remove(place).unwrap_or_default();
            let outside: Vec<WayId> = ways.iter().copied().filter(|way| all[*way].outside).collect();
            let rule = &model.places[*place].when_full;
            let inside = ways.len() > outside.len();
            let metrics = PlaceMetrics::compile(builder, *place, (!outside.is_empty(), inside));
            let giving_up = giving_up(builder, *place, outside.iter().map(|way| all[*way].edge));
            places.push(Limited {
                cells: cells_of(builder, *place),
                limit: model.places[*place].capacity.filter(|_| fills(*place)),
                otherwise: rule.otherwise,
                closed: model.places[*place].closes.as_ref().map(|closure| closure.from),
                outside,
                ways,
                out: out(builder, *place, &order[position + 1..], &all),
                pending: pending(builder, *place, &order[position + 1..], &all),
                site: Site::of(&["places", &model.places[*place].name, "full"]),
                metrics,
                giving_up,
                random: model.places[*place].queue.random,
            });
        }
        Ways { all, places, diversions }
    }
}

/// How those give up who wait for a place and came by these edges.
fn giving_up(builder: &mut Builder, place: PlaceId, edges: impl Iterator<Item = EdgeId>) -> Vec<GivingUp> {
    let model = builder.model;
    let queue = &model.places[place].queue;
    let Some((rate, targets)) =
        queue.gives_up.as_ref().filter(|_| model.places[place].when_full.otherwise == Full::Wait)
    else {
        return Vec::new();
    };
    let mut all = Vec::new();
    for edge in edges {
        let edge = builder.edges[edge].clone();
        let Some(group) = edge.to.map(|to| model.group_of(to)) else { continue };
        let values = model.groups.values(group);
        let hazard = builder.hazards.of(rate, &values);
        let parts = builder.split(targets, &values);
        let mut branches = Vec::new();
        for (part, target) in parts.zip(targets) {
            let Some(to) = target.place else { continue };
            branches.push((builder.edge(edge.mechanism, None, model.cell(to, group)), part));
        }
        all.push(GivingUp { hazard, branches, site: Site::of(&["gives up", &edge.site.bits().to_string()]) });
    }
    all
}

/// The place that an edge leaves.
fn from(builder: &Builder, edge: &Edge) -> Option<PlaceId> {
    edge.from.map(|cell| builder.model.place_of(cell))
}

/// For each edge into a closing place the edges that are taken instead. Nobody is sent to where they are: who comes from
/// the only place to go to stays there.
fn redirects(builder: &mut Builder) -> BTreeMap<EdgeId, Vec<(EdgeId, PartId)>> {
    let model = builder.model;
    let mut redirects = BTreeMap::new();
    for id in 0..builder.edges.len() {
        let edge = builder.edges[id].clone();
        let Some((cell, to)) = edge.to.zip(edge.to_place(model)) else { continue };
        let came_from = from(builder, &edge);
        let Some(closure) = &model.places[to].closes else { continue };
        if early(builder.model, edge.mechanism).is_none() || came_from == Some(to) {
            continue;
        }
        let group = model.group_of(cell);
        let parts = builder.split(&closure.targets, &model.groups.values(group));
        let mut taken = Vec::new();
        for (part, target) in parts.zip(&closure.targets) {
            let Some(place) = target.place.filter(|place| came_from != Some(*place)) else { continue };
            taken.push((builder.edge(edge.mechanism, edge.from, model.cell(place, group)), part));
        }
        redirects.insert(id, taken);
    }
    redirects
}

/// Where people are diverted to, with the edges that they take.
fn diversions(
    builder: &mut Builder,
    order: &[PlaceId],
    all: &[WayIn],
    into: &BTreeMap<PlaceId, Vec<WayId>>,
) -> Vec<Diversion> {
    let model = builder.model;
    // By choice and by name, so that the order of the file does not matter.
    let mut choices: BTreeMap<(usize, &str), Diversion> = BTreeMap::new();
    for (position, place) in order.iter().enumerate() {
        for (choice, other) in model.places[*place].when_full.divert.iter().enumerate() {
            let diverted = choices.entry((choice, &model.places[*other].name)).or_insert_with(|| Diversion {
                cells: cells_of(builder, *other),
                capacity: model.places[*other].capacity,
                limited: order.iter().position(|limited| limited == other),
                people: Vec::new(),
            });
            for way in into.get(place).into_iter().flatten() {
                let edge = builder.edges[all[*way].edge].clone();
                if from(builder, &edge) == Some(*other) {
                    continue;
                }
                let to = model.cell(*other, model.group_of(all[*way].to));
                diverted.people.push((position, *way, builder.edge(edge.mechanism, edge.from, to)));
            }
        }
    }
    choices.into_values().collect()
}

/// The places in an order in which a place comes after those that its people go to, as far as that is possible.
fn downstream_first(builder: &Builder, concerned: &[PlaceId], all: &[WayIn]) -> Vec<PlaceId> {
    let model = builder.model;
    let name = |place: &PlaceId| model.places[*place].name.clone();
    let mut next: BTreeMap<PlaceId, Vec<PlaceId>> = BTreeMap::new();
    for way in all {
        let edge = &builder.edges[way.edge];
        if let Some(from) = from(builder, edge).filter(|from| concerned.contains(from)) {
            next.entry(from).or_default().push(model.place_of(way.to));
        }
    }
    for places in next.values_mut() {
        places.sort_by_key(name);
        places.dedup();
    }
    let mut starts = concerned.to_vec();
    starts.sort_by_key(name);
    let mut order = Vec::new();
    let mut seen = vec![false; model.places.len()];
    for start in starts {
        // Each place with how many of those after it were looked at.
        let mut path = vec![(start, 0)];
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        while let Some((place, looked)) = path.last_mut() {
            match next.get(place).and_then(|after| after.get(*looked)) {
                Some(after) => {
                    *looked += 1;
                    if !std::mem::replace(&mut seen[*after], true) {
                        path.push((*after, 0));
                    }
                }
                None => order.extend(path.pop().map(|(place, _)| place)),
            }
        }
    }
    order
}

/// The ways by which people leave `place` for places of `later`.
fn pending(builder: &Builder, place: PlaceId, later: &[PlaceId], all: &[WayIn]) -> Vec<WayId> {
    let leads = |way: &WayIn| {
        let edge = &builder.edges[way.edge];
        from(builder, edge) == Some(place) && later.contains(&builder.model.place_of(way.to))
    };
    (0..all.len()).filter(|id| leads(&all[*id])).collect()
}

/// The edges by which people leave `place` in the course of a step, without those who may yet be sent back because a
/// place of `later` is full.
fn out(builder: &Builder, place: PlaceId, later: &[PlaceId], all: &[WayIn]) -> Vec<EdgeId> {
    let model = builder.model;
    let ways: Vec<EdgeId> = all.iter().map(|way| way.edge).collect();
    let leaves = |(id, edge): &(EdgeId, &Edge)| {
        let Some(to) = edge.to_place(model) else { return false };
        from(builder, edge) == Some(place)
            && to != place
            && early(builder.model, edge.mechanism) == Some(false)
            && !(later.contains(&to) && ways.binary_search(id).is_ok())
    };
    builder.edges.iter().enumerate().filter(leaves).map(|(id, _)| id).collect()
}
