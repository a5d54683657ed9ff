//! What is remembered for lists: names of columns, by the shape of the list.

/// How many shapes of lists are remembered.
const REMEMBERED: usize = 100;

/// What is remembered for lists, by shape, the newest first: a small text with a line for each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered(Vec<(String, String)>);

impl Remembered {
    /// What the text holds; a line that cannot be read is passed over.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let lines = text.lines().filter_map(|line| line.split_once(' '));
        Self(
            lines
                .map(|(shape, mapping)| (shape.to_owned(), mapping.to_owned()))
                .collect(),
        )
    }

    /// The text that holds it.
    #[must_use]
    pub fn text(&self) -> String {
        let line = |(shape, mapping): &(String, String)| [shape, " ", mapping, "\n"].concat();
        self.0.iter().map(line).collect()
    }

    /// What is remembered for a shape.
    #[must_use]
    pub fn recall(&self, shape: &str) -> Option<&str> {
        let mut all = self.0.iter();
        all.find(|(known, _)| known == shape)
            .map(|(_, mapping)| mapping.as_str())
    }

    /// Remembers a mapping for a shape, in place of what was. The oldest is forgotten when there are
    /// too many.
    pub fn remember(&mut self, shape: &str, mapping: &str) {
        self.forget(shape);
        self.0
            .insert(0, (shape.to_owned(), mapping.replace(['\n', '\r'], " ")));
        self.0.truncate(REMEMBERED);
    }

    /// Forgets what is remembered for a shape.
    pub fn forget(&mut self, shape: &str) {
        self.0.retain(|(known, _)| known != shape);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_read_again_replaced_and_forgotten() {
        let mut remembered = Remembered::default();
        for shape in 0..=REMEMBERED {
            remembered.remember(&format!("shape{shape}"), "{\"id\":\"Child ID\"}");
        }
        remembered.remember("shape7", "{\"id\":\"Id\"}\nshape9 {}");
        let mut again = Remembered::parse(&remembered.text());
        assert_eq!(again, remembered);
        assert_eq!(again.recall("shape0"), None, "the oldest made room");
        assert_eq!(again.recall("shape1"), Some("{\"id\":\"Child ID\"}"));
        assert_eq!(again.recall("shape7"), Some("{\"id\":\"Id\"} shape9 {}"));
        again.forget("shape7");
        assert_eq!(again.recall("shape7"), None);
        assert_eq!(
            Remembered::parse("damage\n\nshape1 {}\n").recall("shape1"),
            Some("{}")
        );
    }
}
