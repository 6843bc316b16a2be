//! A file on its way: counted and hashed as it is written.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use fs_err::File;
use sha2::{Digest, Sha256};

use super::Written;
use crate::{digest, disk};

/// A file under its temporary name.
pub(super) struct Staged {
    file: BufWriter<File>,
    bytes: u64,
    hash: Sha256,
}

impl Staged {
    /// A new file: what has the name already is neither followed nor cut short.
    pub(super) fn create(path: &Path) -> io::Result<Staged> {
        Ok(Staged { file: BufWriter::new(disk::create(path)?), bytes: 0, hash: Sha256::new() })
    }

    /// Sees to it that every byte has found room.
    pub(super) fn finish(mut self, name: &str) -> io::Result<Written> {
        self.file.flush()?;
        // Some file systems say only now that the disk is full.
        self.file.get_ref().sync_data()?;
        let sha256 = digest::hex(self.hash.finalize());
        Ok(Written { name: name.into(), bytes: self.bytes, sha256 })
    }
}

impl Write for Staged {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let taken = self.file.write(buffer)?;
        self.hash.update(&buffer[..taken]);
        self.bytes += taken as u64;
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
