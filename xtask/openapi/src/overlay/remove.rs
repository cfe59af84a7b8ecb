//! Removes what an action selects, in time linear in the document.

use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

use serde_json::{Map, Value};

use crate::pointer::tokens;

/// Removes the values at the pointers: all of one object or array at once, and the deepest first,
/// so that the other pointers stay valid.
pub(super) fn remove(tree: &mut Value, pointers: &[String]) {
    let mut by_holder: HashMap<&str, HashSet<String>> = HashMap::new();
    for pointer in pointers {
        let Some((holder, _)) = pointer.rsplit_once('/') else {
            // The whole document.
            *tree = Value::Object(Map::new());
            return;
        };
        by_holder
            .entry(holder)
            .or_default()
            .extend(tokens(pointer).last());
    }
    let mut holders: Vec<_> = by_holder.into_iter().collect();
    holders.sort_by_key(|(holder, _)| Reverse(holder.matches('/').count()));
    for (holder, gone) in holders {
        match tree.pointer_mut(holder) {
            Some(Value::Object(members)) => members.retain(|name, _| !gone.contains(name)),
            Some(Value::Array(list)) => {
                let gone: HashSet<usize> = gone.iter().filter_map(|at| at.parse().ok()).collect();
                let mut at = 0..;
                list.retain(|_| !at.next().is_some_and(|at| gone.contains(&at)));
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {

    use serde_json::{Value, json};

    use super::remove;

    fn without(mut tree: Value, pointers: &[&str]) -> Value {
        let pointers: Vec<String> = pointers.iter().map(|&it| it.to_owned()).collect();
        remove(&mut tree, &pointers);
        tree
    }

    #[test]
    fn the_other_pointers_stay_valid() {
        let tree = json!({ "a": [0, { "b": [1, 2, 3], "c/d": 4, "e": 5 }, 6, 7], "f": { "g": 8 } });
        let pointers = ["/a/0", "/a/1/b/0", "/a/1/b/2", "/a/1/c~1d", "/a/2", "/f"];
        let left = json!({ "a": [{ "b": [2], "e": 5 }, 7] });
        assert_eq!(without(tree.clone(), &pointers), left);
        assert_eq!(
            without(tree.clone(), &["/a", "/a/1", "/a/1/b", "/a/0"]),
            json!({ "f": { "g": 8 } })
        );
        assert_eq!(without(tree, &["/f", ""]), json!({}));
    }

    /// One by one, these took minutes.
    #[test]
    fn many_are_removed_at_once() {
        let names: Vec<String> = (0..200_000).map(|at| format!("n{at}")).collect();
        let object = names
            .iter()
            .map(|name| (name.clone(), Value::Null))
            .collect();
        let mut tree = json!({ "object": Value::Object(object), "list": names });
        let pointers: Vec<String> = (0..200_000)
            .step_by(2)
            .flat_map(|at| [format!("/object/n{at}"), format!("/list/{at}")])
            .collect();
        remove(&mut tree, &pointers);
        assert_eq!(tree["object"].as_object().map(|it| it.len()), Some(100_000));
        assert_eq!(tree["list"][0], "n1");
    }
}
