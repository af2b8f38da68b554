/** What is shown of trust: whom the provider trusts, what it serves, and when each of it ends. Public parts alone. */
import { z } from 'zod';
import { count, list, record, time } from './form.ts';

const certificateRow = record({
  subject: z.string(),
  issuer: z.string(),
  serial: z.string(),
  notBefore: time,
  notAfter: time,
  daysLeft: z.int().describe('below 0: it has ended'),
  sha256: z.string().describe('64 hex digits'),
  isAuthority: z.boolean(),
}).meta({ id: 'CertificateRow' });
export type CertificateRow = z.output<typeof certificateRow>;

const crlRow = record({
  issuer: z.string(),
  thisUpdate: time,
  nextUpdate: time.optional(),
  daysLeft: z.int().optional(),
  revoked: count.describe('certificates that it lists'),
}).meta({ id: 'CrlRow' });

const registrationRow = record({
  registrationId: z.string(),
  kind: z.enum(['certificate', 'authorities']),
  userName: z.string(),
  peerAddress: z.string(),
  vcenterIds: list(z.string()),
  createdAt: time,
  changedAt: time,
  certificates: list(certificateRow),
  crls: list(crlRow),
}).meta({ id: 'RegistrationRow' });

export const trustReport = record({
  served: list(certificateRow).describe('leaf first'),
  installedBy: z.string(),
  registrations: list(registrationRow),
}).meta({ id: 'TrustReport' });
export type TrustReport = z.output<typeof trustReport>;
