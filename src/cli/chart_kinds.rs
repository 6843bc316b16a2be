//! Which charts are wanted, as the command line says it.

/// Which kinds of chart files to write.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ChartKinds {
    /// Scalable, for print.
    pub svg: bool,
    /// Pixels, for slides.
    pub png: bool,
}

impl ChartKinds {
    /// All that this program can draw.
    pub const ALL: &str = match (cfg!(feature = "charts"), cfg!(feature = "png")) {
        (_, true) => "svg,png",
        (true, false) => "svg",
        (false, false) => "none",
    };
}

impl std::str::FromStr for ChartKinds {
    type Err = String;

    fn from_str(text: &str) -> Result<ChartKinds, String> {
        let mut kinds = ChartKinds::default();
        if text == "none" {
            return Ok(kinds);
        }
        for word in text.split(',') {
            match word.trim() {
                "svg" if cfg!(feature = "charts") => kinds.svg = true,
                "png" if cfg!(feature = "png") => kinds.png = true,
                "svg" | "png" => {
                    return Err(format!("this program was built without {word}: write {}", ChartKinds::ALL));
                }
                other => {
                    return Err(format!("`{other}` is no kind of chart: write svg, png, svg,png or none"));
                }
            }
        }
        Ok(kinds)
    }
}
