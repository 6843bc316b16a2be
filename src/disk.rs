//! Files of ours on the disk: new ones that take nobody's place, files that appear whole or not at all, and the hashes that they are
//! known by. What others wrote is read in [`files`].

use std::fs::Metadata;
use std::io::{self, BufWriter, Write};
use std::path::Path;

use fs_err::{File, OpenOptions};
use sha2::{Digest, Sha256};

use crate::digest::hex;
use crate::files::{self, Access};

/// A new file: what has the name already is neither followed nor cut short.
pub(crate) fn create(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).write(true).create_new(true).open(path)
}

/// Fills a new file, which is at `beside`, brings it to the disk, and gives it its name. It is open, and locked if it was, until
/// it has its name.
pub(crate) fn put(
    file: File,
    beside: &Path,
    path: &Path,
    fill: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = BufWriter::new(file);
    fill(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.sync_all()?;
    fs_err::rename(beside, path)?;
    // The name, too, is to survive a power cut.
    if let Some(folder) = path.parent() {
        sync(folder);
    }
    Ok(())
}

/// Copies a file to a name that nothing has, on the disk.
pub(crate) fn copy(from: &Path, to: &Path) -> io::Result<()> {
    let mut copy = create(to)?;
    io::copy(&mut files::open(from, Access::Read)?, &mut copy)?;
    copy.sync_all()
}

/// Brings the names in a folder to the disk. Not every system can.
pub(crate) fn sync(folder: &Path) {
    let _ = File::open(folder).and_then(|folder| folder.sync_all());
}

/// What is at a path, links not followed; `None` where nothing is.
pub(crate) fn look(path: &Path) -> io::Result<Option<Metadata>> {
    match fs_err::symlink_metadata(path) {
        Ok(there) => Ok(Some(there)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}

/// The SHA-256 of a file's bytes, in hexadecimal.
pub(crate) fn sha256_of(path: &Path) -> io::Result<String> {
    let mut hash = Sha256::new();
    let mut file = files::open(path, Access::Read)?;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match io::Read::read(&mut file, &mut buffer) {
            Ok(0) => return Ok(hex(hash.finalize())),
            Ok(read) => hash.update(&buffer[..read]),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::sha256;

    #[test]
    fn what_has_the_name_of_a_new_file_stays() {
        let folder = tempfile::tempdir().unwrap();
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        fs_err::write(&from, "abc").unwrap();
        copy(&from, &to).unwrap();
        assert_eq!(copy(&from, &to).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(create(&to).unwrap_err().kind(), io::ErrorKind::AlreadyExists);
        assert_eq!(sha256_of(&to).unwrap(), sha256("abc"));
    }

    #[test]
    fn a_file_that_cannot_be_filled_does_not_appear() {
        let folder = tempfile::tempdir().unwrap();
        let (beside, path) = (folder.path().join("beside"), folder.path().join("file"));
        put(create(&beside).unwrap(), &beside, &path, &mut |out| out.write_all(b"old")).unwrap();
        let full = |_: &mut dyn Write| Err(io::ErrorKind::StorageFull.into());
        put(create(&beside).unwrap(), &beside, &path, &mut { full }).unwrap_err();
        assert_eq!(fs_err::read_to_string(&path).unwrap(), "old");
    }
}
