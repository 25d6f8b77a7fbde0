//! How the screen looks, as the person in front of it needs it: one table of settings, one line each.

mod reading;

use iced::widget::{Space, column, container, stack};
use iced::{Fill, Size};

use super::panel::Action;
use crate::app::focus::{Controls, Direction, Grid, HasId};
use crate::app::i18n::{fl, percent};
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::theme::{Look, token};
use crate::app::widget::control::ring_room;
use crate::app::widget::frame::body_below;
use crate::app::widget::icon::Icon;
use crate::app::widget::menu::{ItemValue, MenuItem, menu};
use crate::app::widget::safe_area_marks::safe_area_marks;
use crate::app::widget::{Chrome, frame, text};
use crate::config::{Aloud, Preference, Screen, Theme};

/// The accessibility panel.
#[derive(Debug)]
pub struct AccessibilityPanel {
    focus: Grid<Setting>,
}

/// Something that can be set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Setting {
    TextScale,
    Theme,
    PictureSize,
    ReducedMotion,
    ReadAloud,
    Captions,
}

impl HasId for Setting {
    fn id(self) -> &'static str {
        let line = LINES.iter().find(|line| line.setting == self);
        line.map_or("", |line| line.id)
    }
}

/// A setting as it stands on the screen.
struct SettingLine {
    setting: Setting,
    /// Its name in `--ui-log`.
    id: &'static str,
    icon: Icon,
    words: fn() -> String,
    hint: fn() -> String,
    /// How it is.
    says: fn(&Screen) -> String,
    /// One step back or on, if there is one.
    step: fn(&Screen, StepDirection) -> Option<Preference>,
    /// What OK makes of the last one.
    first: fn() -> Preference,
}

/// A way a value can change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum StepDirection {
    Back,
    On,
}

/// Every setting, in the order of the screen. A further one is a variant of [`Setting`], a line here, and a
/// [`Preference`].
const LINES: &[SettingLine] = &[
    SettingLine {
        setting: Setting::TextScale,
        id: "text_scale",
        icon: Icon::TextSize,
        words: || fl!("accessibility-text"),
        hint: || fl!("accessibility-text-hint"),
        says: |screen| text_scale(screen.text_scale),
        step: |screen, step| {
            next(&token::TEXT_SCALES, screen.text_scale, step).map(Preference::TextScale)
        },
        first: || Preference::TextScale(token::TEXT_SCALES[0]),
    },
    SettingLine {
        setting: Setting::Theme,
        id: "theme",
        icon: Icon::Theme,
        words: || fl!("accessibility-theme"),
        hint: || fl!("accessibility-theme-hint"),
        says: |screen| theme(screen.theme),
        step: |screen, step| neighbour(&THEMES, screen.theme, step).map(Preference::Theme),
        first: || Preference::Theme(THEMES[0]),
    },
    SettingLine {
        setting: Setting::PictureSize,
        id: "picture_size",
        icon: Icon::Picture,
        words: || fl!("accessibility-picture"),
        hint: || fl!("accessibility-picture-hint"),
        says: |screen| percent(f64::from(screen.overscan_percent)),
        step: |screen, step| {
            let percent = match step {
                StepDirection::Back => (screen.overscan_percent - 1.0).ceil(),
                StepDirection::On => (screen.overscan_percent + 1.0).floor(),
            };
            (0.0..=token::OVERSCAN_PERCENT_MAX)
                .contains(&percent)
                .then_some(Preference::OverscanPercent(percent))
        },
        first: || Preference::OverscanPercent(0.0),
    },
    SettingLine {
        setting: Setting::ReducedMotion,
        id: "reduced_motion",
        icon: Icon::Motion,
        words: || fl!("accessibility-motion"),
        hint: || fl!("accessibility-motion-hint"),
        says: |screen| switch(screen.reduced_motion),
        step: |screen, step| {
            let wanted = step == StepDirection::On;
            (screen.reduced_motion != wanted).then_some(Preference::ReducedMotion(wanted))
        },
        first: || Preference::ReducedMotion(false),
    },
    SettingLine {
        setting: Setting::ReadAloud,
        id: "read_aloud",
        icon: Icon::Speech,
        words: || fl!("accessibility-aloud"),
        hint: || fl!("accessibility-aloud-hint"),
        says: |screen| aloud(screen.read_aloud),
        step: |screen, step| neighbour(&ALOUD, screen.read_aloud, step).map(Preference::ReadAloud),
        first: || Preference::ReadAloud(ALOUD[0]),
    },
    SettingLine {
        setting: Setting::Captions,
        id: "captions",
        icon: Icon::Captions,
        words: || fl!("accessibility-captions"),
        hint: || fl!("accessibility-captions-hint"),
        says: |screen| switch(screen.captions),
        step: |screen, step| {
            let wanted = step == StepDirection::On;
            (screen.captions != wanted).then_some(Preference::Captions(wanted))
        },
        first: || Preference::Captions(false),
    },
];

