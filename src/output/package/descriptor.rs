//! `datapackage.json` as it is written: the parts of a Data Package and of a Table Schema that we use.

use std::path::Path;

use serde::Serialize;
use serde_json::Value;

use crate::output::folder::Written;
use crate::output::known_formats;
use crate::output::table::{Column, ColumnKind};
use crate::output::table_format::TableFormat;

/// A Data Package, ready to be written: of a run or of a study.
#[derive(Debug, Serialize)]
pub struct Package<P> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    name: String,
    title: String,
    description: String,
    resources: Vec<Listed>,
    /// Where the files come from: ours, beside what the standard knows.
    repatria: P,
}

impl<P: Serialize> Package<P> {
    /// A package of version 2 of the standard; its name is made one that the standard allows.
    pub(crate) fn new(
        name: &str,
        title: String,
        description: String,
        resources: Vec<Resource>,
        repatria: P,
    ) -> Package<P> {
        let schema = "https://datapackage.org/profiles/2.0/datapackage.json";
        let resources = resources.into_iter().map(|resource| Listed::New(Box::new(resource))).collect();
        Package { schema, name: slug(name), title, description, resources, repatria }
    }

    /// The package as a value.
    ///
    /// # Errors
    /// None that can happen: the package is plain text and numbers.
    pub(crate) fn value(&self) -> serde_json::Result<Value> {
        serde_json::to_value(self)
    }

    /// Lists files, too, of which an earlier package said this.
    pub(crate) fn and_those(&mut self, stay: Vec<Value>) {
        self.resources.extend(stay.into_iter().map(Listed::Earlier));
    }

    /// The package as it is written, with a line feed at the end.
    ///
    /// # Errors
    /// None that can happen: the package is plain text and numbers.
    pub fn to_json(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

/// A file that is listed.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Listed {
    New(Box<Resource>),
    /// Of the same run when it was made before, in the words of the package of then.
    Earlier(Value),
}

/// A file.
#[derive(Debug, Serialize)]
pub(crate) struct Resource {
    name: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    path: String,
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    kind: Option<&'static str>,
    format: String,
    mediatype: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<&'static str>,
    bytes: u64,
    hash: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    schema: Option<Schema>,
}

impl Resource {
    pub(crate) fn new(
        file: &Written,
        name: &str,
        title: &str,
        description: Option<String>,
        schema: Option<Schema>,
    ) -> Resource {
        let format =
            Path::new(&file.name).extension().unwrap_or_default().to_string_lossy().to_ascii_lowercase();
        let table = known_formats::all().find(|known| known.name() == format);
        let (mediatype, encoding) = table.map_or_else(|| media_type(&format), TableFormat::media_type);
        Resource {
            name: slug(name),
            title: title.into(),
            description,
            path: file.name.clone(),
            // Whose columns are in the file itself. Said, because readers take it for a table and then do not check its bytes.
            kind: if table.is_some_and(TableFormat::has_columns_inside) {
                Some("file")
            } else {
                schema.is_some().then_some("table")
            },
            format,
            mediatype,
            encoding,
            bytes: file.bytes,
            hash: format!("sha256:{}", file.sha256),
            schema,
        }
    }

