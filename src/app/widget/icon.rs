//! Icons: few strokes in one style, drawn on a grid of 24, so that they are sharp at every size.

use iced::widget::canvas::{self};
use iced::{Color, Point, Radians, Size, Vector};

use super::icon_canvas::{self, icon_canvas};
use crate::app::renderer::{Element, Frame};
use crate::app::theme::{Look, Px};

/// What an icon shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// An arrow to the left.
    Back,
    /// A door and an arrow out of it.
    SignOut,
    /// A globe.
    Language,
    /// A person with open arms.
    Accessibility,
    /// A pulse.
    Diagnostics,
    /// An arrow that comes round.
    Retry,
    /// A padlock.
    Lock,
    /// A large letter and a small one.
    TextSize,
    /// A circle, half light and half dark.
    Theme,
    /// A picture between its edges.
    Picture,
    /// Something that moves.
    Motion,
    /// A loudspeaker.
    Speech,
    /// Words at the bottom of a picture.
    Captions,
    /// Two people.
    People,
    /// A bin.
    Remove,
    /// A tick.
    Tick,
    /// A plus.
    Add,
    /// Points to the left.
    Less,
    /// Points to the right.
    More,
    /// Points up.
    Above,
    /// Points down.
    Below,
    /// A television, and a telephone before it.
    ScreenAndPhone,
    /// A telephone that says no.
    Declined,
    /// A cloud that is crossed out.
    Offline,
    /// A clock.
    Clock,
    /// An hourglass.
    Hourglass,
    /// A sign that warns.
    Warning,
    /// Controls that are set.
    Settings,
    /// A person.
    Person,
}

/// Side of the grid that icons are drawn on.
const GRID: f32 = 24.0;
/// Width of every stroke on that grid.
const STROKE: f32 = 2.0;
/// The same of an icon that is large.
const THIN_STROKE: f32 = 1.2;

/// `icon` in a square of this side. One that points points the other way where the language in use is read
/// from right to left.
pub fn icon<'a, Message: 'a>(
    look: &Look,
    icon: Icon,
    side: Px,
    color: Color,
) -> Element<'a, Message> {
    drawn(look, icon, look.px(side), color, STROKE)
}

/// The same in a large square, of as many pixels: with thinner strokes.
pub fn large_icon<'a, Message: 'a>(
    look: &Look,
    icon: Icon,
    side: f32,
    color: Color,
) -> Element<'a, Message> {
    drawn(look, icon, side, color, THIN_STROKE)
}

fn drawn<'a, Message: 'a>(
    look: &Look,
    icon: Icon,
    side: f32,
    color: Color,
    width: f32,
) -> Element<'a, Message> {
    let turned = look.right_to_left() && icon.points();
    let strokes = IconStrokes {
        icon,
        color,
        width,
        turned,
    };
    icon_canvas(side, strokes)
}

#[derive(Debug, Clone, PartialEq)]
struct IconStrokes {
    icon: Icon,
    color: Color,
    /// Width of the strokes on the grid.
    width: f32,
    /// Whether left is right.
    turned: bool,
}

impl icon_canvas::Strokes for IconStrokes {
    fn draw(&self, frame: &mut Frame, side: f32) {
        let unit = side / GRID;
        let path = icon_canvas::path(side, |path| self.icon.strokes(&mut Pen { path, unit }));
        if self.turned {
            frame.translate(Vector::new(side, 0.0));
            frame.scale_nonuniform(Vector::new(-1.0, 1.0));
        }
        let stroke = canvas::Stroke::default()
            .with_width(self.width * unit)
            .with_color(self.color)
            .with_line_cap(canvas::LineCap::Round)
            .with_line_join(canvas::LineJoin::Round);
        frame.stroke(&path, stroke);
    }
}

/// Draws in units of the grid.
struct Pen<'a> {
    path: &'a mut canvas::path::Builder,
    unit: f32,
}

impl Pen<'_> {
    fn line(&mut self, points: &[(f32, f32)]) {
        for (index, (x, y)) in points.iter().enumerate() {
            let point = Point::new(x * self.unit, y * self.unit);
            if index == 0 {
                self.path.move_to(point);
            } else {
                self.path.line_to(point);
            }
        }
    }

    fn circle(&mut self, x: f32, y: f32, radius: f32) {
        let center = Point::new(x * self.unit, y * self.unit);
        self.path.circle(center, radius * self.unit);
    }

    /// From one angle to another, in degrees clockwise from three o'clock.
    fn arc(&mut self, (x, y): (f32, f32), (across, down): (f32, f32), from: f32, to: f32) {
        self.path.ellipse(canvas::path::arc::Elliptical {
            center: Point::new(x * self.unit, y * self.unit),
            radii: Vector::new(across * self.unit, down * self.unit),
            rotation: Radians(0.0),
            start_angle: Radians(from.to_radians()),
            end_angle: Radians(to.to_radians()),
        });
    }

    fn panel(&mut self, x: f32, y: f32, width: f32, height: f32) {
        self.path.rounded_rectangle(
            Point::new(x * self.unit, y * self.unit),
            Size::new(width * self.unit, height * self.unit),
            (2.0 * self.unit).into(),
        );
    }
}

