//! Rows: what the home screen asks for, page by page.
//!
//! `row` is a row of the configuration, or one that an API's list of rows has; `page` what is had of it at once, and the
//! cursor that leads on; `paging` how that is found in an answer; `list` the rows in a list of rows, and `inline` those whose
//! items came with it.

pub(super) mod first_page;
pub(super) mod inline;
pub(super) mod list;
pub(super) mod page;
pub(super) mod paging;
pub(super) mod row;
