//! Whether the screen is for fingers: as the owner says, or as the last hand was.

use iced::{Size, Task};

use super::{App, Now};
use crate::config::Touch;
use crate::host::screen_size::{self, Panel};
use crate::host::touch_screen;

/// What is known of hands and panel.
#[derive(Debug, Default)]
pub(super) struct Fingers {
    /// Whether there is a touch screen.
    there: bool,
    /// Whether the last hand was a finger; nothing before there was one.
    last: Option<bool>,
    panels: Vec<Panel>,
}

impl Fingers {
    /// On this box.
    pub(super) fn of_this_box() -> Self {
        Self {
            there: touch_screen::is_there(),
            last: None,
            panels: screen_size::panels(),
        }
    }

    /// A finger has touched the screen.
    pub(super) fn touched(&mut self) {
        self.last = Some(true);
    }

    /// A key was pressed.
    pub(super) fn pressed(&mut self) {
        self.last = Some(false);
    }

    /// Whether the screen is for them.
    fn are_meant(&self, wish: Touch) -> bool {
        match wish {
            Touch::Auto => self.last.unwrap_or(self.there),
            Touch::On => true,
            Touch::Off => false,
        }
    }

    /// A millimetre of the panel that a window covers, in pixels.
    fn millimetre(&self, window: Size) -> Option<f32> {
        let window = (window.width as u32, window.height as u32);
        screen_size::pixels_per_millimetre(&self.panels, window)
    }
}

impl App {
    /// Fits the screen to the hand that is in use, where that is another than before.
    pub(super) fn fit_to_hand(&mut self, now: Now) -> Task<super::Message> {
        let wish = self.launch.config.as_ref();
        let wish = wish.map_or(Touch::default(), |config| config.screen.touch);
        let fingers = &self.input.fingers;
        let millimetre = fingers.millimetre(self.look.window());
        let look = self.look.for_fingers(fingers.are_meant(wish), millimetre);
        let again = if look == self.look {
            Task::none()
        } else {
            self.look = look;
            self.lay_out_again(now)
        };
        self.chrome.back = self.look.is_for_fingers() && self.goes_back();
        again
    }

    /// Whether Back leads anywhere.
    fn goes_back(&self) -> bool {
        self.diagnostics.is_some()
            || self.preferences.panel().is_some()
            || self.screen.active().goes_back()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::gallery::{self, SIZES};
    use crate::app::pointer::Gesture;
    use crate::app::remote::Button;
    use crate::app::state::{Message, Screen};
    use crate::app::widget::frame::BACK;
    use crate::config;

    #[tokio::test(flavor = "multi_thread")]
    async fn fingers_get_a_way_back_and_controls_of_their_size() {
        let folder = tempfile::tempdir().unwrap();
        let context = gallery::context(folder.path());
        let config = config::Screen {
            touch: Touch::On,
            ..gallery::config().screen
        };
        let (mut left, mut stayed) = (0, 0);
        for (name, screen) in gallery::screens(&context) {
            let mut app = App::showing(screen, &config, SIZES[1]);
            let _ = app.update(Message::Pointer(Gesture::Shown));
            let goes_back = app.goes_back();
            let places = gallery::draw(&app).rects;
            assert_eq!(places.contains_key(BACK), goes_back, "{name}");
            let controls = app.controls().map(|controls| controls.ids());
            let names = controls.unwrap_or_default();
            let places = names.iter().filter_map(|id| places.get(id.as_ref()));
            let least = app.look().least_control();
            assert!(places.clone().all(|place| place.height >= least), "{name}");
            if goes_back && matches!(app.screen, Screen::SignIn(_)) {
                let _ = app.update(Message::Pointed(vec![BACK.to_owned()], Button::Select));
                left += usize::from(!matches!(app.screen, Screen::SignIn(_)));
            } else {
                stayed += 1;
            }
        }
        assert!(left > 0 && stayed > 0, "{left} {stayed}");
    }

    #[test]
    fn the_last_hand_counts_before_what_is_plugged_in_and_the_owner_before_both() {
        for (there, hands, auto) in [
            (false, &[][..], false),
            (true, &[], true),
            (true, &[false], false),
            (true, &[false, true], true),
            (false, &[true], true),
            (false, &[true, false], false),
        ] {
            let mut fingers = Fingers {
                there,
                ..Fingers::default()
            };
            for finger in hands {
                match finger {
                    true => fingers.touched(),
                    false => fingers.pressed(),
                }
            }
            assert_eq!(fingers.are_meant(Touch::Auto), auto, "{there} {hands:?}");
            assert!(fingers.are_meant(Touch::On) && !fingers.are_meant(Touch::Off));
        }
    }
}
