//! `vestibule config`: where it is looked for, what it says, whether it is right, how to begin.

mod suggest;
mod try_row;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use super::{Error, Exit, Global, context, environment, out};
use crate::config::{self, ConfigFile, Preset, SearchPath};
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
                out::text(&shown(&loaded))
            }
            What::Check { json } => {
                let (loaded, warnings) = checked(global)?;
                for warning in &warnings {
                    out::say(&format!("vestibule: warning: {warning}"));
                }
                if json {
                    return out::json(
                        &json!({"ok": true, "file": told(&loaded.path), "files": all_told(&loaded.files), "warnings": warnings}),
                    );
                }
                for file in &loaded.files {
                    out::line(&format!("{}: all is right", file.display()))?;
                }
                Ok(())
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
    check_files(&loaded)?;
    let mut warnings = open_to_others(&loaded);
    let names = std::env::vars_os().map(|(name, _)| name);
    warnings.extend(environment::unknown(names));
    let candidates = SearchPath::of_this_process().candidates(global.config.as_deref());
    warnings.extend(not_heard(&candidates, &loaded.path));
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
    let origins = loaded.origins.values();
    let origins =
        origins.map(|(path, file, line)| (path, json!({"file": told(file), "line": line})));
    let origins: Map<_, _> = origins.collect();
    Ok(
        json!({"file": told(&loaded.path), "files": all_told(&loaded.files), "config": shown, "from": origins}),
    )
}

/// A path for JSON, which is UTF-8, as paths need not be.
/// A path for people and for JSON, which has no bytes that are no UTF-8.
pub(super) fn told(path: &Path) -> String {
    path.display().to_string()
}

pub(super) fn all_told(paths: &[PathBuf]) -> Vec<String> {
    paths.iter().map(|path| told(path)).collect()
}

/// What `config show` prints: with several files, the one that sets it behind each value.
fn shown(loaded: &ConfigFile) -> String {
    let mut text = String::new();
    for file in &loaded.files {
        text.push_str(&format!("# {}\n", file.display()));
    }
    let folder = loaded.path.parent().unwrap_or(Path::new(""));
    text.push_str(&match loaded.files.as_slice() {
        [only] if *only == loaded.path => config::show(&loaded.config),
        _ => config::show_with_origins(&loaded.config, &loaded.origins, folder),
    });
    text
}

fn path(global: &Global, as_json: bool) -> Result<(), Error> {
    let places = SearchPath::of_this_process();
    let named = global.config.as_deref();
    let in_use = config::base_in_use(named, &places);
    let mut text = String::new();
    let mut list = Vec::new();
    let mut tell = |path: &Path, state: &str| {
        text.push_str(&format!("{state:<9}  {}\n", path.display()));
        list.push(json!({"path": told(path), "state": state}));
    };
    for (path, _) in places.candidates(named) {
        let state = match in_use.as_ref() == Some(&path) {
            true => "used",
            false => "not used",
        };
        tell(&path, if path.exists() { state } else { "not there" });
        for fragment in config::fragment_files(&path) {
            tell(&fragment, state);
        }
    }
    match as_json {
        true => out::json(&json!({"files": list})),
        false => out::text(&text),
    }
}

/// In words, each folder of fragments that is not heard, as `in_use` was found before the base it belongs to.
fn not_heard(candidates: &[(PathBuf, bool)], in_use: &Path) -> Vec<String> {
    let others = candidates.iter().filter(|(base, _)| base != in_use);
    others
        .filter(|(base, _)| !config::fragment_files(base).is_empty())
        .map(|(base, _)| {
            format!(
                "nothing in {} has an effect, as {} is found first",
                config::fragments_folder(base).display(),
                in_use.display()
            )
        })
        .collect()
}

/// Looks at what the API answers at `path` and adds a row for it to the configuration.
pub(super) fn add_row(global: &Global, path: String) -> Result<(), Error> {
    suggest::Suggest::to_be_written(path).run(global)
}

