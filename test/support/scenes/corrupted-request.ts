/** Something between host and provider spoils what is sent: half an envelope, and bytes that are no HTTP. */
import { once } from 'node:events';
import { openAndWait, postRaw } from '../../../src/accept/client/raw.ts';
import { aHost } from '../../../src/accept/world/world.ts';
import type { Scene } from './scene.ts';

const HALF =
  '<?xml version="1.0"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><queryArr';

export const CORRUPTED_REQUEST: Scene = {
  id: 'corrupted-request',
  title: 'Requests arrive damaged',
  async play({ world, poll }) {
    const host = aHost(world);
    const [player] = world.site.hosts;
    await poll(1);
    for (let turn = 0; turn < 3; turn += 1) await postRaw(host, { body: HALF });
    await postRaw(host, { body: 'hello', contentType: 'application/octet-stream' });
    const socket = await openAndWait(host, 'P\0ST /vasa HTTP/1.1\r\n\r\n');
    socket.resume();
    await once(socket, 'close');
    await poll(1);
    return { host: player?.guid ?? '' };
  },
};
