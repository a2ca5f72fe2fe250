//! Makes a trunk build agree with itself, before trunk moves it into place.
//!
//! Trunk names the wasm file and its JavaScript glue after the compiler's
//! output, not after what `wasm-bindgen` and `wasm-opt` made of it, and starts
//! them with an inline script, which the page's content security policy
//! forbids. So: name both after their real content, start them from
//! `boot.js`, and tell the service worker exactly which bytes make up this
//! version of the page.

use std::fs;
use std::path::Path;

use anyhow::{Result, bail, ensure};
use lol_html::html_content::ContentType;
use serde_json::json;

use crate::code;
use crate::code_editor;
use crate::columns;
use crate::exercises;
use crate::files::{list, read, read_text, short_hash, write};
use crate::headers;
use crate::html::{rewritten, tags};
use crate::javascript;
use crate::lesson::{self, Section};
use crate::licences;
use crate::posters::{self, POSTERS};
use crate::properties::Names;
use crate::python;
use crate::runner;
use crate::shrink::{Kind, Shrink};
use crate::site::{self, OEMBED};
use crate::styles;
use crate::told;
use crate::{imports, locals, names, order, spelling};

/// The page, which loads everything else.
const INDEX: &str = "index.html";
/// The service worker. Its name is its identity, so it is the one script
/// whose name must never carry a hash.
const WORKER: &str = "sw.js";
/// What other pages load, by names that they know: as a script, and as a module.
const EMBED: &str = "embed.js";
const EMBED_MODULE: &str = "embed.mjs";
/// How `www/embed.js` looks where it is, and how a module does, which can be told
/// nothing else.
const BY_ELEMENT: &str = r#"document.currentScript;
  if (!(script instanceof HTMLScriptElement)) throw new Error("As a module, use embed.mjs");
"#;
const BY_ITSELF: &str = "{ src: import.meta.url };\n";
/// For search engines, in a build that knows where it will be.
const SITEMAP: &str = "sitemap.xml";
/// What `www/sw.js` holds where the list of this build's files goes.
const UNSEALED_BUILD: &str =
    r#"{ version: "unsealed", files: {}, later: {}, used: {}, pages: [] }"#;
/// What `www/boot.js` calls the file that it loads; what starts the page it finds
/// in the page's head.
const UNSEALED_PRACTICE: &str = "practice.js";
/// What `www/later.js` calls those that it loads.
const UNSEALED_CONSENT: &str = "consent.js";
/// A program that `trunk` has built, by the name of its files, and the scripts that
/// its glue gets besides those that every glue gets.
struct Program {
    name: &'static str,
    scripts: &'static [&'static str],
}
/// The one that pages start.
const EVERY: Program = Program {
    name: "expert-chef",
    scripts: &[],
};
/// The one that starts on the page for a reader's own program, and that page.
const EXERCISE: Program = Program {
    name: "exercise",
    scripts: &["runner.js", "exercise.js"],
};
/// Where a program's files are, once they are named after their content.
struct Start {
    glue: String,
    wasm: String,
}
/// What the glue offers: the page starts it in one way, `www/guard.js`'s, and
/// needs no other.
const OFFERED: &str = "export { initSync, __wbg_init as default };";

