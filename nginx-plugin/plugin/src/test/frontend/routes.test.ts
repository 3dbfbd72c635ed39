import assert from "node:assert/strict";
import { test } from "node:test";
import { orderOf, stepOf } from "../../main/frontend/pages/parts/publish";
import { addresses, heir } from "../../main/frontend/pages/parts/remove";
import type { Route } from "../../main/frontend/pages/parts/model";

const route = (path: string, more: Partial<Route> = {}): Route => ({
  host: "shop.example.com",
  port: 8080,
  path,
  tenant: "retail",
  application: `app${path.length}`,
  environment: "dev",
  members: [],
  percent: 0,
  rules: 0,
  canary: [],
  ...more,
});

test("what is left open is left out, and addresses go before the service", () => {
  const said = { application: "shop", environment: "dev", host: "shop.example.com", path: "", port: "8080" };
  assert.deepEqual(orderOf("edge", { ...said, service: "s", address: "podIP", members: [] }), {
    nginx: "edge",
    application: "shop",
    environment: "dev",
    host: "shop.example.com",
    port: 8080,
    service: "s",
    address: "podIP",
  });
  const order = orderOf("edge", { ...said, service: "s", members: ["10.0.0.5:80", "it's:80"], certificate: "c" });
  assert.deepEqual(order.tls, { certificate: "c" });
  assert.equal(order.service, undefined);
  assert.equal(
    stepOf(order),
    "publishRoute nginx: 'edge', application: 'shop', environment: 'dev', host: 'shop.example.com', port: 8080," +
      " tls: [certificate: 'c'], members: ['10.0.0.5:80', 'it\\'s:80']",
  );
});

test("the requests of a route that is gone go to the longest path of its host that begins theirs", () => {
  const gone = route("/a/b");
  const all = [gone, route("/"), route("/a"), route("/b"), route("/a", { port: 9 }), route("/a/", { host: "other" })];
  assert.equal(heir(gone, all)?.path, "/a");
  assert.equal(heir(route("/"), all), undefined);
});

test("a route is reached by each of its names, plain and over TLS", () => {
  const tls = { certificate: "c", port: 443, redirect: 0, hsts: 0, http2: false };
  assert.deepEqual(addresses(route("/", { port: 80, tls, routeRules: { aliases: "www.example.com" } })), [
    "http://shop.example.com/",
    "https://shop.example.com/",
    "http://www.example.com/",
    "https://www.example.com/",
  ]);
});
