//! What a person sees in the terminal while the phone is being found.

use std::time::Duration;

use super::super::{Error, out, qr};
use crate::app::words;
use crate::config::Preset;
use crate::oauth::Switch;
use crate::oauth::device::{Failure, PollResult, Reason, UserCode};
use crate::oauth::plain;
use crate::oauth::poll;
use crate::session::Account;

/// A longer address makes a QR code that is hard to scan; it then leads to the page without the code.
const QR_LIMIT: usize = 110;

/// The terminal and its status line.
pub(super) struct Terminal {
    is_terminal: bool,
    qr: bool,
    status: String,
}

impl Terminal {
    /// With `is_terminal` the status is one line that changes, else every change is a line of its own.
    pub(super) fn new(is_terminal: bool, qr: bool) -> Self {
        Self {
            is_terminal,
            qr,
            status: String::new(),
        }
    }

    pub(super) fn grant(&mut self, event: &poll::Event) -> Result<(), Error> {
        match event {
            poll::Event::Requesting => self.status("Asking for a code …"),
            poll::Event::Code {
                code, expires_in, ..
            } => {
                self.end()?;
                out::write(self.code(code, *expires_in).as_bytes())?;
                self.status("Waiting for the phone …")
            }
            poll::Event::Polled {
                result, next_in, ..
            } => self.status(&polled(result, *next_in)),
            poll::Event::RequestFailed { error, next_in } if error.is_clock() => {
                self.status(&format!(
                    "Setting the clock … This device thinks it is an earlier day; trying again in {:.0} s",
                    next_in.as_secs_f64()
                ))
            }
            poll::Event::RequestFailed { error, next_in } => self.status(&format!(
                "{}; trying again in {:.0} s",
                plain(&error.to_string()),
                next_in.as_secs_f64()
            )),
            poll::Event::Polling | poll::Event::Ended(_) => Ok(()),
        }
    }

    /// Replaces the status line.
    pub(super) fn status(&mut self, text: &str) -> Result<(), Error> {
        if self.status == text {
            return Ok(());
        }
        text.clone_into(&mut self.status);
        if self.is_terminal {
            // To the start of the line, and clear it.
            out::write(format!("\r\x1b[K{text}").as_bytes())
        } else {
            out::line(text)
        }
    }

    /// Leaves the status line as it is and goes to the next.
    pub(super) fn end(&mut self) -> Result<(), Error> {
        let open = self.is_terminal && !self.status.is_empty();
        self.status.clear();
        if open { out::write(b"\n") } else { Ok(()) }
    }

