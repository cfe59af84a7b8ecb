//! Method names for operations whose id only repeats the HTTP method and the path.
//!
//! `GetAccountsAccountCapabilities` for `GET /accounts/{account}/capabilities` says nothing that the
//! request line does not say. In the resource `accounts` its method is `list_capabilities`. The
//! name depends on the operation alone, so that other operations never change it.

use std::iter;

use sdk_model::names::words;
use sdk_openapi::path_template::split_key;

/// Nouns of one thing that end as plurals do.
const SINGULAR: [&str; 8] = [
    "analytics",
    "details",
    "news",
    "preferences",
    "series",
    "settings",
    "statistics",
    "stats",
];

/// One segment of a path.
struct Segment {
    words: Vec<String>,
    is_variable: bool,
}

/// The name of a method without an operation id of its own meaning, or `None` where the id says
/// more than method and path do.
pub(super) fn route_name(
    id: Option<&str>,
    method: &str,
    path: &str,
    group: Option<&str>,
) -> Option<String> {
    let segments = segments(path);
    if segments.iter().all(|segment| segment.is_variable) {
        return None;
    }
    let group = words(group.unwrap_or_default());
    let own = own_segment(&segments, &group);
    if let Some(id) = id {
        let id = words(id);
        let (verb, rest) = id.split_first()?;
        // `getPet` in `pets` says as little, whatever the path is.
        if verb == method && is_same_noun(rest, &group) {
            let noun = Segment {
                words: rest.to_vec(),
                is_variable: false,
            };
            let item = segments.into_iter().last().filter(|last| last.is_variable);
            let segments: Vec<Segment> = iter::once(noun).chain(item).collect();
            return Some(name(method, &segments, Some(0), false));
        }
        // An id may begin at the resource's own segment.
        let mut tails = (0..=own.unwrap_or_default()).filter_map(|start| segments.get(start..));
        if verb != method || !tails.any(|tail| spells(rest, tail)) {
            return None;
        }
    }
    // `getThing` for `GET /things` gets one thing.
    let is_one = id.is_some_and(|id| {
        let last = segments.last().filter(|segment| !segment.is_variable);
        last.is_some_and(|segment| segment.words.last() != words(id).last())
    });
    Some(name(method, &segments, own, is_one))
}

/// The segments of a path without prefixes like `api` and `v1`.
fn segments(path: &str) -> Vec<Segment> {
    let (path, ..) = split_key(path);
    let texts = path.split('/').filter(|segment| !segment.is_empty());
    texts
        .skip_while(|segment| super::naming::is_prefix(segment))
        .map(|segment| Segment {
            words: words(segment),
            is_variable: segment.starts_with('{'),
        })
        .collect()
}

/// The last constant segment that has the name of the resource.
fn own_segment(segments: &[Segment], group: &[String]) -> Option<usize> {
    segments
        .iter()
        .rposition(|segment| !segment.is_variable && is_same_noun(&segment.words, group))
}

/// Whether words name all constant segments in order; variables may be named, by their last words
/// at least.
fn spells(text: &[String], segments: &[Segment]) -> bool {
    let Some((segment, rest)) = segments.split_first() else {
        return text.is_empty();
    };
    let names = &segment.words;
    if !segment.is_variable {
        let (Some(head), Some(tail)) = (text.get(..names.len()), text.get(names.len()..)) else {
            return false;
        };
        return is_same_noun(head, names) && spells(tail, rest);
    }
    let text_without_by = match text.split_first() {
        Some((by, tail)) if by == "by" => tail,
        _ => text,
    };
    let is_named = (0..names.len()).any(|skipped| {
        let named = names.get(skipped..).unwrap_or_default();
        let tail = text_without_by.strip_prefix(named);
        tail.is_some_and(|tail| spells(tail, rest))
    });
    is_named || spells(text, rest)
}

fn name(method: &str, segments: &[Segment], own: Option<usize>, is_one: bool) -> String {
    let constants = (0..segments.len()).filter(|index| !is_variable(segments, *index));
    let last = constants.clone().next_back().unwrap_or_default();
    // The resource's name covers the path up to its own segment.
    let uncovered: Vec<usize> = constants
        .filter(|index| own.is_none_or(|own| *index > own))
        .collect();
    let is_item = last + 1 < segments.len();
    let is_collection = !is_item && !is_one && is_plural(&segments[last].words);
    let is_below_item = last > 0 && is_variable(segments, last - 1);
    let is_action = method == "post"
        && !is_item
        && !is_plural(&segments[last].words)
        && !uncovered.is_empty()
        && (is_below_item || own.is_some());
    let verb = match method {
        _ if is_action => "",
        "get" if is_collection => "list",
        "post" if is_item => "update",
        "post" => "create",
        "put" => "replace",
        "patch" => "update",
        other => other,
    };
    let mut phrase: Vec<String> = Vec::new();
    phrase.extend((!verb.is_empty()).then(|| verb.to_owned()));
    for index in &uncovered {
        let is_one = is_variable(segments, index + 1) || (*index == last && verb == "create");
        let mut noun = segments[*index].words.clone();
        if let Some(word) = noun.last_mut().filter(|_| is_one) {
            *word = singular(word);
        }
        phrase.extend(noun);
    }
    if is_collection && matches!(method, "put" | "patch" | "delete") && uncovered.is_empty() {
        phrase.push("all".to_owned());
    }
    phrase.join("_")
}

