//! What a person sees in the terminal while the phone is being found.

use std::time::Duration;

use super::super::{self as cli, out};
use super::sheet::{Sheet, columns_of};
use crate::app::error_text;
use crate::session::Account;
use device_flow::{Error, GrantError, PollResult, Progress, Provider, Reason, plain};

/// The terminal and its status line.
pub(super) struct Terminal {
    qr: bool,
    status: String,
    /// Columns that the status line takes.
    taken: usize,
}

impl Terminal {
    /// On a terminal the status is one line that changes, else every change is a line of its own.
    pub(super) fn new(qr: bool) -> Self {
        Self {
            qr,
            status: String::new(),
            taken: 0,
        }
    }

    pub(super) fn grant(&mut self, progress: &Progress) -> Result<(), cli::Error> {
        match progress {
            Progress::RequestingCode => self.status("Asking for a code …"),
            Progress::Code {
                code, expires_in, ..
            } => {
                self.end()?;
                let sheet = Sheet::new(code, *expires_in, out::terminal(), self.qr);
                out::text(&sheet.above)?;
                if let Some(qr) = &sheet.qr {
                    out::as_is(qr.text.as_bytes())?;
                }
                out::text(&sheet.below)?;
                self.status("Waiting for the phone …")
            }
            Progress::Polled {
                result,
                status,
                detail,
                next_in,
            } => {
                let detail = detail.as_deref().filter(|_| status.is_some());
                self.status(&polled(result, detail, *next_in))
            }
            Progress::RequestFailed { error, next_in } if error.is_clock() => {
                self.status(&format!(
                    "Setting the clock … This device thinks it is an earlier day; trying again in {:.0} s",
                    next_in.as_secs_f64()
                ))
            }
            Progress::RequestFailed { error, next_in } => self.status(&format!(
                "{}; trying again in {:.0} s",
                plain(&error.to_string()),
                next_in.as_secs_f64()
            )),
            Progress::Polling => Ok(()),
        }
    }

    /// Replaces the status line.
    pub(super) fn status(&mut self, text: &str) -> Result<(), cli::Error> {
        if self.status == text {
            return Ok(());
        }
        text.clone_into(&mut self.status);
        let Some(terminal) = out::terminal() else {
            return out::line(text);
        };
        let line = one_line(&out::shown(text, Some(terminal)), terminal.columns);
        let taken = std::mem::replace(&mut self.taken, columns_of(&line));
        let blank = " ".repeat(taken.saturating_sub(self.taken));
        // Back to the start of the line, without an escape sequence: any terminal can.
        out::as_is(format!("\r{line}{blank}").as_bytes())
    }

    /// Leaves the status line as it is and goes to the next.
    pub(super) fn end(&mut self) -> Result<(), cli::Error> {
        let open = out::terminal().is_some() && !self.status.is_empty();
        self.status.clear();
        self.taken = 0;
        if open { out::text("\n") } else { Ok(()) }
    }

    pub(super) fn signed_in(&mut self, account: &Account) -> Result<(), cli::Error> {
        self.end()?;
        let who = account.display_name().unwrap_or("somebody without a name");
        out::line(&format!("Signed in as {}.", plain(who)))?;
        if !account.refreshable {
            out::line(
                "The server gave no refresh token: the session ends with its access token \
                 (is offline_access among the scopes, and allowed there?).",
            )?;
        }
        Ok(())
    }
}

/// As much of a text as one line of the terminal has room for: more would move what stands above it up, in the end
/// off the screen. The last column stays free, behind which some terminals go to the next line.
fn one_line(text: &str, columns: usize) -> String {
    let mut line = String::new();
    let mut taken = 0;
    for c in text.chars().map(|c| if c == '\n' { ' ' } else { c }) {
        taken += columns_of(c.encode_utf8(&mut [0; 4]));
        if taken >= columns {
            break;
        }
        line.push(c);
    }
    line
}

/// Words for a poll that was not the last. `answer` is what came of it where something did.
fn polled(result: &PollResult, answer: Option<&str>, next_in: Duration) -> String {
    let next_in = next_in.as_secs_f64();
    match (result, answer) {
        (PollResult::AuthorizationPending | PollResult::SlowDown, _) => {
            "Waiting for the phone …".to_owned()
        }
        (PollResult::NetworkError, Some(answer)) => format!(
            "No answer that can be used; trying again in {next_in:.0} s. The code stays valid. ({})",
            plain(answer)
        ),
        (PollResult::NetworkError, None) => {
            format!("No connection; trying again in {next_in:.0} s. The code stays valid.")
        }
    }
}

