//! How a command ends: a code for scripts and a sentence for people.

use std::process::ExitCode;

use serde::Serialize;

use crate::host::process::Signal;
use crate::{api, app, config, host, session};
use device_flow::Reason;

/// The exit codes. Scripts rely on them; they never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// The command did what was asked.
    Done = 0,
    /// An error of the program or of its box.
    Unexpected = 1,
    /// Wrong usage or configuration; clap ends with the same code.
    Usage = 2,
    /// No person is signed in, or the session has ended.
    NotSignedIn = 3,
    /// The person declined.
    Declined = 4,
    /// The code expired.
    Expired = 5,
    /// The network or the server cannot be reached.
    Network = 6,
    /// The server rejects this client.
    Rejected = 7,
    /// Ctrl-C, as a shell tells of it (128 and the signal's number).
    Interrupted = 130,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}

/// A command that did not come to its end.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Error {
    /// What happened and what to do; empty where all has been said.
    pub message: String,
    /// The code to exit with.
    pub exit: Exit,
}

/// What `--json` prints of a failure.
impl Serialize for Error {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Words<'a> {
            code: &'static str,
            exit: u8,
            message: &'a str,
        }
        #[derive(Serialize)]
        struct Object<'a> {
            error: Words<'a>,
            exit: u8,
        }
        let exit = self.exit as u8;
        let error = Words {
            code: self.exit.code(),
            exit,
            message: &self.message,
        };
        Object { error, exit }.serialize(serializer)
    }
}

impl Exit {
    /// Its name for scripts.
    fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Unexpected => "unexpected",
            Self::Usage => "usage",
            Self::NotSignedIn => "not_signed_in",
            Self::Declined => "declined",
            Self::Expired => "expired",
            Self::Network => "network",
            Self::Rejected => "rejected",
            Self::Interrupted => "interrupted",
        }
    }
}

impl Error {
    pub(super) fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self {
            exit,
            message: message.into(),
        }
    }

    /// An end about which nothing more is to be said.
    pub(super) fn silent(exit: Exit) -> Self {
        Self::new(exit, "")
    }

    pub(super) fn usage(message: impl Into<String>) -> Self {
        Self::new(Exit::Usage, message)
    }
}

impl From<device_flow::Error> for Error {
    fn from(error: device_flow::Error) -> Self {
        Self::new(of_oauth(&error), error.to_string())
    }
}

impl From<session::Error> for Error {
    fn from(error: session::Error) -> Self {
        let exit = match &error {
            session::Error::Ended(_) => Exit::NotSignedIn,
            // A server that has signed a person in does not answer a refresh so; the network before it does.
            session::Error::Refresh(cause) if cause.is_captive() => Exit::Network,
            session::Error::Refresh(cause) => of_oauth(cause),
            session::Error::Refused(_) => Exit::Rejected,
            session::Error::Storage { .. } => Exit::Unexpected,
        };
        match exit {
            Exit::NotSignedIn => Self::new(
                exit,
                format!("{error}; sign in again with: vestibule sign-in"),
            ),
            _ => Self::new(exit, error.to_string()),
        }
    }
}

impl From<api::Error> for Error {
    fn from(error: api::Error) -> Self {
        let exit = match error {
            api::Error::Session(cause) => return cause.into(),
            api::Error::Network(_) | api::Error::Captive(_) => Exit::Network,
            _ => Exit::Unexpected,
        };
        Self::new(exit, error.told())
    }
}

