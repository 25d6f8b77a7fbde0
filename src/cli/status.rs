//! `vestibule status`: who is signed in, from the file alone.

use std::path::Path;
use std::time::{Duration, SystemTime};

use clap::Args;
use serde::Serialize;

use super::config::{all_told, told};
use super::context::{Context, foreign, runtime};
use super::out::Tone;
use super::{Error, Exit, Global, guests, out};
use crate::checks::span;
use crate::session::{Account, AccountState, PinState};
use device_flow::plain;

/// Tells who is signed in, from the file alone
///
/// Of guests, whom [sign_in] remember leaves out of the file, it asks the kiosk that runs how many there are.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vestibule status
  vestibule --profile kitchen status --json
  vestibule status --all

Ends with 0 when somebody is signed in (with --all: on any profile), 3 when nobody is, and 1 where that cannot be told. Lists files of former sessions, too, which may hold
tokens: vestibule sign-out --all removes them.")]
pub(super) struct Status {
    /// One object of JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Every profile on this device
    #[arg(long, conflicts_with = "profile")]
    all: bool,
}

/// What `status --all --json` prints.
#[derive(Debug, Serialize, PartialEq)]
struct All {
    signed_in: bool,
    profiles: Vec<Profile>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_over: Vec<String>,
    /// How many guests are signed in at the kiosk that runs; not there where there are none.
    #[serde(skip_serializing_if = "is_nought")]
    guests: u64,
}

/// One profile among all: what is known of one alone, and what else a monitor wants to know.
#[derive(Debug, Serialize, PartialEq)]
struct Profile {
    #[serde(flatten)]
    report: Report,
    /// `signed_in`, `ended`, `signed_out`, `foreign`, `broken` or `unreadable`.
    state: &'static str,
    /// Why nobody is signed in there.
    why: Option<String>,
    /// Whether a PIN is asked for before it is shown.
    pin: bool,
    /// Whether it was on the screen last.
    last_used: bool,
}

/// What `status --json` prints.
#[derive(Debug, Serialize, PartialEq)]
struct Report {
    signed_in: bool,
    profile: String,
    file: String,
    #[serde(flatten)]
    account: Option<Details>,
    /// Those of the scopes that were not asked for.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    unasked_scopes: Vec<String>,
    /// Files of former sessions, of whichever profile, that may hold tokens.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    left_over: Vec<String>,
    /// How many guests are signed in at the kiosk that runs; not there where there are none.
    #[serde(skip_serializing_if = "is_nought")]
    guests: u64,
}

#[allow(clippy::trivially_copy_pass_by_ref)] // As serde wants it.
fn is_nought(count: &u64) -> bool {
    *count == 0
}

#[derive(Debug, Serialize, PartialEq)]
struct Details {
    subject: Option<String>,
    name: Option<String>,
    email: Option<String>,
    issuer: String,
    client_id: String,
    scopes: Vec<String>,
    /// RFC 3339, UTC.
    access_token_expires_at: Option<String>,
    /// Seconds of life the access token has left; 0 when it has none.
    expires_in: Option<u64>,
    refreshable: bool,
    refreshed_at: Option<String>,
    signed_in_at: Option<String>,
}

impl Status {
    pub(super) fn run(self, global: &Global) -> Result<(), Error> {
        let context = Context::new(global)?;
        let left_over = all_told(&context.accounts.left_over());
        let guests = guests::count(&context.config);
        if self.all {
            return self.all(&context, left_over, guests);
        }
        let (mut report, nobody) = look(&context, global.profile())?;
        report.left_over = left_over;
        report.guests = guests;
        if self.json {
            out::json(&report)?;
            if report.signed_in {
                return Ok(());
            }
            return Err(Error::silent(Exit::NotSignedIn));
        }
        tell(&report)?;
        tell_left_over(&report.left_over)?;
        tell_guests(guests)?;
        match nobody {
            Some(nobody) => Err(nobody),
            None if report.signed_in => Ok(()),
            None => Err(Error::new(
                Exit::NotSignedIn,
                "the session has ended: its access token is over and it has no refresh token; \
                 sign in again with: vestibule sign-in",
            )),
        }
    }

    /// Every profile that has a file.
    fn all(&self, context: &Context, left_over: Vec<String>, guests: u64) -> Result<(), Error> {
        // Nobody is not said to be here who cannot be looked for.
        context.accounts.can_be_listed()?;
        let profiles = context.accounts.profiles();
        let last_used = context.accounts.last_used();
        let profiles = profiles.iter().map(|profile| Profile {
            last_used: last_used.as_ref() == Some(profile),
            ..glance(context, profile)
        });
        let profiles: Vec<_> = profiles.collect();
        let signed_in = profiles.iter().any(|profile| profile.report.signed_in);
        if self.json {
            out::json(&All {
                signed_in,
                profiles,
                left_over,
                guests,
            })?;
        } else {
            for (index, profile) in profiles.iter().enumerate() {
                if index > 0 {
                    out::line("")?;
                }
                tell(&profile.report)?;
                if let (None, Some(why)) = (&profile.report.account, &profile.why) {
                    let rest = format!("  {}: {why}\n", profile.report.profile);
                    out::pieces(&[(Some(Tone::Notice), "not signed in"), (None, &rest)])?;
                }
            }
            tell_left_over(&left_over)?;
            tell_guests(guests)?;
            if profiles.is_empty() {
                out::line("Nobody is signed in on this device, on no profile.")?;
            }
        }
        match signed_in {
            true => Ok(()),
            false => Err(Error::silent(Exit::NotSignedIn)),
        }
    }
}

