//! A phone's camera before the screen: the QR code is read in every theme, at every resolution, from afar, and with
//! the longest text there may be.

use image::{RgbImage, imageops};
use serde_json::json;

use crate::display::read_qr;
use crate::living_room::{House, Room};
use testing::device::Device;
use testing::process::Running;
use testing::stub_server::{Site, serve};

const OK: u32 = 28;
const THEMES: [&str; 3] = ["dark", "light", "high-contrast"];
const SIZES: [(u32, u32); 3] = [(1920, 1080), (1280, 720), (3840, 2160)];
/// Sizes of the picture in percent: the further away, the smaller.
const PERCENT: [u32; 3] = [100, 50, 25];
/// The longest `verification_uri_complete` that a QR code is made of, in characters.
const LONGEST: usize = 110;

/// What zbarimg reads from a picture of this share of its size.
pub(crate) fn zbarimg(picture: &RgbImage, percent: u32) -> String {
    let (width, height) = picture.dimensions();
    let small = imageops::thumbnail(picture, width * percent / 100, height * percent / 100);
    let file = tempfile::Builder::new().suffix(".png").tempfile().unwrap();
    small.save(file.path()).unwrap();
    let mut command = std::process::Command::new("zbarimg");
    let _ = command.args(["--raw", "-q", "-Sdisable", "-Sqrcode.enable"]);
    let _ = command.arg(file.path());
    Running::start(command).wait().stdout.trim().to_owned()
}

/// Starts in each theme, and reads the code that is on the screen at each size.
fn read_everywhere(house: &dyn Fn(&str) -> House, name: &str, expected: Option<&str>) {
    let mut unread = Vec::new();
    for theme in THEMES {
        let house = house(&format!("\n[screen]\ntheme = \"{theme}\"\n"));
        let mut room = Room::enter(&house, &format!("camera-{name}-{theme}"), "");
        let _ = room.log.expect_screen("welcome", "idle");
        room.hands.press(OK);
        let mut line = room.log.expect_screen("sign_in", "waiting");
        for (width, height) in SIZES {
            let resolution = format!("output HEADLESS-1 resolution {width}x{height}");
            room.sway.tell(&resolution);
            if line["size"] != json!([width, height]) {
                line = room.log.expect(&resolution, |line| {
                    line["size"] == json!([width, height])
                        && line["rects"]["qr"][2].as_u64() > Some(u64::from(height) / 3)
                });
            }
            let place = &line["rects"]["qr"];
            let [x, y, wide, tall]: [u32; 4] = serde_json::from_value(place.clone()).unwrap();
            let picture =
                room.sway
                    .picture(&format!("camera-{name}-{theme}-{height}"), |picture| {
                        let there = picture.dimensions() == (width, height);
                        there
                            && read_qr(&imageops::crop_imm(picture, x, y, wide, tall).to_image())
                                .is_some()
                    });
            let text = read_qr(&picture).unwrap();
            if let Some(expected) = expected {
                assert_eq!(text, expected);
            }
            let missed = PERCENT
                .iter()
                .filter(|percent| zbarimg(&picture, **percent) != text);
            unread.extend(missed.map(|percent| format!("{theme} {height} at {percent} %")));
        }
    }
    assert!(unread.is_empty(), "not read: {unread:?}");
}

#[test]
fn the_code_is_read_in_every_theme_and_from_afar() {
    read_everywhere(&House::new, "demo", None);
}

#[test]
fn the_longest_code_is_read_in_every_theme_and_from_afar() {
    let start = "https://login.example.com/activate?user_code=WDJB-MJHT&hint=";
    let address = format!("{start}{}", "x".repeat(LONGEST - start.len()));
    let server = serve(
        Site::default()
            .json(
                "/device",
                200,
                &json!({
                    "device_code": "d", "user_code": "WDJB-MJHT", "expires_in": 900, "interval": 5,
                    "verification_uri": "https://login.example.com/activate",
                    "verification_uri_complete": address
                }),
            )
            .json("/token", 400, &json!({ "error": "authorization_pending" })),
    );
    let house = |more: &str| {
        let device = Device::new();
        device.configure(&format!(
            "[provider]\npreset = \"oauth2\"\nclient_id = \"tv\"\n\
             device_authorization_endpoint = \"{server}/device\"\n\
             token_endpoint = \"{server}/token\"\n{more}"
        ));
        House::of(device)
    };
    read_everywhere(&house, "longest", Some(&address));
}
