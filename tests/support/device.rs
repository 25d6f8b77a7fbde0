//! A box of its own for one test: an empty home, and the program with nothing else around it.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

/// A box with an empty home directory. Everything the program writes lies under it.
pub(crate) struct Device {
    home: TempDir,
}

impl Device {
    /// An empty box.
    pub(crate) fn new() -> Self {
        let home = tempfile::Builder::new()
            .prefix("vestibule-")
            .tempdir()
            .unwrap();
        let device = Self { home };
        fs::create_dir_all(device.config_dir()).unwrap();
        device
    }

    /// Where everything lies.
    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// The program's config directory.
    pub(crate) fn config_dir(&self) -> PathBuf {
        self.home().join("config/vestibule")
    }

    /// Writes the configuration where the program looks for it by itself.
    pub(crate) fn configure(&self, toml: &str) {
        fs::write(self.config_dir().join("vestibule.toml"), toml).unwrap();
    }

    /// The program, with this box's directories and hardly any environment. It is the one that was built for the
    /// tests, or the one that `VESTIBULE_PROGRAM` names: an optimised build, say.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let built = || env!("CARGO_BIN_EXE_vestibule").into();
        let program: OsString = std::env::var_os("VESTIBULE_PROGRAM").unwrap_or_else(built);
        let mut command = Command::new(program);
        let _ = command.args(arguments).env_clear();
        for (name, folder) in [
            ("HOME", ""),
            ("XDG_CONFIG_HOME", "config"),
            ("XDG_CACHE_HOME", "cache"),
            ("XDG_DATA_HOME", "data"),
            ("XDG_STATE_HOME", "state"),
        ] {
            let _ = command.env(name, self.home().join(folder));
        }
        let _ = command
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("LANG", "C.UTF-8")
            .env("RUST_BACKTRACE", "1");
        command
    }
}
