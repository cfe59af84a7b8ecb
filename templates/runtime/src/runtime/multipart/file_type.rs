/// File name extensions and the media types they stand for; the usual one of a type comes first.
const EXTENSIONS: [(&str, &str); 34] = [
    ("png", "image/png"),
    ("jpg", "image/jpeg"),
    ("jpeg", "image/jpeg"),
    ("gif", "image/gif"),
    ("webp", "image/webp"),
    ("svg", "image/svg+xml"),
    ("avif", "image/avif"),
    ("heic", "image/heic"),
    ("bmp", "image/bmp"),
    ("tif", "image/tiff"),
    ("tiff", "image/tiff"),
    ("ico", "image/x-icon"),
    ("pdf", "application/pdf"),
    ("json", "application/json"),
    ("jsonl", "application/jsonl"),
    ("xml", "application/xml"),
    ("xml", "text/xml"),
    ("zip", "application/zip"),
    ("gz", "application/gzip"),
    ("tar", "application/x-tar"),
    ("yaml", "application/yaml"),
    ("txt", "text/plain"),
    ("csv", "text/csv"),
    ("html", "text/html"),
    ("md", "text/markdown"),
    ("mp3", "audio/mpeg"),
    ("m4a", "audio/mp4"),
    ("wav", "audio/wav"),
    ("ogg", "audio/ogg"),
    ("flac", "audio/flac"),
    ("mp4", "video/mp4"),
    ("webm", "video/webm"),
    ("mov", "video/quicktime"),
    ("mpeg", "video/mpeg"),
];

/// What a file is when nothing says more.
pub(super) const UNKNOWN: &str = "application/octet-stream";

/// The media type of a file among those that the document allows: the one of its extension, else
/// the first.
pub(super) fn choose(allowed: &[&str], file_name: Option<&str>) -> String {
    let extension = file_name.and_then(|name| name.rsplit_once('.'));
    let extension = extension.map(|(_, extension)| extension.to_ascii_lowercase());
    let by_extension = extension.and_then(|extension| {
        let known = EXTENSIONS.iter().filter(|(known, _)| *known == extension);
        known.map(|(_, media_type)| *media_type).find_map(|media_type| {
            let range = allowed.iter().find(|range| includes(range, media_type))?;
            Some(if range.contains('*') { media_type } else { *range }.to_owned())
        })
    });
    let first = || allowed.iter().find(|media_type| !media_type.contains('*'));
    by_extension.unwrap_or_else(|| first().copied().unwrap_or(UNKNOWN).to_owned())
}

/// Whether a media type or range (`image/*`) includes a media type.
fn includes(range: &str, media_type: &str) -> bool {
    let essence = essence(range);
    match essence.strip_suffix('*') {
        Some("*/") => true,
        Some(kind) => media_type.starts_with(kind),
        None => essence.eq_ignore_ascii_case(media_type),
    }
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}

/// The name of a file that came without one: the part's, with the extension of the media type.
pub(super) fn file_name(part: &str, media_type: &str) -> String {
    let part = part.trim_end_matches("[]");
    let media_type = essence(media_type);
    let known = EXTENSIONS.iter().find(|(_, known)| *known == media_type);
    match known {
        Some((extension, _)) => format!("{part}.{extension}"),
        None => part.to_owned(),
    }
}
