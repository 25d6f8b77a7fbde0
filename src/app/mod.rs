//! The fullscreen program; the only place that knows iced.
