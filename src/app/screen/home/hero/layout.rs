//! Where the card above the rows has its words and its picture. Sizes in, places out.

use iced::{Point, Rectangle, Size};

use crate::api::Card;
use crate::app::pictures::{PictureKey, Scrim};
use crate::app::screen::home::rows::Rows;
use crate::app::theme::{Look, token};
use crate::app::widget::control::ring_room;
use crate::app::widget::frame::body_below;
use crate::app::widget::rtl::reflected;
use crate::config::Shape;

/// Words at the start and the picture at the end; on a screen that stands on end the picture above its words.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct HeroLayout {
    /// Its height, without what the rows keep clear of.
    height: f32,
    width: f32,
    /// The words beside or below the picture, in the area above the rows.
    words: Rectangle,
    /// The picture in a window that is read from left to right.
    picture: Rectangle,
    /// Pixels of the window that a pixel of the picture takes on each side.
    enlarged: f32,
    /// What the picture fades into, and where words are upon it; none where words stand on the ground alone.
    scrim: Option<Scrim>,
    inset: f32,
    /// Widest words.
    measure: f32,
}

impl HeroLayout {
    /// The layout above these rows, where they leave room for anything.
    pub(super) fn of(look: &Look, rows: &Rows) -> Option<Self> {
        let laid = rows.laid();
        (laid.above() > 0.0).then(|| Self::new(look, Size::new(laid.area().width, laid.above())))
    }

    fn new(look: &Look, area: Size) -> Self {
        let window = look.window();
        let inset = ring_room(look);
        let measure = look.px(token::MEASURE);
        let height = area.height - look.px(token::GAP_M);
        let (first, last) = (look.shifted(0).safe_margin(), look.shifted(2).safe_margin());
        // The picture goes with what stands upon it, and reaches as far beyond the window.
        let moves = last.left - first.left;
        let header = first.top + look.safe().height - body_below(look).height;
        let bottom = header + area.height;
        let on_end = look.is_on_end();
        let (words, picture) = if on_end {
            let line = |size| look.text(size) * token::LINE;
            let least = 2.0 * line(token::TITLE) + 4.0 * line(token::BODY) + look.px(token::GAP_S);
            let words = least.ceil().min(height);
            let top = height - words;
            let fading = look.px(token::HERO_FADING);
            (
                Rectangle::new(
                    Point::new(inset, top),
                    Size::new((area.width - 2.0 * inset).min(measure), words),
                ),
                Rectangle::new(
                    Point::new(-moves, -moves),
                    Size::new(window.width + moves, header + top + fading + moves),
                ),
            )
        } else {
            let (share, ratio) = token::HERO_PICTURE;
            let width = (window.width * share).min((bottom + moves) * ratio).round();
            let words = (area.width * token::HERO_WORDS).min(measure).round();
            (
                Rectangle::new(Point::new(inset, 0.0), Size::new(words, height)),
                Rectangle::new(
                    Point::new(window.width - width, -moves),
                    Size::new(width, bottom + moves),
                ),
            )
        };
        let enlarged = (1_u16..)
            .map(f32::from)
            .find(|by| picture.area() / (by * by) <= token::HERO_PIXELS)
            .unwrap_or(1.0);
        // A pixel more: its edge lies on a whole one of its own.
        let whole = |length: f32| ((length / enlarged).ceil() + 1.0) * enlarged;
        let picture = Rectangle {
            width: whole(picture.width),
            height: picture.height,
            ..picture
        };
        let pixels = |length: f32| (length / enlarged).ceil().max(0.0) as u32;
        let palette = look.palette;
        let [red, green, blue, _] = palette.ground.into_rgba8();
        let scrim = look.has_hero_picture().then(|| Scrim {
            ground: [red, green, blue],
            light: !palette.is_dark(),
            quiet: palette.quiet(),
            line_above: pixels(header + moves),
            beside: if on_end {
                0
            } else {
                pixels(first.left + words.x + words.width + 2.0 * moves - picture.x)
            },
            below: if on_end {
                pixels(picture.height - moves - header - words.y)
            } else {
                0
            },
            on_end,
            mirrored: look.right_to_left(),
        });
        Self {
            height,
            width: area.width,
            words,
            picture,
            enlarged,
            scrim,
            inset,
            measure,
        }
    }

    /// Where words stand, with a picture or without one.
    pub(super) fn words(&self, pictured: bool) -> Rectangle {
        if pictured {
            return self.words;
        }
        let width = (self.width - 2.0 * self.inset).min(self.measure);
        Rectangle::new(Point::new(self.inset, 0.0), Size::new(width, self.height))
    }

    /// The picture on the screen, wherever what stands upon it has moved to.
    pub(super) fn on_screen(&self, look: &Look) -> Rectangle {
        let (first, now) = (look.shifted(0).safe_margin(), look.safe_margin());
        let (right, down) = (now.left - first.left, now.top - first.top);
        let size = self.size();
        let place = Rectangle {
            x: self.picture.x + right,
            y: self.picture.y + down,
            width: size.width * self.enlarged,
            height: size.height * self.enlarged,
        };
        if look.right_to_left() {
            reflected(place, look.window().width)
        } else {
            place
        }
    }

    /// Size of the picture in pixels of its own.
    fn size(&self) -> Size {
        let pixels = |length: f32| (length / self.enlarged).floor().max(1.0);
        Size::new(pixels(self.picture.width), pixels(self.picture.height))
    }

    /// The picture of a card. The one of a card of words is small, and a sign rather than a picture.
    pub(super) fn key(&self, shape: Shape, card: &Card) -> Option<PictureKey> {
        let scrim = self.scrim.filter(|_| shape != Shape::Text)?;
        let url = card.image.as_ref()?;
        Some(PictureKey::of(url, self.size(), 0.0).behind_words(scrim))
    }
}
