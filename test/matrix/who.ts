/** Who a client is, and what it says of itself. */
import { type Issued, makeSelfSignedClient } from '../../certs/make.ts';
import type { ApiVersion } from '../support/soap-client.ts';
import { d, joined, v, type Xml } from './xml.ts';

/** What a host says of itself: one initiator, one mount, and all that happens. */
export function usageContext(version: ApiVersion, hostId: string): Xml {
  return d({
    hostGuid: version === '1.0' ? undefined : hostId,
    hostInitiator: d({ iscsiIdentifier: `iqn.1998-01.com.example:${hostId}` }),
    mountPoint: d({ filePath: '/matrix', serverName: '192.0.2.1' }),
  });
}

/** An endpoint as a host names it; what is beside its id does not count. */
export function hostEndpoint(uniqueIdentifier: string): Xml {
  return joined(
    d({ uniqueIdentifier }),
    v({ inBandBindCapability: 'None', inBandId: v({ protocolEndpointType: 'SCSI' }) }),
  );
}

/** A certificate that no authority vouches for, as VASA 1.0 clients have. */
export function selfSigned(): Promise<Issued> {
  return makeSelfSignedClient({ name: 'matrix' });
}
