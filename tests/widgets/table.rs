//! Promises of the table of a run.

use expert_chef::view::table::{MOST_ROWS, table};
use expert_chef_core::asked::scenario::Scenario;
use expert_chef_core::shown::stage::State;

use crate::{calls, class, content, find, has, recording, tagged};

#[test]
fn the_table_is_square() {
    let tasks = Scenario::default().tasks;
    let recording = recording(&tasks);
    let whole = table(&recording, State::Finished);
    let rows = tagged(tagged(&whole, "tbody")[0], "tr");
    assert_eq!(rows.len(), tasks.len());
    let columns = 1 + 4 * recording.runs().len();
    for row in rows.iter().chain(&tagged(tagged(&whole, "tfoot")[0], "tr")) {
        assert_eq!(row.children.len(), columns);
        assert_eq!(find(row, &|cell| has(cell, "scope", "row")).len(), 1);
    }
    assert_eq!(
        find(&whole, &|cell| has(cell, "scope", "col")).len(),
        columns
    );
    assert_eq!(
        content(rows[0]),
        "user0 ms500 ms500 msdone0 ms500 ms500 msdone"
    );
}

#[test]
fn a_long_table_counts_what_it_leaves_out() {
    let tasks = calls(1_000);
    let table = table(&recording(&tasks), State::Finished);
    let rows = tagged(tagged(&table, "tbody")[0], "tr");
    assert_eq!(rows.len(), MOST_ROWS);
    let rest = find(&table, &|element| class(element, "calls__rest"));
    assert_eq!(
        content(rest[0]),
        "… and 900 more calls. One after another: 900 done. All at once: 900 done."
    );
}
