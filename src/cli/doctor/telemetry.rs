//! Whether the collector that the owner names takes what is sent.

use super::report::Check;
use crate::config::Config;

const NAME: &str = "telemetry";

/// Sends a message with nothing in it; no check where there is no `[telemetry]`. The program does without a collector, so
/// it is a warning at most.
#[cfg(feature = "telemetry")]
pub(super) async fn check(config: &Config) -> Option<Check> {
    let collector = config.telemetry.as_ref()?;
    let host = collector.otlp_endpoint.host_str().unwrap_or_default();
    let refused = crate::telemetry::refusal(collector, &config.device).await;
    Some(match refused {
        None => Check::ok(NAME, format!("{host} takes it")),
        Some(why) => Check::warning(
            NAME,
            format!("{host}: {why}"),
            "look at telemetry.otlp_endpoint, without v1/metrics, and at telemetry.headers; traces = false where the \
             collector takes metrics alone",
        ),
    })
}

/// Nothing is sent by a program that was built without it.
#[cfg(not(feature = "telemetry"))]
pub(super) fn check(config: &Config) -> std::future::Ready<Option<Check>> {
    let named = config.telemetry.as_ref();
    std::future::ready(named.map(|_| {
        Check::warning(
            NAME,
            "nothing is sent: this program was built without the feature telemetry",
            "use a package, which has it, or build with --features telemetry",
        )
    }))
}
