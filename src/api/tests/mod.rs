//! The API as a whole: against one that misbehaves (`chaos`), and one that binds its tokens to a key (`dpop`).

mod chaos;
mod dpop;
