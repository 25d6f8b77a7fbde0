//! A configuration file.

use std::path::Path;

use crate::config::{parse, show};

/// Reads a configuration.
///
/// # Panics
/// Where what was made of it is not as it must be.
pub fn run(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    match parse(&text, Path::new("/etc/vestibule/vestibule.toml")) {
        Ok(config) => {
            // What is printed of it is a configuration again.
            let shown = show(&config);
            assert!(!shown.is_empty());
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
