// The benchmark of draws as the list worker does them: benches/draw.rs as WebAssembly, built as the
// page is, in Node's V8, which is Chromium's engine. `cargo xtask bench` builds and runs it.
//
//   node benches/draw.mjs MODULE     what `wasm-bindgen --target nodejs` made of the bench
import { createRequire } from "node:module";
import { resolve } from "node:path";

globalThis.now = () => performance.now();
createRequire(import.meta.url)(resolve(process.argv[2]));
process.stdout.write(globalThis.report);
