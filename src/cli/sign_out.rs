//! `vestibule sign-out`: revokes at the server as far as possible, and forgets on this device.

use clap::Args;
use futures::StreamExt;
use serde::Serialize;
use serde_json::json;

use super::context::{Context, nobody, runtime};
use super::{Error, Exit, Global, guests, out};
use crate::host::process;
use crate::session::{ProfileSignOut, RemovedFile, SignOut as Outcome};
use device_flow::{Revocation, plain};

/// Revokes the session at the server and forgets it on this device
///
/// Works without a network, too, and for whatever lies on this device of a profile: sessions of other servers, broken
/// files, files that were kept aside. It says what could not be revoked.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vestibule sign-out
  vestibule --profile kitchen sign-out
  vestibule sign-out --all

Ends with 0 when this device has forgotten the session, and 3 when nobody was signed in (0 with --all, which says so).")]
pub(super) struct SignOut {
    /// Every profile on this device, and every guest of the kiosk that runs
    #[arg(long, conflicts_with = "profile")]
    all: bool,
    /// One object of JSON
    #[arg(long)]
    pub(super) json: bool,
}

/// What became of one profile.
#[derive(Debug, Serialize)]
struct Told {
    profile: String,
    /// Whether the server has revoked its tokens; null where there was no session of it to revoke.
    revoked: Option<bool>,
    /// What was done, in words.
    words: Vec<String>,
}

impl SignOut {
    pub(super) fn run(self, global: &Global) -> Result<(), Error> {
        let context = Context::to_leave(global)?;
        let (accounts, client) = (&context.accounts, &context.client);
        let runtime = runtime()?;
        // No signal cuts a sign-out off half-way, with tokens revoked that still lie here: it has limits of its own.
        let _heard = {
            let _within = runtime.enter();
            process::shutdown_signal()
        };
        if !self.all {
            let profile = global.profile();
            return match runtime.block_on(accounts.sign_out(client, profile)) {
                ProfileSignOut::NotSignedIn => {
                    Err(nobody_here(profile, guests::count(&context.config)))
                }
                outcome => {
                    let (told, outcome) = told(profile, &outcome);
                    self.say(&told)
                        .and(outcome)
                        .and(self.end(&[told], guests::Left::default()))
                }
            };
        }
        let (profiles, outcome) = runtime.block_on(async {
            let mut all = accounts.sign_out_all_but(client, &[]);
            let mut outcome = Ok(());
            let mut profiles = Vec::new();
            while let Some((profile, one)) = all.next().await {
                if matches!(one, ProfileSignOut::NotSignedIn) {
                    continue;
                }
                let (told, own) = told(&profile, &one);
                outcome = outcome.and(self.say(&told)).and(own);
                profiles.push(told);
            }
            (profiles, outcome)
        });
        let left = guests::sign_out(&context.config);
        let words = left.words();
        let outcome = match profiles.is_empty() {
            true => accounts.can_be_listed().map_err(Error::from),
            false => outcome,
        };
        if profiles.is_empty() && words.is_none() && outcome.is_ok() && !self.json {
            return out::line("Nobody is signed in on this device, on no profile.");
        }
        let said = match words.filter(|_| !self.json) {
            Some(words) => out::line(&words),
            None => Ok(()),
        };
        said.and(self.end(&profiles, left)).and(outcome)
    }

    /// Says what became of one profile, as soon as that is known.
    fn say(&self, told: &Told) -> Result<(), Error> {
        match self.json {
            true => Ok(()),
            false => told.words.iter().try_for_each(|words| out::line(words)),
        }
    }

    /// Says what became of all, where that is one object.
    fn end(&self, profiles: &[Told], guests: guests::Left) -> Result<(), Error> {
        if !self.json {
            return Ok(());
        }
        let mut told = json!({ "profiles": profiles });
        if guests.signed_out > 0 {
            let guests::Left {
                signed_out,
                revoked,
            } = guests;
            told["guests"] = json!({ "signed_out": signed_out, "revoked": revoked });
        }
        out::json(&told)
    }
}

/// Nobody is kept on the profile. Who only has a look at the screen may be in front of a guest's.
fn nobody_here(profile: &str, count: u64) -> Error {
    let nobody = nobody(profile);
    match count {
        0 => nobody,
        _ => Error::new(
            nobody.exit,
            format!(
                "nobody is kept on profile \"{profile}\"; {}; sign out all with: vestibule sign-out --all",
                guests::words(count)
            ),
        ),
    }
}

