//! The pieces of a frame, from the one that is drawn first to the one that is drawn last, and when two of them leave the
//! same pixels.

use std::ptr;

use iced::advanced::graphics::Image;
use iced::advanced::graphics::text::{Text, paragraph};
use iced::advanced::image::Id;
use iced::advanced::renderer::Quad;
use iced::{Background, Point, Rectangle, Size, Transformation, Vector};
use iced_tiny_skia::{Layer, Primitive};

/// How far two places may be apart that are the same: a part of a pixel that changes no pixel's colour.
pub const HAIR: f32 = 1.0 / 256.0;
/// What the renderer may paint around a piece: an edge is softened.
const EDGE: f32 = 1.0;

/// Something that is drawn.
#[derive(Debug, Clone, Copy)]
pub struct Mark<'a> {
    what: What<'a>,
    /// Where it may leave pixels, in the lengths of the layout.
    pub seen: Rectangle,
}

#[derive(Debug, Clone, Copy)]
enum What<'a> {
    Quad(&'a Quad, &'a Background),
    Image(&'a Image),
    Text(&'a Text),
    Strokes(Drawing<'a, Primitive>),
    Texts(Drawing<'a, Text>),
}

/// What was put together once and is drawn as one.
#[derive(Debug)]
struct Drawing<'a, T> {
    parts: &'a [T],
    clip: Rectangle,
    transformation: Transformation,
}

/// The pieces of these layers that are seen in `window`, in the order in which they are drawn.
pub fn marks(layers: &[Layer], window: Rectangle) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    for layer in layers {
        let Some(clip) = layer.bounds.intersection(&window) else {
            continue;
        };
        let mut add = |what, place: Option<Rectangle>| {
            let seen = place.and_then(|place| place.intersection(&clip));
            marks.extend(seen.map(|seen| Mark { what, seen }));
        };
        for (quad, background) in &layer.quads {
            add(What::Quad(quad, background), Some(around_quad(quad)));
        }
        for strokes in &layer.primitives {
            let drawing = Drawing {
                parts: strokes.as_slice(),
                clip: strokes.clip_bounds(),
                transformation: strokes.transformation(),
            };
            // A path's bounds are those of its line without the line's width.
            add(What::Strokes(drawing), Some(drawing.clip));
        }
        for image in &layer.images {
            // The renderer takes no notice of their own clip.
            add(What::Image(image), Some(image.bounds().expand(EDGE)));
        }
        for texts in &layer.text {
            let drawing = Drawing {
                parts: texts.as_slice(),
                clip: texts.clip_bounds(),
                transformation: texts.transformation(),
            };
            match drawing.parts {
                [text] if drawing.clip == Rectangle::INFINITE => {
                    add(What::Text(text), text.visible_bounds());
                }
                texts => {
                    let places = texts.iter().filter_map(Text::visible_bounds);
                    add(What::Texts(drawing), drawing.around(places));
                }
            }
        }
    }
    marks
}

impl Mark<'_> {
    /// Whether `self`, moved by `by`, leaves the pixels in `place` that `other` does.
    pub fn leaves_the_same(&self, by: Vector, other: &Mark<'_>, place: Rectangle) -> bool {
        let seen = (self.seen + by).intersection(&place);
        is_same_place(seen, other.seen.intersection(&place)) && self.what.is(by, &other.what)
    }

    /// Whether `self`, moved by `by`, is `other`, however much of either is seen.
    pub fn is(&self, by: Vector, other: &Mark<'_>) -> bool {
        self.what.is(by, &other.what)
    }

    /// The picture that this is and its place, where it is one.
    pub fn picture(&self) -> Option<(Id, Rectangle)> {
        match self.what {
            What::Image(Image::Raster { image, bounds, .. }) => Some((image.handle.id(), *bounds)),
            _ => None,
        }
    }
}

