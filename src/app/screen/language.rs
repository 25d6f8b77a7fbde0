//! The choice of a language, each by the name its speakers call it.

mod reading;

use iced::Fill;
use iced::widget::{Space, column, container, row};

use super::panel::Action;
use crate::app::focus::{Controls, Direction, Grid, HasId};
use crate::app::i18n::{self, fl};
use crate::app::remote::Button;
use crate::app::renderer::Element;
use crate::app::theme::{Look, token};
use crate::app::widget::control::ring_room;
use crate::app::widget::frame::body_below;
use crate::app::widget::icon::Icon;
use crate::app::widget::menu::{ItemValue, MenuItem, VisibleRange, menu_height, menu_item, more};
use crate::app::widget::{Chrome, frame, text};
use crate::config::Preference;

/// What stands for the language of the system.
const AUTO: &str = "auto";

/// The language panel.
#[derive(Debug)]
pub struct LanguagePanel {
    /// What is chosen now: a tag that is offered, or [`AUTO`].
    chosen: &'static str,
    focus: Grid<LanguageChoice>,
}

/// A tag that is offered, or [`AUTO`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct LanguageChoice(&'static str);

impl HasId for LanguageChoice {
    fn id(self) -> &'static str {
        self.0
    }
}

impl LanguagePanel {
    /// The panel, where `language` is that of `[screen]` and the viewer's own preferences.
    pub fn new(language: &str) -> Self {
        let chosen = if language == AUTO {
            AUTO
        } else {
            i18n::language().tag
        };
        let tags = i18n::offered()
            .iter()
            .map(|offered| LanguageChoice(offered.tag));
        let tags: Vec<_> = tags.collect();
        let rows = tags.chunks(token::LANGUAGE_COLUMNS).map(<[_]>::to_vec);
        let mut focus = Grid::new(
            std::iter::once(vec![LanguageChoice(AUTO)])
                .chain(rows)
                .collect(),
        );
        focus.focus(LanguageChoice(chosen));
        Self { chosen, focus }
    }

    /// A button of the remote was pressed.
    pub fn press(&mut self, button: Button) -> Action {
        if let Some(direction) = Direction::of(button) {
            let _ = self.focus.step(direction);
            return Action::None;
        }
        match (button, self.focus.focused()) {
            (Button::Back, _) => Action::Close,
            (Button::Select, Some(LanguageChoice(tag))) if tag != self.chosen => {
                self.chosen = tag;
                Action::Change(Preference::Language(tag.to_owned()))
            }
            _ => Action::None,
        }
    }

    /// Draws the panel, with a notice below where there is one.
    pub fn view<'a, Message: 'a>(
        &self,
        look: &Look,
        chrome: &'a Chrome,
        notice: Option<String>,
    ) -> Element<'a, Message> {
        let width = look.safe().width;
        let columns = if look.is_on_end() {
            token::LANGUAGE_COLUMNS_ON_END
        } else {
            token::LANGUAGE_COLUMNS
        };
        let cell = (width / columns as f32).floor();
        let item = |tag: &'static str, words: String, value: ItemValue, width: f32| {
            let item = MenuItem {
                id: tag.into(),
                icon: (tag == self.chosen).then_some(Icon::Tick),
                words,
                value,
            };
            menu_item(look, &item, self.focus.has(LanguageChoice(tag)), width)
        };
        let system = if self.chosen == AUTO {
            ItemValue::Says(i18n::language().name.to_owned())
        } else {
            ItemValue::None
        };
        let offered = i18n::offered();
        let all = offered.len().div_ceil(columns);
        let window = self.rows_in_view(look, columns, all);
        let languages = offered.chunks(columns).skip(window.first);
        let languages = languages.take(window.count).map(|languages| {
            let cells = languages.iter().map(|language| {
                let name = language.name.to_owned();
                item(language.tag, name, ItemValue::None, cell)
            });
            row(cells).into()
        });
        let scrolls = window.count < all;
        let last = window.first + window.count;
        let languages = column![]
            .push(scrolls.then(|| more(look, window.first > 0, Icon::Above)))
            .extend(languages)
            .push(scrolls.then(|| more(look, last < all, Icon::Below)));
        let notice = notice.map(|notice| text::body(look, notice).color(look.palette.accent_ink));
        let page = column![
            container(text::title(look, fl!("language-title"))).padding([0.0, ring_room(look)]),
            Space::new().height(look.px(token::GAP_M)),
            item(AUTO, fl!("language-auto"), system, look.settings_width()),
            languages,
            Space::new().height(Fill),
        ]
        .push(notice.map(|notice| container(notice).padding([0.0, ring_room(look)])));
        frame(look, chrome, page)
    }

    /// The rows of languages that there is room for, around the one with the focus.
    fn rows_in_view(&self, look: &Look, columns: usize, all: usize) -> VisibleRange {
        let focused = i18n::offered()
            .iter()
            .position(|language| self.focus.has(LanguageChoice(language.tag)))
            .map_or(0, |index| index / columns);
        let title = look.text(token::TITLE) * token::LINE + look.px(token::GAP_M);
        let left = body_below(look).height - title.ceil() - menu_height(look, 1);
        let fits = |height: f32| (height / menu_height(look, 1)).floor().max(1.0) as usize;
        if fits(left) >= all {
            return VisibleRange::around(focused, all, all);
        }
        let fits = fits(left - 2.0 * look.px(token::MENU_MORE));
        VisibleRange::around(focused, all, fits)
    }

    /// What the panel is doing, for `--ui-log`: which language is chosen.
    pub fn state(&self) -> &'static str {
        self.chosen
    }

    /// Id of what has the focus.
    pub fn focus(&self) -> Option<String> {
        self.focus.focused().map(|choice| choice.id().into())
    }

    /// What can have the focus.
    pub fn controls(&mut self) -> &mut dyn Controls {
        &mut self.focus
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_in_use_has_the_focus_and_back_closes() {
        let mut panel = LanguagePanel::new(AUTO);
        assert_eq!(panel.focus().as_deref(), Some(AUTO));
        assert_eq!(panel.press(Button::Select), Action::None, "it is already");
        assert_eq!(panel.press(Button::Back), Action::Close);
        assert_eq!(LanguagePanel::new("en").focus().as_deref(), Some("en"));
        // What is not offered is English, and so is the focus.
        assert_eq!(LanguagePanel::new("tlh").focus().as_deref(), Some("en"));
    }

    #[test]
    fn a_choice_counts_at_once_and_the_focus_stays() {
        let mut panel = LanguagePanel::new(AUTO);
        assert_eq!(panel.press(Button::Down), Action::None);
        let tag = panel.focus().unwrap();
        assert_eq!(
            panel.press(Button::Select),
            Action::Change(Preference::Language(tag.clone()))
        );
        assert_eq!(panel.state(), tag);
        assert_eq!(panel.focus(), Some(tag));
    }
}
