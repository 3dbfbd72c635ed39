import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { test } from "node:test";
import { messages, parse } from "../../main/frontend/messages.mjs";

const home = process.env["SHERA_MODULE"] ?? "";
const bundle = path.join(home, "src/main/resources/io/jenkins/plugins/shera/platform/pages/Messages");
const english = parse(`${bundle}.properties`);
const sources = scripts(path.join(home, "src/main/frontend")).map((file) => readFileSync(file, "utf8"));

function scripts(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.name !== "node_modules")
    .flatMap((entry) => {
      const full = path.join(folder, entry.name);
      return entry.isDirectory() ? scripts(full) : full.endsWith(".ts") ? [full] : [];
    });
}

test("every text a script names is there", () => {
  const named = new Set(
    sources.flatMap((source) => [...source.matchAll(/\btext\(\s*"([\w.-]+)"/g)].map(([, key]) => key ?? "")),
  );
  const counted = new Set(
    sources.flatMap((source) => [...source.matchAll(/\bcounted\(\s*"([\w.-]+)"/g)].map(([, key]) => key ?? "")),
  );
  assert.ok(named.size > 100);
  assert.deepEqual(
    [...named].filter((key) => !(key in english)),
    [],
  );
  assert.deepEqual(
    [...counted].filter((key) => !(`${key}.other` in english)),
    [],
  );
});

for (const language of ["zh-CN", "zh-TW"]) {
  test(`${language} fills the same places as English`, () => {
    const translated = parse(`${bundle}${language === "zh-CN" ? "_zh_CN" : "_zh_TW"}.properties`);
    assert.deepEqual(Object.keys(translated).sort(), Object.keys(english).sort());
    const places = (said: string) => [...said.matchAll(/\{\d\}/g)].map(String).sort();
    for (const [key, said] of Object.entries(messages(bundle, language))) {
      assert.deepEqual(places(String(said)), places(english[key] ?? ""), key);
    }
  });
}
