//! A list of controls, one under the other: as many as there is room for, around the one that has the focus.

use std::borrow::Cow;

use iced::widget::text::Wrapping;
use iced::widget::{Space, column, container, row};
use iced::{Center, Color, Fill, Size};

use super::control::{self, ControlSurface, control_height, ring_room, ringed};
use super::icon::{Icon, icon};
use super::{named, text};
use crate::app::renderer::Element;
use crate::app::theme::{Look, SANS, token};

/// One control of a menu.
#[derive(Debug, Clone)]
pub struct MenuItem {
    /// Its name in `--ui-log`.
    pub id: Cow<'static, str>,
    /// What stands before the words; none leaves its place empty.
    pub icon: Option<Icon>,
    /// What it does.
    pub words: String,
    /// What stands after them.
    pub value: ItemValue,
}

/// What stands at the end of a line of a menu.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemValue {
    None,
    /// How it is.
    Says(String),
    /// How it is, and that left and right change it.
    Turns {
        /// How it is.
        says: String,
        /// Whether there is less.
        less: bool,
        /// Whether there is more.
        more: bool,
    },
}

/// `items` in a place of this `size`; the one at `focused` has the focus, if the menu has it at all.
///
/// Where they do not all fit, those around the focus are shown, and an arrow at the end where there are more.
pub fn menu<'a, Message: 'a>(
    look: &Look,
    items: &[MenuItem],
    focused: Option<usize>,
    size: Size,
) -> Element<'a, Message> {
    let window = VisibleRange::around(
        focused.unwrap_or(0),
        items.len(),
        fits(look, items.len(), size),
    );
    let shown = items
        .iter()
        .enumerate()
        .skip(window.first)
        .take(window.count)
        .map(|(index, item)| menu_item(look, item, focused == Some(index), size.width));
    let scrolls = window.count < items.len();
    let last = window.first + window.count;
    column![]
        .push(scrolls.then(|| more(look, window.first > 0, Icon::Above)))
        .extend(shown)
        .push(scrolls.then(|| more(look, last < items.len(), Icon::Below)))
        .width(size.width)
        .into()
}

/// The room for an arrow that tells of more lines, and the arrow where there are any.
pub fn more<'a, Message: 'a>(look: &Look, there: bool, points: Icon) -> Element<'a, Message> {
    let arrow = there.then(|| icon(look, points, token::MENU_MORE, look.palette.muted));
    container(column![].push(arrow))
        .height(look.px(token::MENU_MORE))
        .center_x(Fill)
        .into()
}

/// Height of a menu that shows so many lines.
pub fn menu_height(look: &Look, lines: usize) -> f32 {
    lines as f32 * (control_height(look) + 2.0 * ring_room(look))
}

/// Width at which no line of a menu is cut.
pub fn menu_width(look: &Look, items: &[MenuItem]) -> f32 {
    let width = |words: &str| text::width(look, words, token::BODY, SANS);
    let (side, gap) = (look.px(token::ICON), look.px(token::GAP_M));
    let around = 2.0 * (ring_room(look) + gap) + side + gap;
    let lines = items.iter().map(|item| {
        let value = match &item.value {
            ItemValue::None => 0.0,
            // Words and value have half of the line each at most.
            ItemValue::Says(says) => width(says).max(width(&item.words)) + gap,
            ItemValue::Turns { .. } => {
                (look.text(token::BODY) * token::VALUE_WIDTH).ceil() + 2.0 * side
            }
        };
        around + width(&item.words) + value
    });
    lines.fold(0.0, f32::max).ceil()
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
pub struct VisibleRange {
    /// The first line in view.
    pub first: usize,
    /// How many are.
    pub count: usize,
}

impl VisibleRange {
    /// `fits` of `all` lines with the one at `focused` in the middle, as far as the ends allow.
    pub fn around(focused: usize, all: usize, fits: usize) -> Self {
        let count = fits.min(all);
        let first = focused.saturating_sub(count / 2).min(all - count);
        Self { first, count }
    }
}

/// A line of a menu, as wide as `width` with the room for its ring.
pub fn menu_item<'a, Message: 'a>(
    look: &Look,
    item: &MenuItem,
    focused: bool,
    width: f32,
) -> Element<'a, Message> {
    let surface = ControlSurface::new(look, control::Fill::None, focused);
    let ink = surface.ink;
    let padding = look.px(token::GAP_M);
    let (side, gap) = (look.px(token::ICON), look.px(token::GAP_M));
    let size = look.text(token::BODY);
    let room = width - 2.0 * (ring_room(look) + padding) - side - gap;
    let value_room = (room / 2.0).floor();
    let one_line = |words: String, color| {
        text::body(look, words)
            .color(color)
            .wrapping(Wrapping::None)
    };
    let (value, taken): (Option<Element<'a, Message>>, f32) = match &item.value {
        ItemValue::None => (None, 0.0),
        ItemValue::Says(says) => {
            let says = text::one_line(look, says, token::BODY, value_room);
            let taken = text::width(look, &says, token::BODY, SANS) + gap;
            (Some(one_line(says, surface.muted).into()), taken)
        }
        ItemValue::Turns { says, less, more } => {
            let arrow = |there: bool, points| {
                let color = if there { ink } else { Color::TRANSPARENT };
                icon(look, points, token::ICON, color)
            };
            let middle = (size * token::VALUE_WIDTH).ceil();
            let says = text::one_line(look, says, token::BODY, middle);
            let says = container(one_line(says, ink)).center_x(middle);
            let turns = row![arrow(*less, Icon::Less), says, arrow(*more, Icon::More)];
            let taken = middle + 2.0 * side;
            (Some(turns.align_y(Center).into()), taken)
        }
    };
    let before: Element<'a, Message> = match item.icon {
        Some(shown) => icon(look, shown, token::ICON, ink),
        None => Space::new().width(side).into(),
    };
    let words = text::one_line(look, &item.words, token::BODY, room - taken);
    let face = row![
        before,
        Space::new().width(gap),
        container(one_line(words, ink)).width(Fill),
    ]
    .push(value)
    .align_y(Center);
    let control = container(face)
        .padding([0.0, padding])
        .width(Fill)
        .height(control_height(look))
        .align_y(Center);
    let control = surface.under(control);
    container(named(item.id.clone(), ringed(look, control, focused)))
        .width(width)
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_list_that_fits_does_not_move() {
        for focused in 0..4 {
            let window = VisibleRange::around(focused, 4, 6);
            assert_eq!(window, VisibleRange { first: 0, count: 4 });
        }
        assert_eq!(
            VisibleRange::around(0, 0, 3),
            VisibleRange { first: 0, count: 0 }
        );
    }

    #[test]
    fn a_longer_one_moves_under_the_focus() {
        let first = |focused| VisibleRange::around(focused, 9, 5).first;
        assert_eq!(
            (0..9).map(first).collect::<Vec<_>>(),
            [0, 0, 0, 1, 2, 3, 4, 4, 4]
        );
    }

    proptest! {
        #[test]
        fn the_focus_is_always_in_view(all in 1_usize..60, fits in 1_usize..12, focused in 0_usize..60) {
            let focused = focused.min(all - 1);
            let window = VisibleRange::around(focused, all, fits);
            prop_assert!((window.first..window.first + window.count).contains(&focused));
            prop_assert!(window.first + window.count <= all);
        }
    }
}
