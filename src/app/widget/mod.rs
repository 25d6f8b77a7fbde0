//! What several screens draw with.
//!
//! * **Screen**: [`frame`] has the ground, the safe area and the line at the top; [`status_page`] a screen that says one
//!   thing, [`halves`] how it uses both sides;
//!   [`backdrop`](mod@backdrop) draws what stands behind them; [`in_window`] ties a screen to the window's size and pointer.
//! * **Controls**: [`control`] is the one surface of all of them, and their focus ring; [`button`], [`menu`].
//! * **Rows of cards**: [`row_layout`] says where they stand, [`card`] draws one with a picture, [`text_card`] one of
//!   words, [`draw_list`] draws them all as one widget.
//! * **Text**: [`text`] has the sizes of the design, [`snapped_text`] puts a text on whole pixels, [`text_layout`] breaks it
//!   into lines, [`clamp`](mod@clamp) cuts it by estimate; `ink` paints letters that reach beyond their lines.
//! * **Sign-in**: [`user_code`](mod@user_code), [`qr`](mod@qr), [`countdown`](mod@countdown).
//! * **Pictures behind words**: [`underlay`] draws one below a screen, and what must stand above it.
//! * **Reading aloud**: [`caption`] writes at the bottom what is being said.
//! * **Windows**: [`fitting`](mod@fitting) shows the first of several ways to say the same that fits.
//! * **Below**: [`rtl`] mirrors a screen for right-to-left languages, `pixel_grid` puts edges on whole pixels, `icon_canvas`
//!   draws strokes in a square, `wrapper` is the base of widgets that change one thing about another, [`named`](mod@named)
//!   tells `--ui-log` where a part stands, [`safe_area_marks`] shows the edges of the picture.

pub mod backdrop;
pub mod button;
pub mod caption;
pub mod card;
pub mod clamp;
pub mod control;
pub mod countdown;
pub mod draw_list;
pub mod every_second;
pub mod fitting;
pub mod frame;
pub mod halves;
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
pub mod text_card;
pub mod text_layout;
pub mod underlay;
pub mod user_code;
mod wrapper;

pub use button::{button, buttons};
pub use clamp::clamp;
pub use countdown::countdown;
pub use draw_list::DrawList;
pub use fitting::{fitting, fitting_at_the_top};
pub use frame::{Beside, Chrome, frame, frame_at, framed, page};
pub use named::named;
pub use qr::qr;
pub use rtl::left_to_right;
pub use user_code::user_code;