fn is_variable(segments: &[Segment], index: usize) -> bool {
    segments
        .get(index)
        .is_some_and(|segment| segment.is_variable)
}

/// Whether two nouns are the same, in singular or plural.
fn is_same_noun(one: &[String], other: &[String]) -> bool {
    let (Some((one, one_before)), Some((other, other_before))) =
        (one.split_last(), other.split_last())
    else {
        return false;
    };
    one_before == other_before && (one == other || singular(one) == singular(other))
}

fn is_plural(noun: &[String]) -> bool {
    noun.last().is_some_and(|word| singular(word) != *word)
}

/// A noun's singular by the regular rules of English.
fn singular(word: &str) -> String {
    if SINGULAR.contains(&word) || ["ss", "us", "is"].iter().any(|end| word.ends_with(end)) {
        return word.to_owned();
    }
    let ends = |ends: &[&str]| ends.iter().any(|end| word.ends_with(end));
    if let Some(stem) = word.strip_suffix("ies").filter(|stem| stem.len() > 1) {
        let ending = if ends(&["movies", "cookies"]) {
            "ie"
        } else {
            "y"
        };
        return format!("{stem}{ending}");
    }
    if ends(&[
        "sses", "xes", "zzes", "ches", "shes", "tuses", "nuses", "ruses",
    ]) && !ends(&["aches"])
    {
        return word.strip_suffix("es").unwrap_or(word).to_owned();
    }
    let stem = word.strip_suffix('s').filter(|stem| stem.len() > 1);
    stem.unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::route_name;

    fn named(id: &str, method: &str, path: &str, group: &str) -> Option<String> {
        let id = (!id.is_empty()).then_some(id);
        route_name(id, method, path, Some(group))
    }

    #[test]
    fn ids_that_repeat_method_and_path_become_verbs() {
        for (id, method, path, group, expected) in [
            ("GetAccounts", "get", "/v1/accounts", "accounts", "list"),
            (
                "GetAccountsAccount",
                "get",
                "/v1/accounts/{account}",
                "accounts",
                "get",
            ),
            ("PostAccounts", "post", "/v1/accounts", "accounts", "create"),
            (
                "PostAccountsAccount",
                "post",
                "/v1/accounts/{account}",
                "accounts",
                "update",
            ),
            (
                "DeleteAccountsAccount",
                "delete",
                "/v1/accounts/{account}",
                "accounts",
                "delete",
            ),
            (
                "PostAccountsAccountReject",
                "post",
                "/v1/accounts/{account}/reject",
                "accounts",
                "reject",
            ),
            (
                "GetAccountsAccountCapabilities",
                "get",
                "/v1/accounts/{account}/capabilities",
                "accounts",
                "list_capabilities",
            ),
            (
                "GetAccountsAccountCapabilitiesCapability",
                "get",
                "/v1/accounts/{account}/capabilities/{capability}",
                "accounts",
                "get_capability",
            ),
            (
                "PostAccountsAccountPersons",
                "post",
                "/v1/accounts/{account}/persons",
                "accounts",
                "create_person",
            ),
            (
                "DeleteBucketsIDLabelsID",
                "delete",
                "/buckets/{bucketID}/labels/{labelID}",
                "Buckets",
                "delete_label",
            ),
            (
                "PatchBucketsID",
                "patch",
                "/buckets/{bucketID}",
                "Buckets",
                "update",
            ),
            (
                "PutMePassword",
                "put",
                "/me/password",
                "Users",
                "replace_me_password",
            ),
            ("GetBalance", "get", "/v1/balance", "balance", "get"),
            ("getSettings", "get", "/settings", "settings", "get"),
            ("getUsersMe", "get", "/users/me", "users", "get_me"),
            (
                "get-categories",
                "get",
                "/browse/categories",
                "Categories",
                "list",
            ),
            ("getPet", "get", "/animals/{id}", "pets", "get"),
            ("getThing", "get", "/things", "things", "get"),
            ("putRecord", "put", "/records", "records", "replace"),
            ("deleteUsers", "delete", "/users", "users", "delete_all"),
            ("", "get", "/things/{id}", "things", "get"),
            (
                "",
                "post",
                "/api/v2/users/{id}/keys",
                "admin",
                "create_user_key",
            ),
        ] {
            assert_eq!(
                named(id, method, path, group).as_deref(),
                Some(expected),
                "{id}"
            );
        }
    }

    #[test]
    fn ids_that_say_more_stay() {
        for (id, method, path) in [
            ("createUser", "post", "/users"),
            ("listUsers", "get", "/users"),
            ("getUserByName", "get", "/users/{id}"),
            ("get", "get", "/users"),
            ("getActiveUsers", "get", "/users"),
        ] {
            assert_eq!(named(id, method, path, "users"), None, "{id}");
        }
    }
}
