//! What whoever looks after the box may ask of the program that runs, and how it is answered: the lines of the
//! [`control_socket`](crate::host::control_socket). `state/control.rs` answers.

use std::path::{Path, PathBuf};

use futures::StreamExt;
use iced::Task;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::config::Config;
use crate::host::control_socket::{ControlSocket, Request, SocketPath, folders};

/// What may be asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(tag = "ask", rename_all = "snake_case", deny_unknown_fields)]
pub enum Ask {
    /// What is on the screen, in words.
    Screen,
    /// Sign out every guest.
    SignGuestsOut,
    /// The same as a picture.
    Picture {
        /// Leaves code and QR code in it.
        #[serde(default)]
        with_code: bool,
    },
    /// Read the configuration again.
    Reload,
    /// Whether all is well.
    Health,
}

/// Why something that was asked cannot be done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// A stable word.
    pub code: &'static str,
    /// What the command ends with.
    pub exit: u8,
    /// What is wrong, and what to do.
    pub message: String,
}

impl Refusal {
    /// Something that is wrong with the configuration, or with what was asked.
    pub fn usage(message: impl Into<String>) -> Self {
        Self {
            code: "usage",
            exit: 2,
            message: message.into(),
        }
    }

    /// Something that may be otherwise in a moment.
    pub fn now(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            exit: 1,
            message: message.into(),
        }
    }
}

impl From<Refusal> for Value {
    fn from(refusal: Refusal) -> Self {
        let Refusal {
            code,
            exit,
            message,
        } = refusal;
        json!({"error": {"code": code, "exit": exit, "message": message}})
    }
}

/// A configuration that was read again and checked.
#[derive(Debug, Clone)]
pub struct FreshConfig {
    /// What it says.
    pub config: Config,
    /// Its file.
    pub file: PathBuf,
    /// What is right, and should be otherwise.
    pub warnings: Vec<String>,
}

/// Opens the socket and takes in what is asked there, for as long as the place is kept. A program that cannot be asked
/// runs all the same. Has to be called inside of a tokio runtime.
pub(super) fn listen(cache_dir: &Path) -> (Option<SocketPath>, Task<Request>) {
    let runtime_dir = std::env::var_os("XDG_RUNTIME_DIR");
    let opened = ControlSocket::open(&folders(runtime_dir, cache_dir));
    match opened.and_then(ControlSocket::serve) {
        Ok((place, requests)) => (Some(place), Task::stream(requests.boxed())),
        Err(error) => {
            tracing::warn!(%error, "no control socket: this kiosk cannot be asked what it shows");
            (None, Task::none())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_is_one_of_a_few_words() {
        let read = |text: &str| serde_json::from_str::<Ask>(text).ok();
        for (text, expected) in [
            (r#"{"ask":"screen"}"#, Some(Ask::Screen)),
            (
                r#"{"ask":"picture"}"#,
                Some(Ask::Picture { with_code: false }),
            ),
            (
                r#"{"ask":"picture","with_code":true}"#,
                Some(Ask::Picture { with_code: true }),
            ),
            (r#"{"ask":"reload"}"#, Some(Ask::Reload)),
            (r#"{"ask":"health"}"#, Some(Ask::Health)),
            (r#"{"ask":"sign_guests_out"}"#, Some(Ask::SignGuestsOut)),
            (r#"{"ask":"quit"}"#, None),
            (r#"{"ask":"picture","with":1}"#, None),
            ("", None),
            ("[]", None),
            ("{}", None),
        ] {
            assert_eq!(read(text), expected, "{text}");
            if let Some(ask) = expected {
                let written = serde_json::to_string(&ask).unwrap();
                assert_eq!(read(&written), expected, "{written}");
            }
        }
    }
}
