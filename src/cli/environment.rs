//! Options that units and containers set as variables: what is typed wins over them.

use std::ffi::OsString;

use clap::{ArgMatches, ValueEnum, parser::ValueSource};

use super::kiosk::{Renderer, WindowOptions, size};
use super::{Cli, Command, Global};
use crate::session::profile_name;

/// Of these, and no others, this program hears. `VESTIBULE_CONFIG` is read where the configuration is looked for.
pub(super) const VARIABLES: [&str; 8] = [
    "VESTIBULE_CONFIG",
    "VESTIBULE_PROFILE",
    "VESTIBULE_LOG_FORMAT",
    "VESTIBULE_LOG_LEVEL",
    COLOR,
    "VESTIBULE_RENDERER",
    "VESTIBULE_WINDOWED",
    "VESTIBULE_METRICS_TEXTFILE",
];

/// Heard before anything else is read: see [`Cli::read`].
pub(super) const COLOR: &str = "VESTIBULE_COLOR";

/// What a program of this one's tells a further one of itself, and what its tests do.
const OWN: [&str; 2] = ["VESTIBULE_GPU_LEFT", "VESTIBULE_PROGRAM"];

const PREFIX: &str = "VESTIBULE_";

impl Cli {
    /// Fills in what was not typed. `matches` tell what was.
    ///
    /// # Errors
    /// In words, the first variable that says something wrong. Those of the window are read by what opens one.
    pub(super) fn hear(
        &mut self,
        matches: &ArgMatches,
        variable: impl Fn(&str) -> Option<OsString>,
    ) -> Result<(), String> {
        self.global.hear(matches, &variable)?;
        let of_command = matches.subcommand().map(|(_, matches)| matches);
        let of_window = of_command.unwrap_or(matches);
        match &mut self.command {
            None => self.window.hear(of_window, &variable),
            Some(Command::Kiosk(kiosk)) => kiosk.window.hear(of_window, &variable),
            #[cfg(feature = "demo")]
            Some(Command::Demo(demo)) => demo.window.hear(of_window, &variable),
            Some(_) => Ok(()),
        }
    }
}

impl Global {
    fn hear(
        &mut self,
        matches: &ArgMatches,
        variable: &impl Fn(&str) -> Option<OsString>,
    ) -> Result<(), String> {
        if let Some(said) = said(matches, "profile", "VESTIBULE_PROFILE", variable)? {
            let name = profile_name(&said);
            self.profile = Some(name.map_err(|why| format!("VESTIBULE_PROFILE: {why}"))?);
        }
        if let Some(said) = said(matches, "log_format", "VESTIBULE_LOG_FORMAT", variable)? {
            self.log_format = Some(one_of("VESTIBULE_LOG_FORMAT", &said)?);
        }
        if let Some(said) = said(matches, "log_level", "VESTIBULE_LOG_LEVEL", variable)? {
            self.log_level = Some(one_of("VESTIBULE_LOG_LEVEL", &said)?);
        }
        if let Some(said) = said(matches, "color", COLOR, variable)? {
            self.color = one_of(COLOR, &said)?;
        }
        Ok(())
    }
}

impl WindowOptions {
    fn hear(
        &mut self,
        matches: &ArgMatches,
        variable: &impl Fn(&str) -> Option<OsString>,
    ) -> Result<(), String> {
        if let Some(said) = said(matches, "renderer", "VESTIBULE_RENDERER", variable)? {
            self.renderer = one_of::<Renderer>("VESTIBULE_RENDERER", &said)?;
        }
        if let Some(said) = said(matches, "windowed", "VESTIBULE_WINDOWED", variable)? {
            let read = size(&said);
            self.windowed = Some(read.map_err(|why| format!("VESTIBULE_WINDOWED: {why}"))?);
        }
        let name = "VESTIBULE_METRICS_TEXTFILE";
        if let Some(said) = said(matches, "metrics_textfile", name, variable)? {
            self.metrics_textfile = Some(said.into());
        }
        Ok(())
    }
}

/// What the variable says, where the option was not typed. An empty one says nothing.
fn said(
    matches: &ArgMatches,
    option: &str,
    name: &str,
    variable: &impl Fn(&str) -> Option<OsString>,
) -> Result<Option<String>, String> {
    if matches.value_source(option) == Some(ValueSource::CommandLine) {
        return Ok(None);
    }
    match variable(name).filter(|value| !value.is_empty()) {
        None => Ok(None),
        Some(value) => match value.into_string() {
            Ok(value) => Ok(Some(value)),
            Err(_) => Err(format!("{name}: not UTF-8")),
        },
    }
}

