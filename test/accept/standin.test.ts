/**
 * The acceptance runner against a provider that is not ours and offers a part of VASA 2.0: what it does right
 * passes, what it does not offer is skipped, its weaknesses fail, and nothing stays behind.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Acceptance, accept } from '../../src/accept/accept.ts';
import { describeWithTool, TOOLS } from '../support/tools.ts';
import { STAND_IN_USER, type StandIn, startStandIn } from './standin/start.ts';

const ONLY = [
  ...['discovery', 'volumes', 'binding', 'metadata', 'snapshots', 'registration', 'refusals'],
];

const PASSES = [
  'discovery.version-xml-is-open',
  'discovery.versions-answer',
  'discovery.tells-about-itself',
  'registration.wrong-password',
  'registration.unknown-is-not-taken-back',
  'volumes.made-and-found',
  'volumes.deleted-is-gone',
  'volumes.unknown-is-not-found',
  'binding.gives-a-path',
  'binding.repeats-give-the-same-handle',
  'binding.rows-are-separate',
  'binding.held-by-any-host',
  'binding.unbind-is-of-the-caller',
  'binding.unbind-repeats',
  'binding.outlives-the-session',
  'binding.from-all-hosts',
  'metadata.kept-as-given',
  'metadata.found-by-key-and-value',
  'metadata.all-constraints-hold',
  'metadata.changed-and-removed',
  'metadata.deleted-is-not-found',
  'refusals.delete-virtual-volume',
  'refusals.query-virtual-volume-info',
  'refusals.space-stats-for-virtual-volume',
  'refusals.unbind-virtual-volume-from-all-host',
  'refusals.get-task-update',
  'refusals.query-storage-container',
  'refusals.query-protocol-endpoint-for-array',
  'registration.run-opens',
  'registration.run-closes',
] as const;

const SKIPS = [
  ['registration.certificate-is-installed', 'certificate change'],
  ['volumes.grows-and-never-shrinks', 'resizeVirtualVolume answered NotImplemented'],
  ['binding.one-container-a-call', 'the provider has only one container'],
  ['binding.bad-context-is-refused', 'unbindAllVirtualVolumesFromHost answered NotImplemented'],
  ['snapshots.two-steps', 'prepareToSnapshotVirtualVolume answered NotImplemented'],
  ['refusals.resize-virtual-volume', 'prepareToSnapshotVirtualVolume answered NotImplemented'],
  ['refusals.clone-virtual-volume', 'the provider does not implement cloneVirtualVolume'],
  ['refusals.query-storage-luns', 'not offered, or not allowed in this run: LUNs'],
  ['refusals.set-statistics-context', 'statistics'],
  ['snapshots.revert-goes-back', 'prepareToSnapshotVirtualVolume answered NotImplemented'],
] as const;

const FAILURES = [
  ['registration.foreign-certificate', 'setContext succeeded where it should be refused'],
  ['registration.same-name-is-not-same-authority', 'setContext succeeded'],
  ['registration.dates-of-clients-count', 'setContext succeeded'],
  ['volumes.size-is-judged', 'a task for 0 MB: expected "Error", found "Success"'],
  ['binding.rebind-keeps-the-old-path', 'deleteVirtualVolume succeeded'],
  ['metadata.keys-ignore-case', 'in capital letters'],
  ['refusals.create-virtual-volume', 'no size: InvalidArgument, found Success'],
  ['refusals.update-virtual-volume-meta-data', 'a key of nothing: InvalidArgument, found Success'],
  ['refusals.query-virtual-volume', 'a key that is not searched: InvalidArgument, found Success'],
  ['refusals.bind-virtual-volume', 'more than the largest batch: TooMany, found Success'],
  ['refusals.unbind-virtual-volume', 'an unknown context: InvalidArgument, found Success'],
  ['refusals.set-pecontext', 'an unknown endpoint: StorageFault, found Success'],
  ['refusals.get-events', 'an id above all: InvalidArgument, found Success'],
  ['refusals.query-arrays', 'a blank id: InvalidArgument, found Success'],
  // These declare no NotImplemented: every provider offers them.
  ['discovery.catalogs-can-be-read', 'queryCatalog answered StorageFault'],
  ['registration.signing-request', 'requestCSR answered StorageFault'],
  ['refusals.query-compliance-result', 'an unknown volume: NotFound, found StorageFault'],
  ['refusals.get-number-of-entities', 'an unknown type: InvalidArgument, found StorageFault'],
  ['refusals.refresh-cacertificates-and-crls', 'InvalidCertificate, found StorageFault'],
] as const;

describeWithTool('A provider made with JAX-WS', [TOOLS.wsimport, TOOLS.javac], () => {
  let folder: string;
  let standIn: StandIn | undefined;
  let run: Acceptance;
  let left: string;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keelson-standin-'));
    standIn = await startStandIn(folder);
    const { url, trust } = standIn;
    run = await accept({
      ...{ url, trust, user: STAND_IN_USER.name, password: STAND_IN_USER.password },
      ...{ timeoutMs: 30_000, only: ONLY, hosts: 2, soap: '1.1', now: () => Date.now() },
      signal: new AbortController().signal,
      onResult: () => undefined,
    });
    left = await standIn.end();
    standIn = undefined;
  }, 300_000);
  afterAll(async () => {
    await standIn?.end();
    rmSync(folder, { recursive: true, force: true });
  });

  function ended(id: string): { readonly outcome: string | undefined; readonly reasons: string } {
    const result = run.results.find((each) => each.scenario.id === id);
    return { outcome: result?.outcome, reasons: result?.reasons.join('; ') ?? '' };
  }

  it.each(PASSES)('passes %s', (id) => {
    expect(ended(id)).toEqual({ outcome: 'passed', reasons: '' });
  });

  it.each(SKIPS)('is not asked for what it does not offer: %s', (id, reason) => {
    expect(ended(id)).toEqual({ outcome: 'skipped', reasons: expect.stringContaining(reason) });
  });

  it.each(FAILURES)('is found out: %s', (id, reason) => {
    expect(ended(id)).toEqual({ outcome: 'failed', reasons: expect.stringContaining(reason) });
  });

  it('answers what fits the schemas, as far as the runner sees', () => {
    expect(run.exchanges.length).toBeGreaterThan(100);
    expect(run.exchanges.flatMap((each) => each.complaints)).toEqual([]);
  });

  it('has nothing left in it', () => {
    expect(run.left).toEqual([]);
    expect(left).toBe('volumes 0, certificates 0');
  });
});
