/** A length of time as people type it: `90s`, `10m`, `2h`, `1d`; a bare number is seconds. */
const SECONDS: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, h: 3_600, d: 86_400 };

/** Whole seconds, or undefined when the text is no such length. */
export function parseSeconds(text: string): number | undefined {
  const [, digits = '', unit = ''] = /^(\d{1,7})([smhd]?)$/.exec(text) ?? [];
  const factor = SECONDS[unit];
  return digits === '' || factor === undefined ? undefined : Number(digits) * factor;
}
