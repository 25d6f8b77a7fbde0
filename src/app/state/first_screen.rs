//! What the program begins with: what lies on disk, and the rule that chooses.

use std::sync::Arc;
use std::time::Duration;

use device_flow::Chance;

use crate::app::Launch;
use crate::app::error_text::{self, ErrorText};
use crate::app::screen::{Context, who};
use crate::config::{Config, Contents, Start};
use crate::host::locale;
use crate::host::speech::Voice;
use crate::host::start_delay::StartDelay;
use crate::host::time_zone;
use crate::session::{self, Account, AccountState, Accounts, Listed, Session};

/// What the program begins with, and what its screens need from then on.
pub struct Booted {
    pub(super) context: Context,
    /// What the files of the configuration held.
    pub(super) contents: Contents,
    pub(super) first: FirstScreen,
}

/// What the program begins with.
pub(in crate::app) enum FirstScreen {
    /// The session of a profile, or why there is none.
    Restored(AccountState<Session>),
    /// A PIN.
    Pin(Box<Account>),
    /// "Who is watching?"
    Who(who::Choices),
}

/// Opens the accounts and reads what the program begins with. `language` is the one of the screen.
pub(super) fn read(
    config: Arc<Config>,
    language: &str,
    launch: Launch,
) -> Result<Booted, ErrorText> {
    let server = config.provider.preset.provider();
    let language = locale::tag(language);
    let client = config
        .client()
        .map_err(|error| error_text::of_exchange(&error, server))?
        .speaking(language.as_deref());
    // As the client secret: what cannot be asked of an API is known before anybody signs in.
    config.check_headers().map_err(|error| {
        let error = device_flow::Error::Misconfigured(error.to_string());
        error_text::of_exchange(&error, server)
    })?;
    let contents = Contents::read(&config);
    let accounts = Accounts::new(&launch.config_dir, &launch.cache_dir);
    accounts.sweep();
    let listed = accounts.list(&client);
    if !listed.is_empty() {
        time_zone::prepare();
    }
    let mut profile = launch.profile;
    let first = match first(launch.profile_given, &profile, &listed) {
        First::Who => FirstScreen::Who(who::Choices {
            listed,
            focus: accounts.last_used(),
            ..who::Choices::default()
        }),
        First::Pin(account) => FirstScreen::Pin(account),
        First::Profile(found) => {
            profile = found;
            FirstScreen::Restored(match Session::restore(&accounts, &client, &profile) {
                Err(session::Error::Ended(_)) => AccountState::SignedOut,
                restored => restored.map_err(|error| error_text::of_session(&error, server))?,
            })
        }
    };
    let spread = Duration::from_secs(config.device.start_spread_seconds.into());
    let start = StartDelay::new(spread, Chance::draw().of(spread));
    let nobody = !matches!(
        first,
        FirstScreen::Who(_)
            | FirstScreen::Pin(_)
            | FirstScreen::Restored(AccountState::SignedIn(_))
    );
    if nobody && config.sign_in.start == Start::AtLaunch {
        // The window takes its time to open.
        let client = client.clone();
        let start = start.clone();
        drop(tokio::spawn(async move {
            start.over().await;
            client.make_ready().await;
        }));
    }
    let path = std::env::var_os("PATH");
    let voice = Voice::find(&config.speech.command, path.as_deref());
    let context = Context {
        config,
        client,
        accounts,
        profile,
        voice,
        start,
    };
    Ok(Booted {
        context,
        contents,
        first,
    })
}

/// Who the start leads to.
#[derive(Debug, Clone, PartialEq)]
enum First {
    /// This profile's session, or its absence.
    Profile(String),
    /// The PIN of this account, then its session.
    Pin(Box<Account>),
    /// "Who is watching?"
    Who,
}

/// What to begin with. `wanted` is the profile in use; `given` says that it was named on the command line, and
/// then no other one is offered.
///
/// Without a name, one account alone needs no question, whatever its file is called: no other file of this
/// server is there then. A file that cannot be used counts as an account.
fn first(given: bool, wanted: &str, listed: &[Listed]) -> First {
    let mine = listed.iter().find(|listed| listed.profile == wanted);
    match (given, listed) {
        (true, _) => match mine.filter(|mine| mine.has_pin).and_then(Listed::account) {
            Some(account) => First::Pin(Box::new(account.clone())),
            None => First::Profile(wanted.to_owned()),
        },
        (false, []) => First::Profile(wanted.to_owned()),
        (false, [only]) if !only.has_pin => First::Profile(only.profile.clone()),
        (false, _) => First::Who,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listed(profile: &str, pin: bool) -> Listed {
        let account = crate::app::gallery::account(profile, "Ada Lovelace");
        Listed {
            profile: profile.to_owned(),
            state: AccountState::SignedIn(Box::new(account)),
            has_pin: pin,
        }
    }

    fn broken(profile: &str) -> Listed {
        Listed {
            profile: profile.to_owned(),
            state: AccountState::Broken {
                file: format!("accounts/{profile}.json").into(),
                why: "not a valid account file".to_owned(),
            },
            has_pin: false,
        }
    }

    #[test]
    fn the_start_asks_who_it_is_only_where_that_is_a_question() {
        let home = |profile: &str| First::Profile(profile.to_owned());
        for (what, here, expected) in [
            ("nobody", vec![], home("default")),
            (
                "default alone",
                vec![listed("default", false)],
                home("default"),
            ),
            (
                "another alone",
                vec![listed("account-2", false)],
                home("account-2"),
            ),
            ("broken alone", vec![broken("account-2")], home("account-2")),
            (
                "alone with a PIN",
                vec![listed("default", true)],
                First::Who,
            ),
            (
                "two",
                vec![listed("default", false), listed("kitchen", false)],
                First::Who,
            ),
            (
                "one and a broken file",
                vec![listed("kitchen", false), broken("default")],
                First::Who,
            ),
        ] {
            assert_eq!(first(false, "default", &here), expected, "{what}");
        }
    }

    #[test]
    fn a_profile_that_was_named_is_gone_to_at_once_after_its_pin() {
        let here = [
            listed("default", false),
            listed("kitchen", true),
            broken("attic"),
        ];
        for name in ["default", "attic", "cellar"] {
            assert_eq!(first(true, name, &here), First::Profile(name.to_owned()));
        }
        let First::Pin(account) = first(true, "kitchen", &here) else {
            panic!("no PIN is asked for");
        };
        assert_eq!(account.profile, "kitchen");
    }
}
