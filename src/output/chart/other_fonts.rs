//! Parts of texts whose letters our font has not, each put into one font of the machine that has them.
//!
//! The maker of our PNGs would look for other fonts itself, but for a whole text at a time, and gives up where the other
//! font joins letters (as all for Arabic do) and has not those of the rest.

use std::collections::BTreeMap;
use std::sync::Arc;

use resvg::usvg::{Node, Options, Tree, fontdb::Database, layout::PositionedGlyph};

use super::letters::{OTHER, script};
use super::text::escape;

/// `svg` with a font for every part of its texts that has any of the `lacking` letters, as far as one of `fonts` has them.
pub fn named(svg: &str, lacking: &[char], fonts: &Arc<Database>) -> String {
    let mut found: BTreeMap<String, Option<String>> = BTreeMap::new();
    let mut result = String::with_capacity(svg.len());
    let mut rest = svg;
    while let Some(start) = rest.find("<text") {
        let Some(open) = rest[start..].find('>').map(|at| start + at + 1) else { break };
        let Some(end) = rest[open..].find("</text>").map(|at| open + at) else { break };
        result.push_str(&rest[..open]);
        for part in parts(&rest[open..end], lacking) {
            let font = match part.contains(lacking) {
                true => found.entry(part.to_string()).or_insert_with(|| font(part, lacking, fonts)).clone(),
                false => None,
            };
            match font {
                Some(font) => {
                    result.push_str(&format!("<tspan font-family=\"{}\">{part}</tspan>", escape(&font)))
                }
                None => result.push_str(part),
            }
        }
        rest = &rest[end..];
    }
    result.push_str(rest);
    result
}

/// A text cut before and after every part that goes from a lacking letter to another of its script without any other letter in
/// between.
fn parts<'a>(text: &'a str, lacking: &[char]) -> Vec<&'a str> {
    let mut cuts = vec![0];
    let mut open: Option<(usize, &str)> = None;
    for (at, letter) in text.char_indices() {
        // What stands upon a letter stays with it, though our font may have it.
        let of_the_part = open.is_some_and(|(_, known)| known == script(letter) && known != OTHER);
        if lacking.contains(&letter) || of_the_part {
            let script = script(letter);
            if open.is_none_or(|(_, known)| known != script) {
                cuts.extend(open.map(|(end, _)| end));
                cuts.push(at);
            }
            open = Some((at + letter.len_utf8(), script));
        } else if letter.is_alphabetic() {
            cuts.extend(open.take().map(|(end, _)| end));
        }
    }
    cuts.extend(open.map(|(end, _)| end));
    cuts.push(text.len());
    cuts.windows(2).map(|pair| &text[pair[0]..pair[1]]).filter(|part| !part.is_empty()).collect()
}

/// The family of the font that has all letters of a part; `None` where none has.
fn font(part: &str, lacking: &[char], fonts: &Arc<Database>) -> Option<String> {
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"9\"><text font-family=\"Noto Sans\">{part}</text></svg>"
    );
    let options =
        Options { fontdb: fonts.clone(), font_family: "Noto Sans".to_string(), ..Options::default() };
    let tree = Tree::from_str(&svg, &options).ok()?;
    let all = glyphs(&tree);
    let known = all.iter().all(|glyph| glyph.id.0 != 0 || !glyph.text.contains(lacking));
    let of_other = all.iter().find(|glyph| glyph.text.contains(lacking)).filter(|_| known)?;
    fonts.face(of_other.font)?.families.first().map(|(family, _)| family.clone())
}

/// Everything that the texts of a drawing are made of.
pub fn glyphs(tree: &Tree) -> Vec<&PositionedGlyph> {
    let mut found = Vec::new();
    let mut groups = vec![tree.root()];
    while let Some(group) = groups.pop() {
        for node in group.children() {
            match node {
                Node::Group(group) => groups.push(group),
                Node::Text(text) => {
                    found.extend(text.layouted().iter().flat_map(|span| &span.positioned_glyphs));
                }
                _ => {}
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_goes_from_a_lacking_letter_to_the_last() {
        let of = |text| parts(text, &['م', '回']);
        assert_eq!(of("A camp"), ["A camp"]);
        assert_eq!(of("Camp م 2, م. 60 replicates"), ["Camp ", "م 2, م", ". 60 replicates"]);
        assert_eq!(of("回 a 回"), ["回", " a ", "回"]);
        assert_eq!(of("م 回"), ["م", " ", "回"]);
        assert_eq!(of("م\u{64b} a"), ["م\u{64b}", " a"]);
    }
}
