//! What the owner wrote in `vestibule.toml`, checked before anything else runs.

mod schema;

pub use schema::{
    Action, Api, CardMap, Config, Dpop, Preset, Profile, Provider, RemoteKey, Row, Screen, SignIn,
    Start, Telemetry, Theme,
};
