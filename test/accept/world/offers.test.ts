/** What a provider can be asked, by what it says of itself. */
import { describe, expect, it } from 'vitest';
import { offersOf } from '../../../src/accept/world/offers.ts';
import type { Target } from '../../../src/accept/world/target.ts';
import type { Inventory } from '../../../src/accept/world/world.ts';

const target: Target = {
  url: 'https://vp.example.com/version.xml',
  user: 'user',
  password: 'password',
  trust: '',
  timeoutMs: 1,
  versionXml: '',
  services: new Map([
    ['2.0', 'https://vp.example.com/2'],
    ['1.0', 'https://vp.example.com/1'],
  ]),
};

function inventory(profiles: readonly string[], endpoints: readonly string[]): Inventory {
  return {
    provider: { uid: 'u', supportedProfile: profiles.slice(0, 1), supportedVendorModel: [] },
    arrays: [
      {
        uniqueIdentifier: 'a',
        alternateName: [],
        priority: 1,
        supportedBlock: [],
        supportedFileSystem: [],
        supportedProfile: profiles,
      },
    ],
    containers: endpoints.map((protocolEndPointType) => ({
      uniqueIdentifier: protocolEndPointType,
      name: protocolEndPointType,
      maxVvolSizeMB: 1n,
      protocolEndPointType,
    })),
    endpoints: [],
  };
}

const any = { api: undefined, changeCertificate: false, wrongPassword: false };

describe('offersOf', () => {
  it('takes versions from version.xml, fewer where the run speaks one alone', () => {
    expect([...offersOf(target, inventory([], []), any)]).toEqual(['api 2.0', 'api 1.0']);
    const one = { ...any, api: '1.0' } as const;
    expect([...offersOf(target, inventory([], []), one)]).toEqual(['api 1.0']);
  });

  it('takes block and file discovery, Storage DRS and statistics from the arrays', () => {
    const profiles = ['VirtualVolumeProfile', 'BlockDeviceProfile', 'StorageDrsFileSystem'];
    const offers = offersOf(target, inventory(profiles, []), any);
    expect(offers).toContain('LUNs');
    expect(offers).toContain('storage DRS');
    for (const absent of ['file systems', 'labels', 'statistics', 'capability profiles'] as const)
      expect(offers).not.toContain(absent);
  });

  it('takes policies from the provider, and kinds of endpoints from containers', () => {
    const profiles = ['ProfileBasedManagementProfile'];
    const offers = offersOf(target, inventory(profiles, ['NFS4x']), any);
    expect(offers).toContain('capability profiles');
    expect(offers).toContain('NFS');
    expect(offers).not.toContain('SCSI');
  });

  it('has a change of certificate, and a wrong password, only where the run allows it', () => {
    const nothing = inventory([], []);
    expect(offersOf(target, nothing, any)).not.toContain('certificate change');
    expect(offersOf(target, nothing, any)).not.toContain('wrong password');
    const allowed = { ...any, changeCertificate: true, wrongPassword: true };
    expect(offersOf(target, nothing, allowed)).toContain('certificate change');
    expect(offersOf(target, nothing, allowed)).toContain('wrong password');
  });
});
