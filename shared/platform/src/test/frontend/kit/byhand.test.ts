import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { curlPost, groovy, shell, stepCall } from "@shera/kit/byhand";
import { useTexts } from "@shera/kit/texts";

Object.assign(globalThis, { location: { href: "https://jenkins.example.com/shera/" } });
useTexts({}, "en");

test("writes a step call that Groovy reads back", () => {
  assert.equal(
    stepCall("deployApplication", { tenant: "pay", replicas: 2, wait: true }),
    "deployApplication tenant: 'pay', replicas: 2, wait: true",
  );
  assert.equal(
    stepCall("deployMiddleware", { name: "db", parameters: { database: "it's", "max-size": 3 }, env: {} }),
    "deployMiddleware name: 'db', parameters: [database: 'it\\'s', 'max-size': 3], env: [:]",
  );
  assert.equal(groovy("it's\na \\ ${trap}"), "'it\\'s\\na \\\\ ${trap}'");
});

test("quotes so that a shell gives the very text to the program", () => {
  for (const value of ["plain", "two words", "it's", "$(id)", "a\nb", "", "`x`", "-rf", "*"]) {
    const said = execFileSync("sh", ["-c", `printf '%s' ${shell(value)}`], { encoding: "utf8" });
    assert.equal(said, value);
  }
});

test("names the whole address and leaves the token to the caller's environment", () => {
  const line = curlPost("/shera/tenant/payments/remove", { version: 3 });
  assert.equal(
    line,
    `curl --fail-with-body --user "$USER:$TOKEN" \\\n  https://jenkins.example.com/shera/tenant/payments/remove \\\n  --json '{"version":3}'`,
  );
});
