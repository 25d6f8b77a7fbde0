//! Parses the command line and hands over.

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    match vestibule::cli::Cli::try_parse() {
        Ok(cli) => vestibule::cli::run(cli),
        Err(error) => vestibule::cli::explain(&error),
    }
}