impl Icon {
    /// Whether it points to where the reading starts or goes.
    fn points(self) -> bool {
        matches!(self, Self::Back | Self::SignOut | Self::Less | Self::More)
    }

    fn strokes(self, pen: &mut Pen<'_>) {
        match self {
            Self::Back => {
                pen.line(&[(20.0, 12.0), (4.0, 12.0)]);
                pen.line(&[(11.0, 5.0), (4.0, 12.0), (11.0, 19.0)]);
            }
            Self::SignOut => {
                pen.line(&[(10.0, 4.0), (4.0, 4.0), (4.0, 20.0), (10.0, 20.0)]);
                pen.line(&[(10.0, 12.0), (21.0, 12.0)]);
                pen.line(&[(16.0, 7.0), (21.0, 12.0), (16.0, 17.0)]);
            }
            Self::Language => {
                pen.circle(12.0, 12.0, 9.0);
                pen.arc((12.0, 12.0), (4.0, 9.0), 0.0, 360.0);
                pen.line(&[(3.0, 12.0), (21.0, 12.0)]);
            }
            Self::Accessibility => {
                pen.circle(12.0, 4.0, 2.0);
                pen.line(&[(4.0, 9.0), (12.0, 10.0), (20.0, 9.0)]);
                pen.line(&[(7.5, 21.0), (12.0, 15.0), (16.5, 21.0)]);
                pen.line(&[(12.0, 10.0), (12.0, 15.0)]);
            }
            Self::Diagnostics => pen.line(&[
                (2.0, 12.0),
                (7.0, 12.0),
                (10.0, 4.0),
                (14.0, 20.0),
                (17.0, 12.0),
                (22.0, 12.0),
            ]),
            Self::Retry => {
                pen.arc((12.0, 12.0), (8.0, 8.0), 0.0, 290.0);
                pen.line(&[(20.0, 3.0), (20.0, 8.0), (15.0, 8.0)]);
            }
            Self::Lock => {
                pen.panel(5.0, 11.0, 14.0, 10.0);
                pen.arc((12.0, 8.0), (4.0, 5.0), 180.0, 360.0);
                pen.line(&[(8.0, 8.0), (8.0, 11.0)]);
                pen.line(&[(16.0, 8.0), (16.0, 11.0)]);
            }
            Self::TextSize => {
                pen.line(&[(2.0, 20.0), (8.5, 4.0), (15.0, 20.0)]);
                pen.line(&[(4.5, 14.0), (12.5, 14.0)]);
                pen.line(&[(16.0, 20.0), (19.0, 12.0), (22.0, 20.0)]);
                pen.line(&[(17.0, 17.5), (21.0, 17.5)]);
            }
            Self::Theme => {
                pen.circle(12.0, 12.0, 9.0);
                pen.line(&[(12.0, 3.0), (12.0, 21.0)]);
                for (y, right) in [(7.5, 19.0), (12.0, 20.5), (16.5, 19.0)] {
                    pen.line(&[(12.0, y), (right, y)]);
                }
            }
            Self::Picture => {
                pen.line(&[(3.0, 8.0), (3.0, 4.0), (7.0, 4.0)]);
                pen.line(&[(17.0, 4.0), (21.0, 4.0), (21.0, 8.0)]);
                pen.line(&[(21.0, 16.0), (21.0, 20.0), (17.0, 20.0)]);
                pen.line(&[(7.0, 20.0), (3.0, 20.0), (3.0, 16.0)]);
                pen.panel(8.0, 9.0, 8.0, 6.0);
            }
            Self::Motion => {
                pen.circle(16.0, 12.0, 5.5);
                pen.line(&[(4.0, 7.0), (9.0, 7.0)]);
                pen.line(&[(1.5, 12.0), (7.0, 12.0)]);
                pen.line(&[(4.0, 17.0), (9.0, 17.0)]);
            }
            Self::Speech => {
                pen.line(&[
                    (3.0, 9.0),
                    (7.0, 9.0),
                    (12.0, 4.0),
                    (12.0, 20.0),
                    (7.0, 15.0),
                    (3.0, 15.0),
                    (3.0, 9.0),
                ]);
                pen.arc((12.0, 12.0), (5.0, 5.0), -45.0, 45.0);
                pen.arc((12.0, 12.0), (9.5, 9.5), -45.0, 45.0);
            }
            Self::Captions => {
                pen.line(&[
                    (2.0, 5.0),
                    (22.0, 5.0),
                    (22.0, 19.0),
                    (2.0, 19.0),
                    (2.0, 5.0),
                ]);
                pen.line(&[(6.0, 11.0), (9.0, 11.0)]);
                pen.line(&[(12.0, 11.0), (18.0, 11.0)]);
                pen.line(&[(6.0, 15.0), (14.0, 15.0)]);
                pen.line(&[(17.0, 15.0), (18.0, 15.0)]);
            }
            Self::People => {
                pen.circle(9.0, 8.0, 3.5);
                pen.arc((9.0, 20.0), (6.0, 5.5), 180.0, 360.0);
                pen.arc((16.0, 8.0), (3.5, 3.5), 270.0, 450.0);
                pen.arc((16.0, 20.0), (6.0, 5.5), 290.0, 360.0);
            }
            Self::Remove => {
                pen.line(&[(4.0, 6.0), (20.0, 6.0)]);
                pen.line(&[(9.0, 6.0), (9.0, 3.0), (15.0, 3.0), (15.0, 6.0)]);
                pen.line(&[(6.0, 6.0), (7.0, 21.0), (17.0, 21.0), (18.0, 6.0)]);
            }
            Self::Tick => pen.line(&[(4.0, 13.0), (9.5, 18.5), (20.0, 6.0)]),
            Self::Add => {
                pen.line(&[(12.0, 4.0), (12.0, 20.0)]);
                pen.line(&[(4.0, 12.0), (20.0, 12.0)]);
            }
            Self::Less => pen.line(&[(15.0, 5.0), (8.0, 12.0), (15.0, 19.0)]),
            Self::More => pen.line(&[(9.0, 5.0), (16.0, 12.0), (9.0, 19.0)]),
            Self::Above => pen.line(&[(5.0, 15.0), (12.0, 8.0), (19.0, 15.0)]),
            Self::Below => pen.line(&[(5.0, 9.0), (12.0, 16.0), (19.0, 9.0)]),
            Self::ScreenAndPhone => {
                pen.line(&[
                    (13.0, 16.0),
                    (2.0, 16.0),
                    (2.0, 4.0),
                    (21.0, 4.0),
                    (21.0, 7.5),
                ]);
                pen.line(&[(5.5, 20.0), (13.0, 20.0)]);
                pen.panel(15.5, 9.5, 7.0, 11.5);
                pen.line(&[(18.25, 18.5), (19.75, 18.5)]);
            }
            Self::Declined => {
                pen.panel(6.5, 2.0, 11.0, 20.0);
                pen.line(&[(9.75, 8.75), (14.25, 13.25)]);
                pen.line(&[(14.25, 8.75), (9.75, 13.25)]);
                pen.line(&[(11.0, 19.0), (13.0, 19.0)]);
            }
            Self::Offline => {
                pen.arc((6.5, 14.0), (4.5, 4.5), 90.0, 255.0);
                pen.arc((11.5, 10.0), (5.75, 5.75), 182.0, 352.0);
                pen.arc((17.5, 14.25), (4.25, 4.25), -85.0, 90.0);
                pen.line(&[(6.5, 18.5), (17.5, 18.5)]);
                pen.line(&[(4.0, 2.5), (20.5, 22.0)]);
            }
            Self::Clock => {
                pen.circle(12.0, 12.0, 9.5);
                pen.line(&[(12.0, 6.5), (12.0, 12.0), (16.0, 14.5)]);
            }
            Self::Hourglass => {
                pen.line(&[(5.0, 2.5), (19.0, 2.5)]);
                pen.line(&[(5.0, 21.5), (19.0, 21.5)]);
                for (left, right) in [(7.0, 17.0), (17.0, 7.0)] {
                    pen.line(&[(left, 2.5), (left, 7.0), (right, 17.0), (right, 21.5)]);
                }
                pen.line(&[(10.0, 18.5), (14.0, 18.5)]);
            }
            Self::Warning => {
                pen.line(&[(12.0, 3.0), (22.0, 20.5), (2.0, 20.5), (12.0, 3.0)]);
                pen.line(&[(12.0, 9.5), (12.0, 14.5)]);
                pen.line(&[(12.0, 17.5), (12.0, 17.6)]);
            }
            Self::Settings => {
                for (y, knob) in [(5.0, 15.5), (12.0, 8.5), (19.0, 15.5)] {
                    pen.line(&[(2.5, y), (knob - 2.25, y)]);
                    pen.circle(knob, y, 2.25);
                    pen.line(&[(knob + 2.25, y), (21.5, y)]);
                }
            }
            Self::Person => {
                pen.circle(12.0, 7.5, 4.5);
                pen.arc((12.0, 22.0), (8.5, 7.0), 180.0, 360.0);
            }
        }
    }
}
