// Reads every Surefire report of this build and says what passed, failed and was skipped, with the reasons.
// usage: node bin/lib/test-summary.mjs MAVEN_EXIT_CODE SECONDS
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const [mavenExit, seconds] = process.argv.slice(2).map(Number);
const entities = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };
const text = (s) => s.replace(/&(#(x?)([0-9a-fA-F]+)|\w+);/g, (all, name, hex, code) =>
  code ? String.fromCodePoint(parseInt(code, hex ? 16 : 10)) : entities[name] ?? all);
const attribute = (s, name) => text(new RegExp(`\\s${name}="([^"]*)"`).exec(s)?.[1] ?? '');

const escaped = (s) => s.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
const firstLine = (s) => s.trim().split('\n')[0];

/** Every folder of Surefire reports below a folder. */
function* reportFolders(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || ['node_modules', '.git', 'src'].includes(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.name === 'surefire-reports') yield path;
    else yield* reportFolders(path);
  }
}

let passed = 0;
const failed = [];
const flaky = [];
const skipped = new Map();
for (const folder of reportFolders('.')) {
  for (const file of readdirSync(folder).filter((f) => /^TEST-.*\.xml$/.test(f))) {
    const xml = readFileSync(join(folder, file), 'utf8').replace(/<!\[CDATA\[([\s\S]*?)\]\]>/g, (all, said) => escaped(firstLine(said)));
    for (const [, head, , body] of xml.matchAll(/<testcase\b((?:[^>"]|"[^"]*")*?)(\/>|>([\s\S]*?)<\/testcase>)/g)) {
      const name = `${attribute(head, 'classname').replace(/^.*\./, '')}.${attribute(head, 'name')}`;
      const skip = /<skipped\b((?:[^>"]|"[^"]*")*)>([^<]*)/.exec(body ?? '');
      if (skip) {
        const why = attribute(skip[1], 'message') || text(skip[2]).replace(/^.*?Assumption failed: /, '').trim() || 'no reason given';
        skipped.set(why, [...(skipped.get(why) ?? []), name]);
      } else if (/<(failure|error)\b/.test(body ?? '')) {
        failed.push(`${name}: ${attribute(/<(?:failure|error)\b((?:[^>"]|"[^"]*")*)/.exec(body)[1], 'message').split('\n')[0]}`);
      } else {
        passed++;
        // With -Dsurefire.rerunFailingTestsCount a test that failed once and then passed says so.
        const once = /<(?:flakyFailure|flakyError)\b((?:[^>"]|"[^"]*")*)/.exec(body ?? '');
        if (once) flaky.push(`${name}: ${attribute(once[1], 'message').split('\n')[0]}`);
      }
    }
  }
}

const count = [...skipped.values()].reduce((n, names) => n + names.length, 0);
console.log(`\nTests took ${Math.floor(seconds / 60)} min ${seconds % 60} s with the build.`);
for (const [why, names] of skipped) console.log(`skipped ${names.length}: ${why}\n    ${names.join('\n    ')}`);
for (const line of flaky) console.log(`FLAKY, passed when run again: ${line}`);
for (const line of failed) console.log(`FAILED ${line}`);
if (mavenExit !== 0 && failed.length === 0) console.log('FAILED the build itself: see the lines of Maven above.');
console.log(`${passed} passed, ${failed.length} failed, ${count} skipped`);
process.exit(mavenExit !== 0 || failed.length > 0 ? 1 : 0);
