// What is uploaded, on hosts of every kind: a real one with our snippet, one that does not know .wasm,
// a path of any depth, no host at all, and a network that is gone.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { dist, download, expectSilence, host, openPage } from "./harness.mjs";
import * as walk from "./walk.mjs";

/** From the front page to a certificate, without a file: every program has a part in it. */
async function mainJob(page) {
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await walk.listRead(page);
  await walk.drawSample(page, { size: 3, seed: "one" });
  await walk.nextPage(page, () => page.getByRole("link", { name: "Go to the cases" }).click());
  await page.getByRole("link", { name: "Start case 1", exact: true }).waitFor();
}

/** Further, to a signed case and a workbook of findings. */
async function wholeJob(page) {
  await mainJob(page);
  await walk.nextPage(page, () => page.getByRole("link", { name: "Start case 1", exact: true }).click());
  await walk.nextPage(page, () => page.getByRole("link", { name: "Start", exact: true }).click());
  while (/\/cases\/1\/(?!check)/.test(page.url())) {
    await walk.answerSection(page, { grade: "Good", reason: "As the file says", evidence: "Seen on the file" });
  }
  await page.getByRole("button", { name: "Sign this case" }).click();
  await page.getByText("Case 1 is signed").waitFor();
  await page.evaluate(() => (location.hash = "#/findings"));
  await page.getByRole("heading", { level: 1, name: "Findings" }).waitFor();
  const { bytes } = await download(page, () => page.getByRole("button", { name: "Save as Excel workbook" }).click());
  const book = createRequire(import.meta.url)("xlsx").read(bytes);
  assert.ok(book.SheetNames.includes("Answers"), book.SheetNames.join());
}

