//! A file that holds the key ring.

use std::{
    fs::{self, File, OpenOptions},
    io::{ErrorKind, Read as _, Write as _},
    path::{Path, PathBuf},
};

use secrecy::{ExposeSecret as _, SecretString};

use crate::{entropy::Entropy, vault::KeyRing};

/// Why a key file cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the key file {path} cannot be used: {source}")]
pub struct KeyFileError {
    path: String,
    source: std::io::Error,
}

/// Reads the key ring from `path`; `None` when there is no such file.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn read_key_file(path: &Path) -> Result<Option<SecretString>, KeyFileError> {
    let mut text = String::new();
    match File::open(path).and_then(|mut file| file.read_to_string(&mut text)) {
        Ok(_) => Ok(Some(SecretString::from(text.trim().to_owned()))),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(failed(path, source)),
    }
}

/// Makes the file at `path` with one new key, for its owner alone. The file appears whole or not at all, and one that is
/// there is never written over: when somebody else made it meanwhile, theirs is read.
///
/// # Errors
/// When the file can be neither made nor read.
pub fn make_key_file(path: &Path, entropy: &Entropy) -> Result<SecretString, KeyFileError> {
    let ring = KeyRing::generate_named(entropy);
    let draft = draft_of(path, entropy);
    let made = write_new(&draft, &ring).and_then(|()| fs::hard_link(&draft, path));
    // The draft holds a key: it goes whatever happened.
    let gone = fs::remove_file(&draft);
    match made {
        Ok(()) => {
            gone.and_then(|()| keep_folder(path)).map_err(|source| failed(path, source))?;
            Ok(ring)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            read_key_file(path)?.ok_or_else(|| failed(path, ErrorKind::NotFound.into()))
        }
        Err(source) => Err(failed(path, source)),
    }
}

fn failed(path: &Path, source: std::io::Error) -> KeyFileError {
    KeyFileError { path: path.display().to_string(), source }
}

fn draft_of(path: &Path, entropy: &Entropy) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(format!(".{}.new", hex::encode(entropy.bytes::<8>())));
    PathBuf::from(name)
}

fn write_new(path: &Path, ring: &SecretString) -> std::io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(ring.expose_secret().as_bytes())?;
    file.sync_all()
}

/// Without this a power cut could take the new name away again.
fn keep_folder(path: &Path) -> std::io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    File::open(folder)?.sync_all()
}
