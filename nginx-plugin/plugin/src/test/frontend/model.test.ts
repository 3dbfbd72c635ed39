import assert from "node:assert/strict";
import { test } from "node:test";
import { ending } from "../../main/frontend/pages/parts/certificates";
import {
  addressOf,
  byHost,
  gathered,
  pieces,
  rows,
  sides,
  standing,
  textOf,
  type Cluster,
  type Daemon,
  type Route,
  type Side,
} from "../../main/frontend/pages/parts/model";

test("highlighting never loses a letter, whatever the text", () => {
  for (const text of ['a { b "c;\\"}" $d; # e\n}', '"', "'x\n", "$ ${ }", "map $a$b ü\u0000{"]) {
    assert.equal(
      pieces(text)
        .map((piece) => piece.text)
        .join(""),
      text,
    );
  }
});

test("a sign within quotes or a comment does not end a statement", () => {
  const names = pieces('return 200 "a; b {"; # c; d\nset $x 1;').filter((piece) => piece.kind === "name");
  assert.deepEqual(
    names.map((piece) => piece.text),
    ["return", "set"],
  );
});

test("a node that did not answer offers nothing to compare", () => {
  const cluster: Cluster = {
    cluster: "edge",
    whole: true,
    canOverwrite: false,
    tenant: "retail",
    mayRule: false,
    mayAccept: false,
    nodes: [
      { name: "a", error: "away" },
      {
        name: "b",
        error: "",
        generation: 3,
        found: { "routes.conf": "x" },
        intended: { "routes.conf": "y" },
        earlier: [{ generation: 2, at: "", files: { "routes.conf": "z" } }],
      },
    ],
  };
  const all = sides(cluster);
  assert.deepEqual(
    all.map((side) => side.id),
    ["b/found/3", "b/intended/3", "b/earlier/2"],
  );
  assert.equal(textOf(all[2]!, "routes.conf"), "z");
  assert.equal(textOf(all[2]!, "weights/weights.conf"), "");
});

test("two sides are compared by the files that both kinds can hold", () => {
  const files = { "nginx.conf": "n", "routes.conf": "r", "weights/weights.conf": "w" };
  const side = (kind: Side["kind"]): Side => ({ id: kind, node: "a", kind, generation: 1, files });
  const shown = (text: string) =>
    text
      .split("\n")
      .filter((line) => line.length === 1)
      .join("");
  assert.equal(shown(textOf(side("found"), "")), "nrw");
  assert.equal(shown(textOf(side("found"), "", side("intended"))), "rw");
  assert.equal(shown(textOf(side("found"), "", side("earlier"))), "r");
});

test("routes of a host stand together, and apart by port", () => {
  const route = (host: string, port: number, path: string) => ({ host, port, path }) as Route;
  const hosts = byHost([route("b", 80, "/"), route("a", 80, "/"), route("a", 81, "/"), route("a", 80, "/x")]);
  assert.deepEqual(
    hosts.map(([host, paths]) => `${host} ${paths.length}`),
    ["a:80 2", "a:81 1", "b:80 1"],
  );
});

test("a KubeNg node is away before it is behind, and what it left out is no success", () => {
  const half = { generation: 3, sha: "", endpoints: 0, reloads: 0, lastReload: "", error: "", leftOut: [] };
  const at = "2026-01-01T00:00:00Z";
  const now = Date.parse(at) + 1000;
  const cluster: Cluster = {
    cluster: "edge",
    whole: true,
    canOverwrite: false,
    tenant: "retail",
    mayRule: false,
    mayAccept: false,
    nodes: [],
    wantedGeneration: 3,
    wantedWeights: 3,
  };
  const node: Daemon = { name: "one", token: "", heardAt: at, routes: half, weights: half };
  assert.equal(standing({ name: "two", token: "", heardAt: "" }, cluster, now), "never");
  assert.equal(standing(node, cluster, now), "serves");
  assert.equal(standing(node, { ...cluster, wantedWeights: 4 }, now), "behind");
  assert.equal(standing(node, { ...cluster, wantedWeights: 4 }, now + 120_000), "away");
  assert.equal(standing({ ...node, routes: { ...half, leftOut: ["a.b.c: none"] } }, cluster, now), "error");
});

test("equal routes of several nodes are one, and different ones stand apart", () => {
  const route = (percent: number): Route => ({
    host: "shop.example.com",
    port: 80,
    path: "/",
    tenant: "retail",
    application: "shop",
    environment: "prod",
    members: [],
    percent,
    rules: 0,
    canary: [],
  });
  const node = (name: string, ...routes: Route[]) => ({ name, error: "", routes });
  const all = gathered({ cluster: "edge", nodes: [node("a", route(0)), node("b", route(0)), node("c", route(20))] });
  assert.deepEqual(
    all.map((one) => [one.url, one.route.percent, one.nodes]),
    [
      ["http://shop.example.com/", 0, 2],
      ["http://shop.example.com/", 20, 1],
    ],
  );
});

test("equal lines between changes are left out but for a few", () => {
  const lines = Array.from({ length: 20 }, (_, index) => String(index));
  const some = rows([
    { who: "NOBODY", pushed: lines },
    { who: "HAND", pushed: [], generated: [], node: ["x"] },
    { who: "NOBODY", pushed: ["a", "b"] },
  ]);
  assert.deepEqual(
    some.map((row) => ("skipped" in row ? row.skipped : row.node.join(" "))),
    [17, "17 18 19", "x", "a b"],
  );
});

test("a route with a certificate is found over TLS, on the usual port without naming it", () => {
  const route: Route = {
    host: "shop.example.com",
    port: 80,
    path: "/",
    tenant: "retail",
    application: "shop",
    environment: "dev",
    members: [],
    percent: 0,
    rules: 0,
    canary: [],
  };
  const tls = { certificate: "retail/shop", port: 443, redirect: 308, hsts: 0, http2: false };
  assert.equal(addressOf(route), "http://shop.example.com/");
  assert.equal(addressOf({ ...route, tls }), "https://shop.example.com/");
  assert.equal(addressOf({ ...route, tls: { ...tls, port: 8443 } }), "https://shop.example.com:8443/");
});

test("a certificate becomes urgent a month and a week before it ends", () => {
  assert.deepEqual([90, 30, 29, 7, 6, -1].map(ending), ["ok", "ok", "warn", "warn", "bad", "bad"]);
});
