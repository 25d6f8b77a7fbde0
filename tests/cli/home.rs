//! A box of its own for one test: an empty home, and the program with nothing else around it.

use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

/// A good configuration; its server does not exist.
pub(crate) const GOOD: &str = r##"[provider]
preset = "auth0"
domain = "acme.eu.auth0.com"
client_id = "abc"

[api]
base_url = "https://api.example.com/v1"

[[api.rows]]
title = "Continue watching"
path = "library/continue"
items = "/items"
card = { id = "/id", title = "/name" }

[screen]
theme = "dark"
text_scale = 1.0
"##;

/// A box with an empty home directory.
pub(crate) struct Home {
    home: TempDir,
}

/// How a command ended.
#[derive(Debug)]
pub(crate) struct Ended {
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

impl Home {
    pub(crate) fn new() -> Self {
        let home = Self {
            home: tempfile::tempdir().unwrap(),
        };
        std::fs::create_dir_all(home.config_dir()).unwrap();
        home
    }

    /// A path in the box.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    /// The program's config directory.
    pub(crate) fn config_dir(&self) -> PathBuf {
        self.path("config/vestibule")
    }

    /// Writes the configuration where it is looked for.
    pub(crate) fn configure(&self, text: &str) -> PathBuf {
        let file = self.config_dir().join("vestibule.toml");
        std::fs::write(&file, text).unwrap();
        file
    }

    /// The program in this box, with no other environment.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vestibule"));
        let _ = command
            .args(arguments)
            .env_clear()
            .current_dir(self.home.path())
            .env("HOME", self.home.path())
            .env("XDG_CONFIG_HOME", self.path("config"))
            .env("XDG_CACHE_HOME", self.path("cache"))
            .env("XDG_DATA_HOME", self.path("data"));
        command
    }

    /// Runs the program to its end.
    pub(crate) fn run(&self, arguments: &[&str]) -> Ended {
        run_to_end(self.command(arguments))
    }
}

/// Runs a command to its end.
pub(crate) fn run_to_end(mut command: Command) -> Ended {
    let output = command.output().unwrap();
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
