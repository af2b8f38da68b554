/** A fault rule as the form gives it: written as the provider reads it, and in words for the question before it. */

/**
 * @typedef {object} Effect
 * @property {string} title
 * @property {string} about
 * @property {(parameter: string) => Record<string, unknown>} written
 * @property {{ label: string, type: 'text' | 'number', value: string }} [parameter]
 * @property {true} [danger]
 */

/** @type {Readonly<Record<string, Effect>>} */
export const EFFECTS = {
  noSpace: {
    title: 'the array has no space left',
    about: 'The array refuses; nothing is done.',
    written: () => ({ noSpace: true }),
  },
  busy: {
    title: 'the array is busy',
    about: 'The array refuses for the moment; nothing is done. Clients are to ask again.',
    written: () => ({ error: 'busy' }),
  },
  failed: {
    title: 'the array fails',
    about: 'The array fails without saying why; nothing is done.',
    written: () => ({ error: 'failed' }),
  },
  delay: {
    title: 'the call takes longer',
    about: 'The call waits before the work is done.',
    written: (parameter) => ({ delayMs: Number(parameter) }),
    parameter: { label: 'Milliseconds', type: 'number', value: '5000' },
  },
  held: {
    title: 'the task takes longer',
    about:
      'The call answers at once; the task that it begins runs that long. For calls that begin a task.',
    written: (parameter) => ({ delayMs: Number(parameter), at: 'during' }),
    parameter: { label: 'Milliseconds', type: 'number', value: '60000' },
  },
  lostReply: {
    title: 'the answer is lost',
    about:
      'The work is done and durable, then the call fails as if the array had gone. Clients have to look whether it happened.',
    written: () => ({ lostReply: true }),
  },
  crash: {
    title: 'the provider dies',
    about:
      'The provider’s process is killed before the call reaches the array, and this page with it until somebody starts the provider again.',
    written: () => ({ crash: 'before' }),
    danger: true,
  },
};

/**
 * The rule as docs/fault-rules.md writes it.
 * @param {Record<string, string>} fields
 */
export function ruleOf({
  effect = '',
  parameter = '',
  on,
  host,
  volume,
  container,
  percent = '100',
  skip = '0',
  most,
}) {
  return {
    on,
    ...EFFECTS[effect]?.written(parameter),
    ...(host === undefined ? {} : { host }),
    ...(volume === undefined ? {} : { volume }),
    ...(container === undefined ? {} : { container }),
    probability: Number(percent) / 100,
    skip: Number(skip),
    ...(most === undefined ? {} : { most: Number(most) }),
  };
}

/**
 * What the rule will do, in a few sentences.
 * @param {Record<string, string>} fields
 */
export function ruleText({
  effect = '',
  parameter,
  on,
  host,
  volume,
  container,
  percent = '100',
  skip = '0',
  most,
}) {
  const { title = '', about = '', parameter: asked } = EFFECTS[effect] ?? {};
  const whose = [
    host === undefined ? '' : ` of host ${host}`,
    volume === undefined ? '' : ` about volume ${volume}`,
    container === undefined ? '' : ` in container ${container}`,
  ].join('');
  const share = percent === '100' ? 'Every call' : `${percent} of a hundred calls`;
  const amount = asked === undefined ? '' : ` (${parameter} ms)`;
  const first = skip === '0' ? '' : ` The first ${skip} are left alone.`;
  const end = most === undefined ? '' : ` After ${most} the rule rests.`;
  return `${share} to ${on}${whose}: ${title}${amount}. ${about}${first}${end} Real clients feel it too. It ends when the rule is removed or the provider is started again.`;
}