/// Who is signed in on a profile, or why nobody is.
fn look(context: &Context, profile: &str) -> Result<(Report, Option<Error>), Error> {
    let session = runtime()?.block_on(async { context.session(profile) });
    let (account, nobody) = match session {
        Ok(session) => (Some(session.account()), None),
        Err(error) if error.exit == Exit::NotSignedIn => (None, Some(error)),
        Err(error) => return Err(error),
    };
    let file = context.accounts.file(profile);
    let mut report = report(profile, &file, account.as_ref(), SystemTime::now());
    let unasked = account.map(|account| account.unasked_scopes(context.client.scopes()));
    report.unasked_scopes = unasked.unwrap_or_default();
    Ok((report, nobody))
}

/// The same of one profile among all. No file stands in the way of the others, and none is moved.
fn glance(context: &Context, profile: &str) -> Profile {
    let found = context.accounts.state(&context.client, profile);
    let file = context.accounts.file(profile);
    let of = |account: Option<&Account>| report(profile, &file, account, SystemTime::now());
    let nobody = |state, why: String| Profile {
        report: of(None),
        state,
        why: Some(why),
        pin: false,
        last_used: false,
    };
    match found {
        Ok(AccountState::SignedIn(account)) => {
            let mut report = of(Some(&account));
            report.unasked_scopes = account.unasked_scopes(context.client.scopes());
            let ended = (!report.signed_in)
                .then(|| "its access token is over and it has no refresh token".to_owned());
            Profile {
                state: match ended {
                    None => "signed_in",
                    Some(_) => "ended",
                },
                why: ended,
                pin: context.accounts.pins().state(&account) != PinState::NotSet,
                report,
                last_used: false,
            }
        }
        Ok(AccountState::SignedOut) => {
            nobody("signed_out", super::context::nobody(profile).message)
        }
        Ok(AccountState::Foreign { issuer, client_id }) => {
            nobody("foreign", foreign(profile, &issuer, &client_id))
        }
        Ok(AccountState::Broken { file, why }) => {
            nobody("broken", format!("{}: {why}", file.display()))
        }
        Err(error) => nobody("unreadable", error.to_string()),
    }
}

/// Who is signed in, in words, if somebody is.
fn tell(report: &Report) -> Result<(), Error> {
    let Some(details) = &report.account else {
        return Ok(());
    };
    let tone = match report.signed_in {
        true => Tone::Good,
        false => Tone::Bad,
    };
    let words = words(report, details);
    let (label, rest) = words.split_once("  ").unwrap_or((&words, ""));
    let rest = format!("  {rest}");
    out::pieces(&[(Some(tone), label), (None, &rest)])
}

fn tell_left_over(files: &[String]) -> Result<(), Error> {
    files
        .iter()
        .try_for_each(|file| out::line(&row("left over", file)))
}

fn tell_guests(count: u64) -> Result<(), Error> {
    match count {
        0 => Ok(()),
        _ => out::line(&row("guests", &guests::words(count))),
    }
}

fn report(profile: &str, file: &Path, account: Option<&Account>, now: SystemTime) -> Report {
    Report {
        signed_in: account.is_some_and(|account| {
            account.refreshable || account.access_expires_at.is_none_or(|end| end > now)
        }),
        profile: profile.to_owned(),
        file: told(file),
        account: account.map(|account| Details {
            subject: Some(account.subject.clone()).filter(|subject| !subject.is_empty()),
            name: account.name.clone(),
            email: account.email.clone(),
            issuer: account.issuer.clone(),
            client_id: account.client_id.clone(),
            scopes: account.scopes.clone(),
            access_token_expires_at: account.access_expires_at.and_then(rfc3339),
            expires_in: account
                .access_expires_at
                .map(|end| end.duration_since(now).map_or(0, |left| left.as_secs())),
            refreshable: account.refreshable,
            refreshed_at: account.refreshed_at.and_then(rfc3339),
            signed_in_at: rfc3339(account.signed_in_at),
        }),
        unasked_scopes: Vec::new(),
        left_over: Vec::new(),
        guests: 0,
    }
}

