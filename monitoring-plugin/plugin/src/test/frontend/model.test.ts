import assert from "node:assert/strict";
import { test } from "node:test";
import { earlier, joined, matching, named, parts, query, type LogLine } from "../../main/frontend/pages/parts/model";
import { stepOf } from "../../main/frontend/pages/parts/step";

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
    grep: "",
    regex: false,
  };
  assert.equal(query(choice, { tail: "10" }), "environment=dev&tail=10");
  assert.equal(query({ ...choice, previous: true }), "environment=dev&previous=true");
  assert.equal(query({ ...choice, grep: "a b", regex: true }), "environment=dev&grep=a+b&regex=true");
});

test("the step is given what the page reads", () => {
  const choice = {
    environment: "dev",
    pod: "p",
    container: "c",
    since: "x",
    until: "",
    previous: true,
    grep: "o'k",
    regex: true,
  };
  assert.equal(
    stepOf("shop", choice, "10m"),
    "fetchLogs application: 'shop', environment: 'dev', since: '10m', pod: 'p', containers: 'c', grep: 'o\\'k', regex: true, previous: true",
  );
  const all = { ...choice, pod: "", container: "", grep: "", regex: false, previous: false };
  assert.equal(
    stepOf("shop", { ...all, until: "y" }, "own"),
    "fetchLogs application: 'shop', environment: 'dev', since: 'x', until: 'y'",
  );
  assert.equal(stepOf("shop", { ...all, since: "" }, "live"), "fetchLogs application: 'shop', environment: 'dev'");
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

test("lines that come late stand where their time is, and none stands twice", () => {
  const at = (nanos: string, pod: string): LogLine => ({ ...line(`${pod} ${nanos}`), nanos, pod });
  const before = [at("1000000000000000001", "a"), at("1000000000000000005", "a")];
  const now = [at("1000000000000000003", "b"), at("1000000000000000005", "a"), at("1000000000000000009", "a")];
  assert.deepEqual(
    joined(before, now).map((one) => one.text),
    ["a 1000000000000000001", "b 1000000000000000003", "a 1000000000000000005", "a 1000000000000000009"],
  );
  assert.equal(joined(before, []).length, 2);
  assert.equal(earlier("1000000010000000000"), "1000000005000000000");
  assert.equal(earlier("1"), "0");
});

test("containers are named by whether some of their lines are there", () => {
  const unread = [
    { pod: "p1", container: "c", begun: false, why: "NOT_FOUND" },
    { pod: "p2", container: "c", begun: true, why: "UNREACHABLE" },
    { pod: "p3", container: "c", begun: false, why: "OVERLOADED" },
  ];
  assert.equal(named(unread, false), "p1/c (NOT_FOUND), p3/c (OVERLOADED)");
  assert.equal(named(unread, true), "p2/c (UNREACHABLE)");
  assert.equal(named([], true), "");
});
