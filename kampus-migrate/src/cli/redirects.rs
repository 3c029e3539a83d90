//! `kampus-migrate redirects`.

use std::path::PathBuf;

use clap::ValueEnum;
use kampus_migrate::engine;
use kampus_migrate::outcome::ExitStatus;
use kampus_migrate::redirects::{RedirectFormat, render};

use super::failure::Failure;
use super::printer::Printer;

/// Print where old addresses lead now, for the old web servers
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The store to look at
    #[arg(long, value_name = "FILE", default_value = "kampus.db")]
    store: PathBuf,

    /// What to print
    #[arg(long, value_enum)]
    format: Form,

    /// Scheme and host of the new platform, to stand in front of the new paths
    #[arg(long, value_name = "URL", value_parser = base)]
    base: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Form {
    /// Maps for nginx
    Nginx,
    /// Rewrite rules for Apache httpd 2.4
    Apache,
    /// A table with the columns from and to
    Csv,
}

impl From<Form> for RedirectFormat {
    fn from(form: Form) -> Self {
        match form {
            Form::Nginx => Self::Nginx,
            Form::Apache => Self::Apache,
            Form::Csv => Self::Csv,
        }
    }
}

fn base(text: &str) -> Result<String, String> {
    let url = url::Url::parse(text).map_err(|error| error.to_string())?;
    match url.scheme() {
        "http" | "https" if url.query().is_none() && url.fragment().is_none() => {
            Ok(url.as_str().trim_end_matches('/').to_owned())
        }
        _ => Err("it must be an http(s) address without query".to_owned()),
    }
}

/// Prints the redirects of a store.
pub fn redirects(args: &Args, printer: &Printer) -> Result<ExitStatus, Failure> {
    let redirects = engine::redirects(&args.store)?;
    let rendered = render(args.format.into(), &redirects, args.base.as_deref().unwrap_or_default());
    for refused in &rendered.refused {
        printer.warning(&format!("left out `{}`: {}", refused.redirect.from.escape_debug(), refused.reason));
    }
    if rendered.written == 0 {
        printer.note("the store has no redirects: run a migration first");
    }
    printer.result(&rendered.text)?;
    Ok(if rendered.refused.is_empty() { ExitStatus::Done } else { ExitStatus::Rejections })
}
