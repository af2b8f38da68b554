/**
 * Who is who: which host uses which certificate, when it was last heard, which volumes are a machine's. Learned
 * line by line, so that a call that was refused before its session was found still has its host.
 */
import { LIMITS } from '../model/limits.ts';
import type { Entry } from './entry.ts';

/** How hosts write the id of a machine among a volume's metadata. */
const MACHINE_ID =
  /VMW_VmID<\/[^>]{0,64}>\s{0,64}<[^>]{0,64}parameterValue[^>]{0,256}>([^<]{1,256})</g;
const VOLUME_ID = /rfc4122\.[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

interface Client {
  readonly kind: 'host' | 'vCenter';
  readonly id: string;
}

/** A map that forgets what it learned first when it is full. */
export class BoundedMap<Value> extends Map<string, Value> {
  readonly #most: number;

  constructor(most: number = LIMITS.logReaderNames) {
    super();
    this.#most = most;
  }

  override set(key: string, value: Value): this {
    if (!this.has(key) && this.size >= this.#most) {
      const [first] = this.keys();
      if (first !== undefined) this.delete(first);
    }
    return super.set(key, value);
  }
}

/** Lives for one reading. */
export class Names {
  readonly #clients = new BoundedMap<Client>();
  readonly #certificates = new BoundedMap<Set<string>>();
  readonly #heard = new BoundedMap<number>();
  readonly #machines = new BoundedMap<Set<string>>();

  see({ call, bodies, at }: Entry): void {
    if (bodies !== undefined) this.#seeMachines(`${bodies.request}${bodies.response}`);
    if (call === undefined) return;
    const { hostId, vcenterId, certificate } = call;
    const id = hostId ?? vcenterId;
    if (id === undefined) return;
    this.#heard.set(id, at);
    if (certificate === undefined) return;
    this.#clients.set(certificate, { kind: hostId === undefined ? 'vCenter' : 'host', id });
    const own = this.#certificates.get(id) ?? new Set();
    if (own.size < LIMITS.logReaderGroups) own.add(certificate);
    this.#certificates.set(id, own);
  }

  /** Whose certificate it is, as far as a session told. */
  clientOf(certificate: string | undefined): Client | undefined {
    return certificate === undefined ? undefined : this.#clients.get(certificate);
  }

  /** Certificates that a host or vCenter has shown. */
  certificatesOf(id: string): ReadonlySet<string> {
    return this.#certificates.get(id) ?? new Set();
  }

  /** When a host or vCenter had its last call answered. */
  heardAt(id: string): number | undefined {
    return this.#heard.get(id);
  }

  /** Volumes whose metadata name this machine; bodies alone tell. */
  volumesOf(machine: string): ReadonlySet<string> {
    return this.#machines.get(machine.toLowerCase()) ?? new Set();
  }

  /** The client of a call in words. */
  whoOf({ call }: Entry): string {
    if (call === undefined) return '';
    const { hostId, vcenterId, certificate, peerAddress } = call;
    if (hostId !== undefined) return `host ${hostId}`;
    if (vcenterId !== undefined) return `vCenter ${vcenterId}`;
    const known = this.clientOf(certificate);
    if (known !== undefined) return `${known.kind} ${known.id}`;
    if (certificate !== undefined) return `certificate ${certificate}`;
    return peerAddress === undefined ? '' : `a caller at ${peerAddress}`;
  }

  #seeMachines(soap: string): void {
    for (const [, machine = ''] of soap.matchAll(MACHINE_ID)) {
      const volumes = this.#machines.get(machine.toLowerCase()) ?? new Set();
      for (const [id] of soap.matchAll(VOLUME_ID))
        if (volumes.size < LIMITS.logReaderGroups) volumes.add(id.toLowerCase());
      this.#machines.set(machine.toLowerCase(), volumes);
    }
  }
}
