//! Rust names for what documents call anything.
//!
//! A text becomes words ([`words`]), words become an identifier of a [`Kind`], and a [`Scope`]
//! hands identifiers out so that no two things in it share one. All identifiers are ASCII.

mod keywords;
mod scope;
mod symbols;
mod words;

pub use keywords::PRELUDE;
pub use scope::{Claim, Kind, Scope};
pub use words::words;

use std::borrow::Cow;

use heck::{ToShoutySnakeCase, ToSnakeCase, ToUpperCamelCase};

/// Names that are written with more than one capital.
const BRANDS: [(&str, &str); 5] = [
    ("oauth", "OAuth"),
    ("github", "GitHub"),
    ("gitlab", "GitLab"),
    ("linkedin", "LinkedIn"),
    ("openid", "OpenId"),
];

/// `create_token`
pub fn snake(words: &[String]) -> String {
    let parts = words.iter().map(|word| match is_plain(word) {
        true => Cow::Borrowed(word.as_str()),
        false => Cow::Owned(word.to_snake_case()),
    });
    join_apart(parts, true)
}

/// `CREATE_TOKEN`
pub fn shouty(words: &[String]) -> String {
    let parts = words.iter().map(|word| match is_plain(word) {
        true => Cow::Owned(word.to_ascii_uppercase()),
        false => Cow::Owned(word.to_shouty_snake_case()),
    });
    join_apart(parts, true)
}

/// Whether a word is small letters and digits, as [`words`] makes them: its case is changed
/// without looking for words inside it.
fn is_plain(word: &str) -> bool {
    word.bytes()
        .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
}

/// `CreateToken`; digits that meet are kept apart: `V1_5`.
pub fn pascal(words: &[String]) -> String {
    join_apart(words.iter().map(|word| capitalised(word)), false)
}

fn capitalised(word: &str) -> Cow<'_, str> {
    for (brand, written) in BRANDS {
        if let Some(rest) = word.strip_prefix(brand)
            && rest.chars().all(|c| c.is_ascii_digit() || c == 's')
        {
            return Cow::Owned(format!("{written}{rest}"));
        }
    }
    match word.chars().next() {
        Some(first) if is_plain(word) => {
            let mut text = String::with_capacity(word.len());
            text.push(first.to_ascii_uppercase());
            text.extend(word.get(1..));
            Cow::Owned(text)
        }
        _ => Cow::Owned(word.to_upper_camel_case()),
    }
}

/// Joins parts with `_`, always or only where two digits would meet.
fn join_apart<'w>(parts: impl Iterator<Item = Cow<'w, str>>, always: bool) -> String {
    let mut text = String::new();
    for part in parts {
        let digits_meet = text.ends_with(|c: char| c.is_ascii_digit())
            && part.starts_with(|c: char| c.is_ascii_digit());
        if !text.is_empty() && (always || digits_meet) {
            text.push('_');
        }
        text.push_str(&part);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{pascal, shouty, snake, words};

    #[test]
    fn three_cases() {
        let words = words("createOAuth2Token");
        assert_eq!(snake(&words), "create_oauth2_token");
        assert_eq!(pascal(&words), "CreateOAuth2Token");
        assert_eq!(shouty(&words), "CREATE_OAUTH2_TOKEN");
    }

    #[test]
    fn digits_stay_apart() {
        assert_eq!(pascal(&words("v1.5")), "V1_5");
        assert_eq!(pascal(&words("2024-01-02")), "2024_01_02");
        assert_eq!(pascal(&words("sha256")), "Sha256");
    }
}