impl What<'_> {
    fn is(&self, by: Vector, other: &What<'_>) -> bool {
        let still = by == Vector::ZERO;
        match (self, other) {
            (What::Quad(one, ground), What::Quad(another, other_ground)) => {
                let same_look = one.border == another.border && one.shadow == another.shadow;
                let same_ground = ground == other_ground && one.snap == another.snap;
                same_look && same_ground && is_moved(one.bounds, by, another.bounds)
            }
            (What::Image(one), What::Image(other)) => is_image(one, by, other),
            (What::Text(one), What::Text(other)) => is_text(one, by, other),
            // Of these the places of their parts do not tell: they are moved by nobody.
            (What::Strokes(one), What::Strokes(other)) => still && one.is(other),
            (What::Texts(one), What::Texts(other)) => still && one.is(other),
            _ => false,
        }
    }
}

impl<T> Clone for Drawing<'_, T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Drawing<'_, T> {}

impl<T> Drawing<'_, T> {
    /// Whether both are the one that was put together, at one place.
    fn is(&self, other: &Self) -> bool {
        ptr::eq(self.parts, other.parts)
            && self.clip == other.clip
            && self.transformation == other.transformation
    }

    fn around(&self, places: impl Iterator<Item = Rectangle>) -> Option<Rectangle> {
        let places = places.map(|place| (place * self.transformation).expand(EDGE));
        let all = places.reduce(|all, place| all.union(&place))?;
        all.intersection(&self.clip)
    }
}

fn is_image(one: &Image, by: Vector, other: &Image) -> bool {
    match (one, other) {
        (
            Image::Raster { image, bounds, .. },
            Image::Raster {
                image: other,
                bounds: at,
                ..
            },
        ) => {
            // By its name: to compare all of its pixels is much work, and they do not change.
            image.handle.id() == other.handle.id()
                && image.filter_method == other.filter_method
                && image.rotation == other.rotation
                && image.border_radius == other.border_radius
                && image.opacity == other.opacity
                && image.snap == other.snap
                && is_moved(*bounds, by, *at)
        }
        (
            Image::Vector { svg, bounds, .. },
            Image::Vector {
                svg: other,
                bounds: at,
                ..
            },
        ) => svg == other && is_moved(*bounds, by, *at),
        _ => false,
    }
}

fn is_text(one: &Text, by: Vector, other: &Text) -> bool {
    match (one, other) {
        (
            Text::Paragraph {
                paragraph,
                position,
                color,
                transformation,
                ..
            },
            Text::Paragraph {
                paragraph: other,
                position: at,
                color: in_color,
                transformation: other_transformation,
                ..
            },
        ) => {
            let corner = |position: Point, transformation: Transformation| {
                Rectangle::new(position * transformation, Size::ZERO)
            };
            color == in_color
                && transformation.scale_factor() == other_transformation.scale_factor()
                && is_moved(
                    corner(*position, *transformation),
                    by,
                    corner(*at, *other_transformation),
                )
                && is_paragraph(paragraph, other)
        }
        _ => by == Vector::ZERO && one == other,
    }
}

/// Whether two are one: iced compares their measures, and `12:00` measures what `13:00` does.
fn is_paragraph(one: &paragraph::Weak, other: &paragraph::Weak) -> bool {
    match (one.upgrade(), other.upgrade()) {
        (Some(one), Some(other)) => ptr::eq(one.buffer(), other.buffer()),
        _ => false,
    }
}

fn is_moved(one: Rectangle, by: Vector, other: Rectangle) -> bool {
    is_same_place(Some(one + by), Some(other))
}

fn is_same_place(one: Option<Rectangle>, other: Option<Rectangle>) -> bool {
    let near = |one: f32, other: f32| (one - other).abs() <= HAIR;
    match (one, other) {
        (Some(one), Some(other)) => {
            near(one.x, other.x)
                && near(one.y, other.y)
                && near(one.width, other.width)
                && near(one.height, other.height)
        }
        (None, None) => true,
        _ => false,
    }
}

/// The renderer paints shadows past the edges of a part: nothing here has one, and what had would be painted darker with each
/// part that it is in.
fn around_quad(quad: &Quad) -> Rectangle {
    let shadow = quad.shadow;
    let itself = quad.bounds.expand(EDGE);
    if shadow.color.a > 0.0 {
        let shade = (quad.bounds + shadow.offset).expand(shadow.blur_radius + EDGE);
        itself.union(&shade)
    } else {
        itself
    }
}
