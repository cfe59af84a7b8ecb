//! The table of styles in the OpenAPI specification, row by row.

use crate::runtime::param::Param;
use crate::runtime::style::{self, FormField, QueryStyle, Style};

const STRING: &str = r#""blue""#;
const ARRAY: &str = r#"["blue","black","brown"]"#;
const OBJECT: &str = r#"{"R":100,"G":200,"B":150}"#;

fn path(style: Style, explode: bool, json: &str) -> String {
    style::path(style, explode, "color", &Param::from_json(json).unwrap())
}

fn query(style: Style, explode: bool, json: &str) -> String {
    let style = QueryStyle { style, explode, allow_reserved: false };
    style::query(style, "color", &Param::from_json(json).unwrap())
}

#[test]
fn paths() {
    let rows = [
        (Style::Matrix, false, r#""""#, ";color"),
        (Style::Matrix, false, STRING, ";color=blue"),
        (Style::Matrix, false, ARRAY, ";color=blue,black,brown"),
        (Style::Matrix, false, OBJECT, ";color=R,100,G,200,B,150"),
        (Style::Matrix, true, r#""""#, ";color"),
        (Style::Matrix, true, STRING, ";color=blue"),
        (Style::Matrix, true, ARRAY, ";color=blue;color=black;color=brown"),
        (Style::Matrix, true, OBJECT, ";R=100;G=200;B=150"),
        (Style::Label, false, r#""""#, "."),
        (Style::Label, false, STRING, ".blue"),
        (Style::Label, false, ARRAY, ".blue,black,brown"),
        (Style::Label, false, OBJECT, ".R,100,G,200,B,150"),
        (Style::Label, true, STRING, ".blue"),
        (Style::Label, true, ARRAY, ".blue.black.brown"),
        (Style::Label, true, OBJECT, ".R=100.G=200.B=150"),
        (Style::Simple, false, STRING, "blue"),
        (Style::Simple, false, ARRAY, "blue,black,brown"),
        (Style::Simple, false, OBJECT, "R,100,G,200,B,150"),
        (Style::Simple, true, STRING, "blue"),
        (Style::Simple, true, ARRAY, "blue,black,brown"),
        (Style::Simple, true, OBJECT, "R=100,G=200,B=150"),
        (Style::Simple, false, r#"["a,b","c/d"]"#, "a%2Cb,c%2Fd"),
    ];
    for (style, explode, json, expected) in rows {
        assert_eq!(path(style, explode, json), expected, "{style:?} {explode} {json}");
    }
}

#[test]
fn queries() {
    let rows = [
        (Style::Form, false, r#""""#, "color="),
        (Style::Form, false, STRING, "color=blue"),
        (Style::Form, false, ARRAY, "color=blue,black,brown"),
        (Style::Form, false, OBJECT, "color=R,100,G,200,B,150"),
        (Style::Form, true, r#""""#, "color="),
        (Style::Form, true, STRING, "color=blue"),
        (Style::Form, true, ARRAY, "color=blue&color=black&color=brown"),
        (Style::Form, true, OBJECT, "R=100&G=200&B=150"),
        (Style::SpaceDelimited, false, ARRAY, "color=blue%20black%20brown"),
        (Style::SpaceDelimited, false, OBJECT, "color=R%20100%20G%20200%20B%20150"),
        (Style::PipeDelimited, false, ARRAY, "color=blue%7Cblack%7Cbrown"),
        (Style::PipeDelimited, false, OBJECT, "color=R%7C100%7CG%7C200%7CB%7C150"),
        (
            Style::DeepObject,
            true,
            OBJECT,
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
    ];
    for (style, explode, json, expected) in rows {
        assert_eq!(query(style, explode, json), expected, "{style:?} {explode} {json}");
    }
}

#[test]
fn deep_objects_go_on_in_brackets() {
    let json = r#"{"created":{"gte":1},"tags":["a","b"],"none":null}"#;
    let expected = "color%5Bcreated%5D%5Bgte%5D=1&color%5Btags%5D%5B0%5D=a&color%5Btags%5D%5B1%5D=b";
    assert_eq!(query(Style::DeepObject, true, json), expected);
}

#[test]
fn what_there_is_nothing_of_is_left_out() {
    for json in ["null", "[]", "{}", r#"{"a":null}"#] {
        assert_eq!(query(Style::Form, true, json), "", "{json}");
        assert_eq!(query(Style::Form, false, json), "", "{json}");
    }
}

#[test]
fn scalars() {
    assert_eq!(query(Style::Form, true, "true"), "color=true");
    assert_eq!(query(Style::Form, true, "-7"), "color=-7");
    assert_eq!(query(Style::Form, true, "4.0"), "color=4");
    assert_eq!(query(Style::Form, true, "0.25"), "color=0.25");
    assert_eq!(
        query(Style::Form, true, "18446744073709551615"),
        "color=18446744073709551615"
    );
    assert_eq!(
        query(Style::Form, true, r#""a b&c=d+é/?""#),
        "color=a%20b%26c%3Dd%2B%C3%A9%2F%3F"
    );
}

#[test]
fn reserved_characters_stay_where_allowed() {
    let style = QueryStyle { allow_reserved: true, ..QueryStyle::FORM };
    let value =
        Param::from_json(r#""a/b?c:d@e,f;g=h$i!*'()&j#k+l[m]n o%20%2G%""#).unwrap();
    let expected = "q=a/b?c:d@e,f;g=h$i!*'()%26j%23k%2Bl%5Bm%5Dn%20o%20%252G%25";
    assert_eq!(style::query(style, "q", &value), expected);
}

/// The table has no rows for these; real documents have them all the same.
#[test]
fn queries_beyond_the_table() {
    let exploded = "color=blue&color=black&color=brown";
    let rows = [
        (Style::SpaceDelimited, true, STRING, "color=blue"),
        (Style::SpaceDelimited, true, ARRAY, exploded),
        (Style::SpaceDelimited, true, OBJECT, "R=100&G=200&B=150"),
        (Style::PipeDelimited, false, STRING, "color=blue"),
        (Style::PipeDelimited, true, ARRAY, exploded),
        (Style::PipeDelimited, true, OBJECT, "R=100&G=200&B=150"),
        (Style::DeepObject, true, STRING, "color=blue"),
        (
            Style::DeepObject,
            true,
            ARRAY,
            "color%5B0%5D=blue&color%5B1%5D=black&color%5B2%5D=brown",
        ),
        (
            Style::DeepObject,
            false,
            OBJECT,
            "color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150",
        ),
    ];
    for (style, explode, json, expected) in rows {
        assert_eq!(query(style, explode, json), expected, "{style:?} {explode} {json}");
    }
}

#[test]
fn a_separator_inside_a_value_is_encoded() {
    let json = r#"["a,b","c d|e&f"]"#;
    let of = |style| query(style, false, json);
    assert_eq!(of(Style::Form), "color=a%2Cb,c%20d%7Ce%26f");
    assert_eq!(of(Style::SpaceDelimited), "color=a%2Cb%20c%20d%7Ce%26f");
    assert_eq!(of(Style::PipeDelimited), "color=a%2Cb%7Cc%20d%7Ce%26f");
}

/// The rows of `simple`; headers are not encoded (Appendix D).
#[test]
fn headers() {
    let rows = [
        (false, r#""""#, ""),
        (false, STRING, "blue"),
        (false, ARRAY, "blue,black,brown"),
        (false, OBJECT, "R,100,G,200,B,150"),
        (true, r#""""#, ""),
        (true, STRING, "blue"),
        (true, ARRAY, "blue,black,brown"),
        (true, OBJECT, "R=100,G=200,B=150"),
        (false, r#""a b/ü""#, "a b/ü"),
    ];
    for (explode, json, expected) in rows {
        let value = Param::from_json(json).unwrap();
        assert_eq!(style::header(explode, &value), expected, "{explode} {json}");
    }
}

/// The rows of `form`, with what separates cookies where the style explodes.
#[test]
fn cookies() {
    let rows = [
        (false, r#""""#, "color="),
        (false, STRING, "color=blue"),
        (false, ARRAY, "color=blue,black,brown"),
        (false, OBJECT, "color=R,100,G,200,B,150"),
        (true, r#""""#, "color="),
        (true, STRING, "color=blue"),
        (true, ARRAY, "color=blue; color=black; color=brown"),
        (true, OBJECT, "R=100; G=200; B=150"),
        (false, r#"["a,b","c; d"]"#, "color=a%2Cb,c%3B%20d"),
        (true, r#"["a,b","c; d"]"#, "color=a%2Cb; color=c%3B%20d"),
        (false, "[]", ""),
        (true, "[]", ""),
        (false, r#"{"a":null}"#, ""),
        (true, r#"{"a":null}"#, ""),
        (false, "null", ""),
    ];
    for (explode, json, expected) in rows {
        let value = Param::from_json(json).unwrap();
        assert_eq!(
            style::cookie(explode, "color", &value),
            expected,
            "{explode} {json}"
        );
    }
}

#[test]
fn forms() {
    let json = r#"{"name":"a b","tags":["x","y"],"card":{"number":"42","exp":{"m":1}},"n":null,"on":true}"#;
    let value = Param::from_json(json).unwrap();
    let expected = "name=a%20b&tags=x&tags=y\
        &card=%7B%22number%22%3A%2242%22%2C%22exp%22%3A%7B%22m%22%3A1%7D%7D&on=true";
    assert_eq!(style::form(&value, &[]), expected);
    let deep = QueryStyle { style: Style::DeepObject, ..QueryStyle::FORM };
    let pipes =
        QueryStyle { style: Style::PipeDelimited, explode: false, ..QueryStyle::FORM };
    let fields = [
        FormField { name: "card", style: deep },
        FormField { name: "tags", style: pipes },
        FormField { name: "n", style: deep },
    ];
    let expected = "name=a%20b&tags=x%7Cy\
        &card%5Bnumber%5D=42&card%5Bexp%5D%5Bm%5D=1&on=true";
    assert_eq!(style::form(&value, &fields), expected);
}
