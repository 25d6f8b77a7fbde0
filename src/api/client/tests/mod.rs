//! The client against a bad API on loopback, a file for each rule.

use super::*;

mod asking;
mod bounds;
mod list_loads;
mod offline;
mod paging;
mod pictures;
mod redirects;
mod responses;
mod start;
mod stub;
