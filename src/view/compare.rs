//! Which strategies stand side by side, and what is done about slow and
//! failing calls.

use expert_chef_core::asked::config::{COMPARED, Config};
use expert_chef_core::asked::retry::MAX_RETRIES;
use expert_chef_core::asked::strategy::Strategy;
use expert_chef_core::decimal;
use expert_chef_core::markup::{Element, Text, html};
use expert_chef_core::shown::words;

/// A choice for each kitchen, and the policy that all of them share.
#[must_use]
pub fn compare(config: &Config) -> Element {
    let count = config.compare.len();
    let mut kitchens = html("ol").class("compare__kitchens");
    for (index, &strategy) in config.compare.iter().enumerate() {
        kitchens = kitchens.child(kitchen(index, strategy, count > *COMPARED.start()));
    }
    let policy = &config.policy;
    let timeout = policy
        .timeout
        .map_or_else(String::new, |limit| decimal::short(limit.ms()));
    html("div")
        .class("compare")
        .child(html("h3").class("drawer__heading").text("The kitchens"))
        .child(kitchens)
        .child(
            html("button")
                .class("button button--quiet")
                .attr("type", "button")
                .attr("data-action", "add-kitchen")
                .flag("disabled", count >= *COMPARED.end())
                .text("Add a kitchen"),
        )
        .child(
            html("div")
                .class("compare__policy")
                .child(field(
                    "Time-out for each attempt, ms",
                    "timeout",
                    timeout,
                    "none",
                ))
                .child(field("Retries", "retries", policy.retries.to_string(), "0"))
                .child(field(
                    "First back-off, ms",
                    "backoff",
                    decimal::short(policy.backoff.ms()),
                    "100",
                )),
        )
        .child(
            html("p")
                .class("compare__note")
                .child(
                    html("a")
                        .attr("href", config.scenario.on_real_services())
                        .text("Call real services on this machine"),
                )
                .text(" instead, once ")
                .child(html("code").text("make services"))
                .text(" runs there."),
        )
        .child(html("p").class("compare__note").text(format!(
            "A call that fails in a way that may pass is tried again up to {MAX_RETRIES} times, \
             after a wait that is drawn anew each time and whose limit doubles (full jitter)."
        )))
}

fn kitchen(index: usize, strategy: Strategy, can_go: bool) -> Element {
    let mut select = html("select")
        .class("field__input")
        .attr("data-input", "strategy")
        .attr("data-index", index.to_string())
        .attr("aria-label", format!("Kitchen {}", index + 1));
    for choice in Strategy::ALL {
        let title: Text = match choice {
            Strategy::Pool(_) => "Pool of".into(),
            Strategy::Workers(_) => "Workers".into(),
            other => words::title(other),
        };
        select = select.child(html("option").attr("value", choice.kind()).text(title));
    }
    let mut row = html("li")
        .class("compare__kitchen")
        .child(select.attr(".value", strategy.kind()));
    let limit = match strategy {
        Strategy::Pool(limit) => Some(("limit", "How many at a time", limit.to_string())),
        Strategy::Workers(0) => Some(("workers", "How many workers", String::new())),
        Strategy::Workers(count) => Some(("workers", "How many workers", count.to_string())),
        _ => None,
    };
    if let Some((input, label, value)) = limit {
        row = row.child(
            html("input")
                .class("field__input compare__limit")
                .attr("type", "text")
                .attr("inputmode", "numeric")
                .attr("aria-label", label)
                .maybe("placeholder", (input == "workers").then_some("cores"))
                .attr("data-input", input)
                .attr("data-index", index.to_string())
                .attr(".value", value),
        );
    }
    row.child(
        html("button")
            .class("button button--quiet")
            .attr("type", "button")
            .attr("data-action", "remove-kitchen")
            .attr("data-index", index.to_string())
            .flag("disabled", !can_go)
            .text("Remove"),
    )
    .child(
        html("p")
            .class("compare__about")
            .text(words::purpose(strategy)),
    )
}

fn field(
    label: &'static str,
    input: &'static str,
    value: String,
    placeholder: &'static str,
) -> Element {
    html("label")
        .class("field")
        .child(html("span").class("field__label").text(label))
        .child(
            html("input")
                .class("field__input")
                .attr("type", "text")
                .attr("inputmode", "numeric")
                .attr("placeholder", placeholder)
                .attr("data-input", input)
                .attr(".value", value),
        )
}
