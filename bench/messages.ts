/** The messages of the bench: SOAP 1.1 requests as raw HTTP bytes. */
import { envelope, headersOf } from '../test/support/soap-client.ts';
import type { PlannedRequest } from './plan.ts';

/** What is put before a request, and whom it is for. */
export interface Addressee {
  readonly path: string;
  readonly session?: string | undefined;
}

/** The request as it goes over the wire. `expect` must be in the answer. */
export function planned(
  to: Addressee,
  message: { readonly operation: string; readonly children: string },
  options: { readonly expect: string; readonly measured?: boolean },
): PlannedRequest {
  const body = envelope(message.operation, message.children, '1.1');
  const headers = {
    Host: 'localhost',
    ...headersOf(message.operation, '1.1'),
    'Content-Length': String(Buffer.byteLength(body)),
    ...(to.session === undefined ? {} : { Cookie: `VASASESSIONID=${to.session}` }),
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const text = `POST ${to.path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
  return {
    bytes: Buffer.from(text).toString('base64'),
    measured: options.measured ?? true,
    expect: options.expect,
  };
}

/** What a host says of itself: two initiators and two addresses. */
export function setContext(hostId: string) {
  const initiator = (iqn: string) =>
    `<d:hostInitiator><d:iscsiIdentifier>${iqn}</d:iscsiIdentifier></d:hostInitiator>`;
  const names = [1, 2].map((n) => initiator(`iqn.1998-01.com.example:${hostId}-${n}`)).join('');
  const address = '<d:hostIoIpAddress>192.0.2.10</d:hostIoIpAddress>';
  const context = `<d:hostGuid>${hostId}</d:hostGuid>${names}${address}`;
  return { operation: 'setContext', children: `<m:usageContext>${context}</m:usageContext>` };
}

export function bindVirtualVolume(vvolIds: readonly string[]) {
  const ids = vvolIds.map((id) => `<m:vvolId>${id}</m:vvolId>`).join('');
  const children = `${ids}<m:bindContext>Normal</m:bindContext>`;
  return { operation: 'bindVirtualVolume', children };
}

export const UNBIND_ALL = { operation: 'unbindAllVirtualVolumesFromHost', children: '' } as const;

/** Every volume whose metadata has this pair. */
export function queryVirtualVolume(key: string, value: string) {
  const constraint = `<v:key>${key}</v:key><v:value>${value}</v:value>`;
  return {
    operation: 'queryVirtualVolume',
    children: `<m:searchConstraint>${constraint}</m:searchConstraint>`,
  };
}

export function createVirtualVolume(containerId: string, pairs: Readonly<Record<string, string>>) {
  const metadata = Object.entries(pairs).map(
    ([name, value]) =>
      `<m:metadata><d:parameterName>${name}</d:parameterName><d:parameterValue>${value}</d:parameterValue></m:metadata>`,
  );
  return {
    operation: 'createVirtualVolume',
    children: `<m:containerId>${containerId}</m:containerId><m:vvolType>Data</m:vvolType><m:sizeInMB>1024</m:sizeInMB>${metadata.join('')}`,
  };
}

export function queryVirtualVolumeInfo(vvolIds: readonly string[]) {
  const children = vvolIds.map((id) => `<m:vvolId>${id}</m:vvolId>`).join('');
  return { operation: 'queryVirtualVolumeInfo', children };
}

export function updateVirtualVolumeMetaData(
  vvolId: string,
  pairs: Readonly<Record<string, string>>,
) {
  const changed = Object.entries(pairs).map(
    ([name, value]) =>
      `<m:keyValuePair><d:parameterName>${name}</d:parameterName><d:parameterValue>${value}</d:parameterValue></m:keyValuePair>`,
  );
  return {
    operation: 'updateVirtualVolumeMetaData',
    children: `<m:vvolId>${vvolId}</m:vvolId>${changed.join('')}`,
  };
}

/** What came after `lastEventId`. */
export function getEvents(lastEventId: bigint) {
  return {
    operation: 'getEvents',
    children: `<m:lastEventId>${lastEventId}</m:lastEventId>`,
  };
}