    pub(super) fn signed_in(&mut self, account: &Account) -> Result<(), Error> {
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

    fn code(&self, code: &UserCode, expires_in: Duration) -> String {
        let mut text = String::new();
        if let Some(message) = &code.message {
            text.push_str(&format!("\n{}\n", plain(message)));
        }
        text.push_str(&format!(
            "\nOn a phone or computer, open\n\n    {}\n\nand enter the code\n\n    {}\n\n",
            plain(&code.verification_uri),
            plain(&code.user_code)
        ));
        if self.qr {
            let address = code
                .verification_uri_complete
                .as_deref()
                .filter(|complete| complete.len() <= QR_LIMIT)
                .unwrap_or(&code.verification_uri);
            let drawn = qr::draw(address, self.is_terminal);
            if !drawn.is_empty() {
                text.push_str(&format!("or scan\n\n{drawn}\n"));
            }
        }
        text.push_str(&format!(
            "The code is valid for {}.\n\n",
            minutes(expires_in)
        ));
        text
    }
}

/// Words for a poll that was not the last.
fn polled(result: &PollResult, next_in: Duration) -> String {
    match result {
        PollResult::AuthorizationPending | PollResult::SlowDown => {
            "Waiting for the phone …".to_owned()
        }
        PollResult::NetworkError => format!(
            "No connection; trying again in {:.0} s. The code stays valid.",
            next_in.as_secs_f64()
        ),
    }
}

/// Words for a sign-in that came to nothing: what happened, and what to do. Which switch at the server it is about stands
/// in the words of the screen.
pub(super) fn failure(failure: &Failure, preset: Preset) -> String {
    let said = what_happened(failure);
    match (failure.reason, &failure.error) {
        (Reason::Rejected, Some(code)) => {
            let switch = Switch::behind(preset, code, &failure.detail);
            format!("{said}. {}", words::of_switch(switch, preset))
        }
        _ => said,
    }
}

fn what_happened(failure: &Failure) -> String {
    let what = match failure.reason {
        Reason::Denied => "the sign-in was declined",
        Reason::Expired => {
            "the code expired before anybody used it; run the command again for a new one"
        }
        Reason::Rejected => "the server does not accept this client; check the configuration",
        Reason::Network => "the server cannot be reached",
        Reason::Cancelled => return "interrupted".to_owned(),
    };
    let detail = plain(&failure.detail);
    match &failure.error {
        Some(code) if !detail.contains(code.as_str()) => {
            format!("{what} ({}: {detail})", plain(code))
        }
        _ if detail.is_empty() => what.to_owned(),
        _ => format!("{what} ({detail})"),
    }
}

fn minutes(duration: Duration) -> String {
    match duration.as_secs() {
        1 => "1 second".to_owned(),
        seconds @ 0..120 => format!("{seconds} seconds"),
        seconds => format!("{} minutes", seconds / 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(complete: Option<String>) -> UserCode {
        UserCode {
            user_code: "QTZL-MCBW".to_owned(),
            verification_uri: "https://a.example/activate".to_owned(),
            verification_uri_complete: complete,
            message: None,
        }
    }

    #[test]
    fn address_and_code_stand_on_lines_of_their_own() {
        let text = Terminal::new(false, false).code(&code(None), Duration::from_secs(900));
        assert!(
            text.contains("\n    https://a.example/activate\n"),
            "{text}"
        );
        assert!(text.contains("\n    QTZL-MCBW\n"), "{text}");
        assert!(text.contains("15 minutes"), "{text}");
        assert!(!text.contains('█') && !text.contains('\x1b'), "{text}");
    }

    #[test]
    fn an_address_too_long_to_scan_is_left_out_of_the_qr_code() {
        let qr =
            |complete| Terminal::new(false, true).code(&code(complete), Duration::from_secs(60));
        let long = format!("https://a.example/activate?user_code={}", "X".repeat(100));
        assert_eq!(qr(Some(long)), qr(None));
        assert_ne!(
            qr(Some("https://a.example/activate?c=1".to_owned())),
            qr(None)
        );
    }

    #[test]
    fn what_a_server_says_cannot_drive_the_terminal() {
        let mut odd = code(None);
        odd.user_code = "AB\x1b[2JCD\n".to_owned();
        odd.message = Some("hello\x07\x1b]0;title".to_owned());
        let text = Terminal::new(false, false).code(&odd, Duration::from_secs(60));
        assert!(!text.contains('\x1b') && !text.contains('\x07'), "{text:?}");
    }

    #[test]
    fn a_failure_says_what_to_do() {
        let words = |reason, error: Option<&str>| {
            let came_to = Failure {
                reason,
                error: error.map(str::to_owned),
                detail: "the detail".to_owned(),
            };
            failure(&came_to, Preset::Oidc)
        };
        assert!(words(Reason::Denied, Some("access_denied")).contains("access_denied: the detail"));
        assert!(words(Reason::Expired, None).contains("again"));
        assert!(words(Reason::Network, None).contains("the detail"));
        assert!(words(Reason::Rejected, Some("invalid_client")).contains("configuration"));
        assert_eq!(words(Reason::Cancelled, None), "interrupted");
        let pkce = Failure {
            reason: Reason::Rejected,
            error: Some("invalid_grant".to_owned()),
            detail: "invalid_grant: PKCE code verifier not specified".to_owned(),
        };
        let said = failure(&pkce, Preset::Keycloak);
        assert!(said.contains("Set pkce in the configuration"), "{said}");
    }
}
