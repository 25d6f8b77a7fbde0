//! A person at a terminal who is asked.

use std::io::{self, BufRead, IsTerminal, Read};

use super::question::Question;
use crate::cli::{Error, Exit, out};
use crate::config::Preset;

/// A longer answer is none.
const LONGEST: u64 = 8 * 1024;

/// Whoever can be asked.
pub(super) struct Asker {
    is_there: bool,
}

impl Asker {
    /// Somebody is there where both what is asked and what is answered is on a terminal.
    pub(super) fn new() -> Self {
        Self {
            is_there: io::stdin().is_terminal() && out::terminal().is_some(),
        }
    }

    /// Whether somebody can be asked.
    pub(super) fn is_there(&self) -> bool {
        self.is_there
    }

    /// A line that is answered; none where it is empty.
    ///
    /// # Errors
    /// [`Exit::Interrupted`] where the person leaves (^D).
    pub(super) fn line(&mut self, words: &str) -> Result<Option<String>, Error> {
        out::text(&format!("{words}: "))?;
        let mut line = String::new();
        let stdin = io::stdin().lock();
        let read = stdin.take(LONGEST).read_line(&mut line);
        let read =
            read.map_err(|error| Error::usage(format!("the answer cannot be read: {error}")))?;
        if read == 0 {
            out::line("")?;
            return Err(Error::new(Exit::Interrupted, "left before the end"));
        }
        let answer = line.trim();
        Ok((!answer.is_empty()).then(|| answer.to_owned()))
    }

    /// The answer to a question, once there is nothing wrong with it; none where it may be left out and is.
    ///
    /// # Errors
    /// As [`Asker::line`].
    pub(super) fn answer(
        &mut self,
        question: &Question,
        problem: impl Fn(&str) -> Option<String>,
    ) -> Result<Option<String>, Error> {
        loop {
            match self.line(&question.words)? {
                None if question.is_required => out::line("  It is needed.")?,
                None => return Ok(None),
                Some(answer) => match problem(&answer) {
                    None => return Ok(Some(answer)),
                    Some(problem) => out::line(&format!("  {problem}"))?,
                },
            }
        }
    }

    /// Whether a person says yes, which an empty answer does.
    ///
    /// # Errors
    /// As [`Asker::line`].
    pub(super) fn confirms(&mut self, words: &str) -> Result<bool, Error> {
        loop {
            let answer = self.line(&format!("{words} [Y/n]"))?.unwrap_or_default();
            match answer.to_lowercase().as_str() {
                "" | "y" | "yes" => return Ok(true),
                "n" | "no" => return Ok(false),
                _ => out::line("  y or n")?,
            }
        }
    }

    /// The kind of server: its number or its name.
    ///
    /// # Errors
    /// As [`Asker::line`].
    pub(super) fn preset(&mut self) -> Result<Preset, Error> {
        let names = Preset::names();
        let mut list = String::from("Where do people sign in?\n");
        for (index, name) in names.iter().enumerate() {
            list.push_str(&format!("  {:>2}  {name:<10} {}\n", index + 1, told(name)));
        }
        out::text(&list)?;
        loop {
            let answer = self.line("Number or name")?.unwrap_or_default();
            let number = answer.parse::<usize>().ok();
            let numbered = number.and_then(|number| names.get(number.checked_sub(1)?));
            let name = numbered.map_or(answer.to_lowercase(), |name| (*name).to_owned());
            match Preset::try_from(name) {
                Ok(preset) => return Ok(preset),
                Err(_) => out::line(&format!("  1 to {}, or a name of the list", names.len()))?,
            }
        }
    }
}

fn told(name: &str) -> &'static str {
    match name {
        "auth0" => "Auth0",
        "okta" => "Okta",
        "google" => "Google",
        "microsoft" => "Microsoft Entra ID, or personal Microsoft accounts",
        "github" => "GitHub",
        "gitlab" => "GitLab, gitlab.com or an installation of your own",
        "keycloak" => "Keycloak",
        "twitch" => "Twitch",
        "oidc" => "any other OpenID provider with a discovery document",
        "oauth2" => "plain OAuth 2.0, with addresses by hand",
        _ => "",
    }
}
