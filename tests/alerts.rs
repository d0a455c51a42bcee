//! Alarms of monitors: bodies in each format, and what becomes of them; repeated, reordered and overlapping ones.

mod bodies;
mod property;
mod site;
