//! The entry of a changelog.

use super::SourceRecord;
use crate::changes::Problem;
use sdk_changes::{Format, Report, report::Detail};

/// What `specs/<api>/changelog.md` gets on top; none where nothing changed. The first document has
/// none before it.
///
/// # Errors
///
/// Where the report cannot be written.
pub(super) fn entry(
    api: &str,
    before: Option<&SourceRecord>,
    after: &SourceRecord,
    report: &Report,
) -> Result<Option<String>, Problem> {
    if report.changes.is_empty() {
        return Ok(None);
    }
    let versions = match before {
        Some(before) => format!("{} → {}", version(before), version(after)),
        None => version(after),
    };
    let changes = report.render(Format::Markdown, &Detail::default())?;
    Ok(Some(format!("## {api}: {versions}\n\n{changes}")))
}

/// The upstream version and revision: `3.0 (81dd1c5)`.
fn version(record: &SourceRecord) -> String {
    let revision = match &record.revision {
        Some(revision) if is_commit(revision) => revision.get(..7).unwrap_or(revision),
        Some(revision) => revision,
        None => record.sha256.get(..12).unwrap_or(&record.sha256),
    };
    format!("{} ({})", plainly(&record.version), plainly(revision))
}

fn is_commit(revision: &str) -> bool {
    revision.len() == 40 && revision.chars().all(|c| c.is_ascii_hexdigit())
}

/// Nothing that Markdown would take for more than text.
fn plainly(text: &str) -> String {
    let plain = |c: char| {
        if c.is_alphanumeric() || matches!(c, '.' | '-' | '+') {
            c
        } else {
            '-'
        }
    };
    text.chars().take(80).map(plain).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(version: &str, revision: Option<&str>) -> SourceRecord {
        SourceRecord {
            version: version.to_owned(),
            revision: revision.map(str::to_owned),
            sha256: "0123456789abcdef".to_owned(),
            ..SourceRecord::default()
        }
    }

    #[test]
    fn versions_are_named_plainly() {
        let commit = "81dd1c5".to_owned() + &"0".repeat(33);
        assert_eq!(version(&record("1.0", Some(&commit))), "1.0 (81dd1c5)");
        assert_eq!(version(&record("1.0", Some("1.721.0"))), "1.0 (1.721.0)");
        assert_eq!(version(&record("1.0", None)), "1.0 (0123456789ab)");
        assert_eq!(
            version(&record("1\n# <b>x</b>", Some("`a`"))),
            "1----b-x--b- (-a-)"
        );
    }

    #[test]
    fn no_change_is_no_entry() {
        let report = sdk_changes::compare(&[], &[]);
        let record = record("1", None);
        let made = entry("pets", Some(&record), &record, &report).unwrap();
        assert_eq!(made, None);
    }
}
