//! Rust text, line by line, with code, strings and comments told apart. Knows the syntax of tokens and nothing else.

use std::iter::Peekable;
use std::str::Chars;

/// One line of a Rust file.
#[derive(Debug, Default)]
pub(super) struct Line {
    /// Without comments, and with every literal's content left out.
    pub(super) code: String,
    /// What this line holds of string literals.
    pub(super) strings: String,
    /// What it holds of comments.
    pub(super) comment: String,
    /// Whether it is inside an item marked `#[cfg(test)]`.
    pub(super) test: bool,
}

/// Tells apart what each line is made of.
pub(super) fn scan(text: &str) -> Vec<Line> {
    let mut scanner = Scanner { rest: text.chars().peekable(), lines: vec![Line::default()], previous: ' ' };
    while let Some(next) = scanner.rest.next() {
        scanner.token(next);
    }
    mark_tests(&mut scanner.lines);
    if text.ends_with('\n') {
        scanner.lines.pop();
    }
    scanner.lines
}

struct Scanner<'a> {
    rest: Peekable<Chars<'a>>,
    lines: Vec<Line>,
    /// The character of code before the present one: tells the raw string `r"` from the end of `for`.
    previous: char,
}

impl Scanner<'_> {
    fn token(&mut self, next: char) {
        match next {
            '/' if self.rest.peek() == Some(&'/') => self.line_comment(),
            '/' if self.rest.peek() == Some(&'*') => self.block_comment(),
            '"' => self.string(),
            'r' if !is_name(self.previous) || self.previous == 'b' => self.raw_string_or_name(),
            '\'' => self.character_or_lifetime(),
            '\n' => self.lines.push(Line::default()),
            other => self.line().code.push(other),
        }
        self.previous = next;
    }

    fn line(&mut self) -> &mut Line {
        if self.lines.is_empty() {
            self.lines.push(Line::default());
        }
        let last = self.lines.len() - 1;
        &mut self.lines[last]
    }

    fn line_comment(&mut self) {
        while let Some(next) = self.rest.next_if(|next| *next != '\n') {
            self.line().comment.push(next);
        }
    }

    fn block_comment(&mut self) {
        let mut depth = 1;
        self.rest.next();
        let mut before = ' ';
        while depth > 0
            && let Some(next) = self.rest.next()
        {
            match (before, next) {
                ('/', '*') => depth += 1,
                ('*', '/') => depth -= 1,
                (_, '\n') => self.lines.push(Line::default()),
                _ => self.line().comment.push(next),
            }
            // A character that closed a pair begins no other.
            before = if matches!((before, next), ('/', '*') | ('*', '/')) { ' ' } else { next };
        }
    }

    fn string(&mut self) {
        self.line().code.push_str("\"\"");
        while let Some(next) = self.rest.next() {
            match next {
                '"' => return,
                '\n' => self.lines.push(Line::default()),
                '\\' => match self.rest.next() {
                    Some('\n') => self.lines.push(Line::default()),
                    Some(escaped) => self.line().strings.push(escaped),
                    None => return,
                },
                other => self.line().strings.push(other),
            }
        }
    }

    /// After an `r` that begins a word: a raw string, a raw name such as `r#type`, or just a word.
    fn raw_string_or_name(&mut self) {
        let mut ahead = self.rest.clone();
        let mut hashes = 0;
        while ahead.next_if_eq(&'#').is_some() {
            hashes += 1;
        }
        if ahead.peek() != Some(&'"') {
            self.line().code.push('r');
            return;
        }
        ahead.next();
        self.rest = ahead;
        self.line().code.push_str("\"\"");
        let end = format!("\"{}", "#".repeat(hashes));
        let mut content = String::new();
        while !content.ends_with(&end)
            && let Some(next) = self.rest.next()
        {
            content.push(next);
        }
        let mut parts = content.trim_end_matches(&end).split('\n');
        self.line().strings.push_str(parts.next().unwrap_or_default());
        for part in parts {
            self.lines.push(Line { strings: part.to_owned(), ..Line::default() });
        }
    }

    fn character_or_lifetime(&mut self) {
        let mut ahead = self.rest.clone();
        let first = ahead.next();
        if first == Some('\\') {
            self.rest.next();
            self.rest.next();
            while self.rest.next_if(|next| *next != '\'').is_some() {}
            self.rest.next();
        } else if ahead.next() == Some('\'') {
            self.rest.next();
            self.rest.next();
            if let Some(letter) = first {
                self.line().strings.push(letter);
            }
        }
        self.line().code.push('\'');
    }
}

