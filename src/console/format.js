/** Figures and times as people read them. Times are UTC, as in the log, so that both can be laid side by side. */

const UNITS = ['B', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** Bytes in powers of 1024 with three figures: `1.50 TB`. @param {number} bytes */
export function size(bytes) {
  const power = bytes < 1 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** power;
  const digits = power === 0 || value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)} ${UNITS[power]}`;
}

/** `1,234`. @param {number} value */
export function count(value) {
  return value.toLocaleString('en-US');
}

/** `1 volume`, `3 volumes`. @param {number} value @param {string} noun */
export function counted(value, noun) {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** `2026-11-23 03:28:04`. @param {string | number} at */
export function moment(at) {
  return new Date(at).toISOString().slice(0, 19).replace('T', ' ');
}

/** The longest unit that fits and the next one: `2 d 4 h`, `350 ms`. @param {number} ms */
export function duration(ms) {
  const left = Math.abs(ms);
  if (left < 1_000) return `${Math.round(left)} ms`;
  /** @type {readonly (readonly [string, number])[]} */
  const units = [
    ['d', 86_400_000],
    ['h', 3_600_000],
    ['min', 60_000],
    ['s', 1_000],
  ];
  const first = units.findIndex(([, unit]) => left >= unit);
  const [name, unit] = units[first] ?? ['s', 1_000];
  const whole = `${Math.floor(left / unit)} ${name}`;
  const next = units[first + 1];
  const rest = next === undefined ? 0 : Math.floor((left % unit) / next[1]);
  return next === undefined || rest === 0 ? whole : `${whole} ${rest} ${next[0]}`;
}

/** What comes after the array's own id in the ids of its parts. */
const PART = /^StorageArray:[^:]+:(.+)$/;

/** What tells a long id from others in few characters; the whole of it is in the title. @param {string} id */
export function short(id) {
  const [, part] = PART.exec(id) ?? [];
  if (part !== undefined) return `…${part}`;
  return id.length <= 24 ? id : `${id.slice(0, 13)}…${id.slice(-6)}`;
}
