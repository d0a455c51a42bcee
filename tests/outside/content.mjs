// What the content says at the time of a build, worked out from its files alone and by the documented rules: what clients
// report of the built site is held against this, so that a fault of Candor cannot agree with itself.
//
//     node content.mjs SITE          prints it as JSON, for the checks that are written in Python

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse as parseYaml } from 'yaml';

/** The content folder; `CONTENT` names another one. */
export const CONTENT = process.env.CONTENT ?? fileURLToPath(new URL('../../content', import.meta.url));

/** Better to worse, as Statuspage ranks them. */
const STATUSES = ['operational', 'under_maintenance', 'degraded_performance', 'partial_outage', 'major_outage'];
const IMPACTS = { degraded_performance: 'minor', partial_outage: 'major', major_outage: 'critical' };

/** Times are milliseconds; lists of updates stand oldest first. */
export function contentAt(time) {
  const now = Date.parse(time);
  const settings = readYaml('site.yaml');
  const incidents = incidentsAt(now);
  const maintenance = maintenanceAt(now);
  const components = settings.components.map((component) => {
    const group = groupOf(settings, component);
    const ownStatus = worst([
      ...incidents.filter(({ open }) => open).map(({ statuses }) => statuses[component.id] ?? 'operational'),
      ...maintenance.filter((one) => isRunning(one) && one.components.includes(component.id)).map(() => 'under_maintenance'),
    ]);
    return { id: component.id, name: component.name, description: component.description ?? null, start: component.start ?? null,
      core: component.core ?? false, group: group?.name ?? null, status: ownStatus };
  });
  const groups = groupsOf(settings).map(({ name }) => {
    const members = components.filter(({ group }) => group === name);
    return { name, members: members.map((member) => member.name), status: worst(members.map(({ status }) => status)) };
  });
  const announcements = entries('announcements').filter(({ from }) => Date.parse(from) <= now);
  return { now, announcements, name: settings.name, url: settings.url, timezone: settings.timezone ?? 'Etc/UTC', components, groups, incidents,
    maintenance, rollup: rollup(components.map(({ status }) => status)) };
}

/** The entries of a folder as written, with their file's stem, which is the id unless they give another, and the text below them. */
export function entries(folder) {
  const root = path.join(CONTENT, folder);
  if (!fs.existsSync(root)) return [];
  return fs.readdirSync(root, { recursive: true }).filter((file) => /\.(md|ya?ml)$/.test(file)).sort().map((file) => {
    const text = fs.readFileSync(path.join(root, file), 'utf8');
    const [matter, body] = file.endsWith('.md') ? text.split(/^---[ \t]*$/m).slice(1) : [text, ''];
    const { name: stem } = path.parse(file);
    return { stem, id: stem, text: body.trim(), ...parseYaml(matter) };
  });
}

/** The entry without the updates that are later than `now`. */
export function until(entry, now) {
  return { ...entry, updates: (entry.updates ?? []).filter(({ at }) => Date.parse(at) <= now) };
}

export const isRunning = ({ status }) => ['in_progress', 'verifying'].includes(status);

/** The public incidents that have begun to be told, the latest beginning first. */
function incidentsAt(now) {
  const told = entries('incidents').filter(({ visibility }) => visibility !== 'internal')
    .map((entry) => until(entry, now)).filter(({ updates }) => updates.length);
  const reports = entries('postmortems').filter(({ publish, published }) => publish && Date.parse(published) <= now);
  return told.map((incident) => {
    const { updates } = incident;
    const status = updates.at(-1).status;
    const named = Object.assign({}, ...updates.map(({ components }) => components));
    const seen = updates.flatMap(({ components }) => Object.values(components ?? {}));
    return {
      id: incident.id, title: incident.title, status, open: status !== 'resolved',
      impact: incident.impact ?? IMPACTS[worst(seen)] ?? 'none',
      started: Date.parse(incident.started ?? updates[0].at), resolved: status === 'resolved' ? Date.parse(updates.at(-1).at) : null,
      postmortem: status === 'resolved' && reports.some((report) => (report.incident ?? report.stem) === incident.id),
      statuses: status === 'resolved' ? {} : named, components: Object.keys(named), updates: updates.map(toUpdate),
    };
  }).sort((a, b) => b.started - a.started);
}

/** The planned work that has been announced. What an update says moves it; where none has, the clock does. */
function maintenanceAt(now) {
  const isKnown = ({ updates, scheduled }) => !updates?.length || Math.min(Date.parse(updates[0].at), Date.parse(scheduled.from)) <= now;
  return entries('maintenance').filter(isKnown).map((entry) => {
    const work = until(entry, now);
    const [next] = (entry.updates ?? []).filter(({ at }) => Date.parse(at) > now).map(toUpdate);
    const from = Date.parse(work.scheduled.from);
    const end = Date.parse(work.scheduled.until);
    const said = work.updates.map(({ status }) => status).filter((status) => status !== 'scheduled').at(-1);
    // Who says later that it goes on, or that it is done, says that it ran over until then.
    const runsOn = now < end || ['in_progress', 'verifying', 'completed'].includes(next?.status);
    const byClock = now < from ? 'scheduled' : runsOn ? 'in_progress' : 'completed';
    return { id: work.id, title: work.title, status: said ?? byClock, from, until: end, components: work.components ?? [],
      updates: work.updates.map(toUpdate), next, text: work.text };
  }).sort((a, b) => a.from - b.from);
}

const toUpdate = ({ at, status, body }) => ({ at: Date.parse(at), status, body });

function groupsOf({ groups, components }) {
  const named = [...new Set(components.map(({ group }) => group).filter(Boolean))];
  return groups ?? named.map((name) => ({ id: name, name }));
}

const groupOf = (settings, { group }) => groupsOf(settings).find(({ id, name }) => group === id || group === name);

const worst = (statuses) => STATUSES[Math.max(0, ...statuses.map((status) => STATUSES.indexOf(status)))];

/** Statuspage's one sentence for all components. */
function rollup(statuses) {
  const some = (status) => statuses.includes(status);
  const all = (status) => statuses.length > 0 && statuses.every((one) => one === status);
  const rules = [
    [all('major_outage'), 'critical', 'Major System Outage'],
    [some('major_outage') || all('partial_outage'), 'major', 'Partial System Outage'],
    [some('partial_outage'), 'minor', 'Minor Service Outage'],
    [all('degraded_performance') && statuses.length > 1, 'minor', 'Degraded System Service'],
    [some('degraded_performance'), 'minor', 'Partially Degraded Service'],
    [some('under_maintenance'), 'maintenance', 'Service Under Maintenance'],
    [true, 'none', 'All Systems Operational'],
  ];
  const [, indicator, description] = rules.find(([applies]) => applies);
  return { indicator, description };
}

const readYaml = (file) => parseYaml(fs.readFileSync(path.join(CONTENT, file), 'utf8'));

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { now } = JSON.parse(fs.readFileSync(path.join(process.argv[2], 'build.json'), 'utf8'));
  console.log(JSON.stringify(contentAt(now)));
}
