// Serves the built pages over the answers in src/test/frontend/fixtures.json, with the Content-Security-Policy of Jenkins:
// for work on a page without a Jenkins. Not part of the build.
import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { messages } from "./messages.mjs";

const TYPES = { ".js": "text/javascript", ".css": "text/css", ".json": "application/json" };
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'self'";

/** Serves `pages` (fixtures.json, host.css) and `output` (the bundles) on the loopback address. */
export function serve(port, { output, pages, bundle }) {
  const read = () => JSON.parse(readFileSync(path.join(pages, "fixtures.json"), "utf8"));
  const server = createServer((request, response) => {
    answer(request, read(), { output, pages, bundle }).then(
      ({ status = 200, type, body }) => {
        response.writeHead(status, {
          "Content-Type": `${type}; charset=utf-8`,
          "Content-Security-Policy": POLICY,
          "Cache-Control": "no-store",
        });
        response.end(body);
      },
      (failure) => {
        response.writeHead(500);
        response.end(failure.message);
      },
    );
  });
  server.listen(port, "127.0.0.1", () => console.log(`http://127.0.0.1:${server.address().port}/shera/`));
}

async function answer(request, fixtures, { output, pages, bundle }) {
  const url = new URL(request.url, "http://localhost");
  const known = url.pathname.replace(/(.)\/$/, "$1");
  if (request.method === "POST") return json(fixtures.writes[known] ?? { ok: true, url: "/shera", version: 2 });
  if (fixtures.reads[known]) return json(fixtures.reads[known]);
  if (fixtures.pages[known])
    return {
      type: "text/html",
      body: shell(known, fixtures.pages[known], url.searchParams.get("lang") ?? "en", bundle),
    };
  const file =
    known === "/host.css"
      ? path.join(pages, "host.css")
      : known.startsWith("/bundle/")
        ? path.join(output, path.normalize(known.slice(8)))
        : null;
  if (!file)
    return {
      status: 404,
      ...json({ error: "There is no such thing here.", where: known, next: "Go back to the console." }),
    };
  return { type: TYPES[path.extname(file)] ?? "application/octet-stream", body: await readFile(file) };
}

function json(body) {
  return { status: body.error ? 422 : 200, type: "application/json", body: JSON.stringify(body) };
}

function shell(url, { page, ...data }, language, bundle) {
  const attributes = {
    page,
    url,
    root: "",
    shera: "/shera",
    lang: language,
    texts: JSON.stringify(messages(bundle, language)),
    ...data,
  };
  const written = Object.entries(attributes).map(([name, value]) => `data-${name}="${escaped(String(value))}"`);
  return `<!DOCTYPE html><html lang="${escaped(language)}"><head data-crumb-header="Jenkins-Crumb" data-crumb-value="fixture">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>SheRa</title><link rel="icon" href="data:,">
<link rel="stylesheet" href="/host.css"><link rel="stylesheet" href="/bundle/shera.css">
<script type="module" src="/bundle/pages/${page}.js"></script></head>
<body><header id="page-header">Jenkins</header><div id="main-panel"><main><div id="shera-page" ${written.join(" ")}></div></main></div></body></html>`;
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}
