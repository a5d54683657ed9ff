// Writes the bill of materials of what is uploaded, as CycloneDX 1.6: every crate that is compiled into a
// program, and what npm brings of the styles and the single file. Usage: node xtask/sbom.mjs FILE
//
// It says nothing of the moment or the machine: the same Cargo.lock gives the same bytes.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";

/** npm's packages of which something is uploaded. */
const shipped = ["govuk-frontend", "xz-decompress"];

const [file] = process.argv.slice(2);
const root = new URL("../", import.meta.url);
const read = (name) => readFileSync(new URL(name, root), "utf8");

function crates() {
  const options = ["metadata", "--format-version", "1", "--locked", "--offline", "--filter-platform", "wasm32-unknown-unknown", "--features", "web"];
  const { packages, resolve } = JSON.parse(execFileSync("cargo", options, { cwd: root, maxBuffer: 1 << 28, stdio: ["ignore", "pipe", "ignore"] }));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const own = packages.find(({ name, source }) => name === "sightline" && source === null);
  /** What a crate needs when it runs in a browser, not when it is built or tested. */
  const needs = (id) => nodes.get(id).deps.filter(({ dep_kinds }) => dep_kinds.some(({ kind }) => kind === null)).map(({ pkg }) => pkg);
  const reached = new Set();
  const reach = (id) => {
    if (reached.has(id)) return;
    reached.add(id);
    needs(id).forEach(reach);
  };
  reach(own.id);
  const sums = new Map([...read("Cargo.lock").matchAll(/name = "(.+)"\nversion = "(.+)"\nsource = .*\nchecksum = "(.+)"/g)].map(([, name, version, sum]) => [`${name}@${version}`, sum]));
  const all = packages.filter(({ id }) => reached.has(id));
  const refs = new Map(all.map(({ id, name, version }) => [id, `pkg:cargo/${name}@${version}`]));
  return { own, all, sums, refs, needs };
}

const license = (expression) => (expression ? [{ expression: expression.replaceAll("/", " OR ") }] : undefined);

function bill() {
  const { own, all, sums, refs, needs } = crates();
  const lock = JSON.parse(read("package-lock.json")).packages;
  const ofNpm = shipped.map((name) => {
    const { version, license: licensed, integrity } = lock[`node_modules/${name}`];
    const purl = `pkg:npm/${name}@${version}`;
    const content = Buffer.from(integrity.replace("sha512-", ""), "base64").toString("hex");
    return { type: "library", "bom-ref": purl, name, version, hashes: [{ alg: "SHA-512", content }], licenses: license(licensed), purl };
  });
  const libraries = all.filter(({ id }) => id !== own.id).map(({ id, name, version, source, license: licensed, description }) => {
    const sum = sums.get(`${name}@${version}`);
    return {
      type: "library",
      "bom-ref": refs.get(id),
      name,
      version,
      description: description?.trim(),
      hashes: sum && [{ alg: "SHA-256", content: sum }],
      licenses: license(licensed),
      purl: source ? refs.get(id) : undefined, // a package of our own is in no registry
    };
  });
  const components = [...libraries, ...ofNpm].sort((one, other) => (one["bom-ref"] < other["bom-ref"] ? -1 : 1));
  const main = { type: "application", "bom-ref": refs.get(own.id), name: own.name, version: own.version, description: own.description, licenses: license(own.license) };
  const dependencies = all
    .map(({ id }) => ({ ref: refs.get(id), dependsOn: [...new Set([...needs(id).map((need) => refs.get(need)), ...(id === own.id ? ofNpm.map(({ purl }) => purl) : [])])].sort() }))
    .sort((one, other) => (one.ref < other.ref ? -1 : 1));
  const content = { bomFormat: "CycloneDX", specVersion: "1.6", version: 1, metadata: { component: main }, components, dependencies };
  const hash = createHash("sha256").update(JSON.stringify(content)).digest("hex");
  const serialNumber = `urn:uuid:${hash.slice(0, 8)}-${hash.slice(8, 12)}-5${hash.slice(13, 16)}-8${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
  return { ...content, serialNumber };
}

writeFileSync(file, `${JSON.stringify(bill(), undefined, 1)}\n`);
