//! Browser entry: mounts the page's stages.

fn main() {
    if let Err(error) = expert_chef::page::start() {
        // `boot.js` catches it and says so on the page.
        wasm_bindgen::throw_val(error);
    }
}
