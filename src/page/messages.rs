//! How the page's script asks the engine: a request as JSON, and the response as JSON.

/// Answers one request.
pub fn request(_json: &str) -> String {
    r#"{"error":"not built yet"}"#.into()
}
