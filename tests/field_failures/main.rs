//! What broke other clients in the field, and what servers were seen to do, against a server that answers as they did. The
//! tests are named after their row in `docs/requirements.md`.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod on_disk;
