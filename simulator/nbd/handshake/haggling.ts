/**
 * One connection's handshake as it stands between two options: what the client has asked for so far, and
 * how it is answered. What each option means is told in options.ts, contexts.ts and choice.ts.
 */

import type { Link, Session } from '../link.ts';
import type { NbdDevice } from '../port.ts';
import { MAGIC, OPTION_REPLY, SIZE } from '../protocol.ts';
import { Fields, OptionRefusal } from './fields.ts';

/** How the handshake goes on: with another option, not at all, or with the transmission. */
export type Outcome = 'next' | 'left' | Session;

export class Haggling {
  readonly link: Link;
  /** Whether the client wants no zeroes after the answer to its export name. */
  readonly noZeroes: boolean;
  structured = false;
  /** The export for which `base:allocation` was selected last. */
  allocationOf: string | undefined;

  constructor(link: Link, noZeroes: boolean) {
    this.link = link;
    this.noZeroes = noZeroes;
  }

  /** The option's data, to be read by fields. */
  fields(data: Buffer): Fields {
    return new Fields(data, this.link.limits.stringBytes);
  }

  reply(option: number, type: number, data: Buffer = Buffer.alloc(0)): Promise<void> {
    const head = Buffer.alloc(SIZE.optionReply);
    head.writeBigUInt64BE(MAGIC.optionReply, 0);
    head.writeUInt32BE(option, 8);
    head.writeUInt32BE(type, 12);
    head.writeUInt32BE(data.length, 16);
    return this.link.writer.send(head, data);
  }

  /** The device of that name; throws OptionRefusal when there is none to be had. */
  async open(name: string): Promise<NbdDevice> {
    const device = await this.link.exports.open(name).catch((error: unknown) => {
      this.link.failed(error);
      return undefined;
    });
    if (device === undefined) {
      throw new OptionRefusal(OPTION_REPLY.unknown, 'there is no such export');
    }
    return device;
  }
}
