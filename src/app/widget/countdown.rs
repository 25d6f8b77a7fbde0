//! What is left of a code: a ring that empties and a clock.

use std::time::Duration;

use iced::widget::canvas::{self, path::Arc};
use iced::widget::row;
use iced::{Center, Color, Point, Radians};

use super::icon_canvas::{self, Strokes, icon_canvas};
use super::snapped_text::snapped_text;
use super::{named, text};
use crate::app::i18n::{digits, fl};
use crate::app::renderer::{Element, Frame};
use crate::app::theme::{Look, MONO, MONO_ADVANCE, token};

/// The ring and the clock, named `countdown`.
pub fn countdown<'a, Message: 'a>(
    look: &Look,
    left: Duration,
    life: Duration,
) -> Element<'a, Message> {
    let share = left.as_secs_f32().ceil() / life.as_secs_f32().max(1.0);
    let ring = Ring {
        share: share.clamp(0.0, 1.0),
        stroke: look.px(token::COUNTDOWN_STROKE),
        track: look.palette.track(),
        color: look.palette.accent_ink,
    };
    let ring = icon_canvas(look.px(token::COUNTDOWN), ring);
    // The clock stands in the face with even digits, or the line would tremble each second; the
    // sentence around it is the translator's.
    const TIME: &str = "\u{1}";
    let sentence = fl!("sign-in-expires-in", time = TIME);
    let (before, after) = sentence.split_once(TIME).unwrap_or((&sentence, ""));
    let part = |part: &str| (!part.is_empty()).then(|| text::label(look, part.trim().to_owned()));
    let time = snapped_text(clock(left))
        .font(look.font(MONO))
        .size(look.text(token::LABEL))
        .color(look.palette.text);
    let line = row![ring]
        .push(part(before))
        .push(time)
        .push(part(after))
        .spacing(look.px(token::GAP_S))
        .align_y(Center);
    named("countdown", line)
}

/// Width of both for a code of less than an hour.
pub fn width(look: &Look) -> f32 {
    let words = fl!("sign-in-expires-in", time = "");
    let gap = look.px(token::GAP_S);
    let time = 5.0 * look.text(token::LABEL) * MONO_ADVANCE;
    look.px(token::COUNTDOWN) + text::label_width(look, words.trim()) + time + 3.0 * gap
}

/// `14:32`, counting the second that has begun.
pub fn clock(left: Duration) -> String {
    let seconds = left.as_secs() + u64::from(left.subsec_nanos() > 0);
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    digits(&if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    })
}

#[derive(Debug, Clone, PartialEq)]
struct Ring {
    share: f32,
    stroke: f32,
    track: Color,
    color: Color,
}

impl Strokes for Ring {
    fn draw(&self, frame: &mut Frame, side: f32) {
        let center = Point::new(side / 2.0, side / 2.0);
        let radius = (side - self.stroke) / 2.0;
        let stroke = |color| {
            canvas::Stroke::default()
                .with_width(self.stroke)
                .with_color(color)
        };
        let whole = icon_canvas::path(side, |path| path.circle(center, radius));
        frame.stroke(&whole, stroke(self.track));
        let top = -std::f32::consts::FRAC_PI_2;
        let arc = icon_canvas::path(side, |path| {
            path.arc(Arc {
                center,
                radius,
                start_angle: Radians(top),
                end_angle: Radians(top + std::f32::consts::TAU * self.share),
            });
        });
        if self.share > 0.0 {
            frame.stroke(
                &arc,
                stroke(self.color).with_line_cap(canvas::LineCap::Round),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clock_counts_the_second_that_has_begun() {
        for (left, expected) in [
            (Duration::from_secs(900), "15:00"),
            (Duration::from_millis(871_001), "14:32"),
            (Duration::from_millis(1), "0:01"),
            (Duration::ZERO, "0:00"),
            (Duration::from_secs(59), "0:59"),
            (Duration::from_secs(5400), "1:30:00"),
        ] {
            assert_eq!(clock(left), expected);
        }
    }
}
