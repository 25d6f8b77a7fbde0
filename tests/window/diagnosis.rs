//! What somebody at the phone asks about this box, found with the remote from the first screen on.

use crate::display::read_qr;
use crate::living_room::{House, Room, focus};

const DOWN: u32 = 108;
const RIGHT: u32 = 106;
const OK: u32 = 28;
const BACK: u32 = 158;
/// KEY_VOICECOMMAND: no button of ours.
const ODD: u32 = 582;

#[test]
fn the_report_is_read_by_a_camera_and_an_odd_button_is_named() {
    let house = House::new("");
    let mut room = Room::enter(&house, "diagnosis", "");
    let _ = room.log.expect_screen("welcome", "idle");
    assert_eq!(room.move_by(DOWN, "sign_in"), "language");
    let _ = room.move_by(RIGHT, "language");
    assert_eq!(room.move_by(RIGHT, "accessibility"), "diagnostics");
    room.hands.press(OK);
    let _ = room.log.expect_screen("diagnostics", "device");
    let picture = room
        .sway
        .picture("diagnosis-report", |picture| read_qr(picture).is_some());
    let report = read_qr(&picture).unwrap();
    assert!(report.starts_with("vestibule "), "{report}");
    assert!(report.contains("1920x1080"), "{report}");
    let mut page = "device".to_owned();
    for next in ["connection", "log", "remote"] {
        page = room.move_by(RIGHT, &page);
        assert_eq!(page, next);
        let _ = room
            .log
            .expect(next, |line| line["state"] == next && focus(line) == next);
        let _ = room.sway.picture(&format!("diagnosis-{next}"), |_| true);
    }
    room.hands.press(OK);
    let _ = room.log.expect_screen("diagnostics", "listening");
    let quiet = room.sway.picture("diagnosis-listening", |_| true);
    room.hands.press(ODD);
    let _ = room
        .sway
        .picture("diagnosis-odd-button", |picture| *picture != quiet);
    // Back is a button like any other here, and held it leaves.
    room.hands.hold(BACK, std::time::Duration::from_millis(700));
    let _ = room
        .log
        .expect("no more listening", |line| line["state"] != "listening");
}
