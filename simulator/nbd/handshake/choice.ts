/**
 * The options that choose an export or tell about one: EXPORT_NAME, INFO and GO. INFO and GO answer
 * alike; after GO and EXPORT_NAME the transmission begins.
 */

import type { NbdLimits } from '../limits.ts';
import type { Session } from '../link.ts';
import type { NbdDevice } from '../port.ts';
import { EXPORT_FLAG, INFO, OPTION, OPTION_REPLY } from '../protocol.ts';
import { OptionRefusal } from './fields.ts';
import type { Haggling, Outcome } from './haggling.ts';

/** What the old option's answer ends with, unless the client wants none of it. */
const PADDING_BYTES = 124;

/** This option knows no error: a client that cannot have the export is left. */
export async function answerExportName(haggling: Haggling, data: Buffer): Promise<Outcome> {
  try {
    const name = haggling.fields(data).rest();
    return await attach(haggling, name, async (device) => {
      const summary = describe(device, haggling.structured);
      const padding = Buffer.alloc(haggling.noZeroes ? 0 : PADDING_BYTES);
      await haggling.link.writer.send(summary, padding);
    });
  } catch (error) {
    if (error instanceof OptionRefusal) return 'left';
    throw error;
  }
}

export async function answerInfo(haggling: Haggling, data: Buffer): Promise<Outcome> {
  const request = readRequest(haggling, data);
  await replyInfo(haggling, OPTION.info, request, await haggling.open(request.name));
  return 'next';
}

export async function answerGo(haggling: Haggling, data: Buffer): Promise<Outcome> {
  const request = readRequest(haggling, data);
  return attach(haggling, request.name, (device) =>
    replyInfo(haggling, OPTION.go, request, device),
  );
}

interface InfoRequest {
  readonly name: string;
  /** Kinds of information asked for; unknown ones among them. */
  readonly kinds: ReadonlySet<number>;
}

function readRequest(haggling: Haggling, data: Buffer): InfoRequest {
  const fields = haggling.fields(data);
  const name = fields.string();
  const kinds = new Set(Array.from({ length: fields.uint16() }, () => fields.uint16()));
  fields.end();
  return { name, kinds };
}

/** Opens the export and answers with `reply`; whatever fails leaves no attachment behind. */
async function attach(
  haggling: Haggling,
  name: string,
  reply: (device: NbdDevice) => Promise<void>,
): Promise<Session> {
  const { attachments } = haggling.link;
  const attachment = attachments.attach(name);
  try {
    const device = await haggling.open(name);
    if (attachment.withdrawal.aborted) {
      throw new OptionRefusal(OPTION_REPLY.unknown, 'the export has just been withdrawn');
    }
    await reply(device);
    return {
      attachment,
      device: attachment.guard(device),
      structured: haggling.structured,
      allocation: haggling.structured && haggling.allocationOf === name,
    };
  } catch (error) {
    attachments.detach(attachment);
    throw error;
  }
}

async function replyInfo(
  haggling: Haggling,
  option: number,
  { name, kinds }: InfoRequest,
  device: NbdDevice,
): Promise<void> {
  const send = (kind: number, data: Buffer): Promise<void> => {
    const head = Buffer.alloc(2);
    head.writeUInt16BE(kind);
    return haggling.reply(option, OPTION_REPLY.info, Buffer.concat([head, data]));
  };
  await send(INFO.export, describe(device, haggling.structured));
  if (kinds.has(INFO.name)) await send(INFO.name, Buffer.from(name));
  if (kinds.has(INFO.blockSize)) await send(INFO.blockSize, blockSizes(haggling.link.limits));
  await haggling.reply(option, OPTION_REPLY.ack);
}

/** Size and transmission flags, as both ways to choose an export tell them. */
function describe(device: NbdDevice, structured: boolean): Buffer {
  const bytes = Buffer.alloc(10);
  bytes.writeBigUInt64BE(device.size, 0);
  bytes.writeUInt16BE(exportFlags(device, structured), 8);
  return bytes;
}

function exportFlags(device: NbdDevice, structured: boolean): number {
  const always = EXPORT_FLAG.hasFlags | EXPORT_FLAG.flush | EXPORT_FLAG.fua;
  const changes = device.readOnly
    ? EXPORT_FLAG.readOnly
    : EXPORT_FLAG.trim | EXPORT_FLAG.writeZeroes;
  const fragments = structured ? EXPORT_FLAG.dontFragment : 0;
  const connections = device.flushCoversAll ? EXPORT_FLAG.multiConn : 0;
  return always | changes | fragments | connections;
}

/** Smallest, preferred and greatest block: any byte can be addressed. */
function blockSizes(limits: NbdLimits): Buffer {
  const bytes = Buffer.alloc(12);
  bytes.writeUInt32BE(1, 0);
  bytes.writeUInt32BE(limits.preferredBlockBytes, 4);
  bytes.writeUInt32BE(limits.payloadBytes, 8);
  return bytes;
}
