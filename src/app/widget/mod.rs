//! What several screens draw with.

pub mod button;
pub mod countdown;
pub mod frame;
pub mod message;
pub mod named;
pub mod qr;
pub mod text;
pub mod user_code;

pub use button::button;
pub use countdown::Countdown;
pub use frame::{Chrome, frame, ground};
pub use named::named;
pub use qr::qr;
pub use user_code::user_code;
