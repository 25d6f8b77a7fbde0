//! A screen as the window sees it: under a pointer, and drawn for this size of the window alone.

use std::time::Instant;

use iced::advanced::{Shell, layout};
use iced::mouse::Interaction;
use iced::{Event, Rectangle, Size, window};

use super::pixel_grid;
use super::wrapper::{Wrapper, wrap};
use crate::app::late_frames::LateFrames;
use crate::app::renderer::Element;
use crate::app::system_events::SystemEvent;
use crate::app::window_scale::{BlankFrames, Frame, ScaleFactors, is_scale_factor};
use crate::app::{visibility, watchdog};
use crate::host::metrics;

/// What a screen was made for.
pub struct Made<'a> {
    /// The size of the window; nothing where that is not known and there is nothing to draw yet.
    pub size: Option<Size>,
    /// The factors that iced lays it out with.
    pub factors: ScaleFactors,
    /// Looks at each picture.
    pub watch: &'a BlankFrames,
    /// Looks at when each picture comes.
    pub late: &'a LateFrames,
}

/// `content`, which was made for such a window, under a pointer that looks like `pointer` everywhere. What happens
/// to the window is told to `tell`, and what a person does `hear` makes messages of.
///
/// A subscription would tell of both later, from another thread, and wake that for every picture.
///
/// A window that changes its size is drawn once before the program hears of it. What was made for the size before
/// would stand there in the wrong scale; there is only ground instead.
///
/// Sizes are taken here and not from a subscription, which tells of them later: iced counts them in pixels of the
/// layout, and how many of those a window has changes with what the program answers. The factors are these only
/// while this screen is the one that is laid out.
pub fn in_window<'a, Message: 'a>(
    made: Made<'a>,
    pointer: Interaction,
    content: impl Into<Element<'a, Message>>,
    tell: fn(SystemEvent) -> Message,
    hear: impl Fn(&Event, Instant) -> Vec<Message> + 'a,
) -> Element<'a, Message> {
    let factors = made.factors;
    let wrapper = InWindow {
        made,
        factors,
        pointer,
        tell,
        hear,
    };
    wrap(wrapper, content)
}

struct InWindow<'a, Message, Hear> {
    made: Made<'a>,
    /// The factors as they are now: the window may have got another since.
    factors: ScaleFactors,
    pointer: Interaction,
    tell: fn(SystemEvent) -> Message,
    hear: Hear,
}

impl<Message, Hear> InWindow<'_, Message, Hear> {
    /// Whether this is the place that the content was made for: a window has whole pixels, the layout's may be a
    /// hair off.
    fn fits(&self, place: Rectangle) -> bool {
        let off = |one: f32, other: f32| (one - other).abs() >= 0.5;
        self.made
            .size
            .is_some_and(|size| !off(size.width, place.width) && !off(size.height, place.height))
    }
}

impl<Message, Hear: Fn(&Event, Instant) -> Vec<Message>> Wrapper<Message>
    for InWindow<'_, Message, Hear>
{
    fn arrange(&self, node: layout::Node) -> layout::Node {
        pixel_grid::snap_node(&node)
    }

    fn is_drawn(&self, place: Rectangle) -> bool {
        self.fits(place)
    }

    fn on_event(&mut self, event: &Event, place: Rectangle, shell: &mut Shell<'_, Message>) {
        if !matches!(event, Event::Window(window::Event::RedrawRequested(_))) {
            for message in (self.hear)(event, Instant::now()) {
                shell.publish(message);
            }
        }
        let Event::Window(event) = event else {
            return;
        };
        let told = match event {
            window::Event::Opened { size, .. } => {
                SystemEvent::Opened(self.factors.in_window(*size))
            }
            window::Event::Resized(size) => SystemEvent::Resized(self.factors.in_window(*size)),
            window::Event::Rescaled(factor) if is_scale_factor(*factor) => {
                self.factors = self.factors.rescaled(*factor);
                SystemEvent::Rescaled(*factor)
            }
            window::Event::CloseRequested => SystemEvent::CloseRequested,
            window::Event::RedrawRequested(now) => {
                visibility::asked_for_a_picture();
                watchdog::comes_round();
                if self.made.late.is_late(*now) {
                    metrics::FRAMES_LATE.add("");
                }
                match self.made.watch.look(self.fits(place), *now) {
                    Frame::Drawn => return,
                    Frame::Blank(until) => return shell.request_redraw_at(until),
                    Frame::Stuck => SystemEvent::Blank(place.size()),
                }
            }
            _ => return,
        };
        shell.publish((self.tell)(told));
    }

    fn after_event(&mut self, event: &Event, shell: &Shell<'_, Message>) {
        if let Event::Window(window::Event::RedrawRequested(now)) = event {
            self.made.late.next(*now, shell.redraw_request());
        }
    }

    fn mouse_interaction(&self, _: Interaction) -> Interaction {
        self.pointer
    }
}
