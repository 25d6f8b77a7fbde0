//! The code and home in Slint, drawn in software: `slint-peer BASE`, where BASE is the address of the server.
//!
//! One thread signs in, four load pictures, and the first draws.

mod home;
mod screen;
mod server;

use crate::home::Home;
use crate::screen::App;
use crate::server::{Code, Library, Server, User};
use slint::{ComponentHandle, Image, Rgb8Pixel, SharedPixelBuffer, Timer, TimerMode};
use std::cell::RefCell;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

pub type Pixels = SharedPixelBuffer<Rgb8Pixel>;

const LOADERS: usize = 4;
const BLACK: Rgb8Pixel = Rgb8Pixel { r: 0, g: 0, b: 0 };
const WHITE: Rgb8Pixel = Rgb8Pixel {
    r: 255,
    g: 255,
    b: 255,
};
/// Light modules around a QR code (ISO 18004).
const QUIET_ZONE: usize = 4;

thread_local! {
    // Of the thread that draws: what others send there finds it here.
    static APP: RefCell<Option<App>> = const { RefCell::new(None) };
    static HOME: RefCell<Option<Home>> = const { RefCell::new(None) };
    static CLOCK: RefCell<Option<Timer>> = const { RefCell::new(None) };
}

fn main() {
    let base = std::env::args().nth(1).expect("BASE");
    let app = App::new().unwrap();
    app.on_key(|text| {
        HOME.with_borrow_mut(|home| {
            let Some(home) = home else { return false };
            let has_moved = home.key(&text);
            if has_moved {
                APP.with_borrow(|app| home.lay_out(app.as_ref().unwrap()));
            }
            has_moved
        })
    });
    APP.set(Some(app.clone_strong()));
    let (ask, asked) = mpsc::channel();
    let of_sign_in = base.clone();
    thread::spawn(move || sign_in(&of_sign_in, ask));
    let asked = Arc::new(Mutex::new(asked));
    for _ in 0..LOADERS {
        let (base, asked) = (base.clone(), asked.clone());
        thread::spawn(move || load_pictures(&base, &asked));
    }
    app.run().unwrap();
}

/// Does this where there is the screen.
fn on_screen(act: impl FnOnce(&App) + Send + 'static) {
    slint::invoke_from_event_loop(|| APP.with_borrow(|app| act(app.as_ref().unwrap()))).unwrap();
}

fn sign_in(base: &str, ask: Sender<String>) {
    let server = Server::new(base);
    let code = server.code();
    show_code(&code);
    let access_token = server.access_token(&code);
    on_screen(|app| {
        CLOCK.set(None);
        app.set_signed_in(true);
    });
    let user: User = server.get("/userinfo", &access_token);
    let library: Library = server.get("/api/items", &access_token);
    on_screen(move |app| {
        app.set_heading(format!("Signed in as {}", user.name).into());
        let mut home = Home::new(library, ask);
        home.lay_out(app);
        HOME.set(Some(home));
    });
}

fn show_code(code: &Code) {
    let qr = qr_code(&code.verification_uri_complete);
    let address = code.verification_uri.split("//").nth(1).unwrap();
    let instruction = format!("Go to {address} and enter this code");
    let (user_code, lifetime_s) = (code.user_code.clone(), code.expires_in as f32);
    on_screen(move |app| {
        app.set_instruction(instruction.into());
        app.set_code(user_code.into());
        app.set_qr(Image::from_rgb8(qr));
        let (app, since) = (app.as_weak(), Instant::now());
        let tick = move || {
            let app = app.unwrap();
            let left_s = (lifetime_s - since.elapsed().as_secs_f32()).max(0.0);
            app.set_time_left(
                format!(
                    "Expires in {}:{:02}",
                    left_s as u32 / 60,
                    left_s as u32 % 60
                )
                .into(),
            );
            app.set_part_left(left_s / lifetime_s);
        };
        tick();
        let clock = Timer::default();
        clock.start(TimerMode::Repeated, Duration::from_secs(1), tick);
        CLOCK.set(Some(clock));
    });
}

/// A pixel for each module.
fn qr_code(text: &str) -> Pixels {
    let code =
        qrcode::QrCode::with_error_correction_level(text.as_bytes(), qrcode::EcLevel::M).unwrap();
    let side = code.width() + 2 * QUIET_ZONE;
    let mut pixels = Pixels::new(side as u32, side as u32);
    let drawn = pixels.make_mut_slice();
    drawn.fill(WHITE);
    for y in 0..code.width() {
        for x in 0..code.width() {
            if code[(x, y)] == qrcode::Color::Dark {
                drawn[(y + QUIET_ZONE) * side + x + QUIET_ZONE] = BLACK;
            }
        }
    }
    pixels
}

fn load_pictures(base: &str, asked: &Mutex<Receiver<String>>) {
    let server = Server::new(base);
    loop {
        let next = asked.lock().unwrap().recv();
        let Ok(path) = next else { return };
        let Some(bytes) = server.picture(&path) else {
            continue;
        };
        let Ok(decoded) = image::load_from_memory(&bytes) else {
            continue;
        };
        let decoded = decoded.to_rgb8();
        let pixels = Pixels::clone_from_slice(decoded.as_raw(), decoded.width(), decoded.height());
        on_screen(move |app| {
            HOME.with_borrow_mut(|home| {
                if let Some(home) = home {
                    home.show(app, path, pixels);
                }
            });
        });
    }
}
