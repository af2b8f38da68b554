/**
 * The options about metadata contexts. There is one context, `base:allocation`; queries of other
 * namespaces and unknown names select nothing, which is no error.
 */

import { ALLOCATION, OPTION, OPTION_REPLY } from '../protocol.ts';
import { type Fields, OptionRefusal } from './fields.ts';
import type { Haggling, Outcome } from './haggling.ts';

interface ContextRequest {
  readonly name: string;
  readonly queries: readonly string[];
}

/** No query, or the namespace alone, asks for all there is. */
export async function answerListContexts(haggling: Haggling, data: Buffer): Promise<Outcome> {
  const { queries } = await readRequest(haggling, data);
  const wanted = queries.length === 0 || queries.includes('base:');
  const found = wanted || queries.includes(ALLOCATION.name);
  await replyContexts(haggling, OPTION.listMetaContext, found ? 0 : undefined);
  return 'next';
}

/** Replaces what was selected before, also when it fails. */
export async function answerSetContexts(haggling: Haggling, data: Buffer): Promise<Outcome> {
  haggling.allocationOf = undefined;
  const { name, queries } = await readRequest(haggling, data);
  const selected = queries.includes(ALLOCATION.name);
  if (selected) haggling.allocationOf = name;
  await replyContexts(haggling, OPTION.setMetaContext, selected ? ALLOCATION.id : undefined);
  return 'next';
}

async function replyContexts(
  haggling: Haggling,
  option: number,
  id: number | undefined,
): Promise<void> {
  if (id !== undefined) {
    const number = Buffer.alloc(4);
    number.writeUInt32BE(id);
    const context = Buffer.concat([number, Buffer.from(ALLOCATION.name)]);
    await haggling.reply(option, OPTION_REPLY.metaContext, context);
  }
  await haggling.reply(option, OPTION_REPLY.ack);
}

async function readRequest(haggling: Haggling, data: Buffer): Promise<ContextRequest> {
  if (!haggling.structured) {
    throw new OptionRefusal(OPTION_REPLY.invalid, 'structured replies come first');
  }
  const fields = haggling.fields(data);
  const name = fields.string();
  const count = fields.uint32();
  if (count > haggling.link.limits.contextQueries) {
    throw new OptionRefusal(OPTION_REPLY.tooBig, 'there are too many queries');
  }
  const queries = Array.from({ length: count }, () => readQuery(fields));
  fields.end();
  await haggling.open(name);
  return { name, queries };
}

function readQuery(fields: Fields): string {
  const query = fields.string();
  if (query.includes(':')) return query;
  throw new OptionRefusal(OPTION_REPLY.invalid, 'a query has no namespace');
}