/// The themes, the usual one first.
const THEMES: [Theme; 3] = [Theme::Dark, Theme::Light, Theme::HighContrast];

/// How much can be read aloud, the least first.
const ALOUD: [Aloud; 3] = [Aloud::Nothing, Aloud::Code, Aloud::Everything];

impl Default for AccessibilityPanel {
    fn default() -> Self {
        let lines = LINES.iter().map(|line| vec![line.setting]);
        Self {
            focus: Grid::new(lines.collect()),
        }
    }
}

impl AccessibilityPanel {
    /// A button of the remote was pressed. `screen` is how the screen looks now.
    ///
    /// Left and right change what has the focus; OK goes on, and from the last to the first.
    pub fn press(&mut self, button: Button, screen: &Screen) -> Action {
        let Some(line) = self.line() else {
            return Action::Close;
        };
        let change = match button {
            Button::Back => return Action::Close,
            Button::Left => (line.step)(screen, StepDirection::Back),
            Button::Right => (line.step)(screen, StepDirection::On),
            Button::Select => {
                Some((line.step)(screen, StepDirection::On).unwrap_or_else(line.first))
            }
            other => {
                if let Some(direction) = Direction::of(other) {
                    let _ = self.focus.step(direction);
                }
                None
            }
        };
        change.map_or(Action::None, Action::Change)
    }

    fn line(&self) -> Option<&'static SettingLine> {
        LINES.iter().find(|line| self.focus.has(line.setting))
    }

    /// Draws the panel, with a notice below where there is one.
    pub fn view<'a, Message: 'a>(
        &self,
        look: &Look,
        chrome: &'a Chrome,
        screen: &Screen,
        notice: Option<String>,
    ) -> Element<'a, Message> {
        let inset = ring_room(look);
        let items: Vec<_> = LINES
            .iter()
            .map(|line| MenuItem {
                id: line.id.into(),
                icon: Some(line.icon),
                words: (line.words)(),
                value: ItemValue::Turns {
                    says: (line.says)(screen),
                    less: (line.step)(screen, StepDirection::Back).is_some(),
                    more: (line.step)(screen, StepDirection::On).is_some(),
                },
            })
            .collect();
        let focused = LINES.iter().position(|line| self.focus.has(line.setting));
        let title = look.text(token::TITLE) * token::LINE + look.px(token::GAP_M);
        let lines = if look.is_in_reach() {
            HINT_LINES - 1
        } else {
            HINT_LINES
        };
        let below = lines as f32 * look.text(token::BODY) * token::LINE;
        let size = Size::new(
            look.settings_width(),
            body_below(look).height - title - below,
        );
        // What could not be saved is said where the hint is: there is room for one of them.
        let (words, color) = match (notice, self.line()) {
            (Some(notice), _) => (notice, look.palette.accent_ink),
            (None, line) => {
                let hint = line.map_or_else(String::new, |line| (line.hint)());
                (hint, look.palette.muted)
            }
        };
        let words = text::body(look, words).color(color);
        let page = column![
            container(text::title(look, fl!("accessibility-title"))).padding([0.0, inset]),
            Space::new().height(look.px(token::GAP_M)),
            menu(look, &items, focused, size),
            Space::new().height(look.px(token::GAP_M)),
            container(words)
                .padding([0.0, inset])
                .max_width(look.settings_width()),
            Space::new().height(Fill),
        ];
        let panel = frame(look, chrome, page);
        if self.focus.has(Setting::PictureSize) {
            stack![panel, safe_area_marks(look)].into()
        } else {
            panel
        }
    }

    /// Id of what has the focus.
    pub fn focus(&self) -> Option<String> {
        self.line().map(|line| line.id.to_owned())
    }

    /// What can have the focus.
    pub fn controls(&mut self) -> &mut dyn Controls {
        &mut self.focus
    }
}

/// Lines that a hint may take.
const HINT_LINES: usize = 3;

/// The next of `steps`, which rise, before or after a value that may be none of them.
fn next(steps: &[f32], value: f32, step: StepDirection) -> Option<f32> {
    let apart = |other: &&f32| (**other - value).abs() > f32::EPSILON;
    match step {
        StepDirection::Back => steps
            .iter()
            .filter(apart)
            .rev()
            .find(|other| **other < value),
        StepDirection::On => steps.iter().filter(apart).find(|other| **other > value),
    }
    .copied()
}

/// The choice before or after `value`.
fn neighbour<T: Copy + PartialEq>(choices: &[T], value: T, step: StepDirection) -> Option<T> {
    let place = choices.iter().position(|choice| *choice == value)?;
    let place = match step {
        StepDirection::Back => place.checked_sub(1)?,
        StepDirection::On => place + 1,
    };
    choices.get(place).copied()
}

