//! Fixes a file's shape the way its author most likely will, so that what it means can be checked in the same go.
//!
//! A file that was fixed so is never simulated: it only serves to find the problems that a misspelt key would otherwise
//! hide.

use std::borrow::Cow;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

/// What to do about one problem of shape. The path leads to a table, or to a word.
#[derive(Clone, Debug)]
pub(super) enum Fix {
    /// Take a key out of the table at the path.
    Remove {
        /// Keys and positions from the top.
        path: Vec<String>,
        /// The key.
        key: String,
    },
    /// Call a key of the table at the path by another name, unless that is there already.
    Rename {
        /// Keys and positions from the top.
        path: Vec<String>,
        /// The key.
        key: String,
        /// Its likely name.
        to: String,
    },
    /// Make a list of what the path leads to, with it as its only entry.
    Wrap {
        /// Keys and positions from the top.
        path: Vec<String>,
    },
    /// Put another word where the path leads.
    Replace {
        /// Keys and positions from the top.
        path: Vec<String>,
        /// The likely word.
        word: String,
    },
    /// Put something where the path leads, in place of what is there or where nothing is.
    Put {
        /// Keys and positions from the top.
        path: Vec<String>,
        /// Of the right shape.
        value: DeValue<'static>,
        /// Where it stands, if nothing is there.
        span: Range<usize>,
    },
    /// Make a list as long as it must be.
    Resize {
        /// Keys and positions from the top.
        path: Vec<String>,
        /// How many entries it gets.
        length: usize,
        /// What is added to a short one.
        filler: Option<DeValue<'static>>,
        /// Where that stands.
        span: Range<usize>,
    },
}

/// Applies `fixes`, the last first, so that no earlier one loses its way.
pub(super) fn apply(document: &mut DeTable<'_>, fixes: &[Fix]) {
    for fix in fixes.iter().rev() {
        match fix {
            Fix::Remove { path, key } => {
                if let Some(table) = table(document, path) {
                    table.remove(key.as_str());
                }
            }
            Fix::Rename { path, key, to } => {
                let Some(table) = table(document, path) else { continue };
                let Some((mut name, value)) = table.remove_entry(key.as_str()) else { continue };
                match table.get_mut(to.as_str()).map(Spanned::get_mut) {
                    None => {
                        *name.get_mut() = Cow::Owned(to.clone());
                        table.insert(name, value);
                    }
                    // A section that is written in two parts, one of them misspelt.
                    Some(DeValue::Table(there)) => {
                        let DeValue::Table(more) = value.into_inner() else { continue };
                        for (name, value) in more {
                            if !there.contains_key(name.get_ref().as_ref()) {
                                there.insert(name, value);
                            }
                        }
                    }
                    Some(_) => {}
                }
            }
            Fix::Wrap { path } => {
                if let Some(place) = place(document, path) {
                    let span = place.span();
                    let value = std::mem::replace(place.get_mut(), DeValue::Boolean(false));
                    let mut items = DeArray::new();
                    items.push(Spanned::new(span, value));
                    *place.get_mut() = DeValue::Array(items);
                }
            }
            Fix::Replace { path, word } => {
                if let Some(place) = place(document, path) {
                    *place.get_mut() = DeValue::String(Cow::Owned(word.clone()));
                }
            }
            Fix::Put { path, value: put, span } => {
                let Some((last, before)) = path.split_last() else { continue };
                if let Some(table) = table(document, before)
                    && !table.contains_key(last.as_str())
                {
                    let key = Spanned::new(span.clone(), Cow::Owned(last.clone()));
                    table.insert(key, Spanned::new(span.clone(), put.clone()));
                } else if let Some(place) = place(document, path) {
                    *place.get_mut() = put.clone();
                }
            }
            Fix::Resize { path, length, filler, span } => {
                let Some(Holder::Array(items)) = value(document, path) else { continue };
                let kept = items.iter().take(*length).cloned();
                let more = filler.iter().cycle().map(|filler| Spanned::new(span.clone(), filler.clone()));
                let all: Vec<_> = kept.chain(more).take(*length).collect();
                *items = all.into_iter().collect();
            }
        }
    }
}

/// What the path leads to.
fn place<'t, 'i>(document: &'t mut DeTable<'i>, path: &[String]) -> Option<&'t mut Spanned<DeValue<'i>>> {
    let (last, before) = path.split_last()?;
    match value(document, before)? {
        Holder::Table(table) => table.get_mut(last.as_str()),
        Holder::Array(items) => last.parse::<usize>().ok().and_then(|index| items.get_mut(index)),
    }
}

/// What has things in it.
enum Holder<'t, 'i> {
    Table(&'t mut DeTable<'i>),
    Array(&'t mut DeArray<'i>),
}

fn table<'t, 'i>(document: &'t mut DeTable<'i>, path: &[String]) -> Option<&'t mut DeTable<'i>> {
    match value(document, path)? {
        Holder::Table(table) => Some(table),
        Holder::Array(_) => None,
    }
}

/// What stands at `path`, if it has things in it.
fn value<'t, 'i>(document: &'t mut DeTable<'i>, path: &[String]) -> Option<Holder<'t, 'i>> {
    let mut holder = Holder::Table(document);
    for word in path {
        let next = match holder {
            Holder::Table(table) => table.get_mut(word.as_str())?,
            Holder::Array(items) => items.get_mut(word.parse::<usize>().ok()?)?,
        };
        holder = match next.get_mut() {
            DeValue::Table(table) => Holder::Table(table),
            DeValue::Array(items) => Holder::Array(items),
            _ => return None,
        };
    }
    Some(holder)
}
