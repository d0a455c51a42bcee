// The program as packages of npm: pack.mjs ARCHIVES OUT
//
// One package for each archive that is there, with the binary and the platform it is for, and `candor-status`, which names
// them as optional dependencies: npm installs the one that fits, and nothing runs at installation.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const [archives, out] = process.argv.slice(2);
const root = path.join(import.meta.dirname, '../..');
const version = /^version = "(.*)"$/m.exec(readFileSync(path.join(root, 'Cargo.toml'), 'utf8'))[1];
const platforms = {
  'x86_64-unknown-linux-musl': ['linux', 'x64'],
  'aarch64-unknown-linux-musl': ['linux', 'arm64'],
  'x86_64-apple-darwin': ['darwin', 'x64'],
  'aarch64-apple-darwin': ['darwin', 'arm64'],
  'x86_64-pc-windows-msvc': ['win32', 'x64'],
};
const common = { version, license: 'MIT OR Apache-2.0' };

const optionalDependencies = {};
for (const [target, [os, cpu]] of Object.entries(platforms)) {
  const archive = path.join(archives, `candor-${target}.tar.gz`);
  if (!existsSync(archive)) continue;
  const name = `candor-status-${os}-${cpu}`;
  const folder = make(name, { description: `candor-status for ${os} on ${cpu}`, os: [os], cpu: [cpu] });
  execFileSync('tar', ['-xzf', path.resolve(archive), '-C', folder]);
  pack(folder);
  optionalDependencies[name] = version;
}
const folder = make('candor-status', {
  description: 'A public status page and an internal wiki of postmortems, from a folder of Markdown',
  bin: { candor: 'candor.mjs' },
  engines: { node: '>=18' },
  optionalDependencies,
});
writeFileSync(path.join(folder, 'candor.mjs'), readFileSync(path.join(import.meta.dirname, 'candor.mjs')));
writeFileSync(path.join(folder, 'README.md'), readFileSync(path.join(root, 'README.md')));
pack(folder);

function make(name, more) {
  const folder = path.join(out, name);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, 'package.json'), `${JSON.stringify({ name, ...common, ...more }, null, 2)}\n`);
  return folder;
}

function pack(folder) {
  execFileSync('npm', ['pack', '--silent', '--pack-destination', path.resolve(out)], { cwd: folder, stdio: 'inherit' });
}
