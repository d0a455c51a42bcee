// HTML, CSS and SVG by the Nu validator: all files, no error and no warning. Warnings count, since every page comes from
// a template of ours and what the validator warns of (an empty heading, a role that repeats its element) is ours to mend.

import path from 'node:path';
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { files, parse } from './lib.mjs';

const JAR = createRequire(import.meta.url).resolve('vnu-jar/build/dist/vnu.jar');
const KINDS = [['.html', '--html'], ['.css', '--css'], ['.svg', '--svg']];

// What the validator does not know yet. Of CSS that every browser has known since 2023: CSS Containment Module Level 3.
// Of HTML, the living standard's `blocking` on `rel=expect`, which is nothing to browsers that have neither.
const NEWER = [
  /^CSS: (Unrecognized at-rule “@container”|“container-type”: Property “container-type” doesn't exist\.)$/,
  /^A “link” element with a “blocking” attribute must have a “rel” attribute whose value is “stylesheet”\.$/,
];
const isNewer = ({ message, extract }) => NEWER[0].test(message.trim()) || (NEWER[1].test(message) && /<link rel="expect"/.test(extract));

const { site } = parse('html.mjs SITE');
const all = KINDS.flatMap(([ending, flag]) => validate(files(site, ending), flag));
const messages = all.filter((message) => !isNewer(message));
for (const { url, lastLine, subType, type, message, extract = '' } of messages) {
  console.log(`${url.split(site + path.sep)[1]}:${lastLine ?? 1}: ${subType ?? type}: ${message}  ${extract.replace(/\s+/g, ' ')}`);
}
const counts = KINDS.map(([ending]) => `${files(site, ending).length} ${ending}`).join(', ');
console.log(`${messages.length} faults; ${counts} files`);
process.exitCode = messages.length ? 1 : 0;

function validate(names, flag) {
  if (!names.length) return [];
  const words = ['-Xss8m', '-jar', JAR, flag, '--format', 'json', '--stdout', '--exit-zero-always'];
  const run = spawnSync('java', [...words, ...names.map((name) => path.join(site, name))],
    { encoding: 'utf8', maxBuffer: 1 << 28 });
  if (run.error || run.status !== 0) throw run.error ?? new Error(`the validator did not run: ${run.stderr}`);
  return JSON.parse(run.stdout).messages;
}