/// Seals the build in `staging`; the page's own scripts and its lesson come from
/// `source`, the programs that it shows from `snippets`.
/// `site` is where it will be served, if that is known.
///
/// # Errors
/// If a piece is missing, if a placeholder is missing, or if the finished page
/// would load something that is not in the build or that its policy forbids.
pub fn seal(
    staging: &Path,
    source: &Path,
    snippets: &Path,
    site: Option<&str>,
    shrink: Shrink,
) -> Result<()> {
    let html = read_text(&staging.join(INDEX))?;
    let (html, properties) = styles::bundled(&html, staging, shrink)?;
    let consent = write_consent(staging, source, &properties, shrink)?;
    let later = [(UNSEALED_CONSENT, &*consent)];
    let start = name_by_content(staging, source, &EVERY, &later, shrink)?;
    let exercise = name_by_content(staging, source, &EXERCISE, &later, shrink)?;
    let editor = write_editor(staging, source, &properties, shrink)?;
    let practice = write_script(staging, source, "practice", &[], shrink)?;
    let names = [(UNSEALED_PRACTICE, &*practice)];
    let boot = write_script(staging, source, "boot", &names, shrink)?;
    let html = start_from_boot(&html, &start, &boot)?;
    let styles = page_styles(&html, staging)?;
    let html = code_named(&html, &code::write_all(snippets, staging)?)?;
    let sections = lesson::read(source, snippets, staging, &styles)?;
    let empty = html;
    let html = lesson::whole(&empty, &sections)?;
    check(&html, staging)?;
    let html = match site {
        Some(site) => {
            write(
                &staging.join(OEMBED),
                format!("{:#}\n", site::oembed(&html, site)?),
            )?;
            site::announce(&html, site)?
        }
        None => html,
    };
    write(&staging.join(INDEX), &html)?;
    let mut pages = Vec::new();
    for (place, name) in lesson::pages(&sections) {
        let mut page = lesson::page(&empty, &sections, place, site)?;
        let Section { id, is_apart, .. } = &sections[place];
        if *is_apart {
            let sheet = own_styles(source, &format!("{id}.css"), &properties, shrink)?;
            page = with_sheet(&page, &write_hashed(staging, "apart", "css", &sheet)?)?;
        }
        if id == EXERCISE.name {
            page = named(
                &page,
                "exercises",
                &write_hashed(
                    staging,
                    "exercises",
                    "txt",
                    &exercises::bundled(source, snippets)?,
                )?,
            )?;
            page = page.replace(&start.glue, &exercise.glue);
            page = page.replace(&start.wasm, &exercise.wasm);
            if let Some(editor) = &editor {
                page = named(&page, "editor", editor)?;
            }
        }
        page = python::named(&page, staging)?;
        page = javascript::named(&page, staging)?;
        check(&page, staging)?;
        let page = match site {
            Some(site) => site::announce(&page, site)?,
            None => page,
        };
        write(&staging.join(&name), page)?;
        pages.push(name);
    }
    if let Some(site) = site {
        write(&staging.join(SITEMAP), site::sitemap(site, &pages))?;
    }
    let embed = read_text(&source.join(EMBED))?;
    let embed = told::script(&embed, &told::to_embed(), EMBED)?;
    write(&staging.join(EMBED), shrink.script(&embed, Kind::Classic)?)?;
    let module = replace_once(&embed, BY_ELEMENT, BY_ITSELF, EMBED)?;
    let module = shrink.script(&module, Kind::Module)?;
    write(&staging.join(EMBED_MODULE), module)?;
    posters::write_all(staging, &styles)?;
    headers::fill(staging, &pages)?;
    write_worker(staging, source, &pages, shrink)
}

/// Has a page say where a file of that name is.
fn named(html: &str, name: &str, file: &str) -> Result<String> {
    let named = format!("<meta name=\"{name}\" content=\"./{file}\">");
    rewritten(html, "title", |title| {
        title.after(&named, ContentType::Html);
        Ok(())
    })
}

/// Has the page say where the programs are.
fn code_named(html: &str, files: &[(&str, String)]) -> Result<String> {
    let mut named = String::new();
    for (language, file) in files {
        named += &format!("<meta name=\"code:{language}\" content=\"./{file}\">");
    }
    rewritten(html, "title", |title| {
        title.after(&named, ContentType::Html);
        Ok(())
    })
}

/// All that the finished page's style sheets say.
fn page_styles(html: &str, staging: &Path) -> Result<String> {
    let mut styles = String::new();
    for tag in tags(html)? {
        if let Some(sheet) = tag.loads().filter(|url| url.ends_with(".css")) {
            styles += &read_text(&staging.join(path_of(sheet)))?;
        }
    }
    Ok(styles)
}

