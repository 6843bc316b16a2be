//! A compressed archive of files whose size is known only when they are written.

use std::io::{self, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

use flate2::{Compression, GzBuilder, write::GzEncoder};
use tar::{Builder, EntryType, Header};

/// A tar archive, compressed. The same bytes for the same entries: no time, no owner.
pub(super) struct Archive<'o> {
    tar: Builder<GzEncoder<&'o mut dyn Write>>,
}

/// A file on its way into an archive. It has no name in its folder, so nothing is left of it, whatever happens.
pub(super) type UnnamedFile = BufWriter<std::fs::File>;

/// Makes such a file in a folder, which must have room for it.
pub(super) fn unnamed_file(folder: &std::path::Path) -> io::Result<UnnamedFile> {
    Ok(BufWriter::new(tempfile::tempfile_in(folder)?))
}

impl<'o> Archive<'o> {
    pub(super) fn new(out: &'o mut dyn Write) -> Archive<'o> {
        // Without a time and a file name in the head.
        let gzip = GzBuilder::new().mtime(0).write(out, Compression::default());
        Archive { tar: Builder::new(gzip) }
    }

    /// Adds a file.
    pub(super) fn add(&mut self, name: &str, file: UnnamedFile) -> io::Result<()> {
        let mut file = file.into_inner().map_err(io::IntoInnerError::into_error)?;
        let size = file.stream_position()?;
        file.seek(SeekFrom::Start(0))?;
        self.put(name, size, &mut file)
    }

    /// Adds a small file.
    pub(super) fn add_text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.put(name, text.len() as u64, &mut text.as_bytes())
    }

    fn put(&mut self, name: &str, size: u64, content: &mut dyn Read) -> io::Result<()> {
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_size(size);
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_uid(0);
        header.set_gid(0);
        // A long name is put into an entry of its own.
        self.tar.append_data(&mut header, PathBuf::from(name), content)
    }

    pub(super) fn finish(self) -> io::Result<()> {
        self.tar.into_inner()?.finish()?.flush()
    }
}
