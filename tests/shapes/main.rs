//! APIs of many shapes: each is served with the demands, the paging and the errors of a real one.
//! `crates/testing/src/shape` says what stands in a folder.

#![allow(clippy::unwrap_used, clippy::panic)]

use testing::shape::{self, Shape};

/// Else a configuration that sends less than the API wants would pass.
#[test]
fn every_demand_is_made() {
    for entry in std::fs::read_dir(shape::folder()).unwrap() {
        let folder = entry.unwrap().path();
        if !folder.is_dir() {
            continue;
        }
        let name = folder.file_name().unwrap().to_str().unwrap();
        let shape = Shape::serve(name);
        let demands = shape.demands();
        let refusals: Vec<u16> = demands.iter().map(|(_, status)| *status).collect();
        for (address, _) in demands {
            let reply = testing::http::fetch(&address, &[], None);
            assert!(refusals.contains(&reply.status()), "{name}: {address}");
            assert!(!shape.problems().is_empty(), "{name}: {address}");
        }
    }
}
