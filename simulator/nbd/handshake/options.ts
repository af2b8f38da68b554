/**
 * The options of the handshake by their numbers. An option of another number is answered as unsupported;
 * TLS is refused as policy, because the server listens locally only.
 */

import { OPTION, OPTION_REPLY } from '../protocol.ts';
import { answerExportName, answerGo, answerInfo } from './choice.ts';
import { answerListContexts, answerSetContexts } from './contexts.ts';
import { OptionRefusal } from './fields.ts';
import type { Haggling, Outcome } from './haggling.ts';

type Answer = (haggling: Haggling, data: Buffer) => Promise<Outcome>;

const ANSWERS: ReadonlyMap<number, Answer> = new Map<number, Answer>([
  [OPTION.exportName, answerExportName],
  [OPTION.abort, answerAbort],
  [OPTION.list, answerList],
  [OPTION.startTls, answerStartTls],
  [OPTION.info, answerInfo],
  [OPTION.go, answerGo],
  [OPTION.structuredReply, answerStructuredReply],
  [OPTION.listMetaContext, answerListContexts],
  [OPTION.setMetaContext, answerSetContexts],
]);

/** Answers one option; what the client cannot have it is told, and may go on. */
export async function answerOption(
  haggling: Haggling,
  option: number,
  data: Buffer,
): Promise<Outcome> {
  try {
    const answer = ANSWERS.get(option) ?? answerUnknown;
    return await answer(haggling, data);
  } catch (error) {
    if (!(error instanceof OptionRefusal)) throw error;
    await haggling.reply(option, error.reply, Buffer.from(error.message));
    return 'next';
  }
}

async function answerUnknown(): Promise<Outcome> {
  throw new OptionRefusal(OPTION_REPLY.unsupported, 'this server does not know the option');
}

async function answerAbort(haggling: Haggling): Promise<Outcome> {
  await haggling.reply(OPTION.abort, OPTION_REPLY.ack);
  return 'left';
}

async function answerList(haggling: Haggling, data: Buffer): Promise<Outcome> {
  haggling.fields(data).end();
  const names = await haggling.link.exports.list();
  if (names.length > haggling.link.limits.listedExports) {
    throw new OptionRefusal(OPTION_REPLY.tooBig, 'there are too many exports to list');
  }
  for (const name of names) {
    const bytes = Buffer.from(name);
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    await haggling.reply(OPTION.list, OPTION_REPLY.server, Buffer.concat([length, bytes]));
  }
  await haggling.reply(OPTION.list, OPTION_REPLY.ack);
  return 'next';
}

async function answerStartTls(haggling: Haggling, data: Buffer): Promise<Outcome> {
  haggling.fields(data).end();
  throw new OptionRefusal(OPTION_REPLY.policy, 'this server is reached locally, without TLS');
}

async function answerStructuredReply(haggling: Haggling, data: Buffer): Promise<Outcome> {
  haggling.fields(data).end();
  haggling.structured = true;
  await haggling.reply(OPTION.structuredReply, OPTION_REPLY.ack);
  return 'next';
}
