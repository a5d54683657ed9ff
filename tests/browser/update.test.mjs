// A newer version on the host: told to the page that is open, never forced on it; nothing stale, nothing lost.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cp, mkdtemp, readFile, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { dist, expectSilence, host, openPage, waitFor } from "./harness.mjs";
import * as walk from "./walk.mjs";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A folder as a host serves it, and what puts the next version in its place: no file of the one before stays but by its name. */
async function served(t) {
  const scratch = await mkdtemp(join(tmpdir(), "sightline-update-"));
  t.after(() => rm(scratch, { recursive: true, force: true }));
  const [folder, next] = ["served", "next"].map((name) => join(scratch, name));
  await cp(dist, folder, { recursive: true });
  // The same programs under another version: its page and its build are others.
  execFileSync(process.execPath, ["xtask/pack.mjs", "target/site", next, "99.0.0"], { cwd: root, stdio: "inherit" });
  return {
    folder,
    async update() {
      for (const name of await readdir(folder)) await rm(join(folder, name));
      await cp(next, folder, { recursive: true });
    },
  };
}

test("with an audit open, a newer version is offered, and taken only when the person says so", async (t) => {
  const { folder, update } = await served(t);
  const opened = await openPage(t, { at: await host(t, { folder }) });
  const { page, context, address } = opened;
  await page.getByRole("button", { name: "Try with a made-up list" }).click();
  await walk.listRead(page);
  await walk.drawSample(page, { size: 3, seed: "one" });
  await walk.nextPage(page, () => page.getByRole("link", { name: "Go to the cases" }).click());
  await walk.nextPage(page, () => page.getByRole("link", { name: "Start case 1", exact: true }).click());
  await walk.nextPage(page, () => page.getByRole("link", { name: "Start", exact: true }).click());

  await update();
  await expectSilence(opened);
  const offer = page.getByRole("region", { name: "Important" }).filter({ hasText: "A newer version of Sightline is there" });
  assert.equal(await offer.count(), 0);

  // A second window gets what the host has now. The first learns of it from that one, without a request.
  const second = await context.newPage();
  await second.goto(address);
  await waitFor(second, "ready");
  await second.getByText("Sightline 99.0.0, build").waitFor();
  await second.close();
  await offer.waitFor();
  await page.getByText(/Sightline (?!99)[\d.]+, build/).first().waitFor();

  // The audit goes on as if nothing were.
  const section = page.url();
  const area = page.getByLabel("What did you see, and where?");
  await area.fill("Written after the host had a newer version");
  await walk.saved(page);
  assert.equal(page.url(), section);

  await page.getByRole("button", { name: "Load the newer version" }).click();
  await page.getByText("Sightline 99.0.0, build").waitFor();
  await waitFor(page, "ready");
  assert.equal(page.url(), section);
  assert.equal(await page.getByLabel("What did you see, and where?").inputValue(), "Written after the host had a newer version");
  assert.equal(await offer.count(), 0);
});

test("a page that was fetched while the host got a newer version says so once it is in", async (t) => {
  const { folder, update } = await served(t);
  const at = await host(t, { folder });
  let updated;
  const opened = await openPage(t, {
    at,
    until: "started",
    // The page itself, asked for a second time behind its programs, is of the newer version by then.
    async route(context) {
      await context.route(at, async (route) => {
        if (route.request().resourceType() === "fetch") await (updated ??= update());
        await route.continue();
      });
    },
    errors: [/404/],
  });
  await opened.page.getByText("A newer version of Sightline is there").waitFor();
  await opened.page.getByText("load Sightline 99.0.0").waitFor();
});

for (const [what, pattern] of [
  ["script", /start-[0-9a-f]{12}\.js/g],
  ["program", /app_bg-[0-9a-f]{12}\.wasm"/g],
]) {
  test(`a page out of a cache that names a ${what} of an older version is asked for anew`, async (t) => {
    const html = await readFile(join(dist, "index.html"), "utf8");
    const stale = html.replaceAll(pattern, (name) => name.replace(/[0-9a-f]{12}/, "000000000000")).replaceAll(/"app_bg-0{12}\.wasm\.txt"/g, '"gone.txt"');
    assert.notEqual(stale, html);
    const at = await host(t);
    let asked = 0;
    const { page } = await openPage(t, {
      at,
      async route(context) {
        // As a cache on the way does that kept the page of the version before, until a reload asks it for a new one.
        await context.route(at, async (route) => {
          asked += 1;
          if (asked === 1) await route.fulfill({ body: stale, contentType: "text/html" });
          else await route.continue();
        });
      },
      errors: [/404/, /integrity/],
    });
    await page.getByRole("heading", { name: "Audit casework from a sample that anyone can check" }).waitFor();
  });
}
