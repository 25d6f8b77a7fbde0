//! Reads lines aloud through a program of this box: speech-dispatcher's `spd-say`, or one of the owner's.
//!
//! The text goes to its standard input and never to its arguments: those are for every user of this box to
//! read (`/proc/PID/cmdline`), and a user code is among what is read. No shell is involved.

use std::ffi::OsStr;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use futures::stream::{self, Stream};
use tokio::io::AsyncWriteExt;
use tokio::process::{Child, Command};
use tokio::sync::{Mutex, mpsc};
use tokio::time::{sleep, timeout};

/// speech-dispatcher's own client.
const SPD_SAY: &str = "spd-say";
/// It reads lines from standard input, in this language, and ends when the last has been spoken.
const SPD_SAY_OPTIONS: [&str; 4] = ["--wait", "--pipe-mode", "--language", LANGUAGE];
/// It hushes what a killed client has left with the dispatcher.
const SPD_SAY_STOP: &str = "--stop";
/// Stands for the language in a command.
const LANGUAGE: &str = "{language}";
/// Between two lines: time to write the last one down.
const PAUSE: Duration = Duration::from_millis(500);
/// A line that takes longer hangs.
const LINE_LIMIT: Duration = Duration::from_secs(60);
/// Who speaks in this process: what was said before is hushed before the next begins, or it would be hushed too.
static SPEAKER: Mutex<()> = Mutex::const_new(());
/// What `spd-say` takes for a command begins with this.
const COMMAND: &str = "!-!";
/// Hushing may take this long.
const STOP_LIMIT: Duration = Duration::from_secs(2);

/// A program that speaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    program: PathBuf,
    options: Vec<String>,
    /// What makes it hush when killing it does not.
    stop: Option<&'static str>,
}

/// How the reading goes on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// This line is being spoken.
    Line(usize),
    /// All has been said.
    Ended,
    /// It does not speak, for this reason.
    Failed(String),
}

impl Voice {
    /// The owner's `command`, or `spd-say` where there is one in `path` (as in `$PATH`). Nothing where this
    /// box cannot speak.
    pub fn find(command: &[String], path: Option<&OsStr>) -> Option<Self> {
        let Some((program, options)) = command.split_first() else {
            return Some(Self {
                program: in_path(SPD_SAY, path)?,
                options: SPD_SAY_OPTIONS.map(str::to_owned).to_vec(),
                stop: Some(SPD_SAY_STOP),
            });
        };
        let program = if program.contains('/') {
            Some(PathBuf::from(program)).filter(|program| is_program(program))
        } else {
            in_path(program, path)
        };
        if program.is_none() {
            tracing::warn!(command = ?command, "speech.command is not there");
        }
        Some(Self {
            program: program?,
            options: options.to_vec(),
            stop: None,
        })
    }

    /// Reads `lines` aloud, in a language by its BCP 47 tag. Dropping the stream ends it within the line.
    pub fn read(
        &self,
        lines: Vec<String>,
        language: &str,
    ) -> impl Stream<Item = Event> + Send + use<> {
        let voice = self.clone();
        // What speakers are asked for is the language alone.
        let language = language.split(['-', '_']).next().unwrap_or(language);
        let language = language.to_owned();
        let speaking = async move {
            let (events, heard) = mpsc::channel(1);
            let _detached =
                tokio::spawn(async move { voice.speak(lines, &language, events).await });
            stream::unfold(heard, |mut heard| async move {
                heard.recv().await.map(|event| (event, heard))
            })
        };
        futures::StreamExt::flatten(stream::once(speaking))
    }

    /// In a task of its own, so that the program is always waited for when it has ended.
    async fn speak(self, lines: Vec<String>, language: &str, events: mpsc::Sender<Event>) {
        let _alone = tokio::select! {
            biased;
            () = events.closed() => return,
            speaker = SPEAKER.lock() => speaker,
        };
        for (index, line) in lines.iter().enumerate() {
            if events.send(Event::Line(index)).await.is_err() {
                return;
            }
            let mut child = match self.start(language) {
                Ok(child) => child,
                Err(error) => return fail(&events, error.to_string()).await,
            };
            let said = tokio::select! {
                biased;
                () = events.closed() => {
                    // It may have ended by itself meanwhile.
                    let _ = child.kill().await;
                    return self.hush().await;
                }
                said = timeout(LINE_LIMIT, say(&mut child, line)) => said,
            };
            match said {
                Ok(Ok(())) => {}
                Ok(Err(why)) => return fail(&events, why).await,
                Err(_) => {
                    let _ = child.kill().await;
                    return fail(&events, "it does not come to an end".to_owned()).await;
                }
            }
            tokio::select! {
                () = events.closed() => return,
                () = sleep(PAUSE) => {}
            }
        }
        // A receiver that has gone need not be told.
        let _ = events.send(Event::Ended).await;
    }

    fn start(&self, language: &str) -> std::io::Result<Child> {
        let options = self.options.iter();
        Command::new(&self.program)
            .args(options.map(|option| option.replace(LANGUAGE, language)))
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .spawn()
    }

    async fn hush(&self) {
        let Some(stop) = self.stop else { return };
        let hushed = Command::new(&self.program)
            .arg(stop)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .kill_on_drop(true)
            .status();
        if !matches!(timeout(STOP_LIMIT, hushed).await, Ok(Ok(_))) {
            tracing::debug!("the speech could not be hushed");
        }
    }
}

async fn fail(events: &mpsc::Sender<Event>, why: String) {
    tracing::warn!(%why, "nothing can be read aloud");
    // A receiver that has gone need not be told.
    let _ = events.send(Event::Failed(why)).await;
}

/// Gives the program one line and waits until it has spoken it.
async fn say(child: &mut Child, line: &str) -> Result<(), String> {
    if let Some(mut input) = child.stdin.take() {
        // A program that ends without reading says more by how it ended.
        let _ = input.write_all(one_line(line).as_bytes()).await;
        let _ = input.shutdown().await;
    }
    match child.wait().await {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(status.to_string()),
        Err(error) => Err(error.to_string()),
    }
}

/// `line` as one line, which is no command.
fn one_line(line: &str) -> String {
    let words = line.replace(char::is_control, " ");
    let space = if words.starts_with(COMMAND) { " " } else { "" };
    format!("{space}{words}\n")
}

fn in_path(program: &str, path: Option<&OsStr>) -> Option<PathBuf> {
    std::env::split_paths(path?)
        .map(|folder| folder.join(program))
        .find(|program| is_program(program))
}

fn is_program(file: &Path) -> bool {
    file.metadata()
        .is_ok_and(|file| file.is_file() && file.permissions().mode() & 0o111 != 0)
}

#[cfg(test)]
mod tests;
