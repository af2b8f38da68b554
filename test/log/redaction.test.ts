/**
 * Goal: no secret gets through, whatever the XML around it does. Canaries are planted in every place a
 * secret may stand; after redaction not one of them may be found, while harmless text stays readable.
 */
import { generateKeyPairSync } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactXml } from '../../src/log/redact-xml.ts';
import { HIDDEN, hideSecretShapes, isSecretName } from '../../src/log/redaction.ts';

const CANARY = 'c4naryS3cret';

const SECRET_ELEMENTS = [
  'password',
  'providerPassword',
  'sessionId',
  'privateKey',
  'Cookie',
  'VASASESSIONID',
  'Password',
  'BinarySecurityToken',
  'client-secret',
];

function envelope(inner: string): string {
  return `<?xml version="1.0"?><s:Envelope xmlns:s="urn:s"><s:Body>${inner}</s:Body></s:Envelope>`;
}

describe('names of secrets', () => {
  it.each(SECRET_ELEMENTS)('%s is secret', (name) => {
    expect(isSecretName(name)).toBe(true);
  });

  it.each([
    'InvalidSession',
    'sessionTimeoutInSeconds',
    'maxConcurrentRequestsPerSession',
    'messageCatalogKeyPrefix',
    'userName',
    'vvolId',
    'certificate',
    'hostGuid',
    'usageContext',
  ])('%s is not', (name) => {
    expect(isSecretName(name)).toBe(false);
  });
});

