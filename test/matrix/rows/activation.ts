/** Proofs of the operations by which a provider takes an array over. */
import assert from 'node:assert/strict';
import { textOf } from '../../support/soap-client.ts';
import { arrayId } from '../arrange.ts';
import { arraySays } from '../disturb.ts';
import type { Ask, Disturbance, Proof, Row } from '../row.ts';
import type { Stage } from '../stage.ts';
import { d, m } from '../xml.ts';

/** Another provider serves the array until the call; its id. */
async function passive(stage: Stage): Promise<string> {
  const { array } = stage.provider.parts;
  const [first] = await array.arrays();
  assert(first !== undefined, 'there is no array');
  const url = 'https://192.0.2.7:8443/vasa/version.xml';
  await array.activate(first.arrayId, { providerId: 'another-provider', url });
  return first.arrayId;
}

/** This provider serves the array now. */
async function isServedHere(_: string, stage: Stage): Promise<void> {
  const { parts, uid } = stage.provider;
  const active = await parts.array.activeProviders();
  for (const { providerId } of active.values()) assert.equal(providerId, uid);
}

/** Faults of a call for an array that is served here already, so that nothing is left behind. */
function refused(ask: Ask, when: string, during: Disturbance): Proof {
  return { when, ask, during };
}

const again: Ask = async (stage) => m({ entityId: await arrayId(stage) });
const againEx: Ask = async (stage) => m({ activationSpec: d({ entityId: await arrayId(stage) }) });

export const ACTIVATION: readonly Row[] = [
  {
    operation: 'activateProvider',
    work: 'activate',
    succeeds: 'an array that another provider served is served by this one',
    ask: async (stage) => m({ entityId: await passive(stage) }),
    check: isServedHere,
    faults: {
      InvalidArgument: { when: 'there is no such array', ask: () => m({ entityId: 'nowhere' }) },
      InvalidSession: { when: 'the caller has no session', ask: again, by: 'stranger' },
      StorageFault: refused(again, 'the array fails', arraySays('activate', 'failed')),
      VasaProviderBusy: refused(
        again,
        'the array has too much to do',
        arraySays('activate', 'busy'),
      ),
    },
  },
  {
    operation: 'activateProviderEx',
    work: 'activate',
    succeeds: 'an array that another provider served is served by this one, and a task says so',
    ask: async (stage) => m({ activationSpec: d({ entityId: await passive(stage) }) }),
    check: async (answer, stage) => {
      assert.equal(textOf(answer, 'taskState'), 'Success');
      await isServedHere(answer, stage);
    },
    faults: {
      ActivateProviderFailed: refused(
        againEx,
        'the array does not keep who serves it',
        arraySays('activate', 'failed'),
      ),
      InvalidArgument: {
        when: 'there is no such array',
        ask: () => m({ activationSpec: d({ entityId: 'nowhere' }) }),
      },
      InvalidSession: { when: 'the caller has no session', ask: againEx, by: 'stranger' },
      StorageFault: refused(
        againEx,
        'the array does not say which arrays there are',
        arraySays('arrays', 'failed'),
      ),
      VasaProviderBusy: refused(
        againEx,
        'the array has too much to do',
        arraySays('activate', 'busy'),
      ),
    },
  },
];
