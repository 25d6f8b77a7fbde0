//! The arithmetic of iced's windows, with the program in one: events, what it answers, what is laid out.

use iced::advanced::clipboard;
use iced::advanced::renderer::Headless;
use iced::{Event, Pixels, mouse, window};
use iced_test::runtime::UserInterface;
use iced_test::runtime::user_interface::Cache;
use proptest::prelude::*;

use super::*;
use crate::app::renderer::Renderer;
use crate::app::screen::welcome::Welcome;
use crate::app::state::{App, Message, Screen};
use crate::app::system_events;
use crate::app::theme::SANS;
use crate::config;

/// A window as iced_winit 0.14 keeps it, with the program in it.
struct Window {
    app: App,
    renderer: Renderer,
    /// Its size in its own pixels.
    physical: Size,
    /// The factor of the output that it is on.
    factor: f32,
    /// The factors that the layout is made with: the window's, and what the program answered last.
    laid: (f32, f32),
    waiting: Vec<Event>,
}

impl Window {
    /// A window that has just been opened.
    fn open(physical: (u32, u32), factor: f32) -> Self {
        let screen = config::Screen::default();
        let welcome = Screen::Welcome(Welcome::new("Acme TV", "living-room", None));
        let app = App::showing(welcome, &screen, Size::new(1920.0, 1080.0)).unmeasured();
        let renderer = <Renderer as Headless>::new(SANS, Pixels(16.0), Some("tiny-skia"));
        let mut window = Self {
            app,
            renderer: futures::executor::block_on(renderer).unwrap(),
            physical: Size::new(physical.0 as f32, physical.1 as f32),
            factor,
            laid: (factor, 1.0),
            waiting: Vec::new(),
        };
        let size = window.logical();
        let opened = window::Event::Opened {
            position: None,
            size,
        };
        window.waiting.push(Event::Window(opened));
        window
    }

    fn logical(&self) -> Size {
        self.physical * (1.0 / (self.laid.0 * self.laid.1))
    }

    fn resize(&mut self, (width, height): (u32, u32)) {
        self.physical = Size::new(width as f32, height as f32);
        self.laid.0 = self.factor;
        let resized = window::Event::Resized(self.logical());
        self.waiting.push(Event::Window(resized));
    }

    /// The factor comes first and the size after it, as winit has it.
    fn rescale(&mut self, factor: f32, size: (u32, u32)) {
        self.factor = factor;
        self.laid.0 = factor;
        self.waiting
            .push(Event::Window(window::Event::Rescaled(factor)));
        self.resize(size);
    }

    /// What is waiting reaches the program, and what it makes of that is laid out.
    fn settle(&mut self) {
        let waiting = std::mem::take(&mut self.waiting);
        self.hear(&waiting);
    }

    /// Whether the next picture has something on it; a later one where the program is told something first.
    fn picture(&mut self, at: Instant) -> bool {
        self.hear(&[Event::Window(window::Event::RedrawRequested(at))]);
        !self.app.is_blank()
    }

    fn hear(&mut self, events: &[Event]) {
        let mut messages: Vec<Message> = Vec::new();
        let size = self.logical();
        let view = self.app.view();
        let mut interface = UserInterface::build(view, size, Cache::default(), &mut self.renderer);
        let _ = interface.update(
            events,
            mouse::Cursor::Unavailable,
            &mut self.renderer,
            &mut clipboard::Null,
            &mut messages,
        );
        drop(interface);
        for message in messages {
            let _ = self.app.update(message);
        }
        self.laid.1 = self.app.scale_factor();
    }

    /// It is laid out in its own pixels.
    fn is_sharp(&self) -> bool {
        let size = self.logical();
        let off = (size.width - self.physical.width).abs() + (size.height - self.physical.height);
        self.app.look().window() == self.physical && off.abs() < 0.01
    }
}

#[tokio::test]
async fn an_output_with_a_factor_is_drawn_on_in_its_own_pixels() {
    for factor in [1.0, 1.25, 1.5, 1.75, 2.0, 2.4, 3.0, 0.5] {
        let mut window = Window::open((1920, 1080), 1.0);
        window.settle();
        assert!(window.is_sharp());
        // The compositor tells of it once the window is on the output.
        window.rescale(factor, (1920, 1080));
        window.settle();
        assert!(window.is_sharp(), "{factor}");
        assert!(window.picture(Instant::now()), "{factor}");
        // Moved to another output, and turned.
        window.rescale(1.0, (3840, 2160));
        window.settle();
        window.resize((2160, 3840));
        window.settle();
        assert!(window.is_sharp() && window.picture(Instant::now()));
    }
}

