import assert from "node:assert/strict";
import { test } from "node:test";
import { putAt, valueAt } from "@shera/kit/values";

test("writes and reads paths as the server names fields", () => {
  const body: Record<string, unknown> = {};
  putAt(body, "quota.cpu", "16");
  putAt(body, "namespaces[0].cluster", "east");
  putAt(body, "namespaces[0].namespace", "pay");
  assert.deepEqual(body, { quota: { cpu: "16" }, namespaces: [{ cluster: "east", namespace: "pay" }] });
  assert.equal(valueAt(body, "namespaces[0].namespace"), "pay");
  assert.equal(valueAt(body, "namespaces[1].namespace"), undefined);
});

test("refuses to write into the prototype of everything", () => {
  assert.throws(() => putAt({}, "__proto__.admin", true), /not a field/);
});
