//! Rates as they are written: a number in a unit, perhaps by group, dated or seasonal.

use std::borrow::Cow;
use std::fmt;

use indexmap::IndexMap;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::Deserialize;
use serde::de::{Deserializer, MapAccess, SeqAccess, Visitor};

use super::crowding::WrittenCrowding;
use super::date::{DATE_PATTERN, DateText, LengthText};
use super::number::{NumberOr, WrittenNumber};
use super::words::{Key, OneOrMany};
use crate::scenario::located::Located;
use crate::units::{RateUnit, TimeUnit};

/// A number, or a table by the values of a dimension or by date.
type WrittenVarying = NumberOr<VaryingTable>;

/// A number for each value of a dimension (`by`, `values`, `otherwise`), or one from each date on (`series`).
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VaryingTable {
    /// The dimension that the table is by.
    pub by: Option<Located<String>>,
    /// A number for each value of the dimension.
    pub values: Option<IndexMap<Key, Located<WrittenNumber>>>,
    /// The number for every value that the table does not name.
    pub otherwise: Option<Located<WrittenNumber>>,
    /// A number from each date until the next: `{ "2025-01" = 10, "2025-06" = 30 }`, or the name of a file of
    /// comma-separated values beside the scenario with the columns date and value. The first also holds before its date.
    pub series: Option<Located<WrittenSeries>>,
}

/// Numbers by date.
#[derive(Clone, Debug, PartialEq)]
pub enum WrittenSeries {
    /// The name of a file beside the scenario.
    File(String),
    /// Dates and numbers.
    Points(IndexMap<Located<DateKey>, Located<WrittenNumber>>),
}

impl<'de> Deserialize<'de> for WrittenSeries {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SeriesVisitor;
        impl<'de> Visitor<'de> for SeriesVisitor {
            type Value = WrittenSeries;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("a table of dates or the name of a file")
            }

            fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<WrittenSeries, E> {
                Ok(WrittenSeries::File(value.to_string()))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<WrittenSeries, A::Error> {
                let mut points = IndexMap::new();
                while let Some((date, number)) = map.next_entry()? {
                    points.insert(date, number);
                }
                Ok(WrittenSeries::Points(points))
            }
        }
        deserializer.deserialize_any(SeriesVisitor)
    }
}

impl JsonSchema for WrittenSeries {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Series".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let points = generator.subschema_for::<IndexMap<DateKey, WrittenNumber>>();
        json_schema!({
            "title": "a table of dates or the name of a file",
            "anyOf": [points, { "type": "string", "minLength": 1 }]
        })
    }
}

/// A date as the key of a series.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(transparent)]
pub struct DateKey(pub String);

impl JsonSchema for DateKey {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "DateKey".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "string", "pattern": DATE_PATTERN })
    }
}

/// A number, or a table by the values of a dimension.
pub type ByDimension = NumberOr<ByTable>;

/// A number for each value of a dimension.
#[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ByTable {
    /// The dimension that the table is by.
    pub by: Located<String>,
    /// A number for each value of the dimension.
    pub values: IndexMap<Key, Located<WrittenNumber>>,
    /// The number for every value that the table does not name.
    pub otherwise: Option<Located<WrittenNumber>>,
}

/// Multipliers by the month of the year.
#[derive(Clone, Debug, PartialEq)]
pub enum Season {
    /// Twelve numbers, January first.
    List(Vec<Located<WrittenNumber>>),
    /// Some months by name; the others have 1.
    Months(IndexMap<Key, Located<WrittenNumber>>),
}

/// The months as a season names them.
pub const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

impl<'de> Deserialize<'de> for Season {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SeasonVisitor;
        impl<'de> Visitor<'de> for SeasonVisitor {
            type Value = Season;

