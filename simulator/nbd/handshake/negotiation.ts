/**
 * The handshake of one connection, fixed newstyle: greeting, then options until the client has chosen an
 * export or leaves.
 */
import type { Link, Session } from '../link.ts';
import { HANDSHAKE, MAGIC, SIZE } from '../protocol.ts';
import { ProtocolViolation } from '../reader.ts';
import { Haggling } from './haggling.ts';
import { answerOption } from './options.ts';

const OFFERED = HANDSHAKE.fixedNewstyle | HANDSHAKE.noZeroes;

/** Runs the handshake; undefined when the client leaves without an export. */
export async function negotiate(link: Link): Promise<Session | undefined> {
  const { reader, writer, limits } = link;
  await writer.send(greeting());
  const flags = (await reader.read(4)).readUInt32BE();
  if ((flags & ~OFFERED) !== 0) throw new ProtocolViolation('unknown client flags');
  const haggling = new Haggling(link, (flags & HANDSHAKE.noZeroes) !== 0);
  for (;;) {
    const head = await reader.read(SIZE.option);
    if (head.readBigUInt64BE(0) !== MAGIC.option) throw new ProtocolViolation('not an option');
    const option = head.readUInt32BE(8);
    const length = head.readUInt32BE(12);
    if (length > limits.optionBytes) throw new ProtocolViolation('an option is too long');
    const outcome = await answerOption(haggling, option, await reader.read(length));
    if (outcome === 'left') return undefined;
    if (outcome !== 'next') return outcome;
  }
}

function greeting(): Buffer {
  const bytes = Buffer.alloc(18);
  bytes.writeBigUInt64BE(MAGIC.greeting, 0);
  bytes.writeBigUInt64BE(MAGIC.option, 8);
  bytes.writeUInt16BE(OFFERED, 16);
  return bytes;
}
