//! What `kampus-analytics` promises, seen from outside.

#[cfg(test)]
mod browser;
#[cfg(test)]
mod cli;
#[cfg(test)]
mod figures;
#[cfg(test)]
mod published;
#[cfg(test)]
mod small_government;
