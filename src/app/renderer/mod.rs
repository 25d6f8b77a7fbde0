//! What draws the widgets: iced's renderer for a GPU, or its software renderer under a compositor of our own.
//!
//! Which of them is taken is decided before ([`crate::host::renderer`]). iced's own compositor for the software renderer
//! compares two frames piece by piece in their order, so that one piece more makes all behind it another; what scrolls is
//! painted anew, and the whole window is handed over with every frame. Ours
//!
//! * finds what has come, gone or changed, whatever stands before it ([`changes`]);
//! * moves the pixels of what has scrolled, and paints only what came into view ([`scroll`]);
//! * tells the window system which parts are new ([`compositor`]).

mod changes;
mod compositor;
mod mark;
mod parts;
mod scroll;
mod software;

use iced::widget::canvas;

#[cfg(any(test, feature = "bench"))]
pub use self::compositor::{Painted, Painter};
pub use self::software::SoftwareRenderer;

/// What draws.
#[cfg(feature = "gpu")]
pub type Renderer =
    iced_renderer::fallback::Renderer<iced_renderer::wgpu::Renderer, SoftwareRenderer>;
/// What draws.
#[cfg(not(feature = "gpu"))]
pub type Renderer = SoftwareRenderer;

/// Something that [`Renderer`] draws.
pub type Element<'a, Message> = iced::Element<'a, Message, iced::Theme, Renderer>;

/// Things one above the other.
pub type Column<'a, Message> = iced::widget::Column<'a, Message, iced::Theme, Renderer>;
/// Things side by side.
pub type Row<'a, Message> = iced::widget::Row<'a, Message, iced::Theme, Renderer>;
/// A thing with room around it.
pub type Container<'a, Message> = iced::widget::Container<'a, Message, iced::Theme, Renderer>;
/// What is drawn with strokes.
pub type Frame = canvas::Frame<Renderer>;

/// The software renderer, where it is the one that draws.
#[cfg(all(feature = "gpu", any(test, feature = "bench")))]
pub fn software(renderer: &mut Renderer) -> Option<&mut SoftwareRenderer> {
    match renderer {
        Renderer::Secondary(software) => Some(software),
        Renderer::Primary(_) => None,
    }
}

/// The software renderer, where it is the one that draws.
#[cfg(all(not(feature = "gpu"), any(test, feature = "bench")))]
pub fn software(renderer: &mut Renderer) -> Option<&mut SoftwareRenderer> {
    Some(renderer)
}