describe('a SOAP body in the log', () => {
  it('without secrets stays as it was', () => {
    const body = '<a:x xmlns:a="urn:a" b="1"><a:y/>text &amp; more<![CDATA[<raw>]]></a:x >';
    expect(redactXml(body)).toBe(body.replace('</a:x >', '</a:x>'));
  });

  it.each(SECRET_ELEMENTS)('hides all that stands in %s, and keeps what follows', (name) => {
    const tag = name.replace(/\W/g, '-');
    const forms = [
      `<p:${tag}>${CANARY}</p:${tag}>`,
      `<${tag}  a='${CANARY}' ><b>${CANARY}</b>${CANARY}</${tag} >`,
      `<${tag}><![CDATA[${CANARY}]]></${tag}>`,
      `<${tag}><${tag}>${CANARY}</${tag}>${CANARY}</${tag}>`,
      `<${tag}>&#99;4naryS3cret ${CANARY}<!-- ${CANARY} --></${tag}>`,
      `<other ${tag}="${CANARY}" q:${tag}='${CANARY}'/>`,
      `<${tag} value="${CANARY}"/>`,
    ];
    for (const form of forms) {
      const redacted = redactXml(envelope(`${form}<after>readable</after>`));
      expect(redacted).not.toContain(CANARY);
      expect(redacted).not.toContain('4naryS3cret');
      expect(redacted).toContain('<after>readable</after>');
    }
  });

  it('hides a private key in any element, however it is written', () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    const middle = pem.split('\n')[1] ?? 'absent';
    const asReferences = pem.replace(/-/g, '&#45;');
    const split = pem.replace('PRIVATE', 'PRI<!-- x -->VATE');
    for (const form of [pem, `<![CDATA[${pem}]]>`, asReferences, `x<![CDATA[${pem}]]>y`, split]) {
      const redacted = redactXml(envelope(`<certificate>${form}</certificate><b>ok</b>`));
      expect(redacted).not.toContain(middle);
      expect(redacted).toContain('<b>ok</b>');
    }
  });

  it('hides a bare base64 private key and leaves a certificate readable', () => {
    for (const [type, options] of [
      ['rsa', { modulusLength: 2048 }],
      ['ec', { namedCurve: 'P-256' }],
      ['ec', { namedCurve: 'P-384' }],
    ] as const) {
      const { privateKey } = generateKeyPairSync(
        type as 'rsa',
        options as { modulusLength: number },
      );
      const forms = type === 'rsa' ? (['pkcs8', 'pkcs1'] as const) : (['pkcs8', 'sec1'] as const);
      for (const form of forms) {
        const der = privateKey.export({ type: form as 'pkcs8', format: 'der' }).toString('base64');
        expect(hideSecretShapes(`key ${der}`), `${type} ${form}`).toBe(`key ${HIDDEN}`);
      }
    }
    const certificateStart = 'MIIDXTCCAkWgAwIBAgIUBvHrQ2kRzE0';
    expect(hideSecretShapes(certificateStart)).toBe(certificateStart);
  });

  it('hides the session cookie wherever it is quoted', () => {
    const text = `header VASASESSIONID=${CANARY}; x="VASASESSIONID":"${CANARY}"`;
    expect(redactXml(envelope(`<detail>${text}</detail>`))).not.toContain(CANARY);
    expect(hideSecretShapes(text)).toContain('VASASESSIONID=');
  });

  it.each([
    ['a form', `password=${CANARY}`],
    ['JSON', `{"password":"${CANARY}"}`],
    ['text before the root', `${CANARY}<a/>`],
    ['a password that never ends', envelope('').replace('</s:Body>', `<password>${CANARY}`)],
    ['an end tag of another element', `<a><password>x</a>${CANARY}</password></a>`],
    ['an attribute without quotes', `<a password=${CANARY}>x</a>`],
    ['a name in two halves', `<a><pass<!-- -->word>${CANARY}</password></a>`],
    ['a DTD', `<!DOCTYPE a [<!ENTITY e "${CANARY}">]><a>&e;</a>`],
    ['an entity of its own', `<a>&custom;${CANARY}</a>`],
    ['an open comment', `<a><!-- ${CANARY}`],
    ['an open CDATA section', `<a><password><![CDATA[${CANARY}</password></a>`],
    ['a comment', `<a><!-- ${CANARY} --></a>`],
    ['a processing instruction', `<a><?x ${CANARY}?></a>`],
  ])('%s gives nothing away', (_case, body) => {
    expect(redactXml(body)).not.toContain(CANARY);
  });

  it('is cut at its limit, and says so', () => {
    const redacted = redactXml(`<a>${'<b>text</b>'.repeat(1_000)}</a>`, 500);
    expect(redacted.length).toBeLessThan(600);
    expect(redacted).toMatch(/\[cut: \d+ more characters withheld\]$/);
  });

  // What is not in proportion to the size takes hours for these, and so the test its time-out.
  it.each(['<', '-----BEGIN ', '<a ', ' ', '&', 'VASASESSIONID= ', '<a>', 'MIIAAAAA'])(
    'ends for a long body of nothing but %j',
    { timeout: 120_000 },
    (piece) => {
      const size = 2_000_000;
      const body = `<r>${piece.repeat(size / piece.length)}`;
      expect(redactXml(body, size * 2).length).toBeLessThanOrEqual(body.length + 1_000);
    },
  );

  it('never lets a canary through, wherever a document is cut or bent', () => {
    const body = envelope(
      `<a b="1"><p:password x="${CANARY}">${CANARY}<i>${CANARY}</i></p:password><sessionId><![CDATA[${CANARY}]]></sessionId></a>`,
    );
    const garbage = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '&',
      '/',
      '!',
      ']]>',
      '<!--',
      '<x>',
      '</x>',
      '=',
    );
    const bend = fc.record({ at: fc.nat(body.length), cut: fc.nat(12), put: garbage });
    fc.assert(
      fc.property(bend, ({ at, cut, put }) => {
        // A bend inside the canary or before its element's name ends makes other text of it.
        const bent = body.slice(0, at) + put + body.slice(at + cut);
        if (!/password|sessionId/.test(bent.slice(0, bent.indexOf(CANARY)))) return;
        // So does one that ends the element where it begins: what follows is no password any more.
        if (bent.includes(`${CANARY}"/>`)) return;
        const opened = bent.indexOf('<p:password x="') >= 0 && bent.indexOf('<sessionId>') >= 0;
        if (opened) expect(redactXml(bent)).not.toContain(CANARY);
      }),
      { numRuns: 2_000 },
    );
  });
});
