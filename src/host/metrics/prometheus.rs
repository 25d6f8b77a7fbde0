//! The counters as text (Prometheus exposition format 0.0.4), under the names that a collector's Prometheus exporter gives
//! the same metrics of OpenTelemetry, so that one alert serves both.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::Counter;

/// What is told beside the counters.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Gauges {
    /// What is wrong, by the name of its event.
    pub(super) troubles: BTreeMap<&'static str, u64>,
    /// Bytes of memory.
    pub(super) memory: Option<u64>,
    /// When whoever uses the session in use signed in, in seconds of Unix time. Not the age of the session: the file
    /// would never be the same twice.
    pub(super) signed_in_at: Option<u64>,
    /// When the program was started, in seconds of Unix time.
    pub(super) started_at: Option<u64>,
}

/// What the file begins with, by which it is known again.
pub(super) const BEGINNING: &str = "# HELP vestibule_build_info ";

/// The whole file. `device` is what the owner calls the box.
pub(super) fn text(counters: &[&Counter], gauges: Gauges, device: Option<&str>) -> String {
    let mut text = String::new();
    let version = env!("CARGO_PKG_VERSION");
    head(
        &mut text,
        "vestibule_build_info",
        "gauge",
        "The program that runs",
    );
    let mut labels = format!("version=\"{version}\"");
    if let Some(device) = device {
        let _ = write!(labels, ",device=\"{}\"", escaped(device));
    }
    let _ = writeln!(text, "vestibule_build_info{{{labels}}} 1");
    for counter in counters {
        let name = format!("{}_total", counter.name.replace('.', "_"));
        head(&mut text, &name, "counter", counter.help);
        let all: BTreeMap<_, _> = counter.read();
        for (value, count) in &all {
            let _ = match counter.attribute {
                Some(attribute) => {
                    writeln!(text, "{name}{{{attribute}=\"{}\"}} {count}", escaped(value))
                }
                None => writeln!(text, "{name} {count}"),
            };
        }
    }
    let Gauges {
        troubles,
        memory,
        signed_in_at,
        started_at,
    } = gauges;
    let name = "vestibule_troubles";
    head(&mut text, name, "gauge", "What is wrong at this moment");
    for (event, count) in troubles {
        let _ = writeln!(text, "{name}{{event=\"{event}\"}} {count}");
    }
    for (name, help, value) in [
        (
            "vestibule_memory_usage_bytes",
            "Memory of the program (RSS), within a MiB",
            memory,
        ),
        (
            "vestibule_session_start_time_seconds",
            "When the person whose session is in use signed in; left out while there is none",
            signed_in_at,
        ),
        (
            "vestibule_start_time_seconds",
            "When the program was started",
            started_at,
        ),
    ] {
        let Some(value) = value else { continue };
        head(&mut text, name, "gauge", help);
        let _ = writeln!(text, "{name} {value}");
    }
    text
}

fn head(text: &mut String, name: &str, kind: &str, help: &str) {
    let _ = write!(text, "# HELP {name} {help}.\n# TYPE {name} {kind}\n");
}

/// A value of a label.
fn escaped(value: &str) -> String {
    let escape = |c| match c {
        '\\' => "\\\\".to_owned(),
        '"' => "\\\"".to_owned(),
        '\n' => "\\n".to_owned(),
        c => c.to_string(),
    };
    value.chars().map(escape).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    static SEEN: Counter = Counter::new("a.seen", "{it}", "What was seen", Some("kind"), &["x"]);
    static ALONE: Counter = Counter::new("a.alone", "{it}", "What stands alone", None, &[""]);

    #[test]
    fn the_text_is_what_prometheus_reads() {
        SEEN.add("a\"b\\c\nd");
        let gauges = Gauges {
            memory: Some(1_048_576),
            troubles: BTreeMap::from([("api_unreachable", 2)]),
            ..Gauges::default()
        };
        let told = text(&[&SEEN, &ALONE], gauges, Some("lobby \"3\""));
        let version = env!("CARGO_PKG_VERSION");
        let expected = format!(
            "# HELP vestibule_build_info The program that runs.\n\
             # TYPE vestibule_build_info gauge\n\
             vestibule_build_info{{version=\"{version}\",device=\"lobby \\\"3\\\"\"}} 1\n\
             # HELP a_seen_total What was seen.\n\
             # TYPE a_seen_total counter\n\
             a_seen_total{{kind=\"a\\\"b\\\\c\\nd\"}} 1\n\
             a_seen_total{{kind=\"x\"}} 0\n\
             # HELP a_alone_total What stands alone.\n\
             # TYPE a_alone_total counter\n\
             a_alone_total 0\n\
             # HELP vestibule_troubles What is wrong at this moment.\n\
             # TYPE vestibule_troubles gauge\n\
             vestibule_troubles{{event=\"api_unreachable\"}} 2\n\
             # HELP vestibule_memory_usage_bytes Memory of the program (RSS), within a MiB.\n\
             # TYPE vestibule_memory_usage_bytes gauge\n\
             vestibule_memory_usage_bytes 1048576\n"
        );
        assert_eq!(told, expected);
    }
}
