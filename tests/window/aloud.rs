//! The code read aloud: by the owner's program, which gets it on its standard input and in no argument.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use crate::living_room::{House, Room, focus};
use testing::process::PATIENCE;
use testing::process::wait_for;

const OK: u32 = 28;
/// KEY_INFO.
const INFO: u32 = 358;

#[test]
fn info_reads_address_and_code_letter_by_letter() {
    let folder = tempfile::tempdir().unwrap();
    let (voice, heard) = (folder.path().join("voice"), folder.path().join("heard"));
    let told = folder.path().join("told");
    let script = format!(
        "#!/bin/sh\necho \"$*\" >> {}\ncat >> {}\n",
        told.display(),
        heard.display()
    );
    fs::write(&voice, script).unwrap();
    fs::set_permissions(&voice, fs::Permissions::from_mode(0o755)).unwrap();
    let house = House::new(&format!(
        "\n[speech]\ncommand = [\"{}\", \"{{language}}\"]\n",
        voice.display()
    ));
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
