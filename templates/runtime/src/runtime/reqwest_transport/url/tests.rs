use proptest::prelude::*;

use super::*;

/// The URL parsed with and without a cached origin.
fn both(first: &str, url: &str) -> Option<(String, String)> {
    let url_cache = UrlCache::default();
    url_cache.parse(&first.parse().ok()?).ok()?;
    let uri: Uri = url.parse().ok()?;
    let text = |url: Result<Url, TransportError>| match url {
        Ok(url) => url.to_string(),
        Err(error) => format!("{:?}", error.kind()),
    };
    Some((text(url_cache.parse(&uri)), text(UrlCache::default().parse(&uri))))
}

#[test]
fn a_path_with_two_slashes_is_not_a_host() {
    for url in ["http://a.test//b.test/c", "http://a.test/", "http://a.test//"] {
        let (cached, uncached) = both("http://a.test/v1?x=1", url).unwrap();
        assert_eq!((cached.as_str(), uncached.as_str()), (url, url));
    }
}

proptest! {
    #[test]
    fn the_cached_origin_does_not_change_urls(
        first in "https?://(a\\.test|A\\.test|[uU]@a\\.test:80)/[a-z/?.%]{0,9}",
        origin in "https?://(a\\.test|A\\.test|[uU]@a\\.test:80)",
        path in r"(/[a-z0-9/.%?&=\\~'|{}:@*+-]{0,24})?",
    ) {
        let url = origin + &path;
        if let Some((cached, uncached)) = both(&first, &url) {
            prop_assert_eq!(cached, uncached);
        }
    }
}
