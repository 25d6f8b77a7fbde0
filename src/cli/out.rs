//! Standard output and standard error, which may be closed by their reader at any time.

use std::io::{self, ErrorKind, IsTerminal, Write};

use super::{Error, Exit};

/// Writes `bytes` to standard output and flushes.
///
/// # Errors
/// A reader that has gone away (`| head`) ends the command without a word and without blame; anything
/// else, such as a full disk, is an error.
pub(super) fn write(bytes: &[u8]) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => Error::silent(Exit::Done),
            _ => Error::new(Exit::Unexpected, format!("standard output: {error}")),
        })
}

/// Writes a line to standard output.
///
/// # Errors
/// As [`write`].
pub(super) fn line(text: &str) -> Result<(), Error> {
    write(format!("{text}\n").as_bytes())
}

/// Writes a value to standard output as one line of JSON.
///
/// # Errors
/// As [`write`].
pub(super) fn json(value: &impl serde::Serialize) -> Result<(), Error> {
    let text = serde_json::to_string(value)
        .map_err(|error| Error::new(Exit::Unexpected, error.to_string()))?;
    line(&text)
}

/// Says something on standard error. Nobody may be listening; that is no failure.
pub(super) fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Whether a person reads standard output.
pub(super) fn is_terminal() -> bool {
    io::stdout().is_terminal()
}
