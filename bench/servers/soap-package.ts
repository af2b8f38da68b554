/**
 * What is compared with: the `soap` package serving the same WSDL from memory, with answers of the same size;
 * over plain HTTP, or over mutual TLS where a certificate comes by standard input, as JSON. It is known to write nested children into wrong namespaces, so that strict clients
 * refuse its answers; here it stands for the speed of a general SOAP library alone.
 */
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { listen } from 'soap';
import { listOf, mixHandlers } from './soap-mix.ts';

const CONTRACT = resolve(import.meta.dirname, '../../wsdl/vasa-2.0/vasaService.wsdl');
const PATH = '/service';

const VOLUMES = Array.from(
  { length: 1000 },
  (_, index) => `rfc4122.00000000-0000-4000-8000-${String(index).padStart(12, '0')}`,
);

const PROVIDER = {
  defaultNamespace: 'org.example',
  defaultSessionTimeoutInSeconds: 1800,
  maxBatchSize: 1000,
  maxConcurrentRequestsPerSession: 16,
  name: 'Example',
  needsExplicitActivation: false,
  retainVasaProviderCertificate: false,
  sessionId: '0123456789abcdef0123456789abcdef',
  supportedProfile: ['ProfileBasedManagementProfile'],
  supportedVendorModel: [{ modelId: 'Example', vendorId: 'Example' }],
  uid: '00000000-0000-4000-8000-000000000000',
  vasaApiVersion: '2.0',
  vasaProviderVersion: 'Example 0.1.0 (2026-01-01) build 0000000',
};

function bound(vvolId: string) {
  return {
    vvolHandle: {
      uniqueIdentifier: vvolId,
      peInBandId: {
        lunId: 'naa.60000000000000000000000000000001',
        protocolEndpointType: 'SCSI',
      },
      vvolSecondaryId: '0x1000',
    },
    vvolId,
    vvolInfo: {
      uniqueIdentifier: vvolId,
      metadata: [
        { parameterName: 'VMW_VVolName', parameterValue: 'bench' },
        { parameterName: 'bench', parameterValue: 'bound' },
      ],
      vvolId,
    },
    vvolLogicalSize: 1024,
  };
}

const handlers = {
  setContext: () => ({ return: PROVIDER }),
  bindVirtualVolume: ({ vvolId }: { vvolId: string | string[] }) => ({
    return: listOf(vvolId).map(bound),
  }),
  unbindAllVirtualVolumesFromHost: () => ({}),
  queryVirtualVolume: () => ({ return: VOLUMES }),
  ...mixHandlers,
};

const notFound: RequestListener = (_, response) => response.writeHead(404).end();
const given = await text(process.stdin);
const server =
  given === ''
    ? createServer(notFound)
    : createTlsServer({ ...JSON.parse(given), requestCert: true }, notFound);
listen(server, {
  path: PATH,
  // The package takes a port by the path alone, which here both SOAP versions share.
  services: {
    vasaService: {
      vasaServiceHttpSoap11Endpoint: handlers,
      vasaServiceHttpSoap12Endpoint: handlers,
    },
  },
  xml: readFileSync(CONTRACT, 'utf8'),
  uri: CONTRACT,
  enableChunkedEncoding: false,
  callback: (error) => {
    if (error) throw error;
    server.listen(0, 'localhost', () => {
      const address = server.address();
      process.stdout.write(`${typeof address === 'object' ? address?.port : ''}\n`);
    });
  },
});
