// Reads the message bundles of a plugin the way the server does, for the development pages and the tests of texts.
import { readFileSync } from "node:fs";

/** All texts of a bundle (path without `.properties`) in a language, English where a key has no other text. */
export function messages(bundle, language = "en") {
  const suffix = { "zh-CN": "_zh_CN", "zh-TW": "_zh_TW" }[language];
  return { ...parse(`${bundle}.properties`), ...(suffix ? parse(`${bundle}${suffix}.properties`) : {}) };
}

/** The entries of one properties file: `key=text` lines with \uXXXX, as this project writes them. */
export function parse(file) {
  const entries = {};
  for (const line of readFileSync(file, "utf8").split("\n")) {
    const at = line.indexOf("=");
    if (at < 0 || line.startsWith("#")) continue;
    const text = line
      .slice(at + 1)
      .replace(/\\u([0-9A-Fa-f]{4})/g, (_, code) => String.fromCharCode(parseInt(code, 16)));
    entries[line.slice(0, at).trim()] = text.replaceAll("\\n", "\n").replace(/\\(.)/g, "$1");
  }
  return entries;
}