            fn expecting(&self, f: &mut fmt::Formatter) -> fmt::Result {
                f.write_str("twelve numbers or a table of months")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Season, A::Error> {
                let mut numbers = Vec::new();
                while let Some(number) = seq.next_element()? {
                    numbers.push(number);
                }
                Ok(Season::List(numbers))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Season, A::Error> {
                let mut months = IndexMap::new();
                while let Some((month, number)) = map.next_entry()? {
                    months.insert(month, number);
                }
                Ok(Season::Months(months))
            }
        }
        deserializer.deserialize_any(SeasonVisitor)
    }
}

impl JsonSchema for Season {
    fn schema_name() -> Cow<'static, str> {
        "Season".into()
    }

    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let number = generator.subschema_for::<WrittenNumber>();
        let months: serde_json::Map<_, _> =
            MONTHS.iter().map(|month| (month.to_string(), number.clone().to_value())).collect();
        json_schema!({
            "title": "twelve numbers or a table of months",
            "description": "Multipliers by the month of the year: twelve numbers, January first, or a table such as { jan = 0.8, jul = 1.3 } in which missing months have 1.",
            "anyOf": [
                { "type": "array", "items": number, "minItems": 12, "maxItems": 12 },
                { "type": "object", "properties": months, "additionalProperties": false }
            ]
        })
    }
}

/// The rate of some mechanism, which has the keys that make sense there.
pub trait WrittenRate {
    /// What is written.
    fn parts(&self) -> RateParts<'_>;
}

/// A rate as any mechanism writes it: its amounts by key, and what multiplies them.
#[derive(Clone, Debug, Default)]
pub struct RateParts<'a> {
    /// The keys of the units that are written, what they mean and their amounts.
    pub amounts: Vec<(&'static str, RateUnit, &'a Located<WrittenVarying>)>,
    /// The keys that this mechanism allows.
    pub allowed: &'static [&'static str],
    /// Multipliers by dimension.
    pub times: Option<&'a Located<OneOrMany<ByTable>>>,
    /// Multipliers by month.
    pub season: Option<&'a Located<Season>>,
    /// What crowding makes of it.
    pub crowding: Option<&'a Located<WrittenCrowding>>,
}

