// The benchmark of draws as the list worker does them: benches/draw.rs as WebAssembly, built as the
// page is, in Node's V8, which is Chromium's engine. `cargo xtask bench` builds and runs it.
//
//   node benches/draw.mjs MODULE     what `wasm-bindgen --target experimental-nodejs-module` made of the bench
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

globalThis.now = () => performance.now();
await import(pathToFileURL(resolve(process.argv[2])));
process.stdout.write(globalThis.report);