/// In words, which of the files that decide what the program does, or hold its secret, are not their owner's alone.
pub(super) fn open_to_others(loaded: &ConfigFile) -> Vec<String> {
    let config = &loaded.config;
    let provider = &config.provider;
    let files = loaded.files.iter().map(PathBuf::as_path);
    let mut found: Vec<_> = files
        .chain(provider.ca_file.as_deref())
        .flat_map(file_access::who_may_write)
        .collect();
    // Whoever may put a file into it is heard, too.
    let folder = config::fragments_folder(&loaded.path);
    found.extend(file_access::who_may_write_into(&folder));
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
    let mut told = HashSet::new();
    found.retain(|one| told.insert(one.clone()));
    found
}

/// Whether the files that the configuration names can be read.
pub(super) fn check_files(loaded: &ConfigFile) -> Result<(), Error> {
    check_provider_files(loaded)?;
    let logo = loaded.config.screen.logo.as_deref();
    opens(loaded, ["screen", "logo"], logo)?;
    let backdrop = loaded.config.screen.backdrop.picture();
    opens(
        loaded,
        ["screen", "backdrop"],
        backdrop.map(PathBuf::as_path),
    )?;
    let Some(telemetry) = &loaded.config.telemetry else {
        return Ok(());
    };
    let _ = telemetry.header_values()?;
    check_certificates(loaded, "telemetry", telemetry.ca_file.as_deref())
}

/// The same for those without which no server can be spoken to.
pub(super) fn check_provider_files(loaded: &ConfigFile) -> Result<(), Error> {
    let config = &loaded.config;
    if let Err(error) = config.provider.client_secret() {
        // One that comes from elsewhere is named by no file.
        return Err(match config.provider.client_secret_file {
            Some(_) => {
                let key = ["provider", "client_secret_file"];
                let named_in = loaded.file_of(&key).display();
                Error::usage(format!("{named_in}: {}: {error}", key.join(".")))
            }
            None => error.into(),
        });
    }
    config.check_headers()?;
    check_certificates(loaded, "provider", config.provider.ca_file.as_deref())
}

/// Whether the `ca_file` of a table holds certificates.
fn check_certificates(
    loaded: &ConfigFile,
    table: &str,
    ca_file: Option<&Path>,
) -> Result<(), Error> {
    let Some(ca_file) = ca_file else {
        return Ok(());
    };
    let key = [table, "ca_file"];
    opens(loaded, key, Some(ca_file))?;
    let named_in = loaded.file_of(&key).display();
    config::trust_anchors(ca_file)
        .certificates()
        .map(|_| ())
        .map_err(|error| Error::usage(format!("{named_in}: {table}.{error}")))
}

fn opens(loaded: &ConfigFile, key: [&str; 2], file: Option<&Path>) -> Result<(), Error> {
    match file.map(|file| (file, regular_file::open(file, Links::Followed))) {
        Some((file, Err(error))) => Err(Error::usage(format!(
            "{}: {}: {}: {error}",
            loaded.file_of(&key).display(),
            key.join("."),
            file.display()
        ))),
        Some((_, Ok(_))) | None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fragments_of_a_base_that_is_not_the_first_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let [own, system] = ["own", "system"].map(|name| folder.path().join(name));
        let base = |folder: &Path| folder.join("vestibule.toml");
        let candidates = [(base(&own), false), (base(&system), false)];
        assert_eq!(not_heard(&candidates, &base(&own)), Vec::<String>::new());
        for folder in [&own, &system] {
            std::fs::create_dir_all(folder.join("conf.d")).unwrap();
            std::fs::write(folder.join("conf.d/10.toml"), "").unwrap();
        }
        let told = not_heard(&candidates, &base(&own));
        assert_eq!(told.len(), 1, "{told:?}");
        assert!(told[0].contains("system/conf.d has an effect"), "{told:?}");
    }
}
