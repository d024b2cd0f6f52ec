// Shows the figures of this process and of the shop, and refreshes them while the page is visible.
import { bars, lines } from './charts.js';

const refreshAfter = 5000;
const byId = id => document.getElementById(id);
const number = value => value === undefined ? '–' : value.toLocaleString('en');

function duration(seconds) {
  if (seconds === undefined) return '–';
  if (seconds < 120) return `${Math.round(seconds)} s`;
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h ${Math.floor(seconds % 3600 / 60)} min`;
  return `${Math.floor(seconds / 86400)} d ${Math.floor(seconds % 86400 / 3600)} h`;
}

const milliseconds = value => value === undefined ? '–' : value.toLocaleString('en', { maximumSignificantDigits: 3 });
const bytes = value => `${Math.round(value / 1048576).toLocaleString('en')} MiB`;
const count = value => value === undefined ? '–' : `${number(value.count)}${value.orMore ? '+' : ''}`;
const share = (part, all) => all === 0 ? '0 %' : `${(100 * part / all).toFixed(part === 0 ? 0 : 1)} %`;
const version = value => value?.split('+')[0] ?? '–';
const sum = (list, of) => list.reduce((all, one) => all + of(one), 0);

function element(name, text, className) {
  const made = document.createElement(name);
  made.textContent = text;
  if (className) made.className = className;
  return made;
}

// entries: [term, value, note, class]
function facts(list, entries) {
  list.replaceChildren(...entries.map(([term, value, note, className]) => {
    const group = document.createElement('div');
    const definition = element('dd', value, className);
    if (note) definition.append(' ', element('small', note));
    group.append(element('dt', term), definition);
    return group;
  }));
}

// A cell is a text, or [text, class].
function table(place, heads, rows, empty) {
  if (rows === undefined || rows.length === 0) {
    const row = document.createElement('tr');
    row.append(element('td', rows === undefined ? 'The shop did not answer in time.' : empty, rows === undefined ? 'bad' : 'empty'));
    place.replaceChildren(row);
    return;
  }
  const head = document.createElement('thead'), body = document.createElement('tbody');
  const line = document.createElement('tr');
  for (const [text, className] of heads.map(cell => [cell].flat())) {
    const cell = element('th', text, className);
    cell.scope = 'col';
    line.append(cell);
  }
  head.append(line);
  body.append(...rows.map(cells => {
    const row = document.createElement('tr');
    row.append(...cells.map(cell => element('td', ...[cell].flat())));
    return row;
  }));
  place.replaceChildren(head, body);
}

function show(figures) {
  const { health, minutes, routes } = figures;
  const isReady = health.status === 'ready';
  byId('status').textContent = health.status;
  byId('status').className = isReady ? 'good' : 'bad';
  byId('updated').textContent = `at ${new Date(figures.at).toLocaleTimeString('en-GB')}`;
  byId('docs').href = `${location.protocol}//${location.hostname}:${figures.docsPort}/docs`;
  byId('dashboard').hidden = figures.dashboard === undefined;
  if (figures.dashboard) byId('dashboard').href = `${figures.dashboard}/`;

  const recent = minutes.slice(-5), requests = sum(recent, one => one.requests), errors = sum(recent, one => one.errors);
  const confirmed = sum(recent, one => one.checkouts.confirmed), hour = sum(minutes, one => one.checkouts.confirmed);
  const latest = minutes.findLast(one => one.requests > 0)?.latency ?? {};
  const overdue = figures.due && sum(figures.due, one => one.count), stuck = figures.sagas && sum(figures.sagas, one => one.stuck);
  const sums = Object.entries(health.ledgerSums ?? {}), isBalanced = sums.every(([, amount]) => amount === 0);
  const members = figures.members?.filter(one => one.status === 'active').length;
  facts(byId('tiles'), [
    ['Confirmed checkouts', number(hour), `${number(confirmed)} in 5 minutes`],
    ['Requests a minute', number(Math.round(requests / 5)), 'mean of 5 minutes'],
    ['Errors', share(errors, requests), `${number(errors)} in 5 minutes`, errors > 0 ? 'bad' : 'good'],
    ['Latency p95', latest.p95 === undefined ? '–' : `${milliseconds(latest.p95)} ms`, latest.p50 === undefined ? 'no requests' : `p50 ${milliseconds(latest.p50)}, p99 ${milliseconds(latest.p99)}`],
    ['Orders in progress', count(health.openSagas), stuck ? `${number(stuck)} stuck` : 'none stuck', stuck ? 'bad' : undefined],
    ['Due work', number(overdue), overdue ? `oldest ${duration(Math.max(...figures.due.map(one => one.oldestSeconds)))}` : 'nothing waits', overdue ? 'warn' : undefined],
    ['Read model lag', number(health.projectionLagEvents), `events; outbox ${count(health.outbox)}`, health.projectionLagEvents > 1000 ? 'warn' : undefined],
    ['Books', health.ledgerSums === undefined ? '–' : isBalanced ? 'balanced' : 'off', sums.length === 0 ? 'no postings' : sums.map(([currency, amount]) => `${currency} ${amount}`).join(', '), isBalanced ? 'good' : 'bad'],
    ['Processes', number(members), 'active members'],
    ['Uptime', duration(health.uptimeSeconds), `version ${version(health.version)}`],
  ]);

  bars(byId('checkouts'), minutes, [
    { name: 'confirmed', colour: 'good', of: one => one.checkouts.confirmed },
    { name: 'pending', colour: 'wait', of: one => one.checkouts.pending },
    { name: 'declined', colour: 'warn', of: one => one.checkouts.declined },
    { name: 'refused', colour: 'other', of: one => one.checkouts.refused },
    { name: 'failed', colour: 'bad', of: one => one.checkouts.failed },
  ], 'Checkouts');
  bars(byId('requests'), minutes, [
    { name: 'answered', colour: 'accent', of: one => one.requests - one.errors },
    { name: 'errors (5xx)', colour: 'bad', of: one => one.errors },
  ], 'Requests');
  lines(byId('latency'), minutes, [
    { name: 'p50', colour: 'good', of: one => one.latency.p50 },
    { name: 'p95', colour: 'warn', of: one => one.latency.p95 },
    { name: 'p99', colour: 'bad', of: one => one.latency.p99 },
  ], 'Latency in milliseconds');

  table(byId('routes'), ['Route', 'Requests', 'Refused (4xx)', 'Errors (5xx)', 'p50 ms', 'p95 ms', 'p99 ms'], routes.map(one => [
    one.route, number(one.requests), number(one.refused), [number(one.errors), one.errors > 0 ? 'bad' : ''],
    milliseconds(one.latency.p50), milliseconds(one.latency.p95), milliseconds(one.latency.p99),
  ]), 'No requests in the last hour.');
  table(byId('sagas'), ['Step', 'Orders', 'Stuck', 'Overdue by'], figures.sagas?.map(one => [
    one.step, number(one.count), [number(one.stuck), one.stuck > 0 ? 'bad' : ''], duration(one.oldestSeconds),
  ]), 'No order is in progress.');
  table(byId('due'), ['Kind', 'Grains', 'Overdue by'], figures.due?.map(one => [one.kind, number(one.count), duration(one.oldestSeconds)]), 'No grain waits to be resumed.');
  table(byId('members'), ['Process', ['Kind', 'text'], ['Status', 'text'], ['Version', 'text'], 'Uptime', 'Address'], figures.members?.map(one => [
    one.name, [one.kind, 'text'], [one.status, `text ${one.status === 'active' ? 'good' : 'warn'}`], [version(one.version), 'text'], duration(one.uptimeSeconds), one.address,
  ]), 'No members.');

  const { memory } = health;
  facts(byId('process'), [
    ['Machine', health.machine, `process ${health.process}`],
    ['Version', version(health.version), `Orleans ${version(health.orleans)}, .NET ${health.framework}`],
    ['Memory', bytes(memory.workingSetBytes), `of ${bytes(memory.availableBytes)}`],
    ['Managed heap', bytes(memory.managedBytes)],
    ['Collections', `${number(memory.collections0)} / ${number(memory.collections1)} / ${number(memory.collections2)}`, `${Math.round(memory.pausedMilliseconds).toLocaleString('en')} ms paused`],
    ['Threads', number(health.threads), `${number(health.queuedWork)} items queued`],
  ]);
}

let isPaused = false;

async function refresh() {
  // An address with a password, http://any:key@host/, cannot be the base of a request.
  try {
    const answer = await fetch(new URL('/figures', location.origin), { headers: { accept: 'application/json' } });
    if (!answer.ok) throw new Error(`${answer.status}`);
    show(await answer.json());
    document.body.dataset.shown = 'true';
  } catch (fault) {
    byId('status').textContent = 'no answer';
    byId('status').className = 'bad';
    byId('updated').textContent = fault.message;
  }
}

async function run() {
  if (!isPaused && document.visibilityState === 'visible') await refresh();
  setTimeout(run, refreshAfter);
}

byId('pause').addEventListener('click', () => {
  isPaused = !isPaused;
  byId('pause').setAttribute('aria-pressed', String(isPaused));
  byId('pause').textContent = isPaused ? 'Resume' : 'Pause';
});
document.addEventListener('visibilitychange', () => {
  if (!isPaused && document.visibilityState === 'visible') refresh();
});
run();
