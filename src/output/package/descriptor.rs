//! `datapackage.json` as it is written: the parts of a Data Package and of a Table Schema that we use.

use serde::Serialize;

use crate::output::folder::Written;
use crate::output::table::{Column, Kind};

/// A Data Package, ready to be written.
#[derive(Debug, Serialize)]
pub struct Package {
    #[serde(rename = "$schema")]
    pub(super) schema: &'static str,
    pub(super) name: String,
    pub(super) title: String,
    pub(super) description: String,
    pub(super) resources: Vec<Resource>,
    pub(super) repatria: Provenance,
}

impl Package {
    /// The package as it is written, with a line feed at the end.
    ///
    /// # Errors
    /// None that can happen: the package is plain text and numbers.
    pub fn to_json(&self) -> serde_json::Result<String> {
        Ok(serde_json::to_string_pretty(self)? + "\n")
    }
}

/// A file.
#[derive(Debug, Serialize)]
pub(super) struct Resource {
    name: String,
    title: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'static str>,
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
    pub(super) fn new(
        file: &Written,
        name: &str,
        title: &str,
        description: Option<&'static str>,
        schema: Option<Schema>,
    ) -> Resource {
        let format = file.name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        let (mediatype, encoding) = match format.as_str() {
            "csv" => ("text/csv", Some("utf-8")),
            "svg" => ("image/svg+xml", Some("utf-8")),
            "png" => ("image/png", None),
            _ => ("application/octet-stream", None),
        };
        Resource {
            name: slug(name),
            title: title.into(),
            description,
            path: file.name.clone(),
            kind: schema.is_some().then_some("table"),
            format,
            mediatype,
            encoding,
            bytes: file.bytes,
            hash: format!("sha256:{}", file.sha256),
            schema,
        }
    }
}

/// A Table Schema.
#[derive(Debug, Serialize)]
pub(super) struct Schema {
    #[serde(rename = "$schema")]
    schema: &'static str,
    fields: Vec<Field>,
    #[serde(rename = "missingValues")]
    missing_values: [&'static str; 1],
    #[serde(rename = "primaryKey", skip_serializing_if = "Vec::is_empty")]
    primary_key: Vec<String>,
}

impl Schema {
    pub(super) fn new(columns: &[Column]) -> Schema {
        Schema {
            schema: "https://datapackage.org/profiles/2.0/tableschema.json",
            fields: columns.iter().map(Field::new).collect(),
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
struct Field {
    name: String,
    #[serde(rename = "type")]
    kind: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<&'static str>,
    description: String,
    #[serde(skip_serializing_if = "Constraints::is_empty")]
    constraints: Constraints,
}

impl Field {
    pub(super) fn new(column: &Column) -> Field {
        Field {
            name: column.name.clone(),
            kind: match column.kind {
                Kind::Date => "date",
                Kind::Integer => "integer",
                Kind::Number => "number",
                Kind::Text => "string",
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
pub(super) struct Provenance {
    pub(super) version: &'static str,
    pub(super) scenario: Scenario,
    pub(super) seed: u64,
    pub(super) replicates: u64,
    pub(super) expected: bool,
    pub(super) fingerprint: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) variants: Vec<VariantOf>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) against: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(super) precision: Vec<Precision>,
    pub(super) command: String,
    pub(super) parameters_without_source: Vec<String>,
    pub(super) created: String,
    pub(super) seconds: f64,
}

/// The scenario's file.
#[derive(Debug, Serialize)]
pub(super) struct Scenario {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) path: String,
    pub(super) sha256: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) extends: Option<Extended>,
}

/// The file that a scenario's file extends.
#[derive(Debug, Serialize)]
pub(super) struct Extended {
    pub(super) path: String,
    pub(super) sha256: String,
}

/// A variant that was simulated.
#[derive(Debug, Serialize)]
pub(super) struct VariantOf {
    pub(super) name: String,
    pub(super) label: String,
    pub(super) fingerprint: String,
}

/// A precision that was asked for.
#[derive(Debug, Serialize)]
pub(super) struct Precision {
    pub(super) variant: String,
    pub(super) of: &'static str,
    pub(super) outcome: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) absolute: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) relative: Option<f64>,
    pub(super) mean: Option<f64>,
    pub(super) mc_se: Option<f64>,
    pub(super) verdict: &'static str,
}

/// The name as a Data Package likes it: lower case, digits and `-_.` only.
pub(super) fn slug(name: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let slug: String = name.to_ascii_lowercase().chars().map(plain).collect();
    let slug = slug.trim_matches('-');
    if slug.is_empty() { "scenario".into() } else { slug.into() }
}
