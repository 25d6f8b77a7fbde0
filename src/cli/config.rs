//! `vestibule config`: where it is looked for, what it says, whether it is right, how to begin.

mod suggest;
mod try_row;

use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use serde_json::{Value, json};

use super::{Error, Exit, Global, context, out};
use crate::config::{self, Config, ConfigFile, Preset, SearchPath};
use crate::host::file_access;
use crate::host::regular_file::{self, Links};

/// Finds, shows and checks the configuration, or prints one to start from
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vestibule config example --preset auth0 > ~/.config/vestibule/vestibule.toml
  vestibule config check
  vestibule config path")]
pub(super) struct ConfigCommand {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Print where the configuration is looked for, in order, and which file is used
    #[command(after_long_help = "Example:\n  vestibule config path")]
    Path {
        /// Print one line of JSON
        #[arg(long)]
        json: bool,
    },
    /// Print the configuration as it is understood, defaults filled in and secrets masked
    #[command(after_long_help = "Example:\n  vestibule --config new.toml config show")]
    Show {
        /// Print one line of JSON
        #[arg(long)]
        json: bool,
    },
    /// Check the configuration; says of every mistake where it is and what to write
    #[command(after_long_help = "\
Example:
  vestibule --config new.toml config check

Warns of files that others may write, and of a secret that others may read.

Ends with 0 when all is right and 2 when it is not.")]
    Check {
        /// Print one line of JSON
        #[arg(long)]
        json: bool,
    },
    /// Load a row from the live API and print what it maps to
    #[command(after_long_help = "\
Examples:
  vestibule config try \"Continue watching\"
  vestibule config try 2 --json | jq .not_found
  vestibule config try 2 --page 3
  vestibule config try Series --opens 2

Names each pointer that leads nowhere, in how many items, and what stands there instead; what reads well and
looks wrong, such as a song of 61 hours; loads the first pictures; and says what each action would send for the
first card, without sending it, and what the first card that opens a list would ask for. With --opens N it asks
for that list, too, for what the first card of it opens, and so on, N lists deep, and tells of each what it tells
of the row. Needs somebody who is signed in.

Ends with 0 when all of it can be shown, 2 when an answer is not what the configuration says, 3 when nobody
is signed in, 6 when the API cannot be reached, and 1 when it answers with an error, such as HTTP 400 or 404.")]
    Try {
        /// The row: its title, or its number from 1
        #[arg(value_name = "ROW")]
        row: String,
        /// Which page, by the row's own paging
        #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=1000))]
        page: u32,
        /// Try what the first card opens, too, so many lists deep
        #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true, value_parser = clap::value_parser!(u32).range(0..=100))]
        opens: u32,
        /// Print one line of JSON
        #[arg(long)]
        json: bool,
    },
    Suggest(suggest::Suggest),
    /// Print a commented configuration to start from
    #[command(after_long_help = "\
Example:
  vestibule config example --preset oidc > ~/.config/vestibule/vestibule.toml")]
    Example {
        /// The kind of authorization server
        #[arg(
            long,
            default_value = "auth0",
            value_parser = PossibleValuesParser::new(Preset::names()).try_map(Preset::try_from)
        )]
        preset: Preset,
    },
}

impl ConfigCommand {
    /// Whether JSON was asked for.
    pub(super) fn as_json(&self) -> bool {
        match &self.what {
            What::Path { json }
            | What::Show { json }
            | What::Check { json }
            | What::Try { json, .. } => *json,
            What::Suggest(suggest) => suggest.json,
            What::Example { .. } => false,
        }
    }

    pub(super) fn run(self, global: &Global) -> Result<(), Error> {
        match self.what {
            What::Path { json } => path(global, json),
            What::Show { json } => {
                let loaded = context::configuration(global)?;
                if json {
                    return out::json(&as_value(&loaded)?);
                }
                out::text(&format!(
                    "# {}\n{}",
                    loaded.path.display(),
                    config::show(&loaded.config)
                ))
            }
            What::Check { json } => {
                let (loaded, warnings) = checked(global)?;
                for warning in &warnings {
                    out::say(&format!("vestibule: warning: {warning}"));
                }
                if json {
                    return out::json(
                        &json!({"ok": true, "file": loaded.path, "warnings": warnings}),
                    );
                }
                out::line(&format!("{}: all is right", loaded.path.display()))
            }
            What::Try {
                row,
                page,
                opens,
                json,
            } => try_row::run(global, &row, try_row::Extent { page, opens }, json),
            What::Suggest(suggest) => suggest.run(global),
            What::Example { preset } => out::text(&preset.example()),
        }
    }
}

