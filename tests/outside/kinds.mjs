// One page of each kind, chosen by what the content says: so each check meets an open incident and a resolved one,
// whatever the sample site tells this month. Of the wiki, one page of each folder.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';
import { facts, files, isWiki } from './lib.mjs';

const CONTENT = process.env.CONTENT ?? fileURLToPath(new URL('../../content', import.meta.url));

/** Names of kinds with the path of a page of each. Throws when the site has no page of some kind. */
export function kinds(site) {
  return isWiki(site) ? kindsOfWiki(site) : kindsOfSite(site);
}

/** Home, each folder's own page, and of the folders below it the first and the last one's. */
function kindsOfWiki(site) {
  const found = new Map([['wiki', 'index.html'], ['not found', '404.html']]);
  for (const file of files(site, 'index.html').filter((file) => file !== 'index.html')) {
    const [folder, ...deeper] = file.split(path.sep).slice(0, -1);
    const kind = deeper.length ? `of ${folder}/` : `${folder}/`;
    if (found.has(kind)) found.set(`another ${kind}`, file);
    else found.set(kind, file);
  }
  const missing = ['postmortems/', 'of postmortems/', 'search/'].filter((kind) => !found.has(kind));
  if (missing.length) throw new Error(`no page of the kind: ${missing.join(', ')}`);
  return [...found];
}

function kindsOfSite(site) {
  const now = Date.parse(facts(site).now);
  const incidents = entries('incidents').filter(({ visibility }) => visibility !== 'internal')
    .map((entry) => until(entry, now)).filter(({ updates }) => updates.length);
  const open = incidents.filter((incident) => status(incident) !== 'resolved');
  const maintenance = entries('maintenance').map((entry) => until(entry, now));
  const troubled = new Set(open.flatMap(troubledComponents));
  const components = parseYaml(fs.readFileSync(path.join(CONTENT, 'site.yaml'), 'utf8')).components;
  const months = files(site, 'index.html').filter((file) => /^history\/\d{4}-\d{2}\//.test(file));
  const found = {
    'home': 'index.html',
    'open incident': entryPage('incidents', open),
    'resolved incident': entryPage('incidents', incidents.filter((incident) => status(incident) === 'resolved')),
    'component in trouble': entryPage('components', components.filter(({ id }) => troubled.has(id))),
    'component at rest': entryPage('components', components.filter(({ id }) => !troubled.has(id))),
    'history': 'history/index.html',
    'history of a month': months.at(-1),
    'maintenance list': 'maintenance/index.html',
    'running maintenance': entryPage('maintenance', maintenance.filter((one) => isRunning(one, now))),
    'upcoming maintenance': entryPage('maintenance', maintenance.filter((one) => isUpcoming(one, now))),
    'uptime': 'uptime/index.html',
    'subscribe': 'subscribe/index.html',
    'custom page': entryPage('.', entries('pages').filter(({ audience }) => audience !== 'internal')),
    'announcement': entryPage('announcements', entries('announcements').filter(({ from }) => Date.parse(from) <= now)),
    'not found': '404.html',
  };
  const missing = Object.keys(found).filter((kind) => !found[kind] || !fs.existsSync(path.join(site, found[kind])));
  if (missing.length) {
    throw new Error(`no page of the kind: ${missing.map((kind) => `${kind} (${found[kind] ?? 'no such content'})`).join(', ')}`);
  }
  return Object.entries(found);
}

function entries(folder) {
  const root = path.join(CONTENT, folder);
  return files(root, '').filter((file) => /\.(md|ya?ml)$/.test(file)).map((file) => {
    const text = fs.readFileSync(path.join(root, file), 'utf8');
    const matter = file.endsWith('.md') ? text.split(/^---[ \t]*$/m)[1] : text;
    return { id: path.parse(file).name, ...parseYaml(matter) };
  });
}

/** The entry without the updates that are later than `now`. */
function until(entry, now) {
  return { ...entry, updates: (entry.updates ?? []).filter(({ at }) => Date.parse(at) <= now) };
}

const status = ({ updates }) => updates.at(-1)?.status;

function troubledComponents({ updates }) {
  const now = Object.assign({}, ...updates.map(({ components }) => components));
  return Object.keys(now).filter((id) => now[id] !== 'operational');
}

function isRunning(maintenance, now) {
  if (['in_progress', 'verifying', 'completed'].includes(status(maintenance))) return status(maintenance) !== 'completed';
  return Date.parse(maintenance.scheduled.from) <= now && now < Date.parse(maintenance.scheduled.until);
}

function isUpcoming(maintenance, now) {
  return (status(maintenance) ?? 'scheduled') === 'scheduled' && now < Date.parse(maintenance.scheduled.from);
}

const entryPage = (folder, [first]) => first && path.join(folder, first.id, 'index.html');
