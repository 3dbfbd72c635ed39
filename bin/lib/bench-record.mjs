// Writes the lines of a benchmark into its section of docs/benchmarks.md, with date and machine; an earlier section of the
// same benchmark is replaced.
// usage: node bin/lib/bench-record.mjs NAME FILE_OF_LINES
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';

const [name, file] = process.argv.slice(2);
const target = 'docs/benchmarks.md';
const head = `# Benchmarks

Written by \`bin/bench NAME --record\`: ours and the peer side by side in one run, on the machine named.
\`ratio\` is ours divided by the peer's; a goal with an \`x\` speaks of that ratio, one without of ours alone.
`;
const run = (program, ...words) => {
  try {
    return execFileSync(program, words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
  } catch {
    return '';
  }
};
const lines = readFileSync(file, 'utf8').split('\n').filter((line) => line.split('\t').length === 6);
if (lines.length < 2) {
  console.error(`bench: nothing to write to ${target}: the benchmark gave no measure`);
  process.exit(1);
}
const row = (line) => `| ${line.split('\t').map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
const java = (run('java', '--version').split('\n')[0] || 'unknown Java').trim();
const section = [
  `## ${name}`,
  '',
  `${new Date().toISOString().slice(0, 10)}, commit ${run('git', 'rev-parse', '--short=7', 'HEAD') || 'unknown'}. ` +
    `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB, ` +
    `${type()} ${release()}, ${java}.`,
  '',
  row(lines[0]),
  '|---|---|---|---|---|---|',
  ...lines.slice(1).map(row),
  '',
].join('\n');

const old = existsSync(target) ? readFileSync(target, 'utf8') : head;
const sections = new Map(old.split(/^(?=## )/m).slice(1).map((text) => [/^## (.*)/.exec(text)[1].trim(), text.trimEnd() + '\n']));
sections.set(name, section);
const intro = old.split(/^## /m)[0].trimEnd() + '\n';
writeFileSync(target, [intro, ...[...sections].sort(([a], [b]) => a.localeCompare(b)).map(([, text]) => text)].join('\n'));
console.error(`bench: written to ${target}`);
