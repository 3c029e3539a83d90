//! The command `kampus-analytics`.

#[expect(
    unreachable_pub,
    reason = "a command's modules are as public as the library's, though nobody sees them"
)]
mod cli;

use std::process::ExitCode;

fn main() -> ExitCode {
    cli::main()
}