/// Words for a sign-in that came to nothing: what happened, and what to do. Which switch at the server it is about stands
/// in the words of the screen.
pub(super) fn failure(failure: &GrantError, server: &Provider) -> String {
    let detail = plain(&failure.detail);
    let because = match detail.is_empty() {
        true => String::new(),
        false => format!(" ({detail})"),
    };
    match (failure.reason, &failure.cause) {
        (Reason::Denied, _) => format!("the sign-in was declined{because}"),
        // It may have been confirmed: whether it was is what could not be read.
        (Reason::Expired, Some(Error::Unexpected { .. })) => format!(
            "the code is over{because}; tell who runs the server, or run the command again for a new code"
        ),
        (Reason::Expired, _) => format!(
            "the code expired before anybody used it{because}; run the command again for a new one"
        ),
        (Reason::Network, _) => format!("the server cannot be reached{because}"),
        (Reason::Cancelled, _) => "interrupted".to_owned(),
        (Reason::Rejected, Some(Error::Unexpected { .. })) => format!(
            "what the server answers cannot be used{because}; check provider.domain or provider.issuer and the endpoints, \
             or tell who runs the server"
        ),
        (Reason::Rejected, Some(Error::IdToken(_))) => format!(
            "the server's word on who signed in is not believed{because}; nobody is signed in"
        ),
        (Reason::Rejected, Some(Error::Misconfigured(_))) => {
            format!("the configuration and the server do not fit{because}")
        }
        (Reason::Rejected, cause) => {
            let said = format!("the server does not accept this client{because}");
            let Some(Error::OAuth {
                code, description, ..
            }) = cause
            else {
                return format!("{said}; check the configuration");
            };
            let description = description.as_deref().unwrap_or_default();
            let switch = server.misconfiguration(code, description);
            format!("{said}. {}", error_text::of_switch(switch, server))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use device_flow::provider;

    #[test]
    fn the_status_is_never_more_than_a_line() {
        assert_eq!(one_line("Waiting", 80), "Waiting");
        assert_eq!(one_line("Waiting\nfor", 10), "Waiting f");
        assert_eq!(one_line("日本語", 6), "日本");
        assert_eq!(one_line("x", 1), "");
    }

    #[test]
    fn a_failure_says_what_happened_and_what_to_do() {
        let oauth = |code: &str, words: &str| Error::OAuth {
            status: 400,
            code: code.to_owned(),
            description: Some(words.to_owned()),
        };
        let words = |reason, cause| failure(&GrantError::new(reason, cause), &provider::KEYCLOAK);
        let denied = words(Reason::Denied, oauth("access_denied", "No."));
        assert_eq!(denied, "the sign-in was declined (access_denied: No.)");
        let pkce = oauth("invalid_grant", "PKCE code verifier not specified");
        let pkce = words(Reason::Rejected, pkce);
        assert!(pkce.contains("Set pkce in the configuration"), "{pkce}");
        let without = |reason| {
            let failed = GrantError {
                reason,
                cause: None,
                detail: "the detail".to_owned(),
            };
            failure(&failed, &provider::OIDC)
        };
        assert!(without(Reason::Expired).contains("run the command again"));
        // Somebody may have used this one.
        let unreadable = Error::Unexpected {
            status: 200,
            detail: "an HTML page".to_owned(),
            is_page: true,
        };
        let unreadable = words(Reason::Expired, unreadable);
        assert!(!unreadable.contains("anybody"), "{unreadable}");
        assert!(unreadable.contains("an HTML page"), "{unreadable}");
        let lost = Duration::from_secs(5);
        let polled = |answer| polled(&PollResult::NetworkError, answer, lost);
        assert!(polled(None).starts_with("No connection"));
        assert!(!polled(Some("an HTML page")).contains("No connection"));
        assert!(without(Reason::Network).contains("(the detail)"));
        assert_eq!(without(Reason::Cancelled), "interrupted");
    }

    #[test]
    fn only_a_server_that_refuses_this_client_is_said_to() {
        let refusal = "does not accept this client";
        for (cause, refuses) in [
            (
                Error::OAuth {
                    status: 401,
                    code: "invalid_client".to_owned(),
                    description: None,
                },
                true,
            ),
            (
                Error::Unexpected {
                    status: 200,
                    detail: "an empty body".to_owned(),
                    is_page: false,
                },
                false,
            ),
            (Error::IdToken("wrong iss".into()), false),
            (Error::Misconfigured("another issuer".to_owned()), false),
        ] {
            let words = failure(&GrantError::new(Reason::Rejected, cause), &provider::OIDC);
            assert_eq!(words.contains(refusal), refuses, "{words}");
        }
    }
}
