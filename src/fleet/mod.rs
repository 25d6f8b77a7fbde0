//! Ten thousand boxes on a made-up clock: what servers see of a fleet when the power, a server or an update comes.
//!
//! Nothing here decides when a box asks: [`Grant`](device_flow::grant::Grant), the rules of a session
//! (`session::token_state`, `session::schedule`), those of a request that failed (`api::request::retry`) and those of
//! rows (`app::screen::home::rows`) are the program's own. `world` stands in for their drivers, the clock and the
//! servers; `cases` says what happens to the fleet, `figures` counts, `chart` draws. `docs/operate/fleet.md` shows what
//! comes of it.

mod cases;
mod chart;
mod figures;
mod machine;
mod tests;
mod world;
