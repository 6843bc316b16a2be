//! Dimensions, the groups that they span, and who a mechanism is about.

/// Index of a group: one value on every dimension, the last dimension running fastest.
pub type GroupId = usize;

/// A declared axis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    /// Its name in the file.
    pub name: String,
    /// The names of its values, in the order of the file.
    pub values: Vec<String>,
    /// Of each value its name for people, where it has one of its own.
    pub labels: Vec<Option<String>>,
}

impl Dimension {
    /// The name of a value for people, where it has one of its own.
    pub fn label(&self, value: usize) -> Option<&str> {
        self.labels.get(value)?.as_deref()
    }

    /// The value of a name, or else the only one of that label.
    pub fn value_called(&self, word: &str) -> Option<usize> {
        let named = self.values.iter().position(|name| name == word);
        named.or_else(|| {
            let mut labelled = (0..self.values.len()).filter(|value| self.label(*value) == Some(word));
            labelled.next().filter(|_| labelled.next().is_none())
        })
    }
}

/// All dimensions. Without any there is one group, everybody.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Groups {
    /// The dimensions, in the order of the file.
    pub dimensions: Vec<Dimension>,
}

impl Groups {
    /// How many groups there are.
    pub fn count(&self) -> usize {
        self.dimensions.iter().map(|dimension| dimension.values.len()).product()
    }

    /// The index of the group's value on each dimension.
    pub fn values(&self, group: GroupId) -> Vec<usize> {
        let mut rest = group;
        let mut values: Vec<usize> = self
            .dimensions
            .iter()
            .rev()
            .map(|dimension| {
                let value = rest % dimension.values.len();
                rest /= dimension.values.len();
                value
            })
            .collect();
        values.reverse();
        values
    }

    /// The group with these values, one for each dimension.
    pub fn group(&self, values: &[usize]) -> GroupId {
        self.dimensions
            .iter()
            .zip(values)
            .fold(0, |group, (dimension, value)| group * dimension.values.len() + value)
    }

    /// The names of the group's values.
    pub fn value_names(&self, group: GroupId) -> Vec<&str> {
        self.values(group)
            .into_iter()
            .zip(&self.dimensions)
            .map(|(value, dimension)| dimension.values[value].as_str())
            .collect()
    }

    /// The dimensions by name, the last one first: an order that does not depend on the file's. Which one it is does not matter.
    pub fn by_name(&self) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.dimensions.len()).collect();
        order.sort_by(|one, other| self.dimensions[*other].name.cmp(&self.dimensions[*one].name));
        order
    }

    /// The groups that `who` names, in an order that does not depend on that of dimensions in the file: what is drawn group after
    /// group is the same in any.
    pub fn matching<'a>(&'a self, who: &'a Who) -> impl Iterator<Item = GroupId> + 'a {
        let order = self.by_name();
        let mut groups: Vec<GroupId> =
            (0..self.count()).filter(|group| who.includes(&self.values(*group))).collect();
        groups.sort_by_cached_key(|group| {
            let values = self.values(*group);
            order.iter().map(|dimension| values[*dimension]).collect::<Vec<_>>()
        });
        groups.into_iter()
    }
}

/// A selection of groups: for each dimension the values that count, or all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Who {
    /// One entry for each dimension; `None`: every value.
    pub allowed: Vec<Option<Vec<usize>>>,
}

impl Who {
    /// Everybody, on `dimensions` dimensions.
    pub fn everybody(dimensions: usize) -> Who {
        Who { allowed: vec![None; dimensions] }
    }

    /// Whether a group with these values is selected.
    pub fn includes(&self, values: &[usize]) -> bool {
        self.allowed
            .iter()
            .zip(values)
            .all(|(allowed, value)| allowed.as_ref().is_none_or(|allowed| allowed.contains(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups() -> Groups {
        let dimension = |name: &str, values: &[&str]| Dimension {
            name: name.into(),
            values: values.iter().map(|value| value.to_string()).collect(),
            labels: Vec::new(),
        };
        Groups { dimensions: vec![dimension("origin", &["a", "b"]), dimension("category", &["x", "y", "z"])] }
    }

    #[test]
    fn groups_count_through_their_dimensions() {
        let groups = groups();
        assert_eq!(groups.count(), 6);
        for group in 0..6 {
            assert_eq!(groups.group(&groups.values(group)), group);
        }
        assert_eq!(groups.value_names(5), ["b", "z"]);
        assert_eq!(Groups::default().count(), 1);
    }

    #[test]
    fn who_selects_by_dimension() {
        let who = Who { allowed: vec![Some(vec![1]), None] };
        assert_eq!(groups().matching(&who).collect::<Vec<_>>(), [3, 4, 5]);
    }
}
