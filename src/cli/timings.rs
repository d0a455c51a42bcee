//! `--timings`: how long each phase of a build took, by the clock on the wall and by that of the processors.

use std::fmt::Write;
use std::time::{Duration, Instant};

use clap::Args;
use cpu_time::ProcessTime;

use super::print;

/// Whether the phases are printed.
#[derive(Args)]
pub(super) struct TimingsArgs {
    /// Print how long each phase took, on the wall and on all processors together
    #[arg(long)]
    timings: bool,
}

/// The phases so far.
pub(super) struct Timings {
    is_wanted: bool,
    phases: Vec<(&'static str, Duration, Duration)>,
}

impl TimingsArgs {
    pub(super) fn start(&self) -> Timings {
        Timings { is_wanted: self.timings, phases: Vec::new() }
    }
}

impl Timings {
    /// Whether phases that would go on side by side are to go on one after the other, so that each has its own time.
    pub(super) fn are_wanted(&self) -> bool {
        self.is_wanted
    }

    /// Does `work`, and notes how long it took.
    pub(super) fn phase<T>(&mut self, name: &'static str, work: impl FnOnce() -> T) -> T {
        let (wall, cpu) = (Instant::now(), ProcessTime::now());
        let result = work();
        self.phases.push((name, wall.elapsed(), cpu.elapsed()));
        result
    }

    /// Prints the phases, if they are wanted.
    pub(super) fn say(&self) {
        if self.is_wanted {
            print::say(self.table().trim_end());
        }
    }

    fn table(&self) -> String {
        let milliseconds = |time: Duration| time.as_secs_f64() * 1000.0;
        let mut table = format!("{:12} {:>10} {:>10}\n", "phase", "wall ms", "cpu ms");
        let mut line = |name: &str, wall: Duration, cpu: Duration| {
            let _ = writeln!(table, "{name:12} {:>10.1} {:>10.1}", milliseconds(wall), milliseconds(cpu));
        };
        self.phases.iter().for_each(|(name, wall, cpu)| line(name, *wall, *cpu));
        let sum = |of: fn(&(&str, Duration, Duration)) -> Duration| self.phases.iter().map(of).sum();
        line("all", sum(|phase| phase.1), sum(|phase| phase.2));
        table
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_has_a_line_for_each_phase_and_one_for_all() {
        let phase = |name, wall, cpu| (name, Duration::from_millis(wall), Duration::from_millis(cpu));
        let phases = vec![phase("read", 12, 20), phase("pages", 100, 195)];
        let table = Timings { is_wanted: true, phases }.table();
        let rows: Vec<Vec<&str>> = table.lines().map(|line| line.split_whitespace().collect()).collect();
        assert_eq!(
            rows[1..],
            [vec!["read", "12.0", "20.0"], vec!["pages", "100.0", "195.0"], vec!["all", "112.0", "215.0"]]
        );
    }
}
