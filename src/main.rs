//! Browser entry: mounts the page's stages or, in a worker, serves them.

/// Its code is a third as long as that of the allocator it replaces, and each
/// allocation takes the same short time.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: rlsf::SmallGlobalTlsf = rlsf::SmallGlobalTlsf::new();

fn main() {
    // Not a page's thread: one of its workers'.
    if web_sys::window().is_none() {
        return expert_chef::workers::serve();
    }
    if let Err(error) = expert_chef::page::start() {
        // `boot.js` catches it and says so on the page.
        wasm_bindgen::throw_val(error);
    }
}
