use proptest::prelude::*;

use super::*;

/// Both ways of reading it, beside each other.
fn both(first: &str, address: &str) -> Option<(String, String)> {
    let addresses = Addresses::default();
    addresses.read(&first.parse().ok()?).ok()?;
    let uri: Uri = address.parse().ok()?;
    let text = |url: Result<Url, TransportError>| match url {
        Ok(url) => url.to_string(),
        Err(error) => format!("{:?}", error.kind()),
    };
    Some((text(addresses.read(&uri)), text(Addresses::default().read(&uri))))
}

#[test]
fn what_begins_like_a_host_is_a_path() {
    for address in ["http://a.test//b.test/c", "http://a.test/", "http://a.test//"] {
        let (after_another, alone) = both("http://a.test/v1?x=1", address).unwrap();
        assert_eq!((after_another.as_str(), alone.as_str()), (address, address));
    }
}

proptest! {
    #[test]
    fn an_address_is_the_same_whatever_was_read_before(
        first in "https?://(a\\.test|A\\.test|[uU]@a\\.test:80)/[a-z/?.%]{0,9}",
        origin in "https?://(a\\.test|A\\.test|[uU]@a\\.test:80)",
        path in r"(/[a-z0-9/.%?&=\\~'|{}:@*+-]{0,24})?",
    ) {
        let address = origin + &path;
        if let Some((after_another, alone)) = both(&first, &address) {
            prop_assert_eq!(after_another, alone);
        }
    }
}
