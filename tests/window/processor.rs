//! One screen, drawn by the programs of two kinds of processor: `packaging/test` runs this, and names the other program.

use std::path::Path;
use std::process::Command;

use image::RgbImage;
use serde_json::json;

use crate::display::{Display, pictures, read_qr};
use crate::living_room::log_file;
use crate::ui_log::UiLog;
use testing::device::{Device, program};
use testing::process::{PATIENCE, Running, wait_for};
use testing::stub_server::{Site, serve};

/// A kiosk at its sign-in screen. Dropping it is a power cut.
struct Kiosk {
    _program: Running,
    display: Display,
    _device: Device,
}

impl Kiosk {
    fn start(program: &Path, server: &str, name: &str) -> Self {
        let device = Device::new();
        device.configure(&format!(
            "[provider]\npreset = \"oauth2\"\nclient_id = \"tv\"\n\
             device_authorization_endpoint = \"{server}/device\"\n\
             token_endpoint = \"{server}/token\"\n[screen]\nclock = false\n"
        ));
        let display = Display::start();
        let log = log_file(name);
        let like = device.command(&[]);
        let mut command = Command::new(program);
        let _ = command
            .args(["kiosk", "--renderer", "software", "--ui-log"])
            .arg(&log)
            .env_clear()
            .envs(
                like.get_envs()
                    .filter_map(|(key, value)| Some((key, value?))),
            )
            .env("DISPLAY", display.name())
            .current_dir(device.home());
        let program = Running::start(command);
        let mut log = UiLog::follow(&log);
        let _ = log.expect_screen("welcome", "idle");
        display.wait_for_keyboard();
        display.press("Return");
        let _ = log.expect_screen("sign_in", "waiting");
        Self {
            _program: program,
            display,
            _device: device,
        }
    }
}

#[test]
#[ignore = "packaging/test runs it with the program of another processor"]
fn the_sign_in_screen_has_the_same_pixels() {
    let address = "https://login.example.com/activate";
    let code = json!({
        "device_code": "d", "user_code": "WDJB-MJHT", "expires_in": 900, "interval": 5,
        "verification_uri": address,
        "verification_uri_complete": format!("{address}?user_code=WDJB-MJHT"),
    });
    let site = Site::default().json("/device", 200, &code);
    let server = serve(site.json("/token", 400, &json!({ "error": "authorization_pending" })));
    // What is left of the code's time is shown by the second: the one whose code is younger comes to what the other showed.
    let other = Kiosk::start(&program(), &server, "processor-other");
    let here = Path::new(env!("CARGO_BIN_EXE_vestibule"));
    let here = Kiosk::start(here, &server, "processor-here");
    let code = |picture: &RgbImage| read_qr(picture).is_some();
    let _ = other.display.picture("processor-other", code);
    let _ = here.display.picture("processor-here", code);
    let mut shown: Vec<RgbImage> = Vec::new();
    let same = wait_for("one picture of both", PATIENCE, || {
        let latest = other.display.grab();
        if shown.last() != Some(&latest) && code(&latest) {
            shown.push(latest);
        }
        let picture = here.display.grab();
        shown.contains(&picture).then_some(picture)
    });
    same.save(pictures().join("processor.png")).unwrap();
}
