//! Browser entry of the page on which a reader's own program runs: the stage,
//! as on any page, and what asks for a program and judges it. A program of its
//! own, so that no other page is heavier for it.

/// As the other entry has it.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    // Not a page's thread: one of its workers'.
    if web_sys::window().is_none() {
        return expert_chef::workers::serve();
    }
    if let Err(error) = expert_chef::exercise::start() {
        // `boot.js` catches it and says so on the page.
        wasm_bindgen::throw_val(error);
    }
}
