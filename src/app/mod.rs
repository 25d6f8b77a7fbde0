//! The fullscreen program; the only place that knows iced.

pub mod focus;
pub mod i18n;
pub mod pictures;
pub mod remote;
pub mod screen;
pub mod theme;
pub mod widget;