fn one_of<T: ValueEnum>(name: &str, said: &str) -> Result<T, String> {
    T::from_str(said, false).map_err(|_| {
        let values = T::value_variants().iter();
        let values = values.filter_map(ValueEnum::to_possible_value);
        let values: Vec<_> = values.map(|value| value.get_name().to_owned()).collect();
        format!("{name}: \"{said}\" is not one of {}", values.join(", "))
    })
}

/// In words, each variable with our prefix that this program does not hear.
pub(super) fn unknown(names: impl Iterator<Item = OsString>) -> Vec<String> {
    let names = names.filter_map(|name| name.into_string().ok());
    let mut unknown: Vec<_> = names
        .filter(|name| name.starts_with(PREFIX))
        .filter(|name| !VARIABLES.contains(&name.as_str()) && !OWN.contains(&name.as_str()))
        .map(|name| {
            // What all of them begin with makes no two alike.
            let ends = VARIABLES
                .iter()
                .filter_map(|known| known.strip_prefix(PREFIX));
            let near = crate::config::nearest_word(&name[PREFIX.len()..], ends);
            let near = near.map(|near| format!("; the nearest is {PREFIX}{near}"));
            let near = near.unwrap_or_default();
            format!("the variable {name} has no effect{near}")
        })
        .collect();
    unknown.sort();
    unknown
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory, FromArgMatches};

    use super::*;

    fn heard(line: &str, variables: &[(&str, &str)]) -> Result<Cli, String> {
        let matches = Cli::command()
            .try_get_matches_from(line.split(' '))
            .unwrap();
        let mut cli = Cli::from_arg_matches(&matches).unwrap();
        let variable = |name: &str| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        };
        cli.hear(&matches, variable).map(|()| cli)
    }

    #[test]
    fn what_is_typed_wins_over_a_variable() {
        let variables = [
            ("VESTIBULE_PROFILE", "lobby"),
            ("VESTIBULE_LOG_LEVEL", "debug"),
        ];
        for (line, profile, level) in [
            ("vestibule status --all", "lobby", "Debug"),
            ("vestibule --profile kitchen status", "kitchen", "Debug"),
            ("vestibule status --profile kitchen", "kitchen", "Debug"),
            ("vestibule status --log-level warn", "lobby", "Warn"),
        ] {
            let cli = heard(line, &variables).unwrap();
            assert_eq!(cli.global.profile(), profile, "{line}");
            assert_eq!(
                format!("{:?}", cli.global.log_level),
                format!("Some({level})"),
                "{line}"
            );
        }
        assert_eq!(
            heard("vestibule status", &[("VESTIBULE_PROFILE", "")])
                .unwrap()
                .global
                .profile,
            None
        );
    }

    #[test]
    fn a_wrong_variable_is_named_with_what_it_may_be() {
        for (name, value, words) in [
            ("VESTIBULE_LOG_LEVEL", "loud", "error, warn, info"),
            ("VESTIBULE_LOG_FORMAT", "xml", "text, json"),
            ("VESTIBULE_PROFILE", "../x", "VESTIBULE_PROFILE"),
            ("VESTIBULE_COLOR", "red", "auto, always, never"),
        ] {
            let refused = heard("vestibule status", &[(name, value)]).unwrap_err();
            assert!(
                refused.contains(name) && refused.contains(words),
                "{refused}"
            );
        }
        let wrong = [("VESTIBULE_RENDERER", "crayon")];
        assert!(
            heard("vestibule kiosk", &wrong)
                .unwrap_err()
                .contains("auto, gpu, software")
        );
        assert!(heard("vestibule", &wrong).is_err());
        // What opens no window does not look.
        assert!(heard("vestibule status", &wrong).is_ok());
    }

    #[test]
    fn a_variable_of_the_window_is_no_option_before_the_command() {
        let variables = [
            ("VESTIBULE_RENDERER", "software"),
            ("VESTIBULE_WINDOWED", "640x480"),
        ];
        assert!(
            !heard("vestibule status", &variables)
                .unwrap()
                .window
                .are_given()
        );
        assert!(heard("vestibule", &variables).unwrap().window.are_given());
    }

    #[test]
    fn a_variable_that_is_not_heard_is_told_with_the_nearest() {
        let names = [
            "HOME",
            "VESTIBULE_CONFIG",
            "VESTIBULE_LOGLEVEL",
            "VESTIBULE_XYZZY",
        ];
        let told = unknown(names.into_iter().map(OsString::from));
        assert_eq!(told.len(), 2, "{told:?}");
        assert!(
            told[0].contains("VESTIBULE_LOGLEVEL") && told[0].contains("VESTIBULE_LOG_LEVEL"),
            "{told:?}"
        );
        assert_eq!(told[1], "the variable VESTIBULE_XYZZY has no effect");
    }
}
