//! What several screens draw with.

pub mod button;
pub mod card;
pub mod clamp;
pub mod control;
pub mod countdown;
pub mod draw_list;
pub mod frame;
pub mod icon;
mod icon_canvas;
pub mod in_window;
mod ink;
pub mod menu;
pub mod named;
mod pixel_grid;
pub mod qr;
pub mod row_layout;
pub mod rtl;
pub mod safe_area_marks;
pub mod snapped_text;
pub mod status_page;
pub mod text;
pub mod text_layout;
pub mod user_code;
mod wrapper;

pub use button::button;
pub use clamp::clamp;
pub use countdown::countdown;
pub use draw_list::DrawList;
pub use frame::{Chrome, frame, framed, page};
pub use named::named;
pub use qr::qr;
pub use rtl::left_to_right;
pub use user_code::user_code;
