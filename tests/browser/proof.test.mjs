// The page that proves: what it says of requests, policies, headers and files is what a host and a disk say.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import { chooseFile, dist, expectAccessible, expectSilence, host, openPage, phone } from "./harness.mjs";

/** The rows of a table, each as the texts of its cells. */
const rows = (page, id) => page.locator(`#${id} tbody tr`).evaluateAll((rows) => rows.map((row) => [...row.cells].map((cell) => cell.innerText.trim())));

async function prove(page) {
  await page.getByRole("link", { name: "Prove it" }).click();
  await page.getByRole("heading", { name: "Every request since this page was opened" }).waitFor();
}

test("it names every request that the browser made, and none after the network was shut", async (t) => {
  const opened = await openPage(t);
  await prove(opened.page);
  const made = opened.requests.map(({ url }) => url).filter((url) => !/^(blob|data):/.test(url)).map((url) => url.replace(opened.address, "") || "./");
  const named = (await rows(opened.page, "requests")).map(([address]) => address);
  // The icon is the browser's own doing, and not counted by all of them.
  const known = (names) => [...new Set(names)].filter((name) => !name.endsWith(".svg")).sort();
  assert.deepEqual(known(named), known(made));
  await opened.page.getByText(/The network was shut [\d.]+ seconds after the page was opened. Since then: no request./).waitFor();
  await expectSilence(opened);
  await expectAccessible(opened.page);
});

test("each file that came has the hash that it has on disk, and stands in the list of the release", async (t) => {
  const { page } = await openPage(t);
  await prove(page);
  const files = await rows(page, "files");
  const names = (await readdir(dist)).filter((name) => /\.(wasm|js|css)$/.test(name) || name === "index.html");
  assert.deepEqual(files.map(([name]) => name).filter((name) => !name.endsWith(".svg")).sort(), names.sort());
  for (const [name, verdict, hash] of files) {
    assert.equal(hash, createHash("sha256").update(await readFile(join(dist, name))).digest("hex"), name);
    assert.equal(verdict, "As listed", name);
  }
  const { version, build } = JSON.parse((await readFile(join(dist, "index.html"), "utf8")).match(/id="files">([^<]*)/)[1]);
  await page.getByRole("contentinfo").getByText(`Sightline ${version}, build ${build}`).waitFor();
});

test("a list of another release is told apart, and what is no list is refused", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "sightline-proof-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  const { page } = await openPage(t, { viewport: phone });
  await prove(page);
  const sums = await readFile(join(dist, "SHA256SUMS"), "utf8");
  await writeFile(join(folder, "SHA256SUMS"), sums.replace(/^.{64}(?= {2}index\.html$)/m, "0".repeat(64)));
  await chooseFile(page, "#release-sums", join(folder, "SHA256SUMS"));
  await page.getByText("Held against the list that you chose.").waitFor();
  const verdicts = Object.fromEntries((await rows(page, "files")).map(([name, verdict]) => [name, verdict]));
  assert.equal(verdicts["index.html"], "Different");
  assert.deepEqual([...new Set(Object.entries(verdicts).filter(([name]) => name !== "index.html").map(([, verdict]) => verdict))], ["As listed"]);
  await chooseFile(page, "#release-sums", join(dist, "index.html"));
  await page.getByRole("alert").getByText("This is not a list of hashes.").waitFor();
  await expectAccessible(page);
});

test("of a host that sends no headers it says what each of them leaves open; of one that sends all, nothing", async (t) => {
  const text = await readFile(join(dist, "_headers"), "utf8");
  const ours = Object.fromEntries(text.split("\n\n")[0].split("\n").slice(1).map((line) => line.trim().split(/: (.*)/s).slice(0, 2)));
  for (const [headers, expected] of [[{}, "No"], [ours, "Yes"]]) {
    const { page, close } = await openPage(t, { at: await host(t, { headers }) });
    await prove(page);
    const said = await rows(page, "headers");
    assert.equal(said.length, 6);
    for (const [name, sent, means] of said) {
      assert.equal(sent, expected, name);
      assert.equal(means === "Nothing is left open.", expected === "Yes", name);
    }
    const policies = await page.locator("ol code").allInnerTexts();
    assert.match(policies[0], /default-src 'none'/);
    assert.equal(policies.at(-1), "connect-src 'none'");
    await close();
  }
});

test("opened as a file it says that no host sent anything, and hashes what stands in it", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "sightline-proof-"));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await cp(join(dist, "sightline.html"), join(folder, "sightline.html"));
  const { page } = await openPage(t, { at: pathToFileURL(join(folder, "sightline.html")).href });
  await prove(page);
  await page.getByText("No host sent this page").waitFor();
  await page.getByText(/Since then: no request/).waitFor();
  const files = await rows(page, "files");
  assert.ok(files.length >= 6);
});