/// What became of one profile, and the first failure.
fn told(profile: &str, outcome: &ProfileSignOut) -> (Told, Result<(), Error>) {
    let (revoked, words): (_, Vec<Result<String, Error>>) = match outcome {
        ProfileSignOut::SignedOut { outcome, .. } => {
            let beside = outcome.beside.iter().map(removed);
            let words = std::iter::once(report(profile, outcome)).chain(beside);
            let revoked = matches!(outcome.revocation, Revocation::Revoked);
            (Some(revoked), words.collect())
        }
        ProfileSignOut::Removed(files) => (None, files.iter().map(removed).collect()),
        ProfileSignOut::NotSignedIn => (None, Vec::new()),
    };
    let mut outcome = Ok(());
    let mut said = Vec::new();
    for one in words {
        match one {
            Ok(words) => said.push(words),
            Err(error) => outcome = outcome.and(Err(error)),
        }
    }
    let told = Told {
        profile: profile.to_owned(),
        revoked,
        words: said,
    };
    (told, outcome)
}

/// What became of a file of another server or client, or of one that was kept aside. Only one that is still there is a
/// failure.
fn removed(file: &RemovedFile) -> Result<String, Error> {
    let mut at = file.file.display().to_string();
    if let Some(end) = &file.link_to {
        at = format!("{at} (a symbolic link to {}, which stays)", end.display());
    }
    if let Some(why) = &file.not_removed {
        return Err(Error::new(
            Exit::Unexpected,
            format!("{at} could not be removed: {why}"),
        ));
    }
    Ok(match &file.at {
        None => format!(
            "Removed {at}, which does not read as a session: tokens that may be in it were not revoked and stay \
             valid at their server until they expire."
        ),
        Some((issuer, client_id, revocation)) => {
            let (issuer, client_id) = (plain(issuer), plain(client_id));
            let outcome = match revocation {
                Revocation::Revoked => "the server has revoked its tokens.".to_owned(),
                Revocation::NotOffered => {
                    "the server offers no revocation, so its tokens stay valid there until they \
                                           expire."
                        .to_owned()
                }
                Revocation::Failed(error) => format!(
                    "its tokens could not be revoked there ({error}) and stay valid until they expire."
                ),
            };
            format!("Removed {at}, a session of {issuer} (client {client_id}); {outcome}")
        }
    })
}

/// What became of a sign-out. Only a file that is still there is a failure.
fn report(profile: &str, outcome: &Outcome) -> Result<String, Error> {
    if let Some(why) = &outcome.not_removed {
        return Err(Error::new(
            Exit::Unexpected,
            format!("profile \"{profile}\": the session could not be removed: {why}"),
        ));
    }
    Ok(words(profile, &outcome.revocation))
}

fn words(profile: &str, revocation: &Revocation) -> String {
    match revocation {
        Revocation::Revoked => {
            format!("Signed out of profile \"{profile}\"; the server has revoked its tokens.")
        }
        Revocation::NotOffered => format!(
            "Signed out of profile \"{profile}\" on this device; the server offers no revocation, so its \
             tokens stay valid there until they expire."
        ),
        Revocation::Failed(error) => format!(
            "Signed out of profile \"{profile}\" on this device; its tokens could not be revoked at the \
             server ({error}) and stay valid there until they expire."
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use device_flow;

    #[test]
    fn says_what_could_not_be_revoked() {
        assert!(words("default", &Revocation::Revoked).contains("has revoked"));
        assert!(words("default", &Revocation::NotOffered).contains("offers no revocation"));
        let failed = words(
            "kitchen",
            &Revocation::Failed(device_flow::Error::network(
                device_flow::NetworkFailure::Connect,
                "nobody there".to_owned(),
            )),
        );
        assert!(
            failed.contains("kitchen") && failed.contains("connection refused"),
            "{failed}"
        );
    }

    #[test]
    fn a_file_that_stays_is_a_failure() {
        let stays = Outcome {
            revocation: Revocation::Revoked,
            not_removed: Some("read-only file system".to_owned()),
            beside: Vec::new(),
        };
        let error = report("default", &stays).unwrap_err();
        assert_eq!(error.exit, Exit::Unexpected);
        assert!(error.message.contains("read-only"), "{error}");
    }
}
