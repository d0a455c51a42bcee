// What an editor says of content files: yaml-language-server with the schemas of a site, found by the first line of a file
// and by the settings in `.vscode`.
//
//     node editor.mjs SITE PACKAGE
//
// SITE is a folder with `content/`, PACKAGE the npm package yaml-language-server.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const [site, home] = process.argv.slice(2).map((word) => path.resolve(word));
const faults = [];
const waiting = new Map();
const settings = {
  validate: true,
  completion: true,
  hover: true,
  schemaStore: { enable: false },
  schemas: JSON.parse(fs.readFileSync(path.join(site, '.vscode/settings.json'), 'utf8'))['yaml.schemas'],
};
const server = spawn(process.execPath, [path.join(home, 'bin/yaml-language-server'), '--stdio'], {
  stdio: ['pipe', 'pipe', 'inherit'],
});
server.stdout.on('data', reader());

const root = pathToFileURL(site).href;
const capabilities = { workspace: { configuration: true, workspaceFolders: true }, textDocument: { publishDiagnostics: {} } };
const folders = [{ uri: root, name: 'site' }];
await ask('initialize', { processId: process.pid, rootUri: root, workspaceFolders: folders, capabilities });
send({ method: 'initialized', params: {} });
send({ method: 'workspace/didChangeConfiguration', params: { settings: {} } });

const sound = fs.readdirSync(path.join(site, 'content'), { recursive: true }).filter((name) => name.endsWith('.yaml'));
for (const name of sound) {
  const file = path.join('content', name);
  expect(file, (await open(file, fs.readFileSync(path.join(site, file), 'utf8'))).said, []);
}
const settled = await open('content/of-a-first-line.yaml', [
  '# yaml-language-server: $schema=.schema/site.json', 'name: Example', 'url: https://status.example.org/',
  'stale_after: soon', 'kolour: red', 'components: [{ id: api, name: API }]', '',
].join('\n'));
expect('a wrong duration and an unknown key', settled.said, [3, 4]);
const wrong = await open('content/incidents/2026/by-settings.yaml', [
  'title: Labels are late', 'impact: bad', 'updates:', '  - at: 2026-03-02T15:04', '    body: We look into it.', '    status: ', '',
].join('\n'));
expect('an unknown word, a time without an offset, a key and no value', [...new Set(wrong.said)], [1, 3, 5]);
const offered = await ask('textDocument/completion', { textDocument: { uri: wrong.uri }, position: { line: 5, character: 12 } });
expect('the words of `status`', offered.items.map((item) => item.label), ['investigating', 'identified', 'monitoring', 'resolved']);
const hover = await ask('textDocument/hover', { textDocument: { uri: wrong.uri }, position: { line: 1, character: 2 } });
const told = JSON.stringify(hover.contents);
if (!/from the worst status/.test(told) || !/Core functionality is down/.test(told)) faults.push(`impact: ${told}`);

server.kill();
for (const fault of faults) console.log(fault);
console.log(`${faults.length} faults; ${sound.length} sound files, 2 wrong ones, completion and hover`);
process.exit(faults.length ? 1 : 0);

function expect(what, said, wanted) {
  if (JSON.stringify(said) !== JSON.stringify(wanted)) faults.push(`${what}: ${JSON.stringify(said)}, not ${JSON.stringify(wanted)}`);
}

/** Opens a file of this text in the editor; the lines that it underlines, counted from 0. */
async function open(file, text) {
  const uri = pathToFileURL(path.join(site, file)).href;
  const published = new Promise((resolve) => waiting.set(uri, resolve));
  send({ method: 'textDocument/didOpen', params: { textDocument: { uri, languageId: 'yaml', version: 1, text } } });
  const said = (await published).map((diagnostic) => diagnostic.range.start.line).sort();
  return { uri, said };
}

function ask(method, params) {
  const id = waiting.size + 1;
  send({ id, method, params });
  return new Promise((resolve) => waiting.set(id, resolve));
}

function send(message) {
  const text = JSON.stringify({ jsonrpc: '2.0', ...message });
  server.stdin.write(`Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`);
}

/** Cuts the stream into messages (the Language Server Protocol's base protocol). */
function reader() {
  let rest = Buffer.alloc(0);
  return (bytes) => {
    rest = Buffer.concat([rest, bytes]);
    for (let end = rest.indexOf('\r\n\r\n'); end >= 0; end = rest.indexOf('\r\n\r\n')) {
      const length = Number(/Content-Length: (\d+)/.exec(rest.subarray(0, end))[1]);
      if (rest.length < end + 4 + length) return;
      answer(JSON.parse(rest.subarray(end + 4, end + 4 + length)));
      rest = rest.subarray(end + 4 + length);
    }
  };
}

function answer({ id, method, params, result }) {
  if (method === 'textDocument/publishDiagnostics') waiting.get(params.uri)?.(params.diagnostics);
  else if (method === 'workspace/configuration') {
    send({ id, result: params.items.map(({ section }) => (section === 'yaml' ? settings : {})) });
  } else if (method && id !== undefined) send({ id, result: null });
  else waiting.get(id)?.(result);
}
