//! How much memory this process takes, as Linux counts it. Each test is a process of its own (`cargo nextest`).

use std::fs;

/// The most memory from a moment on.
pub(crate) struct Peak {
    before: usize,
}

impl Peak {
    /// From now on. `None` where the system does not tell.
    pub(crate) fn from_now() -> Option<Self> {
        // Makes the high water mark what it is now: see proc(5).
        fs::write("/proc/self/clear_refs", "5").ok()?;
        Some(Self { before: status("VmRSS:")? })
    }

    /// How many bytes more than at first it took at the most.
    pub(crate) fn grown(&self) -> usize {
        status("VmHWM:").unwrap().saturating_sub(self.before)
    }
}

fn status(name: &str) -> Option<usize> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(name))?;
    Some(line.trim().strip_suffix("kB")?.trim().parse::<usize>().ok()? * 1024)
}
