"use strict";
// The log of a running build as it grows, its stages beside it.
(function () {
  const console = document.querySelector("[data-log-url]");
  if (!console) {
    return;
  }
  const PAUSE_MS = 1000;

  function follow(start) {
    fetch(console.dataset.logUrl + "?start=" + start, { headers: { "Cache-Control": "no-cache" } })
      .then((answer) => {
        const size = answer.headers.get("X-Text-Size");
        const more = answer.headers.get("X-More-Data") === "true";
        return answer.text().then((text) => {
          const atEnd = window.innerHeight + window.scrollY >= document.body.scrollHeight - 40;
          console.append(text);
          if (atEnd && text && start > 0) {
            window.scrollTo(0, document.body.scrollHeight);
          }
          if (more) {
            window.setTimeout(() => follow(Number(size)), PAUSE_MS);
          } else if (console.dataset.running === "true") {
            window.setTimeout(() => window.location.reload(), PAUSE_MS);
          }
        });
      })
      .catch(() => window.setTimeout(() => follow(start), 5 * PAUSE_MS));
  }

  function refresh() {
    fetch(window.location.href, { headers: { "Cache-Control": "no-cache" } })
      .then((answer) => answer.text())
      .then((html) => {
        const page = new DOMParser().parseFromString(html, "text/html");
        ["build-state", "build-stages", "build-inputs"].forEach((id) => {
          const fresh = page.getElementById(id);
          const shown = document.getElementById(id);
          if (fresh && shown && fresh.innerHTML !== shown.innerHTML && !shown.contains(document.activeElement)) {
            shown.replaceWith(fresh);
          }
        });
        window.setTimeout(refresh, 2 * PAUSE_MS);
      })
      .catch(() => window.setTimeout(refresh, 5 * PAUSE_MS));
  }

  follow(0);
  if (console.dataset.running === "true") {
    window.setTimeout(refresh, PAUSE_MS);
  }
})();
