//! Forms with lists, objects and Encoding Objects.

use sdk_golden::{
    form_encoding::{
        resources::defaults::form_defaults::{FormDefaultsBodyMeta, FormDefaultsBodyPointsItem},
        types::{
            Form,
            form::{FormHashmap, FormJson, FormOther},
        },
    },
    testing::MockTransport,
};

#[tokio::test]
async fn an_object_is_json_under_its_own_name() {
    let mock = MockTransport::new().json(204, "");
    let mut meta = FormDefaultsBodyMeta::default();
    meta.a = Some("x".to_owned());
    let mut point = FormDefaultsBodyPointsItem::default();
    point.a = Some(1);
    let call = client!(form_encoding, mock)
        .defaults()
        .form_defaults(["t", "u"]);
    call.meta(meta)
        .points([point.clone(), point])
        .flag(true)
        .await
        .unwrap();
    assert_eq!(
        mock.requests()[0].text(),
        "tags=t&tags=u&meta=%7B%22a%22%3A%22x%22%7D\
         &points=%7B%22a%22%3A1%7D&points=%7B%22a%22%3A1%7D&flag=true"
    );
}

#[tokio::test]
async fn encoding_counts_for_a_form_that_is_a_component() {
    let list = || Some(vec!["x".to_owned(), "y".to_owned()]);
    let mut form = Form::default();
    (form.list, form.pipes, form.flat) = (list(), list(), list());
    let mut hashmap = FormHashmap::default();
    (hashmap.foo, hashmap.bar) = (Some("f".to_owned()), Some(1));
    let mut json = FormJson::default();
    json.foo = Some("j".to_owned());
    let mut other = FormOther::default();
    other.x = Some(2);
    (form.hashmap, form.json, form.other) = (Some(hashmap), Some(json), Some(other));
    form.raw = Some("a/b".to_owned());
    let mock = MockTransport::new().json(204, "");
    client!(form_encoding, mock)
        .encoded()
        .form_encoded(form)
        .await
        .unwrap();
    let requests = mock.requests();
    let mut pairs: Vec<&str> = requests[0].text().split('&').collect();
    pairs.sort_unstable();
    assert_eq!(
        pairs,
        [
            "flat=x,y",
            "hashmap%5Bbar%5D=1",
            "hashmap%5Bfoo%5D=f",
            "json=%7B%22foo%22%3A%22j%22%7D",
            "list=x%20y",
            "other=%7B%22x%22%3A2%7D",
            "pipes=x%7Cy",
            "raw=a/b",
        ]
    );
}
