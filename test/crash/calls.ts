/** The calls of the crash test in plain XML: one function per VASA operation, faults as data. */
import { escaped, type Reply, type SoapClient, textOf, textsOf } from '../support/soap-client.ts';
import type { Handle, VolumeRecord } from './ledger.ts';

/** What a call came to: the fault's name, or the answer. */
export type Answer<Value> = { readonly fault: string } | { readonly value: Value };

function answer<Value>(reply: Reply, read: (body: string) => Value): Answer<Value> {
  return reply.fault === undefined ? { value: read(reply.body) } : { fault: reply.fault };
}

const pair = (name: string, value: string) =>
  `<m:metadata><d:parameterName>${name}</d:parameterName><d:parameterValue>${escaped(value)}</d:parameterValue></m:metadata>`;

export async function createVirtualVolume(host: SoapClient, volume: VolumeRecord) {
  const metadata = [
    pair('VMW_VVolName', volume.name),
    pair('VMW_VVolType', volume.type),
    pair('note', volume.note),
  ];
  const children = `<m:containerId>${volume.container}</m:containerId><m:vvolType>${volume.type}</m:vvolType><m:sizeInMB>64</m:sizeInMB>${metadata.join('')}`;
  return answer(await host.call('createVirtualVolume', children), taskOf);
}

export async function getTaskUpdate(host: SoapClient, taskId: string) {
  return answer(await host.call('getTaskUpdate', `<m:taskId>${taskId}</m:taskId>`), taskOf);
}

function taskOf(body: string) {
  const state = textOf(body, 'taskState');
  return { taskId: textOf(body, 'taskId'), state, result: textsOf(body, 'result')[0] };
}

export async function deleteVirtualVolume(host: SoapClient, id: string) {
  return answer(await host.call('deleteVirtualVolume', `<m:vvolId>${id}</m:vvolId>`), () => null);
}

/** One entry per id: the handle, or the name of the item's fault. */
export async function bindVirtualVolume(host: SoapClient, ids: readonly string[]) {
  const list = ids.map((id) => `<m:vvolId>${id}</m:vvolId>`).join('');
  const children = `${list}<m:bindContext>Normal</m:bindContext>`;
  return answer(await host.call('bindVirtualVolume', children), (body) =>
    elements(body, 'return').map(bound),
  );
}

function bound(item: string): Handle | string {
  const [xml] = elements(item, 'vvolHandle');
  if (xml === undefined)
    return /<(?:\w+:)?fault [^>]*type="(?:\w+:)?(\w+)"/.exec(item)?.[1] ?? item;
  const place = elements(xml, 'peInBandId')[0] ?? '';
  return {
    xml,
    secondaryId: textOf(xml, 'vvolSecondaryId'),
    endpoint: ['lunId', 'ipAddress', 'serverMount']
      .flatMap((name) => textsOf(place, name))
      .join(' '),
  };
}

/** What is sent to end a binding. */
export function unbinding(handle: Handle): string {
  return `<m:vvolHandle>${prefixed(handle.xml)}</m:vvolHandle><m:unbindContext>Normal</m:unbindContext>`;
}

/** True when the binding has ended. */
export async function unbindVirtualVolume(host: SoapClient, handle: Handle) {
  const reply = await host.call('unbindVirtualVolume', unbinding(handle));
  return answer(reply, (body) => !/<(?:\w+:)?errorResult/.test(body));
}

/** Ids of every volume of this test. */
export async function queryVirtualVolume(host: SoapClient) {
  const key = '<m:searchConstraint><v:key>note</v:key></m:searchConstraint>';
  return textsOf(await host.ask('queryVirtualVolume', key), 'return');
}

/** Metadata by volume id, of those ids that are known. */
export async function queryVirtualVolumeInfo(host: SoapClient, ids: readonly string[]) {
  const infos = new Map<string, Readonly<Record<string, string>>>();
  for (let at = 0; at < ids.length; at += 500) {
    const list = ids.slice(at, at + 500).map((id) => `<m:vvolId>${id}</m:vvolId>`);
    const body = await host.ask('queryVirtualVolumeInfo', list.join(''));
    for (const item of elements(body, 'return')) {
      const names = textsOf(item, 'parameterName');
      const values = textsOf(item, 'parameterValue');
      const pairs = names.map((name, index) => [name, values[index]]);
      infos.set(textOf(item, 'vvolId'), Object.fromEntries(pairs));
    }
  }
  return infos;
}

/** Inner XML of every element of this local name that holds none of the same name. */
function elements(xml: string, localName: string): string[] {
  const pattern = new RegExp(`<((?:\\w+:)?${localName})(?:\\s[^>]*)?>(.*?)</\\1>`, 'gs');
  return [...xml.matchAll(pattern)].map(([, , inner = '']) => inner);
}

/** A handle as it came, with the prefixes of our own requests: `d` for its base, `v` for the rest. */
function prefixed(xml: string): string {
  return xml
    .replace(/ xmlns(:\w+)?="[^"]*"/g, '')
    .replace(/<(\/?)(?:\w+:)?(\w+)/g, (_, slash, name) =>
      name === 'uniqueIdentifier' ? `<${slash}d:${name}` : `<${slash}v:${name}`,
    );
}
