//! Filling: what is sent, made of what the configuration says and of the person, the time, the item and the page.
//!
//! `request_template` is what a row or an action asks, with blanks; `blanks` what they are filled with; `body` what is
//! sent along, and how it is written.

mod blanks;
mod body;
mod request_template;

pub(super) use blanks::{Blanks, Given, Moment};
pub(super) use request_template::RequestTemplate;

#[cfg(test)]
mod tests;
