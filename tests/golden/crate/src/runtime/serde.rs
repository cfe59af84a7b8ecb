//! The forms that fields take on the wire, for `#[serde(with = …)]` in generated types.

mod additional;
mod as_form;
mod forms;
mod secret;

pub use additional::additional;
pub use as_form::{As, DeserializeAs, SerializeAs};
pub use forms::{OptionalNullable, OrDefault, Same};
pub use secret::Secret;

pub use super::unix_time::{UnixMillis, UnixSeconds};

use serde::{Deserialize, Deserializer};

/// Reads null as the type's default: an empty list, an empty map. With `#[serde(default)]`
/// beside it a missing member is read the same.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Page {
///     #[serde(
///         default,
///         deserialize_with = "sdk_golden::runtime::serde::null_as_default"
///     )]
///     ids: Vec<String>,
/// }
///
/// let page: Page = serde_json::from_str(r#"{"ids": null}"#)?;
/// assert!(page.ids.is_empty());
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn null_as_default<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Deserialize<'de> + Default,
    D: Deserializer<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

/// Reads a member that may be absent (`None`), null (`Some(None)`) or there
/// (`Some(Some(value))`). Needs `#[serde(default)]` beside it.
///
/// ```
/// #[derive(serde::Deserialize)]
/// struct Patch {
///     #[serde(default, deserialize_with = "sdk_golden::runtime::serde::double_option")]
///     name: Option<Option<String>>,
/// }
///
/// let read = |text| serde_json::from_str::<Patch>(text).map(|patch| patch.name);
/// assert_eq!(read("{}")?, None);
/// assert_eq!(read(r#"{"name": null}"#)?, Some(None));
/// assert_eq!(read(r#"{"name": "n"}"#)?, Some(Some("n".to_owned())));
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn double_option<'de, T, D>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::deserialize(deserializer).map(Some)
}
