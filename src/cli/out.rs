//! Standard output and standard error, which may be closed by their reader at any time.
//!
//! All that this program prints goes through here, and clippy sees to it (`clippy.toml`). So nothing that a server,
//! an API or a file says drives the terminal that it is printed on, whoever wrote the message around it.

#![allow(clippy::disallowed_methods)]

use std::io::{self, ErrorKind, IsTerminal, Write};
use std::os::fd::AsFd;
use std::sync::atomic::{AtomicU8, Ordering};

use clap::ValueEnum;
use device_flow::text::visible;

use super::{Error, Exit};
use crate::host::log;
use crate::host::terminal::{self, Terminal};
use crate::host::text;

/// Where colours are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
#[repr(u8)]
pub enum Colours {
    /// Where a terminal has them and nobody objects.
    Auto,
    /// Everywhere.
    Always,
    /// Nowhere.
    Never,
}

static COLOURS: AtomicU8 = AtomicU8::new(Colours::Auto as u8);

/// What a word stands for, beside what it says: never by colour alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Tone {
    /// As it should be.
    Good,
    /// To be looked at.
    Notice,
    /// Failed.
    Bad,
    /// Of no weight.
    Quiet,
}

impl Tone {
    /// Its colour, as ECMA-48 section 8.3.117 has it: of the sixteen that every terminal has and its owner chose.
    fn code(self) -> u8 {
        match self {
            Self::Good => 32,
            Self::Notice => 33,
            Self::Bad => 31,
            Self::Quiet => 2,
        }
    }
}

/// Has this process show colours so.
pub(super) fn set_colours(colours: Colours) {
    COLOURS.store(colours as u8, Ordering::Relaxed);
}

/// Whether colours are shown on `stream`.
fn has_colours(stream: &(impl IsTerminal + AsFd)) -> bool {
    match COLOURS.load(Ordering::Relaxed) {
        always if always == Colours::Always as u8 => true,
        never if never == Colours::Never as u8 => false,
        _ => terminal::shows_colours(stream),
    }
}

/// Text, some of it in the colour of what it stands for, where colours are shown.
fn coloured(pieces: &[(Option<Tone>, &str)], terminal: Option<Terminal>, colours: bool) -> String {
    pieces.iter().fold(String::new(), |text, (tone, piece)| {
        let piece = shown(piece, terminal);
        match tone.filter(|_| colours) {
            Some(tone) => format!("{text}\u{1b}[{}m{piece}\u{1b}[0m", tone.code()),
            None => text + &piece,
        }
    })
}

/// Writes text to standard output, some of it in the colour of what it stands for.
///
/// # Errors
/// As [`text`].
pub(super) fn pieces(pieces: &[(Option<Tone>, &str)]) -> Result<(), Error> {
    as_is(coloured(pieces, terminal(), has_colours(&io::stdout())).as_bytes())
}

/// Says on standard error what failed, and who says so.
pub(super) fn say_of_failure(who: &str, what: &str) {
    let mut out = io::stderr().lock();
    let colours = has_colours(&out);
    let pieces = [(Some(Tone::Bad), who), (None, what)];
    let text = coloured(&pieces, terminal::behind(&out), colours);
    let text = if log::is_journal() {
        as_errors(&text)
    } else {
        text
    };
    let _ = writeln!(out, "{text}");
}

/// Lines as the journal takes them for errors (sd-daemon(3), `SD_ERR`).
fn as_errors(text: &str) -> String {
    let lines: Vec<_> = text.lines().map(|line| format!("<3>{line}")).collect();
    lines.join("\n")
}

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
    let out = io::stdout();
    let terminal = terminal::behind(&out)?;
    Some(Terminal {
        colours: has_colours(&out),
        ..terminal
    })
}

/// How wide what is printed on standard output may be, where somebody says: the shell's `COLUMNS`, or the terminal.
pub(super) fn columns() -> Option<usize> {
    let told = std::env::var("COLUMNS").ok();
    let told = told.and_then(|columns| columns.trim().parse().ok());
    let told = told.filter(|columns| *columns > 0);
    told.or_else(|| terminal().map(|terminal| terminal.columns))
}

/// Text as it is shown there: nothing in it is more than text.
pub(super) fn shown(text: &str, terminal: Option<Terminal>) -> String {
    let visible = visible(text);
    match terminal {
        Some(terminal) if !terminal.is_utf8 => text::ascii(&visible),
        _ => visible,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_word_says_drives_no_terminal_whatever_its_colour() {
        let pieces = [(Some(Tone::Good), "ok\u{1b}[5m"), (None, " fine")];
        assert_eq!(
            coloured(&pieces, None, false),
            shown("ok\u{1b}[5m fine", None)
        );
        let seen = coloured(&pieces, None, true);
        assert!(seen.starts_with("\u{1b}[32mok") && seen.ends_with("\u{1b}[0m fine"));
        assert_eq!(seen.matches('\u{1b}').count(), 2, "{seen:?}");
    }
}
