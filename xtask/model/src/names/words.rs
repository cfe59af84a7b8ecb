use deunicode::deunicode_char;

use super::symbols::{self, Detail};

/// Spellings that the rules for capitals would split, and the word that each one is.
const WHOLE: [(&str, &str); 14] = [
    ("OAuth", "oauth"),
    ("oAuth", "oauth"),
    ("GitHub", "github"),
    ("GitLab", "gitlab"),
    ("LinkedIn", "linkedin"),
    ("OpenID", "openid"),
    ("OpenId", "openid"),
    ("openId", "openid"),
    ("macOS", "macos"),
    ("iOS", "ios"),
    ("IPv4", "ipv4"),
    ("IPv6", "ipv6"),
    ("eSIM", "esim"),
    ("mTLS", "mtls"),
];

/// Splits any text into lower-case ASCII words: at punctuation, at capitals (`HTTPServer` is two
/// words, `userIDs` too), never inside `OAuth` and its like. Punctuation that changes the meaning
/// becomes a word. There is at least one word.
pub fn words(text: &str) -> Vec<String> {
    split(text, Detail::Meaning)
}

/// [`words`], with the given amount of punctuation spelled out.
pub(super) fn split(text: &str, detail: Detail) -> Vec<String> {
    if text.is_empty() {
        return vec!["empty".to_owned()];
    }
    if is_snake(text) && detail == Detail::Meaning {
        let words = text.split('_').filter(|word| !word.is_empty());
        return words.map(str::to_owned).collect();
    }
    let bare = !text.chars().any(|c| c.is_alphanumeric());
    let mut splitter = Splitter {
        words: Vec::new(),
        word: String::new(),
        all: bare || detail == Detail::All,
        detail,
    };
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let taken = splitter.take(text, rest, c);
        rest = &rest[taken..];
    }
    splitter.finish();
    if splitter.words.is_empty() {
        return split_bare(text);
    }
    splitter.words
}

/// Whether a text is `lower_case`, as most are: its words are separated by underscores.
fn is_snake(text: &str) -> bool {
    let letter = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9');
    text.bytes().next().is_some_and(letter) && text.bytes().all(|byte| letter(byte) || byte == b'_')
}

/// The words of a text of which nothing else was left: its characters' numbers.
fn split_bare(text: &str) -> Vec<String> {
    text.chars()
        .map(|c| format!("u{:04x}", u32::from(c)))
        .collect()
}

struct Splitter {
    words: Vec<String>,
    word: String,
    /// Whether all punctuation is spelled out.
    all: bool,
    detail: Detail,
}

impl Splitter {
    /// Reads the beginning of `rest` and returns its length.
    fn take(&mut self, text: &str, rest: &str, c: char) -> usize {
        if c.is_ascii_alphanumeric() {
            return self.letter(rest, c);
        }
        let pairs = symbols::PAIRS
            .iter()
            .find(|(pair, _)| rest.starts_with(pair));
        if let Some((pair, name)) = pairs {
            self.phrase(name);
            return pair.len();
        }
        if c.is_ascii() {
            self.symbol(text, rest, c);
        } else {
            self.foreign(c);
        }
        c.len_utf8()
    }

    fn letter(&mut self, rest: &str, c: char) -> usize {
        let last = self.word.chars().next_back();
        let begins = last.is_none() || c.is_ascii_uppercase();
        for (spelling, word) in WHOLE.iter().filter(|_| begins) {
            let Some(after) = rest.strip_prefix(spelling) else {
                continue;
            };
            if !after.starts_with(|c: char| c.is_ascii_lowercase()) {
                self.finish();
                self.word.push_str(word);
                return spelling.len();
            }
        }
        if c.is_ascii_uppercase() && self.capital_begins(last, rest) {
            self.finish();
        }
        self.word.push(c);
        c.len_utf8()
    }

    /// Whether the capital at the head of `rest` begins a word: after a small letter or a digit,
    /// or as the last of several capitals with a small letter behind it (the `S` of
    /// `HTTPServer`), unless that is the `s` of a plural (`userIDs`).
    fn capital_begins(&self, last: Option<char>, rest: &str) -> bool {
        let Some(last) = last else { return false };
        if !last.is_ascii_uppercase() {
            return true;
        }
        let mut after = rest.chars().skip(1);
        let (next, then) = (after.next(), after.next());
        let plural = next == Some('s') && !then.is_some_and(|c| c.is_ascii_lowercase());
        next.is_some_and(|c| c.is_ascii_lowercase()) && !plural
    }

