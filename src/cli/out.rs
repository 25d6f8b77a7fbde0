//! Standard output and standard error, which may be closed by their reader at any time.
//!
//! All that this program prints goes through here, and clippy sees to it (`clippy.toml`). So nothing that a server,
//! an API or a file says drives the terminal that it is printed on, whoever wrote the message around it.

#![allow(clippy::disallowed_methods)]

use std::io::{self, ErrorKind, Write};

use device_flow::text::visible;

use super::{Error, Exit};
use crate::host::terminal::{self, Terminal};
use crate::host::text;

/// Writes text to standard output and flushes.
///
/// # Errors
/// A reader that has gone away (`| head`) ends the command without a word and without blame; anything
/// else, such as a full disk, is an error.
pub(super) fn text(text: &str) -> Result<(), Error> {
    as_is(shown(text, terminal()).as_bytes())
}

/// Writes a line to standard output.
///
/// # Errors
/// As [`text`].
pub(super) fn line(text: &str) -> Result<(), Error> {
    self::text(&format!("{text}\n"))
}

/// Writes a value to standard output as one line of JSON.
///
/// # Errors
/// As [`text`].
pub(super) fn json(value: &impl serde::Serialize) -> Result<(), Error> {
    let json = serde_json::to_string(value)
        .map_err(|error| Error::new(Exit::Unexpected, error.to_string()))?;
    let mut json = visible(&json);
    if terminal().is_some_and(|terminal| !terminal.is_utf8) {
        json = text::ascii_json(&json);
    }
    as_is(format!("{json}\n").as_bytes())
}

/// Writes the body of an answer to standard output: to a file or a program byte for byte, to a terminal as text.
///
/// # Errors
/// As [`text`].
pub(super) fn body(bytes: &[u8]) -> Result<(), Error> {
    match terminal() {
        None => as_is(bytes),
        some => {
            let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
            as_is(shown(&text, some).as_bytes())
        }
    }
}

/// Writes to standard output what is this program's own to the last byte, such as a drawing in colours.
///
/// # Errors
/// As [`text`].
pub(super) fn as_is(bytes: &[u8]) -> Result<(), Error> {
    let mut out = io::stdout().lock();
    out.write_all(bytes)
        .and_then(|()| out.flush())
        .map_err(|error| match error.kind() {
            ErrorKind::BrokenPipe => Error::silent(Exit::Done),
            _ => Error::new(Exit::Unexpected, format!("standard output: {error}")),
        })
}

/// Says something on standard error. A reader that has gone is no failure.
pub(super) fn say(text: &str) {
    let mut out = io::stderr().lock();
    let text = shown(text, terminal::behind(&out));
    let _ = writeln!(out, "{text}");
}

/// The terminal on which a person reads standard output, if one does.
pub(super) fn terminal() -> Option<Terminal> {
    terminal::behind(&io::stdout())
}

/// Text as it is shown there: nothing in it is more than text.
pub(super) fn shown(text: &str, terminal: Option<Terminal>) -> String {
    let visible = visible(text);
    match terminal {
        Some(terminal) if !terminal.is_utf8 => text::ascii(&visible),
        _ => visible,
    }
}
