/** What the commands about the array print for people. Knows nothing of where the figures come from. */
import type {
  ArrayFigures,
  ArrayReport,
  ClassicFigures,
  ContainerFigures,
  HostFigures,
  InventoryChange,
  JobPace,
  PoolFigures,
  RepairReport,
  SavedState,
} from '../array/administration.ts';

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB'] as const;

/** A size to three digits, 1 KB being 1,024 bytes. */
export function sizeText(bytes: number): string {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const size = bytes / 1_024 ** power;
  return `${size >= 100 || Number.isInteger(size) ? Math.round(size) : size.toPrecision(3)} ${UNITS[power]}`;
}

/** `instant`, `250ms`, `2s`, `3polls`: as the command takes it. */
export function paceText(pace: JobPace): string {
  if (pace === 'instant') return pace;
  if ('polls' in pace) return `${pace.polls}polls`;
  const { milliseconds } = pace;
  return milliseconds % 1_000 === 0 ? `${milliseconds / 1_000}s` : `${milliseconds}ms`;
}

/** Rows under each other, columns two spaces apart. */
function table(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>(
    (found, row) => row.map((cell, column) => Math.max(found[column] ?? 0, cell.length)),
    [],
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return rows.map((row) => `  ${line(row)}\n`).join('');
}

function containerRow(container: ContainerFigures): readonly string[] {
  const { name, protocol, volumes, pool, promisedBytes } = container;
  const limit = container.promiseLimitBytes;
  const promise = limit === 0 ? 'without bound' : `of ${sizeText(limit)}`;
  return [
    name,
    protocol,
    `${volumes} volumes`,
    `in ${pool}`,
    `${sizeText(promisedBytes)} ${promise} promised`,
    container.containerId,
  ];
}

function poolRow({ name, usedBytes, totalBytes, health, poolId }: PoolFigures): readonly string[] {
  return [
    name,
    `${sizeText(usedBytes)} of ${sizeText(totalBytes)} used`,
    healthText(health),
    poolId,
  ];
}

/** What is well says nothing. */
function healthText(health: string): string {
  return health === 'healthy' ? '' : health.toUpperCase();
}

function classicRow(classic: ClassicFigures): readonly string[] {
  const { name, pool, usedBytes, totalBytes, health, entityId } = classic;
  const used = `${sizeText(usedBytes)} of ${sizeText(totalBytes)} used`;
  return [name, `in ${pool}`, used, healthText(health), entityId];
}

function arrayText(array: ArrayFigures): string {
  const { name, arrayId, health, hardware, pools, classics, containers, endpoints } = array;
  const endpointRows = endpoints.map((endpoint) => [
    endpoint.endpointId,
    endpoint.protocol,
    endpoint.online ? 'up' : 'DOWN',
    `${endpoint.bindings} bindings`,
  ]);
  const ill = hardware.filter((each) => each.health !== 'healthy');
  return [
    `array ${name} (${arrayId}) ${healthText(health)}`.trimEnd(),
    `\n pools\n${table(pools.map(poolRow))}`,
    ` containers\n${table(containers.map(containerRow))}`,
    ` endpoints\n${table(endpointRows)}`,
    classics.length > 0 ? ` LUNs and file systems\n${table(classics.map(classicRow))}` : '',
    ` ${hardware.length} controllers and ports\n`,
    table(ill.map((each) => [each.entityId, healthText(each.health)])),
  ].join('');
}

/** How long ago, in the largest unit that fits. */
function age(then: string, now: string): string {
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(then)) / 1_000));
  if (seconds < 120) return `${seconds} s`;
  if (seconds < 7_200) return `${Math.floor(seconds / 60)} min`;
  return seconds < 172_800
    ? `${Math.floor(seconds / 3_600)} h`
    : `${Math.floor(seconds / 86_400)} days`;
}

function hostRow({ hostId, bindings, oldestAt, newestAt }: HostFigures, now: string) {
  return [
    hostId,
    `${bindings} bindings`,
    `oldest ${age(oldestAt, now)} ago`,
    `newest ${age(newestAt, now)} ago`,
  ];
}

/** The whole report. */
export function reportText(report: ArrayReport): string {
  const { arrays, hosts, hostCount, paces, now } = report;
  const more = hostCount > hosts.length ? `  and ${hostCount - hosts.length} more\n` : '';
  const paced = Object.entries(paces).filter(([, pace]) => pace !== 'instant');
  const paceRows = paced.map(([operation, pace]) => [operation, paceText(pace)]);
  return [
    ...arrays.map(arrayText),
    `${report.volumeCount} volumes, ${report.bindingCount} bindings, ${report.openJobs} jobs under way, ${report.endedJobs} ended; ${now}\n`,
    hosts.length === 0
      ? ''
      : ` hosts with bindings\n${table(hosts.map((host) => hostRow(host, now)))}${more}`,
    paced.length === 0 ? '' : ` pace of jobs (others: instant)\n${table(paceRows)}`,
  ].join('');
}

/** One state in a line. */
export function stateText({ name, savedAt, volumes, bindings, bytes }: SavedState): string {
  return `${name}\tof ${savedAt}\t${volumes} volumes, ${bindings} bindings, ${sizeText(bytes)}\n`;
}

/** What a repair, or a check (which mends nothing), found. */
export function findingsText({ mended, left }: RepairReport): string {
  const lines = [
    ...mended.map((problem) => `mended: ${problem}`),
    ...left.map((problem) => `wrong: ${problem}`),
  ];
  if (lines.length === 0) return 'everything adds up\n';
  const summary = left.length === 0 ? 'now everything adds up' : `problems: ${left.length}`;
  return `${[...lines, summary].join('\n')}\n`;
}

/** What an order has changed, a line for each thing. */
export function changesText(changes: readonly InventoryChange[]): string {
  if (changes.length === 0) return 'nothing has changed\n';
  return changes.map(({ kind, entity, entityId }) => `${kind}\t${entity}\t${entityId}\n`).join('');
}
