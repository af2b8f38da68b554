/**
 * The vCenter that is to register the provider, as far as its port tells: that its name is known here, that it
 * answers, and how far its clock is from ours. Nobody logs in to it. The clock is asked over verified TLS, or, where
 * its authority is not known, over plain HTTP, whose answer is worth a hint and no more.
 */
import { lookup } from 'node:dns/promises';
import { request } from 'node:http';
import { connect, isIP } from 'node:net';
import { LIMITS } from '../../../model/limits.ts';
import { type Check, type Finding, notChecked, ok, problem, warning } from '../finding.ts';
import { exchange } from '../target.ts';

/** More than that, and certificates that are signed now are not good yet elsewhere. */
const SKEW_SECONDS = 30;
const PLAIN_PORT = 80;

export const checkVcenter: Check = async ({ vcenter, trust, clock }) => {
  if (vcenter === undefined) return [];
  const { host, port } = vcenter;
  const found: Finding[] = [];
  if (isIP(host) === 0) {
    const addresses = await lookup(host, { all: true }).catch(() => []);
    if (addresses.length === 0) {
      const advice = `Enter ${host} in the name service that this machine uses.`;
      return [problem('vcenter.resolve', `${host} cannot be looked up here`, advice)];
    }
    found.push(
      ok('vcenter.resolve', `${host} is ${addresses.map(({ address }) => address).join(', ')}`),
    );
  }
  const failure = await reach(host, port);
  if (failure !== undefined) {
    const advice = 'See firewalls and routes between this machine and vCenter.';
    return [
      ...found,
      warning('vcenter.reach', `${host}:${port} cannot be reached: ${failure}`, advice),
    ];
  }
  found.push(ok('vcenter.reach', `${host}:${port} can be reached`));
  found.push(await skew(host, port, trust, () => clock.now()));
  return found;
};

function reach(host: string, port: number): Promise<string | undefined> {
  return new Promise((settle) => {
    const socket = connect({ host, port, timeout: LIMITS.doctorConnectMs });
    const end = (failure: string | undefined) => {
      socket.destroy();
      settle(failure);
    };
    socket.once('connect', () => end(undefined));
    socket.once('timeout', () => end('no answer'));
    socket.once('error', (error) => end(error.message));
  });
}

async function skew(
  host: string,
  port: number,
  trust: readonly string[],
  now: () => number,
): Promise<Finding> {
  const name = isIP(host) === 6 ? `[${host}]` : host;
  const verified = await exchange(`https://${name}:${port}/`, trust).then(
    ({ headers }) => String(headers['date'] ?? ''),
    (error: unknown) => (error instanceof Error ? error : new Error(String(error))),
  );
  const date = typeof verified === 'string' ? verified : await plainDate(host);
  const at = Date.parse(date ?? '');
  if (Number.isNaN(at)) {
    const why = verified instanceof Error ? verified.message : 'it does not tell its time';
    const advice = 'Give the authority of vCenter’s certificate with --ca, or compare by hand.';
    return notChecked('vcenter.clock', `its clock could not be asked: ${why}`, advice);
  }
  const apart = Math.round((now() - at) / 1_000);
  const how = typeof verified === 'string' ? '' : ' (by plain HTTP, which proves nothing)';
  const seen = `our clock is ${Math.abs(apart)} s ${apart < 0 ? 'behind' : 'ahead of'} vCenter’s${how}`;
  if (Math.abs(apart) <= SKEW_SECONDS) return ok('vcenter.clock', seen);
  const advice =
    'Set both by the same time servers: certificates that vCenter signs now are refused as not yet valid, and events come in the wrong order.';
  return problem('vcenter.clock', seen, advice);
}

function plainDate(host: string): Promise<string | undefined> {
  return new Promise((settle) => {
    const sent = request({
      host,
      port: PLAIN_PORT,
      method: 'HEAD',
      timeout: LIMITS.doctorConnectMs,
    });
    sent.once('response', (answer) => {
      answer.resume();
      settle(answer.headers.date);
    });
    sent.once('timeout', () => sent.destroy());
    sent.once('error', () => settle(undefined));
    sent.once('close', () => settle(undefined));
    sent.end();
  });
}
