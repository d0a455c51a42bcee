//! Arguments in, exit code out.

use std::process::ExitCode;

/// The system's own takes a quarter more time, and musl's three times as long; see `Cargo.toml`.
#[cfg(feature = "mimalloc")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    candor::cli::main()
}
