//! A list of controls, one under the other: as many as there is room for, around the one that has the focus.

use std::borrow::Cow;

use iced::border::Border;
use iced::widget::text::Wrapping;
use iced::widget::{Space, column, container, row};
use iced::{Background, Center, Color, Element, Fill, Size};

use super::button::{control_height, ring_room, ringed};
use super::icon::{Icon, icon};
use super::{clamp, named, text};
use crate::app::theme::{Look, token};

/// One control of a menu.
#[derive(Debug, Clone)]
pub struct Item {
    /// Its name in `--ui-log`.
    pub id: Cow<'static, str>,
    /// What stands before the words.
    pub icon: Icon,
    /// What it does.
    pub words: String,
}

/// `items` in a place of this `size`; the one at `focused` has the focus, if the menu has it at all.
///
/// Where they do not all fit, those around the focus are shown, and an arrow at the end where there are more.
pub fn menu<'a, Message: 'a>(
    look: &Look,
    items: &[Item],
    focused: Option<usize>,
    size: Size,
) -> Element<'a, Message> {
    let window = Window::around(
        focused.unwrap_or(0),
        items.len(),
        fits(look, items.len(), size),
    );
    let shown = items
        .iter()
        .enumerate()
        .skip(window.first)
        .take(window.count)
        .map(|(index, item)| line(look, item, focused == Some(index), size.width));
    let more = |there: bool, points: Icon| {
        let side = look.px(token::MENU_MORE);
        let arrow = there.then(|| icon(points, side, look.palette.muted));
        container(column![].push(arrow))
            .width(Fill)
            .height(side)
            .center_x(Fill)
    };
    let scrolls = window.count < items.len();
    let last = window.first + window.count;
    column![]
        .push(scrolls.then(|| more(window.first > 0, Icon::Above)))
        .extend(shown)
        .push(scrolls.then(|| more(last < items.len(), Icon::Below)))
        .width(size.width)
        .into()
}

/// How many of `items` stand in a place of this size.
fn fits(look: &Look, items: usize, size: Size) -> usize {
    let line = control_height(look) + 2.0 * ring_room(look);
    let lines = |height: f32| (height / line).floor().max(1.0) as usize;
    if lines(size.height) >= items {
        items
    } else {
        lines(size.height - 2.0 * look.px(token::MENU_MORE))
    }
}

/// The part of a list that is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Window {
    first: usize,
    count: usize,
}

impl Window {
    /// `fits` of `all` lines with the one at `focused` in the middle, as far as the ends allow.
    fn around(focused: usize, all: usize, fits: usize) -> Self {
        let count = fits.min(all);
        let first = focused.saturating_sub(count / 2).min(all - count);
        Self { first, count }
    }
}

fn line<'a, Message: 'a>(
    look: &Look,
    item: &Item,
    focused: bool,
    width: f32,
) -> Element<'a, Message> {
    let palette = look.palette;
    let (surface, ink) = if focused {
        (palette.accent, palette.on_accent)
    } else {
        (Color::TRANSPARENT, palette.text)
    };
    let outlined = !focused && palette.outline.a > 0.0;
    let border = Border {
        color: palette.outline,
        width: if outlined {
            look.px(token::OUTLINE)
        } else {
            0.0
        },
        radius: look.px(token::RADIUS).into(),
    };
    let padding = look.px(token::GAP_M);
    let (side, gap) = (look.px(token::ICON), look.px(token::GAP_M));
    let room = width - 2.0 * (ring_room(look) + padding) - side - gap;
    let words = clamp(&item.words, look.text(token::BODY), room, 1);
    let face = row![
        icon(item.icon, side, ink),
        Space::new().width(gap),
        text::body(look, words).color(ink).wrapping(Wrapping::None),
    ]
    .align_y(Center);
    let control = container(face)
        .padding([0.0, padding])
        .width(Fill)
        .height(control_height(look))
        .align_y(Center)
        .style(move |_| container::Style {
            background: Some(Background::Color(surface)),
            border,
            ..container::Style::default()
        });
    named(item.id.clone(), ringed(look, control, focused))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_list_that_fits_does_not_move() {
        for focused in 0..4 {
            let window = Window::around(focused, 4, 6);
            assert_eq!(window, Window { first: 0, count: 4 });
        }
        assert_eq!(Window::around(0, 0, 3), Window { first: 0, count: 0 });
    }

    #[test]
    fn a_longer_one_moves_under_the_focus() {
        let first = |focused| Window::around(focused, 9, 5).first;
        assert_eq!(
            (0..9).map(first).collect::<Vec<_>>(),
            [0, 0, 0, 1, 2, 3, 4, 4, 4]
        );
    }

    proptest! {
        #[test]
        fn the_focus_is_always_in_view(all in 1_usize..60, fits in 1_usize..12, focused in 0_usize..60) {
            let focused = focused.min(all - 1);
            let window = Window::around(focused, all, fits);
            prop_assert!((window.first..window.first + window.count).contains(&focused));
            prop_assert!(window.first + window.count <= all);
        }
    }
}
