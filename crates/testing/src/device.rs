//! A box of its own for one test: an empty home, and the program with hardly anything else around it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::process::Ended;

/// A good configuration; its server does not exist.
pub const GOOD: &str = r##"[provider]
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

/// A box with an empty home directory. Everything the program writes lies under it.
pub struct Device {
    home: TempDir,
}

impl Default for Device {
    fn default() -> Self {
        Self::new()
    }
}

impl Device {
    /// An empty box.
    pub fn new() -> Self {
        let home = tempfile::Builder::new()
            .prefix("vestibule-")
            .tempdir()
            .unwrap();
        let device = Self { home };
        fs::create_dir_all(device.config_dir()).unwrap();
        device
    }

    /// Where everything lies.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// A path in the box.
    pub fn path(&self, name: &str) -> PathBuf {
        self.home().join(name)
    }

    /// The program's config directory.
    pub fn config_dir(&self) -> PathBuf {
        self.path("config/vestibule")
    }

    /// Where the program looks for its configuration by itself.
    pub fn config_file(&self) -> PathBuf {
        self.config_dir().join("vestibule.toml")
    }

    /// Writes that configuration.
    pub fn configure(&self, toml: &str) {
        fs::write(self.config_file(), toml).unwrap();
    }

    /// The program, with this box's directories and hardly any environment.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(program());
        let _ = command.args(arguments).env_clear().current_dir(self.home());
        for (name, folder) in [
            ("HOME", ""),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
        ] {
            let _ = command.env(name, self.path(folder));
        }
        let _ = command
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("LANG", "C.UTF-8")
            .env("RUST_BACKTRACE", "1");
        command
    }

    /// Runs the program to its end.
    pub fn run(&self, arguments: &[&str]) -> Ended {
        run_to_end(self.command(arguments))
    }
}

/// The program: the one that was built for the tests, or the one that `VESTIBULE_PROGRAM` names, an optimised build, say.
pub fn program() -> PathBuf {
    if let Some(program) = std::env::var_os("VESTIBULE_PROGRAM") {
        return program.into();
    }
    // A test stands in target/debug/deps, the program in target/debug.
    let test = std::env::current_exe().unwrap();
    test.ancestors().nth(2).unwrap().join("vestibule")
}

/// Runs a command to its end.
pub fn run_to_end(mut command: Command) -> Ended {
    let output = command.output().unwrap();
    Ended {
        code: output.status.code(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}
