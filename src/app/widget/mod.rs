//! What several screens draw with.

pub mod button;
pub mod card;
pub mod clamp;
pub mod countdown;
pub mod drawing;
pub mod edges;
pub mod frame;
pub mod icon;
pub mod in_window;
mod ink;
pub mod menu;
pub mod message;
pub mod mirror;
pub mod named;
pub mod prose;
pub mod qr;
pub mod shelf;
mod sketch;
pub mod text;
mod through;
pub mod user_code;
mod whole;
pub mod words;

pub use button::button;
pub use clamp::clamp;
pub use countdown::countdown;
pub use drawing::Drawing;
pub use frame::{Chrome, frame, framed, page};
pub use mirror::upright;
pub use named::named;
pub use qr::qr;
pub use user_code::user_code;
