/**
 * Names with values in plain text, as in `password=...`, `Authorization: Bearer ...`, `"apiKey": "..."`: hides the
 * value of each name that sounds like a secret. What sounds so stands in `log/redaction.ts`.
 */
import { isSecretName } from '../../log/redaction.ts';

const NAME = /([A-Za-z][\w.-]{0,63})(?:\\?["'])?\s{0,8}[:=]\s{0,8}/g;
const VALUE =
  /(?:(?:Basic|Bearer|Digest)\s{1,4})?(?:\\?"[^"]{0,4096}"|'[^']{0,4096}'|[^\s,;&<>"']+)/iy;
/** Places in programs look the same: `tokenizer.ts:120`. */
const SOURCE_FILE = /\.[cm]?[jt]s$/;

/** The text without those values, and how many there were. */
export function hideNamedValues(
  text: string,
  hidden: string,
): { readonly text: string; readonly count: number } {
  let out = '';
  let from = 0;
  let count = 0;
  NAME.lastIndex = 0;
  for (let name = NAME.exec(text); name !== null; name = NAME.exec(text)) {
    const word = name[1] ?? '';
    if (!isSecretName(word) || SOURCE_FILE.test(word)) continue;
    VALUE.lastIndex = NAME.lastIndex;
    const value = VALUE.exec(text)?.[0];
    if (value === undefined || value.includes(hidden)) continue;
    out += text.slice(from, NAME.lastIndex) + hidden;
    from = NAME.lastIndex + value.length;
    NAME.lastIndex = from;
    count += 1;
  }
  return count === 0 ? { text, count } : { text: out + text.slice(from), count };
}
