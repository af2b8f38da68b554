/**
 * Giving a handle back as it came: bindVirtualVolume's answer holds it, unbindVirtualVolume wants it. The XML
 * is carried over as it is, with the namespaces it was written in.
 */
import type { Message, Messages } from './messages.ts';
import { HOLE } from './messages.ts';
import { fragmentIn } from './reading.ts';

/** Prefix of the request's own elements, which no answer uses. */
const OWN_PREFIX = 'keelson-load';

/** Makes the unbinds of what was bound. */
export function unbindOf(messages: Messages): (bound: string) => Message {
  const handle = {
    peInBandId: { protocolEndpointType: HOLE },
    vvolSecondaryId: '',
  };
  const template = messages.template(
    'unbindVirtualVolume',
    { vvolHandle: [handle], unbindContext: 'Normal' },
    { refuse: 'errorResult', shape: withHoleForHandle },
  );
  return (bound) => {
    const { namespaces, inner } = fragmentIn(bound, 'vvolHandle') ?? { namespaces: '', inner: '' };
    return template.fill(namespaces, inner);
  };
}

function withHoleForHandle(content: string): string {
  const prefix = /^<([\w.-]+):/.exec(content)?.[1] ?? '';
  return content
    .replaceAll(`<${prefix}:`, `<${OWN_PREFIX}:`)
    .replaceAll(`</${prefix}:`, `</${OWN_PREFIX}:`)
    .replace(`xmlns:${prefix}=`, `xmlns:${OWN_PREFIX}=`)
    .replace(/(<[\w.:-]*vvolHandle)>.*(<\/[\w.:-]*vvolHandle>)/s, `$1${HOLE}>${HOLE}$2`);
}
