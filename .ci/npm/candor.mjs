#!/usr/bin/env node
// Starts the binary of the package for this platform, with the same arguments, streams and exit code.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';

const name = `candor-status-${process.platform}-${process.arch}`;
const file = process.platform === 'win32' ? 'candor.exe' : 'candor';
let binary;
try {
  binary = createRequire(import.meta.url).resolve(`${name}/${file}`);
} catch {
  console.error(`candor: the package ${name} is not installed: this platform has none, or optional dependencies were left out`);
  process.exit(2);
}
const { status, signal, error } = spawnSync(binary, process.argv.slice(2), { stdio: 'inherit' });
if (error) {
  console.error(`candor: ${error.message}`);
  process.exit(2);
}
if (signal) process.kill(process.pid, signal);
process.exit(status ?? 2);