#[tokio::test]
async fn a_factor_that_nothing_tells_of_is_asked_for() {
    let mut window = Window::open((1920, 1080), 2.0);
    window.settle();
    assert!(!window.is_sharp() && window.picture(Instant::now()));
    let _ = window
        .app
        .update(Message::System(system_events::SystemEvent::Factor(2.0)));
    window.settle();
    assert!(window.is_sharp() && window.picture(Instant::now()));
    // An answer that comes late tells nothing new.
    window.rescale(1.5, (1280, 720));
    window.settle();
    let _ = window
        .app
        .update(Message::System(system_events::SystemEvent::Factor(2.0)));
    window.settle();
    assert!(window.is_sharp());
}

#[tokio::test]
async fn a_window_that_shows_nothing_for_two_seconds_is_laid_out_anew() {
    let mut window = Window::open((1920, 1080), 1.0);
    window.settle();
    // By whatever fault: the program never heard of this.
    window.resize((1280, 720));
    window.waiting.clear();
    let start = Instant::now();
    assert!(!window.picture(start));
    assert!(!window.picture(start + Duration::from_millis(1_990)));
    assert_eq!(window.app.look().window().width, 1920.0);
    let _ = window.picture(start + BLANK_MOST);
    assert!(window.is_sharp());
    assert!(window.picture(start + BLANK_MOST));
}

#[tokio::test]
async fn a_window_that_never_told_its_size_is_drawn_on_after_two_seconds() {
    let mut window = Window::open((1280, 720), 1.0);
    window.waiting.clear();
    let start = Instant::now();
    assert!(!window.picture(start));
    let _ = window.picture(start + BLANK_MOST);
    assert!(window.is_sharp() && window.picture(start + BLANK_MOST));
}

#[test]
fn the_watch_asks_for_no_picture_while_something_is_drawn() {
    let watch = BlankFrames::default();
    let start = Instant::now();
    let at = |seconds: f32| start + Duration::from_secs_f32(seconds);
    assert_eq!(watch.look(true, start), Frame::Drawn);
    assert_eq!(watch.look(false, at(10.0)), Frame::Blank(at(12.0)));
    assert_eq!(watch.look(false, at(11.9)), Frame::Blank(at(12.0)));
    assert_eq!(watch.look(true, at(11.95)), Frame::Drawn);
    assert_eq!(watch.look(false, at(20.0)), Frame::Blank(at(22.0)));
    assert_eq!(watch.look(false, at(22.0)), Frame::Stuck);
    assert_eq!(watch.look(false, at(22.1)), Frame::Blank(at(24.1)));
}

#[test]
fn the_factors_undo_each_other() {
    for window in [0.5, 1.0, 1.25, 1.5, 1.75, 2.0, 2.25, 2.5, 3.0, 4.0] {
        assert_eq!(
            window * ScaleFactors::undoing(window).program(),
            1.0,
            "{window}"
        );
    }
    // Wayland's fractional scales are counted in 120ths. There is not always a number to make it 1 with; the next one
    // to it is less than a hair on the largest screen.
    for parts in 30..=960 {
        let window = parts as f32 / 120.0;
        let off = window * ScaleFactors::undoing(window).program() - 1.0;
        assert!(off.abs() <= f32::EPSILON, "{window}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn whatever_happens_to_a_window_it_ends_sharp(
        events in prop::collection::vec((0_u32..4, 30_u32..480, 320_u32..4096, 200_u32..2400), 1..8),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let _guard = runtime.enter();
        let mut window = Window::open((1920, 1080), 1.0);
        for (what, parts, width, height) in events {
            match what {
                0 => window.resize((width, height)),
                1 => window.rescale(parts as f32 / 120.0, (width, height)),
                // The picture comes before the program has heard.
                2 => drop(window.picture(Instant::now())),
                _ => window.settle(),
            }
        }
        window.settle();
        prop_assert!(window.is_sharp());
        prop_assert!(window.picture(Instant::now()));
    }
}
