//! Parses the command line and hands over.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    vestibule::cli::run(vestibule::cli::Cli::parse())
}
