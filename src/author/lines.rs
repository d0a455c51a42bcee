//! The lines of a content file, with the bytes at which they begin.

/// A content file, line by line.
pub(super) struct Lines<'a> {
    /// The whole file.
    pub text: &'a str,
    /// Each line without its end, and the byte at which it begins.
    all: Vec<(usize, &'a str)>,
    /// How the file ends its lines.
    pub ending: &'static str,
    /// The number of the first line below the front matter, counted from 0.
    pub end: usize,
}

impl<'a> Lines<'a> {
    /// The lines of a file; `body` is what follows its front matter.
    pub fn of(path: &str, text: &'a str, body: &str) -> Lines<'a> {
        let starts = text.split_inclusive('\n').scan(0, |at, line| {
            let start = *at;
            *at += line.len();
            Some((start, line.trim_end_matches(['\n', '\r'])))
        });
        let all: Vec<(usize, &str)> = starts.collect();
        let above = text.len() - body.len();
        // The line that closes the front matter begins before the body does.
        let end = match path.ends_with(".md") {
            true => all.partition_point(|(start, _)| *start < above).saturating_sub(1),
            // Which ends a YAML document; what may follow is another one.
            false => all.iter().position(|(_, line)| line.starts_with("...")).unwrap_or(all.len()),
        };
        let ending = if text.lines().next().is_some_and(|first| text[first.len()..].starts_with("\r\n")) {
            "\r\n"
        } else {
            "\n"
        };
        Lines { text, all, ending, end }
    }

    /// A line without its end, counted from 0; empty below the last.
    pub fn get(&self, index: usize) -> &'a str {
        self.all.get(index).map_or("", |(_, line)| line.trim_start_matches('\u{feff}'))
    }

    /// Where the line begins, or where the file ends.
    pub fn start(&self, index: usize) -> usize {
        self.all.get(index).map_or(self.text.len(), |(start, _)| *start)
    }

    /// Whether the line has no text.
    pub fn is_blank(&self, index: usize) -> bool {
        self.get(index).trim().is_empty()
    }

    /// Whether the line is a comment, unless it stands in a text.
    pub fn is_comment(&self, index: usize) -> bool {
        self.get(index).trim_start().starts_with('#')
    }

    /// The blanks at the beginning of the line.
    pub fn indent(&self, index: usize) -> usize {
        let line = self.get(index);
        line.len() - line.trim_start_matches(' ').len()
    }
}
