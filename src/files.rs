//! Files that somebody else wrote: what they are, and how large, is looked at before they are read.
//!
//! A pipe would never end, a device may be anything, and a sparse file of a terabyte takes no room on the disk but all
//! of the memory. Whoever reads a file that a user names, or that lies in a folder of theirs, reads it here.

use std::fmt;
use std::fs::{FileType, Metadata};
use std::io::{self, Read};
use std::path::Path;

/// Why a file is not read.
#[derive(Debug)]
pub enum UnreadFile {
    /// There is none.
    Missing,
    /// It is something else: "a directory", "a pipe".
    Kind(&'static str),
    /// It is larger than allowed: so many bytes or more.
    TooLarge(u64),
    /// It is no text.
    NotText(NotText),
    /// The system refuses.
    System(io::Error),
}

/// Where bytes stop being UTF-8.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotText {
    /// The line, from 1.
    pub line: usize,
    /// The byte in that line, from 1.
    pub byte: usize,
    /// What stands there.
    pub value: u8,
}

impl From<io::Error> for UnreadFile {
    fn from(error: io::Error) -> UnreadFile {
        if error.kind() == io::ErrorKind::NotFound { UnreadFile::Missing } else { UnreadFile::System(error) }
    }
}

/// What is wrong, to be said after the file's name.
impl fmt::Display for UnreadFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            UnreadFile::Missing => f.write_str("does not exist"),
            UnreadFile::Kind(kind) => write!(f, "is {kind}, not a regular file"),
            UnreadFile::TooLarge(bytes) => write!(f, "is too large ({})", size(*bytes)),
            UnreadFile::NotText(NotText { line, byte, value }) => {
                write!(f, "is not UTF-8 text: line {line}, byte {byte} is {value:#04x}")
            }
            UnreadFile::System(error) => write!(f, "cannot be read: {error}"),
        }
    }
}

/// A size for people: `"4.5 MiB"`, `"4.0 TiB"`.
pub fn size(bytes: u64) -> String {
    let (mut size, mut unit) = (bytes as f64 / f64::from(1 << 20), "MiB");
    for larger in ["GiB", "TiB"] {
        if size >= 1024.0 {
            (size, unit) = (size / 1024.0, larger);
        }
    }
    format!("{size:.1} {unit}")
}

/// The bytes of a regular file of at most `most`. Links are followed: the user has named it.
///
/// # Errors
/// When there is none, when it is no regular file or larger (known before it is read), and when it cannot be read.
pub fn bytes(path: &Path, most: u64) -> Result<Vec<u8>, UnreadFile> {
    opened(path, &fs_err::metadata(path)?, most, Links::Followed)
}

/// The same of a file that was found in a folder and that nobody has named: a link is refused, wherever it leads.
///
/// # Errors
/// As [`bytes`].
pub fn bytes_unlinked(path: &Path, most: u64) -> Result<Vec<u8>, UnreadFile> {
    opened(path, &fs_err::symlink_metadata(path)?, most, Links::Refused)
}

/// The text of a regular file of at most `most` bytes. Links are followed: the user has named it.
///
/// # Errors
/// As [`bytes`], and when it is not UTF-8.
pub fn text(path: &Path, most: u64) -> Result<String, UnreadFile> {
    of_bytes(bytes(path, most)?)
}

/// What something is that is no regular file, in a word or two.
pub fn irregular(kind: FileType) -> Option<&'static str> {
    if kind.is_file() {
        return None;
    }
    if kind.is_dir() {
        return Some("a directory");
    }
    if kind.is_symlink() {
        return Some("a symbolic link");
    }
    #[cfg(unix)]
    {
        use std::os::unix::fs::FileTypeExt;
        if kind.is_fifo() {
            return Some("a pipe");
        }
        if kind.is_socket() {
            return Some("a socket");
        }
        if kind.is_block_device() || kind.is_char_device() {
            return Some("a device");
        }
    }
    Some("something else")
}

/// What a file is opened for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Access {
    /// To be read.
    Read,
    /// To be read and written.
    ReadWrite,
}

/// Opens what was a regular file. A pipe that has taken its place since would have
/// its reader wait for ever, so nothing is waited for; whoever opens it looks again at what it is.
pub(crate) fn open(path: &Path, access: Access) -> io::Result<fs_err::File> {
    let mut options = fs_err::OpenOptions::new();
    options.read(true).write(access == Access::ReadWrite);
    #[cfg(unix)]
    if let Some(flag) = AT_ONCE {
        let mut at_once = options.clone();
        fs_err::os::unix::fs::OpenOptionsExt::custom_flags(&mut at_once, flag);
        match at_once.open(path) {
            // Another program has a lease on the file, and gives it up only to who waits. No pipe says so.
            Err(error) if error.kind() == io::ErrorKind::WouldBlock => {}
            opened => return opened,
        }
    }
    options.open(path)
}

/// The system's `O_NONBLOCK`, where it is known.
#[cfg(unix)]
const AT_ONCE: Option<i32> = {
    let is_linux = cfg!(any(target_os = "linux", target_os = "android"));
    let differs = cfg!(any(
        target_arch = "mips",
        target_arch = "mips64",
        target_arch = "mips32r6",
        target_arch = "mips64r6",
        target_arch = "sparc",
        target_arch = "sparc64"
    ));
    match is_linux {
        true if differs => None,
        true => Some(0o4000),
        false if cfg!(any(target_vendor = "apple", target_os = "freebsd")) => Some(0x4),
        false => None,
    }
};

