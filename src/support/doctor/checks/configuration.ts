/** Settings that contradict each other, or that make sense on a test bench alone. */
import { isAbsolute } from 'node:path';
import type { Config } from '../../../config/schema.ts';
import { type Check, type Finding, ok, problem, warning } from '../finding.ts';

type Rule = (config: Config) => readonly [seen: string, advice: string] | undefined;

/** Each gives what is wrong, or nothing. */
const PROBLEMS: readonly Rule[] = [
  ({ log }) =>
    !log.stdout && log.directory === undefined
      ? ['no log is written anywhere', 'Set log.directory, or log.stdout to true.']
      : undefined,
  ({ port, health, host }) =>
    port !== 0 && port === health.port && (host === health.host || isEvery(host))
      ? [`port and health.port are both ${port}`, 'Give health.port another number.']
      : undefined,
];

const WARNINGS: readonly Rule[] = [
  ({ host }) =>
    isLoopback(host)
      ? [
          `host is ${host}: nobody on another machine can connect`,
          'Set host to 0.0.0.0 (or ::), or to the address that vCenter reaches.',
        ]
      : undefined,
  ({ port }) =>
    port === 0
      ? [
          'port is 0: another one at each start, and vCenter keeps the one that was registered',
          'Set port, e.g. to 8443.',
        ]
      : undefined,
  ({ publicNames: [first] }) =>
    first !== undefined && isLoopback(first)
      ? [
          `publicNames begins with ${first}, which is another machine for everybody else`,
          'Begin publicNames with the name by which vCenter and hosts reach this machine.',
        ]
      : undefined,
  ({ publicNames: [first], host }) =>
    first === undefined && isEvery(host)
      ? [
          'publicNames is not set: the machine’s own name stands in certificate and URLs',
          'Set publicNames to the name that vCenter uses; else a new host name changes the URL.',
        ]
      : undefined,
  ({ dataDir }) =>
    isAbsolute(dataDir)
      ? undefined
      : [
          `dataDir is ${dataDir}, which depends on where the provider is started`,
          'Give the whole path, e.g. /var/lib/keelson.',
        ],
  ({ dataDir }) =>
    /^\/(tmp|var\/tmp|dev\/shm|run)(\/|$)/.test(dataDir)
      ? [`dataDir is ${dataDir}, which is cleared at times`, 'Use a folder that stays.']
      : undefined,
  ({ log }) =>
    log.directory === undefined && log.stdout
      ? [
          'log.directory is not set: a support bundle has no log',
          'Set log.directory, e.g. to /var/log/keelson.',
        ]
      : undefined,
  ({ log }) =>
    log.level === 'info'
      ? undefined
      : [`log.level is ${log.level}: lines of requests are missing`, 'Set log.level to info.'],
  ({ clock }) =>
    clock.movable
      ? ['clock.movable is on, which is for tests alone', 'Set clock.movable to false.']
      : undefined,
  ({ faultRules }) =>
    faultRules.file === undefined
      ? undefined
      : [
          `faultRules.file makes calls fail on purpose (${faultRules.file})`,
          'Leave it out where this is no test.',
        ],
];

export const checkConfiguration: Check = ({ loaded }) => {
  if (loaded === undefined) return [];
  if (typeof loaded === 'string')
    return [problem('configuration.read', loaded, 'Mend it where the message says.')];
  const { config, sources } = loaded;
  const set = [...sources.values()].filter((source) => source !== 'default').length;
  const found: Finding[] = [
    ok('configuration.read', `${set} of ${sources.size} settings are not at their default`),
  ];
  for (const rule of PROBLEMS) {
    const hit = rule(config);
    if (hit !== undefined) found.push(problem('configuration.sense', ...hit));
  }
  for (const rule of WARNINGS) {
    const hit = rule(config);
    if (hit !== undefined) found.push(warning('configuration.sense', ...hit));
  }
  if (found.length === 1) found.push(ok('configuration.sense', 'no setting contradicts another'));
  return found;
};

/** Whether the name or address means the machine itself, whoever says it. */
export function isLoopback(name: string): boolean {
  return /^(localhost(\.localdomain)?|127(\.\d+){3}|::1|0:0:0:0:0:0:0:1)$/i.test(name);
}

function isEvery(host: string): boolean {
  return ['0.0.0.0', '::', '*'].includes(host);
}