/// Whether the character can be part of a name.
pub(super) fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// The names and keywords of a line of code.
pub(super) fn names(code: &str) -> impl Iterator<Item = &str> {
    code.split(|letter| !is_name(letter)).filter(|name| !name.is_empty())
}

/// Marks the items behind `#[cfg(test)]`, up to the brace that closes them or the semicolon that ends them.
fn mark_tests(lines: &mut [Line]) {
    let mut index = 0;
    while index < lines.len() {
        let begins =
            lines[index].code.contains("#[cfg(test)]") || lines[index].code.contains("#[cfg(all(test");
        if !begins {
            index += 1;
            continue;
        }
        let end = end_of_item(lines, index);
        for line in &mut lines[index..=end] {
            line.test = true;
        }
        index = end + 1;
    }
}

/// The index of the line that ends the item which begins at `start`.
pub(super) fn end_of_item(lines: &[Line], start: usize) -> usize {
    let (mut braces, mut brackets) = (0_i32, 0_i32);
    for (index, line) in lines.iter().enumerate().skip(start) {
        for letter in line.code.chars() {
            match letter {
                '(' | '[' => brackets += 1,
                ')' | ']' => brackets -= 1,
                '{' => braces += 1,
                '}' => {
                    braces -= 1;
                    if braces == 0 && brackets == 0 {
                        return index;
                    }
                }
                ';' if braces == 0 && brackets == 0 => return index,
                _ => {}
            }
        }
    }
    lines.len() - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_comments_are_no_code() {
        let lines = scan("let a = \"x // y\"; // z \"q\"\nlet b = 'w'; /* one /* two */ three */ let c;\n");
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].code, "let a = \"\"; ");
        assert_eq!((lines[0].strings.as_str(), lines[0].comment.as_str()), ("x // y", "/ z \"q\""));
        assert_eq!(lines[1].code, "let b = ';  let c;");
        assert!(lines[1].comment.contains("three"), "{:?}", lines[1]);
    }

    #[test]
    fn raw_strings_end_at_their_own_hashes_and_names_are_not_raw_strings() {
        let lines =
            scan("let a = r#\"a \"quote\" b\"#; for x in y {}\nlet r#type = br\"raw\";\nlet r = 1;\n");
        assert_eq!(lines[0].strings, "a \"quote\" b");
        assert!(lines[0].code.ends_with("for x in y {}"));
        assert_eq!(lines[1].code, "let r#type = b\"\";");
        assert_eq!(lines[2].code, "let r = 1;");
    }

    #[test]
    fn quotes_of_lifetimes_and_escapes_open_nothing() {
        let lines = scan("fn f<'a>(x: &'a str) { g('\\'', '\"', \"\\\"\", '\\u{41}'); }\nlet end = 1;\n");
        assert_eq!(lines[1].code, "let end = 1;");
        assert!(lines[0].code.ends_with("); }"), "{:?}", lines[0]);
    }

    #[test]
    fn literals_over_several_lines_keep_the_lines_apart() {
        let lines = scan("let a = \"one\\\n  two\nthree\";\nlet b = r\"four\nfive\";\nlet c;\n");
        assert_eq!(lines.len(), 6);
        assert_eq!(lines[5].code, "let c;");
        assert_eq!(lines[2].strings, "three");
    }

    #[test]
    fn items_behind_cfg_test_are_tests_and_what_follows_is_not() {
        let text = "#[cfg(test)]\nmod tests;\nfn a() {}\n#[cfg(test)]\nmod more {\n    fn b() { \"}\"; }\n}\nfn c() {}\n";
        let tests = scan(text).iter().map(|line| line.test).collect::<Vec<_>>();
        assert_eq!(tests, [true, true, false, true, true, true, true, false]);
    }
}
