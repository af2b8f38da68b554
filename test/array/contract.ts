/**
 * The array contract as sentences: what every adapter of the port must keep, whatever is behind it. A
 * vendor proves an adapter by one line, `arrayContract('my array', openArray, options)`. Sentences about
 * what an array need not be able to do ask its `features` first. Everything made is unbound and deleted
 * again, so the array may hold other things; nobody else may change it while the suite runs.
 */
import { describe } from 'vitest';
import type { OpenArray } from '../../src/array/opening.ts';
import { activationSentences } from './contract/activation.ts';
import { bindingSentences } from './contract/bindings.ts';
import { changeSentences } from './contract/changes.ts';
import { contentSentences, type DataPathOf } from './contract/content.ts';
import { copySentences } from './contract/copies.ts';
import { discoverySentences } from './contract/discovery.ts';
import { useArray } from './contract/harness.ts';
import { inventorySentences } from './contract/inventory.ts';
import { jobSentences } from './contract/jobs.ts';
import { listingSentences } from './contract/listing.ts';
import { metadataSentences } from './contract/metadata.ts';
import { moveSentences } from './contract/moves.ts';
import { policySentences } from './contract/policies.ts';
import { rebindSentences } from './contract/rebind.ts';
import { repeatSentences } from './contract/repeats.ts';
import { snapshotSentences } from './contract/snapshots.ts';
import { statisticsSentences } from './contract/statistics.ts';
import { volumeSentences } from './contract/volumes.ts';

/**
 * Runs the contract on the array that `openArray` opens with `options` in a folder of its own. With
 * `dataPathOf`, which gives hosts' way to the data, it proves contents too.
 */
export function arrayContract(
  name: string,
  openArray: OpenArray,
  options: Readonly<Record<string, unknown>> = {},
  dataPathOf?: DataPathOf,
): void {
  describe(`${name} keeps the array contract`, () => {
    const harness = useArray(openArray, options);
    describe('inventory', () => inventorySentences(harness));
    describe('discovery', () => discoverySentences(harness));
    describe('volumes', () => volumeSentences(harness));
    describe('metadata', () => metadataSentences(harness));
    describe('bindings', () => bindingSentences(harness));
    describe('rebinding', () => rebindSentences(harness));
    describe('planned moves', () => moveSentences(harness));
    describe('snapshots', () => snapshotSentences(harness));
    describe('copies and differences', () => copySentences(harness));
    describe('contents', () => contentSentences(harness, dataPathOf));
    describe('repeats', () => repeatSentences(harness));
    describe('jobs', () => jobSentences(harness));
    describe('listings', () => listingSentences(harness));
    describe('active providers', () => activationSentences(harness));
    describe('storage policies', () => policySentences(harness));
    describe('statistics', () => statisticsSentences(harness));
    describe('changes', () => changeSentences(harness));
  });
}
