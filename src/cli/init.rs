//! `vestibule init`: from nothing to a configuration that was checked.

mod ask;
mod question;

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use self::ask::Asker;
use self::question::{Answer, Question, questions};
use super::config::{add_row, check_files};
use super::doctor::Doctor;
use super::sign_in::SignIn;
use super::{Error, Exit, Global, out};
use crate::config::{self, ConfigFile, Preset};
use crate::host::atomic_file;

/// Writes a configuration and checks it: asks what is missing, or takes it as options
///
/// Never over a file. Where nobody can be asked, everything that is needed has to be an option.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vestibule init
  vestibule init --preset auth0 --domain acme.eu.auth0.com --client-id AbC \\
      --audience https://api.example.com --api https://api.example.com/v1/
  vestibule init --preset keycloak --issuer https://id.example.com/realms/acme \\
      --client-id tv --file new.toml

Writes the file (0600), runs doctor on it and, on a terminal, goes on to the sign-in and a first row.

Ends with 0 when nothing failed, 2 when something is missing or a file is there already, with what doctor ends
with, with what sign-in ends with where that was wanted (the file stays), and 130 when interrupted, which leaves
nothing before the file is written.")]
pub(super) struct Init {
    /// The kind of authorization server
    #[arg(
        long,
        value_parser = PossibleValuesParser::new(Preset::names()).try_map(Preset::try_from)
    )]
    preset: Option<Preset>,
    /// Host name of the tenant
    #[arg(long, value_name = "HOST")]
    domain: Option<String>,
    /// The issuer's address
    #[arg(long, value_name = "URL")]
    issuer: Option<String>,
    /// Directory of preset microsoft
    #[arg(long, value_name = "DIRECTORY")]
    tenant: Option<String>,
    /// This application's client identifier
    #[arg(long, value_name = "ID")]
    client_id: Option<String>,
    /// File with the client secret, for servers that demand one
    #[arg(long, value_name = "FILE")]
    client_secret_file: Option<PathBuf>,
    /// The API that access tokens are for
    #[arg(long, value_name = "AUDIENCE")]
    audience: Option<String>,
    /// Permissions that your API wants, beside those of the preset, with blanks between them
    #[arg(long, value_name = "SCOPES")]
    scopes: Option<String>,
    /// Where codes are asked for, with preset oauth2
    #[arg(long, value_name = "URL")]
    device_authorization_endpoint: Option<String>,
    /// Where tokens are asked for, with preset oauth2
    #[arg(long, value_name = "URL")]
    token_endpoint: Option<String>,
    /// Address of your API
    #[arg(long, value_name = "URL")]
    api: Option<String>,
    /// Name on the screen
    #[arg(long, value_name = "TITLE")]
    title: Option<String>,
    /// Where to write it [default: ~/.config/vestibule/vestibule.toml]
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

impl Init {
    pub(super) fn run(self, global: &Global) -> Result<(), Error> {
        let own = config::directories()?.config_dir.join("vestibule.toml");
        let named = self.file.clone().or_else(|| global.config.clone());
        let path = named.clone().unwrap_or_else(|| own.clone());
        if path.symlink_metadata().is_ok() {
            return Err(in_the_way(&path));
        }
        let mut asker = Asker::new();
        let (preset, answers) = self.answers(&mut asker, &path)?;
        let given: Vec<(&str, &str)> = answers
            .iter()
            .map(|(key, answer)| (*key, answer.as_str()))
            .collect();
        let text = preset.filled(&given);
        let loaded = ConfigFile::alone(&text, &path)?;
        check_files(&loaded)?;
        let config = loaded.config;
        let folder = path
            .parent()
            .filter(|folder| !folder.as_os_str().is_empty());
        let folder = folder.unwrap_or(Path::new("."));
        atomic_file::create(folder, &path, ".vestibule.", text.as_bytes()).map_err(|error| {
            match error.kind() {
                std::io::ErrorKind::AlreadyExists => in_the_way(&path),
                _ => Error::usage(format!("{}: {error}; nothing was written", path.display())),
            }
        })?;
        out::line(&format!("Written: {}\n", path.display()))?;
        let mut global = global.clone();
        if path != own {
            global.config = Some(path);
        }
        let checked = Doctor::default().run(&global);
        if checked.is_err() {
            let option = option(&global);
            out::line(&format!(
                "\nPut right what failed, there or at the server, and look again: vestibule{option} doctor"
            ))?;
            return checked;
        }
        let has_api = config.api.is_some();
        let mut has_row = config.api.is_some_and(|api| !api.rows.is_empty());
        let is_wanted = asker.is_there()
            && asker.confirms("\nSign in now, with a phone or another browser?")?;
        let signed_in = match is_wanted {
            true => SignIn::for_a_person().run(&global).map(|()| true),
            false => Ok(false),
        };
        let is_signed_in = signed_in == Ok(true);
        if is_signed_in && has_api {
            has_row |= first_rows(&mut asker, &global)?;
        }
        // Whoever interrupted wants no more words.
        if !matches!(&signed_in, Err(error) if error.exit == Exit::Interrupted) {
            out::line(&next(&option(&global), is_signed_in, has_api, has_row))?;
        }
        signed_in.map(|_| ())
    }

