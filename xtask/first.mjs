// Which files of dist/ a browser gets until the first page can be used: all that web/start.js waits for before it
// starts the page, and what the page itself names. The rest of its program, and those of the workers, come behind it.
const first = /^(index\.html|favicon-.*|main-.*|safe-.*|start-.*|app-.{12}\.js|app_bg-.*|worker-.{12}\.js|store-worker-.{12}\.js)$/;
const compressed = /\.(br|gz|txt)$/;

/** Those of these names. */
export const firstFiles = (names) => names.filter((name) => first.test(name) && !compressed.test(name));
