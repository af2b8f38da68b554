/**
 * The provider's private keys: files in the data folder, readable by their owner alone, never sent
 * anywhere. A file is named after its public key, so that a certificate says by itself which key it
 * belongs to: whatever moment the process dies at, certificate and key still match (ADR 0008).
 *
 *   keys/<id>.pem           the key of the certificate that is served
 *   keys/<id>.pending.pem   the key of the last signing request, until its certificate is installed
 */
import { createPrivateKey, createPublicKey, generateKeyPair, type KeyObject } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { sha256Hex } from './certificate.ts';

export type KeyKind = 'rsa' | 'ecdsa';

export interface ProviderKey {
  readonly id: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  /** PKCS#8. */
  readonly pem: string;
}

interface ProviderKeys {
  /** The key of that public key, pending or not. */
  find(id: string): Promise<ProviderKey | undefined>;
  /** The pending key, made when there is none: asking twice gives the same one. */
  pending(): Promise<ProviderKey>;
  /** The pending key if there is one. */
  existingPending(): Promise<ProviderKey | undefined>;
  /** A key in force; any that is there is taken first. For a provider without certificate. */
  anyOrNew(): Promise<ProviderKey>;
  /** Keeps a key from outside. Error when `pem` is no private key. */
  put(pem: string): Promise<ProviderKey>;
  /** Puts the key in force, and deletes every other but a pending one. Repeatable. */
  settle(id: string): Promise<void>;
}

/** A key file is there and holds no key. The message is for the operator. */
export class KeyFileError extends Error {
  override readonly name = 'KeyFileError';
}

const FILE = /^([0-9a-f]{64})(\.pending)?\.pem$/;

/** Name of a public key: SHA-256 of its SubjectPublicKeyInfo, hex. */
export function keyIdOf(publicKey: KeyObject): string {
  return sha256Hex(publicKey.export({ type: 'spki', format: 'der' }));
}

/** Opens the folder, making it when there is none, and clears away what a crash left half-written. */
export async function openProviderKeys(dataDir: string, kind: KeyKind): Promise<ProviderKeys> {
  const dir = join(dataDir, 'keys');
  const made = await mkdir(dir, { recursive: true, mode: 0o700 });
  // A key that was synced is found again only in a folder that was.
  if (made !== undefined) await syncFolder(dataDir);
  for (const name of await readdir(dir)) {
    if (name.endsWith('.tmp')) await rm(join(dir, name));
  }
  let making: Promise<ProviderKey> | undefined;

  const read = async (name: string) => {
    const file = join(dir, name);
    const pem = await readFile(file, 'utf8');
    try {
      return keyFrom(pem);
    } catch (cause) {
      // OpenSSL's own words may have some of what it read.
      const why = `${file} holds no private key; restore it from a backup, or move it away for a new one`;
      throw new KeyFileError(why, { cause });
    }
  };
  const names = async () => (await readdir(dir)).filter((name) => FILE.test(name)).sort();
  const existingPending = async () => {
    const name = (await names()).find((each) => each.endsWith('.pending.pem'));
    return name === undefined ? undefined : read(name);
  };
  const pendingOrNew = async (): Promise<ProviderKey> => {
    const existing = await existingPending();
    if (existing !== undefined) return existing;
    const key = await makeKey(kind);
    await writeDurably(dir, `${key.id}.pending.pem`, key.pem);
    return key;
  };
  return {
    find: async (id) => {
      const name = (await names()).find((each) => each.startsWith(id));
      return name === undefined ? undefined : read(name);
    },
    existingPending,
    pending: () => {
      making ??= pendingOrNew().finally(() => {
        making = undefined;
      });
      return making;
    },
    anyOrNew: async () => {
      const name = (await names()).find((each) => !each.endsWith('.pending.pem'));
      if (name !== undefined) return read(name);
      const key = await makeKey(kind);
      await writeDurably(dir, `${key.id}.pem`, key.pem);
      return key;
    },
    put: async (pem) => {
      const key = keyFrom(pem);
      await writeDurably(dir, `${key.id}.pem`, key.pem);
      return key;
    },
    settle: async (id) => {
      for (const name of await names()) {
        const isThis = name.startsWith(id);
        if (isThis && name.endsWith('.pending.pem')) {
          await rename(join(dir, name), join(dir, `${id}.pem`));
        } else if (!isThis && !name.endsWith('.pending.pem')) {
          await rm(join(dir, name));
        }
      }
      await syncFolder(dir);
    },
  };
}

function keyFrom(pem: string): ProviderKey {
  const privateKey = createPrivateKey(pem);
  const publicKey = createPublicKey(privateKey);
  return Object.freeze({
    id: keyIdOf(publicKey),
    privateKey,
    publicKey,
    pem: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  });
}

async function makeKey(kind: KeyKind): Promise<ProviderKey> {
  const generate = promisify(generateKeyPair);
  const { privateKey } =
    kind === 'ecdsa'
      ? await generate('ec', { namedCurve: 'P-256' })
      : await generate('rsa', { modulusLength: 2048 });
  return keyFrom(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
}

/** The file is there whole or not at all, also after power loss. */
async function writeDurably(dir: string, name: string, text: string): Promise<void> {
  const temporary = join(dir, `${name}.tmp`);
  await rm(temporary, { force: true });
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(temporary, join(dir, name));
  await syncFolder(dir);
}

async function syncFolder(dir: string): Promise<void> {
  const handle = await open(dir, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
