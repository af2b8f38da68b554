/** The provider's parts joined to the wire: operations, guard and faults behind the two services on one port. */
import { join } from 'node:path';
import type { Config } from '../config/schema.ts';
import type { Clock } from '../model/clock.ts';
import type { OpenContext } from '../operations/context.ts';
import { createGuard } from '../operations/guard.ts';
import { laneOf } from '../operations/lanes.ts';
import { operationTable } from '../operations/table.ts';
import { toFault } from '../operations/to-fault.ts';
import { RELEASE } from '../release/release.ts';
import type { WireLog } from '../wire/call.ts';
import type { ServiceDescriptor } from '../wire/descriptor.ts';
import { createDispatcher } from '../wire/dispatch.ts';
import { service as vasa1 } from '../wire/generated/vasa-1.0/service.ts';
import { service as vasa2 } from '../wire/generated/vasa-2.0/service.ts';
import {
  createWireServer,
  type ServedApi,
  type WireServer,
  type WireServerOptions,
} from '../wire/server.ts';
import { createTokenizer } from '../wire/tokenizer.ts';
import { admissionLimits } from './admission.ts';
import { packageRoot } from './places.ts';
import type { ProviderParts } from './provider-parts.ts';
import { StartError } from './start-error.ts';

/** Names of every operation that is served: what may become a label of metrics. */
export const OPERATIONS: ReadonlySet<string> = new Set(
  [vasa1, vasa2].flatMap(({ operations }) => Object.keys(operations)),
);

/** What the wire is joined with beside the parts. */
export interface Serving {
  readonly config: Config;
  readonly clock: Clock;
  /** Told of every call. */
  readonly log: WireLog;
  readonly callBegan: NonNullable<WireServerOptions['callBegan']>;
  readonly versionXml: () => string;
}

/** The server of both services; it does not listen yet. */
export function createServer(
  { provider, arrayFor }: ProviderParts,
  { config, clock, log, callBegan, versionXml }: Serving,
): Promise<WireServer> {
  const guard = createGuard(provider, arrayFor);
  const tokenize = createTokenizer();
  const served = (service: ServiceDescriptor): ServedApi => ({
    path: `/vasa/${service.version}/vasaService`,
    wsdlDirectory: join(packageRoot(), `wsdl/vasa-${service.version}`),
    dispatcher: createDispatcher<OpenContext>({
      service,
      operations: operationTable,
      guard,
      toFault,
      signature: RELEASE.signature,
      log,
      clock,
      tokenize,
      nextTurn: provider.nextTurn,
    }),
  });
  return createWireServer({
    host: config.host,
    port: config.port,
    tls: provider.trust.certificate.served(),
    services: [served(vasa2), served(vasa1)],
    versionXml,
    laneOf,
    limits: admissionLimits(config),
    trusts: async (certificate) => (await provider.trust.judge(certificate)).trusted,
    callBegan,
    catalogs: provider.catalogs.files,
    serverHeader: RELEASE.signature,
    log,
    clock,
  });
}

/** Gives the port. Throws StartError when the address cannot be had. */
export async function listen(server: WireServer, { host, port }: Config): Promise<number> {
  try {
    return await server.listen();
  } catch (error) {
    throw new StartError(
      'address',
      `cannot listen on ${host} port ${port}: ${messageOf(error)}`,
      error,
    );
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
