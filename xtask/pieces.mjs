// Cuts the page's program in two where src/bin/app/rest.rs says, once Trunk has built a release: what the first
// page needs, and the rest, which is fetched behind it; and shortens the scripts of wasm-bindgen. Trunk runs this
// (see Trunk.toml).
//
// `wasm-split-cli` parts the functions and the constants by the links that the linker left in the program; only
// then comes wasm-bindgen, which must not see the links between the two, and wasm-opt.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { minify } from "terser";

const { TRUNK_PROFILE: profile, TRUNK_STAGING_DIR: site, CARGO_TARGET_DIR: target = "target" } = process.env;

const run = (program, ...words) => execFileSync(program, words, { stdio: "inherit" });

/** How wasm-bindgen names the import through which the first piece asks for the rest; web/start.js answers it. */
const asked = 'require("./__wasm_split.js")';
const answered = "{ __wasm_split_load_rest: (callback, data) => window.sightline.fetchRest(callback, data) }";

async function cut() {
  const folder = join(target, "pieces");
  const at = (name) => join(folder, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  run("wasm-split-cli", join(target, "wasm32-unknown-unknown/web/app.wasm"), folder, "--out-name", "app");
  run("wasm-bindgen", "--target", "no-modules", "--no-typescript", "--remove-name-section", "--keep-lld-exports", "--out-dir", at("bound"), at("app.wasm"));
  const glue = readFileSync(at("bound/app.js"), "utf8");
  if (glue.split(asked).length !== 2) throw new Error(`wasm-bindgen's script does not name the rest as ${asked}, once.`);
  for (const [from, to] of [["bound/app_bg.wasm", "app_bg.wasm"], ["split_rest.wasm", "app-rest.wasm"]]) {
    run("wasm-opt", "-Oz", "--strip-debug", "--strip-producers", at(from), "-o", join(site, to));
  }
  writeFileSync(join(site, "app.js"), await shorter(glue.replace(asked, answered)));
}

/** The workers, by the names of their programs. */
const workers = ["clerk-worker", "list-worker", "lock-worker", "store-worker"];

/** A script made short. (Trunk's own way gives the same script other names at each build.) */
async function shorter(script) {
  return (await minify(script, { ecma: 2020 })).code;
}

async function shorten() {
  for (const name of workers) writeFileSync(join(site, `${name}.js`), await shorter(readFileSync(join(target, `wasm-bindgen/release/${name}.js`), "utf8")));
}

if (profile === "release") {
  await cut();
  await shorten();
}
