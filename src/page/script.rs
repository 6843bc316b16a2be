//! The page's script: plain files, one behind the other.

/// What runs in the page.
pub const PAGE: &str = concat!(
    include_str!("assets/script/base.js"),
    include_str!("assets/script/engine.js"),
    include_str!("assets/script/setting.js"),
    include_str!("assets/script/link.js"),
    include_str!("assets/script/parts.js"),
    include_str!("assets/script/levers.js"),
    include_str!("assets/script/refine.js"),
    include_str!("assets/script/take_away.js"),
    include_str!("assets/script/open.js"),
    include_str!("assets/script/view.js"),
    include_str!("assets/script/hover.js"),
    include_str!("assets/script/start.js"),
);

/// What runs in the page's worker, with the engine.
pub const WORKER: &str = include_str!("assets/worker.js");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_script_ends_it_or_asks_the_network() {
        for script in [PAGE, WORKER] {
            for word in
                ["</script", "<!--", "fetch(", "XMLHttpRequest", "import(", "http:", "https:", "eval("]
            {
                assert!(!script.contains(word), "{word}");
            }
        }
    }
}
