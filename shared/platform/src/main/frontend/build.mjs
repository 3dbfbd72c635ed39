// Builds the pages of one plugin: type check, unit tests, bundles. Does nothing when nothing changed.
//
//   node build.mjs --module DIR            DIR/src/main/frontend -> DIR/target/webapp
//   node build.mjs --module DIR --plugin ID        also where the harness finds the files of plugin ID in tests
//   node build.mjs --module DIR --format   the same, and write every source as prettier wants it instead of complaining
//   node build.mjs --module DIR --serve N  build once, then serve the development pages of src/test/frontend on 127.0.0.1:N
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import process from "node:process";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const kitHome = path.dirname(fileURLToPath(import.meta.url));
const { values: options } = parseArgs({
  options: {
    module: { type: "string" },
    plugin: { type: "string" },
    serve: { type: "string" },
    format: { type: "boolean" },
  },
});
if (!options.module) {
  console.error("build.mjs: say which plugin to build: --module DIR");
  process.exit(2);
}
const moduleHome = path.resolve(options.module);
const sources = path.join(moduleHome, "src/main/frontend");
const tests = path.join(moduleHome, "src/test/frontend");
const texts = path.join(moduleHome, "src/main/resources");
const target = path.join(moduleHome, "target");
const output = path.join(target, "webapp");
const testOutput = path.join(target, "frontend-tests");

try {
  for (const home of new Set([kitHome, sources])) await install(home);
  await build();
} catch (failure) {
  console.error(`frontend: ${failure.message}`);
  process.exit(1);
}
if (options.serve) {
  const { serve } = await import("./serve.mjs");
  const bundle = path.join(
    (await files(texts)).find((file) => file.endsWith(path.join("pages", "Messages.properties"))) ?? "",
    "../Messages",
  );
  serve(Number(options.serve), { output, pages: tests, bundle });
}

/** Installs what the lock file names, once for each lock file: later builds need no network. */
async function install(home) {
  const lock = path.join(home, "package-lock.json");
  if (!existsSync(lock)) return;
  const wanted = createHash("sha256")
    .update(await readFile(lock))
    .digest("hex");
  const stamp = path.join(home, "node_modules", ".installed-lock");
  if (existsSync(stamp) && (await readFile(stamp, "utf8")) === wanted) return;
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const flags = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"];
  await run(npm, flags, { cwd: home, shell: process.platform === "win32" });
  await writeFile(stamp, wanted);
}

async function build() {
  const fingerprint = await fingerprintOf([kitHome, sources, tests, texts]);
  const stamp = path.join(target, "frontend.fingerprint");
  if (existsSync(output) && existsSync(stamp) && (await readFile(stamp, "utf8")) === fingerprint) return;
  await rm(output, { recursive: true, force: true });
  await rm(testOutput, { recursive: true, force: true });
  await mkdir(testOutput, { recursive: true });
  await Promise.all([typecheck(), checkFormat(), bundlePages(), runTests(), copyAxe()]);
  if (options.plugin) {
    await cp(output, path.join(target, "test-classes/webapp-of-plugin", options.plugin), { recursive: true });
  }
  await writeFile(stamp, fingerprint);
}

async function typecheck() {
  const compiler = path.join(kitHome, "node_modules/typescript/bin/tsc");
  await run(process.execPath, [compiler, "--project", path.join(sources, "tsconfig.json"), "--pretty", "false"], {});
}

async function checkFormat() {
  const prettier = path.join(kitHome, "node_modules/prettier/bin/prettier.cjs");
  const written = [...(await files(sources)), ...(await files(tests))].filter((file) =>
    /\.(ts|mjs|mts|css|json)$/.test(file),
  );
  const style = path.join(kitHome, "package.json");
  await run(
    process.execPath,
    [prettier, options.format ? "--write" : "--check", "--config", style, "--log-level=warn", ...written],
    {},
  );
}

/** One ES module for each script directly under pages/ and one style sheet for each beside it, the kit inside. */
async function bundlePages() {
  const entries = (await readdir(path.join(sources, "pages"), { withFileTypes: true }))
    .filter((entry) => entry.isFile() && /\.(ts|css)$/.test(entry.name))
    .map(({ name }) => ({
      in: path.join(sources, "pages", name),
      out: name.endsWith(".css") ? path.parse(name).name : `pages/${path.parse(name).name}`,
    }));
  await bundle({
    entryPoints: entries,
    outdir: output,
    format: "esm",
    target: ["es2022"],
    minifyWhitespace: true,
    minifySyntax: true,
    legalComments: "none",
    loader: { ".svg": "dataurl" },
  });
}

async function runTests() {
  const found = (await files(tests)).filter((file) => file.endsWith(".test.ts"));
  if (found.length === 0) return;
  const outdir = path.join(testOutput, "unit");
  await bundle({
    entryPoints: found,
    outdir,
    format: "esm",
    platform: "node",
    target: ["node20"],
    outExtension: { ".js": ".mjs" },
  });
  const bundled = (await files(outdir)).filter((file) => file.endsWith(".test.mjs"));
  const environment = { ...process.env, SHERA_MODULE: moduleHome, TZ: "UTC" };
  await run(process.execPath, ["--test", "--test-reporter=dot", ...bundled], { env: environment });
}

async function bundle(settings) {
  const { build: esbuild } = createRequire(path.join(kitHome, "package.json"))("esbuild");
  const alias = { "@shera/kit": path.join(kitHome, "kit") };
  await esbuild({
    bundle: true,
    charset: "utf8",
    logLevel: "warning",
    alias,
    nodePaths: [path.join(sources, "node_modules")],
    ...settings,
  });
}

/** The accessibility checker, where the browser tests of this plugin find it. */
async function copyAxe() {
  await copyFile(path.join(kitHome, "node_modules/axe-core/axe.min.js"), path.join(testOutput, "axe.min.js"));
}

async function fingerprintOf(folders) {
  const hash = createHash("sha256");
  for (const folder of new Set(folders)) {
    for (const file of (await files(folder)).sort()) {
      if (folder === texts && !file.endsWith(".properties")) continue;
      hash
        .update(path.relative(folder, file))
        .update("\0")
        .update(await readFile(file))
        .update("\0");
    }
  }
  return hash.digest("hex");
}

async function files(folder) {
  if (!existsSync(folder)) return [];
  const found = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (entry.name === "node_modules") continue;
    const full = path.join(folder, entry.name);
    if (entry.isDirectory()) found.push(...(await files(full)));
    else found.push(full);
  }
  return found;
}

function run(command, args, settings) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ["ignore", "pipe", "pipe"], ...settings });
    let said = "";
    child.stdout.on("data", (chunk) => (said += chunk));
    child.stderr.on("data", (chunk) => (said += chunk));
    child.on("error", (error) => reject(new Error(`cannot start ${command}: ${error.message}`)));
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${path.basename(command)} ${args[0]} ended with ${code}\n${said}`));
    });
  });
}