/// The configuration, with the files that it names, and what is right and should be otherwise.
pub(super) fn checked(global: &Global) -> Result<(ConfigFile, Vec<String>), Error> {
    let loaded = context::configuration(global)?;
    check_files(&loaded.path, &loaded.config)?;
    let mut warnings = open_to_others(&loaded.path, &loaded.config);
    if loaded.config.telemetry.is_some() && !cfg!(feature = "telemetry") {
        let no_effect =
            "[telemetry] has no effect: this program was built without the feature telemetry";
        warnings.push(no_effect.to_owned());
    }
    Ok((loaded, warnings))
}

/// What `config show --json` prints: the same as an object, below the file.
fn as_value(loaded: &ConfigFile) -> Result<Value, Error> {
    let shown = toml::from_str::<Value>(&config::show(&loaded.config));
    let shown = shown.map_err(|error| Error::new(Exit::Unexpected, error.to_string()))?;
    Ok(json!({"file": loaded.path, "config": shown}))
}

fn path(global: &Global, as_json: bool) -> Result<(), Error> {
    let mut used = false;
    let mut text = String::new();
    let mut list = Vec::new();
    for (path, _) in SearchPath::of_this_process().candidates(global.config.as_deref()) {
        let state = match (path.exists(), used) {
            (true, false) => "used",
            (true, true) => "not used",
            (false, _) => "not there",
        };
        used |= path.exists();
        text.push_str(&format!("{state:<9}  {}\n", path.display()));
        list.push(json!({"path": path, "state": state}));
    }
    match as_json {
        true => out::json(&json!({"files": list})),
        false => out::text(&text),
    }
}

/// Looks at what the API answers at `path` and adds a row for it to the configuration.
pub(super) fn add_row(global: &Global, path: String) -> Result<(), Error> {
    suggest::Suggest::to_be_written(path).run(global)
}

/// In words, which of the files that decide what the program does, or hold its secret, are not their owner's alone.
pub(super) fn open_to_others(path: &Path, config: &Config) -> Vec<String> {
    let provider = &config.provider;
    let files = [Some(path), provider.ca_file.as_deref()];
    let mut found: Vec<_> = files
        .into_iter()
        .flatten()
        .flat_map(file_access::who_may_write)
        .collect();
    // The modes of credentials are systemd's, and right.
    let credentials = std::env::var_os("CREDENTIALS_DIRECTORY").map(PathBuf::from);
    let is_credential = |file: &Path| {
        credentials
            .as_ref()
            .is_some_and(|folder| file.starts_with(folder))
    };
    let secrets = provider.client_secret_file.as_deref().into_iter();
    for secret in secrets.chain(config.header_files()) {
        if !is_credential(secret) {
            found.extend(file_access::who_may_write(secret));
            found.extend(file_access::who_may_read(secret));
        }
    }
    found.dedup();
    found
}

/// Whether the files that the configuration names can be read.
pub(super) fn check_files(path: &Path, config: &Config) -> Result<(), Error> {
    check_provider_files(path, config)?;
    opens(path, "screen.logo", config.screen.logo.as_deref())?;
    let Some(telemetry) = &config.telemetry else {
        return Ok(());
    };
    let _ = telemetry.header_values()?;
    check_certificates(path, "telemetry", telemetry.ca_file.as_deref())
}

/// The same for those without which no server can be spoken to.
pub(super) fn check_provider_files(path: &Path, config: &Config) -> Result<(), Error> {
    let _ = config.provider.client_secret()?;
    config.check_headers()?;
    check_certificates(path, "provider", config.provider.ca_file.as_deref())
}

/// Whether the `ca_file` of a table holds certificates.
fn check_certificates(path: &Path, table: &str, ca_file: Option<&Path>) -> Result<(), Error> {
    let Some(ca_file) = ca_file else {
        return Ok(());
    };
    opens(path, &format!("{table}.ca_file"), Some(ca_file))?;
    config::trust_anchors(ca_file)
        .certificates()
        .map(|_| ())
        .map_err(|error| Error::usage(format!("{}: {table}.{error}", path.display())))
}

fn opens(path: &Path, key: &str, file: Option<&Path>) -> Result<(), Error> {
    match file.map(|file| (file, regular_file::open(file, Links::Followed))) {
        Some((file, Err(error))) => Err(Error::usage(format!(
            "{}: {key}: {}: {error}",
            path.display(),
            file.display()
        ))),
        Some((_, Ok(_))) | None => Ok(()),
    }
}
