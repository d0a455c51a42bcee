//! Properties that hold for every input: the arithmetic of uptime, times that clocks make hard, statistics, comparisons, robustness, harmless HTML, addresses,
//! the wall around internal sections.
//!
//! The numbers of cases are bounded, so that all of it takes some seconds. A failure prints the smallest
//! input that shows it; it becomes a test of its own where the fault was.

mod addresses;
mod append;
mod damage;
mod html;
mod moments;
mod recurrence;
mod renewed;
mod statistics;
mod uptime;
mod wall;
mod whole;
