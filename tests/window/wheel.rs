//! A wheel that is a button, as XTEST, VNC and nested X servers have it: a notch is a row.

use std::process::Command;

use tokio::runtime::Runtime;

use crate::demo::App;
use crate::held;

/// The buttons of X that are a notch towards the hand, and away from it.
const DOWN: &str = "5";
const UP: &str = "4";

/// Rolls by so many notches, each as soon as the one before is over.
fn roll(app: &App, button: &str, notches: u32) {
    let status = Command::new("xdotool")
        .args(["click", "--delay", "1", "--repeat"])
        .args([&notches.to_string(), button])
        .env("DISPLAY", app.display.name())
        .status()
        .unwrap();
    assert!(status.success(), "xdotool click {button}");
}

#[test]
fn a_notch_of_a_wheel_that_is_a_button_is_a_row_however_many_come_at_once() {
    let runtime = Runtime::new().unwrap();
    let api = held::serve(&runtime, 20);
    let device = held::device(api.port);
    let mut app = App::start(&device, &["kiosk", "--ui-log-ids"], "wheel");
    let _ = app.log.expect("home", |line| line["focus"] == "card.0.i0");
    let mut row = 0;
    // Through rows where nobody has been, each of which has its first card in focus then.
    for (button, notches) in [(DOWN, 1), (DOWN, 5), (DOWN, 12), (UP, 3), (UP, 8)] {
        roll(&app, button, notches);
        row = if button == UP {
            row - notches
        } else {
            row + notches
        };
        let first = format!("card.{row}.i0");
        let _ = app.log.expect(&first, |line| line["focus"] == *first);
        // X keeps the order: what the key does comes after all that the wheel has done.
        app.press("Right");
        let moved = app.log.expect("a card to the right", |line| {
            let focus = line["focus"].as_str();
            focus.is_some_and(|focus| focus.ends_with(".i1"))
        });
        let second = format!("card.{row}.i1");
        assert_eq!(moved["focus"], second, "{notches} notches");
    }
}
