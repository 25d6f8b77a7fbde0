//! The box we run on: renderer, display, addresses, log.
