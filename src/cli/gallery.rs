//! `repatria gallery`: the pages of all scenarios of a folder, with an index.

use std::path::PathBuf;

use clap::Args;

use super::failure::Failure;
use super::page_files::PageLook;

/// Options of `gallery`.
#[derive(Debug, Args)]
pub struct GalleryArgs {
    /// The folder of the scenarios [default: scenarios].
    pub folder: Option<PathBuf>,
    /// Where to write [default: output/gallery].
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    #[command(flatten)]
    look: PageLook,
}

/// Simulates every scenario of a folder and writes their pages.
pub fn gallery(_args: &GalleryArgs) -> Result<(), Failure> {
    Ok(())
}
