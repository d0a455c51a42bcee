// A static host in miniature: index.html for a folder, 404.html for what is missing, and the headers of `_headers`.
//
//     node server.mjs SITE          serves it, says its address, and goes on until its input ends

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
  '.xml': 'application/xml',
  '.atom': 'application/atom+xml',
  '.rss': 'application/rss+xml',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
};

/**
 * Serves `folder` on a free local port, its root at the path `base`. Where two rules of `_headers` give a header, hosts
 * differ: some join both values, some take that of the more specific rule alone (`joins: false`). Some know no such file
 * (`headers: false`).
 */
export async function serve(folder, base = '/', { joins = true, headers = true } = {}) {
  const rules = headers ? headerRules(path.join(folder, '_headers')) : [];
  const server = http.createServer((request, response) => {
    const { pathname } = new URL(request.url, 'http://localhost');
    const answer = pathname.startsWith(base) ? find(folder, '/' + decodeURIComponent(pathname.slice(base.length))) : null;
    if (!answer) return response.writeHead(404, { 'content-type': 'text/plain' }).end('outside of the site');
    if (answer.location) return response.writeHead(301, { location: pathname + '/' }).end();
    response.writeHead(answer.status, { 'content-type': answer.type, ...headersFor(rules, answer.path, joins) });
    response.end(answer.body);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${server.address().port}${base}`,
    close: () => new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    }),
  };
}

function find(folder, pathname) {
  let file = path.join(folder, pathname);
  if (!path.join(file, '/').startsWith(path.join(folder, '/'))) return null;
  const folderWanted = fs.existsSync(file) && fs.statSync(file).isDirectory();
  if (folderWanted && !pathname.endsWith('/')) return { location: true };
  if (folderWanted) file = path.join(file, 'index.html');
  const missing = !fs.existsSync(file);
  if (missing) file = path.join(folder, '404.html');
  if (!fs.existsSync(file)) return null;
  const type = TYPES[path.extname(file)] ?? 'application/octet-stream';
  return { status: missing ? 404 : 200, path: pathname, type, body: fs.readFileSync(file) };
}

/** Reads `_headers`: a path pattern at the margin, its headers indented under it, `#` begins a comment. */
function headerRules(file) {
  const rules = [];
  if (!fs.existsSync(file)) return rules;
  for (const line of fs.readFileSync(file, 'utf8').split('\n')) {
    if (!line.trim() || line.trim().startsWith('#')) continue;
    if (!/^\s/.test(line)) {
      rules.push({ pattern: pattern(line.trim()), headers: [] });
      continue;
    }
    const header = /^\s+([\w-]+):\s*(.+?)\s*$/.exec(line);
    if (!header || !rules.length) throw new Error(`_headers: not a header line: ${line}`);
    rules.at(-1).headers.push([header[1].toLowerCase(), header[2]]);
  }
  return rules;
}

/** `*` stands for anything, `:name` for one path segment. */
function pattern(text) {
  if (!text.startsWith('/')) throw new Error(`_headers: not a path: ${text}`);
  const source = text.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/:\w+/g, '[^/]+');
  return new RegExp(`^${source}$`);
}

/** Every rule that matches applies; the longer its pattern, the more specific it is. Joined, two policies both hold. */
function headersFor(rules, pathname, joins) {
  const headers = {};
  const matching = rules.filter(({ pattern }) => pattern.test(pathname));
  for (const rule of matching.sort((a, b) => a.pattern.source.length - b.pattern.source.length)) {
    for (const [name, value] of rule.headers) {
      headers[name] = headers[name] && joins ? `${headers[name]}, ${value}` : value;
    }
  }
  return headers;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { url, close } = await serve(process.argv[2]);
  console.log(url);
  process.stdin.resume().on('end', close);
}
