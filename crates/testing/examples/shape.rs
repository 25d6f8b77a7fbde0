//! Runs the program against an API of a certain shape, with somebody signed in:
//!
//! ```sh
//! cargo build && cargo build --workspace --example shape
//! target/debug/examples/shape twitch kiosk --windowed 1280x720
//! target/debug/examples/shape twitch config try "Live now"
//! ```

#![allow(clippy::unwrap_used)]

use testing::shape::Shape;

fn main() {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_else(|| "twitch".to_owned());
    let shape = Shape::serve(&name);
    let device = shape.device();
    let arguments: Vec<String> = arguments.collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let mut command = device.command(&arguments);
    let shown = std::env::vars().filter(|(name, _)| {
        let screen = [
            "DISPLAY",
            "WAYLAND_DISPLAY",
            "XDG_RUNTIME_DIR",
            "LANG",
            "TZ",
        ];
        screen.contains(&name.as_str())
    });
    let status = command.envs(shown).status().unwrap();
    for problem in shape.problems() {
        eprintln!("{problem}");
    }
    std::process::exit(status.code().unwrap_or(1));
}
