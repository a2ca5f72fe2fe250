//! The names of a style sheet's custom properties, which say to whoever reads the
//! source what each is for, and weigh 0.3 KB, compressed. Nobody else knows them but
//! for those that an accent sets: scripts take them as they find them in the sheet.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use expert_chef_core::asked::accent::Accent;

use crate::names::short;

/// The short names of the custom properties that a page's sheet sets.
#[derive(Clone, Debug, Default)]
pub struct Names(Vec<String>);

impl Names {
    /// Those for the minified sheet; what it does not set is somebody else's, and
    /// keeps its name.
    pub fn of(sheet: &str) -> Self {
        let mut uses: BTreeMap<&str, usize> = BTreeMap::new();
        let mut set = Vec::new();
        for (start, name) in names(sheet) {
            *uses.entry(name).or_default() += 1;
            let is_ours = !Accent::PROPERTIES.contains(&name);
            let is_set = sheet[start + name.len()..].starts_with(':');
            if is_ours && is_set && !set.contains(&name) {
                set.push(name);
            }
        }
        // The shortest for those that are there most often.
        set.sort_by_key(|name| (Reverse(uses[name]), *name));
        Self(set.into_iter().map(str::to_owned).collect())
    }

    /// That sheet, or another one that goes with it, with the short names.
    pub fn shortened(&self, sheet: &str) -> String {
        let mut written = String::with_capacity(sheet.len());
        let mut end = 0;
        for (start, name) in names(sheet) {
            written += &sheet[end..start];
            match self.0.iter().position(|other| other == name) {
                Some(index) => written += &format!("--{}", short(index)),
                None => written += name,
            }
            end = start + name.len();
        }
        written + &sheet[end..]
    }
}

/// Each custom property's name that stands in the sheet, and where it does. The
/// two dashes within a class's name begin none.
fn names(sheet: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_part = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
    sheet.match_indices("--").filter_map(move |(start, _)| {
        let is_within = sheet[..start].ends_with(is_part);
        let name = &sheet[start..];
        let name = &name[..name.find(|c| !is_part(c)).unwrap_or(name.len())];
        (!is_within && name.len() > 2).then_some((start, name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shortened(sheet: &str) -> String {
        Names::of(sheet).shortened(sheet)
    }

    #[test]
    fn properties_that_the_sheet_sets_get_short_names_everywhere() {
        let sheet = ":root{--ink:#000;--paper:#fff}.card--ink{color:var(--ink);\
                     background:var(--paper);border-color:var(--ink)}";
        let expected = ":root{--a:#000;--b:#fff}.card--ink{color:var(--a);\
                        background:var(--b);border-color:var(--a)}";
        assert_eq!(shortened(sheet), expected);
    }

    #[test]
    fn another_sheet_goes_with_the_first() {
        let names = Names::of(":root{--ink:#000;--paper:#fff}.card{color:var(--ink)}");
        let other = ".note{background:var(--paper);color:var(--ink)}";
        let expected = ".note{background:var(--b);color:var(--a)}";
        assert_eq!(names.shortened(other), expected);
    }

    #[test]
    fn what_an_accent_sets_keeps_its_name() {
        let sheet = ":root{--accent:#000;--on-accent:#fff;--playhead:#000}";
        assert_eq!(shortened(sheet), sheet);
    }

    #[test]
    fn what_the_sheet_does_not_set_keeps_its_name() {
        let sheet = ".a{width:calc(1px - var(--host, 2px));height:calc(3px - -2px)}";
        assert_eq!(shortened(sheet), sheet);
    }
}
