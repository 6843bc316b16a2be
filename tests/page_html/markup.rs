//! A strict reader of our own markup: every element is closed where it was opened, every attribute quoted.

use std::collections::BTreeSet;

/// Elements that have no end.
const VOID: [&str; 6] = ["meta", "input", "br", "img", "link", "hr"];

/// An element as it opens.
pub struct Element {
    pub name: String,
    pub attributes: Vec<(String, String)>,
    /// What it is in, from the outermost, as indices.
    inside: Vec<usize>,
    /// The text in it, of all elements in it too.
    pub text: String,
}

impl Element {
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// A document whose elements are closed in their order.
pub struct Checked {
    pub elements: Vec<Element>,
}

impl Checked {
    pub fn of(page: &str) -> Result<Checked, String> {
        let mut rest = page.strip_prefix("<!DOCTYPE html>").ok_or("no doctype")?;
        let (mut elements, mut open): (Vec<Element>, Vec<usize>) = (Vec::new(), Vec::new());
        while let Some(at) = rest.find('<') {
            text(&rest[..at], &mut elements, &open)?;
            rest = &rest[at + 1..];
            let end = rest.find('>').ok_or("a tag does not end")?;
            if let Some(name) = rest.strip_prefix('/') {
                let name = &name[..end - 1];
                let top = open.pop().ok_or_else(|| format!("</{name}> closes nothing"))?;
                if elements[top].name != name {
                    return Err(format!("</{name}> closes <{}>", elements[top].name));
                }
                rest = &rest[end + 1..];
                continue;
            }
            let (element, after, closed) = tag(rest, &open)?;
            let (name, index) = (element.name.clone(), elements.len());
            elements.push(element);
            rest = after;
            if ["script", "style"].contains(&name.as_str()) {
                let end = rest.find(&format!("</{name}>")).ok_or_else(|| format!("<{name}> does not end"))?;
                rest = &rest[end + name.len() + 3..];
            } else if !closed && !VOID.contains(&name.as_str()) {
                open.push(index);
            }
        }
        if open.is_empty() {
            Ok(Checked { elements })
        } else {
            Err(format!("{} elements stay open", open.len()))
        }
    }

    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.elements.iter().filter_map(|element| element.get("id"))
    }

    /// Where links and pictures lead.
    pub fn addresses(&self) -> impl Iterator<Item = &str> {
        let of = |element| ["href", "src", "action", "xlink:href"].map(|name| Element::get(element, name));
        self.elements.iter().flat_map(of).flatten()
    }

    /// What whoever sees nothing, or has no mouse, would stumble over.
    pub fn problems(&self) -> Vec<String> {
        let mut problems = Vec::new();
        let mut ids = BTreeSet::new();
        problems.extend(self.ids().filter(|id| !ids.insert(*id)).map(|id| format!("two elements are #{id}")));
        for element in &self.elements {
            for name in ["aria-labelledby", "aria-describedby", "for", "list"] {
                let named = element.get(name).into_iter().flat_map(str::split_whitespace);
                problems
                    .extend(named.filter(|id| !ids.contains(id)).map(|id| format!("{name} names no #{id}")));
            }
            if element.attributes.iter().any(|(name, _)| name.starts_with("on") || name == "style") {
                problems.push(format!("<{}> has script or style in it", element.name));
            }
            if ["button", "a", "summary"].contains(&element.name.as_str())
                && element.text.trim().is_empty()
                && element.get("aria-label").is_none()
            {
                problems.push(format!("a <{}> has no name", element.name));
            }
            if element.name == "input" && !self.is_labelled(element) {
                problems.push(format!("an <input> has no label: {:?}", element.attributes));
            }
        }
        problems
    }

    fn is_labelled(&self, input: &Element) -> bool {
        let labels = |label: &&Element| label.name == "label" && !label.text.trim().is_empty();
        input.get("aria-label").is_some()
            || input.inside.iter().any(|index| labels(&&self.elements[*index]))
            || input.get("id").is_some_and(|id| {
                self.elements.iter().filter(labels).any(|label| label.get("for") == Some(id))
            })
    }
}

fn text(between: &str, elements: &mut [Element], open: &[usize]) -> Result<(), String> {
    for (at, _) in between.match_indices('&') {
        let rest = &between[at + 1..];
        let name = rest.split(';').next().unwrap_or_default();
        if !["amp", "lt", "gt", "quot", "apos"].contains(&name) {
            return Err(format!("a lonely & before {:.20}", rest));
        }
    }
    for index in open {
        elements[*index].text.push_str(between);
    }
    Ok(())
}

/// The tag at the start of a text behind its `<`, what follows it, and whether it closes itself.
fn tag<'t>(text: &'t str, open: &[usize]) -> Result<(Element, &'t str, bool), String> {
    let letters = |c: char| c.is_ascii_alphanumeric() || "-:".contains(c);
    let end = text.find(|c| !letters(c)).ok_or("a tag does not end")?;
    let (name, mut rest) = text.split_at(end);
    if name.is_empty() {
        return Err(format!("a lonely < before {text:.20}"));
    }
    let mut attributes: Vec<(String, String)> = Vec::new();
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix("/>").or_else(|| rest.strip_prefix('>')) {
            let element =
                Element { name: name.into(), attributes, inside: open.to_vec(), text: String::new() };
            return Ok((element, after, rest.starts_with('/')));
        }
        let end =
            rest.find(|c| !letters(c)).filter(|end| *end > 0).ok_or_else(|| format!("<{name} {rest:.20}"))?;
        let (key, after) = rest.split_at(end);
        let value;
        (value, rest) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').ok_or_else(|| format!("{key} is not quoted"))?,
            None if after.starts_with('=') => return Err(format!("{key} is not quoted")),
            None => ("", after),
        };
        if value.contains('<') || attributes.iter().any(|(known, _)| known == key) {
            return Err(format!("{key}={value} in <{name}>"));
        }
        attributes.push((key.into(), value.into()));
    }
}

#[test]
fn what_is_not_closed_is_found() {
    let wrong = |body: &str| Checked::of(&format!("<!DOCTYPE html>{body}")).err().unwrap_or_default();
    assert_eq!(wrong("<p>a<b>c</p>"), "</p> closes <b>");
    assert_eq!(wrong("<p>a & b</p>"), "a lonely & before  b");
    assert_eq!(wrong("<p id=a>b</p>"), "id is not quoted");
    assert_eq!(wrong("<div>"), "1 elements stay open");
    let checked = Checked::of("<!DOCTYPE html><p id=\"a\"><input id=\"a\"></p>").unwrap();
    assert_eq!(checked.problems().len(), 2);
}
