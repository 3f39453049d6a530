//! A file that holds the key ring.

use std::{
    fs::OpenOptions,
    io::{ErrorKind, Read as _, Write as _},
    path::Path,
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

/// Reads the key ring from `path`; makes the file with one new key, for its owner alone, when it is absent.
///
/// # Errors
/// When the file can be neither read nor made.
pub fn read_or_make_key_file(path: &Path, entropy: &Entropy) -> Result<SecretString, KeyFileError> {
    let failed = |source| KeyFileError { path: path.display().to_string(), source };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    match options.open(path) {
        Ok(mut file) => {
            let ring = KeyRing::generate("k1", entropy);
            file.write_all(ring.expose_secret().as_bytes()).and_then(|()| file.sync_all()).map_err(failed)?;
            Ok(ring)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            let mut text = String::new();
            std::fs::File::open(path).and_then(|mut file| file.read_to_string(&mut text)).map_err(failed)?;
            Ok(SecretString::from(text.trim().to_owned()))
        }
        Err(error) => Err(failed(error)),
    }
}
