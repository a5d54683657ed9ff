// Looks at the browser before all else, in words that every browser understands: this file is ECMAScript 5.
// Where Sightline cannot run it shows, in place of a blank page, which browsers can.
(function () {
  "use strict";

  /** Programs of a few bytes, each with one instruction that Sightline's programs use. */
  var needed = {
    "bulk memory": [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 5, 3, 1, 0, 1, 10, 14, 1, 12, 0, 65, 0, 65, 0, 65, 0, 252, 10, 0, 0, 11],
    "reference types": [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 10, 7, 1, 5, 0, 208, 112, 26, 11],
    SIMD: [0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0, 65, 0, 253, 15, 253, 98, 11]
  };

  function lacks() {
    if (document.documentMode) return "It is Internet Explorer, or Edge in Internet Explorer mode.";
    if (typeof WebAssembly !== "object" || typeof WebAssembly.validate !== "function") {
      return "WebAssembly is turned off, or missing. (Edge: the enhanced security mode turns it off; add this address to its exceptions.)";
    }
    for (var name in needed) {
      if (!WebAssembly.validate(new Uint8Array(needed[name]))) return "Its WebAssembly has no " + name + ".";
    }
    if (typeof Promise !== "function" || typeof Worker !== "function" || typeof Blob !== "function") return "It has no workers.";
    return "";
  }

  /**
   * A script that does not come may be one of an older version, named by a page out of a cache: that page is
   * asked for anew, once. Nothing has been started, so nothing is lost.
   */
  window.addEventListener && window.addEventListener("error", function (event) {
    var timing = window.performance && performance.getEntriesByType && performance.getEntriesByType("navigation")[0];
    if (event.target && event.target.nodeName === "SCRIPT" && timing && timing.type !== "reload") location.reload();
  }, true);

  var lack = lacks();
  if (!lack) return;
  var starting = document.getElementById("starting");
  if (starting) starting.parentNode.removeChild(starting);
  document.getElementById("too-old-reason").appendChild(
    document.createTextNode(lack + "\nPage: " + location.href.split("#")[0] + "\nBrowser: " + navigator.userAgent)
  );
  var page = document.getElementById("too-old");
  page.removeAttribute("hidden");
  page.hidden = false;
  document.title = "This browser cannot run Sightline";
})();
