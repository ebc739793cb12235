import path from 'node:path';
import { z } from 'zod';
import { follow, getJson, saveFile } from '../../download/http.ts';
import { untar } from '../../download/unpack.ts';
import { countMegabytes, type Way } from './way.ts';

const INFO = z.object({ archiveUrl: z.string(), fileToExtract: z.string() });

/** From where the Temporal SDK's test environment gets it. */
export const sdkDownload: Way = {
  name: 'SDK download',
  checkedBy: 'pin',
  fetch: async ({ folder, program, report, sources: { sdkSite, release, limits } }) => {
    report({ phase: `asking ${new URL(sdkSite).host} for the Temporal CLI` });
    const query = new URLSearchParams({ arch: goArch(), platform: process.platform, format: 'tar.gz' });
    const { json, base } = await getJson(
      { url: new URL(`${sdkSite}/cli/v${release.version}?${query.toString()}`) },
      limits,
    );
    const info = INFO.safeParse(json);
    if (!info.success) throw new Error(`${base.host}: its answer has no archiveUrl and fileToExtract`);
    const { archiveUrl, fileToExtract } = info.data;
    const url = follow(base, archiveUrl);
    const archive = path.join(folder, 'archive.tar.gz');
    await saveFile({ url }, archive, limits, countMegabytes(report, url.host));
    await untar(archive, fileToExtract, program, limits.unpackedBytes);
  },
};

function goArch(): string {
  return process.arch === 'x64' ? 'amd64' : process.arch;
}
