/**
 * How a refusal looks on the wire: SOAP fault code, HTTP status and typed detail, each decided here and
 * nowhere else. It does not decide which fault an error is (the funnel does) nor whether the operation
 * may answer with it (dispatch does).
 *
 * Typed detail has two levels: the message element named after the fault, and in it one child of the
 * same name whose type is the fault's and carries its data.
 * Source: SOAP 1.1 section 4.4, SOAP 1.2 part 1 section 5.4 and part 2 section 7.5.2.2 (status).
 */
import type { VasaFault } from '../model/faults.ts';
import type { Codec } from './codec.ts';
import { type SoapVersion, writeEnvelope } from './envelope.ts';
import type { MessageErrorKind } from './errors.ts';
import { escapeAnyText } from './lexical.ts';

/** `vasa`: a fault with typed detail. `server`: our own failure where no typed fault may be sent. */
export type RefusalKind = MessageErrorKind | 'vasa' | 'server';

interface Form {
  readonly code11: string;
  readonly code12: string;
  readonly status11: number;
  readonly status12: number;
}

/**
 * SOAP 1.1 sends every fault with 500; SOAP 1.2 sends Sender faults with 400. A typed fault is 500 in
 * both, with the server's code: clients of either version look for typed detail behind a 500.
 * What the HTTP layer refuses keeps HTTP's own status.
 */
const FORMS: Readonly<Record<RefusalKind, Form>> = {
  vasa: { code11: 'Server', code12: 'Receiver', status11: 500, status12: 500 },
  server: { code11: 'Server', code12: 'Receiver', status11: 500, status12: 500 },
  value: { code11: 'Client', code12: 'Sender', status11: 500, status12: 400 },
  structure: { code11: 'Client', code12: 'Sender', status11: 500, status12: 400 },
  mustUnderstand: {
    code11: 'MustUnderstand',
    code12: 'MustUnderstand',
    status11: 500,
    status12: 500,
  },
  version: { code11: 'VersionMismatch', code12: 'VersionMismatch', status11: 500, status12: 500 },
  media: { code11: 'Client', code12: 'Sender', status11: 415, status12: 415 },
  size: { code11: 'Client', code12: 'Sender', status11: 413, status12: 413 },
  busy: { code11: 'Server', code12: 'Receiver', status11: 503, status12: 503 },
};

/** A request that is answered with a fault. */
export interface Refusal {
  readonly kind: RefusalKind;
  /** With kind `vasa` the fault that goes into the detail. */
  readonly fault: VasaFault | undefined;
  /** As sent. */
  readonly reason: string;
  /** For our log alone. */
  readonly cause: unknown;
}

/** For the log: the typed fault's name, else whose fault it is. */
export function outcomeOf(refusal: Refusal): string {
  if (refusal.fault !== undefined) return refusal.fault.fault;
  if (refusal.kind === 'busy') return 'VasaProviderBusy';
  return FORMS[refusal.kind].code12 === 'Receiver' ? 'Server' : 'Client';
}

/** Status and envelope for `refusal`. A detail that cannot be written is left empty, never missing. */
export function writeFault(
  codec: Codec,
  soap: SoapVersion,
  refusal: Refusal,
): { readonly status: number; readonly body: string } {
  const form = FORMS[refusal.kind];
  const reason = escapeAnyText(refusal.reason);
  const detail = refusal.fault === undefined ? '' : writeDetail(codec, refusal.fault);
  if (soap === '1.1') {
    const wrapped = detail === '' ? '' : `<detail>${detail}</detail>`;
    return {
      status: form.status11,
      body: writeEnvelope(
        soap,
        `<soapenv:Fault><faultcode>soapenv:${form.code11}</faultcode>` +
          `<faultstring>${reason}</faultstring>${wrapped}</soapenv:Fault>`,
      ),
    };
  }
  const wrapped = detail === '' ? '' : `<soapenv:Detail>${detail}</soapenv:Detail>`;
  return {
    status: form.status12,
    body: writeEnvelope(
      soap,
      `<soapenv:Fault><soapenv:Code><soapenv:Value>soapenv:${form.code12}</soapenv:Value></soapenv:Code>` +
        `<soapenv:Reason><soapenv:Text xml:lang="en">${reason}</soapenv:Text></soapenv:Reason>` +
        `${wrapped}</soapenv:Fault>`,
    ),
  };
}

function writeDetail(codec: Codec, { fault, data }: VasaFault): string {
  const child = codec.service.elements[fault]?.fields[0]?.name ?? fault;
  try {
    return codec.encode(fault, { [child]: data ?? {} });
  } catch {
    // The client branches on the fault's name; losing its data is the smaller loss.
    return codec.encode(fault, { [child]: {} });
  }
}
