import { LIMITS, type Limits } from '../../download/limits.ts';
import type { Report } from '../../terminal/progress.ts';
import { RELEASE, type Pin, type Release } from '../release.ts';

/** Everything outside of this machine that the ways depend on. */
export interface Sources {
  /** Where the SDK's test environment gets the program (sdk-core, `ephemeral_server`). */
  sdkSite: string;
  /** The package index where PIP_INDEX_URL names none. */
  index: string;
  release: Release;
  limits: Limits;
}

export const SOURCES: Sources = {
  sdkSite: 'https://temporal.download',
  index: 'https://pypi.org/simple',
  release: RELEASE,
  limits: LIMITS,
};

/** One attempt of one way. */
export interface Attempt {
  /** Empty, of this attempt alone, gone after it. */
  folder: string;
  /** The file to make, in that folder. */
  program: string;
  env: NodeJS.ProcessEnv;
  report: Report;
  sources: Sources;
}

/** A way to get the program: a new one is one more of these in the list of `install.ts`. */
export type Way = FetchingWay | BuildingWay;

/** Its program runs only with the pinned SHA-256. */
interface FetchingWay {
  name: string;
  checkedBy: 'pin';
  fetch: (attempt: Attempt, pin: Pin) => Promise<void>;
}

/** What is compiled here has no hash known beforehand. Go checks the sources by those in go.sum. */
interface BuildingWay {
  name: string;
  checkedBy: 'go.sum';
  fetch: (attempt: Attempt) => Promise<void>;
}

/** Shows how much of the program has come from a host. */
export function countMegabytes(report: Report, host: string): (bytes: number) => void {
  return (bytes) => report({ phase: `downloading the Temporal CLI from ${host}, MB`, done: Math.round(bytes / 1e6) });
}