    fn symbol(&mut self, text: &str, rest: &str, c: char) {
        let leads = rest.len() == text.len();
        if c == '\'' && !self.all {
            return;
        }
        let name = if self.all {
            symbols::name(c, leads)
        } else if leads && c == '-' {
            Some("minus")
        } else {
            symbols::meaning(c, leads)
        };
        match name {
            Some("hyphen") if leads => self.phrase("minus"),
            // Between words an underscore is a separator only.
            Some("underscore") if !self.word.is_empty() && rest.len() > 1 => self.finish(),
            Some(name) => self.phrase(name),
            None if self.all => self.phrase(&format!("u{:04x}", u32::from(c))),
            None => self.finish(),
        }
    }

    /// Letters of other scripts as ASCII letters; emoji by name.
    fn foreign(&mut self, c: char) {
        if let Some(name) = symbols::foreign(c) {
            self.phrase(name);
            if self.detail == Detail::All {
                self.phrase("sign");
            }
            return;
        }
        let ascii = deunicode_char(c).unwrap_or_default();
        let usable = |c: char| c.is_ascii_alphanumeric();
        if !ascii.chars().any(usable) {
            self.finish();
            if self.all {
                self.phrase(&format!("u{:04x}", u32::from(c)));
            }
        } else if c.is_alphanumeric() && !ascii.contains(' ') {
            if c.is_uppercase() && self.word.ends_with(|c: char| c.is_ascii_lowercase()) {
                self.finish();
            }
            self.word.extend(ascii.chars().filter(|c| usable(*c)));
            if let (Detail::All, Some(diacritic)) = (self.detail, symbols::diacritic(c)) {
                self.phrase(diacritic);
            }
        } else {
            self.phrase(ascii);
        }
    }

    fn phrase(&mut self, phrase: &str) {
        self.finish();
        let words = phrase
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty());
        self.words.extend(words.map(str::to_ascii_lowercase));
    }

    fn finish(&mut self) {
        if !self.word.is_empty() {
            self.words.push(self.word.to_ascii_lowercase());
            self.word.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::words;

    fn joined(text: &str) -> String {
        words(text).join(" ")
    }

    #[test]
    fn capitals() {
        assert_eq!(
            joined("createTokenFromTemplate"),
            "create token from template"
        );
        assert_eq!(joined("HTTPServer"), "http server");
        assert_eq!(joined("OAuthApplication"), "oauth application");
        assert_eq!(joined("createOAuth2Token"), "create oauth2 token");
        assert_eq!(joined("userIDs"), "user ids");
        assert_eq!(joined("URLsToFetch"), "urls to fetch");
        assert_eq!(joined("getHTTPResponse2XX"), "get http response2 xx");
        assert_eq!(joined("LOCK_DOOR"), "lock door");
        assert_eq!(joined("ABTest"), "ab test");
        assert_eq!(joined("iOSApp"), "ios app");
        assert_eq!(joined("IPv4Address"), "ipv4 address");
    }

    #[test]
    fn digits() {
        assert_eq!(joined("sha256"), "sha256");
        assert_eq!(joined("s3Bucket"), "s3 bucket");
        assert_eq!(joined("2fa"), "2fa");
        assert_eq!(joined("sha_256__sum_"), "sha 256 sum");
        assert_eq!(joined("v1.5"), "v1 5");
    }

    #[test]
    fn symbols() {
        assert_eq!(joined(""), "empty");
        assert_eq!(joined("*"), "asterisk");
        assert_eq!(joined("="), "equal to");
        assert_eq!(joined(">="), "greater than or equal to");
        assert_eq!(joined("-manual_invitation"), "minus manual invitation");
        assert_eq!(joined("+1"), "plus 1");
        assert_eq!(joined("-1"), "minus 1");
        assert_eq!(joined("string[]"), "string list");
        assert_eq!(joined("StartTime<"), "start time less than");
        assert_eq!(joined("client_session.token"), "client session token");
        assert_eq!(joined("$ref"), "ref");
        assert_eq!(joined("list things!"), "list things");
        assert_eq!(joined("!active"), "not active");
        assert_eq!(joined("!"), "not");
        assert_eq!(joined("_"), "underscore");
        assert_eq!(joined("don't"), "dont");
        assert_eq!(joined(" "), "space");
    }

    #[test]
    fn other_scripts() {
        assert_eq!(joined("naïveCafé"), "naive cafe");
        assert_eq!(joined("Straße"), "strasse");
        assert_eq!(joined("🚀"), "rocket");
        assert_eq!(joined("👍"), "thumbs up");
        assert_eq!(joined("≥"), "greater than or equal to");
        assert_eq!(joined("a≠b"), "a not equal to b");
        assert_eq!(joined("20°"), "20 degree");
        assert_eq!(joined("\u{200b}"), "u200b");
        assert_eq!(joined("\u{1}"), "u0001");
    }
}
