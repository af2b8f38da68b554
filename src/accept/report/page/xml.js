/**
 * XML as people read it: an element a line, indented. Works on text alone, so that what is not well-formed is shown
 * too, as far as it goes; what it gives is shown as text, never as markup.
 */

const TOKENS = /<!--[\s\S]*?-->|<!\[CDATA\[[\s\S]*?\]\]>|<[^<>]*>|[^<]+|</g;

/** The XML with line ends and two spaces a level; an element of text alone stays on one line. */
export function prettyXml(xml) {
  const tokens = (xml.match(TOKENS) ?? []).filter((token) => token.trim() !== '');
  const lines = [];
  let depth = 0;
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token.startsWith('</')) depth = Math.max(0, depth - 1);
    const indent = '  '.repeat(depth);
    if (!isOpening(token)) {
      lines.push(indent + token.trim());
      continue;
    }
    const [text, end] = [tokens[at + 1] ?? '', tokens[at + 2] ?? ''];
    if (text.startsWith('</')) {
      lines.push(indent + token + text);
      at += 1;
    } else if (!text.startsWith('<') && end.startsWith('</')) {
      lines.push(indent + token + text.trim() + end);
      at += 2;
    } else {
      lines.push(indent + token);
      depth += 1;
    }
  }
  return lines.join('\n');
}

function isOpening(token) {
  return /^<[^/!?]/.test(token) && token.endsWith('>') && !token.endsWith('/>');
}
