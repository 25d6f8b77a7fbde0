//! The code read aloud, and everything: by the owner's program, which gets it on its standard input and in no argument.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::living_room::{House, Room, focus};
use testing::process::PATIENCE;
use testing::process::wait_for;

const OK: u32 = 28;
const RIGHT: u32 = 106;
const BACK: u32 = 158;
/// KEY_MENU.
const MENU: u32 = 139;
/// KEY_INFO.
const INFO: u32 = 358;
/// A long press, also where a busy machine lets the program see its beginning a second late.
const LONG: Duration = Duration::from_secs(2);

/// A voice that writes down what it is called with and what it says: the lines of the configuration, and where what it
/// says is.
fn voice(folder: &Path) -> (String, PathBuf) {
    let (voice, heard) = (folder.join("voice"), folder.join("heard"));
    let script = format!(
        "#!/bin/sh\necho \"$*\" >> {}\ncat >> {}\n",
        folder.join("told").display(),
        heard.display()
    );
    fs::write(&voice, script).unwrap();
    fs::set_permissions(&voice, fs::Permissions::from_mode(0o755)).unwrap();
    let speech = format!(
        "\n[speech]\ncommand = [\"{}\", \"{{language}}\"]\n",
        voice.display()
    );
    (speech, heard)
}

/// Waits for a line after the first `known` ones that `wanted` takes; all lines by then.
fn hear(heard: &Path, known: usize, wanted: &str) -> Vec<String> {
    wait_for(wanted, PATIENCE, || {
        let text = fs::read_to_string(heard).ok()?;
        let lines: Vec<_> = text.lines().map(str::to_owned).collect();
        let new = lines.iter().skip(known);
        new.into_iter()
            .any(|line| line.contains(wanted))
            .then_some(lines)
    })
}

#[test]
fn everything_is_read_and_of_a_held_arrow_only_the_end() {
    let folder = tempfile::tempdir().unwrap();
    let (speech, heard) = voice(folder.path());
    let house = House::signed_in(&speech);
    let mut room = Room::enter(&house, "everything", "");
    let first = focus(&room.home()).to_owned();
    assert!(!heard.exists(), "nothing was asked for");
    // From the account screen, where Info does nothing else.
    room.hands.press(MENU);
    let _ = room.log.expect_screen("account", "shown");
    room.hands.hold(INFO, LONG);
    let lines = hear(&heard, 0, "Your account");
    assert!(
        lines[0].starts_with("Everything is read aloud."),
        "{lines:?}"
    );
    room.hands.press(BACK);
    let lines = hear(&heard, lines.len(), "card, 1 of ");
    assert!(lines[lines.len() - 1].starts_with("Home. "), "{lines:?}");
    // Long enough for several moves, after sway's 600 ms.
    room.hands.hold(RIGHT, Duration::from_millis(1500));
    let said = hear(&heard, lines.len(), "card, ");
    let last = room.log.lines();
    let last: serde_json::Value = serde_json::from_str(last.last().unwrap()).unwrap();
    assert_ne!(focus(&last), first);
    assert_eq!(said.len(), lines.len() + 1, "{:?}", &said[lines.len()..]);
    assert!(!said[lines.len()].contains("card, 2 of "), "{said:?}");
    room.hands.press(MENU);
    let lines = hear(&heard, said.len(), "Your account");
    room.hands.hold(INFO, LONG);
    let lines = hear(&heard, lines.len(), "Reading aloud is off.");
    room.hands.press(BACK);
    let _ = room.home();
    room.hands.press(RIGHT);
    let _ = room.log.expect_focus_to_leave(focus(&last));
    assert_eq!(
        fs::read_to_string(&heard).unwrap().lines().count(),
        lines.len()
    );
    let kept = house.device.config_dir().join("preferences.toml");
    assert!(
        fs::read_to_string(kept)
            .unwrap()
            .contains("read_aloud = false")
    );
}

#[test]
fn info_reads_address_and_code_letter_by_letter() {
    let folder = tempfile::tempdir().unwrap();
    let (speech, heard) = voice(folder.path());
    let told = folder.path().join("told");
    let house = House::new(&speech);
    let mut room = Room::enter(&house, "aloud", "");
    let _ = room.log.expect_screen("welcome", "idle");
    room.hands.press(OK);
    let code = room.log.expect_screen("sign_in", "waiting");
    assert!(code["rects"]["read_aloud"].is_array(), "{code}");
    assert_ne!(focus(&code), "read_aloud");
    room.hands.press(INFO);
    let text = wait_for("the code, said twice", PATIENCE, || {
        let text = fs::read_to_string(&heard).ok()?;
        said_twice(&text).then_some(text)
    });
    assert!(text.contains("dot"), "{text}");
    let options = fs::read_to_string(&told).unwrap();
    let options: Vec<_> = options.lines().collect();
    assert!(options.iter().all(|line| *line == "en"), "{options:?}");
}

/// Whether the last group of letters, such as `Q, T, Z, L.`, has been said twice.
fn said_twice(text: &str) -> bool {
    let Some((first, again)) = text.split_once("Once more:") else {
        return false;
    };
    let last = |text: &str| text.trim().lines().last().map(str::to_owned);
    last(first) == last(again) && last(again).is_some_and(|line| line.contains(", "))
}
