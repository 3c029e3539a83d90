//! The command `kampus-migrate`.

#[expect(
    unreachable_pub,
    reason = "a command's modules are as public as the library's, though nobody sees them"
)]
mod cli;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Texts are made on one thread and let go on another, which the system's allocator is slow at.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    cli::main().into()
}