/// Errors of which each has one code whatever it says.
macro_rules! codes {
    ($($(#[$attribute:meta])* $error:ty => $exit:ident,)*) => {
        $($(#[$attribute])* impl From<$error> for Error {
            fn from(error: $error) -> Self {
                Self::new(Exit::$exit, error.to_string())
            }
        })*
    };
}

codes! {
    config::Error => Usage,
    host::renderer::Error => Usage,
    app::Error => Unexpected,
    host::display::Missing => Unexpected,
    #[cfg(feature = "demo")]
    host::lan_address::Error => Unexpected,
}

/// The end of a command that was asked to end before it was done. `otherwise` is what it ends with where that was the
/// service manager's wish, or the terminal is gone.
pub(super) fn asked_to_end(signal: Signal, otherwise: Exit) -> Error {
    match signal {
        Signal::Interrupt => Error::new(Exit::Interrupted, "interrupted"),
        Signal::Terminate | Signal::Quit => Error::new(otherwise, "asked to end"),
        Signal::Hangup => Error::new(otherwise, "the terminal is gone"),
    }
}

/// The code for a failed exchange with the authorization server.
fn of_oauth(error: &device_flow::Error) -> Exit {
    match error {
        device_flow::Error::Network(_) => Exit::Network,
        device_flow::Error::OAuth { code, .. } if code == "access_denied" => Exit::Declined,
        device_flow::Error::OAuth { code, .. } if code == "expired_token" => Exit::Expired,
        device_flow::Error::OAuth { code, .. } if code == "invalid_grant" => Exit::NotSignedIn,
        device_flow::Error::OAuth { status, .. }
        | device_flow::Error::Unexpected { status, .. }
            if *status >= 500 || *status == 429 =>
        {
            Exit::Network
        }
        _ => Exit::Rejected,
    }
}

/// The code for a sign-in that came to nothing.
pub(super) fn of_reason(reason: Reason) -> Exit {
    match reason {
        Reason::Denied => Exit::Declined,
        Reason::Expired => Exit::Expired,
        Reason::Rejected => Exit::Rejected,
        Reason::Network => Exit::Network,
        Reason::Cancelled => Exit::NotSignedIn,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use device_flow::NetworkFailure;

    fn oauth(status: u16, code: &str) -> device_flow::Error {
        device_flow::Error::OAuth {
            status,
            code: code.to_owned(),
            description: None,
        }
    }

    #[test]
    fn an_error_is_an_object_for_scripts() {
        let json = serde_json::to_string(&Error::usage("no such row")).unwrap();
        assert_eq!(
            json,
            r#"{"error":{"code":"usage","exit":2,"message":"no such row"},"exit":2}"#
        );
    }

    #[test]
    fn only_ctrl_c_is_told_as_an_interruption() {
        for (signal, code) in [
            (Signal::Interrupt, 130),
            (Signal::Terminate, 3),
            (Signal::Hangup, 3),
            (Signal::Quit, 3),
        ] {
            let error = asked_to_end(signal, Exit::NotSignedIn);
            assert_eq!(error.exit as u8, code, "{signal:?}");
            let is_told = error.message == "interrupted";
            assert_eq!(is_told, signal == Signal::Interrupt, "{error}");
        }
    }

    #[test]
    fn every_error_has_the_code_of_the_contract() {
        let network = device_flow::Error::network(NetworkFailure::Connect, "refused".to_owned());
        let unexpected = |status| device_flow::Error::Unexpected {
            status,
            detail: "HTML".to_owned(),
            is_page: (300..400).contains(&status),
        };
        let page = |status| device_flow::Error::Unexpected {
            status,
            detail: "an HTML page".to_owned(),
            is_page: true,
        };
        for (error, code) in [
            (network.clone(), 6),
            (oauth(400, "access_denied"), 4),
            (oauth(400, "expired_token"), 5),
            (oauth(400, "invalid_grant"), 3),
            (oauth(401, "invalid_client"), 7),
            (oauth(400, "unauthorized_client"), 7),
            (oauth(400, "invalid_scope"), 7),
            (oauth(503, "temporarily_unavailable"), 6),
            (unexpected(200), 7),
            (page(200), 7),
            (unexpected(502), 6),
            (device_flow::Error::IdToken("bad".into()), 7),
            (device_flow::Error::Misconfigured("bad".to_owned()), 7),
        ] {
            assert_eq!(Error::from(error.clone()).exit as u8, code, "{error}");
        }
        for (error, code) in [
            (session::Error::Ended("over".to_owned()), 3),
            (session::Error::Refresh(network.clone()), 6),
            (session::Error::Refresh(unexpected(302)), 6),
            (session::Error::Refresh(page(200)), 6),
            (session::Error::Refresh(page(403)), 6),
            (session::Error::Refresh(unexpected(400)), 7),
            (session::Error::Refused("audience".to_owned()), 7),
            (
                session::Error::Storage {
                    path: "p".to_owned(),
                    cause: "c".to_owned(),
                },
                1,
            ),
        ] {
            assert_eq!(Error::from(error.clone()).exit as u8, code, "{error}");
            assert_eq!(Error::from(api::Error::Session(error)).exit as u8, code);
        }
        for (error, code) in [
            (api::Error::network(NetworkFailure::Connect, "gone"), 6),
            (api::Error::Captive("HTTP 302".to_owned()), 6),
            (api::Error::TooLarge { limit: 1 }, 1),
            (api::Error::Shape("x".to_owned()), 1),
        ] {
            assert_eq!(Error::from(error.clone()).exit as u8, code, "{error}");
        }
        for (reason, code) in [
            (Reason::Denied, 4),
            (Reason::Expired, 5),
            (Reason::Rejected, 7),
            (Reason::Network, 6),
            (Reason::Cancelled, 3),
        ] {
            assert_eq!(of_reason(reason) as u8, code, "{reason:?}");
        }
    }
}