/// Renames wasm and glue after their content, and adds to the glue what guards
/// the program's door, and what the program leaves to scripts: one file is less
/// than three.
fn name_by_content(
    staging: &Path,
    source: &Path,
    program: &Program,
    later: &[(&str, &str)],
    shrink: Shrink,
) -> Result<Start> {
    let name = program.name;
    let old_wasm = the_one(staging, name, "_bg.wasm")?;
    let old_glue = the_one(staging, name, ".js")?;

    let glue = read_text(&staging.join(&old_glue))?;
    let (code, glue) = imports::sorted(&read(&staging.join(&old_wasm))?, &glue)?;
    let (code, glue) = imports::merged(&code, &glue)?;
    let (code, glue) = names::shortened(&code, &glue)?;
    let code = spelling::spelt(&order::ordered(&code)?)?;
    let code = columns::without(&locals::renumbered(&code)?)?;
    fs::remove_file(staging.join(&old_wasm))?;
    let wasm = format!("{name}-{}_bg.wasm", short_hash(&code));
    write(&staging.join(&wasm), code)?;

    let mut glue = replace_once(&glue, OFFERED, "", &old_glue)?;
    glue += &with_names(source, "later.js", later)?;
    let scripts = [
        "guard.js",
        "share.js",
        "knobs.js",
        "shelf.js",
        "services.js",
        "timings.js",
    ];
    for script in scripts.iter().chain(program.scripts) {
        glue += &read_text(&source.join(script))?;
    }
    fs::remove_file(staging.join(&old_glue))?;
    let glue = write_named(staging, name, &glue, shrink)?;
    Ok(Start { glue, wasm })
}

/// The only file at the top of `dir` whose name begins and ends so.
fn the_one(dir: &Path, start: &str, end: &str) -> Result<String> {
    let mut found = list(dir)?;
    found.retain(|name| !name.contains('/') && name.starts_with(start) && name.ends_with(end));
    match <[String; 1]>::try_from(found) {
        Ok([name]) => Ok(name),
        Err(found) => bail!(
            "expected one file {start}*{end} in {}, found {found:?}",
            dir.display()
        ),
    }
}

/// Writes a script of the page's own under a name made of its content, with the
/// real names of the files that it loads.
fn write_script(
    staging: &Path,
    source: &Path,
    script: &str,
    names: &[(&str, &str)],
    shrink: Shrink,
) -> Result<String> {
    let text = with_names(source, &format!("{script}.js"), names)?;
    write_named(staging, script, &text, shrink)
}

/// A script of the page's own, with the real names of the files that it loads.
fn with_names(source: &Path, file: &str, names: &[(&str, &str)]) -> Result<String> {
    let mut text = read_text(&source.join(file))?;
    for (unsealed, name) in names {
        let (from, to) = (format!("\"./{unsealed}\""), format!("\"./{name}\""));
        text = replace_once(&text, &from, &to, file)?;
    }
    Ok(text)
}

/// Writes a script under a name made of its content.
fn write_named(staging: &Path, script: &str, text: &str, shrink: Shrink) -> Result<String> {
    write_hashed(staging, script, "js", &shrink.script(text, Kind::Module)?)
}

/// Writes a file under a name made of its content.
fn write_hashed(staging: &Path, name: &str, ending: &str, text: &str) -> Result<String> {
    let name = format!("{name}-{}.{ending}", short_hash(text.as_bytes()));
    write(&staging.join(&name), text)?;
    Ok(name)
}

/// Writes what asks the reader for their consent, its style in it.
fn write_consent(
    staging: &Path,
    source: &Path,
    properties: &Names,
    shrink: Shrink,
) -> Result<String> {
    let styles = own_styles(source, "consent.css", properties, shrink)?;
    let styles = [("styles".to_owned(), json!(styles))];
    let text = told::script(
        &read_text(&source.join("consent.js"))?,
        &styles,
        "consent.js",
    )?;
    let why = read_text(&source.join("why.js"))?;
    write_named(staging, "consent", &(text + &why), shrink)
}

/// Writes the code editor, its style in it, where the build has what it is made of.
fn write_editor(
    staging: &Path,
    source: &Path,
    properties: &Names,
    shrink: Shrink,
) -> Result<Option<String>> {
    if shrink == Shrink::Nothing {
        return Ok(None);
    }
    let Some(modules) = code_editor::modules() else {
        return Ok(None);
    };
    let styles = own_styles(source, "code-editor.css", properties, shrink)?;
    let editor = code_editor::bundled(source, styles, &modules, shrink)?;
    let write = |editor: String| write_hashed(staging, "editor", "js", &editor);
    editor.map(write).transpose()
}

/// A sheet that goes with the page's, and that a first visit does without.
fn own_styles(source: &Path, sheet: &str, properties: &Names, shrink: Shrink) -> Result<String> {
    let styles = read_text(&source.join(sheet))?;
    let styles = shrink.styles(&styles, source)?.unwrap_or(styles);
    Ok(properties.shortened(&styles))
}

