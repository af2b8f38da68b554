/**
 * Tests that need a program which may not be on this machine. Without the program they are left out and the
 * run says so at its end; with KEELSON_REQUIRE_TOOLS=1, as in CI, they fail instead.
 */

import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';

export interface Tool {
  /** What to look for, in words. */
  readonly name: string;
  /** A command that exits with 0 where the tool is there. */
  readonly probe: readonly [string, ...string[]];
  /** How to get it. */
  readonly hint: string;
}

/** The interpreter for which Debian's python3-zeep is installed. */
export const PYTHON = '/usr/bin/python3';

/** Debian's Chromium. */
export const CHROMIUM = '/usr/bin/chromium';

/** The programs that tests use. */
export const TOOLS = {
  chromium: { name: 'Chromium', probe: [CHROMIUM, '--version'], hint: 'Debian package chromium' },
  cxx: { name: 'a C++ compiler', probe: ['g++', '--version'], hint: 'Debian package g++' },
  javac: {
    name: 'a Java compiler',
    probe: ['javac', '-version'],
    hint: 'Debian package default-jdk-headless',
  },
  nbdcopy: { name: 'nbdcopy', probe: ['nbdcopy', '--version'], hint: 'Debian package libnbd-bin' },
  nbdinfo: { name: 'nbdinfo', probe: ['nbdinfo', '--version'], hint: 'Debian package libnbd-bin' },
  openssl: { name: 'openssl', probe: ['openssl', 'version'], hint: 'Debian package openssl' },
  qemuImg: {
    name: 'qemu-img',
    probe: ['qemu-img', '--version'],
    hint: 'Debian package qemu-utils',
  },
  qemuIo: { name: 'qemu-io', probe: ['qemu-io', '--version'], hint: 'Debian package qemu-utils' },
  soapcpp2: { name: 'soapcpp2', probe: ['soapcpp2', '-V'], hint: 'Debian package gsoap' },
  wsdl2h: { name: 'wsdl2h', probe: ['wsdl2h', '-V'], hint: 'Debian package gsoap' },
  wsimport: { name: 'wsimport', probe: ['wsimport', '-version'], hint: 'Debian package jaxws' },
  xmllint: {
    name: 'xmllint',
    probe: ['xmllint', '--version'],
    hint: 'Debian package libxml2-utils',
  },
  zeep: { name: 'zeep', probe: [PYTHON, '-c', 'import zeep'], hint: 'Debian package python3-zeep' },
} as const satisfies Record<string, Tool>;

/** Why `tool` cannot be used here; undefined when it can. */
export function whyMissing(tool: Tool): string | undefined {
  const [command, ...parameters] = tool.probe;
  const { status } = spawnSync(command, parameters, { stdio: 'ignore' });
  return status === 0 ? undefined : `${tool.name} is missing (${tool.hint})`;
}

/** `describe`, for a suite that needs all of `tools`. */
export function describeWithTool(
  name: string,
  tools: Tool | readonly Tool[],
  suite: () => void,
): void {
  const list = 'probe' in tools ? [tools] : tools;
  const missing = list.map(whyMissing).filter((reason) => reason !== undefined);
  if (missing.length === 0) {
    describe(name, suite);
  } else if (process.env['KEELSON_REQUIRE_TOOLS'] === '1') {
    describe(name, () => test('has its tools', () => expect(missing).toEqual([])));
  } else {
    describe.skip(`${name} (left out: ${missing.join(', ')})`, suite);
  }
}
