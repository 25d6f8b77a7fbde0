//! Parses the command line and hands over.

use std::alloc::System;
use std::process::ExitCode;

use zeroizing_alloc::ZeroAlloc;

/// Wipes what is freed: tokens, names and content of a person are copied into buffers of TLS, HTTP, JSON and text that
/// are not ours to wipe, and the next person signs in within the same process.
#[global_allocator]
static ALLOCATOR: ZeroAlloc<System> = ZeroAlloc(System);

fn main() -> ExitCode {
    vestibule::cli::begin();
    match vestibule::cli::Cli::read(std::env::args_os()) {
        Ok(cli) => vestibule::cli::run(cli),
        Err(code) => code,
    }
}
