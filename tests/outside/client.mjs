// The npm package statuspage.io, told the address of the site instead of a page of Statuspage, reports what the content
// says: client.mjs SITE ...

import { Statuspage } from 'statuspage.io';
import { contentAt } from './content.mjs';
import { agree, check, facts } from './lib.mjs';

await check(async ({ site, server, fail }) => {
  const content = contentAt(facts(site).now);
  const client = new Statuspage('somebody');
  client.setApiUrl(server.url);
  await checkSummary(client, content, fail);
  await checkLists(client, content, fail);
  return `${content.components.length} components, ${content.incidents.length} incidents, ${content.maintenance.length} maintenance`;
});

async function checkSummary(client, content, fail) {
  const summary = await client.api.getSummary();
  const { name, url, time_zone: zone } = summary.page;
  agree(fail, 'page', { name, url, zone }, { name: content.name, url: content.url.replace(/\/$/, ''), zone: content.timezone });
  agree(fail, 'summary: status', summary.status, content.rollup);
  agree(fail, 'status', (await client.api.getStatus()).status, content.rollup);
  for (const { components } of [summary, await client.api.getComponents()]) {
    agree(fail, 'components', leaves(components), content.components.map(({ id, ...component }) => component));
    agree(fail, 'groups', groups(components), content.groups);
  }
  const open = content.incidents.filter((incident) => incident.open);
  agree(fail, 'summary: incidents', summary.incidents.map(incidentSaid), open.map((one) => incidentWanted(one, content)));
  const planned = content.maintenance.filter(({ status }) => status !== 'completed');
  agree(fail, 'summary: maintenance', maintenanceSaid(summary), planned.map((one) => maintenanceWanted(one, content)));
}

async function checkLists({ api, apiClient }, content, fail) {
  const { incidents } = await api.incidents.getAll();
  agree(fail, 'incidents', incidents.map(incidentSaid), content.incidents.map((one) => incidentWanted(one, content)));
  const { incidents: unresolved } = await api.incidents.getUnresolved();
  agree(fail, 'unresolved', unresolved.map(({ name }) => name), content.incidents.filter(({ open }) => open).map(({ title }) => title));
  const work = (statuses) => content.maintenance.filter(({ status }) => statuses.includes(status))
    .map((one) => maintenanceWanted(one, content));
  // The package asks for upcoming.json in all three of its functions; the two others are read with its own HTTP client.
  for (const get of ['getAll', 'getActive', 'getUpcoming']) {
    agree(fail, 'upcoming', maintenanceSaid(await api.scheduledMaintenances[get]()), work(['scheduled']));
  }
  const folder = '/api/v2/scheduled-maintenances';
  const { data: active } = await apiClient.get(`${folder}/active.json`);
  agree(fail, 'active', maintenanceSaid(active), work(['in_progress', 'verifying']));
  const { data: all } = await apiClient.get(`${folder}.json`);
  agree(fail, 'all maintenance', maintenanceSaid(all), work(['scheduled', 'in_progress', 'verifying', 'completed']));
}

function leaves(components) {
  const nameOf = new Map(components.map(({ id, name }) => [id, name]));
  const ownGroup = ({ group_id: id }) => (id === null ? null : nameOf.get(id));
  const said = components.filter(({ group }) => !group).map((component) => ({
    name: component.name, description: component.description, start: component.start_date, group: ownGroup(component),
    status: component.status,
  }));
  // Positions begin again in each group, and a client sorts by them.
  const order = components.filter(({ group }) => group).sort((a, b) => a.position - b.position).map(({ name }) => name);
  const rank = ({ group }) => (group === null ? -1 : order.indexOf(group));
  return said.sort((a, b) => rank(a) - rank(b));
}

function groups(components) {
  const nameOf = new Map(components.map(({ id, name }) => [id, name]));
  return components.filter(({ group }) => group).sort((a, b) => a.position - b.position)
    .map(({ name, components: members, status }) => ({ name, members: members.map((id) => nameOf.get(id)), status }));
}

function incidentSaid(incident) {
  const updates = incident.incident_updates.filter(({ status }) => status !== 'postmortem');
  return {
    name: incident.name, status: incident.status, impact: incident.impact, started: time(incident.started_at),
    resolved: time(incident.resolved_at), link: incident.shortlink, components: incident.components.map(({ name }) => name).sort(),
    updates: updates.reverse().map(({ status, body, display_at: at }) => ({ at: time(at), status, letters: letters(body) })),
  };
}

function incidentWanted(incident, content) {
  return {
    name: incident.title, status: incident.postmortem ? 'postmortem' : incident.status, impact: incident.impact,
    started: incident.started, resolved: incident.resolved, link: `${content.url}incidents/${incident.id}/`,
    components: names(incident.components, content),
    updates: incident.updates.map(({ at, status, body }) => ({ at, status, letters: letters(absolute(body, content)) })),
  };
}

/** The earliest begin first, as a list of what is to come is read. */
function maintenanceSaid({ scheduled_maintenances: list }) {
  return list.map((work) => ({
    name: work.name, status: work.status, impact: work.impact, from: time(work.scheduled_for), until: time(work.scheduled_until),
    components: work.components.map(({ name }) => name).sort(),
  })).sort((a, b) => a.from - b.from);
}

function maintenanceWanted({ title, status, from, until, components }, content) {
  return { name: title, status, impact: 'maintenance', from, until, components: names(components, content) };
}

function names(ids, { components }) {
  return components.filter(({ id }) => ids.includes(id)).map(({ name }) => name).sort();
}

function absolute(body, { url }) {
  return body.replaceAll('](/', `](${url}`);
}

/** The letters and digits of a text: how emphasis is written is each side's own affair. */
function letters(text) {
  return text.replace(/[^\p{L}\p{N}]/gu, '');
}

function time(text) {
  return text === null ? null : Date.parse(text);
}
