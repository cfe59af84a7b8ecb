//! The reference of `codegen.yaml` is the one that its types give.

use expect_test::expect_file;
use sdk_generator::config_schema;

use crate::support::root;

#[test]
fn the_json_schema_of_codegen_yaml_is_fresh() {
    let docs = root().canonicalize().unwrap().join("docs");
    let schema = serde_json::to_string_pretty(&config_schema::json_schema()).unwrap();
    expect_file![docs.join("codegen.schema.json")].assert_eq(&format!("{schema}\n"));
    expect_file![docs.join("codegen-yaml.md")].assert_eq(&config_schema::reference());
}

#[test]
fn every_key_has_a_description() {
    let reference = config_schema::reference();
    for line in reference.lines().filter(|line| line.starts_with("| `")) {
        assert!(!line.ends_with("|  |"), "{line}");
    }
}
