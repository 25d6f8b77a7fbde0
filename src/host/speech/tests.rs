use std::fs;
use std::pin::pin;

use futures::StreamExt;

use super::*;

/// A folder with a program in it, and the file it writes down what it was called with.
fn fake(name: &str, script: &str) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let program = folder.path().join(name);
    let record = folder.path().join("record");
    let script = format!("#!/bin/sh\nrecord='{}'\n{script}\n", record.display());
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    (folder, record)
}

const RECORDS: &str =
    r#"echo "args: $*" >> "$record"; while read -r line; do echo "said: $line" >> "$record"; done"#;

/// A program that was written a moment ago may still be open in a child of another test.
async fn read_all(voice: &Voice, lines: &[&str]) -> Vec<Event> {
    let lines: Vec<_> = lines.iter().map(|line| (*line).to_owned()).collect();
    loop {
        let events: Vec<_> = voice.read(lines.clone(), "pt-BR").collect().await;
        let busy = |event: &Event| matches!(event, Event::Failed(why) if why.contains("busy"));
        if !events.iter().any(busy) {
            return events;
        }
    }
}

async fn until(condition: impl Fn() -> bool) {
    let wait = async {
        while !condition() {
            sleep(Duration::from_millis(5)).await;
        }
    };
    timeout(Duration::from_secs(20), wait).await.unwrap();
}

#[tokio::test]
async fn r21_the_code_is_given_on_standard_input_and_stands_in_no_argument() {
    let (folder, record) = fake(SPD_SAY, RECORDS);
    let voice = Voice::find(&[], Some(folder.path().as_os_str())).unwrap();
    let events = read_all(&voice, &["Q, T, Z, L.", "M, C, B, W."]).await;
    assert_eq!(events, [Event::Line(0), Event::Line(1), Event::Ended]);
    let called = "args: --wait --pipe-mode --language pt";
    let expected = format!("{called}\nsaid: Q, T, Z, L.\n{called}\nsaid: M, C, B, W.\n");
    assert_eq!(fs::read_to_string(record).unwrap(), expected);
}

#[tokio::test]
async fn the_owners_command_wins_and_is_never_a_shell() {
    let (folder, record) = fake("speak", RECORDS);
    let program = folder.path().join("speak").display().to_string();
    let command = [
        program,
        "-v".to_owned(),
        "{language}".to_owned(),
        "$(id); x".to_owned(),
    ];
    let voice = Voice::find(&command, None).unwrap();
    let events = read_all(&voice, &["$(id) `id`"]).await;
    assert_eq!(events, [Event::Line(0), Event::Ended]);
    assert_eq!(
        fs::read_to_string(record).unwrap(),
        "args: -v pt $(id); x\nsaid: $(id) `id`\n"
    );
}

#[tokio::test]
async fn who_stops_listening_hushes_it() {
    let (folder, record) = fake(
        SPD_SAY,
        r#"if [ "$1" = --stop ]; then echo stopped >> "$record"; exit; fi
           echo $$ >> "$record.pid"; exec sleep 600"#,
    );
    let voice = Voice::find(&[], Some(folder.path().as_os_str())).unwrap();
    let started = record.with_extension("pid");
    {
        let mut reading = pin!(voice.read(vec!["A".to_owned(), "B".to_owned()], "en"));
        assert_eq!(reading.next().await, Some(Event::Line(0)));
        until(|| fs::read_to_string(&started).is_ok_and(|pid| pid.ends_with('\n'))).await;
    }
    until(|| fs::read_to_string(&record).is_ok_and(|said| said == "stopped\n")).await;
    let pid = fs::read_to_string(&started).unwrap();
    let process = PathBuf::from(format!("/proc/{}", pid.trim()));
    assert!(!process.exists(), "killed, and waited for");
}

#[tokio::test]
async fn what_was_said_before_is_hushed_before_the_next_begins() {
    let (folder, record) = fake(
        SPD_SAY,
        r#"if [ "$1" = --stop ]; then echo stopped >> "$record"; exit; fi
           read -r line; echo "said: $line" >> "$record"
           case $line in long*) exec sleep 600;; esac"#,
    );
    let voice = Voice::find(&[], Some(folder.path().as_os_str())).unwrap();
    let said = |what: &'static str| {
        let record = record.clone();
        move || fs::read_to_string(&record).is_ok_and(|all| all.contains(what))
    };
    loop {
        let mut long = pin!(voice.read(vec!["long".to_owned()], "en"));
        let begun = long.next().await;
        assert_eq!(begun, Some(Event::Line(0)));
        // A program that was written a moment ago may still be open in a child of another test.
        let next = timeout(Duration::from_millis(200), long.next()).await;
        if !matches!(next, Ok(Some(Event::Failed(_)))) {
            until(said("said: long")).await;
            break;
        }
    }
    let events: Vec<_> = voice
        .read(vec!["!-!QUIT\nnow".to_owned()], "en")
        .collect()
        .await;
    assert_eq!(events, [Event::Line(0), Event::Ended]);
    let all = fs::read_to_string(&record).unwrap();
    assert_eq!(all, "said: long\nstopped\nsaid: !-!QUIT now\n");
}

#[test]
fn a_line_is_one_and_no_command() {
    assert_eq!(one_line("A\nB\tC"), "A B C\n");
    assert_eq!(one_line("!-!QUIT"), " !-!QUIT\n");
}

#[tokio::test]
async fn a_voice_that_fails_says_so_once() {
    let (folder, _) = fake(SPD_SAY, "exit 3");
    let voice = Voice::find(&[], Some(folder.path().as_os_str())).unwrap();
    let events = read_all(&voice, &["A", "B"]).await;
    assert_eq!(events.len(), 2);
    assert!(
        matches!(&events[1], Event::Failed(why) if why.contains('3')),
        "{events:?}"
    );
}

#[test]
fn a_box_without_a_voice_has_none() {
    let empty = tempfile::tempdir().unwrap();
    let path = Some(empty.path().as_os_str());
    assert_eq!(Voice::find(&[], path), None);
    assert_eq!(Voice::find(&[], None), None);
    assert_eq!(Voice::find(&["absent".to_owned()], path), None);
    assert_eq!(Voice::find(&["/absent/speak".to_owned()], path), None);
    // A file that nobody may run is no program.
    fs::write(empty.path().join(SPD_SAY), "").unwrap();
    assert_eq!(Voice::find(&[], path), None);
}
