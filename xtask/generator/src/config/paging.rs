//! `pagination:` of codegen.yaml.

use indexmap::IndexMap;
use schemars::JsonSchema;
use serde::Deserialize;

/// How pages follow one another. An operation that has the parameters and the response of a rule
/// gets `pages()` and `items()`.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PaginationRules {
    /// A cursor that each response contains.
    pub cursor: Option<CursorRule>,
    /// The last item of a page as the cursor of the next.
    pub after: Option<AfterRule>,
    /// A URL of the next page.
    pub link: Option<LinkRule>,
    /// A window over the list.
    pub offset: Option<OffsetRule>,
    /// Numbered pages.
    pub page: Option<PageRule>,
    /// Rules of single operations, by operation id or `METHOD /path`; null: the operation has no
    /// pages.
    pub operations: IndexMap<String, Option<PagingRules>>,
    /// Whether pages are recognized without a rule where the document makes them plain: a `Link`
    /// header, a URL of the next page, a cursor, `starting_after`, `offset` and `limit`, `page`.
    pub detect: bool,
}

impl Default for PaginationRules {
    fn default() -> Self {
        Self {
            cursor: None,
            after: None,
            link: None,
            offset: None,
            page: None,
            operations: IndexMap::new(),
            detect: true,
        }
    }
}

impl PaginationRules {
    /// The rules of all operations.
    pub(crate) fn rules(&self) -> PagingRules {
        PagingRules {
            cursor: self.cursor.clone(),
            after: self.after.clone(),
            link: self.link.clone(),
            offset: self.offset.clone(),
            page: self.page.clone(),
        }
    }
}

/// How the pages of one operation follow one another; the first rule that fits counts.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PagingRules {
    /// A cursor that each response contains.
    pub cursor: Option<CursorRule>,
    /// The last item of a page as the cursor of the next.
    pub after: Option<AfterRule>,
    /// A URL of the next page.
    pub link: Option<LinkRule>,
    /// A window over the list.
    pub offset: Option<OffsetRule>,
    /// Numbered pages.
    pub page: Option<PageRule>,
}

/// The last item of a page as the cursor of the next.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AfterRule {
    /// The parameter that takes the item's id: `starting_after`.
    pub cursor: String,
    /// JSON pointer to the id inside an item.
    #[serde(default = "id")]
    pub id: String,
    /// JSON pointer to whether there are more pages.
    #[serde(default)]
    pub more: Option<String>,
    /// The member that contains the list, where the response is an object.
    #[serde(default)]
    pub items: Option<String>,
}

fn id() -> String {
    "/id".to_owned()
}

/// A URL of the next page.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct LinkRule {
    /// JSON pointer to the URL; by default it is in the `Link` header.
    pub next: Option<String>,
    /// The member that contains the list, where the response is an object.
    pub items: Option<String>,
}

/// Numbered pages.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PageRule {
    /// The parameter that takes the page's number.
    pub page: String,
    /// The number of the first page.
    #[serde(default = "one")]
    pub first: u64,
    /// The parameter that limits the items of a page.
    #[serde(default)]
    pub limit: Option<String>,
    /// The member that contains the list, where the response is an object.
    #[serde(default)]
    pub items: Option<String>,
}

fn one() -> u64 {
    1
}

/// A window over the list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OffsetRule {
    /// The parameter for the number of items to skip.
    pub offset: String,
    /// The parameter for the maximum number of items to return.
    pub limit: String,
    /// The member that contains the list, where the response is an object.
    #[serde(default)]
    pub items: Option<String>,
    /// The member that contains the total.
    #[serde(default)]
    pub total: Option<String>,
}

/// A cursor from page to page.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CursorRule {
    /// The parameter that takes the cursor.
    pub cursor: String,
    /// JSON pointer to the next cursor.
    pub next: String,
    /// JSON pointer to the items; by default the envelope's member.
    #[serde(default)]
    pub items: Option<String>,
    /// JSON pointer to whether there are more pages.
    #[serde(default)]
    pub more: Option<String>,
}
