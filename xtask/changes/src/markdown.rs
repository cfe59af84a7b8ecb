//! A report for a pull request.

use super::{
    Report,
    change::{Change, Rust, Wire},
};

/// The most bytes of a report: GitHub takes 65,536 characters, and the verdict has to be among
/// them.
const MOST: usize = 60_000;

/// The report: a section for each effect, the gravest first, and the verdict.
pub(super) fn report(report: &Report) -> String {
    let of = |effect| {
        report
            .changes
            .iter()
            .filter(move |change| change.rust == effect)
    };
    let sections: [(&str, Vec<&Change>); 5] = [
        ("Breaking in Rust", of(Rust::Breaking).collect()),
        ("New in Rust", of(Rust::Additive).collect()),
        (
            "The same in Rust, another behavior",
            of(Rust::None).collect(),
        ),
        ("Documentation", of(Rust::Docs).collect()),
        ("In the documents only", report.unseen.iter().collect()),
    ];
    let mut text = String::new();
    let mut left_out = 0;
    for (title, changes) in sections {
        if left_out > 0 {
            left_out += changes.len();
            continue;
        }
        left_out += section(&mut text, title, &changes);
    }
    if left_out > 0 {
        text.push_str(&format!(
            "And {left_out} more: `cargo xtask changes` tells them.\n\n"
        ));
    }
    text.push_str(&report.verdict());
    text.push('\n');
    text
}

/// Adds a section as far as there is room; tells how many changes there was none for.
fn section(text: &mut String, title: &str, changes: &[&Change]) -> usize {
    let lines = changes.iter().map(|change| line(change));
    let mut head = Some(format!("### {title}\n\n"));
    for (told, line) in lines.enumerate() {
        if text.len() + line.len() > MOST {
            text.push('\n');
            return changes.len() - told;
        }
        text.extend(head.take());
        text.push_str(&line);
    }
    if head.is_none() {
        text.push('\n');
    }
    0
}

fn line(change: &Change) -> String {
    let breaks = if change.wire == Wire::Breaking {
        " **Breaking on the wire.**"
    } else {
        ""
    };
    let message = change.message.replace(['\n', '\r'], " ");
    format!(
        "- {}: {message}{breaks} <!-- {} -->\n",
        change.api, change.id
    )
}

#[cfg(test)]
mod tests {
    use super::super::{Aspect, Kind, Sides, Subject};
    use super::*;

    fn change(rust: Rust, message: String) -> Change {
        Change {
            id: "0123456789ab".to_owned(),
            kind: Kind::new(Subject::Field, Aspect::Added),
            api: "pets".to_owned(),
            item: "Pet".to_owned(),
            pointer: Sides::default(),
            wire: Wire::None,
            rust,
            path: Sides::default(),
            files: Vec::new(),
            message,
        }
    }

    #[test]
    fn a_report_fits_into_a_comment() {
        let additions = (0..2000).map(|n| change(Rust::Additive, format!("`Pet` has `{n}`\nnow.")));
        let mut changes: Vec<Change> = additions.collect();
        changes.extend((0..7).map(|n| change(Rust::Docs, format!("`{n}` is said."))));
        let text = report(&Report::new(changes, Vec::new()));
        assert!(text.len() < 61_000, "{}", text.len());
        let told = text
            .lines()
            .filter(|line| line.starts_with("- pets: "))
            .count();
        assert!(told > 500, "{told}");
        assert!(
            text.contains(&format!("And {} more: ", 2007 - told)),
            "{told}"
        );
        assert!(text.contains("- pets: `Pet` has `0` now. <!-- 0123456789ab -->\n"));
        assert!(!text.contains("### Documentation"));
        assert!(text.contains("0 breaking, 2000 additive, 7 of documentation"));
    }

    #[test]
    fn sections_without_changes_are_left_out() {
        let text = report(&Report::new(
            vec![change(Rust::Docs, "It is said.".to_owned())],
            Vec::new(),
        ));
        assert!(
            text.starts_with(
                "### Documentation\n\n- pets: It is said. <!-- 0123456789ab -->\n\n0 breaking"
            ),
            "{text}"
        );
    }
}