/// Has the page load one more sheet, after its others.
fn with_sheet(html: &str, sheet: &str) -> Result<String> {
    rewritten(html, "script[type=module]", |boot| {
        let link = format!("<link rel=\"stylesheet\" href=\"./{sheet}\">");
        boot.before(&link, ContentType::Html);
        Ok(())
    })
}

/// Puts the tags that start the page in the place of trunk's own `rel="rust"`
/// link, which trunk leaves behind when told not to inject scripts.
fn start_from_boot(html: &str, start: &Start, boot: &str) -> Result<String> {
    let Start { glue, wasm } = start;
    // The wasm's preload asks for exactly what the glue's fetch() will, or the
    // browser downloads it twice. boot.js comes after both: it needs them.
    let start = format!(
        "<link rel=\"preload\" as=\"fetch\" type=\"application/wasm\" crossorigin href=\"./{wasm}\">\
         <link rel=\"modulepreload\" href=\"./{glue}\">\
         <script type=\"module\" src=\"./{boot}\"></script>"
    );
    let mut places = 0;
    let html = rewritten(html, "link[rel~=rust]", |link| {
        places += 1;
        link.replace(&start, ContentType::Html);
        Ok(())
    })?;
    ensure!(
        places == 1,
        "index.html needs exactly one <link data-trunk rel=\"rust\" …> in its head, where the page's scripts go, and has {places}"
    );
    Ok(html)
}

/// Refuses a page that its own policy, another path or no network would break.
fn check(html: &str, staging: &Path) -> Result<()> {
    for tag in tags(html)? {
        ensure!(
            !tag.is_inline(),
            "index.html has an inline script or style, which its content security policy forbids: {tag}"
        );
        let Some(url) = tag.names() else { continue };
        let relative = !url.starts_with('/') && !url.contains("://");
        ensure!(
            relative,
            "index.html names {url}, which is not relative to the page"
        );
        ensure!(
            staging.join(path_of(url)).is_file(),
            "index.html names {url}, which is not in the build"
        );
    }
    Ok(())
}

/// The path that a relative URL names in the build.
pub fn path_of(url: &str) -> &str {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    url.strip_prefix("./").unwrap_or(url)
}

/// Leaves in `target` what the tests of the adapters register: the service
/// worker, filled in but of no build and so without files, and a page that it
/// serves.
///
/// # Errors
/// If the sources cannot be read, or do not go with the program.
pub fn worker(source: &Path, target: &Path) -> Result<()> {
    fs::create_dir_all(target)?;
    write(&target.join(INDEX), read(&source.join(INDEX))?)?;
    write(&target.join(WORKER), told_worker(source)?)
}

/// `sw.js` with what the program tells it.
fn told_worker(source: &Path) -> Result<String> {
    let text = read_text(&source.join(WORKER))?;
    told::script(&text, &told::to_worker(), WORKER)
}

/// Writes `sw.js` with the version and the files of this build.
fn write_worker(staging: &Path, source: &Path, pages: &[String], shrink: Shrink) -> Result<()> {
    let template = told_worker(source)?;
    let (mut files, mut later) = (serde_json::Map::new(), serde_json::Map::new());
    let mut used = serde_json::Map::new();
    let mut all = template.clone();
    for name in list(staging)?
        .into_iter()
        .filter(|name| is_needed_offline(name))
    {
        let mut hash = short_hash(&read(&staging.join(&name))?);
        // The separators keep two different lists from spelling the same text.
        all.push_str(&format!("\n{name}\n{hash}"));
        if name.contains(&hash) {
            hash.clear();
        }
        // A section by itself is the page, opened by another name.
        if is_stored_when_used(&name) {
            used.insert(name, hash.into());
        } else if is_read_later(&name) {
            later.insert(name, hash.into());
        } else if !pages.contains(&name) {
            files.insert(name, hash.into());
        }
    }
    let build = json!({ "version": short_hash(all.as_bytes()), "files": files, "later": later, "used": used, "pages": pages });
    let text = replace_once(&template, UNSEALED_BUILD, &format!("{build:#}"), WORKER)?;
    write(&staging.join(WORKER), shrink.script(&text, Kind::Worker)?)
}

