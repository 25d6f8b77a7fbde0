//! `vestibule demo` in a build without the cargo feature `demo`: it says so.

use std::ffi::OsString;

use clap::Args;

use super::{Error, Global};
use crate::app::OfferDemo;
use crate::config::Directories;

/// Not part of this build
#[derive(Debug, Args)]
#[command(disable_help_flag = true)]
pub(super) struct Demo {
    #[arg(hide = true, trailing_var_arg = true, allow_hyphen_values = true)]
    ignored: Vec<OsString>,
}

impl Demo {
    pub(super) fn opens_a_window(&self) -> bool {
        false
    }

    pub(super) fn run(self, _: &Global) -> Result<(), Error> {
        tracing::debug!(arguments = self.ignored.len(), "no demo in this build");
        Err(Error::usage(
            "this build has no demo; build it with the cargo feature \"demo\"",
        ))
    }
}

/// The set-up screen has no demo to offer.
pub(super) fn offer(_: &Directories) -> Option<OfferDemo> {
    None
}
