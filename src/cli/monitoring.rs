//! What is told of the program while its window is open: the file for node_exporter, and telemetry.

use std::path::PathBuf;

use crate::config::Config;
use crate::host::memory;
use crate::host::metrics::{self, Textfile};
#[cfg(feature = "telemetry")]
use crate::telemetry::Telemetry;

/// What is told, until it is ended.
pub(super) struct Monitoring {
    _textfile: Option<Textfile>,
    #[cfg(feature = "telemetry")]
    telemetry: Option<Telemetry>,
}

impl Monitoring {
    /// Begins to tell. Nothing that fails here keeps anybody from signing in: the log says what did.
    pub(super) fn start(config: Option<&Config>, textfile: Option<PathBuf>) -> Self {
        // Before the first thread of ours: an arena that a thread has is its own.
        memory::keep_little_of_what_was_freed();
        metrics::listen();
        let device = config.and_then(|config| config.device.name());
        let textfile = textfile.and_then(|file| {
            Textfile::start(file, device)
                .inspect_err(|error| tracing::warn!(%error, "metrics are not written"))
                .ok()
        });
        Self {
            _textfile: textfile,
            #[cfg(feature = "telemetry")]
            telemetry: config.and_then(telemetry),
        }
    }

    /// Sends what has not been sent. Comes after the last refresh, which belongs to what is told.
    pub(super) fn end(self) {
        #[cfg(feature = "telemetry")]
        if let Some(telemetry) = self.telemetry {
            telemetry.end();
        }
    }
}

#[cfg(feature = "telemetry")]
fn telemetry(config: &Config) -> Option<Telemetry> {
    let collector = config.telemetry.as_ref()?;
    Telemetry::start(collector, &config.device)
        .inspect_err(|error| tracing::warn!(%error, "no telemetry is sent"))
        .ok()
}