fn words(report: &Report, details: &Details) -> String {
    let who = match (&details.name, &details.email) {
        (Some(name), Some(email)) => format!("{name} <{email}>"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => "somebody without a name".to_owned(),
    };
    let unknown = || "the server did not say".to_owned();
    let expiry = match (&details.access_token_expires_at, details.expires_in) {
        (Some(at), Some(0)) => format!("{at}, over"),
        (Some(at), Some(left)) => format!("{at}, in {}", span(Duration::from_secs(left))),
        _ => unknown(),
    };
    let refreshed = details
        .refreshed_at
        .clone()
        .unwrap_or_else(|| "not yet".to_owned());
    let lasting = if details.refreshable {
        "stays signed in"
    } else {
        "no refresh token: ends with the access token"
    };
    let mut scopes = details.scopes.join(" ");
    if !report.unasked_scopes.is_empty() {
        scopes = format!(
            "{scopes} (not asked for: {})",
            report.unasked_scopes.join(" ")
        );
    }
    let rows = [
        (
            match report.signed_in {
                true => "signed in",
                false => "ended",
            },
            who,
        ),
        ("subject", details.subject.clone().unwrap_or_else(unknown)),
        ("profile", report.profile.clone()),
        ("issuer", details.issuer.clone()),
        ("client", details.client_id.clone()),
        ("scopes", scopes),
        (
            "since",
            details.signed_in_at.clone().unwrap_or_else(unknown),
        ),
        ("access token", expiry),
        ("refreshed", refreshed),
        ("session", lasting.to_owned()),
        ("file", report.file.clone()),
    ];
    rows.iter().fold(String::new(), |text, (label, value)| {
        format!("{text}{}\n", row(label, value))
    })
}

fn row(label: &str, value: &str) -> String {
    format!("{label:<14}{}", plain(value))
}

/// A time as RFC 3339 in UTC, to the second; `None` for one that no calendar holds.
pub(super) fn rfc3339(time: SystemTime) -> Option<String> {
    let seconds = jiff::Timestamp::try_from(time).ok()?.as_second();
    jiff::Timestamp::from_second(seconds)
        .ok()
        .map(|time| time.to_string())
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;

    use super::*;

    fn account(expires: Option<u64>, refreshable: bool) -> Account {
        let at = |seconds| SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        Account {
            profile: "default".to_owned(),
            issuer: "https://id.example".to_owned(),
            client_id: "c".to_owned(),
            subject: "auth0|123".to_owned(),
            name: Some("Ada Lovelace".to_owned()),
            email: None,
            picture: None,
            claims: serde_json::Map::new(),
            scopes: vec!["openid".to_owned(), "profile".to_owned()],
            signed_in_at: at(1_000_000_000),
            refreshed_at: None,
            access_expires_at: expires.map(at),
            refreshable,
            static_refresh_token: false,
            not_remembered: None,
            guest: false,
        }
    }

    fn at(account: &Account) -> Report {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(1_700_000_000);
        report("default", Path::new("/a/default.json"), Some(account), now)
    }

    #[test]
    fn the_json_has_the_members_of_the_contract() {
        let report = at(&account(Some(1_700_003_600), true));
        assert_eq!(
            serde_json::to_string(&report).unwrap(),
            r#"{"signed_in":true,"profile":"default","file":"/a/default.json","subject":"auth0|123","name":"Ada Lovelace","email":null,"issuer":"https://id.example","client_id":"c","scopes":["openid","profile"],"access_token_expires_at":"2023-11-14T23:13:20Z","expires_in":3600,"refreshable":true,"refreshed_at":null,"signed_in_at":"2001-09-09T01:46:40Z"}"#
        );
        let nobody = super::report("x", Path::new("/a/x.json"), None, SystemTime::now());
        assert_eq!(
            serde_json::to_string(&nobody).unwrap(),
            r#"{"signed_in":false,"profile":"x","file":"/a/x.json"}"#
        );
        let odd = Path::new(OsStr::from_bytes(b"/\xff/x.json"));
        let nobody = super::report("x", odd, None, SystemTime::now());
        let json = serde_json::to_value(&nobody).unwrap();
        assert_eq!(json["file"], "/\u{fffd}/x.json");
    }

    #[test]
    fn a_session_that_cannot_be_refreshed_ends_with_its_token() {
        assert!(at(&account(Some(1_699_999_999), true)).signed_in);
        assert!(!at(&account(Some(1_699_999_999), false)).signed_in);
        assert!(at(&account(Some(1_700_000_001), false)).signed_in);
        assert!(at(&account(None, false)).signed_in);
    }

    #[test]
    fn no_time_in_a_file_is_too_odd_to_be_shown() {
        assert_eq!(
            rfc3339(SystemTime::UNIX_EPOCH).as_deref(),
            Some("1970-01-01T00:00:00Z")
        );
        let far = SystemTime::UNIX_EPOCH + Duration::from_secs(1 << 50);
        assert_eq!(rfc3339(far), None);
        let before = SystemTime::UNIX_EPOCH - Duration::from_secs(1);
        assert_eq!(rfc3339(before).as_deref(), Some("1969-12-31T23:59:59Z"));
    }
}
