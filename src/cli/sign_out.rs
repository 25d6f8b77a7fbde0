//! `vestibule sign-out`: revokes at the server as far as possible, and forgets on this device.

use clap::Args;
use futures::StreamExt;

use super::context::{Context, foreign, runtime, set_aside};
use super::{Error, Exit, Global, out};
use crate::host::process;
use crate::oauth::Revocation;
use crate::session::{Farewell, SignOut as Outcome};
use crate::{api, config};

/// Revokes the session at the server and forgets it on this device
///
/// Works without a network, too: then it says what could not be revoked.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vestibule sign-out
  vestibule --profile kitchen sign-out
  vestibule sign-out --all

Ends with 0 when this device has forgotten the session, and 3 when nobody was signed in.")]
pub(super) struct SignOut {
    /// Every profile on this device
    #[arg(long, conflicts_with = "profile")]
    all: bool,
}

impl SignOut {
    pub(super) fn run(self, global: &Global) -> Result<(), Error> {
        let context = Context::to_leave(global)?;
        let runtime = runtime()?;
        let cache_dir = config::directories()?.cache_dir;
        // No signal cuts a sign-out off half-way, with tokens revoked that still lie here: it has limits of its own.
        let _heard = {
            let _within = runtime.enter();
            process::asked_to_end()
        };
        if !self.all {
            let profile = global.profile();
            let outcome = runtime.block_on(async {
                let session = context.session(profile)?;
                Ok::<_, Error>(api::sign_out(&session, &cache_dir).await)
            })?;
            return report(profile, &outcome);
        }
        runtime.block_on(async {
            let mut farewells = api::sign_out_all(&context.accounts, &context.client, cache_dir);
            let mut outcome = Ok(());
            while let Some((profile, farewell)) = farewells.next().await {
                outcome = outcome.and(say(&profile, farewell));
            }
            outcome
        })
    }
}

/// Says what became of one of all profiles.
fn say(profile: &str, farewell: Farewell) -> Result<(), Error> {
    match farewell {
        Farewell::SignedOut { outcome, .. } => report(profile, &outcome),
        Farewell::Nobody => Ok(()),
        Farewell::Foreign { issuer, client_id } => Err(Error::new(
            Exit::Unexpected,
            format!(
                "{}; sign out with the configuration of that server",
                foreign(profile, &issuer, &client_id)
            ),
        )),
        Farewell::SetAside { kept, why } => {
            out::say(&set_aside(&kept, &why));
            Ok(())
        }
        Farewell::Untouched(error) => Err(error.into()),
    }
}

/// Says what became of a sign-out. Only a file that is still there is a failure.
fn report(profile: &str, outcome: &Outcome) -> Result<(), Error> {
    if let Some(why) = &outcome.not_removed {
        return Err(Error::new(
            Exit::Unexpected,
            format!("profile \"{profile}\": the session could not be removed: {why}"),
        ));
    }
    out::line(&words(profile, &outcome.revocation))
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
    use crate::oauth;

    #[test]
    fn says_what_could_not_be_revoked() {
        assert!(words("default", &Revocation::Revoked).contains("has revoked"));
        assert!(words("default", &Revocation::NotOffered).contains("offers no revocation"));
        let failed = words(
            "kitchen",
            &Revocation::Failed(oauth::Error::Network {
                failure: oauth::NetworkFailure::Connect,
                detail: "nobody there".to_owned(),
            }),
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
        };
        let error = report("default", &stays).unwrap_err();
        assert_eq!(error.exit, Exit::Unexpected);
        assert!(error.message.contains("read-only"), "{error}");
    }
}
