//! HTML without what only its writers need: line breaks, quotation marks, and end
//! tags that every browser adds by itself. A program keeps its lines.

/// End tags, each with what may follow it if it is left out; the inner ones first.
/// A paragraph at the end of a `noscript` is none of these: there it is needed.
const IMPLIED: [(&str, &[&str]); 9] = [
    (
        "</p>",
        &[
            "<p>",
            "<p ",
            "<div",
            "<ol",
            "<ul",
            "<dl",
            "<h2",
            "<h3",
            "<form",
            "<table",
            "<pre",
            "<section",
            "<blockquote",
            "</section>",
            "</div>",
            "</blockquote>",
            "</li>",
            "</td>",
        ],
    ),
    ("</li>", &["<li", "</ol>", "</ul>"]),
    ("</dt>", &["<dt", "<dd"]),
    ("</dd>", &["<dt", "<dd", "</dl>"]),
    ("</th>", &["<th>", "<th ", "<td", "</tr>"]),
    ("</td>", &["<th>", "<th ", "<td", "</tr>"]),
    ("</tr>", &["<tr", "</thead>", "</tbody>"]),
    ("</thead>", &["<tbody"]),
    ("</tbody>", &["</table>"]),
];

/// The same to every browser, and less.
pub fn tightened(html: &str) -> String {
    let mut tight = String::new();
    let mut rest = html;
    while let Some((start, name)) = program_in(rest) {
        let end = format!("</{name}>");
        let (before, program) = rest.split_at(start);
        let length = program
            .find(&end)
            .map_or(program.len(), |at| at + end.len());
        let (program, after) = program.split_at(length);
        tight += &words(before);
        tight += program;
        rest = after;
    }
    let mut tight = tight + &words(rest);
    for (end, followers) in IMPLIED {
        for next in followers {
            tight = tight.replace(&format!("{end}{next}"), next);
        }
    }
    tight
}

/// Where the first element that holds a program begins, and its name.
fn program_in(html: &str) -> Option<(usize, &'static str)> {
    let elements = ["pre", "textarea"];
    let found = elements.iter().filter_map(|name| {
        let start = html.find(&format!("<{name}"))?;
        Some((start, *name))
    });
    found.min()
}

/// What stands around programs.
fn words(text: &str) -> String {
    let mut tight = String::new();
    let text = text.strip_suffix('\n').unwrap_or(text);
    let text = text.strip_prefix('\n').unwrap_or(text);
    let text = text.replace(">\n<", "><").replace('\n', " ");
    let mut rest = &*text;
    while let Some((before, after)) = rest.split_once("=\"") {
        let (value, after) = after.split_once('"').unwrap_or((after, ""));
        tight += before;
        let is_in_tag = tight.rfind('<') > tight.rfind('>');
        tight += &match value {
            "" if is_in_tag => String::new(),
            _ if is_in_tag && is_bare(value) => format!("={value}"),
            _ => format!("=\"{value}\""),
        };
        rest = after;
    }
    tight + rest
}

/// Whether an attribute's value needs no quotation marks.
fn is_bare(value: &str) -> bool {
    !value.contains(|c: char| c.is_whitespace() || "\"'=<>`&".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_browser_adds_by_itself_goes() {
        let html = "<section id=\"a\" class=\"b c\" data-d=\"\">\n<p>One\nword.</p>\n<p>Two.</p>\n\
                    <ol><li>A</li><li><p>B</p></li></ol>\n</section>";
        let tight = "<section id=a class=\"b c\" data-d><p>One word.<p>Two.\
                     <ol><li>A<li><p>B</ol></section>";
        assert_eq!(tightened(html), tight);
        let html = "<table><thead><tr><td></td><th scope=\"col\">C</th></tr></thead>\
                    <tbody><tr><th>R</th><td>1</td></tr></tbody></table>";
        let tight = "<table><thead><tr><td><th scope=col>C<tbody><tr><th>R<td>1</table>";
        assert_eq!(tightened(html), tight);
    }

    #[test]
    fn a_program_and_the_text_around_it_stay() {
        let html = "<p>x=\"y\"</p>\n<pre><code>a = \"b\"\n\n</code></pre>\n<button>Go</button>";
        let tight = "<p>x=\"y\"<pre><code>a = \"b\"\n\n</code></pre><button>Go</button>";
        assert_eq!(tightened(html), tight);
    }

    #[test]
    fn a_program_to_be_edited_keeps_its_lines() {
        let html = "<p>One.</p>\n<label>\n<textarea rows=\"2\">a\n\nb\n</textarea></label>\n<pre>\nc</pre>";
        let tight =
            "<p>One.</p> <label><textarea rows=\"2\">a\n\nb\n</textarea></label><pre>\nc</pre>";
        assert_eq!(tightened(html), tight.replace("</p> ", "</p>"));
    }

    #[test]
    fn where_an_end_tag_is_needed_it_stays() {
        for html in [
            "<noscript><p>One.</p></noscript>",
            "<p>One.</p><button>Two</button>",
            "<td><p>One.</p>Two.</td>",
        ] {
            assert_eq!(tightened(html), html);
        }
    }
}
