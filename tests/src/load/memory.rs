//! How much memory the process holds.

/// Linux's pages. Its tools assume it too where `getconf` is not asked.
const PAGE: u64 = 4096;

/// The resident set in bytes; none where the system does not say.
pub(super) fn resident() -> Option<u64> {
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = text.split(' ').nth(1)?.parse().ok()?;
    Some(pages * PAGE)
}
