//! `vestibule completion`: what a shell completes a command line by.

use std::io::Cursor;

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Cli, Error, out};

/// Prints what a shell needs to complete command lines of this program
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vestibule completion bash > ~/.local/share/bash-completion/completions/vestibule
  vestibule completion zsh > \"${fpath[1]}/_vestibule\"
  vestibule completion fish > ~/.config/fish/completions/vestibule.fish")]
pub(super) struct Completion {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

impl Completion {
    pub(super) fn run(self) -> Result<(), Error> {
        let mut script = Cursor::new(Vec::new());
        clap_complete::generate(self.shell, &mut Cli::command(), "vestibule", &mut script);
        out::as_is(&script.into_inner())
    }
}
