//! The page's program is cut in two where its links are known: a release keeps them (see `xtask/pieces.mjs`).

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let set = |name| std::env::var_os(name).is_some();
    let is_wasm = std::env::var("CARGO_CFG_TARGET_FAMILY").is_ok_and(|it| it == "wasm");
    if is_wasm && set("CARGO_FEATURE_WEB") && !set("CARGO_CFG_DEBUG_ASSERTIONS") {
        println!("cargo::rustc-link-arg-bin=app=--emit-relocs");
    }
}