async function scratch(t) {
  const folder = await mkdtemp(join(tmpdir(), "sightline-host-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test("every file is the one that SHA256SUMS names, and none is left out", async () => {
  const sums = (await readFile(join(dist, "SHA256SUMS"), "utf8")).trim().split("\n").map((line) => line.split("  "));
  const names = (await readdir(dist)).filter((name) => name !== "SHA256SUMS").sort();
  assert.deepEqual(sums.map(([, name]) => name), names);
  for (const [sum, name] of sums) {
    assert.equal(createHash("sha256").update(await readFile(join(dist, name))).digest("hex"), sum, name);
  }
});

test("a script that was changed on its way does not run", async (t) => {
  const folder = join(await scratch(t), "changed");
  await cp(dist, folder, { recursive: true });
  const name = (await readdir(folder)).find((name) => /^app-.*\.js$/.test(name));
  await writeFile(join(folder, name), `${await readFile(join(folder, name), "utf8")}\nwindow.changed = true;`);
  const { page } = await openPage(t, { at: await host(t, { folder }), until: null, errors: [/./] });
  await page.getByRole("heading", { name: "Sightline could not start" }).waitFor();
  assert.equal(await page.evaluate(() => window.changed), undefined);
});

test("once all is in, the network is shut, and stays shut", async (t) => {
  const { page, address } = await openPage(t, { errors: [/connect-src/, /Refused to connect/, /violates/] });
  const asked = (url) => page.evaluate((url) => fetch(url).then(() => "answered", () => "refused"), url);
  await page.waitForFunction(() => document.querySelectorAll('meta[http-equiv="Content-Security-Policy"]').length === 2);
  assert.equal(await asked(address), "refused");
  await page.evaluate(() => document.querySelectorAll("meta[http-equiv]").forEach((meta) => meta.remove()));
  assert.equal(await asked(address), "refused");
});

test("with the cable out after the load the whole job works", async (t) => {
  const opened = await openPage(t);
  await opened.context.setOffline(true);
  await wholeJob(opened.page);
  await expectSilence(opened);
});

for (const [what, options] of [
  ["gives .wasm no type", { type: (name) => (name.endsWith(".wasm") ? "application/octet-stream" : undefined) }],
  ["refuses .wasm", { refuse: /\.wasm$/ }],
]) {
  test(`on a host that ${what} the whole job works`, async (t) => {
    const types = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml", wasm: "application/wasm" };
    const type = (name) => options.type?.(name) ?? types[name.split(".").pop()];
    const at = await host(t, { ...options, type });
    const { page } = await openPage(t, { at, errors: [/404/, /integrity/] });
    await mainJob(page);
  });
}

test("from a file, without any host, the whole job works, and says that nothing is kept", async (t) => {
  const folder = join(await scratch(t), "a stick");
  await cp(dist, folder, { recursive: true });
  const { page, requests } = await openPage(t, { at: pathToFileURL(join(folder, "sightline.html")).href });
  await wholeJob(page);
  await page.getByText("This round is in memory only").waitFor();
  const asked = requests.filter(({ url }) => !/^(blob|data):/.test(url));
  assert.equal(asked.length, 1, JSON.stringify(asked));
});

async function freePort() {
  const server = createServer();
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Hosts with our snippet, serving dist/ under a path: what starts each, and the files that it is told by. */
const hosts = {
  nginx: ({ folder, port, path }) => ({
    arguments: ["-c", join(folder, "nginx.conf"), "-p", folder],
    files: {
      "nginx.conf": `daemon off; master_process off; worker_processes 1; error_log stderr; pid ${folder}/pid;
        events {}
        http {
          access_log off; client_body_temp_path ${folder}/b; proxy_temp_path ${folder}/p; fastcgi_temp_path ${folder}/f;
          uwsgi_temp_path ${folder}/u; scgi_temp_path ${folder}/s;
          server { listen 127.0.0.1:${port}; location ${path} { alias ${dist}/; include ${dist}/nginx.conf; } }
        }`,
    },
  }),
  apache2: ({ folder, port, path }) => ({
    arguments: ["-d", "/usr/lib/apache2", "-f", join(folder, "apache.conf"), "-DFOREGROUND"],
    files: {
      "apache.conf": `ServerName 127.0.0.1
        Listen 127.0.0.1:${port}
        PidFile ${folder}/pid
        ErrorLog ${folder}/log
        ${["mpm_event", "authz_core", "alias", "dir", "mime", "headers"].map((it) => `LoadModule ${it}_module modules/mod_${it}.so`).join("\n")}
        TypesConfig /etc/mime.types
        DocumentRoot ${folder}
        Alias ${path} ${dist}/
        <Directory ${dist}>
          AllowOverride All
          Require all granted
        </Directory>`,
    },
  }),
  caddy: async ({ folder, port, path }) => ({
    arguments: ["run", "--adapter", "caddyfile", "--config", join(folder, "Caddyfile")],
    files: {
      snippet: (await readFile(join(dist, "Caddyfile"), "utf8")).replace("/srv/sightline", dist),
      Caddyfile: `{\n admin off\n auto_https off\n}\nhttp://127.0.0.1:${port} {\n handle_path ${path}* {\n import ${folder}/snippet\n }\n}\n`,
    },
  }),
};

/** One of them, running; `undefined` where it is not on this machine. */
async function running(t, name, path) {
  const program = ["/usr/sbin", "/usr/bin", "/usr/local/sbin", "/usr/local/bin"].map((folder) => join(folder, name)).find((it) => existsSync(it));
  if (!program) return undefined;
  const [folder, port] = [await scratch(t), await freePort()];
  const { arguments: words, files } = await hosts[name]({ folder, port, path });
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  const server = spawn(program, words, { stdio: ["ignore", "ignore", "pipe"], env: { ...process.env, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder } });
  let said = "";
  server.stderr.on("data", (text) => (said += text));
  t.after(() => server.kill());
  const address = `http://127.0.0.1:${port}${path}`;
  for (;;) {
    if (server.exitCode !== null) throw new Error(`${name} ended: ${said}${await readFile(join(folder, "log"), "utf8").catch(() => "")}`);
    if (await fetch(address).then((answer) => answer.ok, () => false)) return address;
  }
}

for (const name of Object.keys(hosts)) {
  test(`on ${name} with our snippet, deep in a path, the whole job works and every header is there`, async (t) => {
    const at = await running(t, name, "/qa/tools/sightline/");
    if (!at) return t.skip(`${name} is not on this machine`);
    const page = await fetch(at);
    const html = await page.text();
    assert.match(page.headers.get("content-security-policy"), /default-src 'none'.*frame-ancestors 'none'/);
    assert.equal(page.headers.get("connection-allowlist"), "(response-origin);webrtc=block");
    assert.equal(page.headers.get("x-content-type-options"), "nosniff");
    assert.equal(page.headers.get("referrer-policy"), "no-referrer");
    assert.equal(page.headers.get("cache-control"), "no-cache");
    const program = html.match(/app_bg-[0-9a-f]{12}\.wasm/)[0];
    const wasm = await fetch(new URL(program, at), { headers: { "accept-encoding": "gzip" } });
    assert.equal(wasm.headers.get("content-type"), "application/wasm");
    assert.equal(wasm.headers.get("cache-control"), "public, max-age=31536000, immutable");
    if (name !== "apache2") assert.equal(wasm.headers.get("content-encoding"), "gzip");
    assert.match(wasm.headers.get("content-security-policy"), /default-src 'none'/);

    const opened = await openPage(t, { at });
    await mainJob(opened.page);
    await expectSilence(opened);
  });
}

test("in a folder of another name, with blanks and letters of all kinds, the whole job works", async (t) => {
  const folder = await scratch(t);
  await cp(dist, join(folder, "Qualität & audit (new)"), { recursive: true });
  const at = `${await host(t, { folder })}${encodeURIComponent("Qualität & audit (new)")}/`;
  const opened = await openPage(t, { at });
  await mainJob(opened.page);
  await expectSilence(opened);
});