/// Whether a visitor without a network would miss this file. What only hosts,
/// crawlers, home screens and debuggers read is left out; the page's own pictures
/// are SVG.
fn is_needed_offline(name: &str) -> bool {
    const UNNEEDED: [&str; 8] = [
        WORKER,
        EMBED,
        EMBED_MODULE,
        OEMBED,
        SITEMAP,
        licences::FILE,
        "robots.txt",
        "CNAME",
    ];
    let hidden = name.split('/').any(|part| part.starts_with(['.', '_']));
    let is_for_others = name.ends_with(".map") || name.ends_with(".png");
    !hidden && !is_for_others && !name.starts_with(POSTERS) && !UNNEEDED.contains(&name)
}

/// Whether a first visit does without it until somebody wants it: it is stored
/// then, or on the next visit.
fn is_read_later(name: &str) -> bool {
    ["apart-", "code-", "consent-", "exercise.html", "practice"]
        .iter()
        .any(|start| name.starts_with(start))
}

/// Whether it is for who runs a program of their own, and large: nobody's visit
/// stores it who does not.
fn is_stored_when_used(name: &str) -> bool {
    [
        javascript::PREFIX,
        python::PREFIX,
        runner::PREFIX,
        "editor-",
        "exercise-",
        "exercises-",
    ]
    .iter()
    .any(|start| name.starts_with(start))
}

fn replace_once(text: &str, from: &str, to: &str, file: &str) -> Result<String> {
    let count = text.matches(from).count();
    ensure!(
        count == 1,
        "{file} must hold {from} exactly once, to be filled in by the build, and has it {count} times"
    );
    Ok(text.replace(from, to))
}