    /// What the options say and a person answers, each checked as it comes.
    fn answers(&self, asker: &mut Asker, path: &Path) -> Result<(Preset, Vec<Answer>), Error> {
        let preset = match self.preset {
            Some(preset) => preset,
            None if !asker.is_there() => return Err(missing(&["--preset".to_owned()])),
            None => {
                let preset = asker.preset()?;
                out::line(&format!("\n{}\n", preset.at_the_server()))?;
                preset
            }
        };
        let secret = self
            .client_secret_file
            .as_deref()
            .map(std::path::absolute)
            .transpose();
        let secret =
            secret.map_err(|error| Error::usage(format!("--client-secret-file: {error}")))?;
        let secret = secret.map(|secret| secret.display().to_string());
        let given = |question: &Question| {
            let option = match question.key {
                "provider.domain" => &self.domain,
                "provider.issuer" => &self.issuer,
                "provider.tenant" => &self.tenant,
                "provider.client_id" => &self.client_id,
                "provider.client_secret_file" => &secret,
                "provider.audience" => &self.audience,
                "provider.scopes" => &self.scopes,
                "provider.device_authorization_endpoint" => &self.device_authorization_endpoint,
                "provider.token_endpoint" => &self.token_endpoint,
                "api.base_url" => &self.api,
                _ => &self.title,
            };
            option.clone()
        };
        let mut answers: Vec<Answer> = Vec::new();
        let mut lacking = Vec::new();
        for question in questions(preset, self.issuer.is_some()) {
            // An empty option is an empty line: the person who calls wants what stands for none.
            let answer = match given(&question) {
                Some(answer) if !question.is_required && answer.trim().is_empty() => None,
                Some(answer) => {
                    let wrong = question.problem(preset, &answers, &answer, path);
                    if let Some(problem) = wrong {
                        return Err(Error::usage(format!("{}: {problem}", question.option)));
                    }
                    Some(answer)
                }
                // What has no meaning with the preset is only taken where it is given, and then refused.
                None if !question.is_asked => None,
                None if asker.is_there() => asker.answer(&question, |answer| {
                    question.problem(preset, &answers, answer, path)
                })?,
                None if question.is_required => {
                    lacking.push(question.option.to_owned());
                    None
                }
                None => None,
            };
            answers.extend(answer.map(|answer| (question.key, answer)));
        }
        match lacking.is_empty() {
            true => Ok((preset, answers)),
            false => Err(missing(&lacking)),
        }
    }
}

fn in_the_way(path: &Path) -> Error {
    Error::usage(format!(
        "{}: there is a file already, and it stays as it is. See what it says: vestibule config show. Write another \
         with --file",
        path.display()
    ))
}

fn missing(options: &[String]) -> Error {
    Error::usage(format!(
        "missing: {}. Nobody can be asked here, so it has to be an option",
        options.join(", ")
    ))
}

/// How the commands after this one name the file, where they would not find it by themselves.
fn option(global: &Global) -> String {
    let named = global.config.as_ref();
    named.map_or_else(String::new, |path| format!(" --config {}", path.display()))
}

/// Asks for paths until none is given or one made a row, which is told.
fn first_rows(asker: &mut Asker, global: &Global) -> Result<bool, Error> {
    let ask = "\nA path of your API that answers with a list, for a first row, such as library/continue (empty: none)";
    while let Some(path) = asker.line(ask)? {
        match add_row(global, path) {
            Ok(()) => return Ok(true),
            Err(error) => out::say(&format!("vestibule: {error}")),
        }
    }
    Ok(false)
}

fn next(option: &str, signed_in: bool, has_api: bool, has_row: bool) -> String {
    let mut next = String::from("\nWhat comes next:\n");
    if !signed_in {
        next.push_str(&format!("  vestibule{option} sign-in\n"));
    }
    match has_api {
        true => next.push_str(&format!(
            "  vestibule{option} {:<32} a {} row\n",
            "config suggest PATH --write",
            if has_row { "further" } else { "first" }
        )),
        false => next.push_str("  [api] in the file says where your API is; without it the screen shows the account alone\n"),
    }
    next.push_str(&format!("  vestibule{option} {:<32} the screen", ""));
    next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_comes_next_stands_in_one_column_and_fits_what_there_is() {
        for (has_row, row) in [(false, "a first row"), (true, "a further row")] {
            let next = next(" --config new.toml", true, true, has_row);
            let column = |words: &str| next.lines().find_map(|line| line.find(words));
            assert!(column(row).is_some(), "{next}");
            assert_eq!(column(row), column("the screen"), "{next}");
        }
        assert!(next("", false, false, false).contains(" sign-in\n"));
    }
}
