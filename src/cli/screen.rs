//! `vestibule screen`: what is on the screen of the kiosk that runs.

use std::path::{Path, PathBuf};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use clap::Args;
use serde_json::Value;

use super::running_kiosk::{self, text};
use super::{Error, Exit, out};
use crate::app::control::Ask;
use crate::host::regular_file;

/// Tells what is on the screen of the kiosk that runs, in words or as a picture
///
/// Asks the kiosk through its control socket; only its user and root are answered. The picture is what the program draws,
/// whether or not a television shows it. The code that is on and the QR code with it are covered: whoever gets the
/// picture could sign in on this box until it expires. The picture may show names and what somebody watches.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vestibule screen
  vestibule screen --json
  vestibule screen --png now.png
  ssh box sudo -u vestibule vestibule screen --png - > now.png

Ends with 0 when the kiosk has answered, 1 when none runs or it does not answer, and 2 when several run and none is
named.")]
pub(super) struct Screen {
    /// One object of JSON
    #[arg(long)]
    pub(super) json: bool,
    /// Write a picture of the screen to this file, for its owner alone; - is standard output
    #[arg(long, value_name = "FILE", conflicts_with = "json")]
    png: Option<PathBuf>,
    /// Leave code and QR code in the picture
    #[arg(long, requires = "png")]
    with_code: bool,
    /// The kiosk with this process, where several run
    #[arg(long, value_name = "PID")]
    pid: Option<i32>,
}

impl Screen {
    pub(super) fn run(self) -> Result<(), Error> {
        let Some(file) = &self.png else {
            let answer = running_kiosk::ask(self.pid, Ask::Screen)?;
            let answer = running_kiosk::accepted(answer)?;
            return match self.json {
                true => out::json(&answer),
                false => out::text(&words(&answer)),
            };
        };
        let is_standard_output = file == Path::new("-");
        if is_standard_output && out::terminal().is_some() {
            let words =
                "a picture is nothing for a terminal: name a file, or redirect standard output";
            return Err(Error::usage(words));
        }
        let ask = Ask::Picture {
            with_code: self.with_code,
        };
        let answer = running_kiosk::accepted(running_kiosk::ask(self.pid, ask)?)?;
        let picture = BASE64_STANDARD.decode(text(&answer, "png"));
        let picture = picture.map_err(|error| Error::new(Exit::Unexpected, error.to_string()))?;
        if is_standard_output {
            return out::as_is(&picture);
        }
        regular_file::write_private(file, &picture)
            .map_err(|error| Error::usage(format!("{}: {error}", file.display())))?;
        if answer["covered"] == true {
            out::say(
                "vestibule: the code on the screen is covered; --with-code leaves it in the picture",
            );
        }
        Ok(())
    }
}

/// What is on, for people.
fn words(answer: &Value) -> String {
    let mut words = format!("{}, {}", text(answer, "screen"), text(answer, "state"));
    if let Some(error) = answer["error"].as_str() {
        words.push_str(&format!(": {error}"));
    }
    if answer["dimmed"] == true {
        words.push_str(", dimmed");
    }
    if answer["hidden"] == true {
        words.push_str(", drawn but not shown");
    }
    let size = &answer["size"];
    let nobody = match answer["guest"] == true {
        true => "a guest, not remembered",
        false => "nobody",
    };
    let profile = answer["profile"].as_str().unwrap_or(nobody);
    let lines = [
        ("since", text(answer, "since").to_owned()),
        ("signed in", profile.to_owned()),
        (
            "window",
            format!("{}x{}, {}", size[0], size[1], text(answer, "renderer")),
        ),
        ("configuration", text(answer, "config").to_owned()),
        (
            "program",
            format!("{}, process {}", text(answer, "version"), answer["pid"]),
        ),
        ("troubles", joined(&answer["troubles"])),
        ("after a restart", joined(&answer["after_restart"])),
    ];
    let lines = lines.iter().filter(|(_, value)| !value.is_empty());
    let lines = lines.map(|(name, value)| format!("  {name:<16}{value}\n"));
    format!("{words}\n{}", lines.collect::<String>())
}

fn joined(list: &Value) -> String {
    let words = list
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str);
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_guest_is_told_without_a_name() {
        let answer = json!({ "signed_in": true, "profile": null, "guest": true, "guests": 1 });
        assert!(words(&answer).contains("signed in       a guest, not remembered\n"));
    }

    #[test]
    fn words_leave_out_what_there_is_nothing_to_say_of() {
        let answer = json!({
            "screen": "sign_in", "state": "offline", "error": "network", "since": "2026-01-02T03:04:05Z",
            "dimmed": true, "hidden": true, "signed_in": false, "profile": null, "size": [1280, 720],
            "renderer": "tiny-skia", "troubles": ["server_unreachable"], "after_restart": [],
            "config": null, "pid": 7, "version": "0.1.0",
        });
        assert_eq!(
            words(&answer),
            "sign_in, offline: network, dimmed, drawn but not shown\n\
             \u{20} since           2026-01-02T03:04:05Z\n\
             \u{20} signed in       nobody\n\
             \u{20} window          1280x720, tiny-skia\n\
             \u{20} program         0.1.0, process 7\n\
             \u{20} troubles        server_unreachable\n"
        );
    }
}
