use proptest::prelude::*;

use super::*;

#[test]
fn other_base64_variants_are_decoded() {
    let bytes = Base64::from([0xFB, 0xFF, 0xFE].as_slice());
    for text in ["+//+", "-__-", "+/\r\n/+", "-_/+"] {
        assert_eq!(Base64::decode(text), Ok(bytes.clone()), "{text}");
    }
    assert_eq!(Base64::decode("a*"), Err(InvalidBase64));
    assert_eq!(format!("{bytes:?}"), "Base64(3 bytes)");
}

proptest! {
    #[test]
    fn bytes_round_trip(bytes: Vec<u8>) {
        let bytes = Base64::from(bytes);
        prop_assert_eq!(Base64::decode(&bytes.encode()), Ok(bytes));
    }

    #[test]
    fn any_text_is_bytes_or_an_error(text: String) {
        let _ = Base64::decode(&text);
    }
}
