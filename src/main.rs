//! Browser entry: mounts the page's stages.

use wasm_bindgen::JsValue;

fn main() -> Result<(), JsValue> {
    expert_chef::page::start()
}
