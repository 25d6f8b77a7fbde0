//! The ambient screen, when no key was pressed for long: a clock on black, in another place each minute.

use iced::widget::{Space, column, container, row};
use iced::{Background, Color, Fill, FillPortion};

use crate::app::renderer::Element;
use crate::app::theme::{Look, mix, token};
use crate::app::widget::{Chrome, named, text};

/// Parts into which the free room is split; the clock stands on one of the lines between them.
const PARTS: u32 = 100;
/// What the place moves by, in parts: far each time, and everywhere before it comes back.
const STRIDE: (u32, u32) = (37, 61);

/// Draws the clock, or the product's name where the owner wants none. It has moved `shifts` times.
pub fn view<'a, Message: 'a>(look: &Look, chrome: &'a Chrome, shifts: u32) -> Element<'a, Message> {
    let ink = mix(Color::BLACK, Color::WHITE, token::AMBIENT_INK);
    let words = chrome.clock.as_deref().unwrap_or(&chrome.title);
    let sizes = [token::DISPLAY, token::TITLE, token::HEADING];
    let clock = text::fitted(look, words, &sizes, look.safe().width).color(ink);
    let (left, right) = around(shifts.wrapping_mul(STRIDE.0));
    let (above, below) = around(shifts.wrapping_mul(STRIDE.1));
    let line = row![
        Space::new().width(FillPortion(left)),
        named("clock", clock),
        Space::new().width(FillPortion(right)),
    ];
    let page = column![
        Space::new().height(FillPortion(above)),
        line,
        Space::new().height(FillPortion(below)),
    ];
    container(page)
        .padding(look.safe_margin())
        .width(Fill)
        .height(Fill)
        .style(|_| container::Style {
            background: Some(Background::Color(Color::BLACK)),
            ..container::Style::default()
        })
        .into()
}

/// The room before and behind the clock, in parts.
fn around(place: u32) -> (u16, u16) {
    let before = place % PARTS;
    let part = |parts: u32| u16::try_from(parts + 1).unwrap_or(1);
    (part(before), part(PARTS - 1 - before))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::app::gallery::{self, SIZES};
    use crate::app::i18n;
    use crate::config;

    #[test]
    fn r19_the_clock_is_dark_moves_and_stays_inside() {
        let chrome = Chrome {
            clock: Some("20:15".to_owned()),
            ..Chrome::default()
        };
        for size in SIZES {
            let look = Look::new(&config::Screen::default(), size, i18n::language());
            let mut places = BTreeSet::new();
            for shifts in 0..PARTS {
                let look = look.shifted(shifts);
                let (before, behind) = around(shifts * STRIDE.0);
                assert_eq!(u32::from(before + behind), PARTS + 1);
                if shifts % 9 != 0 {
                    continue;
                }
                let shot = gallery::shoot(view::<()>(&look, &chrome, shifts), &look);
                let pixels = shot.image.pixels();
                let light: f64 = pixels.map(|pixel| f64::from(pixel.0[1]) / 255.0).sum();
                let mean = light / f64::from(shot.image.width() * shot.image.height());
                assert!(mean < 0.1, "{mean}");
                let clock = shot.rects["clock"];
                let margin = look.safe_margin();
                assert!(clock.x >= margin.left && clock.y >= margin.top, "{clock:?}");
                assert!(
                    clock.x + clock.width <= size.width - margin.right,
                    "{clock:?}"
                );
                assert!(
                    clock.y + clock.height <= size.height - margin.bottom,
                    "{clock:?}"
                );
                let _ = places.insert((clock.x as i32, clock.y as i32));
            }
            assert_eq!(places.len(), 12, "each time in another place");
        }
    }
}