#[cfg(test)]
mod tests {
    #![allow(
        clippy::unwrap_used,
        reason = "a test that cannot read its own files has failed"
    )]

    use super::*;
    use crate::html::Tag;
    use crate::told::tests::{every_size, every_value};
    use tempfile::TempDir;

    fn seal(staging: &Path, source: &Path, site: Option<&str>, shrink: Shrink) -> Result<()> {
        let snippets = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../snippets");
        runner::write_page(staging, source, shrink)?;
        super::seal(staging, source, &snippets, site, shrink)
    }

    const PAGE: &str = "<!doctype html><head><title>T</title><link rel=stylesheet href=./style-1.css>\
                        <link data-trunk rel=rust href=../Cargo.toml></head>\
                        <body><nav data-contents></nav><div data-lesson></div></body>";

    const GLUE: &str = "let wasm;\nexport { initSync, __wbg_init as default };\n";

    fn worker(more: &str) -> String {
        let told = every_value(&told::to_worker());
        format!("{told}{more}const BUILD = {UNSEALED_BUILD};\n")
    }

    /// A build as trunk leaves it, and the sources that sealing needs.
    fn build(page: &str, wasm: &str) -> (TempDir, TempDir) {
        let (staging, source) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        for (name, content) in [
            ("index.html", page),
            ("style-1.css", &every_size()),
            ("expert-chef-0.js", GLUE),
            ("exercise.js", GLUE),
            ("icons/chef.svg", "<svg/>"),
            ("_headers", headers::tests::TEMPLATE),
            ("preview.png", "a picture"),
        ] {
            let path = staging.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        let mut program = wasm_encoder::Module::new();
        program.section(&wasm_encoder::CustomSection {
            name: wasm.into(),
            data: Vec::new().into(),
        });
        let program = program.finish();
        for wasm in ["expert-chef-0_bg.wasm", "exercise_bg.wasm"] {
            fs::write(staging.path().join(wasm), &program).unwrap();
        }
        fs::write(
            source.path().join("boot.js"),
            "const PRACTICE = \"./practice.js\";\n",
        )
        .unwrap();
        fs::create_dir(source.path().join("lesson")).unwrap();
        fs::write(
            source.path().join("lesson/01-one.html"),
            "<section id=one data-title=T data-description=D><h2>One</h2></section>",
        )
        .unwrap();
        fs::write(source.path().join("practice.js"), "practice();\n").unwrap();
        fs::write(source.path().join("runner.js"), "runner();\n").unwrap();
        fs::write(source.path().join("exercise.js"), "exercise();\n").unwrap();
        fs::write(source.path().join("one.css"), ".one{top:0}\n").unwrap();
        fs::write(source.path().join("share.js"), "share();\n").unwrap();
        fs::write(
            source.path().join("consent.js"),
            "consent(UNSEALED.styles);\n",
        )
        .unwrap();
        fs::write(source.path().join("why.js"), "why();\n").unwrap();
        fs::write(source.path().join("consent.css"), ".consent{top:0}\n").unwrap();
        fs::write(source.path().join("later.js"), "later(\"./consent.js\");\n").unwrap();
        fs::write(source.path().join("guard.js"), "function guarded() {}\n").unwrap();
        fs::write(source.path().join("knobs.js"), "knobs();\n").unwrap();
        fs::write(source.path().join("shelf.js"), "shelf();\n").unwrap();
        fs::write(source.path().join("services.js"), "services();\n").unwrap();
        fs::write(source.path().join("timings.js"), "timings();\n").unwrap();
        fs::write(source.path().join("sw.js"), worker("")).unwrap();
        runner::tests::add_to(source.path(), runner::tests::HTML, "frame();\n");
        let embed = every_value(&told::to_embed());
        let embed = format!("const script = {BY_ELEMENT}{embed}");
        fs::write(source.path().join(EMBED), embed).unwrap();
        (staging, source)
    }

    fn sealed(page: &str, wasm: &str) -> TempDir {
        let (staging, source) = build(page, wasm);
        seal(staging.path(), source.path(), None, Shrink::Nothing).unwrap();
        staging
    }

    fn text(dir: &TempDir, name: &str) -> String {
        fs::read_to_string(dir.path().join(name)).unwrap()
    }

    /// What the sealed service worker knows of its build.
    fn manifest(dir: &TempDir) -> serde_json::Value {
        let worker = text(dir, WORKER);
        let (_, build) = worker.split_once("const BUILD = ").unwrap();
        let build = build.trim_end().strip_suffix(';').unwrap();
        serde_json::from_str(build).unwrap()
    }

    #[test]
    fn every_reference_resolves() {
        let dir = sealed(PAGE, "wasm");
        let html = text(&dir, INDEX);
        let loads: Vec<String> = tags(&html)
            .unwrap()
            .iter()
            .filter_map(Tag::loads)
            .map(str::to_owned)
            .collect();
        assert_eq!(loads.len(), 4, "{html}");
        for url in &loads {
            assert!(dir.path().join(path_of(url)).is_file(), "{url}");
        }
        let boot = loads.iter().find(|url| url.contains("boot-")).unwrap();
        let glue = loads
            .iter()
            .find(|url| url.contains("expert-chef") && url.ends_with(".js"))
            .unwrap();
        let names = list(dir.path()).unwrap();
        let practice = names.iter().rfind(|name| name.starts_with("practice-"));
        let practice = format!("./{}", practice.unwrap());
        assert_eq!(
            text(&dir, path_of(boot)),
            format!("const PRACTICE = \"{practice}\";\n")
        );
        let glue = text(&dir, path_of(glue));
        let of = |file: &str| names.iter().find(|name| name.starts_with(file)).unwrap();
        let glue = glue.replace(of("consent-"), "consent-");
        assert_eq!(
            glue,
            "let wasm;\n\nlater(\"./consent-\");\nfunction guarded() {}\nshare();\nknobs();\nshelf();\nservices();\ntimings();\n"
        );
        assert!(!html.contains("rel=rust"));
    }

    #[test]
    fn a_section_apart_has_a_sheet_more_than_the_page() {
        let (staging, source) = build(PAGE, "wasm");
        let section =
            "<section id=one data-apart data-title=T data-description=D><h2>One</h2></section>";
        fs::write(source.path().join("lesson/01-one.html"), section).unwrap();
        seal(staging.path(), source.path(), None, Shrink::Nothing).unwrap();
        let sheets = |page: &str| text(&staging, page).matches("rel=\"stylesheet\"").count();
        assert_eq!((sheets(INDEX), sheets("one.html")), (1, 2));
    }

    #[test]
    fn the_worker_lists_every_file_a_visitor_needs_with_its_hash() {
        let dir = sealed(PAGE, "wasm");
        let manifest = manifest(&dir);
        let files = manifest["files"].as_object().unwrap();
        let mut expected = list(dir.path()).unwrap();
        expected.retain(|name| {
            ![WORKER, EMBED, EMBED_MODULE, "_headers", "preview.png"].contains(&name.as_str())
        });
        expected.retain(|name| !name.starts_with(POSTERS) && name != "one.html");
        let (used, expected): (Vec<_>, Vec<_>) = expected
            .into_iter()
            .partition(|name| is_stored_when_used(name));
        let stored_when_used = manifest["used"].as_object().unwrap();
        assert_eq!(stored_when_used.keys().cloned().collect::<Vec<_>>(), used);
        assert_eq!(used.len(), 3, "the runner, and the other program");
        let (later, expected): (Vec<_>, Vec<_>) =
            expected.into_iter().partition(|name| is_read_later(name));
        let stored_later = manifest["later"].as_object().unwrap();
        assert_eq!(stored_later.keys().cloned().collect::<Vec<_>>(), later);
        assert_eq!(later.len(), 5, "languages, practice, and consent");
        assert_eq!(manifest["pages"], json!(["one.html"]));
        assert_eq!(files.keys().cloned().collect::<Vec<_>>(), expected);
        for (name, hash) in files {
            let content = short_hash(&read(&dir.path().join(name)).unwrap());
            assert!(
                *hash == content || hash == "" && name.contains(&content),
                "{name}"
            );
        }
    }

    #[test]
    fn what_python_is_made_of_is_for_who_uses_it_and_its_licences_for_nobodys_cache() {
        let (staging, source) = build(PAGE, "wasm");
        for name in ["python-0.wasm", "python-1.json", licences::FILE] {
            fs::write(staging.path().join(name), name).unwrap();
        }
        seal(staging.path(), source.path(), None, Shrink::Nothing).unwrap();
        let manifest = manifest(&staging);
        let used = manifest["used"].as_object().unwrap();
        let names: Vec<_> = used.keys().map(String::as_str).collect();
        assert_eq!(names[2..4], ["python-0.wasm", "python-1.json"]);
        assert!(
            names[4].starts_with("runner-") && names.len() == 5,
            "{names:?}"
        );
        for kind in ["files", "later"] {
            let stored = manifest[kind].as_object().unwrap();
            let is_pythons = |name: &String| name.starts_with("python-") || name == licences::FILE;
            assert!(!stored.keys().any(is_pythons), "{stored:?}");
        }
    }

    #[test]
    fn what_other_pages_load_keeps_its_name() {
        let dir = sealed(PAGE, "wasm");
        let (script, module) = (text(&dir, EMBED), text(&dir, EMBED_MODULE));
        for embed in [&script, &module] {
            assert!(embed.contains("use(1);\n") && !embed.contains("UNSEALED"));
        }
        assert!(script.contains("currentScript") && !script.contains("import.meta"));
        assert!(module.contains("import.meta.url") && !module.contains("currentScript"));
    }

    #[test]
    fn pictures_for_other_sites_are_checked_and_not_stored_for_offline_use() {
        let (staging, source) = build(
            &PAGE.replace(
                "<body>",
                "<meta property=og:image content=./missing.png><body>",
            ),
            "wasm",
        );
        let error = seal(staging.path(), source.path(), None, Shrink::Nothing).unwrap_err();
        assert!(error.to_string().contains("./missing.png"), "{error}");
        assert!(is_needed_offline("icon.svg") && !is_needed_offline("icons/icon-512.png"));
    }

    #[test]
    fn only_a_build_that_knows_its_site_has_absolute_urls() {
        let page = PAGE.replace(
            "<body>",
            "<meta property=og:site_name content=Chef>\
             <meta property=og:image content=./preview.png>\
             <meta property=og:image:width content=2><meta property=og:image:height content=1><body>",
        );
        let here = sealed(&page, "wasm");
        let here_page = text(&here, INDEX).replace("https://schema.org", "");
        assert!(!here_page.contains("://"), "{here_page}");
        assert!(!here.path().join(OEMBED).exists());

        let (there, source) = build(&page, "wasm");
        seal(
            there.path(),
            source.path(),
            Some("https://example.org/chef/"),
            Shrink::Nothing,
        )
        .unwrap();
        let html = text(&there, INDEX);
        assert!(
            html.contains("https://example.org/chef/preview.png"),
            "{html}"
        );
        assert!(
            html.contains("href=\"https://example.org/chef/oembed.json\""),
            "{html}"
        );
        let oembed: serde_json::Value = serde_json::from_str(&text(&there, OEMBED)).unwrap();
        assert_eq!(
            oembed["thumbnail_url"],
            "https://example.org/chef/preview.png"
        );
        let files = manifest(&there)["files"].clone();
        assert!(files.get(OEMBED).is_none() && files.get("preview.png").is_none());
    }

    #[test]
    fn the_same_build_seals_to_the_same_files() {
        let (one, two) = (sealed(PAGE, "wasm"), sealed(PAGE, "wasm"));
        assert_eq!(list(one.path()).unwrap(), list(two.path()).unwrap());
        assert_eq!(text(&one, WORKER), text(&two, WORKER));
    }

    #[test]
    fn another_wasm_gives_another_name_to_all_that_lead_to_it() {
        let (one, two) = (sealed(PAGE, "one"), sealed(PAGE, "two"));
        let hashed = |dir| -> Vec<String> {
            let mut names = list(dir).unwrap();
            names.retain(|name| name.ends_with(".wasm"));
            names
        };
        let (one_names, two_names) = (hashed(one.path()), hashed(two.path()));
        assert_eq!(one_names.len(), 2);
        assert_ne!(text(&one, INDEX), text(&two, INDEX));
        assert!(
            one_names.iter().all(|name| !two_names.contains(name)),
            "{one_names:?} {two_names:?}"
        );
        assert_ne!(manifest(&one)["version"], manifest(&two)["version"]);
    }

    #[test]
    fn the_version_covers_the_page_and_the_worker_itself() {
        let original = manifest(&sealed(PAGE, "wasm"))["version"].clone();
        let page = PAGE.replace("<body>", "<body>more");
        assert_ne!(manifest(&sealed(&page, "wasm"))["version"], original);

        let (staging, source) = build(PAGE, "wasm");
        fs::write(source.path().join(WORKER), worker("ping();")).unwrap();
        seal(staging.path(), source.path(), None, Shrink::Nothing).unwrap();
        assert!(!text(&staging, WORKER).contains(original.as_str().unwrap()));
    }

    #[test]
    fn the_worker_of_no_build_knows_what_can_be_asked_and_has_no_files() {
        let ((_, source), target) = (build(PAGE, "wasm"), TempDir::new().unwrap());
        fs::write(source.path().join(INDEX), PAGE).unwrap();
        super::worker(source.path(), target.path()).unwrap();
        let worker = text(&target, WORKER);
        assert!(worker.contains(UNSEALED_BUILD) && !worker.contains("UNSEALED."));
        assert_eq!(text(&target, INDEX), PAGE);
    }

    #[test]
    fn a_page_without_a_place_for_the_scripts_is_an_error() {
        let (staging, source) = build(&PAGE.replace("data-trunk rel=rust", "rel=author"), "wasm");
        let error = seal(staging.path(), source.path(), None, Shrink::Nothing)
            .unwrap_err()
            .to_string();
        assert!(error.contains("rel=\"rust\""), "{error}");
    }

    #[test]
    fn sources_without_their_placeholders_are_an_error() {
        for file in ["boot.js", "sw.js"] {
            let (staging, source) = build(PAGE, "wasm");
            fs::write(source.path().join(file), "nothing").unwrap();
            let error = seal(staging.path(), source.path(), None, Shrink::Nothing)
                .unwrap_err()
                .to_string();
            assert!(error.contains(file), "{error}");
        }
    }

    #[test]
    fn a_page_its_policy_or_another_path_would_break_is_an_error() {
        for (addition, complaint) in [
            ("<script>1</script>", "inline"),
            ("<style>p{}</style>", "inline"),
            ("<p style='top:0'>", "inline"),
            ("<p onclick='f()'>", "inline"),
            (
                "<script src=https://example.org/a.js></script>",
                "not relative",
            ),
            ("<img src=/chef.svg>", "not relative"),
            ("<img src=./missing.svg>", "not in the build"),
            ("<img src=data:,>", "not in the build"),
        ] {
            let (staging, source) = build(
                &PAGE.replace("<body>", &format!("<body>{addition}")),
                "wasm",
            );
            let error = seal(staging.path(), source.path(), None, Shrink::Nothing)
                .unwrap_err()
                .to_string();
            assert!(error.contains(complaint), "{addition}: {error}");
        }
    }

    #[test]
    fn a_build_with_no_wasm_is_an_error() {
        let (staging, source) = build(PAGE, "wasm");
        fs::remove_file(staging.path().join("expert-chef-0_bg.wasm")).unwrap();
        let error = seal(staging.path(), source.path(), None, Shrink::Nothing)
            .unwrap_err()
            .to_string();
        assert!(error.contains("_bg.wasm"), "{error}");
    }
}
