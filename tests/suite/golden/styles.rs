//! Parameters of every style at every location.

use sdk_golden::{styles::types::Size, testing::MockTransport};

fn size() -> Size {
    Size::new().width(1).height(2)
}

#[tokio::test]
async fn in_the_path() {
    let mock = MockTransport::new().json(204, "");
    client!(styles, mock)
        .simple()
        .in_path(["x", "y/z"], [1, 2], size())
        .await
        .unwrap();
    assert_eq!(
        mock.requests()[0].path(),
        "/simple/x,y%2Fz/;b=1,2/.width=1.height=2"
    );
}

#[tokio::test]
async fn in_the_query() {
    let mock = MockTransport::new().json(204, "");
    client!(styles, mock)
        .query()
        .in_query()
        .exploded(size())
        .joined(size())
        .deep(size())
        .map([("a b", "c&d")])
        .piped(["a", "b"])
        .spaced(["a", "b"])
        .reserved("a/b?c")
        .json(size())
        .empty("")
        .await
        .unwrap();
    let requests = mock.requests();
    let sent: Vec<&str> = requests[0].query().split('&').collect();
    assert_eq!(
        sent,
        [
            "width=1",
            "height=2",
            "joined=width,1,height,2",
            "deep%5Bwidth%5D=1",
            "deep%5Bheight%5D=2",
            "map%5Ba%20b%5D=c%26d",
            "piped=a%7Cb",
            "spaced=a%20b",
            "reserved=a/b?c",
            "json=%7B%22width%22%3A1%2C%22height%22%3A2%7D",
            "empty=",
        ]
    );
}

#[tokio::test]
async fn in_headers_and_cookies() {
    let mock = MockTransport::new().json(204, "");
    client!(styles, mock)
        .elsewhere()
        .elsewhere(5)
        .x_list(["a", "b"])
        .x_size(size())
        .x_json(size())
        .sid("s;1")
        .ids([1, 2])
        .each(["a", "b&c"])
        .r#box(size())
        .jar(size())
        .await
        .unwrap();
    let request = &mock.requests()[0];
    assert_eq!(request.header("x-required"), Some("5"));
    assert_eq!(request.header("x-list"), Some("a,b"));
    assert_eq!(request.header("x-size"), Some("width=1,height=2"));
    assert_eq!(request.header("x-json"), Some(r#"{"width":1,"height":2}"#));
    let expected = "sid=s%3B1; ids=1,2; each=a; each=b%26c; box=width,1,height,2; \
                    jar=%7B%22width%22%3A1%2C%22height%22%3A2%7D";
    assert_eq!(request.header("cookie"), Some(expected));
}
