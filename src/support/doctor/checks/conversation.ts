/**
 * The first words of a vCenter with the provider, without a certificate and without a password: version.xml, the
 * services that it names, that a stranger is refused in the right words, and that a registration is heard at all.
 */
import { readAnswer } from '../../../accept/client/answer.ts';
import { servicesIn } from '../../../accept/world/target.ts';
import { compileCodec } from '../../../wire/codec.ts';
import { writeEnvelope } from '../../../wire/envelope.ts';
import { service as vasa2 } from '../../../wire/generated/vasa-2.0/service.ts';
import { contentTypeOf } from '../../../wire/media.ts';
import { type Check, type Finding, notChecked, ok, problem, warning } from '../finding.ts';
import { exchange, type HttpAnswer, type Target } from '../target.ts';

const TEMPLATE =
  'See the template that versionXml names, or leave versionXml out to serve the built-in one.';

export const checkConversation: Check = async ({ target, triesRegistration, clock }) => {
  if (target === undefined) return [];
  const found: Finding[] = [];
  let answer: HttpAnswer;
  try {
    answer = await exchange(target.url, target.trust);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [notChecked('wire.version-xml', `${target.url} could not be asked: ${why}`)];
  }
  found.push(...skew(answer, clock.now()));
  const services = servicesOf(answer, target);
  if ('verdict' in services) return [...found, services];
  found.push(ok('wire.version-xml', `it names ${[...services.keys()].join(' and ')}`));
  const url = services.get('2.0');
  if (url === undefined) {
    const seen = 'version.xml names no VASA 2.0, which virtual volumes need';
    return [...found, problem('wire.services', seen, TEMPLATE)];
  }
  found.push(await stranger(url, target));
  found.push(triesRegistration ? await registration(url, target) : NOT_TRIED);
  return found;
};

/** How far the clocks are apart, by the `Date` of an answer, which has whole seconds. */
function skew({ headers }: HttpAnswer, now: number): readonly Finding[] {
  const date = Date.parse(String(headers['date'] ?? ''));
  if (Number.isNaN(date)) return [];
  const apart = Math.round((now - date) / 1_000);
  const seen = `the provider's clock and ours are ${Math.abs(apart)} s apart`;
  if (Math.abs(apart) <= 5) return [ok('time.provider', seen)];
  const advice = 'Set both by the same time servers: certificates and events go by them.';
  return [warning('time.provider', seen, advice)];
}

function servicesOf(
  { status, text }: HttpAnswer,
  { url }: Target,
): ReadonlyMap<string, string> | Finding {
  if (status !== 200) {
    const seen = `${url} is answered with HTTP ${status}`;
    return problem('wire.version-xml', seen, 'Register the URL that keelson status prints.');
  }
  try {
    const services = servicesIn(text, url);
    if (services.size > 0) return services;
    return problem('wire.version-xml', 'version.xml names no service of VASA 1.0 or 2.0', TEMPLATE);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return problem('wire.version-xml', why, TEMPLATE);
  }
}

/** Asks an operation without certificate and session; gives the name of the fault, or what came instead. */
async function faultOf(url: string, trust: readonly string[], operation: string): Promise<string> {
  const described = vasa2.operations[operation];
  const codec = compileCodec(vasa2);
  const body = writeEnvelope('1.1', described?.input ? codec.encode(described.input, {}) : '');
  const headers = {
    'content-type': contentTypeOf('1.1'),
    'content-length': String(Buffer.byteLength(body)),
    soapaction: `"${described?.soapAction ?? ''}"`,
  };
  const { status, text } = await exchange(url, trust, { body, headers });
  try {
    const { fault } = readAnswer(codec, text);
    return fault === undefined ? `no fault (HTTP ${status})` : (fault.name ?? 'an untyped fault');
  } catch {
    return `HTTP ${status} without SOAP`;
  }
}

async function stranger(url: string, { trust }: Target): Promise<Finding> {
  const fault = await faultOf(url, trust, 'queryCatalog');
  const seen = `who has no certificate is answered with ${fault}`;
  if (fault === 'InvalidSession') return ok('wire.stranger', seen);
  const advice =
    'InvalidSession is to be answered. See what stands before the provider: a proxy that ends TLS, or another server.';
  return problem('wire.stranger', seen, advice);
}

const NOT_TRIED = notChecked(
  'wire.registration',
  'no registration was tried',
  'keelson doctor tries one, without user name and password.',
);

/**
 * A registration without user name and password is refused before anything of it is read: it can lock out no
 * user. The provider counts it as one failed login of this machine's network, of which twenty in a row lock that.
 */
async function registration(url: string, { trust }: Target): Promise<Finding> {
  const fault = await faultOf(url, trust, 'registerVASACertificate');
  const seen = `a registration without user name and password is answered with ${fault}`;
  if (fault === 'InvalidLogin') return ok('wire.registration', seen);
  if (fault === 'VasaProviderBusy')
    return warning('wire.registration', seen, 'Too many logins wait; try again in a minute.');
  return problem('wire.registration', seen, 'InvalidLogin is to be answered; see the log.');
}
