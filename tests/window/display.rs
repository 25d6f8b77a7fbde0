//! A display of 1920x1080 that nobody sees: what is on it can be read, and keys can be pressed.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use image::{RgbImage, imageops};
use tempfile::TempDir;

use testing::process::wait_for;
use testing::process::{PATIENCE, Running};

/// What a thumb needs to come down on a key after its eye saw what the last one did. Of two presses that reach the
/// program within 50 ms it takes the second for an echo of the first, and a busy machine may deliver a press late.
pub(crate) const THUMB: Duration = Duration::from_millis(80);
/// The same for a key that was the last one, too. Within 200 ms OK and Back count once, and a busy program hears that a
/// key was let go only when it has drawn what the press did.
pub(crate) const AGAIN: Duration = Duration::from_millis(400);

/// An X server with its frame buffer in a file.
pub(crate) struct Display {
    name: String,
    frame_buffer: TempDir,
    server: Running,
    last: RefCell<String>,
}

impl Display {
    /// Starts a server on the first free display.
    pub(crate) fn start() -> Self {
        let frame_buffer = TempDir::new().unwrap();
        let mut command = Command::new("Xvfb");
        let _ = command
            .args(["-displayfd", "1", "-screen", "0", "1920x1080x24"])
            .args(["-nolisten", "tcp", "-noreset", "-fbdir"])
            .arg(frame_buffer.path());
        let mut server = Running::start(command);
        let number = server.line().unwrap();
        Self {
            name: format!(":{number}"),
            frame_buffer,
            server,
            last: RefCell::default(),
        }
    }

    /// What `DISPLAY` must be.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Presses and releases a key, by its X name.
    pub(crate) fn press(&self, key: &str) {
        let again = self.last.replace(key.to_owned()) == key;
        std::thread::sleep(if again { AGAIN } else { THUMB });
        let status = Command::new("xdotool")
            .args(["key", key])
            .env("DISPLAY", &self.name)
            .status()
            .unwrap();
        assert!(status.success(), "xdotool key {key}");
    }

    /// Presses and releases a key by its Linux code.
    pub(crate) fn press_code(&self, code: u32) {
        // X counts from 8; xdotool takes a number for X's code, but one digit for the key that types it.
        match code {
            1 => self.press("Escape"),
            _ => self.press(&(code + 8).to_string()),
        }
    }

    /// The server itself.
    pub(crate) fn server(&self) -> &Running {
        &self.server
    }

    /// Waits until the program's window has the keyboard. There is no window manager to give it.
    pub(crate) fn wait_for_keyboard(&self) {
        wait_for("a window with the keyboard", PATIENCE, || {
            let focused = Command::new("xdotool")
                .args(["getwindowfocus", "getwindowname"])
                .env("DISPLAY", &self.name)
                .output()
                .unwrap();
            // The root window has no name.
            (!focused.stdout.trim_ascii().is_empty()).then_some(())
        });
    }

    /// What is on the screen once `shows` says so, also kept as `target/e2e/NAME.png`.
    ///
    /// A line of the log says what is about to be drawn; the pixels follow it.
    pub(crate) fn picture(&self, name: &str, shows: impl Fn(&RgbImage) -> bool) -> RgbImage {
        let picture = wait_for(&format!("the picture {name}"), PATIENCE, || {
            Some(self.grab()).filter(&shows)
        });
        let file = pictures().join(format!("{name}.png"));
        picture.save(file).unwrap();
        picture
    }

    /// What is on the screen now.
    pub(crate) fn grab(&self) -> RgbImage {
        read_xwd(&fs::read(self.frame_buffer.path().join("Xvfb_screen0")).unwrap())
    }
}

/// Where pictures are kept for people.
pub(crate) fn pictures() -> PathBuf {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/e2e");
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The text of the QR code in a picture, if one can be read.
pub(crate) fn read_qr(picture: &RgbImage) -> Option<String> {
    let (width, height) = picture.dimensions();
    let mut grey =
        rqrr::PreparedImage::prepare_from_greyscale(width as usize, height as usize, |x, y| {
            let [red, green, blue] = picture.get_pixel(x as u32, y as u32).0;
            red.max(green).max(blue)
        });
    grey.detect_grids()
        .into_iter()
        .find_map(|grid| grid.decode().ok())
        .map(|(_, text)| text)
}

/// Whether a part of a picture (x, y, width, height) has more in it than a flat surface with some text on it.
pub(crate) fn is_drawn(picture: &RgbImage, [x, y, width, height]: [u32; 4]) -> bool {
    let part = imageops::crop_imm(picture, x, y, width, height).to_image();
    let mut counts = HashMap::new();
    for pixel in part.pixels() {
        *counts.entry(pixel).or_insert(0) += 1;
    }
    counts
        .values()
        .max()
        .is_some_and(|most| most * 2 < width * height)
}

/// Reads the X window dump that Xvfb keeps (XWDFile.h): a head of 32-bit big-endian words, colours, pixels.
fn read_xwd(dump: &[u8]) -> RgbImage {
    let word =
        |index: usize| u32::from_be_bytes(dump[index * 4..index * 4 + 4].try_into().unwrap());
    let (head, width, height) = (word(0) as usize, word(4), word(5));
    let (little_endian, bits, stride) = (word(7) == 0, word(11), word(12) as usize);
    let colours = word(19) as usize;
    assert!(little_endian && bits == 32, "not a dump of 32-bit pixels");
    let pixels = &dump[head + colours * 12..];
    RgbImage::from_fn(width, height, |x, y| {
        let at = y as usize * stride + x as usize * 4;
        image::Rgb([pixels[at + 2], pixels[at + 1], pixels[at]])
    })
}
