// Ways in which a page can send something out, each tried from the running page: which get through is
// exactly what SECURITY.md says, without the headers that a host can send and with them.
import assert from "node:assert/strict";
import { createSocket } from "node:dgram";
import { createServer } from "node:http";
import { readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { test } from "node:test";
import { dist, openPage } from "./harness.mjs";

/** Ways that leave the page as it is. `at` is the address of the listener elsewhere, `udp` its port for datagrams. */
const quiet = {
  fetch: ({ at }) => fetch(at),
  "fetch without reading": ({ at }) => fetch(at, { mode: "no-cors" }),
  "fetch that outlives the page": ({ at }) => fetch(at, { method: "POST", body: "x", keepalive: true, mode: "no-cors" }),
  XMLHttpRequest: ({ at }) => {
    const request = new XMLHttpRequest();
    request.open("GET", at);
    request.send();
  },
  beacon: ({ at }) => navigator.sendBeacon(at, "x"),
  EventSource: ({ at }) => void new EventSource(at),
  WebSocket: ({ at }) => void new WebSocket(at.replace("http", "ws")),
  image: ({ at }) => void (new Image().src = at),
  "image of several sizes": ({ at }) => void (new Image().srcset = `${at} 1x`),
  picture: ({ at, add }) => void add("source", { srcset: at }, add("picture")).after(document.createElement("img")),
  video: ({ at, add }) => void add("video", { src: at, autoplay: "" }),
  "video poster": ({ at, add }) => void add("video", { poster: at }),
  audio: ({ at }) => new Audio(at).play(),
  track: ({ at, add }) => void add("track", { default: "", src: at }, add("video", { crossorigin: "anonymous" })),
  "style sheet": ({ at, add }) => void add("link", { rel: "stylesheet", href: at }),
  "style element": ({ at, add }) => void (add("style").textContent = `@import url("${at}");`),
  "style attribute": ({ at, add }) => void add("p", { style: `background: url(${at})` }),
  "style by script": ({ at }) => void (document.body.style.backgroundImage = `url(${at})`),
  font: ({ at }) => new FontFace("x", `url(${at})`).load(),
  script: ({ at, add }) => void add("script", { src: at }),
  "module script": ({ at, add }) => void add("script", { type: "module", src: at }),
  import: ({ at }) => import(at),
  prefetch: ({ at, add }) => void add("link", { rel: "prefetch", href: at }),
  preload: ({ at, add }) => void add("link", { rel: "preload", as: "image", href: at }),
  modulepreload: ({ at, add }) => void add("link", { rel: "modulepreload", href: at }),
  frame: ({ at, add }) => void add("iframe", { src: at }),
  "frame of its own text": ({ at, add }) => void add("iframe", { srcdoc: `<img src="${at}">` }),
  object: ({ at, add }) => void add("object", { data: at }),
  embed: ({ at, add }) => void add("embed", { src: at }),
  "svg image": ({ at, add }) => void add("image", { href: at }, add("svg", {}, document.body, true), true),
  "form to a frame": ({ at, add }) => {
    add("iframe", { name: "inner" });
    add("form", { action: at, method: "post", target: "inner" }).submit();
  },
  ping: ({ at, add }) => add("a", { href: "#x", ping: at }).click(),
  base: ({ at, add }) => void (add("base", { href: at }), add("img", { src: "?way=base" })),
  "markup by script": ({ at }) => void (document.body.innerHTML += `<img src="${at}">`),
};

/** Ways that go to another page or open one, each tried by itself. */
const leaving = {
  form: ({ at, add }) => add("form", { action: at, method: "post" }).submit(),
  "form to a new window": ({ at, add }) => add("form", { action: at, method: "post", target: "_blank" }).submit(),
  "new window": ({ at }) => void window.open(at),
  "link to a new window": ({ at, add }) => add("a", { href: at, target: "_blank" }).click(),
  WebRTC: async ({ udp }) => {
    const connection = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${udp}` }] });
    connection.createDataChannel("x");
    await connection.setLocalDescription(await connection.createOffer());
  },
  refresh: ({ at, add }) => void add("meta", { "http-equiv": "refresh", content: `0; url=${at}` }, document.head),
  location: ({ at }) => void (location.href = at),
};

/** What a page cannot close by itself: SECURITY.md names the same five. */
const open = ["WebRTC", "link to a new window", "location", "new window", "refresh"];

/** A host elsewhere that notes which ways reach it, and a port for datagrams. */
async function elsewhere(t) {
  const reached = new Set();
  const server = createServer((request, response) => {
    const way = new URL(request.url, "http://x").searchParams.get("way");
    if (way) reached.add(way);
    response.writeHead(200, { "access-control-allow-origin": "*" }).end("x");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const socket = createSocket("udp4");
  socket.on("message", () => reached.add("WebRTC"));
  await new Promise((resolve) => socket.bind(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
    socket.close();
  });
  return {
    reached,
    at: (way) => `http://127.0.0.1:${server.address().port}/?way=${encodeURIComponent(way)}`,
    udp: socket.address().port,
  };
}

/** dist/ with headers that a host may send. */
async function hostWith(t, headers) {
  const types = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".wasm": "application/wasm" };
  const server = createServer(async (request, response) => {
    const name = new URL(request.url, "http://x").pathname.slice(1) || "index.html";
    const empty = name === "empty.html" && "<!doctype html><title>empty</title><p>empty";
    const body = empty || (await readFile(join(dist, name)).catch(() => undefined));
    response.writeHead(body ? 200 : 404, { "content-type": types[extname(name)] ?? "text/plain", ...headers });
    response.end(body);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}/`;
}

/** The headers of the snippet for hosts, as a host would send them. */
async function ourHeaders() {
  const text = await readFile(join(dist, "_headers"), "utf8");
  const lines = text.split("\n\n")[0].split("\n").slice(1);
  return Object.fromEntries(lines.map((line) => line.trim().split(/: (.*)/s).slice(0, 2)));
}

/** How long is waited for something that is not to happen, in milliseconds. */
const patience = 700;

/** The ways that get through from a page: ours, or an empty one without any policy. */
async function reachedFrom(t, { headers = {}, page: name = "" } = {}) {
  const listener = await elsewhere(t);
  const at = `${await hostWith(t, headers)}${name}`;
  const { page, context } = await openPage(t, { at, until: null, errors: [/./] });
  const shut = () => document.title === "empty" || document.querySelectorAll('meta[http-equiv="Content-Security-Policy"]').length === 2;
  const go = (ways) =>
    page.evaluate(
      async ([ways, udp]) => {
        const add = (name, attributes = {}, parent = document.body, svg = false) => {
          const element = svg ? document.createElementNS("http://www.w3.org/2000/svg", name) : document.createElement(name);
          parent.append(element);
          for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
          return element;
        };
        for (const [way, at] of ways) {
          try {
            // The debugger's world may evaluate; the way itself is under the page's policy.
            Promise.resolve((0, eval)(`(${way})`)({ at, udp, add })).catch(() => {});
          } catch {
            // Refused on the spot.
          }
        }
      },
      [ways.map(([way, go]) => [go.toString(), listener.at(way)]), listener.udp],
    );
  await page.waitForFunction(shut);
  await go(Object.entries(quiet));
  await page.waitForTimeout(2 * patience);
  for (const way of Object.entries(leaving)) {
    await page.goto("about:blank");
    await page.goto(at);
    await page.waitForFunction(shut);
    await go([way]).catch(() => {}); // the page may be gone before it answers
    await page.waitForTimeout(patience);
    for (const other of context.pages()) if (other !== page) await other.close();
  }
  return [...listener.reached].sort();
}

test("each way gets through from a page that has no policy, or the trial would show nothing", async (t) => {
  const all = [...Object.keys(quiet), ...Object.keys(leaving)];
  const reached = await reachedFrom(t, { page: "empty.html" });
  assert.deepEqual(all.filter((way) => !reached.includes(way)), []);
});

test("without headers five ways out are open, and no other", async (t) => {
  assert.deepEqual(await reachedFrom(t), open);
});

test("with our headers none is open", async (t) => {
  assert.deepEqual(await reachedFrom(t, { headers: await ourHeaders() }), []);
});

test("a worker has nothing by which to reach the network", async (t) => {
  const { page } = await openPage(t);
  const names = ["fetch", "XMLHttpRequest", "WebSocket", "EventSource", "importScripts", "caches"];
  for (const worker of page.workers()) {
    assert.deepEqual(await worker.evaluate((names) => names.filter((name) => self[name] !== undefined), names), []);
  }
  assert.ok(page.workers().length >= 2);
});