fn text_scale(scale: f32) -> String {
    let place = token::TEXT_SCALES
        .iter()
        .position(|step| (step - scale).abs() < 0.005);
    match place {
        Some(0) => fl!("accessibility-text-normal"),
        Some(1) => fl!("accessibility-text-large"),
        Some(2) => fl!("accessibility-text-larger"),
        Some(3) => fl!("accessibility-text-largest"),
        _ => percent(f64::from((scale * 100.0).round())),
    }
}

fn theme(theme: Theme) -> String {
    match theme {
        Theme::Dark => fl!("accessibility-dark"),
        Theme::Light => fl!("accessibility-light"),
        Theme::HighContrast => fl!("accessibility-high-contrast"),
    }
}

fn aloud(aloud: Aloud) -> String {
    match aloud {
        Aloud::Nothing => fl!("accessibility-off"),
        Aloud::Code => fl!("accessibility-aloud-codes"),
        Aloud::Everything => fl!("accessibility-aloud-everything"),
    }
}

fn switch(on: bool) -> String {
    if on {
        fl!("accessibility-on")
    } else {
        fl!("accessibility-off")
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Preferences;

    use super::*;

    /// Presses buttons, and has what they change come true.
    fn pressed(screen: &mut Screen, buttons: &[Button]) -> AccessibilityPanel {
        let mut panel = AccessibilityPanel::default();
        for button in buttons {
            if let Action::Change(preference) = panel.press(*button, screen) {
                *screen = Preferences::default().with(preference).applied_to(screen);
            }
        }
        panel
    }

    #[test]
    fn left_and_right_change_and_stop_at_the_ends() {
        use Button::{Down, Left, Right};
        let mut screen = Screen::default();
        let panel = pressed(&mut screen, &[Left, Right, Right, Right, Right]);
        assert_eq!(panel.focus().as_deref(), Some("text_scale"));
        assert_eq!(screen.text_scale, 1.5);
        let _ = pressed(&mut screen, &[Left, Down, Right, Right, Right, Left]);
        assert_eq!((screen.text_scale, screen.theme), (1.3, Theme::Light));
        let mut buttons = vec![Down, Down];
        buttons.extend([Right; 30]);
        let _ = pressed(&mut screen, &buttons);
        assert_eq!(screen.overscan_percent, 15.0);
        let _ = pressed(&mut screen, &[Down, Down, Down, Right, Right]);
        assert!(screen.reduced_motion);
        let _ = pressed(&mut screen, &[Down, Down, Down, Left, Left]);
        assert!(!screen.reduced_motion);
    }

    #[test]
    fn a_value_between_two_steps_goes_to_its_neighbours() {
        for (button, scale, percent) in [(Button::Left, 1.15, 7.0), (Button::Right, 1.3, 8.0)] {
            let mut screen = Screen {
                text_scale: 1.2,
                overscan_percent: 7.5,
                ..Screen::default()
            };
            let _ = pressed(&mut screen, &[button, Button::Down, Button::Down, button]);
            assert_eq!(
                (screen.text_scale, screen.overscan_percent),
                (scale, percent)
            );
        }
    }

    #[test]
    fn ok_goes_round() {
        let mut screen = Screen::default();
        let mut seen = Vec::new();
        for _ in 0..4 {
            let _ = pressed(&mut screen, &[Button::Down, Button::Select]);
            seen.push(screen.theme);
        }
        let [dark, light, contrast] = THEMES;
        assert_eq!(seen, [light, contrast, dark, light]);
        let switch = [Button::Down, Button::Down, Button::Down, Button::Select];
        for expected in [true, false] {
            let _ = pressed(&mut screen, &switch);
            assert_eq!(screen.reduced_motion, expected);
        }
    }

    #[test]
    fn what_is_read_aloud_goes_from_nothing_over_codes_to_everything() {
        let mut screen = Screen::default();
        for (button, expected) in [
            (Button::Left, Aloud::Nothing),
            (Button::Right, Aloud::Code),
            (Button::Right, Aloud::Everything),
            (Button::Right, Aloud::Everything),
            (Button::Select, Aloud::Nothing),
        ] {
            let mut buttons = vec![Button::Down; 4];
            buttons.push(button);
            let _ = pressed(&mut screen, &buttons);
            assert_eq!(screen.read_aloud, expected);
        }
    }

    #[test]
    fn back_closes_and_no_arrow_leaves() {
        let mut panel = AccessibilityPanel::default();
        let screen = Screen::default();
        for button in [Button::Up, Button::Menu, Button::Digit(1)] {
            assert_eq!(panel.press(button, &screen), Action::None);
        }
        assert_eq!(panel.press(Button::Back, &screen), Action::Close);
    }
}
