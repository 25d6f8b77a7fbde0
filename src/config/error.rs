//! What is wrong with the configuration, said so that the owner can put it right.

use std::fmt;
use std::path::PathBuf;

/// Why there is no usable configuration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// A file that was asked for cannot be read.
    #[error("{}: {cause}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system said, and what to do.
        cause: String,
    },
    /// The file was read, and what it says cannot be used.
    #[error(transparent)]
    Invalid(#[from] Invalid),
    /// The client secret cannot be used.
    #[error("client secret: {}: {cause}", path.display())]
    Secret {
        /// The file that should hold it.
        path: PathBuf,
        /// What is wrong with it, without its content.
        cause: String,
    },
    /// A file with the value of a header cannot be used.
    #[error("{key}: {}: {cause}", path.display())]
    Header {
        /// The header's key in the configuration.
        key: String,
        /// The file that should hold it.
        path: PathBuf,
        /// What is wrong with it, without its content.
        cause: String,
    },
    /// The provider refuses every client without a secret, and there is none.
    #[error(
        "preset \"{preset}\" demands a client secret: name the file that holds it as provider.client_secret_file, or pass \
         it as the systemd credential client_secret"
    )]
    NoSecret {
        /// The preset's name.
        preset: &'static str,
    },
    /// There is no place for the user's files.
    #[error(
        "no home directory: set HOME, or XDG_CONFIG_HOME, XDG_CACHE_HOME and XDG_DATA_HOME, to an absolute path, or have \
         systemd make one with StateDirectory="
    )]
    NoHome,
}

impl Error {
    /// What is wrong with `key`, or below it, without the file and the line.
    pub fn of_key(&self, key: &str) -> Option<&str> {
        let Self::Invalid(invalid) = self else {
            return None;
        };
        let is_meant = |of: &str| {
            of.strip_prefix(key)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        };
        let problem = invalid
            .problems
            .iter()
            .find(|problem| is_meant(&problem.key));
        problem.map(|problem| problem.message.as_str())
    }
}

/// All that is wrong in the files of a configuration, in their order and that of their lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    /// At least one.
    pub problems: Vec<Problem>,
}

impl std::error::Error for Invalid {}

impl fmt::Display for Invalid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.problems.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The file.
    pub file: PathBuf,
    /// Line, from 1.
    pub line: usize,
    /// Character in the line, from 1.
    pub column: usize,
    /// Dotted key, such as `provider.domain`; empty where the file is not TOML at all.
    pub key: String,
    /// What is wrong and what to do. Holds no value of a key that is unknown: it may be a secret.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.display();
        write!(f, "{file}:{}:{}: ", self.line, self.column)?;
        if !self.key.is_empty() {
            write!(f, "{}: ", self.key)?;
        }
        f.write_str(&self.message)
    }
}
