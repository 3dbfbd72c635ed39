import assert from "node:assert/strict";
import { test } from "node:test";
import { matching, parts, query, type LogLine } from "../../main/frontend/pages/parts/model";

const line = (text: string): LogLine => ({
  time: "",
  nanos: "1",
  pod: "p",
  container: "c",
  text,
});

test("a query holds what was chosen and nothing else", () => {
  const choice = {
    environment: "dev",
    pod: "",
    container: "",
    since: "",
    until: "",
    previous: false,
  };
  assert.equal(query(choice, { tail: "10" }), "environment=dev&tail=10");
  assert.equal(query({ ...choice, previous: true }), "environment=dev&previous=true");
});

test("a filter knows no case", () => {
  assert.deepEqual(
    matching([line("an ERROR"), line("fine")], "error").map((one) => one.text),
    ["an ERROR"],
  );
});

test("hits are every second part", () => {
  assert.deepEqual(parts("aXbxc", "x"), ["a", "X", "b", "x", "c"]);
  assert.deepEqual(parts("abc", ""), ["abc"]);
});
