//! What a program printed, without what one CPython says otherwise than the next
//! (docs/python-differences.md lists each), or one browser's JavaScript.

/// The reader's file in the page, and at home.
const NAMES: [&str; 2] = ["<answer>", "answer.py"];

/// A printed text without what is of the version, or of the machine.
#[must_use]
pub fn without_versions(text: &str) -> String {
    let text = text.replace(NAMES[0], NAMES[1]);
    let mut kept: Vec<String> = Vec::new();
    // The column of a frame that is left out with all that is said of it.
    let mut left_out = None;
    for line in text.trim_end().lines().map(str::trim_end) {
        let body = line.trim_start_matches([' ', '|']);
        let column = line.len() - body.len();
        if left_out.is_some_and(|left_out| column >= left_out + 2 && !body.is_empty()) {
            continue;
        }
        left_out = Frame::parse(body)
            .filter(Frame::is_not_the_readers)
            .map(|_| column);
        if left_out.is_none() && !is_underlining(body) && !body.starts_with("at async ") {
            kept.push(without_column(line));
        }
    }
    kept.join("\n")
}

/// A frame of JavaScript without its column: browsers count those of a call from other
/// signs.
fn without_column(line: &str) -> String {
    let file = "answer.js:";
    let Some(from) = line.find(file).map(|at| at + file.len()) else {
        return line.to_owned();
    };
    let is_no_digit = |sign: char| !sign.is_ascii_digit();
    let end = line[from..].find(is_no_digit).map(|at| from + at);
    let column = end.and_then(|end| Some((end, line[end..].strip_prefix(':')?)));
    let Some((end, column)) = column else {
        return line.to_owned();
    };
    let rest = column.trim_start_matches(|sign: char| sign.is_ascii_digit());
    format!("{}{rest}", &line[..end])
}

/// A line of a traceback that names a function and where it is.
struct Frame<'a> {
    file: &'a str,
    function: &'a str,
}

impl<'a> Frame<'a> {
    /// `File "answer.py", line 3, in load`.
    fn parse(body: &'a str) -> Option<Self> {
        let (file, rest) = body.strip_prefix("File \"")?.split_once("\", line ")?;
        let (line, function) = rest.split_once(", in ")?;
        let is_number = line.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then_some(Self { file, function })
    }

    /// Of the library, whose lines are other ones in each version; or of a
    /// comprehension, which is no function of its own any more since 3.12.
    fn is_not_the_readers(&self) -> bool {
        self.file != NAMES[1] || self.function.ends_with("comp>")
    }
}

/// `    ~~^~~`, which marks other parts of a line in each version.
fn is_underlining(body: &str) -> bool {
    !body.is_empty() && body.bytes().all(|byte| matches!(byte, b'~' | b'^'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_of_the_library_and_underlinings_are_left_out() {
        let at_home = "a\nTraceback (most recent call last):\n  File \"answer.py\", line 9, in <module>\n    print([f.result() for f in fs])\n          ^^^^^^^^^^\n  File \"answer.py\", line 9, in <listcomp>\n    print([f.result() for f in fs])\n           ^^^^\n  File \"/usr/lib/python3.11/concurrent/futures/_base.py\", line 449, in result\n    return self.__get_result()\n           ^^^^^^\n  File \"answer.py\", line 5, in work\n    return int(text)\n           ^^^\nValueError: no\n";
        let in_page = "a\nTraceback (most recent call last):\n  File \"<answer>\", line 9, in <module>\n    print([f.result() for f in fs])\n           ~~~^^\n  File \"/lib/python314.zip/concurrent/futures/_base.py\", line 443, in result\n  File \"<answer>\", line 5, in work\n    return int(text)\nValueError: no";
        assert_eq!(without_versions(at_home), without_versions(in_page));
        let kept = without_versions(in_page);
        assert!(kept.contains("line 5, in work\n    return int(text)\nValueError: no"));
        assert!(!kept.contains("_base.py") && !kept.contains('~'));
    }

    #[test]
    fn frames_within_groups_of_exceptions_are_found() {
        let group = "  + Exception Group Traceback (most recent call last):\n  |   File \"answer.py\", line 2, in main\n  |     go()\n  |   File \"/usr/lib/taskgroups.py\", line 145, in __aexit__\n  |     raise me from None\n  | ExceptionGroup: two\n  +-+---------------- 1 ----------------\n    | ValueError: first\n";
        let kept = without_versions(group);
        assert!(!kept.contains("taskgroups") && !kept.contains("raise me"));
        assert!(kept.contains("  |     go()\n  | ExceptionGroup: two\n  +-+---"));
    }

    #[test]
    fn what_a_program_prints_itself_is_kept() {
        for text in ["File \"a\"", "    indented\n  less", "- ^ -", "| x |"] {
            assert_eq!(without_versions(text), text);
        }
    }

    #[test]
    fn a_frame_of_javascript_has_no_column() {
        let text = "Error: no\n    at cook (answer.js:2:33)\n    at async answer.js:12:1\n    at answer.js:3:9 {";
        let plain = "Error: no\n    at cook (answer.js:2)\n    at answer.js:3 {";
        assert_eq!(without_versions(text), plain);
        assert_eq!(without_versions(plain), plain);
        assert_eq!(without_versions("see answer.js:"), "see answer.js:");
    }
}