    /// Text that is no table of results, whatever its ending.
    pub(crate) fn text(file: &Written, name: &str, title: &str) -> Resource {
        let plain = Resource::new(file, name, title, None, None);
        let is_known = plain.mediatype != "application/octet-stream";
        let mediatype = if is_known { plain.mediatype } else { "text/plain" };
        let format = if plain.format.is_empty() { "txt".into() } else { plain.format };
        Resource { kind: Some("file"), format, mediatype, encoding: Some("utf-8"), ..plain }
    }
}

/// The media type of a file that is no table, by its ending, and its encoding if it is text.
fn media_type(ending: &str) -> (&'static str, Option<&'static str>) {
    match ending {
        "svg" => ("image/svg+xml", Some("utf-8")),
        "png" => ("image/png", None),
        "html" => ("text/html", Some("utf-8")),
        "json" => ("application/json", Some("utf-8")),
        "txt" => ("text/plain", Some("utf-8")),
        "toml" => ("application/toml", Some("utf-8")),
        "gz" => ("application/gzip", None),
        _ => ("application/octet-stream", None),
    }
}

/// A Table Schema.
#[derive(Debug, Serialize)]
pub(crate) struct Schema {
    #[serde(rename = "$schema")]
    schema: &'static str,
    fields: Vec<SchemaField>,
    #[serde(rename = "missingValues")]
    missing_values: [&'static str; 1],
    #[serde(rename = "primaryKey", skip_serializing_if = "Vec::is_empty")]
    primary_key: Vec<String>,
}

impl Schema {
    pub(crate) fn new(columns: &[Column]) -> Schema {
        Schema {
            schema: "https://datapackage.org/profiles/2.0/tableschema.json",
            fields: columns.iter().map(SchemaField::new).collect(),
            missing_values: [""],
            primary_key: (columns.iter())
                .filter(|column| column.key)
                .map(|column| column.name.clone())
                .collect(),
        }
    }
}

/// A column.
#[derive(Debug, Serialize)]
struct SchemaField {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
    description: String,
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    constraints: Constraints,
}

impl SchemaField {
    pub(crate) fn new(column: &Column) -> SchemaField {
        SchemaField {
            name: column.name.clone(),
            kind: match column.kind {
                ColumnKind::Date => "date",
                ColumnKind::Integer => "integer",
                ColumnKind::Number => "number",
                ColumnKind::Text => "string",
            },
            unit: column.unit,
            description: column.description.clone(),
            constraints: Constraints {
                required: column.required.then_some(true),
                minimum: column.not_negative.then_some(0),
                words: column.words.clone(),
            },
        }
    }
}

/// What is true of every value of a column.
#[derive(Debug, Serialize)]
struct Constraints {
    #[serde(skip_serializing_if = "Option::is_none")]
    required: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum: Option<u8>,
    #[serde(rename = "enum", skip_serializing_if = "Option::is_none")]
    words: Option<Vec<String>>,
}

impl Constraints {
    fn is_empty(&self) -> bool {
        self.required.is_none() && self.minimum.is_none() && self.words.is_none()
    }
}

/// Where the results come from.
#[derive(Debug, Serialize)]
pub struct Provenance {
    pub(crate) version: &'static str,
    pub(crate) scenario: ListedScenario,
    pub(crate) seed: u64,
    pub(crate) replicates: u64,
    pub(crate) expected: bool,
    pub(crate) fingerprint: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) variants: Vec<VariantOf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) against: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) precision: Vec<Precision>,
    pub(crate) command: String,
    pub(crate) parameters_without_source: Vec<String>,
    pub(crate) created: String,
    pub(crate) seconds: f64,
}

/// The scenario's file.
#[derive(Debug, Serialize)]
pub(crate) struct ListedScenario {
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) path: String,
    pub(crate) sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) extends: Option<Extended>,
}

/// The file that a scenario's file extends.
#[derive(Debug, Serialize)]
pub(crate) struct Extended {
    pub(crate) path: String,
    pub(crate) sha256: String,
}

/// A variant that was simulated.
#[derive(Debug, Serialize)]
pub(crate) struct VariantOf {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) fingerprint: String,
}

/// A precision that was asked for.
#[derive(Debug, Serialize)]
pub(crate) struct Precision {
    pub(crate) variant: String,
    pub(crate) of: &'static str,
    pub(crate) outcome: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) absolute: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) relative: Option<f64>,
    pub(crate) mean: Option<f64>,
    pub(crate) mc_se: Option<f64>,
    pub(crate) verdict: &'static str,
}

/// The name as a Data Package likes it: lower case, digits and `-_.` only.
fn slug(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let slug: String = name.to_ascii_lowercase().chars().map(plain).collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "scenario".into() } else { slug.into() }
}
