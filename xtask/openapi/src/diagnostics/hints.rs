//! Words for messages.

use std::cell::Cell;

use super::render::escape_control;

/// How much is compared for the hints of one document, in pairs of characters: with thousands of
/// mistakes and thousands of names, hints would take hours, and they would not be read.
const MOST: usize = 50_000_000;

thread_local! {
    static COMPARED: Cell<usize> = const { Cell::new(0) };
}

/// Begins with another document: its mistakes get hints again.
pub(crate) fn begin() {
    COMPARED.set(0);
}

/// Prepares text of a document for a message: escapes control and invisible characters, and
/// truncates it.
pub fn sanitize(text: &str) -> String {
    const LONGEST: usize = 600;
    let mut safe: String = text.chars().take(LONGEST).map(escape_control).collect();
    if text.chars().nth(LONGEST).is_some() {
        safe.push('…');
    }
    safe
}

/// The name that was probably meant: the most similar candidate, where one is similar enough. A
/// document with very many mistakes has no hints for the later ones.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    const LONGEST: usize = 100;
    if name.len() > LONGEST {
        return None;
    }
    let lower = name.to_lowercase();
    let allowed = (name.chars().count() / 3).max(1);
    let has_time = |candidate: &&str| {
        let compared = COMPARED.get() + (candidate.len() + 1).min(LONGEST);
        COMPARED.set(compared);
        compared <= MOST
    };
    candidates
        .into_iter()
        .take_while(has_time)
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= allowed)
        .inspect(|candidate| COMPARED.set(COMPARED.get() + candidate.len() * name.len()))
        .map(|candidate| (distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min()
        .map(|(_, candidate)| candidate)
}

/// Levenshtein's distance.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let substituted = diagonal + usize::from(x != *y);
            diagonal = row[j + 1];
            row[j + 1] = substituted.min(row[j] + 1).min(row[j + 1] + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_name_is_found() {
        let names = ["Session", "Sessions", "User"];
        assert_eq!(nearest("Sesion", names), Some("Session"));
        assert_eq!(nearest("session", names), Some("Session"));
        assert_eq!(nearest("Organization", names), None);
    }

    #[test]
    fn escapes_do_not_get_through() {
        assert_eq!(
            sanitize("a\u{1b}[31mb\nc\u{202e}"),
            "a\u{fffd}[31mb c\u{fffd}"
        );
    }
}
