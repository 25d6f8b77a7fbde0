//! `vestibule reload`: the kiosk that runs reads its configuration again.

use clap::Args;
use serde_json::Value;

use super::Error;
use super::out::{self, Tone};
use super::running_kiosk::{self, text};
use crate::app::control::Ask;

/// Has the kiosk that runs read its configuration again, and tells what took effect
///
/// The kiosk reads the files that it was started with. Rows, titles, colours, language, text size, timers, keys of the
/// remote, headers and more take effect at once; the code on the screen stays. What cannot is named, with what to do. A
/// configuration that is not right changes nothing. SIGHUP does the same to a kiosk that is a service.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vestibule reload
  vestibule config check && vestibule reload --json
  systemctl reload vestibule-kiosk

Ends with 0 when the configuration is in force, but for what it names; 2 when it is wrong, in the words of config
check; and 1 when no kiosk runs or it does not answer.")]
pub(super) struct Reload {
    /// One object of JSON
    #[arg(long)]
    pub(super) json: bool,
    /// The kiosk with this process, where several run
    #[arg(long, value_name = "PID")]
    pid: Option<i32>,
}

impl Reload {
    pub(super) fn run(self) -> Result<(), Error> {
        let answer = running_kiosk::ask(self.pid, Ask::Reload)?;
        let answer = running_kiosk::accepted(answer)?;
        let list = |name: &str| answer[name].as_array().cloned().unwrap_or_default();
        for warning in list("warnings").iter().filter_map(Value::as_str) {
            out::say(&format!("vestibule: warning: {warning}"));
        }
        if self.json {
            return out::json(&answer);
        }
        let (applied, waiting) = (list("applied"), list("after_restart"));
        for key in applied.iter().filter_map(Value::as_str) {
            out::pieces(&[
                (Some(Tone::Good), "in force"),
                (None, &format!("  {key}\n")),
            ])?;
        }
        for key in &waiting {
            let rest = format!("   {}: {}\n", text(key, "key"), text(key, "fix"));
            out::pieces(&[(Some(Tone::Notice), "waiting"), (None, &rest)])?;
        }
        if applied.is_empty() && waiting.is_empty() {
            out::line(&format!("{}: nothing has changed", text(&answer, "file")))?;
        }
        Ok(())
    }
}