/// Whether an open file is the one that stands at a path, and no link has taken its place in between.
#[cfg(unix)]
pub(crate) fn is_at(opened: &Metadata, path: &Path) -> io::Result<bool> {
    use std::os::unix::fs::MetadataExt;
    let named = fs_err::symlink_metadata(path)?;
    Ok(opened.is_file() && (opened.dev(), opened.ino()) == (named.dev(), named.ino()))
}

/// Whether an open file is one.
#[cfg(not(unix))]
pub(crate) fn is_at(opened: &Metadata, _: &Path) -> io::Result<bool> {
    Ok(opened.is_file())
}

/// What becomes of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Links {
    /// The file that it leads to is read.
    Followed,
    /// It is refused.
    Refused,
}

/// Opens a file of which this is known, and reads it.
fn opened(path: &Path, known: &Metadata, most: u64, links: Links) -> Result<Vec<u8>, UnreadFile> {
    suitable(known, most)?;
    let file = open(path, Access::Read)?;
    // Another may have taken its place meanwhile.
    suitable(&file.metadata()?, most)?;
    if links == Links::Refused && !is_at(&file.metadata()?, path)? {
        return Err(UnreadFile::System(io::Error::other("it was replaced while it was opened")));
    }
    let mut bytes = Vec::new();
    // And it may grow while it is read.
    file.take(most.saturating_add(1)).read_to_end(&mut bytes)?;
    let read = bytes.len() as u64;
    if read > most { Err(UnreadFile::TooLarge(read)) } else { Ok(bytes) }
}

fn suitable(metadata: &Metadata, most: u64) -> Result<(), UnreadFile> {
    match irregular(metadata.file_type()) {
        Some(kind) => Err(UnreadFile::Kind(kind)),
        None if metadata.len() > most => Err(UnreadFile::TooLarge(metadata.len())),
        None => Ok(()),
    }
}

fn of_bytes(bytes: Vec<u8>) -> Result<String, UnreadFile> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let line = bytes[..good].iter().filter(|byte| **byte == b'\n').count() + 1;
        let byte = good - bytes[..good].iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1) + 1;
        UnreadFile::NotText(NotText { line, byte, value: bytes.get(good).copied().unwrap_or_default() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_known_before_reading() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("sparse");
        fs_err::File::create(&path).unwrap().set_len(1 << 40).unwrap();
        assert!(matches!(bytes(&path, 1 << 20), Err(UnreadFile::TooLarge(size)) if size == 1 << 40));
        fs_err::write(&path, "four").unwrap();
        assert_eq!(text(&path, 4).unwrap(), "four");
        assert!(matches!(text(&path, 3), Err(UnreadFile::TooLarge(4))));
        assert!(matches!(text(&folder.path().join("none"), 3), Err(UnreadFile::Missing)));
        assert!(matches!(text(folder.path(), 3), Err(UnreadFile::Kind("a directory"))));
    }

    #[test]
    fn sizes_are_reported() {
        assert_eq!(
            [size(1), size(9 << 19), size(1 << 32), size(1 << 43)],
            ["0.0 MiB", "4.5 MiB", "4.0 GiB", "8.0 TiB"]
        );
    }

    #[test]
    fn the_first_bad_byte_is_reported() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("latin");
        fs_err::write(&path, b"good\nna\xefve").unwrap();
        let error = text(&path, 100).unwrap_err();
        assert_eq!(error.to_string(), "is not UTF-8 text: line 2, byte 3 is 0xef");
    }

    /// What was looked at is not what is opened.
    #[cfg(unix)]
    #[test]
    fn what_has_taken_the_place_of_a_file_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        fs_err::write(at("file"), "text").unwrap();
        let known = fs_err::symlink_metadata(at("file")).unwrap();
        assert!(opened(&at("file"), &known, 100, Links::Refused).is_ok());
        std::os::unix::fs::symlink(at("file"), at("link")).unwrap();
        assert!(matches!(opened(&at("link"), &known, 100, Links::Refused), Err(UnreadFile::System(_))));
        assert!(std::process::Command::new("mkfifo").arg(at("pipe")).status().unwrap().success());
        // Nobody writes to it, ever.
        let (path, (said, hear)) = (at("pipe"), std::sync::mpsc::channel());
        std::thread::spawn(move || said.send(opened(&path, &known, 100, Links::Followed)));
        let read = hear.recv_timeout(std::time::Duration::from_secs(10)).expect("it waits for the pipe");
        assert!(matches!(read, Err(UnreadFile::Kind("a pipe"))));
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_opened() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("socket");
        let _socket = std::os::unix::net::UnixListener::bind(&path).unwrap();
        assert!(matches!(text(&path, 100), Err(UnreadFile::Kind("a socket"))));
        assert!(matches!(text(Path::new("/dev/zero"), 100), Err(UnreadFile::Kind("a device"))));
        let (file, link) = (folder.path().join("file"), folder.path().join("link"));
        fs_err::write(&file, "text").unwrap();
        std::os::unix::fs::symlink(&file, &link).unwrap();
        assert_eq!(text(&link, 100).unwrap(), "text");
        assert!(matches!(bytes_unlinked(&link, 100), Err(UnreadFile::Kind("a symbolic link"))));
    }
}
