//! `vestibule health`: one line of JSON and an exit code for monitors.

use clap::Args;
use serde_json::{Value, json};

use super::running_kiosk::{self, NoAnswer};
use super::{Error, Exit, out};
use crate::app::control::Ask;
use crate::checks::health::Problem;

/// Tells whether all is well with the kiosk that runs: one line of JSON, and an exit code
///
/// Cheap enough for every minute: asks the kiosk through its control socket, and no server. Problems have a code, a
/// detail and what they end the command with; the gravest comes first. The answer takes eight seconds at the most. Nobody being signed in is no problem, a session
/// that the server has ended is one until somebody signs in.
#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  vestibule health
  vestibule health | jq -r '.problems[].code'

Ends with 0 when all is well, else by the gravest problem:
  1 no_kiosk, frozen, screen_hidden, screen_frozen, row_failed, clock_behind, error_on_screen, disk_full, disk_read_only
  2 config_broken: the next start fails; several_kiosks: name one
  3 session_ended
  6 api_unreachable, server_unreachable
  7 sign_in_failed: the server rejects this client
Look at the codes before anything is done about a box: a restart mends neither an API that is down nor a configuration,
and a screen that hangs is started anew by systemd.")]
pub(super) struct Health {
    /// The kiosk with this process, where several run
    #[arg(long, value_name = "PID")]
    pid: Option<i32>,
}

impl Health {
    pub(super) fn run(self) -> Result<(), Error> {
        let report = match running_kiosk::ask(self.pid, Ask::Health) {
            Ok(answer) => of_answer(answer),
            Err(failure) => alone(&of_failure(failure)),
        };
        let exit = exit_of(&report);
        let mut report = report;
        report["exit"] = json!(exit as u8);
        out::json(&report)?;
        match exit {
            Exit::Done => Ok(()),
            exit => Err(Error::silent(exit)),
        }
    }
}

/// What a kiosk says of itself, or against being asked.
fn of_answer(answer: Value) -> Value {
    let Some(error) = answer.get("error").filter(|error| error.is_object()) else {
        return answer;
    };
    let text = |name: &str| error[name].as_str().unwrap_or("unexpected").to_owned();
    alone(&Problem::of_the_box(&text("code"), text("message")))
}

fn of_failure(failure: NoAnswer) -> Problem {
    let code = match &failure {
        NoAnswer::None => "no_kiosk",
        NoAnswer::Several(_) => "several_kiosks",
        NoAnswer::Unanswered(_) => "frozen",
    };
    let Error { message, exit } = failure.into();
    Problem {
        exit: exit as u8,
        ..Problem::of_the_box(code, message)
    }
}

fn alone(problem: &Problem) -> Value {
    json!({"healthy": false, "problems": [problem]})
}

/// What the gravest problem ends the command with.
fn exit_of(report: &Value) -> Exit {
    if report["healthy"] == true {
        return Exit::Done;
    }
    match report["problems"][0]["exit"].as_u64() {
        Some(2) => Exit::Usage,
        Some(3) => Exit::NotSignedIn,
        Some(6) => Exit::Network,
        Some(7) => Exit::Rejected,
        _ => Exit::Unexpected,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_gravest_problem_decides_what_a_monitor_sees() {
        for (report, exit) in [
            (json!({"healthy": true, "problems": []}), 0),
            (alone(&of_failure(NoAnswer::None)), 1),
            (alone(&of_failure(NoAnswer::Several(vec![7, 8]))), 2),
            (alone(&Problem::of_config("x")), 2),
            (
                json!({"healthy": false, "problems": [{"code": "session_ended", "exit": 3}, {"exit": 6}]}),
                3,
            ),
            (json!({"healthy": false, "problems": [{"exit": 6}]}), 6),
            (json!({"healthy": false, "problems": [{"exit": 7}]}), 7),
            (
                of_answer(json!({"error": {"code": "frozen", "exit": 1, "message": "m"}})),
                1,
            ),
            // Of another version, perhaps.
            (json!({}), 1),
            (Value::Null, 1),
        ] {
            assert_eq!(exit_of(&report) as u8, exit, "{report}");
        }
        let frozen = of_answer(json!({"error": {"code": "frozen", "exit": 1, "message": "m"}}));
        assert_eq!(frozen["problems"][0]["code"], "frozen");
    }
}
