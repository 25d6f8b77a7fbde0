//! What several screens draw with.

pub mod button;
pub mod frame;
pub mod named;
pub mod text;

pub use button::button;
pub use frame::{Chrome, frame};
pub use named::named;
