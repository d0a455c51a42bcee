// One page of each kind, chosen by what the content says: so each check meets an open incident and a resolved one,
// whatever the sample site tells this month. Of the wiki, one page of each folder.

import fs from 'node:fs';
import path from 'node:path';
import { contentAt, entries, isRunning } from './content.mjs';
import { facts, files, isWiki } from './lib.mjs';

/** Names of kinds with the path of a page of each. Throws when the site has no page of some kind. */
export function kinds(site) {
  return isWiki(site) ? kindsOfWiki(site) : kindsOfSite(site);
}

function kindsOfWiki(site) {
  const found = new Map(kindsOfFolders(site));
  const missing = ['postmortems/', 'of postmortems/', 'search/'].filter((kind) => !found.has(kind));
  if (missing.length) throw new Error(`no page of the kind: ${missing.join(', ')}`);
  return [...found];
}

/** Of any site: home, each folder's own page, and of the folders below it the first and the last one's. */
export function kindsOfFolders(site) {
  const found = new Map([['home', 'index.html'], ['not found', '404.html']]);
  for (const file of files(site, 'index.html').filter((file) => file !== 'index.html')) {
    const [folder, ...deeper] = file.split(path.sep).slice(0, -1);
    const kind = deeper.length ? `of ${folder}/` : `${folder}/`;
    if (found.has(kind)) found.set(`another ${kind}`, file);
    else found.set(kind, file);
  }
  return [...found];
}

function kindsOfSite(site) {
  const { now, incidents, maintenance, components } = contentAt(facts(site).now);
  const months = files(site, 'index.html').filter((file) => /^history\/\d{4}-\d{2}\//.test(file));
  const found = {
    'home': 'index.html',
    'open incident': entryPage('incidents', incidents.filter(({ open }) => open)),
    'resolved incident': entryPage('incidents', incidents.filter(({ open }) => !open)),
    'component in trouble': entryPage('components', components.filter(({ status }) => status !== 'operational')),
    'component at rest': entryPage('components', components.filter(({ status }) => status === 'operational')),
    'history': 'history/index.html',
    'history of a month': months.at(-1),
    'maintenance list': 'maintenance/index.html',
    'running maintenance': entryPage('maintenance', maintenance.filter(isRunning)),
    'upcoming maintenance': entryPage('maintenance', maintenance.filter(({ status }) => status === 'scheduled')),
    'uptime': 'uptime/index.html',
    'subscribe': 'subscribe/index.html',
    'frame': 'embed/index.html',
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

const entryPage = (folder, [first]) => first && path.join(folder, first.id, 'index.html');
