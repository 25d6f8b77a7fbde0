//! A screen as the window sees it: under a pointer, and drawn for this size of the window alone.

use iced::advanced::{Shell, layout};
use iced::mouse::Interaction;
use iced::{Element, Event, Rectangle, Size, window};

use super::pixel_grid;
use super::wrapper::{Wrapper, wrap};
use crate::app::late_frames::LateFrames;
use crate::app::system_events;
use crate::app::window_scale::{BlankFrames, Frame, ScaleFactors, is_scale_factor};
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
/// to the window is told to `tell`.
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
    tell: fn(system_events::SystemEvent) -> Message,
) -> Element<'a, Message> {
    let factors = made.factors;
    let wrapper = InWindow {
        made,
        factors,
        pointer,
        tell,
    };
    wrap(wrapper, content)
}

struct InWindow<'a, Message> {
    made: Made<'a>,
    /// The factors as they are now: the window may have got another since.
    factors: ScaleFactors,
    pointer: Interaction,
    tell: fn(system_events::SystemEvent) -> Message,
}

impl<Message> InWindow<'_, Message> {
    /// Whether this is the place that the content was made for: a window has whole pixels, the layout's may be a
    /// hair off.
    fn fits(&self, place: Rectangle) -> bool {
        let off = |one: f32, other: f32| (one - other).abs() >= 0.5;
        self.made
            .size
            .is_some_and(|size| !off(size.width, place.width) && !off(size.height, place.height))
    }
}

impl<Message> Wrapper<Message> for InWindow<'_, Message> {
    fn arrange(&self, node: layout::Node) -> layout::Node {
        pixel_grid::snap_node(&node)
    }

    fn is_drawn(&self, place: Rectangle) -> bool {
        self.fits(place)
    }

    fn on_event(&mut self, event: &Event, place: Rectangle, shell: &mut Shell<'_, Message>) {
        let Event::Window(event) = event else {
            return;
        };
        let told = match event {
            window::Event::Opened { size, .. } => {
                system_events::SystemEvent::Opened(self.factors.in_window(*size))
            }
            window::Event::Resized(size) => {
                system_events::SystemEvent::Resized(self.factors.in_window(*size))
            }
            window::Event::Rescaled(factor) if is_scale_factor(*factor) => {
                self.factors = self.factors.rescaled(*factor);
                system_events::SystemEvent::Rescaled(*factor)
            }
            window::Event::RedrawRequested(now) => {
                if self.made.late.is_late(*now) {
                    metrics::FRAMES_LATE.add("");
                }
                match self.made.watch.look(self.fits(place), *now) {
                    Frame::Drawn => return,
                    Frame::Blank(until) => return shell.request_redraw_at(until),
                    Frame::Stuck => system_events::SystemEvent::Blank(place.size()),
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
