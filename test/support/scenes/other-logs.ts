/**
 * The logs that vCenter and a host would have of the same calls, in the line forms that are publicly known
 * (docs/reading-logs.md), written after the provider's log so that they match it.
 */
import { readFileSync } from 'node:fs';

interface Request {
  readonly time: string;
  readonly operation: string;
  readonly outcome: string;
  readonly host_id?: string;
  readonly vcenter_id?: string;
  readonly duration_ms: number;
}

function requestsIn(log: string): readonly Request[] {
  const lines = readFileSync(log, 'utf8').trim().split('\n');
  // They were written by the provider under test.
  return lines
    .map((line) => JSON.parse(line) as Request & { readonly event: string })
    .filter(({ event }) => event === 'request');
}

const at = (time: string, byMs: number) => new Date(Date.parse(time) + byMs).toISOString();
const HEAD = 'vvold[2099441] [Originator@6876 sub=Default]';

/** `vvold.log` of a host whose clock is `aheadMs` before the provider's. */
export function vvoldLog(log: string, hostId: string, aheadMs: number): string {
  const own = requestsIn(log).filter((each) => each.host_id === hostId);
  const lines = own.flatMap(({ time, operation, outcome, duration_ms: took }, index) => {
    const name = operation[0]?.toUpperCase() + operation.slice(1);
    const how = outcome === 'ok' ? 'SUCCESS' : 'FAILURE';
    const fault = outcome.replaceAll(/(?<=[a-z])[A-Z]/g, (each) => `_${each}`).toUpperCase();
    const after = outcome === 'ok' ? '' : `: ${fault} (${operation} was refused)`;
    return [
      `${at(time, aheadMs - took - 2)} info ${HEAD} VasaOp::${name}Int [#${index}]: ===> Issuing '${operation}' to VP keelson (#outstanding 0/5) [session state: Connected]`,
      `${at(time, aheadMs + 1)} info ${HEAD} ===> FINAL ${how} ${operation} VP (keelson) Container (0c5e2f0e) timeElapsed=${took + 3} msecs (#outstanding 0)${after}`,
    ];
  });
  return [`${HEAD} a line of no known form`, ...lines, ''].join('\n');
}

/** `sps.log` of a vCenter whose clock is `aheadMs` before the provider's. */
export function spsLog(log: string, vcenterId: string, aheadMs: number): string {
  const own = requestsIn(log).filter((each) => each.vcenter_id === vcenterId);
  const lines = own.map(({ time, operation, outcome }) => {
    const level = outcome === 'ok' ? 'DEBUG' : 'ERROR';
    const words = outcome === 'ok' ? '' : ` failed: com.vmware.vim.sms.fault.${outcome}Fault`;
    return `${at(time, aheadMs)} [pool-9-thread-2] ${level} opId=sps-Main com.vmware.vim.sms.provider.vasa.VasaClientImpl executeWithTimeout ${operation}${words}`;
  });
  return [...lines, ''].join('\n');
}
