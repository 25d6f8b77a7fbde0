//! What several screens draw with.

pub mod button;
pub mod card;
pub mod clamp;
pub mod drawing;
pub mod frame;
pub mod named;
pub mod shelf;
pub mod text;

pub use button::button;
pub use clamp::clamp;
pub use drawing::Drawing;
pub use frame::{Chrome, frame, framed};
pub use named::named;