/// A kind of rate: the five `per_*` keys and whatever else its mechanism allows.
macro_rules! rate {
    (
        $(#[$doc:meta])* $name:ident {
            $( $(#[$unit_doc:meta])* $unit:ident = $meaning:expr, )*
        }
        $( and { $( $(#[$more_doc:meta])* $more:ident: $type:ty, )* } )?
    ) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// So many in a day.
            pub per_day: Option<Located<WrittenVarying>>,
            /// So many in a week.
            pub per_week: Option<Located<WrittenVarying>>,
            /// So many in a month.
            pub per_month: Option<Located<WrittenVarying>>,
            /// So many in a quarter of a year.
            pub per_quarter: Option<Located<WrittenVarying>>,
            /// So many in a year.
            pub per_year: Option<Located<WrittenVarying>>,
            $( $(#[$unit_doc])* pub $unit: Option<Located<WrittenVarying>>, )*
            $( $( $(#[$more_doc])* pub $more: Option<$type>, )* )?
            /// Multipliers by the month of the year.
            pub season: Option<Located<Season>>,
            /// How a full place multiplies it: for moves, births and shocks.
            pub crowding: Option<Located<WrittenCrowding>>,
        }

        impl $name {
            /// The keys of which exactly one is written.
            pub const UNITS: &'static [&'static str] = &[
                "per_day", "per_week", "per_month", "per_quarter", "per_year", $( stringify!($unit), )*
            ];

            fn amounts(&self) -> Vec<(&'static str, RateUnit, &Located<WrittenVarying>)> {
                [
                    ("per_day", RateUnit::Per(TimeUnit::Day), &self.per_day),
                    ("per_week", RateUnit::Per(TimeUnit::Week), &self.per_week),
                    ("per_month", RateUnit::Per(TimeUnit::Month), &self.per_month),
                    ("per_quarter", RateUnit::Per(TimeUnit::Quarter), &self.per_quarter),
                    ("per_year", RateUnit::Per(TimeUnit::Year), &self.per_year),
                    $( (stringify!($unit), $meaning, &self.$unit), )*
                ]
                .into_iter()
                .filter_map(|(key, unit, amount)| amount.as_ref().map(|amount| (key, unit, amount)))
                .collect()
            }
        }
    };
}

rate! {
    /// How fast people leave: exactly one of the units, with a number, an expression or a table.
    LeavingRate {
        /// The mean time until leaving: "13 years".
        mean_stay = RateUnit::MeanStay(TimeUnit::Year),
        /// The time after which half have left: "10 days".
        half_life = RateUnit::HalfLife(TimeUnit::Year),
        /// The probability of leaving within a day.
        daily_probability = RateUnit::Probability(TimeUnit::Day),
        /// The probability of leaving within a week.
        weekly_probability = RateUnit::Probability(TimeUnit::Week),
        /// The probability of leaving within a month.
        monthly_probability = RateUnit::Probability(TimeUnit::Month),
        /// The probability of leaving within a year.
        yearly_probability = RateUnit::Probability(TimeUnit::Year),
    } and {
        /// Multipliers by the values of a dimension, or a list of such tables.
        times: Located<OneOrMany<ByTable>>,
    }
}

rate! {
    /// How often each mother gives birth: exactly one of the units.
    BirthRate {} and {
        /// Multipliers by the values of a dimension, or a list of such tables.
        times: Located<OneOrMany<ByTable>>,
    }
}

rate! {
    /// How often something happens, or how many come: exactly one of the units.
    EventRate {}
}

rate! {
    /// How fast a context switches: exactly one of the units.
    SwitchRate {
        /// The mean time until it switches: "13 years".
        mean_stay = RateUnit::MeanStay(TimeUnit::Year),
        /// The time after which it has switched with probability one half: "10 days".
        half_life = RateUnit::HalfLife(TimeUnit::Year),
    }
}

impl WrittenRate for LeavingRate {
    fn parts(&self) -> RateParts<'_> {
        RateParts {
            amounts: self.amounts(),
            allowed: Self::UNITS,
            times: self.times.as_ref(),
            season: self.season.as_ref(),
            crowding: self.crowding.as_ref(),
        }
    }
}

impl WrittenRate for BirthRate {
    fn parts(&self) -> RateParts<'_> {
        RateParts {
            amounts: self.amounts(),
            allowed: Self::UNITS,
            times: self.times.as_ref(),
            season: self.season.as_ref(),
            crowding: self.crowding.as_ref(),
        }
    }
}

impl WrittenRate for EventRate {
    fn parts(&self) -> RateParts<'_> {
        RateParts {
            amounts: self.amounts(),
            allowed: Self::UNITS,
            times: None,
            season: self.season.as_ref(),
            crowding: self.crowding.as_ref(),
        }
    }
}

impl WrittenRate for SwitchRate {
    fn parts(&self) -> RateParts<'_> {
        RateParts {
            amounts: self.amounts(),
            allowed: Self::UNITS,
            times: None,
            season: self.season.as_ref(),
            crowding: self.crowding.as_ref(),
        }
    }
}

rate! {
    /// When a programme takes place: regularly (`every`, perhaps `first`), or at random moments at a rate.
    #[derive(Default)]
    Occasions {} and {
        /// The time from one occasion to the next, in whole units: "2 months".
        every: Located<LengthText>,
        /// The date of the first one; where the programme `starts`, or else the scenario, unless written.
        first: Located<DateText>,
    }
}

impl Occasions {
    /// What is written of the rate.
    pub fn parts(&self) -> RateParts<'_> {
        RateParts {
            amounts: self.amounts(),
            allowed: Self::UNITS,
            times: None,
            season: self.season.as_ref(),
            crowding: self.crowding.as_ref(),
        }
    }
}
