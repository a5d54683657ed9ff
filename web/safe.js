// What still works when a program does not: plain script, without WebAssembly.
//
// - A fault of the page's program is told at once, with whether all is saved. Nothing is loaded anew by
//   itself: what was typed still stands in the fields, to be copied.
// - After two starts that failed, the safe mode: which rounds are kept here, and for each a file of its
//   sealed records as they lie on disk, from every place, which `sightline open` reads with the passphrase.
//   Nothing is changed or removed.
//
// It runs before web/start.js, which does nothing while <html> bears data-safe, and which sets data-failed when
// it cannot start the page. <html> bears data-settled once the page stands (with its round, where it shows
// one), and data-saved while all that was written is on disk.
"use strict";
(() => {
  const root = document.documentElement;
  const COUNT = "sightline.failed-starts";
  /** Folders and databases: a person's own rounds, and trials with the made-up list. */
  const SPACES = ["sightline", "sightline-trial"];

  /** The small memory, or nothing where the browser refuses it. */
  function memory() {
    try {
      return window.localStorage;
    } catch {
      return undefined;
    }
  }

  /** A start that nobody called good counts as failed, unless the person left before it was over. */
  function countStart(failed) {
    let over = false;
    const note = (count) => {
      try {
        memory()?.setItem(COUNT, String(count));
      } catch {
        // A browser that keeps nothing has nothing to hand out either.
      }
    };
    note(failed + 1);
    const settled = () => {
      if (over || root.dataset.settled !== "true") return;
      over = true;
      note(0);
    };
    new MutationObserver(settled).observe(root, { attributes: true });
    addEventListener("pagehide", () => {
      if (!over && !root.dataset.fault && !root.dataset.failed) note(failed);
    });
  }

  // A fault of the page's program.

  /** Tells of it once, above the page as it stood. */
  function tell(error) {
    console.error(error);
    if (root.dataset.fault) return;
    root.dataset.fault = "true";
    const told = document.getElementById("fault").content.cloneNode(true);
    const part = (name) => told.querySelector(`[data-part="${name}"]`);
    part(root.dataset.saved === "false" ? "saved" : "unsaved").remove();
    part("reason").textContent = [
      `Sightline met a fault: ${error?.message ?? error}`,
      root.dataset.faultAt ? `At: ${root.dataset.faultAt}` : "",
      `Page: ${location.origin}${location.pathname}`,
      `Browser: ${navigator.userAgent}`,
    ]
      .filter(Boolean)
      .join("\n");
    part("reload").addEventListener("click", () => location.reload());
    document.getElementById("app").before(told);
    document.getElementById("fault-title").focus();
  }

  const isFault = (error) => error instanceof WebAssembly.RuntimeError;
  addEventListener("error", (event) => isFault(event.error) && tell(event.error));
  addEventListener("unhandledrejection", (event) => isFault(event.reason) && tell(event.reason));

  // The safe mode.

  const base64 = (bytes) => {
    let text = "";
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(text);
  };

  /** What a segment's first record says in plain: when the round was opened, and whether it is made up. */
  function headOf(bytes) {
    try {
      const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);
      const payload = bytes.subarray(8, 8 + length);
      return payload[0] === 0 ? JSON.parse(new TextDecoder().decode(payload.subarray(41))) : {};
    } catch {
      return {};
    }
  }

  async function fromFiles(space) {
    const found = [];
    const disk = await navigator.storage?.getDirectory?.();
    const folder = await disk?.getDirectoryHandle(space).catch(() => undefined);
    if (!folder) return found;
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind !== "file") continue;
      const bytes = new Uint8Array(await (await handle.getFile()).arrayBuffer());
      const [, round, epoch] = name.match(/^([^.]+)\.(\d+)\.seg$/) ?? [];
      if (round) found.push({ place: "opfs", round, epoch: Number(epoch), bytes });
      // Of earlier versions, in plain; what stands beside the rounds is no part of one.
      else if (/\.(journal|aside)$/.test(name)) found.push({ place: "opfs", round: name.split(/[.-]/)[0], file: name, bytes });
    }
    return found;
  }

  const answer = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
      request.onupgradeneeded = () => request.transaction.abort(); // There is none: it is not made either.
    });

  async function fromDatabase(name) {
    const database = await answer(indexedDB.open(name)).catch(() => undefined);
    if (!database) return [];
    try {
      if (!database.objectStoreNames.contains("chunks")) return [];
      const chunks = () => database.transaction("chunks").objectStore("chunks");
      const [keys, values] = await Promise.all([answer(chunks().getAllKeys()), answer(chunks().getAll())]);
      const parts = new Map();
      keys.forEach(([round, epoch, offset], at) => {
        const id = `${round}.${epoch}`;
        if (!parts.has(id)) parts.set(id, { round, epoch, chunks: [] });
        parts.get(id).chunks.push({ offset, bytes: new Uint8Array(values[at]) });
      });
      return [...parts.values()].map(({ chunks, ...part }) => ({ place: "indexeddb", ...part, bytes: joined(chunks) }));
    } finally {
      database.close();
    }
  }

  /** Pieces of segments, each with its offset, joined; a gap is filled with zeros. */
  function joined(pieces) {
    const bytes = new Uint8Array(Math.max(0, ...pieces.map(({ offset, bytes }) => offset + bytes.length)));
    for (const piece of pieces) bytes.set(piece.bytes, piece.offset);
    return bytes;
  }

  /** What the small memory has: where a browser gives no files, it is the second place. A byte is a character. */
  function fromMemory() {
    const kept = memory();
    const parts = new Map();
    for (const name of kept ? Object.keys(kept) : []) {
      const [, round, epoch, offset] = name.match(/^sightline\.seg:(?:[^/]*\/)?([^.]+)\.(\d+):(\d+)$/) ?? [];
      if (!round) continue;
      const id = `${round}.${epoch}`;
      if (!parts.has(id)) parts.set(id, { round, epoch: Number(epoch), pieces: [] });
      const bytes = Uint8Array.from(kept.getItem(name), (character) => character.charCodeAt(0));
      parts.get(id).pieces.push({ offset: Number(offset), bytes });
    }
    return [...parts.values()].map(({ pieces, ...part }) => ({ place: "localstorage", ...part, bytes: joined(pieces) }));
  }

  /** All that lies here, by round; a place that cannot be read is named. */
  async function gather() {
    const rounds = new Map();
    const faults = [];
    const places = [...SPACES.flatMap((space) => [() => fromFiles(space), () => fromDatabase(space)]), fromMemory];
    for (const place of places) {
      const found = await Promise.resolve()
        .then(place)
        .catch((error) => (faults.push(String(error?.message ?? error)), []));
      for (const part of found) {
        if (!rounds.has(part.round)) rounds.set(part.round, []);
        rounds.get(part.round).push(part);
      }
    }
    return { rounds, faults };
  }

  function save(round, parts) {
    const segments = parts.map(({ round: _, bytes, ...part }) => ({ ...part, bytes: base64(bytes) }));
    const file = new Blob([JSON.stringify({ format: "sightline-raw/1", round, segments })], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(file);
    link.download = `sightline-raw-${round}.json`;
    link.click();
    URL.revokeObjectURL(link.href);
  }

  function describe(parts) {
    const heads = parts.map(({ bytes }) => headOf(bytes)).filter(({ opened_at: at }) => at);
    const day = heads.length > 0 && new Date(heads[0].opened_at).toLocaleDateString("en-GB", { dateStyle: "long" });
    const size = Math.ceil(parts.reduce((sum, { bytes }) => sum + bytes.length, 0) / 1024);
    return `${heads[0]?.made_up ? "A trial with a made-up list" : "A round"}${day ? `, opened on ${day}` : ""} (${size} KB)`;
  }

  async function safeMode() {
    root.dataset.safe = "true";
    const page = document.getElementById("safe").content.cloneNode(true);
    const list = page.querySelector('[data-part="rounds"]');
    const none = page.querySelector('[data-part="none"]');
    page.querySelector('[data-part="again"]').addEventListener("click", () => {
      memory()?.removeItem(COUNT);
      location.reload();
    });
    document.getElementById("starting")?.remove();
    document.getElementById("app").replaceWith(page);
    document.title = "Safe mode – Sightline";
    const { rounds, faults } = await gather();
    none.textContent = faults.length > 0 ? `Not everything could be read: ${faults.join("; ")}.` : "Nothing is kept in this browser.";
    none.hidden = rounds.size > 0 && faults.length === 0;
    for (const [round, parts] of rounds) {
      const item = document.getElementById("safe-round").content.cloneNode(true);
      item.querySelector('[data-part="what"]').textContent = describe(parts);
      item.querySelector("button").addEventListener("click", () => save(round, parts));
      list.append(item);
    }
    root.dataset.ready = "true";
  }

  let failed = 0;
  try {
    failed = Number(memory()?.getItem(COUNT)) || 0;
  } catch {
    // Refused: each start is the first.
  }
  if (failed >= 2) safeMode();
  else countStart(failed);
})();
