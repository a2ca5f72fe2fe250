//! A program on the page that is not the reader's own, and the link by which they
//! pass theirs on.

use expert_chef_core::markup::{Element, html};
use expert_chef_core::shown::session::{Origin, Session};

/// Where the program is from that stands where the reader writes, and the way back
/// to theirs; or the way to it.
#[must_use]
pub fn guest(session: &Session) -> Element {
    let mut drawn = html("div").class("session__guest");
    if let Some(why) = session.refused() {
        drawn = drawn.child(
            html("p")
                .class("notice")
                .attr("role", "alert")
                .attr("data-part", "refused")
                .text(why.to_owned()),
        );
    }
    let Some(guest) = session.guest() else {
        return drawn;
    };
    if !guest.is_on {
        let word = match guest.origin {
            Origin::Link(_) => "Show the program from the link",
            Origin::Lesson(_) => "Show the lesson’s program",
        };
        return drawn.child(button("turn", "guest", word));
    }
    let from = match &guest.origin {
        Origin::Link(_) => "This program came with the link. It is not yours".to_owned(),
        Origin::Lesson(name) => [
            "This is the lesson’s program “",
            name,
            "”, as it stands there",
        ]
        .concat(),
    };
    let is_new = session.run().is_none() && !session.is_due();
    let rest = match is_new {
        true => ", and has not been run: read it, then press Run.",
        false => ". What you write is kept, and not in the place of yours.",
    };
    drawn.child(
        html("div")
            .class("notice")
            .attr("data-part", "guest")
            .child(html("p").attr("role", "status").text(from + rest))
            .child(
                html("div")
                    .class("share__buttons")
                    .child(button("turn", "own", "Back to yours"))
                    .child(button("adopt", "", "Make it yours")),
            ),
    )
}

/// The link to the reader's program, once they have asked for it.
#[must_use]
pub fn link(session: &Session) -> Element {
    let sharing = session.sharing();
    let mut drawn = html("div").class("share session__share");
    if let Some(link) = sharing.link() {
        drawn = drawn.child(
            html("pre")
                .attr("data-line", "link")
                .attr("tabindex", "0")
                .attr("role", "region")
                .attr("aria-label", "A link to this program")
                .child(html("code").text(link.to_owned())),
        );
    }
    drawn.child(
        html("p")
            .class("compare__note share__said")
            .attr("role", "status")
            .text(sharing.said().to_owned()),
    )
}

fn button(action: &'static str, value: &'static str, word: &'static str) -> Element {
    html("button")
        .class("button button--quiet")
        .attr("type", "button")
        .attr("data-action", action)
        .attr("data-value", value)
        .text(word)
}
